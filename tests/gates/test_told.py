"""What a gate says when it fails: what is wrong, where, and what to do."""

import ast
import re
import subprocess

import pytest

from tests.gates.files import (
    ROOT,
    check,
    expect_none,
    expect_only,
    lines_of,
    name_of,
    nodes_of,
    own_files,
    tree_of,
)


@pytest.mark.parametrize("wrong", [{"a.py": "b"}, ["a.py: b"], {"a.py: b"}])
def test_what_is_wrong_is_named_with_what_to_do(wrong):
    with pytest.raises(pytest.fail.Exception, match=r"^a\.py: b\nMend it\.$"):
        expect_none(wrong, "Mend it.")
    expect_none(type(wrong)(), "Mend it.")


def test_what_a_gate_says_ends_with_what_to_do():
    with pytest.raises(pytest.fail.Exception) as failure:
        check("python", "-c", "print('a -> b'); raise SystemExit(1)", then="See docs.")
    said = str(failure.value)
    assert said.index("a -> b") < said.index("See docs.")


def test_of_a_list_of_exceptions_both_sides_are_told():
    expect_only(["a.py"], {"a.py": "1"}, "Mend it.", listed="LIST")
    with pytest.raises(pytest.fail.Exception, match=r"^b\.py: 2\nMend it\.$"):
        expect_only(["a.py"], {"a.py": "1", "b.py": "2"}, "Mend it.", listed="LIST")
    with pytest.raises(pytest.fail.Exception, match=r"^b\.py\nMend it\.$"):
        expect_only(["a.py"], ["a.py", "b.py"], "Mend it.", listed="LIST")
    with pytest.raises(
        pytest.fail.Exception, match=r"^a\.py\nIt isn't found any more: take it out of LIST\.$"
    ):
        expect_only(["a.py"], [], "Mend it.", listed="LIST")


def test_files_are_those_that_git_names_and_nodes_those_of_the_library():
    """What each gate looks at comes from here, and is worked out in a cheaper way."""
    patterns = ("schoolgate/**/*.py", "docs/operations/*", "Makefile", "tests/*test_*.py")
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert {name_of(path) for path in own_files(*patterns)} == {
        name for name in said if (ROOT / name).is_file()
    }
    path = ROOT / "tests" / "gates" / "files.py"
    walked = [node for node in ast.walk(tree_of(path)) if not isinstance(node, ast.expr_context)]
    assert [*nodes_of(path)] == walked


def test_no_gate_fails_without_a_word():
    found = [
        f"{name_of(path)}:{number}"
        for path in own_files("tests/gates/test_*.py")
        for number, line in enumerate(lines_of(path), 1)
        if re.search(r"^\s+assert \w+ == (?:\[\]|set\(\)|\{\})$", line)
    ]
    expect_none(found, "Let `expect_none` say each thing that is wrong and what to do.")
