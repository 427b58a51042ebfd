"""The table of ASVS 5 (docs/security-asvs.md): each requirement once, each with an answer, and the tests that
it names are there."""

import re

import pytest

from tests.gates.files import ROOT, expect_none

PAGE = ROOT / "docs/security-asvs.md"
ANSWERS = {"met", "not met", "doesn’t apply"}
ROW = re.compile(r"^\| (\d+(?:\.\d+)+) \| ([12]) \| (.*?) \| (.*?) \| (.*) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PROOF = re.compile(rf"{NAMED.pattern}|\]\(|No test")
SECTIONS = """
1.1: 2  1.2: 9  1.3: 11  1.4: 3  1.5: 2  2.1: 3  2.2: 3  2.3: 4  2.4: 1  3.2: 2  3.3: 4  3.4: 6  3.5: 5
3.7: 2  4.1: 3  4.2: 1  4.3: 2  4.4: 4  5.1: 1  5.2: 3  5.3: 2  5.4: 3  6.1: 3  6.2: 12  6.3: 4  6.4: 4
6.5: 5  6.6: 3  6.8: 4  7.1: 3  7.2: 4  7.3: 2  7.4: 5  7.5: 2  7.6: 2  8.1: 2  8.2: 3  8.3: 1  8.4: 1
9.1: 3  9.2: 4  10.1: 2  10.2: 2  10.3: 4  10.4: 11  10.5: 5  10.6: 2  10.7: 3  11.1: 2  11.2: 3
11.3: 3  11.4: 4  11.5: 1  11.6: 1  12.1: 3  12.2: 2  12.3: 4  13.1: 1  13.2: 5  13.3: 2  13.4: 5
14.1: 2  14.2: 4  14.3: 3  15.1: 3  15.2: 3  15.3: 7  16.1: 1  16.2: 5  16.3: 4  16.4: 3  16.5: 3
17.1: 1  17.2: 4  17.3: 2
"""
"""How many requirements of levels 1 and 2 each section of version 5.0.0 has; they are its first ones."""


def wanted() -> list[str]:
    counted = re.findall(r"([\d.]+): (\d+)", SECTIONS)
    return [f"{section}.{number}" for section, count in counted for number in range(1, int(count) + 1)]


def missing_tests(text: str) -> list[str]:
    """The tests that the text names and that aren't there."""
    missing = []
    for file, name in sorted(set(NAMED.findall(text))):
        path = ROOT / file
        if not path.is_file() or not re.search(rf"^(?:async )?def {name}\(", path.read_text(), re.MULTILINE):
            missing.append(f"{file}::{name}")
    return missing


def test_each_requirement_has_one_row_with_an_answer_and_its_test_or_reason():
    rows = ROW.findall(PAGE.read_text())
    assert [number for number, *_rest in rows] == wanted(), "Each number once, in order."
    assert {answer for _number, _level, _asked, answer, _why in rows} <= ANSWERS
    assert [number for number, _level, asked, _answer, why in rows if len(asked) < 3 or len(why) < 5] == []
    unproven = [row[0] for row in rows if row[3] == "met" and not PROOF.search(row[4])]
    expect_none(unproven, "Name its test, or link to where it's written, or say why there is *No test*.")


def test_every_test_that_the_table_names_is_there():
    expect_none(missing_tests(PAGE.read_text()), "Name the test that holds it now, or say *not met* and why.")


def test_the_head_of_the_page_counts_its_rows():
    text = PAGE.read_text()
    counts = {each: sum(row[3] == each for row in ROW.findall(text)) for each in ANSWERS}
    assert f"Of {len(wanted())} {counts['met']} are met, {counts['not met']} not" in text
    assert f"{counts['doesn’t apply']} don’t apply" in text


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("test_asvs.py::test_a_test_that_has_gone_is_found", []),
        ("test_asvs.py::test_gone", ["tests/gates/test_asvs.py::test_gone"]),
        ("gone.py::test_a", ["tests/gates/gone.py::test_a"]),
    ],
)
def test_a_test_that_has_gone_is_found(named, found):
    assert missing_tests(f"| 1.1.1 | `tests/gates/{named}` |") == found
