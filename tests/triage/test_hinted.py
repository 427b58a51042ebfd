"""Comments that hint at danger in no alarming words are read first by a lead, where they're found; lookalikes
wake no one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from schoolgate.triage import URGENT, tells_now, triage

LINES = Path(__file__).with_name("hinted.tsv")
FROZEN = "dc28bdaa4e06b779ae6e8ee7b7e9520ff0f5d67f8c3b138a5282535dbc3c2193"


def parts() -> dict[str, list[tuple[bool, str, str]]]:
    found: dict[str, list[tuple[bool, str, str]]] = {}
    name = ""
    for line in LINES.read_text("utf-8").splitlines():
        if line.startswith("# == "):
            name = line.removeprefix("# == ")
        elif line[0] != "#":
            mark, tongue, text = line.split("\t")
            found.setdefault(name, []).append((mark == "!", tongue, text))
    return found


def read_first(text: str) -> bool:
    return triage(text).lane in URGENT


def test_hints_that_lists_and_model_were_made_with_and_those_they_never_saw():
    assert hashlib.sha256(LINES.read_bytes()).hexdigest() == FROZEN
    found = {
        (name, tongue): (
            sum(read_first(text) for hints, spoken, text in rows if hints and spoken == tongue),
            sum(read_first(text) for hints, spoken, text in rows if not hints and spoken == tongue),
        )
        for name, rows in parts().items()
        for tongue in ("en", "cy")
    }
    assert found == {
        ("before", "en"): (20, 1), ("before", "cy"): (10, 2),
        ("after", "en"): (10, 1), ("after", "cy"): (4, 0),
    }  # fmt: skip


def test_no_harmless_one_wakes_anyone():
    woken = [
        text
        for rows in parts().values()
        for hints, _tongue, text in rows
        if not hints and tells_now((each.lane, each.kind) for each in triage(text).why)
    ]
    assert woken == []


def test_what_only_hints_waits_for_the_morning_and_the_same_with_praise_is_no_hint():
    hint = triage("a man sits on the bench by the gate every afternoon")
    assert [each.kind for each in hint.why if each.lane in URGENT] == ["learned"]
    assert not tells_now((each.lane, each.kind) for each in hint.why)
    assert not read_first("our lollipop man stands by the gate every morning, bless him")
