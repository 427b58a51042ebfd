"""Packs: a policy as data. Read from the folder beside this file, or from the installation's own; checked
while read, then never changed.

A pack is `policy.yaml` (front page, roles, tensions), `clauses/*.yaml` (in the order of their names),
`rules/*.yaml` (rules that are data), `bindings/*.yaml` (which kind implements which clause, with what
settings, at what point) and `kept/*.yaml` (what implements the clauses that no rule decides), and may have
`form.yaml` and `examples/*.yaml` (`rulebook/scenarios.py`)."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path

from schoolgate.rulebook.errors import BadPack, UnknownPolicy
from schoolgate.rulebook.packs.building import Binding, Kept, Pack, Piece, Place, build
from schoolgate.rulebook.yaml_text import plain

__all__ = [
    "FOLDER", "OWN", "Binding", "Kept", "Pack",
    "folder_of", "known_keys", "load_pack", "own_keys", "own_policies_in", "pack_keys", "read_pack",
    "refused",
]  # fmt: skip

FOLDER = Path(__file__).parent
OWN = "policies"
"""The folder of an installation with policies of its own."""
_own: list[Path] = []
"""That folder, where there is one."""


def own_policies_in(folder: Path) -> None:
    """Set the folder of this installation's own packs, one folder for each policy."""
    _own[:] = [folder]
    read_once.cache_clear()


@cache
def pack_keys() -> tuple[str, ...]:
    """Return the keys of all packs that come with the program, law and house included."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/policy.yaml")))


def own_keys() -> tuple[str, ...]:
    """Return the keys of this installation's own packs, whether they can be used or not."""
    found = {path.parent.name for folder in _own for path in folder.glob("*/policy.yaml")}
    return tuple(sorted(found - {*pack_keys()}))


def known_keys() -> list[str]:
    """Return the keys of all packs: the program's, then the installation's own."""
    return [*pack_keys(), *own_keys()]


def folder_of(key: str) -> Path:
    """Where the pack with this key lies. Raises UnknownPolicy."""
    if key in pack_keys():
        return FOLDER / key
    for folder in _own:
        if Path(key).name == key and (folder / key / "policy.yaml").is_file():
            return folder / key
    raise UnknownPolicy(key, known_keys())


def load_pack(key: str) -> Pack:
    """Return the pack with this key, read once. Raises UnknownPolicy; BadPack with file and line, and the
    error there."""
    return read_once(folder_of(key))


@cache
def read_once(folder: Path) -> Pack:
    """Return the pack in a folder as it was when first asked for. Raises BadPack.

    Conditions of rules that come with the program are checked when their situation is first asked; those of
    an installation's own at once."""
    with _kept_for_good():
        return read_pack(folder, later=folder.parent == FOLDER)


@contextmanager
def _kept_for_good() -> Iterator[None]:
    """Nearly all that is made while a pack is read stays: looking through it again and again for what can go
    took as long as the reading."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def read_pack(folder: Path, *, later: bool = False) -> Pack:
    """Return a pack from a folder. Raises BadPack with file and line, and the error there. `later`: as in
    `build`."""
    form, name = folder / "form.yaml", folder.name
    return build(
        _read(folder / "policy.yaml", name),
        _entries(folder / "clauses", name),
        chain(_entries(folder / "bindings", name), _entries(folder / "rules", name)),
        _entries(folder / "kept", name),
        _read(form, name)[1] if form.exists() else None,
        later=later,
    )


def refused(pack: Pack, rule: str, why: str) -> BadPack:
    """Return the error in a rule of a pack: with file and line where it is in a folder."""
    try:
        read_pack(folder_of(pack.meta.key))
    except BadPack as found:
        return found
    except UnknownPolicy:
        pass
    return BadPack(rule, why)


def _entries(folder: Path, name: str) -> Iterator[Piece]:
    for path in sorted(folder.glob("*.yaml")):
        place, entries = _read(path, f"{name}/{folder.name}")
        if entries is not None and not isinstance(entries, list):
            raise place.bad("a list is wanted")
        for position, data in enumerate(entries or ()):
            yield place.at(position), data


def _read(path: Path, room: str) -> Piece:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise BadPack(str(path), error.strerror or "not readable") from None
    name = f"{room}/{path.name}"
    return Place(name, text), plain(text, name)
