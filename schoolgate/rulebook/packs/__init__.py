"""Packs: a policy as data. Read from the folder beside this file, checked while read, then never changed.

A pack is `policy.yaml` (front page, roles, tensions), `clauses/*.yaml` (in the order of their names),
`bindings/*.yaml` (which control keeps which clause, with what settings, at what point) and `kept/*.yaml`
(what keeps the clauses that no control decides), and may have `form.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schoolgate.rulebook.capacities import CAPACITIES
from schoolgate.rulebook.clauses import Clause, PolicyMeta, Role, Tension
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis, Enforce, Modality
from schoolgate.rulebook.packs.kept import Kept, kept_from
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.yaml_text import plain

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Binding:
    """Which control keeps which clause. The first clause gives the section that is shown."""

    id: str
    clauses: tuple[str, ...]
    control: str
    settings: Any = field(hash=False)
    point: str
    situations: tuple[str, ...]
    overrides: tuple[str, ...] = ()
    strength: str = "must"
    tension: str | None = None
    until_ruled: bool = False
    binds: tuple[str, ...] | None = None
    group: str | None = None


@dataclass(frozen=True)
class Pack:
    """One pack as it was read. `role_words` maps the policy's other wordings of a role to the role's name."""

    meta: PolicyMeta
    basis: Basis
    clauses: Mapping[str, Clause]
    roles: tuple[Role, ...]
    tensions: Mapping[str, Tension]
    bindings: tuple[Binding, ...]
    role_words: Mapping[str, str]
    form: Mapping[str, Any] | None
    kept: tuple[Kept, ...] = ()


@cache
def pack_keys() -> tuple[str, ...]:
    """The keys of all packs that come with the program, law and house included."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/policy.yaml")))


@cache
def load_pack(key: str) -> Pack:
    """The pack with this key. Raises BadPack with the file and what is wrong in it."""
    return read_pack(FOLDER / key)


def read_pack(folder: Path) -> Pack:
    """A pack from a folder. Raises BadPack with the file and what is wrong in it."""
    front = _read(folder / "policy.yaml")
    try:
        meta = PolicyMeta(**{**front["policy"], "schools": tuple(front["policy"]["schools"])})
        basis = Basis(front.get("basis", "policy"))
        roles = tuple(_role(role) for role in front["roles"])
        tensions = {
            one["id"]: Tension(**{**one, "clauses": tuple(one["clauses"])}) for one in front["tensions"]
        }
    except (KeyError, TypeError, ValueError) as error:
        raise BadPack(f"{folder.name}/policy.yaml", f"{type(error).__name__}: {error}") from None
    clauses = dict(_clauses(folder))
    for tension in tensions.values():
        _known(tension.clauses, clauses, f"{folder.name}/policy.yaml: {tension.id}")
    form = _read(folder / "form.yaml") if (folder / "form.yaml").exists() else None
    return Pack(
        meta=meta,
        basis=basis,
        clauses=clauses,
        roles=roles,
        tensions=tensions,
        bindings=tuple(_bindings(folder, basis, clauses, tensions)),
        role_words=front.get("role_words", {}),
        form=form,
        kept=tuple(_kept(folder, clauses)),
    )


def _role(data: Mapping[str, Any]) -> Role:
    strangers = set(data["capacities"]) - CAPACITIES
    if strangers:
        raise ValueError(f"{data['name']}: unknown capacity {min(strangers)}")
    return Role(name=data["name"], key=data["key"], capacities=frozenset(data["capacities"]))


def _clauses(folder: Path) -> Iterator[tuple[str, Clause]]:
    seen: set[str] = set()
    for path in sorted((folder / "clauses").glob("*.yaml")):
        where = f"{folder.name}/clauses/{path.name}"
        for data in _read(path):
            try:
                clause = Clause(
                    id=data["id"],
                    section=data["section"],
                    says=data["says"],
                    modality=Modality(data["modality"]),
                    actor=data["actor"],
                    area=data["area"],
                    enforce=Enforce(data["enforce"]),
                    parameters=data["parameters"],
                )
            except (KeyError, TypeError, ValueError) as error:
                raise BadPack(where, f"{type(error).__name__}: {error}") from None
            if clause.id in seen:
                raise BadPack(where, f"{clause.id} stands there twice")
            seen.add(clause.id)
            yield clause.id, clause


def _bindings(
    folder: Path, basis: Basis, clauses: Mapping[str, Clause], tensions: Mapping[str, Tension]
) -> Iterator[Binding]:
    ids: set[str] = set()
    for path in sorted((folder / "bindings").glob("*.yaml")):
        for data in _read(path) or ():
            where = f"{folder.name}/bindings/{path.name}: {data.get('clauses')}"
            binding = _binding(data, where, basis)
            _known((*binding.clauses, *binding.overrides), clauses, where)
            if binding.tension is not None and binding.tension not in tensions:
                raise BadPack(where, f"unknown tension {binding.tension}")
            if binding.id in ids:
                raise BadPack(where, f"{binding.id} is bound twice")
            ids.add(binding.id)
            yield binding


def _kept(folder: Path, clauses: Mapping[str, Clause]) -> Iterator[Kept]:
    for path in sorted((folder / "kept").glob("*.yaml")):
        where = f"{folder.name}/kept/{path.name}"
        for data in _read(path) or ():
            kept = kept_from(data, where)
            _known(kept.clauses, clauses, where)
            yield kept


_KEYS = {
    "clauses",
    "control",
    "settings",
    "point",
    "in",
    "overrides",
    "strength",
    "tension",
    "until_ruled",
    "binds",
    "group",
}


def _binding(data: Mapping[str, Any], where: str, basis: Basis) -> Binding:
    if data.keys() - _KEYS:
        raise BadPack(where, f"unknown word {min(data.keys() - _KEYS)}")
    control = CONTROLS.get(data.get("control", ""))
    if control is None:
        raise BadPack(where, f"unknown control {data.get('control')}")
    try:
        settings = control.Settings.model_validate(data.get("settings", {}))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadPack(where, f"settings: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    situations = tuple(data.get("in", control.listens_to))
    strangers = set(situations) - set(control.listens_to)
    if strangers or not situations:
        raise BadPack(where, f"{control.key} does not listen to {sorted(strangers)}")
    point = data.get("point", control.points[0] if len(control.points) == 1 else None)
    if point not in control.points:
        raise BadPack(
            where, f"{control.key} does not speak at {point!r}, only at {', '.join(control.points)}"
        )
    for situation in situations:
        if SITUATIONS[situation].points.get(point) is not basis:
            raise BadPack(where, f"{point!r} of {situation} is no point of {basis}")
    if data.get("strength", "must") not in ("must", "should"):
        raise BadPack(where, f"unknown strength {data['strength']!r}")
    if not data.get("clauses"):
        raise BadPack(where, "a binding without a clause")
    if data.get("until_ruled") and not data.get("tension"):
        raise BadPack(where, "until_ruled without a tension to rule on")
    return Binding(
        id=f"{data['clauses'][0]}@{point}/{control.key}",
        clauses=tuple(data["clauses"]),
        control=control.key,
        settings=settings,
        point=point,
        situations=situations,
        overrides=tuple(data.get("overrides", ())),
        strength=data.get("strength", "must"),
        tension=data.get("tension"),
        until_ruled=bool(data.get("until_ruled", False)),
        binds=tuple(data["binds"]) if "binds" in data else None,
        group=data.get("group"),
    )


def _known(ids: tuple[str, ...], clauses: Mapping[str, Clause], where: str) -> None:
    for one in ids:
        if one not in clauses:
            raise BadPack(where, f"unknown clause {one}")


def _read(path: Path) -> Any:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise BadPack(str(path), error.strerror or "not readable") from None
    return plain(text, f"{path.parent.name}/{path.name}")
