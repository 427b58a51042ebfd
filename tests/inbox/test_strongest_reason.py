"""The strongest danger that is really in the words names the reason."""

import pytest

from schoolgate.inbox.dangers import REASONS, dangers_in
from schoolgate.triage import Lane, triage


def said(text):
    return dangers_in([[each.lane, each.kind, each.start, each.end] for each in triage(text).why])


@pytest.mark.parametrize("text", [
    "he keeps a blade in his locker", "there is a blade in a locker in year 9", "got the kitchen 1 in my bag",
    "🔪 Jack tomorrow", "🔪 Jac fory",
])  # fmt: skip
def test_a_weapon_is_called_one(text):
    assert said(text)[0] == REASONS[Lane.DANGER, "weapon"]
    assert REASONS[Lane.DANGER, "bullying"] not in said(text)


@pytest.mark.parametrize(
    "text", ["mae o’n od", "Tydi hynna’n od", "Geth yn od efo’r hogia bach", "🔪🎂 tomorrow"]
)
def test_what_only_looks_like_another_danger_gives_no_reason(text):
    assert REASONS[Lane.DANGER, "self_harm"] not in said(text)
    assert REASONS[Lane.DANGER, "weapon"] not in said(text)


def test_a_weaker_danger_in_other_words_is_told_too():
    assert said("They bully me every day and he has a knife in his bag")[0] == REASONS[Lane.DANGER, "weapon"]
    assert REASONS[Lane.DANGER, "self_harm"] in said("i took an od last night")
