"""`docs/guarantees.md` names places and tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/guarantees.md").read_text("utf-8")


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
    told = {int(number) for number in re.findall(r"^(\d+)\. \*\*", TEXT, re.MULTILINE)}
    rows = re.findall(r"^\| ([\d, ]+) \|", TEXT, re.MULTILINE)
    kept = {int(number) for row in rows for number in row.split(",")}
    assert told == set(range(1, 17))
    assert told - kept == set(), "say where it is kept"
