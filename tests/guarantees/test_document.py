"""`docs/guarantees.md` says sixteen things; `guarantees-in-full.md` names places and tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
IN_SHORT = (ROOT / "docs/guarantees.md").read_text("utf-8")
TEXT = (ROOT / "docs/guarantees-in-full.md").read_text("utf-8")
SENTENCE = re.compile(r"^(\d+)\. \*\*(.+?)\*\*", re.MULTILINE)
A_SCREEN = 60


def test_every_place_and_test_that_it_names_is_there():
    named = re.findall(r"`((?:schoolgate|tests)/[^`]+)`(?: `(\w+)`)?", TEXT)
    assert len(named) > 25
    wrong = [path for path, _name in named if not (ROOT / path).exists()]
    for path, name in named:
        if name and (ROOT / path).is_file():
            text = (ROOT / path).read_text("utf-8")
            if not re.search(rf"^(?:def|class|async def) {name}\b", text, re.MULTILINE):
                wrong.append(f"{path} {name}")
    assert wrong == []


def test_all_sixteen_stand_there_and_each_is_kept_somewhere():
    told = {int(number) for number, _said in SENTENCE.findall(TEXT)}
    rows = re.findall(r"^\| ([\d, ]+) \|", TEXT, re.MULTILINE)
    kept = {int(number) for row in rows for number in row.split(",")}
    assert told == set(range(1, 17))
    assert told - kept == set(), "say where it is kept"


def test_a_head_reads_the_same_sixteen_on_one_screen():
    assert SENTENCE.findall(IN_SHORT) == SENTENCE.findall(TEXT)
    assert len(IN_SHORT.splitlines()) <= A_SCREEN
