"""The program reads nothing of this repository but its own package: a wheel has no more."""

import ast
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.gates.files import ROOT, expect_none, name_of, nodes_of, own_files, text_of

PACKAGE = ROOT / "schoolgate"
BESIDE = frozenset(name_of(path).partition("/")[0] for path in own_files("*")) - {PACKAGE.name}
"""What lies beside the package, such as tests and docs."""
Places = Mapping[str, Path]


def test_no_module_makes_a_path_out_of_the_package_or_imports_what_lies_beside_it():
    modules = own_files("schoolgate/*.py")
    known = {
        f"{dotted(path)}.{name}": place
        for path in modules
        if "__file__" in text_of(path)
        for name, place in named_places(path, nodes_of(path)).items()
    }
    names = {whole.rpartition(".")[2] for whole in known}
    wrong = [
        f"{name_of(path)}:{line}: {what}"
        for path in modules
        if any(word in text_of(path) for word in ("__file__", "Path(", *names, *BESIDE))
        for line, what in reaches_out(path, nodes_of(path), known)
    ]
    expect_none(wrong, "A wheel has the package alone: put what the program reads beside its reader.")


def dotted(path: Path) -> str:
    """A module's name, as others import it."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def reaches_out(path: Path, nodes: tuple[ast.AST, ...], known: Places) -> Iterator[tuple[int, str]]:
    """What of a module lies outside the package, with its line. `known`: the places that modules name."""
    places = named_places(path, nodes)
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            places |= {
                one.asname or one.name: known[whole]
                for one in node.names
                if (whole := f"{node.module}.{one.name}") in known
            }
        for module in imported(node):
            if module.partition(".")[0] in BESIDE:
                yield getattr(node, "lineno", 0), f"imports {module}"
    for node in nodes:
        place = place_of(node, path, places) if isinstance(node, ast.expr) else None
        if place is not None and not place.is_relative_to(PACKAGE):
            yield node.lineno, ast.unparse(node)


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def named_places(path: Path, nodes: tuple[ast.AST, ...]) -> dict[str, Path]:
    """The names of a module to which it gives places."""
    found: dict[str, Path] = {}
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            place = place_of(node.value, path, found)
            if isinstance(target, ast.Name) and place is not None:
                found[target.id] = place
    return found


def place_of(node: ast.expr, path: Path, places: Places) -> Path | None:
    """The place that an expression of this module gives, where that can be told from `__file__`, a name for a
    place, or a text that begins with what lies beside the package."""
    match node:
        case ast.Name(id="__file__"):
            return path
        case ast.Name(id=name):
            return places.get(name)
        case ast.Call(func=ast.Name(id="Path" | "str"), args=[ast.Constant(value=str(text))]):
            return ROOT / text if text.partition("/")[0] in BESIDE else None
        case ast.Call(func=ast.Name(id="Path" | "str"), args=[first, *_]):
            return place_of(first, path, places)
        case ast.Attribute(value=value, attr="parent"):
            return (found := place_of(value, path, places)) and found.parent
        case ast.Subscript(
            value=ast.Attribute(value=value, attr="parents"), slice=ast.Constant(value=int(number))
        ):
            return (found := place_of(value, path, places)) and found.parents[number]
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return (found := place_of(left, path, places)) and below(found, right)
        case ast.Call(func=ast.Attribute(value=value, attr="joinpath"), args=[part, *_]):
            return (found := place_of(value, path, places)) and below(found, part)
        case ast.Call(func=ast.Attribute(value=value, attr="resolve" | "absolute" | "with_suffix")):
            return place_of(value, path, places)
        case ast.Call(func=ast.Attribute(value=value, attr="with_name")):
            return (found := place_of(value, path, places)) and found.parent / "named"
    return None


def below(found: Path, part: ast.expr) -> Path:
    text = part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "named"
    return Path(os.path.normpath(found / text))


@pytest.mark.parametrize(
    "line",
    [
        'STORED = Path(__file__).parents[2] / "tests"',
        "HERE = Path(__file__).resolve().parent\nABOVE = HERE.parent.parent",
        'TEXT = Path(__file__).with_name("a").joinpath("../../../docs").read_text()',
        "from schoolgate.other import FOLDER\nx = [one for one in FOLDER.parent.iterdir()]",
        'x = Path("docs/rulebook.md").read_text()',
        "from tests.cast import someone",
        "import scripts.words",
    ],
)
def test_what_reaches_out_of_the_package_is_found(line):
    assert looked_at(line)


@pytest.mark.parametrize(
    "line",
    [
        'FOLDER = Path(__file__).parents[1] / "files"',
        'FILE = Path(__file__).with_name("words.yaml")',
        'from schoolgate.other import FOLDER\nx = FOLDER / "files"',
        "x = home.parent.parent",
        'x = Path("var")',
        'say("see docs/rulebook.md")',
        "from schoolgate.rulebook import book",
    ],
)
def test_what_stays_in_the_package_or_lies_in_a_home_is_left_alone(line):
    assert not looked_at(line)


def looked_at(text: str) -> list[tuple[int, str]]:
    """What is found in a module of a room that has this text."""
    nodes = tuple(ast.walk(ast.parse(text)))
    return [*reaches_out(PACKAGE / "room" / "module.py", nodes, {"schoolgate.other.FOLDER": PACKAGE})]
