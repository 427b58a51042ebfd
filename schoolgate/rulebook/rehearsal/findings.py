"""What is wrong with a policy, as its rehearsal shows it: each thing with where it is mended, worst first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import NOBODY_NAMED
from schoolgate.rulebook.findings import Finding, clauses_of
from schoolgate.rulebook.kinds import Basis, Kind
from schoolgate.rulebook.messages import SOURCES
from schoolgate.rulebook.readings import Changes, rules_for
from schoolgate.rulebook.rehearsal.running import Told
from schoolgate.rulebook.rules.making import never_reached
from schoolgate.rulebook.rules.rule import Rule

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
