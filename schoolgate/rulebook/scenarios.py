"""Scenarios: cases of a policy with the answers that its words give, and what they prove."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import RuleResult
from schoolgate.rulebook.coverage import Proven
from schoolgate.rulebook.deciding import decide, is_bound, read_facts
from schoolgate.rulebook.errors import BadFacts, BadPack, UnknownSituation
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Decision, Duty
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.messages import in_english
from schoolgate.rulebook.packs import FOLDER, Binding, Kept, folder_of
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.yaml_text import plain

# Scenarios: cases of a policy with the answers that its words give, in YAML files beside its pack.
# A scenario names its situation and facts, or says `like: <an earlier one of its file>` and `but: {path:
# value}`: the same facts with those changed (`case.run_by.0.relation`). `varies: {path: [values]}`: the
# expectation also holds with each of these values in that place; `shows: [clause]` names the clauses whose
# rule that is.


EXAMPLES = "examples"
"""The folder of a pack with them: those that prove a reading, or a school's own of its own policy."""
WORDS = frozenset({"name", "situation", "facts", "like", "but", "expect", "varies", "shows"})
_ONCE = ("outcome", "silent_because", "lifts_on")
_BY_POINT_OR_CLAUSE = ("points", "at", "kinds", "findings", "says")
_LISTS = ("clauses", "not_clauses", "needs", "basis", "duties")
EXPECTATIONS = frozenset((*_ONCE, *_BY_POINT_OR_CLAUSE, *_LISTS))


@dataclass(frozen=True, eq=False)
class Scenario:
    """One case. `varied`: path -> the same facts with each of the other values that change nothing."""

    policy: str
    file: str
    name: str
    situation: str
    facts: Facts
    expect: Mapping[str, Any]
    varied: Mapping[str, tuple[Facts, ...]] = field(default_factory=dict)
    shows: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.policy}/{self.file}: {self.name}"

    def cites(self, clause: str, point: str | None = None) -> bool:
        """Whether it expects this clause to be cited, anywhere or at this point."""
        expect = self.expect
        if clause in expect.get("clauses", ()) or clause in expect.get("findings", ()):
            return True
        at: Mapping[str, Any] = expect.get("at", {})
        return any(clause in cited for where, cited in at.items() if point in (None, where))


def scenarios_of(policy: str) -> tuple[Scenario, ...]:
    """Return the scenarios beside the pack of a policy. Raises UnknownPolicy; BadPack with the file."""
    return read_scenarios(folder_of(policy) / EXAMPLES, policy)


def supplied_scenarios(policy: str, about: Collection[str] = ()) -> tuple[Scenario, ...]:
    """Return the scenarios of a policy that comes with the program; none of another. `about`: only those of
    these situations, so that files with none of them aren't read."""
    paths = sorted((FOLDER / policy / EXAMPLES).glob("*.yaml"))
    if about:
        names = [f"situation: {key}".encode() for key in about]
        paths = [path for path in paths if any(name in path.read_bytes() for name in names)]
    found = (scenario for path in paths for scenario in read_file(path, policy))
    return tuple(one for one in found if not about or one.situation in about)


def read_scenarios(folder: Path, policy: str) -> tuple[Scenario, ...]:
    """Return the scenarios in a folder, in the order of files and of their text. Raises BadPack with the
    file."""
    return tuple(scenario for path in sorted(folder.glob("*.yaml")) for scenario in read_file(path, policy))


def read_file(path: Path, policy: str) -> tuple[Scenario, ...]:
    """Return the scenarios of one file. Raises BadPack with the file and the scenario's name."""
    where = f"{policy}/{path.name}"
    raw: dict[str, dict[str, Any]] = {}
    found = []
    for data in plain(path.read_bytes(), where, words=True) or ():
        if not isinstance(data, dict) or not isinstance(data.get("name"), str):
            raise BadPack(where, "a scenario without a name")
        at = f"{where}: {data['name']}"
        if data["name"] in raw:
            raise BadPack(at, "two scenarios have this name")
        found.append(_scenario(data, raw, policy, path.name, at))
        raw[data["name"]] = data
    return tuple(found)


def _scenario(
    data: dict[str, Any], raw: Mapping[str, dict[str, Any]], policy: str, file: str, at: str
) -> Scenario:
    strangers = data.keys() - WORDS
    if strangers:
        raise BadPack(at, f"unknown word {min(strangers)}")
    if "like" in data:
        if data["like"] not in raw:
            raise BadPack(at, f"is like {data['like']!r}, which stands nowhere before it")
        like = raw[data["like"]]
        data["situation"] = like["situation"]
        data["facts"] = _changed(like["facts"], data.get("but", {}), at)
    expect = data.get("expect")
    if not isinstance(expect, dict) or not expect:
        raise BadPack(at, "expects nothing")
    if expect.keys() - EXPECTATIONS:
        raise BadPack(at, f"nobody knows what to expect with {min(expect.keys() - EXPECTATIONS)}")
    wrong = [name for name in _BY_POINT_OR_CLAUSE if not isinstance(expect.get(name, {}), dict)]
    wrong += [name for name in _LISTS if not isinstance(expect.get(name, []), list)]
    if wrong:
        raise BadPack(at, f"expect {wrong[0]}: {'a list' if wrong[0] in _LISTS else 'a mapping'} is wanted")
    return Scenario(
        policy=policy,
        file=file,
        name=data["name"],
        situation=data.get("situation", ""),
        facts=_facts(data.get("situation", ""), data.get("facts", {}), at),
        expect=expect,
        varied=dict(_varied(data, at)),
        shows=tuple(data.get("shows", ())),
    )


def _varied(data: Mapping[str, Any], at: str) -> Iterator[tuple[str, tuple[Facts, ...]]]:
    varies = data.get("varies", {})
    if not isinstance(varies, dict):
        raise BadPack(at, "varies: a fact's path with a list of values")
    for path, values in varies.items():
        if not isinstance(values, list) or not values:
            raise BadPack(at, f"varies: {path} wants a list of values")
        others = tuple(
            _facts(data["situation"], _changed(data["facts"], {path: value}, at), at) for value in values
        )
        yield path, others
    if data.get("shows") and not varies:
        raise BadPack(at, "shows a clause with nothing that varies")


def _facts(key: str, facts: Any, at: str) -> Facts:
    try:
        return read_facts(situation(key), facts)
    except (BadFacts, UnknownSituation) as error:
        raise BadPack(at, str(error)) from None


def _changed(facts: Mapping[str, Any], changes: Mapping[str, Any], at: str) -> dict[str, Any]:
    """Return a copy of the facts with the values at these paths; a path may make new names, but no new
    places in lists."""
    new: dict[str, Any] = _own(facts)
    for path, value in changes.items():
        *way, last = str(path).split(".")
        place: Any = new
        try:
            for step in way:
                place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
            place[int(last) if isinstance(place, list) else last] = _own(value)
        except (AttributeError, TypeError, ValueError, IndexError):
            raise BadPack(at, f"there is no place {path}") from None
    return new


def _own(value: Any) -> Any:
    """Return a copy in which no two places share a thing, as they do where YAML refers to an anchor."""
    if isinstance(value, Mapping):
        return {name: _own(part) for name, part in value.items()}
    return [_own(part) for part in value] if isinstance(value, list) else value


# Compares what a book answers to a scenario with what the scenario expects.
# `expect` may give: `outcome`, `silent_because`; `points` (point -> outcome); `clauses` (each cited, or the
# reason why the policy does not cover it) and `not_clauses` (none cited); `at` (point -> clauses cited
# there); `findings` (clause -> the kind, or kinds, of what the rule of that clause says itself, also where
# another says worse); `kinds` (point -> a kind found there); `says` (point -> words of the sentences
# there); `needs` (each asked for); `lifts_on`; `basis` (each found); `duties` (all of the policy's, each
# with the keys that are given; what the law asks besides may be left out where a policy has rules too).


def ask(scenario: Scenario, book: Book) -> Decision:
    """Return the scenario's question, put to a book."""
    return decide(book, scenario.situation, scenario.facts)


def failures(scenario: Scenario, book: Book) -> list[str]:
    """Return each expectation that the book does not meet, in words, with every value of what varies."""
    wrong = unexpected(scenario, ask(scenario, book))
    for path, others in scenario.varied.items():
        for position, facts in enumerate(others, 1):
            said = unexpected(scenario, decide(book, scenario.situation, facts))
            wrong += [f"with value {position} of {path}: {one}" for one in said]
    return wrong


def meets(scenario: Scenario, decided: Decision) -> bool:
    """Whether the decision is what the scenario expects."""
    return next(_wrong(scenario.expect, decided), None) is None


def unexpected(scenario: Scenario, decided: Decision) -> list[str]:
    """Return each expectation that this decision does not meet, in words."""
    return list(_wrong(scenario.expect, decided))


def _wrong(expect: Mapping[str, Any], decided: Decision) -> Iterator[str]:
    if "outcome" in expect and expect["outcome"] != decided.outcome:
        yield f"outcome is {decided.outcome}, not {expect['outcome']}"
    if "silent_because" in expect and expect["silent_because"] != decided.silent_because:
        yield f"silent_because is {decided.silent_because}, not {expect['silent_because']}"
    for point, wanted in expect.get("points", {}).items():
        if decided.points.get(point) != wanted:
            yield f"{point} is {decided.points.get(point, 'no point of it')}, not {wanted}"
    cited = {clause for finding in decided.findings for clause in finding.clauses} | {*decided.excluded_by}
    yield from (f"does not cite {one}" for one in expect.get("clauses", ()) if one not in cited)
    yield from (f"cites {one}" for one in expect.get("not_clauses", ()) if one in cited)
    for point, clauses in expect.get("at", {}).items():
        there = {clause for finding in decided.at(point) for clause in finding.clauses}
        yield from (f"does not cite {one} at {point}" for one in clauses if one not in there)
    for clause, wanted in expect.get("findings", {}).items():
        kinds = {str(finding.kind) for finding in decided.findings if finding.clauses[0] == clause}
        if kinds != set(wanted if isinstance(wanted, list) else [wanted]):
            yield f"{clause} says {', '.join(sorted(kinds)) or 'nothing'}, not {wanted}"
    for point, wanted in expect.get("kinds", {}).items():
        if wanted not in {finding.kind for finding in decided.at(point) if finding.stands}:
            yield f"nothing {wanted} at {point}"
    yield from _rest(expect, decided)


def _rest(expect: Mapping[str, Any], decided: Decision) -> Iterator[str]:
    if "needs" in expect:
        needs = [{"what": need.what, "from": need.source} for one in decided.findings for need in one.needs]
        asked = f", but for {', '.join(map(str, needs))}" if needs else ""
        yield from (f"does not ask for {one}{asked}" for one in expect["needs"] if one not in needs)
    if "lifts_on" in expect:
        lifts = {one.lifts_on.isoformat() if one.lifts_on else None for one in decided.findings}
        if expect["lifts_on"] not in lifts:
            yield f"nothing lifts on {expect['lifts_on']}"
    for point, words in expect.get("says", {}).items():
        told = "\n".join(in_english(finding.message, finding.args) for finding in decided.at(point))
        yield from (f"does not say {one!r} at {point}" for one in words if one not in told)
    if "basis" in expect:
        bases = {str(finding.basis) for finding in decided.findings}
        yield from (f"nothing rests on {one}" for one in expect["basis"] if one not in bases)
    if "duties" in expect:
        yield from _duties(expect["duties"], decided.duties, besides=_of_others(decided))


def _of_others(decided: Decision) -> set[tuple[str, ...]]:
    """Return the clauses by which the law or the house opens a duty where policies have rules too."""
    if Basis.POLICY not in situation(decided.situation).points.values():
        return set()
    return {one.clauses for one in decided.findings if one.basis in (Basis.LAW, Basis.HOUSE)}


def _duties(
    wanted: Iterable[Mapping[str, Any]], duties: Iterable[Duty], *, besides: set[tuple[str, ...]]
) -> Iterator[str]:
    left = [duty.to_json() for duty in duties]
    for one in wanted:
        match = next((duty for duty in left if _is_like(duty, one)), None)
        if match is None:
            yield f"nobody owes {dict(one)}"
        else:
            left.remove(match)
    yield from (f"nobody expected {one}" for one in left if tuple(one["clauses"]) not in besides)


def _is_like(duty: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a duty has what is wanted; a due time may leave out that it was *at once*."""
    due = {name: duty["due"].get(name) for name in wanted.get("due", ())}
    return all(({**duty, "due": due})[key] == value for key, value in wanted.items())


# Settings shifted by one: each number, day and role of a rule turned into its neighbour, one at a time.
# A number becomes one less and one more, a day the day before and the day after, a role another role of the
# policy, wherever a rule that is data names it; a list of several roles loses one. What the settings
# themselves refuse (an enumeration, a number below its least) is no neighbour. Yes and no, words from a
# closed list and plumbing stay as they are.


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
Way = tuple[str | int, ...]


class Shift(NamedTuple):
    """One changed value: its place, what it was and is (`None`: taken out of its list)."""

    path: Way
    was: object
    now: object

    def __str__(self) -> str:
        where = ".".join(map(str, self.path))
        return f"{where}: {self.was} left out" if self.now is None else f"{where}: {self.was} -> {self.now}"


def shifts(binding: Binding, roles: Sequence[str]) -> Iterator[tuple[Shift, Any]]:
    """Yield each possible shift of a binding's settings, and the settings as they then are."""
    control = CONTROLS[binding.control]
    seen: list[Any] = []
    for name, value in binding.settings.model_dump().items():
        if name not in control.plumbing:
            for shift in _of(value, (name,), roles):
                if shift.was in roles and not control.names_role(binding.settings, str(shift.was)):
                    continue
                changed = shifted(binding, shift)
                if changed is not None and changed not in seen:
                    seen.append(changed)
                    yield shift, changed


def shifted(binding: Binding, shift: Shift) -> Any | None:
    """Return the settings of a binding with this one change; None where they have no such value or cannot
    be so."""
    settings = binding.settings
    data = settings.model_dump()
    if not _put(data, shift):
        return None
    if _names_a_role(shift.path):
        _put_beside(data, shift)
    try:
        changed = type(settings).model_validate(data)
        CONTROLS[binding.control].check(changed, binding.situations)
    except (ValidationError, BadCondition):
        return None
    return changed if changed != settings else None


def _of(value: Any, path: Way, roles: Sequence[str]) -> Iterator[Shift]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield from (Shift(path, value, value + step) for step in (-1, 1))
    elif isinstance(value, date):
        yield from (Shift(path, value, value + timedelta(days=step)) for step in (-1, 1))
    elif isinstance(value, str):
        yield from _of_text(value, path, roles, (value,))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _of(part, (*path, name), roles)
    elif isinstance(value, Sequence):
        for position, part in enumerate(value):
            if isinstance(part, str):
                yield from _of_text(part, (*path, position), roles, value)
                if part in roles and len(value) > 1:
                    yield Shift((*path, position), part, None)
            else:
                yield from _of(part, (*path, position), roles)


def _of_text(text: str, path: Way, roles: Sequence[str], beside: Sequence[Any]) -> Iterator[Shift]:
    if text in roles:
        another = next((role for role in roles if role not in beside), None)
        if another is not None:
            yield Shift(path, text, another)
    elif _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        yield from (Shift(path, text, (day + timedelta(days=step)).isoformat()) for step in (-1, 1))


def _names_a_role(path: Way) -> bool:
    """Whether a rule names a role there, and no word of a fact that is called the same."""
    return (
        path[-1] in ("role", "of", "who", "to")
        or path[0] == "supplied_by"
        or any(_last(step).endswith("roles") for step in path)
    )


def _last(step: str | int) -> str:
    return str(step).split(".")[-1]


def _put_beside(value: Any, shift: Shift, path: Way = ()) -> None:
    """Makes the change wherever the same rule names the same role: it is one role."""
    if isinstance(value, list | dict):
        for step, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
            here = (*path, step)
            if part == shift.was and shift.now is not None and _names_a_role(here):
                value[step] = shift.now
                continue
            value[step] = list(part) if isinstance(part, tuple) else part
            _put_beside(value[step], shift, here)
            if shift.now is None and isinstance(value[step], list) and _names_a_role((*here, 0)):
                value[step] = [one for one in value[step] if one != shift.was]


def _put(data: dict[str, Any], shift: Shift) -> bool:
    """Make the change in the data; return whether the value was there."""
    place: Any = data
    *way, last = shift.path
    try:
        for step in way:
            if isinstance(place[step], tuple):
                place[step] = list(place[step])
            place = place[step]
        if place[last] != shift.was:
            return False
        if shift.now is None:
            del place[last]
        else:
            place[last] = shift.now
    except (KeyError, IndexError, TypeError):
        return False
    return True


# Proves what scenarios show of a policy, by removing its rules and shifting their settings, one at a time.
# A rule is *proven* when a scenario that cites its clause comes out differently without it. Removing it may
# change the answer at no other point, and none where it said nothing. Each number, day and role in its
# settings is *noticed* when some scenario comes out wrong with its neighbour. Rules that say one thing
# twice carry the same `group`: they are removed and shifted together where that is needed.


EXCLUDES = "excludes"


@dataclass
class Proof:
    """The proofs found. `kinds`: rule -> kind of its proof; `shown`: clause of an invariant -> scenario."""

    policy: str
    kinds: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    unproven: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    unnoticed: list[str] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)
    shifted: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything is proven and noticed."""
        return not (self.unproven or self.moved or self.unnoticed or self.not_shown)

    def to_json(self) -> dict[str, Any]:
        """As `schoolgate policy knockout --json` prints it."""
        return {
            "policy": self.policy,
            "bindings": len(self.kinds) + len(self.unproven),
            "proven": len(self.kinds),
            "shifted": self.shifted,
            "noticed": self.shifted - len(self.unnoticed),
            "unproven": self.unproven,
            "moved": self.moved,
            "unnoticed": self.unnoticed,
            "not_shown": self.not_shown,
        }


def prove(book: Book, scenarios: Iterable[Scenario], *, only: str = "", shift: bool = True) -> Proof:
    """Return everything that these scenarios prove of the rules whose id contains `only`."""
    found, cases = Proof(book.key), _Cases(book, scenarios)
    for binding in book.pack.bindings:
        if only not in binding.id:
            continue
        kinds = cases.noticed_without(binding)
        if kinds:
            found.kinds[binding.id] = proof_kind(binding, kinds)
        else:
            found.unproven.append(binding.id)
        found.moved += cases.moved_without(binding)
        for shifting, settings in shifts(binding, [role.name for role in book.roles]) if shift else ():
            found.shifted += 1
            if not cases.notice(binding, shifting, settings):
                found.unnoticed.append(f"{binding.id}: {shifting}")
    for kept in book.pack.kept:
        for clause in kept.clauses if kept.kind == "invariant" else ():
            shown = next((one for one in cases.all if shows(one, clause, kept)), None)
            if shown is not None:
                found.shown[clause] = f"{shown.file}: {shown.name}"
            elif only in clause:
                found.not_shown.append(clause)
    return found


def proven_by(found: Proof) -> Proven:
    """Return the part of it that says how far the policy is covered."""
    return Proven(dict(sorted(found.kinds.items())), dict(sorted(found.shown.items())))


def shows(scenario: Scenario, clause: str, kept: Kept) -> bool:
    """Whether the scenario lets what the clause's sameness rests on vary, and names the clause."""
    named = clause in scenario.shows or scenario.cites(clause)
    return named and scenario.situation == kept.situation and set(kept.varies) <= scenario.varied.keys()


def proof_kind(binding: Binding, kinds: set[str]) -> str:
    """What kind of proof a rule is that scenarios notice: by its control and the kinds of its findings."""
    if CONTROLS[binding.control].by_word_alone(binding.settings):
        return "attested"
    if kinds <= {"obliges"}:
        return "duty"
    return "advice" if kinds <= {"advises", "advises_against"} else "decided"


class JudgingOnce(Book):
    """The same book, whose rules judge each of these facts once: they are asked of again and again, each time
    with another rule changed."""

    def __init__(self, base: Book, cases: Iterable[Facts]) -> None:
        super().__init__(base.packs)
        kept = {id(one): one for one in cases}  # kept, so that their ids stay theirs
        self.__dict__.update(base=base, cases=kept, control_versions=base.control_versions)

    def bound(self, situation: str) -> tuple[CompiledRule, ...]:
        """Return its bindings as those of the other book, each with a memory."""
        found = self._bound.get(situation)
        if found is None:
            base: Book = self.__dict__["base"]
            found = self._bound[situation] = tuple(map(self._with_a_memory, base.bound(situation)))
        return found

    def _with_a_memory(self, rule: CompiledRule) -> CompiledRule:
        cases: Mapping[int, Facts] = self.__dict__["cases"]
        said: dict[int, tuple[RuleResult, ...]] = {}

        def judged(facts: Any) -> Iterable[RuleResult]:
            key = id(facts)
            if key not in cases:
                return rule.evaluate(facts)
            if key not in said:
                said[key] = tuple(rule.evaluate(facts))
            return said[key]

        return replace(rule, evaluate=judged)


class _Cases:
    """The scenarios of one policy with its answers, and which of its rules speak in each."""

    def __init__(self, book: Book, scenarios: Iterable[Scenario]) -> None:
        self.all = tuple(scenarios)
        self.book = JudgingOnce(book, (one.facts for one in self.all))
        self.by_situation: dict[str, list[Scenario]] = defaultdict(list)
        self.speaking: dict[str, list[Scenario]] = defaultdict(list)
        self.groups: dict[str, list[Binding]] = defaultdict(list)
        self.ready: dict[str, dict[str, CompiledRule]] = {}
        self._answers: dict[Scenario, Decision] = {}
        for binding in book.pack.bindings:
            if binding.group is not None:
                self.groups[binding.group].append(binding)
        for scenario in self.all:
            self.by_situation[scenario.situation].append(scenario)
            if scenario.situation not in self.ready:
                self.ready[scenario.situation] = {one.id: one for one in book.bound(scenario.situation)}
            for bound in self.ready[scenario.situation].values():
                if _says(bound, bound.settings, scenario):
                    self.speaking[bound.id].append(scenario)

    def answer(self, scenario: Scenario) -> Decision:
        """What the policy answers as it is."""
        if scenario not in self._answers:
            self._answers[scenario] = ask(scenario, self.book)
        return self._answers[scenario]

    def noticed_without(self, binding: Binding) -> set[str]:
        """Return the kinds of what the rule says in scenarios that cite its clause and come out wrong
        without it, or without its whole group."""
        alone = self.book.with_bound({binding.id: None})
        group = self.groups.get(binding.group or "", ())
        together = self.book.with_bound(dict.fromkeys((one.id for one in group), None)) if group else alone
        cited = {binding.clauses[0], *(one.clauses[0] for one in group)}
        kinds: set[str] = set()
        for scenario in self.speaking[binding.id]:
            own = own_kinds(self.answer(scenario), binding)
            if not own <= kinds:
                if scenario.cites(binding.clauses[0], binding.point) and not meets(
                    scenario, ask(scenario, alone)
                ):
                    kinds |= own
                elif group and any(scenario.cites(clause, binding.point) for clause in cited):
                    kinds |= own if not meets(scenario, ask(scenario, together)) else set()
        return kinds

    def moved_without(self, binding: Binding) -> Iterator[str]:
        """Return scenarios in which removing the rule changes the answer at another point than its own, or
        at its own although the rule said nothing in the end."""
        without = self.book.with_bound({binding.id: None})
        for scenario in self.speaking[binding.id]:
            before, after = self.answer(scenario), ask(scenario, without)
            stays = {binding.point} if own_kinds(before, binding) else set()
            moved = {
                point
                for point, outcome in before.points.items()
                if after.points[point] is not outcome and point not in stays
            }
            if moved:
                yield f"{binding.id}: changes {', '.join(sorted(moved))} in {scenario}"

    def notice(self, binding: Binding, shift: Shift, settings: Any) -> bool:
        """Whether some scenario comes out wrong when this value has its neighbour's place."""
        changed: dict[str, Any] = {binding.id: settings}
        for one in self.groups.get(binding.group or "", ()):
            other = shifted(one, shift) if one.id != binding.id else None
            if other is not None:
                changed[one.id] = other
        book = self.book.with_bound(changed)
        asked = [one for situation in binding.situations for one in self.by_situation[situation]]
        return any(self._differs(changed, one) and not meets(one, ask(one, book)) for one in asked)

    def _differs(self, changed: Mapping[str, Any], scenario: Scenario) -> bool:
        """Whether one of the changed rules says anything else here than before."""
        ready = self.ready[scenario.situation]
        return any(
            _says(ready[key], ready[key].settings, scenario) != _says(ready[key], settings, scenario)
            for key, settings in changed.items()
            if key in ready
        )


def own_kinds(decided: Decision, binding: Binding) -> set[str]:
    """Return the kinds of a rule's own findings in a decision."""
    kinds = {
        str(one.kind)
        for one in decided.findings
        if one.point == binding.point
        and one.control == binding.control
        and one.clauses[0] == binding.clauses[0]
    }
    return kinds | {EXCLUDES} if binding.clauses[0] in decided.excluded_by else kinds


def _says(bound: CompiledRule, settings: Any, scenario: Scenario) -> Sequence[object]:
    if bound.binds is not None and is_bound(scenario.facts, bound.binds) is False:
        return ()
    return list(CONTROLS[bound.control].evaluate(scenario.facts, settings))
