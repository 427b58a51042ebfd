"""The line that implements a registered clause, as a template for another school's clause of the same kind.

Numbers, roles, days and phrases are never copied: they are read from the new sentence, or a person fills
them in. Single words of the program and yes or no define the kind, and are copied.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.one_file import entry_of
from schoolgate.rulebook.packs import Binding, Pack
from schoolgate.rulebook.packs.building import OWN_WORDS
from schoolgate.rulebook.rules.spans import numbers_in
from schoolgate.rulebook.rules.step import VERBS

OPEN: Final = "?"
"""The value of a setting that a person has to fill in."""
_OF_ONE_POLICY = (
    "clauses",
    "overrides",
    "tension",
    "until_ruled",
    "group",
    "part",
    "turns",
    "kept",
    "supplied_by",
    "in_welsh",
)
_SILENT = frozenset({"keep", "exclude", "not_bound"})
_ALLOWS, _STOPS = frozenset({"permit", "cover", "advise"}), frozenset({"forbid", "need", "must_be", "refer"})
_OF_A_POLICY = re.compile(r"\d{1,2}:\d\d|\d{4}-\d\d|[A-Z ]")
"""Times, days and phrases: the program's own words are written small, as one word."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a template that a setting fills."""

    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """A line of a pack with slots. `theirs`: the registered policy's value for each slot; `own`: the slots
    whose value is specific to that policy and is not copied; `roles`: those that contain only roles."""

    kind: str
    clause: Clause
    situation: str
    point: str
    entry: Mapping[str, Any] = field(hash=False)
    theirs: Mapping[str, Any] = field(hash=False)
    own: frozenset[str]
    roles: frozenset[str]

    @property
    def is_data(self) -> bool:
        """Whether it is a rule that is data, and no kind written as code."""
        return "ask" in self.entry

    def filled(self, settings: Mapping[str, Any], clause: str) -> dict[str, Any]:
        """Return the line for this clause. Raises KeyError where a setting is missing."""
        return {"clauses": [clause], **_filled(self.entry, settings)}


def kind_of(binding: Binding) -> str:
    """Return the rule kind: the control's key, or the situation and verb of a rule that is data."""
    if binding.control != "rule":
        return binding.control
    verbs = [step.verb for step in binding.settings.steps]
    return f"{binding.situations[0]} {next((verb for verb in verbs if verb not in _SILENT), verbs[0])}"


def template(clause: Clause, binding: Binding, pack: Pack) -> Template | None:
    """Return the template of a registered line; None where it depends on something only that policy has: a
    tension, another clause, a ruling."""
    written = _plain(entry_of(binding))
    line = {name: value for name, value in written.items() if name not in _OF_ONE_POLICY}
    asks_who_rules = binding.tension is not None and "refer" in kind_of(binding).split()
    if asks_who_rules or _rests_on_its_policy(line, pack):
        return None
    slots = _Slots(binding, clause, pack)
    if binding.control == "rule":
        line = {**_own_words(line), "point": binding.point}
        line = {
            name: slots.put(value) if name not in ("ask", "point", "for") else value
            for name, value in line.items()
        }
    else:
        names = sorted(line.get("settings", {}))
        slots.theirs.update({name: line["settings"][name] for name in names})
        slots.own.update(name for name in names if slots.belongs(name, line["settings"][name]))
        line["settings"] = {name: Slot(name) for name in names}
    return Template(
        kind_of(binding),
        clause,
        binding.situations[0],
        binding.point,
        line,
        slots.theirs,
        frozenset(slots.own),
        frozenset(slots.of_roles()),
    )


class _Slots:
    """The slots of one line, found while it is walked."""

    def __init__(self, binding: Binding, clause: Clause, pack: Pack) -> None:
        control = CONTROLS[binding.control]
        self.roles = {str(role) for _, role in control.roles(binding.settings)}
        self.names = {one.name for one in pack.roles}
        self.held = list(_named_leaves(clause.parameters))
        self.theirs: dict[str, Any] = {}
        self.own: set[str] = set()

    def belongs(self, name: str, value: Any) -> bool:
        """Whether a setting has a value of that policy alone."""
        return any(self._is_own(leaf) or leaf in self.names for _, leaf in _named_leaves({name: value}))

    def of_roles(self) -> Iterator[str]:
        """Yield the slots that contain only roles."""
        for name in self.own:
            leaves = [leaf for _, leaf in _named_leaves({name: self.theirs[name]})]
            if leaves and all(leaf in self.roles or leaf in self.names for leaf in leaves):
                yield name

    def put(self, value: Any, key: str = "") -> Any:
        """Return the same part of a rule with slots for what belongs to that policy. `key`: the name of the
        part."""
        if isinstance(value, Mapping):
            return {name: self.put(part, name) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.put(part, key) for part in value]
        asked_of = key in ("of", "who") and value in self.names
        return Slot(self._name(value)) if asked_of or self._is_own(value) else value

    def _is_own(self, leaf: Any) -> bool:
        if isinstance(leaf, str):
            return leaf in self.roles or _OF_A_POLICY.search(leaf) is not None
        return type(leaf) in (int, float)

    def _name(self, value: Any) -> str:
        """Return a slot's name: that of the clause's parameter with this value, else what it is."""
        words = "role" if value in self.roles | self.names else "words"
        usual = words if isinstance(value, str) else "number"
        base = next((name for name, held in self.held if held == value and type(held) is type(value)), usual)
        number, name = 1, base
        while name in self.theirs and self.theirs[name] != value:
            number += 1
            name = f"{base}_{number}"
        self.theirs[name] = value
        self.own.add(name)
        return name


def _own_words(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule with the clause's own words as its sentence. Where one step allows and another stops,
    the same words would be wrong for one of them, so both keep the program's sentences."""
    steps = line["steps"]
    verbs = {verb for step in steps for verb in step if verb in VERBS}
    both = bool(verbs & _ALLOWS) and bool(verbs & _STOPS)
    told = [step if both and step.get("say") != OWN_WORDS else _mute(step) for step in steps]
    rest = {name: value for name, value in line.items() if name not in ("steps", "numbers")}
    counted = {*numbers_in([rest, told])}
    if numbers := {name: value for name, value in line.get("numbers", {}).items() if name in counted}:
        rest["numbers"] = numbers
    return {**rest, **told[0]} if len(told) == 1 else {**rest, "steps": told}


def _mute(step: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name not in ("say", "args")}


def _rests_on_its_policy(written: Any, pack: Pack) -> bool:
    if isinstance(written, Mapping):
        return bool({"ruled", "ruling", "read"} & written.keys()) or any(
            _rests_on_its_policy(part, pack) for part in written.values()
        )
    if isinstance(written, list | tuple):
        return any(_rests_on_its_policy(part, pack) for part in written)
    return isinstance(written, str) and (written in pack.tensions or written in pack.clauses)


def _named_leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every plain value inside, with the name it has there."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _named_leaves(part, str(key))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _named_leaves(part, name)
    elif value is not None:
        yield name, value


def _filled(written: Any, settings: Mapping[str, Any]) -> Any:
    if isinstance(written, Slot):
        return settings[written.name]
    if isinstance(written, Mapping):
        return {name: _filled(part, settings) for name, part in written.items()}
    if isinstance(written, list | tuple):
        return [_filled(part, settings) for part in written]
    return written


def _plain(written: Any) -> Any:
    """Return the same as plain dicts and lists, without anything shared."""
    if isinstance(written, Mapping):
        return {str(name): _plain(part) for name, part in written.items()}
    return [_plain(part) for part in written] if isinstance(written, list | tuple) else written
