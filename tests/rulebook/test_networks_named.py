"""A network is one word, whatever people call it: in what is asked, and in what a rule compares."""

from pathlib import Path

import pytest

from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.offered import about, lists_in, ruled_on
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.networks import NETWORKS, network_named
from schoolgate.rulebook.yaml_text import plain

OF_NETWORKS = ("network", "platform", "platform_name", "comparable_to", "is_like")
KNOWN = Path(__file__).parents[2] / "schoolgate" / "networks" / "capabilities.yaml"


@pytest.mark.parametrize(
    ("typed", "known_as"),
    [("TikTok", "tiktok"), ("X (Twitter)", "x"), ("twitter", "x"), ("Microsoft Teams", "microsoftteams"),
     ("Friend Face", "friendface"), ("!?", "!?")],
)  # fmt: skip
def test_whatever_people_call_it_a_network_is_one_word(typed, known_as):
    assert network_named(typed) == known_as


def test_every_network_of_the_program_is_offered_by_its_word_and_known_by_its_name():
    networks = plain(KNOWN.read_bytes(), "capabilities")["networks"]
    assert networks
    assert {network_named(one["name"]) for one in networks.values()} == {*networks} <= {*NETWORKS}


def test_a_condition_with_the_policys_own_spelling_meets_the_network_that_was_chosen():
    whole, facts = about("account.decide"), SITUATIONS["account.decide"].facts
    for fact in ("platform", "platform_name"):
        never = compiled({fact: {"any_of": ["TikTok", "Snapchat", "X (Twitter)"]}}, whole.scope)
        for chosen, met in (("tiktok", True), ("TikTok", True), ("x", True), ("facebook", False)):
            case = facts.model_validate({"platform": chosen})
            assert never(case, case) is met, (fact, chosen)


def test_no_form_asks_for_a_network_in_free_text():
    for key in ruled_on():
        whole = about(key)
        for here in (whole, *map(whole.inside, lists_in(key))):
            for path, one in here.facts.items():
                if path.rpartition(".")[2] in OF_NETWORKS:
                    assert one.choices, (key, path)
