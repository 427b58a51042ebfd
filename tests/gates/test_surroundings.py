"""Each setting is on the list of those who run it, and what they type is said in one place."""

import ast
import re
from pathlib import Path

from schoolgate.cli.registry import COMMANDS
from schoolgate.core.env import POOL_VARIABLE, ROLE_VARIABLE, Env
from tests.gates.files import ROOT, expect_none, lines_of, name_of, nodes_of, own_files, text_of

NAMES = "|".join(COMMANDS)
HINT = re.compile(rf"\bschoolgate (?:{NAMES})(?![\w:-])|\bmake (?:up|down)\b")
ELSEWHERE = frozenset(
    {
        "schoolgate/core/backups/federation.py",  # goes along in a backup, to another machine
        "schoolgate/core/backups/making.py",  # a connection's own name
        "schoolgate/core/setting_up.py",  # pages, which strangers read: no path of the machine
        "schoolgate/cli/new_policy.py",  # comments in files that are handed on
    }
)


def settings_read() -> set[str]:
    """The names of all settings, without what one process of the program tells another."""
    read = {str(field.validation_alias or name.upper()) for name, field in Env.model_fields.items()}
    return read - {ROLE_VARIABLE, POOL_VARIABLE}


def test_the_list_of_settings_has_each_that_is_read():
    """Those of backups were missing."""
    page = text_of(ROOT / "docs/operations.md")
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", page, re.MULTILINE)
    listed = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(listed) == sorted(settings_read())


def test_nothing_else_reads_the_environment():
    reads = [
        f"{name_of(path)}:{number}"
        for path in own_files("schoolgate/*.py")
        for number, line in enumerate(lines_of(path), 1)
        if re.search(r"os\.environ|getenv", line) and name_of(path) != "schoolgate/core/env.py"
    ]
    expect_none(reads, "Let schoolgate/core/env.py read it.")


def test_no_hint_is_written_by_hand():
    """`schoolgate sign-ins` was printed where only `.venv/bin/schoolgate sign-ins` could be typed."""
    found = [
        f"{name_of(path)}:{node.lineno}: {node.value!r}"
        for path in own_files("schoolgate/cli/*.py", "schoolgate/core/*.py")
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if name_of(path) not in ELSEWHERE and HINT.search(node.value) and id(node) not in alone(path)
    ]
    expect_none(found, "Let schoolgate/core/home.py say how it's typed here.")


def alone(path: Path) -> set[int]:
    """Docstrings, and what is said of a constant below it."""
    return {id(node.value) for node in nodes_of(path) if isinstance(node, ast.Expr)}
