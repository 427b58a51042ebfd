"""A federation's own reading of a policy: its choices where the text leaves something open, applied over
the pack.

A reading changes no clause. It may give a clause other rules than the pack has for it; it may fill a
setting that the pack leaves empty (`null`: "regularly", "in good time"), or choose another value from the
clause's own parameters; it may say which of our capacities a role of the policy carries; and it may put the
policy's own printed words beside our restatement of a clause. Any other difference is another text, and
needs adoption."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schoolgate.rulebook.capacities import CAPACITIES
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.facts import Name, Text
from schoolgate.rulebook.findings import OWN_WORDS
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.one_file import as_text, rule_of
from schoolgate.rulebook.packs import Binding, Pack
from schoolgate.rulebook.packs.building import ASIDE, Kept, Piece, Place, with_rules
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.spans import MOST
from schoolgate.rulebook.working_time import DaysThatCount

LONGEST_WORDING = 5_000
CHOSEN_BY_US = frozenset(
    {
        "check_interval_hours",
        "decision_deadline_days",
        "default_min_age",
        "hint_after_own_replies",
        "interval_days",
        "min_trained",
        "monitoring_interval_days",
        "neglected_after_days",
        "reminder_interval_days",
        "removal_deadline_hours",
        "removal_within_hours",
        "response_hours",
        "retention_days",
        "review_interval_days",
        "review_within_hours",
        "stale_after_days",
        "training_interval_months",
        "working_day_definition",
    }
)
"""The settings that a federation may fill where its policy's words ask for something and give no number or
day. An empty setting of another name says that there is none ("however long ago"), and filling it would
change the rule."""


BANS = (Modality.MUST_NOT, Modality.SHOULD_NOT)


class Changes(BaseModel):
    """What a reading changes in its version's pack. Empty: nothing.

    `settings`: binding id -> setting -> value. `roles`: a role's key -> the capacities it carries.
    `wordings`: clause id -> the words as the policy prints them. `rules`: clause id -> its rules, each as
    in `rules/*.yaml` of a pack; they replace all rules that the pack has there. `asides`: clauses without a
    rule of which the policy's owner says that they ask nothing of what anyone may do.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    settings: Mapping[Name, Mapping[Name, Any]] = Field(default_factory=dict)
    roles: Mapping[Name, tuple[Name, ...]] = Field(default_factory=dict)
    wordings: Mapping[Name, Text] = Field(default_factory=dict)
    rules: Mapping[Name, tuple[Mapping[str, Any], ...]] = Field(default_factory=dict)
    asides: tuple[Name, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing differs from the pack."""
        return not (self.settings or self.roles or self.wordings or self.rules or self.asides)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two readings have different. `what`: "setting", "role", "wording", "rule" or
    "aside"; `name`: the setting's name, the role's key, or empty; `clauses`: those it belongs to; `before`,
    `after`: plain values."""

    what: str
    about: str
    name: str
    clauses: tuple[str, ...]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Left:
    """A choice made under a version that cannot be carried into the next. `what`, `about`, `name`: as in
    Difference; `value`: what was chosen; `clauses`: those of the old version that it belonged to."""

    what: str
    about: str
    name: str
    clauses: tuple[str, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class Open:
    """A setting that the policy's words leave open, for the federation to choose."""

    binding: str
    name: str
    clauses: tuple[str, ...]
    schema: Mapping[str, Any]


def changed(pack: Pack, changes: Changes) -> Pack:
    """Return the pack as this reading has it.

    Raises:
        BadPack: an unknown binding, setting, role, capacity or clause; a value that the rule cannot take;
            a value for something that the clause's own words settle; a rule that is none.
    """
    where = f"reading of {pack.meta.key}"
    unknown = changes.rules.keys() - pack.clauses.keys()
    if unknown:
        raise BadPack(where, f"unknown clause {min(unknown)}")
    if changes.rules:
        pack = with_rules(pack, {clause: _pieces(clause, rules) for clause, rules in changes.rules.items()})
    settings = _by_rule(pack, changes.settings)
    unknown = settings.keys() - {one.id for one in pack.bindings}
    if unknown:
        raise BadPack(where, f"unknown rule {min(unknown)}")
    unknown = {*changes.wordings, *changes.asides} - pack.clauses.keys()
    if unknown:
        raise BadPack(where, f"unknown clause {min(unknown)}")
    unknown = changes.roles.keys() - {role.key for role in pack.roles}
    if unknown:
        raise BadPack(where, f"unknown role {min(unknown)}")
    for key, carried in changes.roles.items():
        if set(carried) - CAPACITIES:
            raise BadPack(where, f"{key}: unknown capacity {min(set(carried) - CAPACITIES)}")
    for clause, words in changes.wordings.items():
        if not words.strip() or len(words) > LONGEST_WORDING:
            raise BadPack(where, f"{clause}: words of 1 to {LONGEST_WORDING} characters")
    for clause in changes.asides:
        if not may_be_aside(pack.clauses[clause]):
            raise BadPack(where, f"{clause}: it says what may not be done")
    return replace(
        pack,
        kept=(*pack.kept, *_asides(pack, changes)),
        clauses={
            key: replace(one, wording=changes.wordings[key].strip()) if key in changes.wordings else one
            for key, one in pack.clauses.items()
        },
        bindings=tuple(
            _binding(one, settings[one.id], pack) if one.id in settings else one for one in pack.bindings
        ),
        roles=tuple(
            replace(role, capacities=frozenset(changes.roles[role.key]))
            if role.key in changes.roles
            else role
            for role in pack.roles
        ),
    )


def may_be_aside(clause: Clause) -> bool:
    """Whether an owner may tick that a clause asks nothing of what anyone may do: never a ban."""
    return clause.modality not in BANS


def _asides(pack: Pack, changes: Changes) -> Iterator[Kept]:
    """Yield how clauses are implemented that only explain: shown, and nothing follows. A rule goes first."""
    ruled = {clause for one in pack.bindings for clause in one.clauses}
    for clause in changes.asides:
        if clause not in ruled:
            yield Kept((clause,), "text", ASIDE)


def _by_rule(pack: Pack, settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the choices, by the rules of this pack.

    Where the program has since reworded a rule, its clause and point are the same: a signed choice still
    finds it, if one rule there leaves that name open. Where the kind of rule is gone and its clause is left
    to its reader, there is no choice left to make."""
    known = {one.id for one in pack.bindings}
    found: dict[str, Mapping[str, Any]] = {}
    for key, wanted in settings.items():
        place = key.partition("/")[0]
        there = [] if key in known else [one for one in pack.bindings if one.id.startswith(f"{place}/")]
        if any(isinstance(one.settings, Rule) and one.settings.is_read for one in there):
            continue
        same = [one.id for one in there if all(_settings(one).get(name, 0) is None for name in wanted)]
        rule = same[0] if len(same) == 1 else key
        found[rule] = {**found.get(rule, {}), **wanted}
    return found


def rules_for(pack: Pack, changes: Changes, clause: str) -> list[dict[str, Any]]:
    """Return the rules of a clause as they are written: those of the reading, else the pack's own."""
    if clause in changes.rules:
        return [dict(one) for one in changes.rules[clause]]
    return [
        _as_written(one, pack) for one in pack.bindings if one.control == "rule" and one.clauses[0] == clause
    ]


def _as_written(one: Binding, pack: Pack) -> dict[str, Any]:
    """Return a rule of the pack without the parts that the program adds."""
    written = rule_of(one)
    steps = [dict(step) for step in written.pop("steps")]
    said = {"words": pack.clauses[one.clauses[0]].says}
    for step in steps:
        if step.get("say") == OWN_WORDS and step.get("args") == said:
            del step["say"], step["args"]
    if len(written["ask"]) == 1:
        written["ask"] = written["ask"][0]
    if written.get("tension") == f"{one.clauses[0]}-without-rule":
        del written["tension"]
    return {**written, **(steps[0] if len(steps) == 1 else {"steps": steps})}


def _pieces(clause: str, rules: Sequence[Mapping[str, Any]]) -> Iterator[Piece]:
    """Return rules with their places: a line of the text that shows them."""
    plain = [dict(one) for one in rules]
    place = Place(f"rules of {clause}", as_text(plain).encode())
    for position, one in enumerate(plain):
        yield place.at(position), one


def left_open(pack: Pack) -> list[Open]:
    """Return every setting that the clauses' own parameters leave empty and that its rule could take a
    value for, in reading order."""
    return [
        Open(one.id, name, one.clauses, schema)
        for one in pack.bindings
        for name, value in _settings(one).items()
        if value is None and _is_open(one, name, pack)
        for schema in [_schema(one, name)]
        if schema.get("type") != "null"
    ]


def differences(pack: Pack, before: Changes, after: Changes) -> Iterator[Difference]:
    """What two readings of one pack have different: settings in reading order, roles, rules, wordings."""
    for one in pack.bindings:
        was, now = before.settings.get(one.id, {}), after.settings.get(one.id, {})
        plain = _settings(one)
        for name in plain:
            old, new = was.get(name, plain[name]), now.get(name, plain[name])
            if old != new:
                yield Difference("setting", one.id, name, one.clauses, old, new)
    for role in pack.roles:
        carried = tuple(sorted(role.capacities))
        old_role = tuple(sorted(before.roles.get(role.key, carried)))
        new_role = tuple(sorted(after.roles.get(role.key, carried)))
        if old_role != new_role:
            yield Difference("role", role.key, role.name, (), old_role, new_role)
    for clause in (key for key in pack.clauses if key in before.rules or key in after.rules):
        old_rules, new_rules = rules_for(pack, before, clause), rules_for(pack, after, clause)
        if old_rules != new_rules:
            yield Difference("rule", clause, "", (clause,), old_rules, new_rules)
    for clause in pack.clauses:
        if (clause in before.asides) != (clause in after.asides):
            yield Difference("aside", clause, "", (clause,), clause in before.asides, clause in after.asides)
        old_words, new_words = before.wordings.get(clause), after.wordings.get(clause)
        if old_words != new_words:
            yield Difference("wording", clause, "", (clause,), old_words, new_words)


def taken_over(before: Pack, after: Pack, chosen: Changes) -> tuple[Changes, list[Left]]:
    """Return the choices made under one version that still fit the next, and those that do not, in reading
    order.

    Printed words and rules belong to a sentence: they stay only where our restatement of it did. What the
    next version settles by its own words, or no longer covers, is left behind.
    """
    fits: dict[str, Any] = {"settings": {}, "roles": {}, "wordings": {}, "rules": {}}
    left: list[Left] = []
    bound = {one.id: one for one in before.bindings}
    settings = [
        (key, name, value) for key, wanted in chosen.settings.items() for name, value in wanted.items()
    ]
    for binding, name, value in settings:
        if _fits(after, Changes(settings={binding: {name: value}})):
            fits["settings"].setdefault(binding, {})[name] = value
        else:
            clauses = bound[binding].clauses if binding in bound else ()
            left.append(Left("setting", binding, name, clauses, value))
    packaged = {role.key: role.capacities for role in after.roles}
    for key, carried in chosen.roles.items():
        if _fits(after, Changes(roles={key: carried})):
            fits["roles"][key] = carried
        elif packaged.get(key) != frozenset(carried):
            name = next((role.name for role in before.roles if role.key == key), key)
            left.append(Left("role", key, name, (), tuple(carried)))
    for what, name in (("wording", "wordings"), ("rule", "rules")):
        for clause, value in getattr(chosen, name).items():
            if _stays(before, after, clause, Changes.model_validate({name: {clause: value}})):
                fits[name][clause] = value
            elif what == "wording" or [dict(one) for one in value] != rules_for(after, Changes(), clause):
                left.append(Left(what, clause, "", (clause,), value))
    same = (key for key in chosen.asides if key in before.clauses and key in after.clauses)
    fits["asides"] = tuple(
        key
        for key in same
        if before.clauses[key].says == after.clauses[key].says and may_be_aside(after.clauses[key])
    )  # what is left behind is read first again
    return Changes.model_validate(fits), left


def _stays(before: Pack, after: Pack, clause: str, changes: Changes) -> bool:
    """Whether the clause says the same in both versions, and the choice made for it still fits."""
    was, now = before.clauses.get(clause), after.clauses.get(clause)
    if was is None or now is None or was.says != now.says:
        return False
    return bool(changes.wordings) or _fits(after, changes)


def _fits(pack: Pack, changes: Changes) -> bool:
    """Whether this can be laid over the pack and makes a difference there."""
    try:
        laid = changed(pack, changes)
    except BadPack:
        return False
    if changes.rules:  # else the text has these rules itself by now
        return {one.id: one for one in laid.bindings} != {one.id: one for one in pack.bindings}
    if changes.settings:
        return all(one.chosen for one in laid.bindings if one.id in changes.settings)
    return laid.roles != pack.roles


def _binding(binding: Binding, wanted: Mapping[str, Any], pack: Pack) -> Binding:
    """Return the binding with the settings that a reading gives it."""
    where = f"reading of {pack.meta.key}: {binding.id}"
    plain = _settings(binding)
    for name, value in wanted.items():
        if name not in plain:
            raise BadPack(where, f"unknown setting {name}")
        if plain[name] == value:
            continue
        if plain[name] is not None or not _is_open(binding, name, pack):
            raise BadPack(
                where, f"{name}: the policy's own words settle this; another value needs a new version"
            )
    try:
        settings = _with_settings(binding, {**plain, **wanted})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadPack(where, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    chosen = frozenset(name for name, value in wanted.items() if plain[name] is None and value is not None)
    return replace(binding, settings=settings, chosen=chosen)


def _settings(binding: Binding) -> dict[str, Any]:
    """Return the settings of a rule by name, as plain values: of one that is data, its numbers."""
    if isinstance(binding.settings, Rule):
        return dict(binding.settings.numbers)
    plain: dict[str, Any] = binding.settings.model_dump(mode="json")
    return plain


def _with_settings(binding: Binding, values: Mapping[str, Any]) -> Any:
    """Return the rule's settings with these values. Raises ValidationError."""
    if isinstance(binding.settings, Rule):
        return binding.settings.with_numbers(values)
    return CONTROLS[binding.control].Settings.model_validate(values)


def _is_open(binding: Binding, name: str, pack: Pack) -> bool:
    """Whether the words of the binding's clauses speak of it and give no value."""
    parameters = [pack.clauses[clause].parameters for clause in binding.clauses]
    return name in CHOSEN_BY_US and any(name in one and one[name] is None for one in parameters)


@cache
def _schema_of(control: str) -> Mapping[str, Any]:
    """Return the JSON Schema of a control's settings; making one takes milliseconds."""
    schema: Mapping[str, Any] = CONTROLS[control].Settings.model_json_schema()
    return schema


def _schema(binding: Binding, name: str) -> Mapping[str, Any]:
    """Return the JSON Schema of a setting without the null that leaves it open."""
    if isinstance(binding.settings, Rule):
        if name in binding.settings.words_chosen:
            return {"type": "string", "enum": [str(one) for one in DaysThatCount]}
        return {"type": "integer", "minimum": 1, "maximum": MOST}
    whole = _schema_of(binding.control)
    found: dict[str, Any] = dict(whole["properties"][name])
    kinds = [one for one in found.get("anyOf", ()) if one.get("type") != "null"]
    return {**found, **(kinds[0] if kinds else {}), "$defs": whole.get("$defs", {})}
