"""The strongest danger that is really in the words names the reason."""

import pytest

from schoolgate.inbox.dangers import REASONS, dangers_in
from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import note_accuses
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


AT_HER_OLD_SCHOOL = (
    "So pleased to see little M looking settled! Everyone at her old school in Frome misses her, we weren't "
    "told where she'd gone x"
)


def test_a_sign_of_danger_is_called_that_and_no_adult_is_said_to_have_done_what_no_word_tells():
    ranked = triage(AT_HER_OLD_SCHOOL)
    why = [[each.lane, each.kind, each.start, each.end] for each in ranked.why]
    item = Item(lane=ranked.lane, rank=ranked.rank, why=why)
    assert note_accuses(item, AT_HER_OLD_SCHOOL), "a lead alone reads it all the same"
    assert list(map(str, dangers_in(item.why))) == [
        "it reads like a sign of danger", "it may be about a colleague"
    ]  # fmt: skip


def test_a_weaker_danger_in_other_words_is_told_too():
    assert said("They bully me every day and he has a knife in his bag")[0] == REASONS[Lane.DANGER, "weapon"]
    assert REASONS[Lane.DANGER, "self_harm"] in said("i took an od last night")
