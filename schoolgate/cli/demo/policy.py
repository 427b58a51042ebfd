"""The example federation's policy in its own words, written for the example, and what those who answer for
it note of how it works.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from schoolgate.cli.demo.cast import Stage
from schoolgate.core import files
from schoolgate.core.clock import local_day
from schoolgate.policy.books import pack_of
from schoolgate.policy.documents import Known, add_document, own_words_of, place_passages, read_own_words
from schoolgate.policy.models import PolicyVersion, PracticeKind
from schoolgate.policy.reviewing import end_practice, note_practice

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


OWNERS = {"boroughbridge": "martin", "wootton": "karen", "wildground": "grace"}
"""Federation -> who looks after its policy or oversees it."""
RECOMMENDED_TO = {"boroughbridge": "Governors", "wootton": "Board of Directors"}
DELEGATED = {"wootton": ("Board of Directors", "Principal")}
"""Federation -> which role left the policy's daily running to which."""
MONTH = timedelta(days=30)


def notes_practice(stage: Stage) -> None:
    """Watch how the policy works; where the policy asks for it, recommend a change, and record the schools'
    plans, what is to be done and whether training had an effect."""
    if stage.key not in OWNERS:
        return
    by, on = stage.people[OWNERS[stage.key]], local_day(stage.clock)
    note_practice(
        by=by, at=stage.later(), kind=PracticeKind.WATCHED, on=on, due=on + 3 * MONTH,
        words="Looked at late replies and at refused posts. Mondays are the slowest day.",
        figures={"incidents": None, "overdue tasks": 1, "training coverage": 4},
    )  # fmt: skip
    if stage.key not in RECOMMENDED_TO:
        return
    note_practice(
        by=by, at=stage.later(), kind=PracticeKind.CHANGE, on=on, words="Only one person replies on Mondays.",
        advice="Put two people on the rota for Mondays.", to_role=RECOMMENDED_TO[stage.key],
    )  # fmt: skip
    if stage.key in DELEGATED:
        delegates, to = DELEGATED[stage.key]
        note_practice(
            by=by, at=stage.later(), kind=PracticeKind.DELEGATION, on=on, due=on + 12 * MONTH,
            from_role=delegates, to_role=to, words="The policy’s daily running.",
            reference="Minutes of the Board, item 14",
        )  # fmt: skip
    if stage.key != "boroughbridge":
        return
    for school in stage.schools:
        plan = note_practice(
            by=by, at=stage.later(), kind=PracticeKind.PLAN, on=on, school=school,
            words="Pupils learn to judge what they read online.", reference="Governors’ minutes, item 6",
        )  # fmt: skip
        end_practice(
            by=by, at=stage.later(), row=plan, outcome="The sections on pupils and parents follow it."
        )
    note_practice(
        by=by, at=stage.later(), kind=PracticeKind.TASK, on=on, due=on + MONTH,
        words="Put the policy into the staff handbook.",
    )  # fmt: skip
    note_practice(
        by=by, at=stage.later(), kind=PracticeKind.TRAINING, on=on,
        words="Most could say who to ask about a photo.", advice="Practise with real posts next time.",
        figures={"asked": 12, "right": 9},
    )  # fmt: skip
