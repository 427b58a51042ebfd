"""Comments of danger come first; harmless ones with the same words seldom do."""

import pytest

from schoolgate.triage import Lane, triage
from tests.triage import examples
from tests.triage.examples import Example, danger, harmless

URGENT = {Lane.DANGER, Lane.THREAT}


def found(rows: list[Example]) -> list[Example]:
    return [each for each in rows if triage(each.text).lane in URGENT]


def test_the_half_that_was_written_first_is_frozen(tmp_path, monkeypatch):
    for name in examples.FROZEN:
        (tmp_path / name).write_text((examples.HERE / name).read_text() + "abuse | en | one more\n")
    monkeypatch.setattr(examples, "HERE", tmp_path)
    with pytest.raises(ValueError, match="frozen"):
        danger("unseen")
    with pytest.raises(ValueError, match="frozen"):
        harmless("unseen")


@pytest.mark.parametrize("half", ["unseen", "seen"])
def test_each_half_is_large_enough_and_has_welsh(half):
    rows = danger(half)
    assert len(rows) >= 150
    assert len(harmless(half)) >= 150
    assert sum(each.language != "en" for each in rows) / len(rows) >= 0.24
    texts = [each.text.casefold() for each in (*danger("unseen"), *danger("seen"))]
    assert len(set(texts)) == len(texts)


def test_at_least_98_of_100_comments_of_danger_come_first():
    rows = [*danger("unseen"), *danger("seen")]
    assert len(rows) >= 300
    assert len(found(rows)) / len(rows) >= 0.98


def test_the_half_that_the_lists_were_not_made_with_is_found_nearly_as_well():
    rows = danger("unseen")
    assert len(found(rows)) / len(rows) >= 0.975


@pytest.mark.parametrize("language", ["en", "cy", "mixed"])
def test_no_language_is_left_behind(language):
    rows = [each for half in ("unseen", "seen") for each in danger(half) if each.language == language]
    assert len(found(rows)) / len(rows) >= 0.95


def test_few_harmless_comments_with_the_same_words_come_first():
    rows = [*harmless("unseen"), *harmless("seen")]
    wrong = found(rows)
    right = found([*danger("unseen"), *danger("seen")])
    assert len(right) / (len(right) + len(wrong)) >= 0.97


@pytest.mark.parametrize(
    "text",
    [
        "I WANT TO KILL MYSELF",
        "i  want\nto   k1ll myself",
        "i wаnt to kіll myself",
        "<b>i want</b> to <i>kill</i> myself",
        "i don&#39;t want to live",
        "i w\u200bant to d\u200bie",
        "I want to k*ll myself",
        "i wannnnnt to dieeeee",
        "k m s",
        "i want to kill my\u0301s\u0308elf",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "\u202ei want to die\u202c",
        "great day! i want to die",
        "Dwi'n isio marw",
    ],
)
def test_danger_is_found_however_it_is_written(text):
    assert triage(text).lane is Lane.DANGER


def test_danger_at_the_end_of_a_very_long_comment_is_found():
    ranked = triage("lovely day at the fair. " * 40_000 + "i want to die")
    assert ranked.lane is Lane.DANGER
    assert not ranked.whole


def test_the_reason_has_the_words_where_they_stand_in_the_comment():
    text = "Hi <b>all</b>, my dad  hits me when he's drunk"
    reason = triage(text).why[0]
    assert (reason.lane, reason.kind) == (Lane.DANGER, "abuse")
    assert text[reason.start : reason.end] == reason.words
    assert "hits me" in reason.words
