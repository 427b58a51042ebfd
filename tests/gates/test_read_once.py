"""What is remembered between a scope's writes is asked in one place: two with one key give each other what
they can't read."""

import ast
from collections import Counter

from tests.gates.files import expect_none, name_of, nodes_of, own_files


def keys() -> list[str]:
    """The name at the beginning of each key of `read_once`, once for each place that asks for it."""
    return [
        str(key)
        for path in own_files("schoolgate/*.py")
        if not name_of(path).endswith("reading_once.py")
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "read_once"
        for key in [_name_at_the_beginning(node)]
        if key
    ]


def _name_at_the_beginning(call: ast.Call) -> object:
    key = call.args[0]
    first = key.elts[0] if isinstance(key, ast.Tuple) else key
    return getattr(first, "value", None) if isinstance(first, ast.Constant) else None


def test_each_key_is_asked_in_one_place():
    found = Counter(keys())
    assert len(found) > 30
    expect_none(
        {key: f"asked in {places} places" for key, places in found.items() if places > 1},
        "Let one function ask it, and the others call that.",
    )
