"""Comments that hint at danger in no alarming words are read first by a lead, where they're found; lookalikes
wake no one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

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
        ("before", "en"): (20, 2), ("before", "cy"): (10, 2),
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


def kinds(text: str) -> set[str]:
    return {each.kind for each in triage(text).why if each.lane in URGENT}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a man sits on the bench by the gate every afternoon", "stalked"),
        ("there's a van by the gate most afternoons, the driver knows the kids by name", "stalked"),
        ("Mae o'n disgwyl amdani wrth y giât bob dydd", "stalked"),
        ("i wear my jumper in pe so no one sees", "self_harm"),
        ("i lock my door when he stays over but the key's gone now", "home"),
        ("she sleeps in the bath because the lock works", "home"),
        ("Bring it in your PE bag tomorrow and they'll soon stop laughing", "weapon"),
    ],
)
def test_what_can_hurt_a_child_today_tells_at_once_in_no_alarming_words_too(text, kind):
    assert kind in kinds(text)
    assert tells_now((each.lane, each.kind) for each in triage(text).why)


@pytest.mark.parametrize(
    ("told", "beside"),
    [
        ("he waits at the gate every day and knows the girls by name", " he says he loves them"),
        ("he waits at the gate every day and knows the girls by name", " and lets them stroke his dog"),
        ("she wears her hoodie so no one sees", " under it, even on the bus"),
        ("we have to ask before we open the fridge", ", i feed the dog first"),
        ("my dinner is my only proper meal", " and then theres the match"),
        ("i hide in the wardrobe when dad comes in drunk", " lol"),
    ],
)
def test_a_kind_word_beside_it_clears_nothing(told, beside):
    """*Them*, *dog*, *bus*, *match* or *lol* anywhere took a hint, or a sign, away altogether."""
    assert read_first(told)
    assert read_first(told + beside)


def test_what_only_hints_waits_for_the_morning_unless_it_says_that_someone_is_there():
    hint = "does anyone else have to ask before they open the fridge"
    assert kinds(hint) == {"learned"}
    assert not tells_now((each.lane, each.kind) for each in triage(hint).why)
    assert kinds(f"{hint}, hes on his way") == {"learned", "at_hand"}
    assert tells_now((each.lane, each.kind) for each in triage(f"{hint}, hes on his way").why)
    assert not read_first("our lollipop man stands by the gate every morning, bless him")


def test_who_asks_after_a_child_and_says_that_they_are_there_tells_at_once():
    asks = "which door does 5A come out of on fridays"
    assert not tells_now((each.lane, each.kind) for each in triage(asks).why)
    assert tells_now((each.lane, each.kind) for each in triage(f"{asks}? I'm waiting at the gate").why)
