"""Writes docs/figures.md from `bench/figures.json`: the newest of each figure, one short row each.

`python -m bench PART --keep` puts what a part has found into the store, with the day, the commit, the
machine, its load and the command, and writes the page. A row with `shows` is filled from what its part
returns; the others are written into the store by hand. `python -m bench figures` only writes the page.
"""

import json
import os
import re
import subprocess
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.machine import machine

ROOT = Path(__file__).parent.parent
STORE = Path(__file__).with_name("figures.json")
PAGE = ROOT / "docs" / "figures.md"
COMMAND = re.compile(r"python -m bench (\w+)$")
TYPED = re.compile(r"[A-Z_]+=|python |make |schoolgate |scripts/|tests/|\.ci/")
"""How a command or a path begins."""
SIZE = re.compile(r'environ(?:\.get\(|\[)"(\w+)"')
"""A setting of the environment that says how much a part measures."""
LONGEST = 160
"""Characters of a cell."""
INTRODUCTION = """# Figures

The newest of each figure. `python -m bench figures` writes this page from `bench/figures.json`; don't change
it by hand. `python -m bench start --keep` measures a part and keeps its rows; `make bench` measures all and
prints JSON. A part stops where it finds another page than it should measure, or more or fewer rows.

Processor time is that of the process and its database together. The commit is the one that was measured; for
rows of November 2026, the one that entered the figure. Older figures, and what else was said of these:
`git log -p -- docs/figures.md bench/figures.json`.
"""
HEAD = ("what", "wanted", "found", "date", "commit", "machine", "load", "how")


@dataclass(frozen=True)
class Figure:
    """One row.

    `how` is the command or what else measured it, `shows` how `found` is written from a part's result.
    """

    what: str
    wanted: str
    found: str
    date: str
    commit: str
    machine: str
    load: str
    how: str
    shows: str = ""

    @property
    def part(self) -> str:
        """The part of the bench that measures it, or nothing."""
        found = COMMAND.search(self.how)
        return found[1] if found else ""


def stored() -> list[Figure]:
    """Return the figures in the order of the page."""
    return [Figure(**each) for each in json.loads(STORE.read_text("utf-8"))]


def written(figures: list[Figure]) -> str:
    """Return the page."""
    rows = [[*HEAD], ["---"] * len(HEAD)]
    for each in figures:
        how = f"`{each.how}`" if TYPED.match(each.how) else each.how
        rows.append([*(getattr(each, name) or "not noted" for name in HEAD[:-1]), how])
    return INTRODUCTION + "\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def found_by(figure: Figure, measured: dict[str, Any]) -> str:
    """Return what a figure finds in its part's result. Raises LookupError where it isn't there."""
    return figure.shows.format_map(measured)


def shown(part: str, measured: dict[str, Any]) -> dict[str, str]:
    """Return what each figure of a part finds in its result, and whether the part reached what it wants."""
    own = [each for each in stored() if each.part == part and each.shows]
    reached = measured.get("reached", True)
    if all(reached.values()) if isinstance(reached, dict) else reached:
        return {each.what: found_by(each, measured) for each in own}
    missed = "missed: {}" if len(own) == 1 else "{}; this part missed something"
    return {each.what: missed.format(found_by(each, measured)) for each in own}


def keep(part: str, measured: dict[str, Any]) -> None:
    """Put what a part found into the store, and write the page."""
    found, here = shown(part, measured), machine()
    about = {
        "date": str(here["measured_at"])[:10],
        "commit": commit(),
        "machine": f"{here['cores']} cores, {here['processor']}",
        "load": f"{os.getloadavg()[0]:.1f}",
        "how": " ".join([*sizes(part), f"python -m bench {part}"]),
    }
    save(
        [replace(each, found=found[each.what], **about) if each.what in found else each for each in stored()]
    )


def save(figures: list[Figure]) -> None:
    """Write the store and the page."""
    rows = [asdict(each) for each in figures]
    STORE.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(written(figures), "utf-8")


def sizes(part: str) -> list[str]:
    """Return the settings of the environment by which a part measures more or less than it does by itself."""
    source = Path(str(import_module(f"bench.{part}").__file__)).read_text("utf-8")
    return [f"{name}={os.environ[name]}" for name in SIZE.findall(source) if name in os.environ]


def commit() -> str:
    """Return the commit that is measured; with a + where files differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    changed = [line for line in git("status", "--porcelain", "-uno").splitlines() if "figures." not in line]
    return git("rev-parse", "--short=9", "HEAD").strip() + "+" * bool(changed)
