"""Chooses by chance where broken.py breaks the program, and makes the copies in which it can be broken."""

from __future__ import annotations

import ast
import json
import random
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import breaking

ROOT = Path(__file__).resolve().parent.parent
SUITES = ("new", "old")
PLACES, SEED = 60, 34
SPARE = 0.4
"""Places beside those, in case no test of either suite comes to one."""
COARSE = {breaking.EMPTIED: 1, breaking.RETURNED: 1}
"""Kinds of breaks that much of a function's work goes with: a third as likely as the others."""
NO_PLACES = ("/migrations/", "/demo/", "/examples/")
"""Generated, or stories that are made up."""


@dataclass(frozen=True)
class Place:
    """Where the program is broken, and how."""

    number: int
    room: str
    path: str
    function: str
    index: int
    kind: str
    was: str
    becomes: str


def candidates(new: Path, old: Path) -> dict[str, list[tuple[str, str, list[breaking.Break]]]]:
    """Return, for each room, the functions that are the same in both trees: path, name, ways to break it."""
    found = defaultdict(list)
    for path in sorted((new / "schoolgate").glob("*/**/*.py")):
        name = path.relative_to(new).as_posix()
        if (old / name).exists() and not any(part in f"/{name}" for part in NO_PLACES):
            modules = (ast.parse((tree / name).read_text("utf-8")) for tree in (new, old))
            for function, ways in breaking.same_functions(*modules):
                found[name.split("/")[1]].append((name, function, ways))
    return dict(found)


def shares(sizes: dict[str, int], total: int) -> dict[str, int]:
    """Share out places over rooms by their size, at least one to each."""
    whole = sum(sizes.values())
    exact = {room: total * size / whole for room, size in sizes.items()}
    given = {room: max(1, int(share)) for room, share in exact.items()}
    while sum(given.values()) != total:
        step = 1 if sum(given.values()) < total else -1
        may = [room for room in sizes if step > 0 or given[room] > 1]
        room = max(may, key=lambda each: (step * (exact[each] - given[each]), each))
        given[room] += step
    return given


def choose(new: Path, old: Path, seed: int, total: int = PLACES) -> tuple[list[Place], dict[str, int]]:
    """Choose the places by chance, with some to spare in each room; a function is chosen once at most."""
    chance, functions = random.Random(seed), candidates(new, old)
    quota = shares({room: len(those) for room, those in functions.items()}, total)
    places: list[Place] = []
    for room in sorted(functions):
        wanted = quota[room] + max(1, round(quota[room] * SPARE))
        for path, function, ways in chance.sample(functions[room], min(wanted, len(functions[room]))):
            kinds = sorted({way.kind for way in ways})
            (kind,) = chance.choices(kinds, [COARSE.get(each, 3) for each in kinds])
            index = chance.choice([number for number, way in enumerate(ways) if way.kind == kind])
            way = ways[index]
            places.append(Place(len(places) + 1, room, path, function, index, kind, way.was, way.becomes))
    return places, quota


def write_breakable(tree: Path, places: Iterable[Place], asked: Path) -> None:
    """Write into a tree what lets each place be broken."""
    by_path: dict[str, list[breaking.Cut]] = defaultdict(list)
    for place in places:
        by_path[place.path].append(breaking.Cut(place.number, place.function, place.index))
    for path, cuts in by_path.items():
        source = (tree / path).read_text("utf-8")
        (tree / path).write_text(breaking.breakable(source, cuts, str(asked)), "utf-8")


def prepare(folder: Path, commits: dict[str, str], seed: int) -> None:
    """Make both trees and choose the places."""
    for suite in SUITES:
        tree = folder / suite / "tree"
        shutil.rmtree(folder / suite, ignore_errors=True)
        tree.mkdir(parents=True)
        archive = subprocess.run(
            ["git", "archive", commits[suite]], cwd=ROOT, check=True, capture_output=True
        )
        subprocess.run(["tar", "x"], cwd=tree, input=archive.stdout, check=True)
        (tree / ".venv").symlink_to((ROOT / ".venv").resolve())
        shutil.copy(Path(__file__).with_name("reached.py"), folder / suite)
    places, quota = choose(folder / "new" / "tree", folder / "old" / "tree", seed)
    for suite in SUITES:
        write_breakable(folder / suite / "tree", places, folder / suite / "reached.py")
    chosen = {"seed": seed, "commits": commits, "quota": quota, "places": [asdict(place) for place in places]}
    (folder / "places.json").write_text(json.dumps(chosen, indent=1, ensure_ascii=False), "utf-8")
