"""What may stand in no file of the project."""

import ast
import re

from tests.gates.files import name_of, own_files

UNDONE = re.compile(r"\b(TODO|FIXME)\b|NotImplementedError|pytest\.mark\.(skip|skipif|xfail)|pytest\.skip\(")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work|home|Users|root)/\w")
ONLY_READER_OF_THE_ENVIRONMENT = "schoolgate/core/env.py"
THIS = "tests/gates/test_words.py"


def lines_with(pattern: re.Pattern[str], *patterns: str) -> list[str]:
    return [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path in own_files(*patterns)
        if name_of(path) != THIS and path.suffix != ".mo"
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_left_undone():
    assert lines_with(UNDONE, "*.py", "*.html", "*.scss", "*.sh", "*.mjs", "Makefile", "scripts/*") == []


def test_no_file_names_a_place_of_one_machine():
    assert (
        lines_with(
            MACHINE_PATHS, "*.py", "*.html", "*.md", "*.toml", "*.yaml", "*.sh", "Makefile", "scripts/*"
        )
        == []
    )


def test_only_one_module_reads_the_environment():
    readers = set()
    for path in own_files("schoolgate/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = (
                node.attr
                if isinstance(node, ast.Attribute)
                else node.id
                if isinstance(node, ast.Name)
                else ""
            )
            if name in ("environ", "environb", "getenv", "putenv"):
                readers.add(name_of(path))
    assert sorted(readers) == [ONLY_READER_OF_THE_ENVIRONMENT]
