"""Policies that were made to keep the program busy: refused with their line, or read in linear time."""

import pytest

from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.yaml_text import DEEPEST, LARGEST, LONGEST_NUMBER, MOST_DIRECTIVES, guarded
from tests.limited import in_limits

READ = """
import os
import resource
import sys
from pathlib import Path
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.one_file import from_yaml


def tried(file):
    try:
        from_yaml(file.read_bytes(), "policy")
    except BadPack:
        pass


for file in sorted(Path(sys.argv[1]).iterdir()):
    if (child := os.fork()) == 0:  # each with its limits to itself, and what is imported once for all
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        tried(file)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(file.name)
print("tried")
"""
SIZE = LARGEST - 100
MANY = 300_000
"""Bytes of those that take linear time, and a while."""
BOMBS = {
    "a number to the base of sixty": b"a: 1" + b":1" * (SIZE // 2),
    "a fraction to the base of sixty": b"a: 1" + b":1" * (SIZE // 2) + b".5",
    "a number of a million figures": b"a: 0x" + b"1" * SIZE,
    "directives": b"".join(b"%%TAG !a%d! b\n" % n for n in range(SIZE // 20)) + b"---\na: 1",
    "directives in other lines": b"".join(b"%%TAG !a%d! b\r" % n for n in range(SIZE // 20)) + b"---\ra: 1",
    "directives in other letters": b"\xff\xfe"
    + "".join(f"%TAG !a{n}! b\n" for n in range(50_000)).encode("utf-16-le"),
    "keys that a table cannot tell apart": b"".join(
        b"%d: 1\n" % (n * (2**61 - 1)) for n in range(1, SIZE // 30)
    ),
    "brackets": b"[" * SIZE,
    "anchors": b"".join(b"- &a%d x\n" % n for n in range(MANY // 14)),
    "merges": b"<<: [" + b"{a: 1}," * (MANY // 7) + b"]",
    "keys": b"".join(b"k%d: 1\n" % n for n in range(MANY // 14)),
}


@pytest.mark.slow
def test_a_policy_that_was_made_to_keep_us_busy_does_not(tmp_path):
    """Each is read in 700 MB and five seconds of the processor; those that aren't are named. A policy in one
    file is read by `guarded` first, so it's read once for both."""
    for kind, content in BOMBS.items():
        assert len(content) <= LARGEST, kind
        (tmp_path / kind).write_bytes(content)

    assert in_limits(READ, str(tmp_path), megabytes=700, seconds=60) == "tried"


@pytest.mark.parametrize(("signs", "taken"), [(LONGEST_NUMBER, True), (LONGEST_NUMBER + 1, False)])
def test_numbers_have_a_longest_length(signs, taken):
    text = b"a: " + b"1" * signs
    if taken:
        assert guarded(text, "policy") == {"a": int("1" * signs)}
    else:
        with pytest.raises(BadPack, match="line 1"):
            guarded(text, "policy")


@pytest.mark.parametrize(("number", "taken"), [(MOST_DIRECTIVES, True), (MOST_DIRECTIVES + 1, False)])
def test_directives_have_a_largest_number(number, taken):
    text = b"".join(b"%%TAG !a%d! b\n" % n for n in range(number)) + b"---\na: 1"
    if taken:
        assert guarded(text, "policy") == {"a": 1}
    else:
        with pytest.raises(BadPack):
            guarded(text, "policy")


@pytest.mark.parametrize(("levels", "taken"), [(DEEPEST, True), (DEEPEST + 1, False)])
def test_nesting_has_a_deepest_level(levels, taken):
    text = b"[" * levels + b"]" * levels
    if taken:
        assert guarded(text, "policy")
    else:
        with pytest.raises(BadPack):
            guarded(text, "policy")


def test_text_of_figures_is_no_number():
    assert guarded(b"phone: '01686 610000 01686 610000'\nword: a:1:1", "policy") == {
        "phone": "01686 610000 01686 610000", "word": "a:1:1",
    }  # fmt: skip
