"""May I ...? under the policy in force: as who a person asks, what is asked next, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School, country_of
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.people.models import Permission, Person
from schoolgate.people.queries import book_for, permissions_for, roles_of
from schoolgate.policy.asking import elsewhere
from schoolgate.policy.choices import calendar_of_all, working_day_choice
from schoolgate.policy.models import Attestation, Ruling
from schoolgate.policy.queries import PolicyInForce, book_in_scope, in_force, latest_rulings, rulings_of
from schoolgate.policy.reviewing import acting
from schoolgate.rulebook import Decision, decide
from schoolgate.rulebook.adviser import (
    ENTRIES,
    NOT_KNOWN,
    Advice,
    Entry,
    Hat,
    Question,
    Situated,
    answer,
    read_answers,
)
from schoolgate.rulebook.adviser.asking import NOBODY, open_questions, rests_on, who_rules
from schoolgate.rulebook.adviser.fitting import asked_in_words
from schoolgate.rulebook.adviser.leaves import Leaf
from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.deciding import STOPS
from schoolgate.rulebook.kinds import Kind, Outcome, SilentBecause
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.contacts import ChannelPermission
from schoolgate.rulebook.situations.learning import PolicyAsk

# Leave to use a private email or phone for school business, from the permissions on record.


SITUATION = "message.send"
OWN_CHANNELS: Mapping[str, str] = {"own_email": "personal email", "own_phone": "personal mobile phone"}
"""What a permission covers -> the channel, in the words of facts."""


def channel_leaves(person: Person, *, on: date, answer: str = "") -> tuple[ChannelPermission, ...]:
    """Return the permissions that a person has on a day for channels of their own. `answer`: the name of
    their saved answer, for permissions that are for that occasion alone, on the day they were given."""
    names = book_for(person).role_names
    lasting = [(one, subject_of(person)) for one in OWN_CHANNELS]
    once = [(f"{one}:{answer}", answer) for one in OWN_CHANNELS] if answer else []
    return tuple(
        _as_fact(leave, names)
        for covers, subject in (*lasting, *once)
        for leave in permissions_for(covers=covers, subject=subject, on=on)
    )


def _as_fact(leave: Permission, names: Mapping[str, str]) -> ChannelPermission:
    return ChannelPermission(
        by=person_key(leave.given_by_id),
        roles=(names[leave.role_key],) if leave.role_key in names else (),
        at=leave.at,
        written=leave.written,
        covers=(OWN_CHANNELS[leave.covers.partition(":")[0]],),
        from_day=leave.from_day,
        to_day=leave.to_day or local_day(leave.at),
    )


VISITORS = (Hat("parent", "parent"), Hat("pupil", "pupil"), Hat("other", "other"))
"""The capacities of visitors who are not signed in."""
KEPT_READY = 512
"""Answers to visitors that are cached in each process."""


@dataclass(frozen=True)
class Advised:
    """A person's progress with a question. `open`: what the policy leaves open here; `to_role`: who rules on
    it, "" where the policy names no one. `rulings`: those the answer rests on. `fitting`: the clauses that
    fit the words in which it was asked."""

    policy: PolicyInForce
    asked: Situated
    answers: Mapping[str, Any]
    advice: Advice
    open: Sequence[Tension] = ()
    to_role: str = ""
    rulings: Sequence[Ruling] = ()
    fitting: Sequence[str] = ()

    @cached_property
    def elsewhere(self) -> Mapping[str, Attestation]:
        """The clauses that the policy's owner said aren't about this question, with who said so."""
        return elsewhere(self.policy.book, self.asked.entry.key)

    @cached_property
    def decision(self) -> Decision:
        """The answer so far."""
        told, key = self.advice.decision, self.asked.entry.key
        return asked_in_words(self.policy.book, told, self.fitting, self.elsewhere, key)

    @cached_property
    def assumed(self) -> frozenset[str]:
        """The points that are in order only as far as what the question takes for granted is so: no one was
        asked."""
        known = {path: value for path, value in self.answers.items() if value != NOT_KNOWN}
        granted = self.asked.entry.shared - known.keys()
        facts = self.asked.facts({**self.advice.taken, **known}, without=granted)
        bare = decide(self.policy.book, self.asked.situation, facts)
        return frozenset(
            one.point
            for one in self.advice.decision.findings
            if one.kind in (Kind.MET, Kind.PERMITS)
            and any(bare_one.kind in STOPS for bare_one in bare.at(one.point))
        )

    @property
    def question(self) -> Question | None:
        """What is asked next; None once nothing can change the answer."""
        return self.advice.question

    @property
    def needs_ruling(self) -> bool:
        """Whether only the role that rules can answer."""
        return self.question is None and self.decision.outcome is Outcome.REFER

    @property
    def is_unanswered(self) -> bool:
        """Whether the policy does not cover it, and names a role for questions that it does not answer."""
        return self.question is None and self.decision.outcome is Outcome.SILENT and bool(self.to_role)

    @property
    def can_be_put(self) -> bool:
        """Whether there is a role to put the question to."""
        return self.needs_ruling or self.is_unanswered

    @property
    def leaves(self) -> Mapping[str, Leaf]:
        """The answers so far, by path, with how each was asked."""
        return {leaf.path: leaf for leaf in self.asked.leaves if leaf.path in self.answers}


def entry_for(key: str, *, public: bool = False) -> Entry:
    """Return the entry with this key, if the asker may see it. Raises NotFound."""
    found = ENTRIES.get(key)
    if found is None or not _is_asked(found, public=public):
        raise NotFound
    return found


def entries(*, public: bool = False) -> list[Entry]:
    """Return the questions that a person may ask, in the order of the catalogue."""
    return [one for one in ENTRIES.values() if _is_asked(one, public=public)]


def _is_asked(entry: Entry, *, public: bool) -> bool:
    """Whether a person may ask it, and the policy in force has a rule where the question wants one."""
    if not (entry.public if public else entry.staff):
        return False
    return not entry.point or any(
        rule.point == entry.point for rule in book_in_scope().bound(entry.situation)
    )


def hats_of(person: Person, *, at: datetime) -> tuple[Hat, ...]:
    """Return the capacities a person can act in: their relation to the school with their roles, once for
    each school where these differ, and as a parent, which a member of staff may also be."""
    on = local_day(at)
    everywhere = tuple(roles_of(person, on=on))
    found = []
    roles = {school: tuple(roles_of(person, on=on, school=school)) for school in _schools()}
    if not roles or everywhere in roles.values():
        found.append(Hat(person.relation, person.relation, everywhere))
    for school, there in roles.items():
        if there != everywhere:
            found.append(Hat(f"{person.relation}-{school.slug}", person.relation, there, school.name))
    if person.relation != "parent":
        found.append(Hat("parent", "parent"))
    return tuple(found)


def advise(
    entry: Entry,
    given: Mapping[str, Sequence[str]],
    *,
    by: Person,
    at: datetime,
    asked_at: datetime | None = None,
    about: str = "",
    fitting: Sequence[str] = (),
) -> Advised:
    """Return how far a person is with a question, from their answers in the form used in an address.

    `asked_at`: as of when, where that is not now. `about`: the name of their saved answer, where permissions
    given for that one count. `fitting`: the clauses that fit their own words. Raises NotNow where no policy
    is in force."""
    policy = in_force(local_day(at))
    rulings = rulings_of(policy.version)
    known = known_besides(entry, rulings, on=local_day(asked_at or at))
    if entry.situation == SITUATION:
        known["channel_leaves"] = channel_leaves(by, on=local_day(at), answer=about)
    judges = not policy.book.was_read
    situated = Situated(entry, asked_at or at, hats_of(by, at=at), known, judges)
    answers = read_answers(situated, given.items())
    told = answer(policy.book, situated, answers)
    open_here = open_questions(policy.book, told.decision)
    role = who_rules(told.decision)
    if told.decision.silent_because is SilentBecause.NO_RULE:
        role = _named_for_questions(policy, by=by, at=at)
    resting = {one.tension for one in rests_on(policy.book, told.decision)} if rulings else set()
    return Advised(
        policy,
        situated,
        answers,
        told,
        open_here,
        "" if role == NOBODY else role,
        [row for tension, row in latest_rulings(policy.version).items() if tension in resting]
        if resting
        else (),
        fitting,
    )


def known_besides(entry: Entry, rulings: Sequence[Any], *, on: date) -> dict[str, Any]:
    """Return what is known without asking: the rulings, the country whose law counts, and which days count
    for a time that is given in days: of several schools each on which one of them is in."""
    known: dict[str, Any] = {"rulings": rulings}
    fields = situation(entry.situation).facts.model_fields
    if "country" in fields:
        known["country"] = country_of(None)
    if "calendar" in fields:
        known["calendar"] = calendar_of_all(_schools(), on)
    if "working_day" in fields:
        known["working_day"] = working_day_choice(on=on)
    return known


def _schools() -> list[School]:
    return read_once("policy.advising.schools", lambda: list(School.objects.order_by("id")))


def unanswered_facts(*, by: Person, at: datetime, put_to: Sequence[str] = ()) -> PolicyAsk:
    """Return the facts of a question that no clause answers, put to these roles."""
    return PolicyAsk(
        now=at, about="may_i", by=acting(by, on=local_day(at)), answered=False, put_to=tuple(put_to)
    )


def _named_for_questions(policy: PolicyInForce, *, by: Person, at: datetime) -> str:
    """Return the role to which the policy sends questions that it does not answer; NOBODY where it names
    none."""
    told = decide(policy.book, "policy.ask", unanswered_facts(by=by, at=at), on=local_day(at))
    wanted = (need for each in told.at("question_to") for need in each.needs)
    return next((need.source for need in wanted if need.what == "policy.put_question"), NOBODY)


def advise_visitor(
    entry: Entry, given: Mapping[str, Sequence[str]], *, at: datetime, fitting: Sequence[str] = ()
) -> Advised:
    """Do the same for a visitor who is not signed in. Answers are cached for the hour."""
    policy = in_force(local_day(at))
    rulings = rulings_of(policy.version)
    hour = at.replace(minute=0, second=0, microsecond=0)
    known = known_besides(entry, rulings, on=local_day(at))
    situated = Situated(entry, hour, VISITORS, known, not policy.book.was_read)
    answers = read_answers(situated, given.items())
    key = (
        policy.version.federation_id,
        policy.reading.pk,
        id(policy.book),
        entry.key,
        hour,
        rulings,
        tuple(sorted(answers.items())),
    )
    found = _ready.get(key)
    if found is None:
        found = (policy.book, answer(policy.book, situated, answers))
        while len(_ready) >= KEPT_READY:
            _ready.pop(next(iter(_ready)), None)
        _ready[key] = found
    _book, told = found
    return Advised(policy, situated, answers, told, fitting=fitting)


_ready: dict[Any, tuple[Any, Advice]] = {}
"""The book is stored beside its answer, so that its identity stays unique."""
