"""Save what people state: attestations and rulings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.core.events import record
from schoolgate.core.reasons import reason
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge
from schoolgate.people.models import Person
from schoolgate.policy import rules
from schoolgate.policy.duty_kinds import DUTY_OF
from schoolgate.policy.elsewhere import elsewhere as said_elsewhere
from schoolgate.policy.elsewhere import seen_of
from schoolgate.policy.keeping import digest
from schoolgate.policy.models import Attestation, DecisionRecord, Ruling
from schoolgate.policy.queries import in_force
from schoolgate.policy.remembered import forget_policy
from schoolgate.policy.states import OWN_ONLY, Attested, Ruled
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.adviser.fitting import may_be_elsewhere

LONGEST_RULING = 4_000
"""Characters of the reason of a ruling."""


@action
def attest(
    *,
    kind: str,
    about: Model | str,
    by: Person,
    at: datetime,
    seen: object,
    about_person: Person | None = None,
    answer: bool = True,
    on_paper: bool = False,
    note: str = "",
) -> Attestation:
    """Save a statement that a person makes by their own sign-in. Statements are only ever added; a no is
    saved too.

    `seen` is what was shown (any JSON data); only its digest is saved, and that of the school's own document
    where it was about the policy. What only people can say about
    themselves (has read, has understood) must come from that person, or from a paper marked as such. Raises
    BadInput for an unknown kind, NotAllowed where a person speaks for another.
    """
    if kind not in Attested.values:
        raise BadInput({"kind": _("Choose one of the statements.")})
    whom = about_person or (by if kind in OWN_ONLY else None)
    if kind in OWN_ONLY and whom != by and not on_paper:
        raise NotAllowed(
            _("Only the person concerned can say this."), _("Ask them to sign in and say so themselves.")
        )
    version = in_force(local_day(at)).version
    document = version.document if kind in OWN_ONLY else ""
    row = Attestation.objects.create(
        kind=kind,
        subject=subject_of(about),
        by=by,
        about_person=whom,
        version=version,
        at=at,
        answer=answer,
        on_paper=on_paper,
        seen_digest=digest(seen),
        document=document,
        note=note,
    )
    more: dict[str, Any] = {"document": document} if document else {}
    record(
        "attestation.given", subject=row, at=at, actor=by, kind=kind, about=row.subject, answer=answer,
        seen=row.seen_digest, **more,
    )  # fmt: skip
    if answer and kind in DUTY_OF:
        own = kind in OWN_ONLY
        discharge(
            kind=DUTY_OF[Attested(kind)],
            subject=version if own else row.subject,
            person=whom if own else None,
            by=by,
            at=at,
            how=kind,
        )
    return row


@action
def say_elsewhere(
    *, by: Person, at: datetime, entry: str, clauses: Sequence[str], elsewhere: bool
) -> list[Attestation]:
    """Say as the policy's owner that clauses aren't about a question of *May I ...?*, or take that back. It
    holds at once, for this question alone, while each clause has these words. Returns what is new.

    Raises NotAllowed; NotFound for an unknown question or clause, of a policy that comes with the program,
    and where a rule of a clause is asked there."""
    on = local_day(at)
    rules.check_may_own(by, on=on)
    policy, asked = in_force(on), ENTRIES.get(entry)
    book = policy.book
    if asked is None or book.was_read:
        raise NotFound
    if not clauses or not may_be_elsewhere(book, asked.situation).issuperset(clauses):
        raise NotFound
    before = said_elsewhere(book, entry)
    return [
        attest(
            kind=Attested.CLAUSE_ELSEWHERE, about=policy.version, by=by, at=at, answer=elsewhere,
            seen=seen_of(entry, book.clauses[one]),
        )
        for one in dict.fromkeys(clauses)
        if (one in before) is not elsewhere
    ]  # fmt: skip


@action
def rule(
    *,
    tension: str,
    allows: bool,
    words: str,
    by: Person,
    at: datetime,
    decision: DecisionRecord | None = None,
) -> Ruling:
    """Save a ruling on a question the policy leaves open; it holds until the policy changes.

    Raises NotFound for a question the policy does not have, NotAllowed unless the person has the role that
    rules, BadInput (words).
    """
    on = local_day(at)
    policy = in_force(on)
    asked = policy.book.tensions.get(tension)
    if asked is None:
        raise NotFound
    role = rules.check_may_rule(by, asked, on=on)
    said = reason(
        words, "words", longest=LONGEST_RULING, wanted=_("Give the reason in one or two sentences.")
    )
    row = Ruling.objects.create(
        version=policy.version,
        tension=tension,
        role=role,
        by=by,
        at=at,
        from_day=on,
        answer=Ruled.PERMITTED if allows else Ruled.NOT_PERMITTED,
        words=said,
        decision=decision,
    )
    forget_policy()
    record(
        "ruling.given", subject=row, at=at, actor=by, clauses=asked.clauses,
        decision=decision.pk if decision else None, tension=tension, allows=allows,
    )  # fmt: skip
    return row
