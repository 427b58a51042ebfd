"""Builds a pack from its written parts, and refuses parts that do not fit together."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any, get_args

from pydantic import ValidationError

from schoolgate.rulebook.capacities import CAPACITIES
from schoolgate.rulebook.clauses import Clause, PolicyMeta, Role, Tension
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.facts import Relation
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.packs.model import Binding, Kept, Pack
from schoolgate.rulebook.packs.written import (
    Front,
    Place,
    WrittenBinding,
    WrittenClause,
    WrittenKept,
    WrittenRule,
    refusal,
    shaped,
)
from schoolgate.rulebook.rules.fact_at import BadCondition, nearest
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.step import Step
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations import SITUATIONS

RELATIONS = frozenset(get_args(Relation))
RULE_WORDS = {"for", *Step.model_fields, *WrittenRule.model_fields, *Rule.model_fields} - {
    "bound",
    "exception",
}
"""Every word that a rule may begin a line with."""
Piece = tuple[Place, Any]
"""Something that is written, and where."""
OWN_WORDS = "rule.own_words"
"""The sentence that says a clause's own words."""


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
