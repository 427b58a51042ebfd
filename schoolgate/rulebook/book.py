"""A book: one policy's pack with the law's and the house's, bound and ready to be asked. Immutable,
cached."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import Any

from schoolgate.rulebook.clauses import Clause, PolicyMeta, Role, Tension, paragraphs
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import RuleResult
from schoolgate.rulebook.errors import BadFacts, BadPack, UnknownPolicy
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Finding
from schoolgate.rulebook.kinds import ADVICE, SHOULDS, Basis
from schoolgate.rulebook.packs import Binding, Pack, load_pack, own_keys, pack_keys, refused
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.packs.building import ASIDE
from schoolgate.rulebook.proposal_form import FormPoint, law_questions, proposal_form
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.situations import SITUATIONS

BOTH_FOR_ALL = ("law", "house")
TELLING = "incident.report"
"""The duty to tell the people that the policy names."""


@dataclass(slots=True)
class CompiledRule:
    """A binding prepared for answering: no look-ups while a question is answered.

    `evaluate`: what it says, as a function of the facts alone. `ready`: the finding of each saying that does
    not depend on the facts. `may_depart`: with a permission, because its first clause says "should";
    `leave_from`: the roles whose permission that is; `leave_of`: those whose permission lifts a rule because
    its clause says so; `is_advice`: because that only recommends. `in_full`:
    whether its clauses are said in full by the rules asked here."""

    id: str
    evaluate: Callable[[Any], Iterable[RuleResult]]
    settings: Any
    point: str
    clauses: tuple[str, ...]
    section: str
    control: str
    basis: Basis
    may_depart: bool
    leave_from: frozenset[str]
    leave_of: frozenset[str]
    is_advice: bool
    overrides: frozenset[str]
    tension: Tension | None
    until_ruled: bool
    binds: frozenset[str] | None
    in_full: bool = True
    ready: dict[int, Finding] = field(default_factory=dict, compare=False, repr=False)

    def with_settings(self, settings: Any, situation: str) -> "CompiledRule":
        """Return the same rule of this situation with other settings. Raises BadCondition."""
        evaluate = CONTROLS[self.control].judging(settings, SITUATIONS[situation].facts)
        return replace(self, settings=settings, evaluate=evaluate, ready={})

    @property
    def excepts(self) -> bool:
        """Whether the rule itself holds an exception from what it stops."""
        steps = getattr(self.settings, "steps", ())
        return bool(self.overrides or self.leave_of or any(one.verb in ("keep", "permit") for one in steps))

    @property
    def roles_named(self) -> tuple[str, ...]:
        """The roles of the policy that the rule names, in its order."""
        return _each_once(str(role) for _name, role in CONTROLS[self.control].roles(self.settings))

    def stated(self, name: str) -> tuple[Any, ...]:
        """What the rule itself gives under this name: a setting of its kind; where it is data, what a fact is
        compared with or what goes into a sentence."""
        return _each_once(CONTROLS[self.control].stated(self.settings, name))


@dataclass(frozen=True)
class ToRead:
    """The clauses that a person reads in a situation. `unread`: an answer waits for them; `beside`: it
    doesn't."""

    unread: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    """Everything that answers under one policy. `packs`: the policy's own first, then law and house."""

    packs: tuple[Pack, ...]
    _bound: dict[str, tuple[CompiledRule, ...]] = field(default_factory=dict, compare=False, repr=False)
    _to_read: dict[str, "ToRead"] = field(default_factory=dict, compare=False, repr=False)
    _spoken_of: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _led_to: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    excepted: dict[tuple[str, tuple[str, ...], bool, str, str], tuple[str, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What `excepting` found: a policy's clauses don't change while it's asked."""
    facts_known: dict[tuple[str, str | None], frozenset[str]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What `facts_read` found: a book doesn't change, and a page of a concern asks a hundred times."""

    @property
    def pack(self) -> Pack:
        """The policy's own pack."""
        return self.packs[0]

    @property
    def meta(self) -> PolicyMeta:
        """The policy's front page."""
        return self.pack.meta

    @cached_property
    def paragraphs(self) -> Mapping[str, tuple[str, ...]]:
        """Clause -> the clauses of its paragraph, itself among them; only where there are several."""
        return paragraphs(self.clauses.values())

    @cached_property
    def _without_a_rule(self) -> tuple[Clause, ...]:
        """The policy's clauses that nothing in the program decides or keeps."""
        has_one = {clause for one in self.pack.bindings for clause in one.clauses}
        has_one |= {clause for one in self.pack.kept for clause in one.clauses}
        return tuple(one for one in self.clauses.values() if one.id not in has_one)

    @cached_property
    def _said_in_full(self) -> frozenset[str]:
        """The policy's clauses of which its rules, or what keeps them otherwise, leave nothing out. Of a
        policy that comes with the program all that have one: each was read beside its rules."""
        kept = {clause for one in self.pack.kept for clause in one.clauses}
        if self.was_read:
            return frozenset(kept.union(*(one.clauses for one in self.pack.bindings)))
        said = self._sentences_said
        whole = (key for key, those in said.items() if those.issuperset(self.clauses[key].sentences))
        return frozenset(kept.union(whole))

    @cached_property
    def asides(self) -> frozenset[str]:
        """The clauses of which the policy's owner said that they ask nothing of anyone, and which read so."""
        from schoolgate.rulebook.clauses import asks_nothing  # its patterns are for own policies alone

        some = (clause for one in self.pack.kept if one.says == ASIDE for clause in one.clauses)
        return frozenset(key for key in some if asks_nothing(" ".join(self.clauses[key].sentences)))

    @cached_property
    def _sentences_said(self) -> Mapping[str, set[str]]:
        said: dict[str, set[str]] = {}
        for one in self.pack.bindings:
            for clause in one.clauses:
                said.setdefault(clause, set()).update(one.in_full)
        return said

    def sentences_said(self, clause: str) -> Collection[str]:
        """Return the sentences of a clause of which its rules are known to leave nothing out."""
        return self._sentences_said.get(clause, ())

    @cached_property
    def was_read(self) -> bool:
        """Whether all its clauses were read beside every situation: those that come with the program."""
        return self.key in pack_keys()

    @property
    def readable(self) -> tuple[Clause, ...]:
        """The policy's clauses that people may have to read for themselves in some situation."""
        return self._without_a_rule if self.was_read else tuple(self.clauses.values())

    def first_to_read(
        self, situation: str, clauses: Iterable[str], spoke: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """Return those of these clauses, which fit what was asked, that the rules of this situation don't say
        in full. `spoke`: those whose rules said anything; without it, all that have rules there."""
        if spoke is None or self.was_read:
            spoke = {clause for one in self.bound(situation) for clause in one.clauses}
        said = self._said_in_full.intersection(spoke)
        known = {one.id for one in self.readable} - said
        return _each_once(one for one in clauses if one in known)

    def is_ruled(self, clause: str) -> bool:
        """Whether a rule of this clause is asked in any situation."""
        return clause in self._ruled_in

    def led_to(self, situation: str) -> frozenset[str]:
        """Return the ids of the clauses whose words lead to this situation before all others, and of those
        that say who must be told of it."""
        from schoolgate.rulebook.unread import leads_to  # as below

        found = self._led_to.get(situation)
        if found is None:
            found = self._led_to[situation] = frozenset(
                one.id for one in self.clauses.values() if leads_to(one, situation)
            )
        return found

    def unread_at(self, situation: str) -> tuple[str, ...]:
        """Return the ids of the policy's clauses that may speak of this situation and aren't said in full by
        rules, what must be told first, then the nearest: part of a clause doesn't hide the rest of it, and a
        rule for another question says nothing here."""
        return self._read_at(situation).unread

    def beside_at(self, situation: str) -> tuple[str, ...]:
        """Return the ids of those to read beside an answer, which doesn't wait for them: their rules say all
        of them, or they only explain."""
        return self._read_at(situation).beside

    def _read_at(self, situation: str) -> "ToRead":
        found = self._to_read.get(situation)
        if found is None:
            found = self._to_read[situation] = self._sorted_for(situation)
        return found

    def _sorted_for(self, situation: str) -> "ToRead":
        some = self.readable
        if not some:
            return ToRead()
        from schoolgate.rulebook.unread import (
            explains,
            in_reading_order,
            nearness,
            says_who_is_told,
            speaks_of,
        )  # they ask books

        here = {clause for one in self.bound(situation) for clause in one.clauses}
        far_off: dict[str, int] = {}
        beside: set[str] = set()
        sections = {self.clauses[one].section for one in here if one in self.clauses}
        for one in some:
            whole, ruled_in = one.id in self._said_in_full, self._ruled_in.get(one.id, ())
            if one.id not in here:
                far = nearness(
                    one, situation, ruled_in=ruled_in, whole=whole, was_read=self.was_read,
                    beside_rules=one.section in sections,
                )  # fmt: skip
            else:
                far = None if whole else 0
            if far is None:
                continue
            far_off[one.id] = far
            if not self.was_read and (
                not speaks_of(one, situation, ruled_in) if whole else not ruled_in and explains(one)
            ):
                beside.add(one.id)
        told = {
            one.id for one in some
            if not self.was_read and one.section in sections and says_who_is_told(one)
        }  # fmt: skip
        nearest = in_reading_order(far_off, self.clauses, situation, told)
        return ToRead(
            tuple(one for one in nearest if one not in beside), tuple(one for one in nearest if one in beside)
        )

    def spoken_of_at(self, situation: str) -> tuple[str, ...]:
        """Return the ids of the clauses to read where no rule spoke: those above, and all whose words may
        fit the situation, though their rules say all of them, here too, where none of them spoke. A policy is
        not called silent while its words may not be."""
        from schoolgate.rulebook.unread import speaks_by_words_of  # as above

        unread = self.unread_at(situation) + self.beside_at(situation)
        if self.was_read:
            return unread
        found = self._spoken_of.get(situation)
        if found is None:
            besides = (one for one in self.clauses.values() if one.id not in unread)
            found = self._spoken_of[situation] = unread + tuple(
                one.id for one in besides if speaks_by_words_of(one, situation)
            )
        return found

    @cached_property
    def _ruled_in(self) -> Mapping[str, tuple[str, ...]]:
        """Clause -> the situations in which a rule of it is asked."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.pack.bindings:
            for clause in one.clauses:
                found[clause] = (*found.get(clause, ()), *one.situations)
        return found

    @property
    def key(self) -> str:
        """The policy's key, such as "wildground"."""
        return self.pack.meta.key

    @property
    def clauses(self) -> Mapping[str, Clause]:
        """The policy's own clauses by id, in reading order."""
        return self.pack.clauses

    @property
    def roles(self) -> Sequence[Role]:
        """The policy's own roles."""
        return self.pack.roles

    @property
    def role_names(self) -> Mapping[str, str]:
        """What the policy calls each of its roles, by the role's key."""
        return {role.key: role.name for role in self.roles}

    @property
    def tensions(self) -> Mapping[str, Tension]:
        """What the policy's wording leaves open, by id."""
        return self.pack.tensions

    def clause(self, clause_id: str) -> Clause:
        """Return the clause with this id, of the policy, the law or the house. Raises KeyError."""
        for pack in self.packs:
            if clause_id in pack.clauses:
                return pack.clauses[clause_id]
        raise KeyError(clause_id)

    def role(self, name: str) -> Role:
        """Return the role with this name, key or other word of the policy for it. Raises KeyError."""
        name = self.pack.role_words.get(name, name)
        for role in self.pack.roles:
            if name in (role.name, role.key):
                return role
        raise KeyError(name)

    @cached_property
    def proposal_form(self) -> tuple[FormPoint, ...]:
        """What this policy requires a proposal to state; empty where it has no proposals."""
        return proposal_form(self.pack)

    @cached_property
    def law_questions(self) -> tuple[FormPoint, ...]:
        """What the law's rules need to be told about a planned account, shown as such."""
        return law_questions(self.packs)

    @cached_property
    def control_versions(self) -> Mapping[str, int]:
        """Return the version of every control that this book binds."""
        keys = sorted({binding.control for pack in self.packs for binding in pack.bindings})
        return {key: CONTROLS[key].version for key in keys}

    def bound(self, situation: str) -> tuple[CompiledRule, ...]:
        """Return the bindings that listen to this situation, policy first. Raises BadPack where one of them
        does not fit it: no rule answers that was not checked."""
        found = self._bound.get(situation)
        if found is None:
            found = self._bound[situation] = tuple(
                _make_ready(binding, pack, situation, in_full=self._says_all(binding, pack))
                for pack in self.packs
                for binding in pack.bindings
                if situation in binding.situations
            )
        return found

    def _says_all(self, binding: Binding, pack: Pack) -> bool:
        return pack is not self.pack or self._said_in_full.issuperset(binding.clauses)

    def check(self) -> None:
        """Make every rule ready, whatever is asked. Raises BadPack with the first that cannot be used."""
        for situation in SITUATIONS:
            self.bound(situation)

    def at(self, situation: str, *points: str) -> tuple[CompiledRule, ...]:
        """Return the rules that speak at these points of a situation. Look for rules here, not by their
        kind: points stay when a kind goes."""
        return tuple(one for one in self.bound(situation) if one.point in points)

    def clauses_at(self, situation: str, *points: str) -> tuple[str, ...]:
        """Return the clauses whose rules speak at these points."""
        return _each_once(clause for one in self.at(situation, *points) for clause in one.clauses)

    def roles_at(self, situation: str, *points: str) -> tuple[str, ...]:
        """Return the roles that the rules at these points name."""
        return _each_once(role for one in self.at(situation, *points) for role in one.roles_named)

    def stated(self, situation: str, point: str, name: str) -> tuple[Any, ...]:
        """What the rules at this point give under this name (`CompiledRule.stated`)."""
        return _each_once(value for one in self.at(situation, point) for value in one.stated(name))

    def told_by(self, situation: str, duty: str, clauses: Iterable[str]) -> tuple[str, ...]:
        """Return the roles that the policy's clauses of a duty to tell people name; none of another duty."""
        if duty != TELLING:
            return ()
        rules = (one for one in self.bound(situation) if one.clauses == tuple(clauses))
        named = (value for one in rules for value in one.stated("roles"))
        roles = (role for value in named for role in ((value,) if isinstance(value, str) else value))
        return _each_once(self.role_names.get(role, role) for role in roles)

    def without(self, binding_id: str) -> "Book":
        """Return the same book with one binding taken away."""
        return self.with_bound({binding_id: None})

    def with_bound(self, changed: Mapping[str, Any | None]) -> "Book":
        """Return the same book with other settings for these bindings, or without them (None). For
        questions only: its pack still shows the bindings as they were."""
        return _Changed(self, changed)


class _Changed(Book):
    """A book that differs from another in a few bindings. Cheap: bindings are built when asked."""

    def __init__(self, base: Book, changed: Mapping[str, Any | None]) -> None:
        super().__init__(base.packs)
        self.__dict__.update(base=base, changed=changed, control_versions=base.control_versions)

    def bound(self, situation: str) -> tuple[CompiledRule, ...]:
        found = self._bound.get(situation)
        if found is None:
            base: Book = self.__dict__["base"]
            changed: Mapping[str, Any | None] = self.__dict__["changed"]
            found = self._bound[situation] = tuple(
                one if one.id not in changed else one.with_settings(changed[one.id], situation)
                for one in base.bound(situation)
                if one.id not in changed or changed[one.id] is not None
            )
        return found


def _each_once(found: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(found))


def _make_ready(binding: Binding, pack: Pack, situation: str, *, in_full: bool) -> CompiledRule:
    control = CONTROLS[binding.control]
    try:
        control.check(binding.settings, (situation,))
        evaluate = control.judging(binding.settings, SITUATIONS[situation].facts)
    except BadCondition as bad:
        raise refused(pack, binding.id, bad.why) from None
    return CompiledRule(
        id=binding.id,
        evaluate=evaluate,
        settings=binding.settings,
        point=binding.point,
        clauses=binding.clauses,
        section=pack.clauses[binding.clauses[0]].heading,
        control=binding.control,
        basis=Basis.CHOSEN if binding.chosen else pack.basis,
        may_depart=pack.clauses[binding.clauses[0]].modality in SHOULDS,
        leave_from=_give_leave(binding, pack),
        leave_of=frozenset(getattr(binding.settings, "leave_of", ())),
        is_advice=pack.clauses[binding.clauses[0]].modality in ADVICE,
        overrides=frozenset(binding.overrides),
        tension=pack.tensions[binding.tension] if binding.tension else None,
        until_ruled=binding.until_ruled,
        binds=frozenset(binding.binds) if binding.binds is not None else None,
        in_full=in_full,
    )


GIVES_LEAVE = frozenset({"own_policy", "decide_account", "oversee", "stop_everything"})
"""Capacities whose roles may let someone depart from what a policy says should be done."""


def _give_leave(binding: Binding, pack: Pack) -> frozenset[str]:
    """Return the roles whose leave to depart from what a policy says should be done counts: those that its
    rule names, and those that decide something in the policy; not everyone who is bound by it."""
    named = {str(role) for _name, role in CONTROLS[binding.control].roles(binding.settings)}
    deciding = {role.name for role in pack.roles if not GIVES_LEAVE.isdisjoint(role.capacities)}
    return frozenset(named | deciding)


def books() -> list[str]:
    """Return the keys of all policies that can answer: the program's own, then the installation's own."""
    return [*(key for key in pack_keys() if key not in BOTH_FOR_ALL), *filter(_can_be_read, own_keys())]


def book(key: str) -> Book:
    """Return the book of one policy. Raises UnknownPolicy, BadPack."""
    if key in BOTH_FOR_ALL:
        raise UnknownPolicy(key, books())
    pack = load_pack(key)
    ready = _ready.get(key)
    if ready is None or ready.pack is not pack:
        ready = _ready[key] = book_of(pack)
    return ready


@lru_cache(maxsize=64)
def blank_book(federation: str) -> Book:
    """Return the book of a federation that starts its own policy from an empty text."""
    return book_of(blank_pack(federation))


_ready: dict[str, Book] = {}


def book_of(pack: Pack) -> Book:
    """Return the book of a policy's pack from elsewhere, with the law and the house that come with the
    program."""
    return Book((pack, *(load_pack(name) for name in BOTH_FOR_ALL)))


def _can_be_read(key: str) -> bool:
    try:
        load_pack(key)
    except BadPack:
        return False
    return True


# Schools as rules know them: by the names that the policy itself gives them, and by no other.


ALMOST = 0.75
"""How much two names have to be alike for one to be a slip of the pen for the other."""


def check_schools(book: Book, facts: Facts) -> None:
    """Raises BadFacts where a school is named almost as the policy names it: a rule for that school would not
    find it. Any other name is none of the policy's schools."""
    known = {one.casefold(): one for one in book.meta.schools}
    for path, name in _named(facts.model_dump(exclude_unset=True)) if known else ():
        near = get_close_matches(name.casefold(), known, n=1, cutoff=ALMOST)
        if near and name not in known.values():
            raise BadFacts(path, f"no school {name!r}; did you mean {known[near[0]]}?")


def _named(value: Any, way: str = "") -> Iterator[tuple[str, str]]:
    """Yield every school that the facts name, with its place."""
    if isinstance(value, Mapping):
        for name, inside in value.items():
            path = f"{way}.{name}" if way else str(name)
            if name == "school" and isinstance(inside, str):
                yield path, inside
            yield from _named(inside, path)
    elif isinstance(value, list | tuple):
        for place, inside in enumerate(value):
            yield from _named(inside, f"{way}.{place}")
