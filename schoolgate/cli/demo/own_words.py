"""The example federation's policy in its own words: a document that was written for the example."""

from pathlib import Path

from schoolgate.cli.demo.stage import Stage
from schoolgate.core import files
from schoolgate.policy.actions import add_document, place_passages
from schoolgate.policy.books import pack_of
from schoolgate.policy.documents import Known, own_words_of, read_own_words
from schoolgate.policy.models import PolicyVersion

HAS_ONE = "wildground"
DOCUMENT = Path(__file__).with_name("school_policy.md")
NOT_CHECKED = ("Introduction (scope)", "Process for creating new accounts")
"""Sections whose words were found and not checked yet."""
FOUND_WRONGLY = ("wildground-roles-26",)


def adds_own_words(stage: Stage, version: PolicyVersion) -> None:
    """Add the document before anyone signs; its owner has checked most clauses."""
    if stage.key != HAS_ONE:
        return
    owner = stage.people[stage.cast.first.key]
    read = read_own_words(DOCUMENT.read_bytes(), "social-media-policy.md")
    stored = files.keep(read.content, read.media_type)
    document = add_document(by=owner, at=stage.later(), version=version, read=read, digest=stored.digest)
    version.refresh_from_db()
    own = own_words_of(version)
    if own is None:
        raise ValueError("the version has its document now")
    found = {
        clause.id: passage.numbers
        for clause in pack_of(version).clauses.values()
        if clause.section not in NOT_CHECKED and clause.id not in FOUND_WRONGLY
        for passage in [own.passage(clause.id)]
        if passage.known is Known.FOUND
    }
    place_passages(by=owner, at=stage.later(), document=document, passages=found)
