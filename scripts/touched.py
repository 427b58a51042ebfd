"""Which test files a change touches, the nearest first (for `make quick`).

The change is what git knows of: what isn't committed, and the commits that the branch's remote hasn't. A test
file is near that was changed itself, that bears the name of a changed module, or that names one; the rest of
the room's folder comes last.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "schoolgate"
ITSELF, SAME_NAME, NAMED, SAME_FOLDER = range(4)


def changed(root: Path = ROOT) -> set[str]:
    """Return the paths of all files that differ from the branch's remote; without a remote, from the commit
    before."""
    since = _git(root, "merge-base", "HEAD", "@{upstream}") or _git(root, "rev-parse", "HEAD~1")
    differing = _git(root, "diff", "--name-only", *since.split()).splitlines()
    new = _git(root, "ls-files", "--others", "--exclude-standard").splitlines()
    return {*differing, *new}


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def near(paths: Collection[str], root: Path = ROOT) -> list[str]:
    """Return the test files that these paths touch, the nearest first."""
    changed_tests = {path for path in paths if path.startswith("tests/")}
    modules = [Path(path) for path in paths if path.startswith(f"{PACKAGE}/")]
    stems = {name for module in modules for name in _names_of(module)}
    helpers = [Path(path) for path in changed_tests if path.endswith(".py")]
    dotted = {".".join(path.with_suffix("").parts) for path in [*modules, *helpers] if path.suffix == ".py"}
    templates = {"/".join(module.parts[-2:]) for module in modules if module.suffix == ".html"}
    folders = {f"tests/{module.parts[1]}/" for module in modules if len(module.parts) > 2}
    spoken = re.compile("|".join([*_imports(dotted), *map(re.escape, templates)]) or r"(?!)")

    def nearness(path: Path) -> tuple[int, int] | None:
        """A changed test of a changed module is nearer than another."""
        far = farness(path)
        if path.relative_to(root).as_posix() in changed_tests:
            return ITSELF, SAME_FOLDER + 1 if far is None else far
        return None if far is None else (far, far)

    def farness(path: Path) -> int | None:
        name = path.relative_to(root).as_posix()
        if path.stem.removeprefix("test_") in stems and name.startswith(tuple(folders)):
            return SAME_NAME
        if spoken.search(path.read_text("utf-8")):
            return NAMED
        return SAME_FOLDER if name.startswith(tuple(folders)) else None

    files = sorted(root.glob("tests/**/test_*.py"))
    found = (
        (far, path.relative_to(root).as_posix()) for path in files if (far := nearness(path)) is not None
    )
    return [name for _far, name in sorted(found)]


def nearest(near: list[str], paths: Collection[str], most: int) -> tuple[list[str], int]:
    """Return at most so many of these files, and how many of them, the first, are changed themselves: these
    leave half of the places to what is near to the code."""
    changed_tests, others = ([one for one in near if (one in paths) is there] for there in (True, False))
    number = min(len(changed_tests), max(most // 2, most - len(others)))
    return [*changed_tests[:number], *others[: most - number]], number


def though(paths: Iterable[str]) -> list[str]:
    """Return words in the names of slow tests that a change asks for itself: of a changed file of tests, and
    of a policy whose pack or scenarios are changed."""
    words = set()
    for path in paths:
        if policy := re.match(r"schoolgate/rulebook/packs/([\w-]+)/", path):
            words.add(f"[{policy[1]}")
        elif re.match(r"tests/(?:gates|rulebook|policies)/test_\w+\.py$", path):
            words.add(path)
    return sorted(words)


def _names_of(module: Path) -> set[str]:
    """What a test of this module may be called: its own name, and its folder's."""
    return {module.stem.strip("_"), *module.parts[2:-1]}


def _imports(dotted: Iterable[str]) -> Iterator[str]:
    """How a test file speaks of these modules, as patterns."""
    for module in dotted:
        package, _dot, name = (re.escape(part) for part in module.removesuffix(".__init__").rpartition("."))
        yield rf"{package}\.{name}\b"
        yield rf"from {package} import (?:\([^)]*|[^\n]*)\b{name}\b"
