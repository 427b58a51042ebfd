"""The adopted document of a version: added or replaced, and which of its words make each clause."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.people.models import Person
from schoolgate.policy import rules
from schoolgate.policy.books import pack_of
from schoolgate.policy.documents import OwnWords, ReadDocument, own_words_of
from schoolgate.policy.importing.passages import numbered, propose_passages
from schoolgate.policy.models import ClausePassage, PolicyDocument, PolicyVersion, ReadingLink
from schoolgate.policy.remembered import forget_policy
from schoolgate.policy.states import VersionState

TAKES_ONE = (VersionState.DRAFT, VersionState.ADOPTED, VersionState.IN_FORCE)
MOST_SENTENCES = 200
"""Sentences that one clause may have as its words."""


@action
def add_document(
    *, by: Person, at: datetime, version: PolicyVersion, read: ReadDocument, digest: str, because: str = ""
) -> PolicyDocument:
    """Make a document the one that people read and sign under a version, and find each clause's words in it.

    `digest`: of its file in the file store. Where the version is in force, everyone it asks is asked
    again: they signed something else (docs/adr/0065). What people confirmed of an earlier document stays
    where this one has the very same sentences.

    Raises NotAllowed; NotNow where the version was replaced or withdrawn, or has this very file; BadInput on
    `because` where it replaces another without saying why.
    """
    rules.check_may_own(by, on=local_day(at))
    row = PolicyVersion.objects.select_for_update(of=("self",)).select_related("text").get(pk=version.pk)
    if row.state not in TAKES_ONE:
        raise NotNow(
            _("This version is no longer in use, so its document stays as it is."),
            _("Add the document to the version in force."),
        )
    if row.document == digest:
        raise NotNow(_("This version already has this file."), _("Choose another file."))
    before = own_words_of(row)
    if before is not None and not because.strip():
        raise BadInput({"because": _("Say why the document is replaced.")})
    clauses = pack_of(row).clauses.values()
    added = PolicyDocument.objects.create(
        version=row,
        number=before.document.number + 1 if before else 1,
        name=read.name,
        digest=digest,
        media_type=read.media_type,
        pieces=[piece.as_stored() for piece in read.pieces],
        without_text=list(read.without_text),
        proposed=propose_passages(numbered(read.pieces), clauses),
        because=because.strip() if before else "",
        by=by,
        at=at,
    )
    if before is not None:
        _carry_over(before, added)
    row.document = digest
    row.save(update_fields=["document"])
    ReadingLink.objects.filter(asking__version=row, ended_at=None).update(ended_at=at)
    record("policydocument.added", subject=added, at=at, actor=by, version=row.pk, document=digest)
    forget_policy()
    return added


@action
def place_passages(
    *, by: Person, at: datetime, document: PolicyDocument, passages: Mapping[str, Collection[int]]
) -> list[ClausePassage]:
    """Say which sentences of a document make each of these clauses; none: the document doesn't say it. No one
    signs again for that.

    Raises NotAllowed; NotFound for a clause that its version doesn't have; NotNow where the document was
    replaced; BadInput on `sentences` for a number that it doesn't have.
    """
    rules.check_may_own(by, on=local_day(at))
    if not passages.keys() <= pack_of(document.version).clauses.keys():
        raise NotFound
    own = own_words_of(document.version)
    if own is None or own.document.pk != document.pk:
        raise NotNow(_("The document has been replaced since you opened this page."), _("Open it again."))
    last = len(own.sentences)
    for numbers in passages.values():
        if len(numbers) > MOST_SENTENCES or any(not 1 <= one <= last for one in numbers):
            raise BadInput({"sentences": _("Choose sentences of this document, 200 at most.")})
    rows = ClausePassage.objects.bulk_create(
        ClausePassage(document=document, clause=clause, sentences=sorted(set(numbers)), by=by, at=at)
        for clause, numbers in passages.items()
    )
    for row in rows:
        record(
            "clausepassage.placed", subject=row, at=at, actor=by, clauses=[row.clause],
            number=len(row.sentences),
        )  # fmt: skip
    return rows


def _carry_over(before: OwnWords, added: PolicyDocument) -> None:
    """Keep what people confirmed where the new document has the same sentences, each only once."""
    after = OwnWords(added, {})
    where: dict[str, list[int]] = {}
    for one in after.sentences:
        where.setdefault(one.text, []).append(one.number)
    rows = []
    for clause, said in before.confirmed.items():
        mine = [where.get(one.text, []) for one in before.passage(clause).sentences]
        if mine and all(len(numbers) == 1 for numbers in mine):
            numbers = [one for found in mine for one in found]
            rows.append(
                ClausePassage(document=added, clause=clause, sentences=numbers, by=said.by, at=said.at)
            )
    ClausePassage.objects.bulk_create(rows)
