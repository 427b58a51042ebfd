"""A pack as one file of YAML: what `schoolgate policy export` writes, and what is read back identically.

The parts are those of a pack's folder in one file: `policy`, `basis`, `roles`, `role_words`, `tensions`,
`clauses`, `bindings`, `kept`, `form`. Choices made by a reading are not in it: they belong to the
federation."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import yaml

from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.packs import Binding, Kept, Pack
from schoolgate.rulebook.packs.building import Piece, Place, build
from schoolgate.rulebook.yaml_text import guarded

_FRONT = ("policy", "basis", "roles", "role_words", "tensions")
PARTS = frozenset({*_FRONT, "clauses", "bindings", "kept", "form"})


def from_yaml(text: str | bytes, name: str = "policy file", *, adopted: bool = False) -> Pack:
    """Return the pack. `name`: what the file is called, for the error. `adopted`: it is in force already; a
    kind of rule that is gone from the program is then left to its reader. Raises BadPack with name and
    line."""
    try:
        raw = text.encode() if isinstance(text, str) else text
    except UnicodeEncodeError:
        raise BadPack(name, "not text") from None
    data, place = guarded(raw, name), Place(name, raw)
    if not isinstance(data, dict):
        raise BadPack(name, "no policy: its parts are " + ", ".join(sorted(PARTS)))
    for part in data:
        if part not in PARTS:
            raise place.at(part).bad(f"unknown word {part}")
    if not isinstance(data.get("form"), dict | None):
        raise place.at("form").bad("form: a mapping is wanted")
    bindings = _entries(data, "bindings", place)
    return build(
        (place, {part: data[part] for part in _FRONT if part in data}),
        _entries(data, "clauses", place),
        map(_as_written_now, bindings) if adopted else bindings,
        _entries(data, "kept", place),
        data.get("form"),
    )


def _as_written_now(piece: Piece) -> Piece:
    """Return a binding that was adopted earlier as it is written now: the strength is its clause's, and one
    whose kind is gone is left to the reader of the clause, so that nothing passes silently."""
    place, data = piece
    if not isinstance(data, dict):
        return piece
    data = {name: value for name, value in data.items() if name != "strength"}
    if data.get("control") in (None, *CONTROLS) or not data.get("in"):
        return place, data
    kept = {name: data[name] for name in ("clauses", "point", "group", "part", "in_full") if name in data}
    bound = {"for": data["binds"]} if data.get("binds") else {}
    return place, {**kept, **bound, "ask": data["in"], "read": True}


def _entries(data: Mapping[str, Any], part: str, place: Place) -> Iterator[Piece]:
    entries = data.get(part, [])
    if not isinstance(entries, list):
        raise place.at(part).bad(f"{part}: a list is wanted")
    for position, entry in enumerate(entries):
        yield place.at(part, position), entry


def to_yaml(pack: Pack) -> str:
    """Return the pack as one file. `from_yaml` gives the same pack again, and that the same text."""
    meta = asdict(pack.meta)
    data = {
        "policy": {**meta, "schools": list(pack.meta.schools)},
        "basis": str(pack.basis),
        "roles": [
            {"name": one.name, "key": one.key, "capacities": sorted(map(str, one.capacities))}
            for one in pack.roles
        ],
        "role_words": dict(pack.role_words),
        "tensions": [{**asdict(one), "clauses": list(one.clauses)} for one in pack.tensions.values()],
        "clauses": [
            {**_clause(one), "modality": str(one.modality), "enforce": str(one.enforce)}
            for one in pack.clauses.values()
        ],
        "bindings": [entry_of(one) for one in pack.bindings],
        "kept": [_kept(one) for one in pack.kept],
        "form": pack.form,
    }
    return as_text(data)


def as_text(data: Any) -> str:
    """Plain data as YAML, as a pack is written."""
    dumper: Any = _Dumper
    return str(yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True, width=110))


def _clause(one: Clause) -> dict[str, Any]:
    written = asdict(one)
    del written["wording"]  # a federation's own, like what a reading chose
    return written


def entry_of(one: Binding) -> dict[str, Any]:
    """Return a binding or rule as a pack has it."""
    if one.control == "rule":
        return rule_of(one)
    written: dict[str, Any] = {
        "clauses": list(one.clauses),
        "control": one.control,
        "point": one.point,
        "settings": one.settings.model_dump(mode="json"),
        "in": list(one.situations),
        "overrides": list(one.overrides),
        "tension": one.tension,
        "until_ruled": one.until_ruled,
        "binds": None if one.binds is None else list(one.binds),
        "group": one.group,
        "part": one.part,
        "in_full": list(one.in_full),
    }
    usual: dict[str, Any] = {
        "overrides": [],
        "tension": None,
        "until_ruled": False,
        "group": None,
        "part": None,
        "in_full": [],
    }
    return {
        name: value
        for name, value in written.items()
        if name not in usual or value != usual[name]
        if name != "binds" or value is not None
    }


def rule_of(one: Binding) -> dict[str, Any]:
    """Return a rule as a pack has it."""
    written: dict[str, Any] = {
        "clauses": list(one.clauses),
        "ask": list(one.situations),
        "point": one.point,
        "for": None if one.binds is None else list(one.binds),
        "overrides": list(one.overrides),
        "tension": one.tension,
        "until_ruled": one.until_ruled,
        "group": one.group,
        "part": one.part,
        "in_full": list(one.in_full),
        **one.settings.model_dump(mode="json", exclude_defaults=True, exclude={"exception", "tension"}),
    }
    return {name: value for name, value in written.items() if value not in (None, [], False)}


def _kept(one: Kept) -> dict[str, Any]:
    written = {"clauses": list(one.clauses), "kind": one.kind, "says": one.says}
    written |= {"tests": list(one.tests)} if one.tests else {}
    return written | ({"varies": list(one.varies), "in": one.situation} if one.situation else {})


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Never writes an alias: repeated values are written out twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
