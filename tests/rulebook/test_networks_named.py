"""A network is one word, whatever people call it: in what is asked, and in what a rule compares."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schoolgate.rulebook.adviser import ENTRIES, Situated
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.kinds import Enforce, Modality, Outcome
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed
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


def test_a_reply_can_be_forbidden_on_one_network_and_the_question_about_replies_asks_which():
    says = "The school does not reply to comments on Twitter."
    clause = Clause("a", "4", says, Modality.MUST_NOT, "staff", "comments", Enforce.GUIDE, {})
    rule = {"clauses": ["a"], "ask": "item.answer", "point": "courtesy", "forbid": {"network": "X (Twitter)"}}
    own = book_of(changed(replace(blank_pack("Bryn"), clauses={"a": clause}), Changes(rules={"a": (rule,)})))
    for network, outcome in (
        ("twitter", Outcome.NOT_PERMITTED), ("facebook", Outcome.PERMITTED), (None, Outcome.HOLD),
    ):  # fmt: skip
        assert decide(own, "item.answer", {"network": network}).points["courtesy"] is outcome, network
    asked = Situated(ENTRIES["answer-comment"], datetime(2027, 1, 18, 9, tzinfo=UTC))
    leaf = next(one for one in asked.leaves if one.path == "network")
    assert {*leaf.choices} == {*NETWORKS}
