"""A breach of personal data: its description, the law's answer to it, and each act on it: opened,
described, judged, told of, closed.

Every act looks again, writes the step with its sealed words, and opens or ends the tasks that the law's
answer names. The parts of the description are in the order of the ICO's form; their headings are those of
its "Report a personal data breach", read in a copy of its Word form; those after the categories of people
are from memory, to be checked. They are declared here once, for the page, the PDF and the facts.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.breaches.models import (
    AUTHORITY,
    BREACH_MOVES,
    OF_NEEDS,
    Breach,
    BreachState,
    Content,
    NotTold,
    Reader,
    Risk,
    Step,
    StepKind,
)
from schoolgate.breaches.queries import check_looks_after, check_may_see, people_asked, people_to_bring_in
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Refused, Text
from schoolgate.core.events import record
from schoolgate.core.lasting import LETTERS
from schoolgate.core.models import Federation, School
from schoolgate.core.moves import move
from schoolgate.core.retention import check_not_destroyed
from schoolgate.core.subjects import subject_of
from schoolgate.core.vault import check_words, seal_words
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.duties.queries import standing as standing_duties
from schoolgate.incidents.meant import may_see as may_see_report
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.people.outside import take_in
from schoolgate.people.queries import book_for, book_of
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.keeping import held_back_at
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import post_for
from schoolgate.rulebook import Decision, decide

Words = str | Promise

DATA: Mapping[str, Words] = {
    "basic": _("Names, contact details"),
    "pictures": _("Photographs, films, recordings"),
    "identification": _("Login names, passwords"),
    "health": _("Health, special educational needs"),
    "welfare": _("Care, adoption, safeguarding"),
    "ethnic": _("Racial or ethnic origin"),
    "beliefs": _("Religious or philosophical beliefs"),
    "politics": _("Political opinions"),
    "union": _("Trade union membership"),
    "sex_life": _("Sex life, sexual orientation, gender reassignment"),
    "economic": _("Bank details, finances"),
    "documents": _("Official documents"),
    "location": _("Location, home address"),
    "biometric": _("Genetic or biometric data"),
    "criminal": _("Criminal convictions, offences"),
    "unknown": _("Not yet known"),
    "other": _("Other"),
}
"""Categories of personal data. "pictures" and "welfare" are ours: the ICO's form has them under "other"."""

WHOSE: Mapping[str, Words] = {
    "children": _("Children"),
    "students": _("Students aged 18 or over"),
    "parents": _("Parents and carers"),
    "employees": _("Staff"),
    "governors": _("Governors and volunteers"),
    "vulnerable": _("Vulnerable adults"),
    "unknown": _("Not yet known"),
    "other": _("Other"),
}
"""Categories of people."""


@dataclass(frozen=True)
class Part:
    """One question. `kind`: "text", "number", or "ticks" of `among`."""

    key: str
    label: Words
    kind: str = "text"
    hint: Words = ""
    among: Mapping[str, Words] | None = None


PARTS: tuple[Part, ...] = (
    Part("what", _("What happened?"), hint=_("Don’t give names or other personal data from the breach.")),
    Part("found", _("How did you find out about the breach?")),
    Part("before", _("What preventative measures did you have in place?")),
    Part("data", _("Categories of personal data"), "ticks", among=DATA),
    Part("records", _("Number of personal data records"), "number", hint=_("Estimate if you don’t know.")),
    Part("whose", _("Categories of people affected"), "ticks", among=WHOSE),
    Part("people", _("Number of people affected"), "number", hint=_("Estimate if you don’t know.")),
    Part("children", _("Number of children among them"), "number"),
    Part("consequences", _("Potential consequences of the breach")),
    Part("measures", _("Action taken, or to be taken, to contain it and to limit its effects")),
    Part("prevention", _("Steps to prevent a recurrence")),
    Part("others", _("Other organisations told")),
)
OF_KEY = {part.key: part for part in PARTS}
LONGEST = 4000
"""Letters in one part."""
MOST_PEOPLE = 10_000_000


def facts_of(written: list[str]) -> dict[str, bool]:
    """Return what the law wants described, and whether the record has it: the facts, the effects, what was
    done."""
    there = set(written)
    return {
        "described": {"what", "data", "whose", "people"} <= there,
        "consequences": "consequences" in there,
        "measures": "measures" in there,
    }


STATUS, CLOSE = "breach.status", "breach.close"


def breach_facts(breach: Breach, *, at: datetime) -> dict[str, Any]:
    """Return what the law's rules read of a breach."""
    return {
        "aware_at": breach.aware_at,
        "risk": breach.risk or None,
        "authority_told_at": breach.authority_told_at,
        "delay_explained": breach.delay_explained,
        "people_told_at": breach.people_told_at,
        "not_told": breach.not_told or None,
        **facts_of(breach.written),
        "now": at,
    }


def answer(breach: Breach, situation: str, *, at: datetime) -> Decision:
    """Return the law's answer now, not saved; the same whether a policy is in force or not."""
    return decide(book_for(breach), situation, breach_facts(breach, at=at), on=local_day(at))


def record_answer(
    breach: Breach, situation: str, *, by: Person, at: datetime
) -> tuple[Decision, DecisionRecord | None]:
    """Return the law's answer, saved where a policy is in force; without one there is no version to save it
    under."""
    if policy_or_none(local_day(at)) is None:
        return answer(breach, situation, at=at), None
    kept = record_decision(situation, breach_facts(breach, at=at), at=at, by=by, subject=breach)
    return answered(kept), kept


def due_at(federation: Federation, aware_at: datetime) -> datetime:
    """Return by when the law wants the ICO told of a breach that was known at `aware_at`. Raises LookupError
    where the law's rules say nothing of that."""
    known = {"aware_at": aware_at, "now": aware_at}
    decision = decide(book_of(federation), STATUS, known, on=local_day(aware_at))
    for duty in decision.duties:
        if duty.what == "breach.tell_authority" and duty.due.instant is not None:
            return duty.due.instant
    raise LookupError("the law's rules give no time for telling the ICO")


SEALED = "breach"
"""What the vault calls what was written about breaches."""
LONGEST_WORDS = 2000


def entered(breach: Breach, by: Person, at: datetime, *, closed: bool = False) -> Breach:
    """Return the breach as it is now, locked, for a person who may know of it, who from now on counts as one
    of its readers. Raises NotFound; NotNow if it is closed (`closed`: if it is open)."""
    check_may_see(by, breach, on=local_day(at))
    let_read(breach, by, at)
    found = (
        Breach.objects.select_for_update(of=("self",)).select_related("school", "report").get(pk=breach.pk)
    )
    if (found.state == BreachState.CLOSED) is not closed:
        raise NotNow(
            _("This record is already open.") if closed else _("This record is closed."),
            _("Open it again to see its status."),
        )
    return found


def let_read(breach: Breach, person: Person, at: datetime) -> None:
    """Make a person a reader of what is written about a breach."""
    Reader.objects.get_or_create(breach=breach, person=person, defaults={"since": at})


def step(
    breach: Breach, kind: StepKind, *, at: datetime, by: Person, person: Person | None = None, code: str = "",
    words: Mapping[str, Any] | None = None,
) -> Step:  # fmt: skip
    """Write one step, with what was written at it, sealed."""
    row = Step.objects.create(breach=breach, kind=kind, at=at, by=by, person=person, code=code)
    if words:
        Content.objects.create(step=row, breach=breach, words_ref=seal_words(SEALED, words, about=breach))
    return row


def follow(breach: Breach, event: str, *, by: Person, at: datetime, **ids: Any) -> None:
    """Record what happened with the law's answer to it, open the tasks that this names, and end those that it
    names no longer."""
    decision, kept = record_answer(breach, STATUS, by=by, at=at)
    clauses = list(decision.clauses) if kept else []
    record(event, subject=breach, at=at, actor=by, clauses=clauses, decision=kept.pk if kept else None, **ids)
    ask(breach, decision, kept, by=by, at=at)


def ask(
    breach: Breach, decision: Decision, kept: DecisionRecord | None, *, by: Person | None, at: datetime
) -> None:
    """Open the tasks that an answer of the law names, for those who deal with the breach now, and end the
    others."""
    wanted = {duty.what: duty for duty in decision.duties}
    done = {
        "breach.tell_authority": breach.authority_told_at is not None,
        "breach.tell_people": breach.people_told_at is not None or bool(breach.not_told),
    }
    asked = people_asked(breach, on=local_day(at)) if wanted else []
    for what, kind in OF_NEEDS.items():
        duty = wanted.get(what)
        if duty is None:
            if done[what]:
                discharge(kind=kind, subject=breach, by=by, at=at)
            else:
                cancel(kind=kind, subject=breach, because="not_needed", at=at, by=by)
            continue
        for standing in standing_duties(kind, [breach])[subject_of(breach)]:
            if standing.person is not None and standing.person not in asked:
                cancel(kind=kind, subject=breach, because="not_asked", at=at, by=by, person=standing.person)
        for person in asked:
            open_duty(
                kind=kind, subject=breach, at=at, due=Due.of(duty.due), person=person, school=breach.school,
                clauses=duty.clauses if kept else (), decision=kept,
            )  # fmt: skip


def check_order(first: datetime | None, second: datetime | None, field: str, said: Text) -> None:
    """Raise BadInput beside `field` where the second of two known times is before the first."""
    if first is not None and second is not None and second < first:
        raise BadInput({field: said})


FUTURE = _("This is in the future. Enter when it was.")


@action
def open_breach(
    *,
    by: Person,
    at: datetime,
    what: str,
    aware_at: datetime,
    happened_at: datetime | None = None,
    school: School | None = None,
    report: Report | None = None,
    post: Post | None = None,
) -> Breach:
    """Record a personal data breach and start its 72 hours. The people who deal with breaches are asked; none
    that its words may be about.

    Args:
        what: what happened; sealed.
        aware_at: when the school became aware of it.
        report: the concern it comes from, for those who may know of it; one already recorded is returned.
        post: the post that showed the data.

    Raises NotFound (report, post), NotAllowed, BadInput (what, aware, happened).
    """
    on = local_day(at)
    if report is not None:
        if not Report.objects.filter(may_see_report(by, on), pk=report.pk).exists():
            raise NotFound
        if (before := Breach.objects.filter(report=report).first()) is not None:
            check_may_see(by, before, on=on)
            return before
        school = report.school or school
    else:
        if post is not None:
            school = post_for(by, post.pk, on=on).school
        check_looks_after(by, on=on, school=school)
    text = check_words(what=(what, _("Say what happened.")), longest=LONGEST)["what"]
    check_order(aware_at, at, "aware", FUTURE)
    check_order(happened_at, aware_at, "happened", _("This is later than when you became aware of it."))
    breach = Breach.objects.create(
        reference="B-" + "".join(secrets.choice(LETTERS) for _number in range(6)),
        school=school,
        report=report,
        thing=subject_of(post) if post is not None else report.thing if report is not None else "",
        recorded_at=at,
        happened_at=happened_at,
        aware_at=aware_at,
        due_at=due_at(by.federation, aware_at),
        written=["what"],
        state_at=at,
    )
    if report is None:
        take_in(breach, text, at=at, federation=by.federation, school=school)
    let_read(breach, by, at)
    step(breach, StepKind.OPENED, at=at, by=by, person=by, words={"details": {"what": text}})
    follow(breach, "breach.opened", by=by, at=at)
    return breach


@action
def read_breach(*, breach: Breach, by: Person, at: datetime) -> Breach:
    """Open a breach for a person who may know of it, and record that they read it. Raises NotFound."""
    check_may_see(by, breach, on=local_day(at))
    let_read(breach, by, at)
    record("breach.read", subject=breach, at=at, actor=by)
    return breach


@action
def ask_again(*, at: datetime) -> int:
    """Ask those who deal with each open breach now: others where one has left, lost a role or got one. Return
    how many breaches are open."""
    rows = list(Breach.objects.filter(state=BreachState.OPEN).select_related("school").order_by("pk"))
    for breach in rows:
        ask(breach, answer(breach, STATUS, at=at), None, by=None, at=at)
    return len(rows)


@action
def describe(*, breach: Breach, by: Person, at: datetime, details: Mapping[str, Any]) -> Breach:
    """Replace the description of a breach; what it said before stays in its history.

    Args:
        details: values by the keys of `breaches.cases.PARTS`; empty ones are left out.

    Raises NotFound, NotNow, BadInput (the keys of the parts).
    """
    found = entered(breach, by, at)
    written = {part.key: value for part in PARTS if (value := _checked(part, details.get(part.key)))}
    if "what" not in written:
        raise BadInput({"what": _("Say what happened.")})
    children, people = (int(written.get(key, 0)) for key in ("children", "people"))
    if people and children > people:
        raise BadInput({"children": _("This is more than the number of people affected.")})
    found.written = list(written)
    found.save(update_fields=["written"])
    step(found, StepKind.DESCRIBED, at=at, by=by, words={"details": written})
    follow(found, "breach.described", by=by, at=at)
    return found


@action
def change_aware(*, breach: Breach, by: Person, at: datetime, aware_at: datetime, why: str) -> Breach:
    """Correct when the school became aware, with the reason. The 72 hours are counted again.

    Raises NotFound, NotNow, BadInput (aware, why).
    """
    found = entered(breach, by, at)
    reason = check_words(why=(why, _("Say why you’re changing the time.")), longest=LONGEST_WORDS)["why"]
    check_order(aware_at, at, "aware", FUTURE)
    check_order(found.happened_at, aware_at, "aware", _("This is before the breach happened."))
    check_order(aware_at, found.authority_told_at, "aware", _("This is after the ICO was told."))
    check_order(aware_at, found.people_told_at, "aware", _("This is after the people were told."))
    words = {"before": found.aware_at.isoformat(), "after": aware_at.isoformat(), "words": reason}
    found.aware_at, found.due_at = aware_at, due_at(found.federation, aware_at)
    found.save(update_fields=["aware_at", "due_at"])
    step(found, StepKind.AWARE, at=at, by=by, words=words)
    cancel(kind=AUTHORITY, subject=found, because="time_changed", at=at, by=by)
    follow(found, "breach.aware_changed", by=by, at=at)
    return found


@action
def bring_in(*, breach: Breach, by: Person, at: datetime, person: Person) -> Breach:
    """Let another person here know of a breach and deal with it. Never one that its concern may be about.

    Raises NotFound, NotNow, BadInput (person).
    """
    found = entered(breach, by, at)
    if person not in people_to_bring_in(found, on=local_day(at)):
        raise BadInput(
            {"person": _("They’re already dealing with it, or aren’t allowed to. Choose someone else.")}
        )
    step(found, StepKind.BROUGHT_IN, at=at, by=by, person=person)
    follow(found, "breach.brought_in", by=by, at=at, to=person.pk)
    return found


@action
def note(*, breach: Breach, by: Person, at: datetime, words: str) -> Breach:
    """Add a note to a breach, sealed. Raises NotFound, NotNow, BadInput (words)."""
    found = entered(breach, by, at)
    written = check_words(words=(words, _("Write what you found out or did.")), longest=LONGEST_WORDS)
    step(found, StepKind.NOTED, at=at, by=by, words=written)
    record("breach.noted", subject=found, at=at, actor=by)
    return found


def _checked(part: Part, value: Any) -> Any:
    """Return a value as it is kept; None for nothing. Raises BadInput."""
    if part.kind == "ticks":
        return [key for key in part.among or () if key in (value or ())]
    if part.kind == "number":
        if value is None or value == "":
            return None
        if not 0 <= int(value) <= MOST_PEOPLE:
            raise BadInput({part.key: _("Enter a number from 0 to 10,000,000.")})
        return str(int(value))
    return check_words(**{part.key: (str(value or ""), "")}, longest=LONGEST)[part.key]


LONGEST_REFERENCE = 40
EARLIER = _("This is before the school became aware of the breach.")
DELAY = "breach_delay"
"""The point at which the law asks for the reasons for a late report."""


@action
def judge_risk(*, breach: Breach, by: Person, at: datetime, risk: str, why: str) -> Breach:
    """Record how great the risk to people is, in this person's judgement, and why. It may be judged again:
    what has been told stays told, and what a higher risk asks for is asked for.

    Raises NotFound, NotNow, BadInput (risk, why).
    """
    found = entered(breach, by, at)
    if risk not in Risk.values:
        raise BadInput({"risk": _("Choose how great the risk is.")})
    reason = check_words(why=(why, _("Give your reasons.")), longest=LONGEST_WORDS)["why"]
    found.risk = risk
    found.save(update_fields=["risk"])
    step(found, StepKind.RISK, at=at, by=by, code=risk, words={"words": reason})
    follow(found, "breach.risk_judged", by=by, at=at, risk=risk)
    return found


@action
def tell_authority(
    *, breach: Breach, by: Person, at: datetime, told_at: datetime, reference: str = "", delay: str = ""
) -> Breach:
    """Record that the ICO was told, when, and its reference. A second time corrects the first.

    Args:
        delay: the reasons, asked for where the law's hours were over.

    Raises NotFound, NotNow, BadInput (told, reference, delay).
    """
    found = entered(breach, by, at)
    check_order(told_at, at, "told", FUTURE)
    check_order(found.aware_at, told_at, "told", EARLIER)
    reference = check_words(reference=(reference, ""), longest=LONGEST_REFERENCE)["reference"]
    delay = check_words(delay=(delay, ""), longest=LONGEST_WORDS)["delay"]
    found.authority_told_at, found.authority_reference = told_at, reference
    found.delay_explained = bool(delay) or found.delay_explained
    if held_back_at(_points(found, at), "", (DELAY,)):
        raise BadInput({"delay": _("This is later than the law’s 72 hours. Give the reasons for the delay.")})
    found.save(update_fields=["authority_told_at", "authority_reference", "delay_explained"])
    words = {"told": told_at.isoformat(), "reference": reference, "words": delay}
    step(found, StepKind.AUTHORITY, at=at, by=by, words=words)
    follow(found, "breach.authority_told", by=by, at=at)
    return found


@action
def tell_people(
    *,
    breach: Breach,
    by: Person,
    at: datetime,
    told_at: datetime | None = None,
    not_told: str = "",
    how: str,
) -> Breach:
    """Record that the people whose data it is were told, when and how; or under which exception of the law
    they are not told one by one, and why. A second time corrects the first.

    Raises NotFound, NotNow, BadInput (told, not_told, how).
    """
    found = entered(breach, by, at)
    if (told_at is None) == (not not_told):
        raise BadInput(
            {"told": _("Enter when they were told, or choose why you aren’t telling them individually.")}
        )
    if not_told and not_told not in NotTold.values:
        raise BadInput({"not_told": _("Choose one of the reasons.")})
    empty = _("Say how they were told, or why they aren’t.")
    text = check_words(how=(how, empty), longest=LONGEST_WORDS)["how"]
    check_order(told_at, at, "told", FUTURE)
    check_order(found.aware_at, told_at, "told", EARLIER)
    found.people_told_at, found.not_told = told_at, not_told
    found.save(update_fields=["people_told_at", "not_told"])
    kind = StepKind.PEOPLE if told_at is not None else StepKind.NOT_TOLD
    words = {"told": told_at.isoformat() if told_at is not None else "", "words": text}
    step(found, kind, at=at, by=by, code=not_told, words=words)
    event = "breach.people_told" if told_at is not None else "breach.people_not_told"
    follow(found, event, by=by, at=at)
    return found


@action
def close_breach(*, breach: Breach, by: Person, at: datetime) -> Breach:
    """Close the record of a breach. It stays in the log.

    Raises NotFound, Refused while the law asks for something that is not there (NotNow where no policy is in
    force), NotNow where another closed it first.
    """
    found = entered(breach, by, at)
    decision, kept = record_answer(found, CLOSE, by=by, at=at)
    points = {point: str(outcome) for point, outcome in decision.points.items()}
    if held_back_at(points, str(decision.outcome), ()):
        said = _("You can’t close this record yet. The law asks for more.")
        then = _("Open the breach to see what is missing.")
        if kept is None:
            raise NotNow(said, then)
        raise Refused(kept, said, then)
    move(found, to=BreachState.CLOSED, moves=BREACH_MOVES, at=at)
    step(found, StepKind.CLOSED, at=at, by=by)
    record(
        "breach.closed", subject=found, at=at, actor=by, clauses=list(decision.clauses) if kept else [],
        decision=kept.pk if kept else None,
    )  # fmt: skip
    return found


@action
def reopen(*, breach: Breach, by: Person, at: datetime, words: str) -> Breach:
    """Reopen a closed record, with the reason. Raises NotFound, NotNow (open, or destroyed), BadInput
    (words)."""
    found = entered(breach, by, at, closed=True)
    check_not_destroyed(found)
    written = check_words(words=(words, _("Say why you’re reopening it.")), longest=LONGEST_WORDS)
    move(found, to=BreachState.OPEN, moves=BREACH_MOVES, at=at)
    step(found, StepKind.REOPENED, at=at, by=by, words=written)
    follow(found, "breach.reopened", by=by, at=at)
    return found


def _points(breach: Breach, at: datetime) -> dict[str, str]:
    decision = answer(breach, STATUS, at=at)
    return {point: str(outcome) for point, outcome in decision.points.items()}
