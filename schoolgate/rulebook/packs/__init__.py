"""Packs: a policy as data. Read from the folder beside this file, checked while read, then never changed.

A pack is `policy.yaml` (front page, roles, tensions), `clauses/*.yaml` (in the order of their names),
`rules/*.yaml` (rules that are data), `bindings/*.yaml` (which control keeps which clause, with what
settings, at what point) and `kept/*.yaml` (what keeps the clauses that no control decides), and may have
`form.yaml`."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.packs.building import Piece, build
from schoolgate.rulebook.packs.model import Binding, Kept, Pack
from schoolgate.rulebook.packs.written import Place
from schoolgate.rulebook.yaml_text import plain

__all__ = ["FOLDER", "Binding", "Kept", "Pack", "load_pack", "pack_keys", "read_pack"]

FOLDER = Path(__file__).parent


@cache
def pack_keys() -> tuple[str, ...]:
    """The keys of all packs that come with the program, law and house included."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/policy.yaml")))


@cache
def load_pack(key: str) -> Pack:
    """The pack with this key. Raises BadPack with file and line, and what is wrong there."""
    return read_pack(FOLDER / key)


def read_pack(folder: Path) -> Pack:
    """A pack from a folder. Raises BadPack with file and line, and what is wrong there."""
    form, name = folder / "form.yaml", folder.name
    return build(
        _read(folder / "policy.yaml", name),
        _entries(folder / "clauses", name),
        chain(_entries(folder / "bindings", name), _entries(folder / "rules", name)),
        _entries(folder / "kept", name),
        _read(form, name)[1] if form.exists() else None,
    )


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
