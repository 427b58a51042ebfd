"""What people state is saved: attestations and rulings, and questions to the role that rules."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.moves import answered_otherwise, done_before, move
from schoolgate.core.rows import reserve
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person
from schoolgate.people.outside import check_read_first, take_in, waits_for_lead
from schoolgate.policy import rules
from schoolgate.policy.advising import Advised, advise, unanswered_facts
from schoolgate.policy.asking import elsewhere as said_elsewhere
from schoolgate.policy.asking import record_decision, seen_of
from schoolgate.policy.books import forget_policy
from schoolgate.policy.duty_kinds import DUTY_OF, RULE, SEE_ANSWER
from schoolgate.policy.keeping import digest
from schoolgate.policy.models import (
    ASKED_MOVES,
    OWN_ONLY,
    AskedState,
    Attestation,
    Attested,
    DecisionRecord,
    Ruled,
    Ruling,
    RulingAsked,
    RulingEnd,
)
from schoolgate.policy.queries import PolicyInForce, in_force, was_ended
from schoolgate.rulebook.adviser import ENTRIES, Entry
from schoolgate.rulebook.adviser.fitting import fitting_at, may_be_elsewhere

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


# Put questions to the role that rules, answer them, and withdraw rulings.


@action
def put_to_role(
    *,
    by: Person,
    at: datetime,
    entry: Entry,
    answers: Mapping[str, Sequence[str]],
    words: str,
    about: str = "",
    fitting: Sequence[str] = (),
) -> RulingAsked:
    """Put a question that the policy leaves open to the role that rules on it; tell that role now, and the
    asker when it is answered.

    `answers`: in the form used in an address. `about`, `fitting`: as in `advise`. The role reads these
    clauses first, then those that fit the `words`. Where no clause answers it, and the
    policy names a role for such questions, it goes to that role. Raises BadInput without words; NotNow where
    there is no one to put it to.
    """
    advised = advise(entry, answers, by=by, at=at, about=about)
    if not advised.can_be_put:
        raise NotNow(
            _("The policy already answers this question."), _("Read the answer to see what happens next.")
        )
    if not words.strip():
        raise BadInput({"words": _("Say in a sentence or two what you want to know.")})
    number = reserve(RulingAsked, 1)[0]
    kept = record_decision(
        entry.situation,
        advised.decision.facts.model_copy(update={"rulings": ()}),
        at=at,
        by=by,
        subject=f"policy.rulingasked:{number}",
        fitting=tuple(dict.fromkeys((*fitting, *fitting_at(advised.policy.book, words, entry.situation)))),
        entry=entry.key,
    )
    sent = _sent_on(advised, by=by, at=at, subject=kept.subject) if advised.is_unanswered else kept
    tension = advised.open[0] if advised.open else None
    row = RulingAsked.objects.create(
        pk=number,
        version=advised.policy.version,
        tension=tension.id if tension else "",
        entry=entry.key,
        answers={path: list(texts) for path, texts in answers.items() if path in advised.answers},
        words=words.strip(),
        to_role=_named(advised),
        asked_by=by,
        at=at,
        decision=kept,
        state_at=at,
    )
    take_in(row, row.words, at=at, federation=advised.policy.version.federation)
    open_duty(
        kind=RULE,
        subject=row,
        at=at,
        due=Due.none_promised(),
        role=_key_of(row.to_role, advised.policy),
        clauses=tension.clauses if tension else sent.clauses,
        decision=sent,
    )
    record("rulingasked.put", subject=row, at=at, actor=by, clauses=sent.clauses, decision=sent.pk)
    return row


@action
def rule_on(*, by: Person, at: datetime, asked: RulingAsked, allows: bool, words: str) -> Ruling:
    """Rule on a question that was put; this answers every question waiting for the same ruling, but for those
    that may be about the person or that a safeguarding lead reads first.

    Raises NotAllowed unless the person rules, NotFound where it may be about them, BadInput without words,
    NotNow once it is answered, the policy has changed, or while a safeguarding lead reads it first.
    """
    _check_theirs(by, asked)
    answer = Ruled.PERMITTED if allows else Ruled.NOT_PERMITTED
    _check_open(asked, on=local_day(at), state=AskedState.RULED, ruling__answer=answer)
    if not asked.tension:
        raise NotNow(_("The policy has no open question here."), _("Write an answer instead."))
    row = rule(tension=asked.tension, allows=allows, words=words, by=by, at=at, decision=asked.decision)
    alike = RulingAsked.objects.filter(
        not_meant("policy.rulingasked", by),
        version=asked.version_id,
        tension=asked.tension,
        state=AskedState.OPEN,
    ).select_related("asked_by")
    for one in alike:
        if waits_for_lead(one):
            continue
        _end(one, to=AskedState.RULED, by=by, at=at, answer=row.words, ruling=row)
    asked.refresh_from_db()
    return row


@action
def answer_in_words(
    *, by: Person, at: datetime, asked: RulingAsked, words: str, decline: bool
) -> RulingAsked:
    """Answer a question without a ruling, or decline to rule on it; the asker is told why.

    Raises NotAllowed unless the person rules, NotFound where it may be about them, BadInput without words,
    NotNow once it is answered or while a safeguarding lead reads it first.
    """
    on = local_day(at)
    _check_theirs(by, asked)
    state = AskedState.DECLINED if decline else AskedState.ANSWERED
    _check_open(asked, on=on, state=state)
    rules.check_may_answer(by, asked, on=on)
    if not words.strip():
        raise BadInput({"words": _("Give the reason in one or two sentences.")})
    _end(asked, to=state, by=by, at=at, answer=words.strip())
    return asked


@action
def note_answer_seen(*, by: Person, at: datetime, asked: RulingAsked) -> None:
    """Record that the asker has read the answer."""
    discharge(kind=SEE_ANSWER, subject=asked, person=by, by=by, at=at, how="seen")


@action
def end_ruling(*, by: Person, at: datetime, ruling: Ruling, because: str) -> RulingEnd:
    """Withdraw a ruling. From now on the question is open again; decisions based on it stay.

    Raises NotAllowed unless the person rules, BadInput without words, NotNow where it was withdrawn already
    or belongs to an earlier version.
    """
    on = local_day(at)
    policy = in_force(on)
    tension = policy.book.tensions.get(ruling.tension)
    if tension is None or ruling.version_id != policy.version.pk:
        raise NotNow(
            _("This ruling ended with its version of the policy."),
            _("Ask for a new one if you still need an answer."),
        )
    rules.check_may_rule(by, tension, on=on)
    if was_ended(ruling):
        raise done_before(ruling, _("This ruling has already been withdrawn."), end__isnull=False)
    if not because.strip():
        raise BadInput({"because": _("Give the reason in one or two sentences.")})
    row = RulingEnd.objects.create(ruling=ruling, by=by, at=at, because=because.strip())
    forget_policy()
    record("ruling.ended", subject=ruling, at=at, actor=by, clauses=tension.clauses, tension=tension.id)
    return row


def _sent_on(advised: Advised, *, by: Person, at: datetime, subject: str) -> DecisionRecord:
    """Return the decision by which a question that no clause answers goes to the role that the policy
    names."""
    facts = unanswered_facts(by=by, at=at, put_to=(advised.to_role,))
    return record_decision("policy.ask", facts, at=at, by=by, subject=subject)


def _named(advised: Advised) -> str:
    tension = advised.open[0] if advised.open else None
    return (tension.ruled_by or "") if tension else advised.to_role


def _key_of(name: str, policy: PolicyInForce) -> str:
    """Return the key of the role that rules; where the policy names none, of one that looks after the
    policy."""
    for role in policy.book.roles:
        if role.name == name:
            return role.key
    return policy.book.pack.roles_with("own_policy")[0].key


def _check_theirs(by: Person, asked: RulingAsked) -> None:
    """Raise NotFound where it may be about `by`, NotNow while a safeguarding lead reads it first."""
    if not RulingAsked.objects.filter(not_meant("policy.rulingasked", by), pk=asked.pk).exists():
        raise NotFound
    check_read_first(asked)


def _check_open(asked: RulingAsked, *, on: date, **so: Any) -> None:
    """Raise NotNow unless the question waits; AlreadyDone where its answer is this one, `so`."""
    if asked.state != AskedState.OPEN:
        raise done_before(
            asked,
            _("This question has already been answered."),
            _("Open it again to see its status."),
            otherwise=answered_otherwise(),
            **so,
        )
    if asked.version_id != in_force(on).version.pk:
        raise NotNow(
            _("This question was asked under an earlier version of the policy."),
            _("The person who asked may ask again."),
        )


def _end(
    asked: RulingAsked, *, to: AskedState, by: Person, at: datetime, answer: str, ruling: Ruling | None = None
) -> None:
    move(asked, to=to, moves=ASKED_MOVES, at=at, answered_by=by, answer=answer, ruling=ruling)
    discharge(kind=RULE, subject=asked, by=by, at=at, how=to)
    open_duty(kind=SEE_ANSWER, subject=asked, at=at, due=Due.none_promised(), person=asked.asked_by)
    record("rulingasked.answered", subject=asked, at=at, actor=by, how=str(to))
