"""A pack: its parts, their shape as written, and how they are put together."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schoolgate.rulebook.capacities import CAPACITIES
from schoolgate.rulebook.clauses import Clause, PolicyMeta, Role, Tension
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.facts import Relation
from schoolgate.rulebook.findings import OWN_WORDS
from schoolgate.rulebook.kinds import Basis, Enforce, Modality
from schoolgate.rulebook.rules.reading import BadCondition, nearest
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.step import Step
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.yaml_text import line_of

# A pack as it is used: read once, checked while read, then never changed.


@dataclass(frozen=True, slots=True)
class Binding:
    """Which control implements which clause. The first clause gives the section that is shown.

    `chosen`: the settings that the policy leaves open and the federation's reading filled; what depends on
    them is shown as its choice. No file says that, only a reading does. `part`: which part of the clause it
    covers, where several rules at one point implement it. `in_full`: the sentences
    of its clauses of which this rule, with the others there, leaves nothing out, as the policy's owner says.
    They are in words, so that it says nothing of a sentence that was changed since."""

    id: str
    clauses: tuple[str, ...]
    control: str
    settings: Any = field(hash=False)
    point: str
    situations: tuple[str, ...]
    overrides: tuple[str, ...] = ()
    tension: str | None = None
    until_ruled: bool = False
    binds: tuple[str, ...] | None = None
    group: str | None = None
    part: str | None = None
    chosen: frozenset[str] = frozenset()
    in_full: tuple[str, ...] = ()


ASIDE = "aside"
"""How a clause is kept of which the policy's owner said that it asks nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How clauses are implemented that no control decides.

    `invariant`: in `situation` the answer stays the same while the facts at `varies` change; a scenario
    shows it. `structure` and `record`: the named `tests` fail where the program does not do it, or does not
    save the row. `attested`: only a person's word can tell. `text`: it is shown and nothing follows from it
    in the program; `says` tells why."""

    clauses: tuple[str, ...]
    kind: str
    says: str
    tests: tuple[str, ...] = ()
    varies: tuple[str, ...] = ()
    situation: str | None = None


@dataclass(frozen=True)
class Pack:
    """One pack. `role_words` maps the policy's other wordings of a role to the role's name."""

    meta: PolicyMeta
    basis: Basis
    clauses: Mapping[str, Clause]
    roles: tuple[Role, ...]
    tensions: Mapping[str, Tension]
    bindings: tuple[Binding, ...]
    role_words: Mapping[str, str]
    form: Mapping[str, Any] | None
    kept: tuple[Kept, ...] = ()

    def roles_with(self, capacity: str) -> list[Role]:
        """Return the roles that carry this capacity, in the policy's order."""
        return [role for role in self.roles if capacity in role.capacities]


# A pack as written: the shape of each part, and its place in which file.


WayStep = str | int
KEY = r"^[a-z][a-z0-9-]{0,49}$"
"""A policy's key: lower-case letters, digits and hyphens, a letter first."""


class Part(BaseModel):
    """Closed against unknown words; no value is converted to another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Meta(Part):
    """The front page."""

    key: str = Field(pattern=KEY)
    title: str = Field(min_length=1)
    federation: str = Field(min_length=1)
    schools: list[str]
    version: str = Field(min_length=1)
    reading: int = Field(ge=1)
    adopted: str | None
    ratified: str | None
    review_due: str | None
    review_every_months: int | None
    owner: str | None


class WrittenRole(Part):
    """A role of the policy with what its holder may do here."""

    name: str = Field(min_length=1)
    key: str = Field(min_length=1)
    capacities: list[str]


class WrittenTension(Part):
    """What the policy's words leave open."""

    id: str = Field(min_length=1)
    clauses: list[str]
    what: str
    ruled_by: str | None


class Front(Part):
    """`policy.yaml`."""

    policy: Meta
    basis: Basis = Field(Basis.POLICY, strict=False)
    roles: list[WrittenRole]
    role_words: dict[str, str] = Field(default_factory=dict)
    tensions: list[WrittenTension]


class WrittenClause(Part):
    """One of `clauses/*.yaml`."""

    id: str = Field(min_length=1)
    section: str
    says: str
    modality: Modality = Field(strict=False)
    actor: str
    area: str
    enforce: Enforce = Field(strict=False)
    parameters: dict[str, Any]


class WrittenBinding(Part):
    """One of `bindings/*.yaml`."""

    clauses: list[str]
    control: str
    settings: dict[str, Any] = Field(default_factory=dict)
    point: str | None = None
    situations: list[str] | None = Field(None, alias="in")
    overrides: list[str] = Field(default_factory=list)
    tension: str | None = None
    until_ruled: bool = False
    binds: list[str] | None = None
    group: str | None = None
    part: str | None = None
    in_full: list[str] = Field(default_factory=list)


class WrittenRule(Part):
    """One of `rules/*.yaml`, without what the rule itself says (`rules/rule.py`: Rule)."""

    clauses: list[str]
    ask: str | list[str]
    point: str
    bound: list[str] | None = Field(None, alias="for")
    overrides: list[str] = Field(default_factory=list)
    tension: str | None = None
    until_ruled: bool = False
    group: str | None = None
    part: str | None = None
    in_full: list[str] = Field(default_factory=list)


class WrittenKept(Part):
    """One of `kept/*.yaml`."""

    clauses: list[str] = Field(min_length=1)
    kind: Literal["invariant", "structure", "record", "attested", "text"]
    says: str = Field(min_length=1)
    tests: list[str] = Field(default_factory=list)
    varies: list[str] = Field(default_factory=list)
    situation: str | None = Field(None, alias="in")


Shape = TypeVar("Shape", bound=Part)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: its name and text, and the path to what is read there."""

    name: str
    text: bytes
    way: tuple[WayStep, ...] = ()

    def at(self, *more: WayStep) -> "Place":
        """Return a place further in."""
        return Place(self.name, self.text, (*self.way, *more))

    def bad(self, why: str) -> BadPack:
        """Return an error for this place, with file and line."""
        line = line_of(self.text, self.way)
        return BadPack(f"{self.name}, line {line}" if line else self.name, why)


def shaped(shape: type[Shape], data: Any, place: Place) -> Shape:
    """Return the data in this shape. Raises BadPack with the line of the first thing that is wrong."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise refusal(error, place) from None


def refusal(error: ValidationError, place: Place, known: Collection[str] = ()) -> BadPack:
    """Return the first thing that is wrong, with its line. `known`: the words there; then a word that is
    none of them comes first, because what else is wrong often follows from it."""
    found = error.errors(include_url=False)
    first = next((one for one in found if known and one["type"] == "extra_forbidden"), found[0])
    way = first["loc"]
    where = ".".join(map(str, way))
    if first["type"] == "extra_forbidden":
        why = nearest(where, known) if known else f"unknown word {where}"
    elif first["type"] == "missing":
        why = f"{where} is missing"
    elif first["type"] in ("literal_error", "enum"):
        why = f"unknown {where} {first['input']!r}"
    else:
        why = f"{where}: {first['msg'].removeprefix('Value error, ')}" if where else first["msg"]
    return place.at(*way).bad(why)


# Builds a pack from its written parts, and refuses parts that do not fit together.


RELATIONS = frozenset(get_args(Relation))
RULE_WORDS = {"for", *Step.model_fields, *WrittenRule.model_fields, *Rule.model_fields} - {
    "bound",
    "exception",
}
"""Every word that a rule may begin a line with."""
Piece = tuple[Place, Any]
"""Something that is written, and where."""


def build(
    front: Piece,
    clauses: Iterable[Piece],
    bindings: Iterable[Piece],
    kept: Iterable[Piece],
    form: Any,
    *,
    later: bool = False,
) -> Pack:
    """Return the pack. Raises BadPack with file and line of the first thing that is wrong. `later`: whether
    a rule speaks only of facts that there are is left to the book that asks it (`Book.bound`)."""
    place, written = front[0], shaped(Front, front[1], front[0])
    known = _clauses(clauses)
    tensions: dict[str, Tension] = {}
    for position, one in enumerate(written.tensions):
        there = place.at("tensions", position)
        if one.id in tensions:
            raise there.bad(f"{one.id} stands there twice")
        _known(one.clauses, known, there)
        tensions[one.id] = Tension(one.id, tuple(one.clauses), one.what, one.ruled_by)
    return Pack(
        meta=PolicyMeta(**{**written.policy.model_dump(), "schools": tuple(written.policy.schools)}),
        basis=written.basis,
        clauses=known,
        roles=tuple(_roles(written, place)),
        tensions=tensions,
        bindings=_bindings(
            bindings, known, tensions, basis=written.basis, owner=written.policy.owner, later=later
        ),
        role_words=written.role_words,
        form=form,
        kept=tuple(_kept(kept, known)),
    )


def _roles(front: Front, place: Place) -> Iterator[Role]:
    seen: set[str] = set()
    for position, one in enumerate(front.roles):
        there = place.at("roles", position)
        strangers = set(one.capacities) - CAPACITIES
        if strangers:
            raise there.bad(f"{one.name}: unknown capacity {min(strangers)}")
        if one.key in seen:
            raise there.bad(f"{one.key} stands there twice")
        seen.add(one.key)
        yield Role(name=one.name, key=one.key, capacities=frozenset(one.capacities))


def _clauses(pieces: Iterable[Piece]) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for place, data in pieces:
        one = shaped(WrittenClause, data, place)
        if one.id in found:
            raise place.bad(f"{one.id} stands there twice")
        found[one.id] = Clause(
            one.id, one.section, one.says, one.modality, one.actor, one.area, one.enforce, one.parameters
        )
    return found


def with_rules(pack: Pack, rules: Mapping[str, Iterable[Piece]]) -> Pack:
    """Return the pack with these rules in place of those that it has for the same clauses.

    A rule belongs to the clause that it names first; bindings of other controls stay. Raises BadPack.
    """
    stay = [one for one in pack.bindings if one.control != "rule" or one.clauses[0] not in rules]
    tensions = {
        key: one
        for key, one in pack.tensions.items()
        if key not in {_without_rule(clause) for clause in rules} or any(one.tension == key for one in stay)
    }
    pieces = [_of_clause(clause, piece) for clause, written in rules.items() for piece in written]
    bindings = _bindings(pieces, pack.clauses, tensions, basis=pack.basis, owner=pack.meta.owner, before=stay)
    return replace(pack, bindings=bindings, tensions=tensions)


def _of_clause(clause: str, piece: Piece) -> Piece:
    place, data = piece
    if not isinstance(data, Mapping) or "ask" not in data:
        raise place.bad("a rule says which situation it is about: ask")
    named = data.get("clauses")
    if not isinstance(named, list | tuple) or list(named[:1]) != [clause]:
        raise place.bad(f"a rule of {clause} names it first")
    return place, {**data, "clauses": list(named)}


def _bindings(
    pieces: Iterable[Piece],
    clauses: Mapping[str, Clause],
    tensions: dict[str, Tension],
    *,
    basis: Basis,
    owner: str | None,
    before: Iterable[Binding] = (),
    later: bool = False,
) -> tuple[Binding, ...]:
    found = {one.id: (one, Place("policy", b"")) for one in before}
    for place, data in pieces:
        written = _as_binding(data, place, tensions)
        _known((*written.clauses, *written.overrides), clauses, place)
        binding = _binding(_in_words(written, clauses), place, basis, later=later)
        if _is_only_read(binding):
            binding = replace(binding, tension=_left_to_read(binding, owner, tensions))
        if binding.tension is not None and binding.tension not in tensions:
            raise place.bad(f"unknown tension {binding.tension}")
        if binding.id in found and binding.control == "rule":
            binding = replace(binding, id=_next_id(binding.id, found))
        if binding.id in found:
            raise place.bad(f"{binding.id} is bound twice")
        found[binding.id] = (binding, place)
    _no_circle(found)
    return tuple(binding for binding, _ in found.values())


def _next_id(taken: str, found: Container[str]) -> str:
    """Return the id of another rule of the same clause at the same point: the second is number 2."""
    return next(name for number in count(2) if (name := f"{taken}-{number}") not in found)


def _as_binding(data: Any, place: Place, tensions: Mapping[str, Tension]) -> WrittenBinding:
    """Return a binding as it is written; a rule that is data is a binding of the control that reads rules."""
    if not isinstance(data, Mapping) or "ask" not in data:
        written = shaped(WrittenBinding, data, place)
        said = {**written.settings, **_open_to_rulings(written.tension, written.settings, tensions)}
        return written.model_copy(update={"settings": said})
    own = {"for" if name == "bound" else name for name in WrittenRule.model_fields}
    rule = shaped(WrittenRule, {name: value for name, value in data.items() if name in own}, place)
    says: dict[str, Any] = {str(name): value for name, value in data.items() if name not in own}
    if rule.overrides:
        says["exception"] = True
    says |= _open_to_rulings(rule.tension, says, tensions)
    shared = {name: value for name, value in rule if name not in ("ask", "bound")}
    return WrittenBinding.model_construct(  # its contents were just checked
        **shared,
        control="rule",
        settings=says,
        situations=[rule.ask] if isinstance(rule.ask, str) else rule.ask,
        binds=rule.bound,
    )


def _open_to_rulings(
    tension: str | None, says: Mapping[str, Any], tensions: Mapping[str, Tension]
) -> dict[str, Tension]:
    """Return the tension as a setting, for a rule whose conditions speak of a ruling."""
    found = tensions.get(tension or "")
    return {"tension": found} if found is not None and _asks_what_was_ruled(says) else {}


def _asks_what_was_ruled(written: Any) -> bool:
    """Whether a condition of the rule speaks of a ruling."""
    if isinstance(written, Mapping):
        return "ruled" in written or any(_asks_what_was_ruled(one) for one in written.values())
    return isinstance(written, list | tuple) and any(_asks_what_was_ruled(one) for one in written)


def _is_only_read(binding: Binding) -> bool:
    return binding.tension is None and isinstance(binding.settings, Rule) and binding.settings.is_read


def _left_to_read(binding: Binding, owner: str | None, tensions: dict[str, Tension]) -> str:
    """Return the tension of a clause without a rule: the role that looks after the policy can rule on it
    once for all."""
    key = _without_rule(binding.clauses[0])
    what = gettext_noop(
        "No one has written a rule for this yet. Until then, a person reads the clause and decides."
    )
    tensions.setdefault(key, Tension(key, binding.clauses, what, owner))
    return key


def _without_rule(clause: str) -> str:
    return f"{clause}-without-rule"


def _in_words(written: WrittenBinding, clauses: Mapping[str, Clause]) -> WrittenBinding:
    """Return the same rule; where a step names no sentence of the program, it says the policy's own words."""
    if written.control != "rule" or not written.clauses:
        return written
    clause, settings = clauses[written.clauses[0]], dict(written.settings)
    steps = settings.get("steps", [settings])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        return written  # refused with its line where the settings are read
    told = [
        {**step, "say": OWN_WORDS, "args": {"words": clause.says}} if _is_mute(step) else step
        for step in steps
    ]
    settings = {**settings, "steps": told} if "steps" in settings else told[0]
    return written.model_copy(update={"settings": settings})


def _is_mute(step: Mapping[str, Any]) -> bool:
    return "say" not in step and not {"keep", "exclude", "not_bound"} & step.keys() and not step.get("args")


def _binding(written: WrittenBinding, place: Place, basis: Basis, *, later: bool) -> Binding:
    if not written.clauses:
        raise place.bad("a binding without a clause")
    control = CONTROLS.get(written.control)
    if control is None:
        raise place.bad(f"unknown control {written.control}")
    try:
        settings = control.Settings.model_validate(written.settings)
    except ValidationError as error:
        raise refusal(error, place.at("settings"), RULE_WORDS if control.key == "rule" else ()) from None
    situations = tuple(control.listens_to if written.situations is None else written.situations)
    strangers = (set(situations) - set(control.listens_to)) | (set(situations) - SITUATIONS.keys())
    if control.key == "rule":
        _is_there(situations, written.point, place, basis)
    if strangers or not situations:
        raise place.bad(f"{control.key} does not listen to {sorted(strangers)}")
    point = written.point or (control.points[0] if len(control.points) == 1 else None)
    if point not in control.points:
        raise place.bad(f"{control.key} does not speak at {point!r}, only at {', '.join(control.points)}")
    for situation in situations:
        if SITUATIONS[situation].points.get(point) is not basis:
            raise place.bad(f"{point!r} of {situation} is no point of {basis}")
    try:
        control.check(settings, () if later else situations)
    except BadCondition as bad:
        raise place.at(*bad.way).bad(bad.why) from None
    if not set(written.binds or ()) <= RELATIONS:
        stranger = min(set(written.binds or ()) - RELATIONS)
        raise place.bad(f"no one is {stranger!r}; a relation is wanted: {', '.join(sorted(RELATIONS))}")
    if written.until_ruled and not written.tension:
        raise place.bad("until_ruled without a tension to rule on")
    return Binding(
        id=f"{written.clauses[0]}@{point}/{control.key}" + (f".{written.part}" if written.part else ""),
        clauses=tuple(written.clauses),
        control=control.key,
        settings=settings,
        point=point,
        situations=situations,
        overrides=tuple(written.overrides),
        tension=written.tension,
        until_ruled=written.until_ruled,
        binds=None if written.binds is None else tuple(written.binds),
        group=written.group,
        part=written.part,
        in_full=tuple(written.in_full),
    )


def _is_there(situations: Iterable[str], point: str | None, place: Place, basis: Basis) -> None:
    """Refuses a rule that asks a situation, or speaks at a point of it, that is not there."""
    for situation in situations:
        if situation not in SITUATIONS:
            raise place.bad(f"no situation {situation}; {nearest(situation, SITUATIONS)}")
        points = SITUATIONS[situation].points
        if point not in points:
            own = [name for name, whose in points.items() if whose is basis]
            raise place.bad(f"no point {point} of {situation}; {nearest(str(point), own)}")


def _no_circle(bindings: Mapping[str, tuple[Binding, Place]]) -> None:
    """Refuses precedence that contradicts itself: one clause over another, and that one over it."""
    over: dict[tuple[str, str], set[str]] = {}
    for binding, _ in bindings.values():
        if binding.overrides:
            for clause in binding.clauses:
                over.setdefault((binding.point, clause), set()).update(binding.overrides)
    for binding, place in bindings.values():
        way = _way_back(binding.point, binding.clauses[0], over) if binding.overrides else None
        if way is not None:
            raise place.at("overrides").bad(f"contradictory precedence: {' over '.join(way)}")


def _way_back(point: str, start: str, over: Mapping[tuple[str, str], set[str]]) -> list[str] | None:
    """Return a way from a clause over what it overrides back to itself, or None."""
    ways, seen = [[start]], set[str]()
    while ways:
        way = ways.pop()
        for below in sorted(over.get((point, way[-1]), ())):
            if below == start:
                return [*way, below]
            if below not in seen:
                seen.add(below)
                ways.append([*way, below])
    return None


def _kept(pieces: Iterable[Piece], clauses: Mapping[str, Clause]) -> Iterator[Kept]:
    for place, data in pieces:
        one = shaped(WrittenKept, data, place)
        _known(one.clauses, clauses, place)
        if (one.kind == "invariant") is not bool(one.varies and one.situation):
            raise place.bad("an invariant, and nothing else, says what varies in which situation")
        if (one.kind in ("structure", "record")) is not bool(one.tests):
            raise place.bad("a structure or a record, and nothing else, names the tests that show it")
        if one.situation is not None and one.situation not in SITUATIONS:
            raise place.bad(f"unknown situation {one.situation}")
        if any("::" not in test or not test.startswith("tests/") for test in one.tests):
            raise place.bad("a test is named as tests/room/test_file.py::test_sentence")
        yield Kept(tuple(one.clauses), one.kind, one.says, tuple(one.tests), tuple(one.varies), one.situation)


def _known(ids: Iterable[str], clauses: Mapping[str, Clause], place: Place) -> None:
    for one in ids:
        if one not in clauses:
            raise place.bad(f"unknown clause {one}")
