"""A rehearsal’s run, what is wrong with the policy by it, and that in words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import NOBODY_NAMED
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.findings import Decision, Finding, clauses_of
from schoolgate.rulebook.kinds import Basis, Kind, Outcome
from schoolgate.rulebook.messages import SOURCES, plain
from schoolgate.rulebook.readings import Changes, rules_for
from schoolgate.rulebook.rehearsal.case import NOTHING, Case, Stage, filled, instant_of_cases
from schoolgate.rulebook.rehearsal.cases import BY_KEY, CASES
from schoolgate.rulebook.rules.making import never_reached
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.telling import HEADS, lines_of, when

# The cases put to a policy: what happened, and what it answers.


STOPPING = frozenset({Kind.FORBIDS, Kind.BREACHED, Kind.REFERS, Kind.REQUIRES})


@dataclass(frozen=True)
class Told:
    """A case with the answer to it. `stopped`: whether the policy stops what must never be; None where the
    case is about nothing of the kind."""

    case: Case
    decision: Decision
    stopped: bool | None = None

    @property
    def answer(self) -> Answer:
        """What the answer says."""
        return answer_of(self.decision)

    @property
    def is_covered(self) -> bool:
        """Whether the policy itself says anything, in a rule."""
        return self.decision.silent_because is None


def told(book: Book, *, at: datetime, cases: Iterable[Case] = CASES) -> list[Told]:
    """Return each case, on the day of `at`, with what the policy answers to it. Raises BadPack where a rule
    can't be used."""
    stage = Stage(instant_of_cases(at), tuple(book.roles))
    decided = {
        one.key: (one, decide(book, one.situation, {"now": stage.at, **filled(one.facts, stage)}))
        for one in cases
        if not one.point or any(rule.point == one.point for rule in book.bound(one.situation))
    }
    return [
        Told(case, decision, _stopped(book, case, decision, decided)) for case, decision in decided.values()
    ]


def _stopped(
    book: Book, case: Case, decision: Decision, decided: Mapping[str, tuple[Case, Decision]]
) -> bool | None:
    """Return whether something stops this case that doesn't stop the one beside it, or a rule that reads the
    fact it is about: what waits in both for something else shows nothing."""
    if not case.stops_beside:
        return None
    if case.stops_beside == NOTHING:
        return decision.outcome.weight > Outcome.PERMITTED.weight
    stops = _stops(decision)
    return bool(stops - _stops(decided[case.stops_beside][1])) or any(
        one.point in {point for point, *_rest in stops} and _reads(one, case.about)
        for one in book.bound(case.situation)
    )


def _reads(rule: CompiledRule, fact: str) -> bool:
    return re.search(rf'["._]{fact}["._]', rule.settings.model_dump_json()) is not None


def _stops(decision: Decision) -> set[tuple[str, Kind, tuple[str, ...], str]]:
    return {
        (one.point, one.kind, one.clauses, one.message)
        for one in decision.findings
        if one.stands and one.kind in STOPPING
    }


# What is wrong with a policy, as its rehearsal shows it: each thing with where it is mended, worst first.


CLASH = "kernel.clash"


class What(StrEnum):
    """What is wrong, the worst first."""

    NO_RULES = "no_rules"
    NOT_STOPPED = "not_stopped"
    NO_SUCH_ROLE = "no_such_role"
    NO_ROLE_MAY = "no_role_may"
    NOT_HELD = "not_held"
    NOBODY_MAY = "nobody_may"
    ONE_PERSON = "one_person"
    NO_DECIDER = "no_decider"
    CLASH = "clash"
    NEVER_COUNTS = "never_counts"
    READ = "read"
    IN_PART = "in_part"
    NOT_COVERED = "not_covered"
    NOT_MET = "not_met"


STOPS_WORK = frozenset(
    {What.NO_RULES, What.NOT_STOPPED, What.NO_SUCH_ROLE, What.NO_ROLE_MAY, What.NOT_HELD, What.NOBODY_MAY}
)
"""Something forbidden would pass, or someone would wait for ever."""


class Mend(StrEnum):
    """The form on which it is mended."""

    NEW_CLAUSE = "new_clause"
    CLAUSE = "clause"
    ROLES = "roles"
    PEOPLE = "people"


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong. `role`: of the policy, in its words; `may`: what no one may do; `people`: by
    name; `clauses`: what it is about, `cases`: in which it shows."""

    what: What
    mend: Mend
    role: str = ""
    may: str = ""
    people: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


Held = Mapping[str, Mapping[int, str]]
"""Key of a role -> its holders who are here, by their number, with their names."""

DAILY: tuple[Capacity, ...] = (
    Capacity.OWN_POLICY,
    Capacity.ADMINISTER,
    Capacity.PROPOSE_ACCOUNT,
    Capacity.DECIDE_ACCOUNT,
    Capacity.OPEN_ACCOUNT,
    Capacity.WRITE_POST,
    Capacity.APPROVE_POST,
    Capacity.MODERATE,
    Capacity.ANSWER,
    Capacity.SEE_INCIDENTS,
)
"""What has to be done at every school."""
TWO_PEOPLE = (
    (Capacity.WRITE_POST, Capacity.APPROVE_POST),
    (Capacity.PROPOSE_ACCOUNT, Capacity.DECIDE_ACCOUNT),
)
"""What one person does, and what another has to do after that."""
GIVEN_BY: Mapping[str, Capacity] = {
    "approver": Capacity.APPROVE_POST,
    "decider": Capacity.DECIDE_ACCOUNT,
    "policy_owner": Capacity.OWN_POLICY,
    "moderator": Capacity.MODERATE,
    "writer": Capacity.ANSWER,
    "creator_of_account": Capacity.OPEN_ACCOUNT,
    "picture_checker": Capacity.ATTEST_PICTURES,
    "second_reader": Capacity.SECOND_PERSON,
}
"""A source of needs that is no role -> who can be one."""


def wrongs(book: Book, told: Sequence[Told], held: Held | None = None) -> list[Wrong]:
    """Return what is wrong, worst first. `held`: who holds which role; None where no one is known."""
    if not book.pack.bindings:
        return [Wrong(What.NO_RULES, Mend.NEW_CLAUSE), *_read(book, told), *_roles(book, told, held)]
    found = [
        *_not_stopped(book, told),
        *_roles(book, told, held),
        *_undecided(told),
        *_clashes(told),
        *_never(book),
        *_read(book, told),
        *_not_covered(told),
        *_not_met(book, told),
    ]
    order = list(What)
    return sorted(dict.fromkeys(found), key=lambda one: order.index(one.what))


def _not_stopped(book: Book, told: Sequence[Told]) -> Iterator[Wrong]:
    ruled = {clause for one in book.pack.bindings for clause in one.clauses}
    for one in sorted(told, key=lambda each: not each.case.is_about_a_child):
        if one.stopped is False:
            to_read = tuple(each for each in one.decision.unread if each not in ruled)
            mend = Mend.CLAUSE if to_read else Mend.NEW_CLAUSE
            yield Wrong(What.NOT_STOPPED, mend, clauses=to_read, cases=(one.case.key,))


def _roles(book: Book, told: Sequence[Told], held: Held | None) -> Iterator[Wrong]:
    """Yield the roles that a step waits for and that don't exist or that no one holds, and the steps that no
    role or no person may take."""
    keys = {role.name: role.key for role in book.roles}
    for name, (clauses, cases) in _waited_for(book, told).items():
        if name not in keys:
            yield Wrong(What.NO_SUCH_ROLE, Mend.ROLES, role=name, clauses=clauses, cases=cases)
        elif held is not None and not held.get(keys[name]):
            yield Wrong(What.NOT_HELD, Mend.PEOPLE, role=name, clauses=clauses, cases=cases)
    wanted = [*DAILY, *(one for one in GIVEN_BY.values() if one in _sources(told) and one not in DAILY)]
    for one in wanted:
        those = [role for role in book.roles if one in role.capacities]
        if not those:
            yield Wrong(What.NO_ROLE_MAY, Mend.ROLES, may=one)
        elif held is not None and not _people(book, held, one):
            yield Wrong(What.NOBODY_MAY, Mend.PEOPLE, may=one, role=", ".join(each.name for each in those))
    if held is not None:
        for first, second in TWO_PEOPLE:
            do, decide = _people(book, held, first), _people(book, held, second)
            if len(decide) == 1 and decide.keys() <= do.keys():
                yield Wrong(What.ONE_PERSON, Mend.PEOPLE, may=second, people=tuple(decide.values()))


def _waited_for(book: Book, told: Sequence[Told]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return each role by name that something waits for, with the clauses that ask for it and the cases in
    which it shows."""
    clauses: dict[str, list[str]] = {}
    cases: dict[str, list[str]] = {}
    for binding in book.pack.bindings:
        for _name, role in CONTROLS[binding.control].roles(binding.settings):
            clauses.setdefault(str(role), []).extend(binding.clauses)
    for tension in book.tensions.values():
        if tension.ruled_by:
            clauses.setdefault(tension.ruled_by, []).extend(tension.clauses)
    if book.meta.owner:
        clauses.setdefault(book.pack.role_words.get(book.meta.owner, book.meta.owner), [])
    for one in told:
        needs = ((need.source, found.clauses) for found in _standing(one) for need in found.needs)
        duties = ((duty.who, duty.clauses) for duty in one.decision.duties)
        for source, of in (*needs, *duties):
            if source not in SOURCES:
                clauses.setdefault(source, []).extend(of)
                cases.setdefault(source, []).append(one.case.key)
    return {
        name: (tuple(dict.fromkeys(of)), tuple(dict.fromkeys(cases.get(name, ()))))
        for name, of in clauses.items()
    }


def _standing(one: Told) -> Iterator[Finding]:
    return (found for found in one.decision.findings if found.stands)


def _sources(told: Sequence[Told]) -> set[Capacity]:
    """Return the capacities of those who are asked for something in a case."""
    asked = {need.source for one in told for found in _standing(one) for need in found.needs}
    asked |= {duty.who for one in told for duty in one.decision.duties}
    return {GIVEN_BY[one] for one in asked if one in GIVEN_BY}


def _people(book: Book, held: Held, capacity: Capacity) -> dict[int, str]:
    keys = [role.key for role in book.roles if capacity in role.capacities]
    return {number: name for key in keys for number, name in held.get(key, {}).items()}


def _undecided(told: Sequence[Told]) -> Iterator[Wrong]:
    """Yield what waits for a ruling that no role is named for."""
    waits: dict[str, list[str]] = {}
    for one in told:
        for found in _standing(one):
            if any(need.what == "ruling" and need.source == NOBODY_NAMED for need in found.needs):
                waits.setdefault(found.clauses[0], []).append(one.case.key)
    for clause, cases in waits.items():
        yield Wrong(What.NO_DECIDER, Mend.CLAUSE, clauses=(clause,), cases=tuple(dict.fromkeys(cases)))


def _clashes(told: Sequence[Told]) -> Iterator[Wrong]:
    for one in told:
        for found in _standing(one):
            if found.message == CLASH:
                yield Wrong(What.CLASH, Mend.CLAUSE, clauses=found.clauses, cases=(one.case.key,))


def _never(book: Book) -> Iterator[Wrong]:
    """Yield the rules of which a step never counts, because one above it always does."""
    for clause in book.clauses:
        rules = (one for one in rules_for(book.pack, Changes(), clause) if not one.get("numbers"))
        if any(map(never_reached, rules)):
            yield Wrong(What.NEVER_COUNTS, Mend.CLAUSE, clauses=(clause,))


def _read(book: Book, told: Sequence[Told]) -> Iterator[Wrong]:
    """Yield the clauses that people have to read in one of the cases: those without a rule, or with one that
    says so, and those of which the rules may say only a part."""
    ruled = {clause for one in book.pack.bindings for clause in one.clauses}
    rules = ((one.clauses, one.settings) for one in book.pack.bindings)
    says_read = {of[0] for of, rule in rules if isinstance(rule, Rule) and rule.is_read}
    unread: dict[str, list[str]] = {}
    for one in told:
        referred = [found.clauses[0] for found in _standing(one) if found.kind is Kind.REFERS]
        for clause in (*one.decision.unread, *(each for each in referred if each in says_read)):
            unread.setdefault(clause, []).append(one.case.key)
    for what in (What.READ, What.IN_PART):
        those = tuple(one for one in unread if (one in ruled - says_read) is (what is What.IN_PART))
        if those:
            cases = tuple(dict.fromkeys(case for clause in those for case in unread[clause]))
            yield Wrong(what, Mend.CLAUSE, clauses=those, cases=cases)


def _not_covered(told: Sequence[Told]) -> Iterator[Wrong]:
    cases = tuple(
        one.case.key
        for one in told
        if not one.is_covered and not one.decision.unread and one.stopped is not False
    )
    if cases:
        yield Wrong(What.NOT_COVERED, Mend.NEW_CLAUSE, cases=cases)


def _not_met(book: Book, told: Sequence[Told]) -> Iterator[Wrong]:
    """Yield the clauses with a rule that none of the cases met."""
    met = {
        clause for one in told for clause in (*clauses_of(one.decision.findings), *one.decision.excluded_by)
    }
    ruled = dict.fromkeys(clause for binding in book.pack.bindings for clause in binding.clauses)
    left = tuple(clause for clause in ruled if clause not in met)
    if left:
        yield Wrong(What.NOT_MET, Mend.CLAUSE, clauses=left)


def of_policy(told: Iterable[Told]) -> list[Told]:
    """Return the cases in which the policy itself answers in a rule."""
    return [one for one in told if one.is_covered and any(f.basis in _OWN for f in one.decision.findings)]


_OWN = (Basis.POLICY, Basis.CHOSEN)


# What a rehearsal found, in words: as pages translate them, and as the command prints them.


WORDS: Mapping[What, str] = {
    What.NO_RULES: _("This policy has no rules yet, so nothing was tried. Give its clauses rules first."),
    What.NOT_STOPPED: _("Nothing in this policy stops this: {cases}."),
    What.NO_SUCH_ROLE: _("A step needs “{role}”, but the policy has no such role."),
    What.NO_ROLE_MAY: _("No role may {may}."),
    What.NOT_HELD: _("No one has the role “{role}”, so tasks that need it will never be done."),
    What.NOBODY_MAY: _("No one here may {may}. These roles may: {role}."),
    What.ONE_PERSON: _(
        "Only {people} may {may}, so no one can approve what they write or propose themselves."
    ),
    What.NO_DECIDER: _("This clause leaves something open. The policy names no one who rules on it."),
    What.CLASH: _("These clauses contradict each other, and neither takes precedence."),
    What.NEVER_COUNTS: _("A step of this clause’s rule never applies, because the step above always does."),
    What.READ: _("These clauses have no rule, so people have to read them each time."),
    What.IN_PART: _(
        "Rules may cover only part of these clauses. On a clause’s page, tick "
        "the sentences they cover in full."
    ),
    What.NOT_COVERED: _("The policy says nothing about these cases."),
    What.NOT_MET: _("None of these cases meets the rules of these clauses. Try them with examples."),
}
MAY: Mapping[str, str] = {
    Capacity.OWN_POLICY: _("look after the policy"),
    Capacity.ADMINISTER: _("manage people and settings"),
    Capacity.PROPOSE_ACCOUNT: _("propose an account"),
    Capacity.DECIDE_ACCOUNT: _("decide on accounts"),
    Capacity.OPEN_ACCOUNT: _("open an account"),
    Capacity.WRITE_POST: _("write a post"),
    Capacity.APPROVE_POST: _("approve a post"),
    Capacity.ATTEST_PICTURES: _("check pictures against consents"),
    Capacity.MODERATE: _("deal with comments"),
    Capacity.ANSWER: _("send a reply"),
    Capacity.SECOND_PERSON: _("read a reply before it goes out"),
    Capacity.SEE_INCIDENTS: _("read reports and concerns"),
}


def in_english(wrong: Wrong) -> str:
    """Return one thing that is wrong as an English sentence."""
    return WORDS[wrong.what].format(
        role=wrong.role,
        may=MAY.get(wrong.may, wrong.may),
        people=", ".join(wrong.people),
        cases=", ".join(BY_KEY[one].title for one in wrong.cases),
    )


def lines(book: Book, told: Sequence[Told], wrongs: Sequence[Wrong]) -> list[str]:
    """Return the whole rehearsal as lines of English text: what is wrong, then the stories."""
    covered, read = sum(one.is_covered for one in told), sum(bool(one.decision.unread) for one in told)
    rules = len(book.pack.bindings)
    return [
        f"{book.key}, {rules} rules: {len(told)} cases, {covered} answered, {read} to read",
        *(f"  {line}" for one in wrongs for line in _wrong_lines(one)),
        *(line for one in told for line in _story(one)),
    ]


def _wrong_lines(one: Wrong) -> Iterator[str]:
    yield f"{one.what}: {in_english(one)}"
    if one.clauses:
        yield f"  clauses: {', '.join(one.clauses)}"
    if one.cases and "{cases}" not in WORDS[one.what]:
        yield f"  in: {', '.join(BY_KEY[case].title for case in one.cases)}"


def _story(one: Told) -> Iterator[str]:
    yield ""
    yield one.case.title
    yield f"  {one.case.story}"
    yield f"  -> {HEADS[one.answer]}"
    for line in lines_of(one.decision):
        if line.overridden_by is None and (line.message or line.needs):
            needs = f" Needed: {'; '.join(line.needs)}" if line.needs else ""
            yield f"     {line.message}{needs} ({', '.join(line.clauses)})"
    for duty in one.decision.duties:
        yield f"     {plain(duty.who)}: {plain(duty.what)}, {when(duty.due)} ({', '.join(duty.clauses)})"
    if one.decision.unread:
        yield f"     read: {', '.join(one.decision.unread)}"
