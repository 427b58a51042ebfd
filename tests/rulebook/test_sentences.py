"""Every key that a control can speak has its sentence, and every sentence has what it needs."""

from schoolgate.rulebook import SITUATIONS, book, books, lint
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.lint import unspeakable, without_words
from schoolgate.rulebook.messages import NAMED_TWICE, POINTS, in_english
from schoolgate.rulebook.situations.base import Situation
from tests.policies.scenarios import all_scenarios, ask


def test_every_finding_of_every_scenario_can_be_said():
    for scenario in all_scenarios():
        under = book(scenario.policy)
        decided = ask(scenario, under)
        assert list(unspeakable(decided, {role.name for role in under.roles})) == [], scenario
        assert not [one for one in decided.findings if "{" in in_english(one.message, one.args)]


def test_every_key_in_the_controls_has_its_words():
    roles = {role.name for key in books() for role in book(key).roles}
    points = [point for situation in SITUATIONS.values() for point in situation.points]
    assert without_words(CONTROLS, points, roles) == []


def test_no_key_has_two_texts():
    assert NAMED_TWICE == []


def test_a_key_without_words_is_found(monkeypatch):
    monkeypatch.setattr(lint, "SENTENCES", {"post.doubt": "x"})
    lint._of_module.cache_clear()
    found = lint.without_words(["text.marked"], ["approval", "no such point"], set())
    lint._of_module.cache_clear()
    assert "point no such point: has no words" in found
    assert [one for one in found if one.startswith("controls/posts_text: message text.")]


def test_what_has_its_welsh_is_read_from_the_parts():
    assert "This is as the policy requires." in lint.welsh()
    assert "This is as nobody asks." not in lint.welsh()


def test_every_point_has_a_label():
    points = {point for situation in SITUATIONS.values() for point in situation.points}
    assert points == set(POINTS)


def test_every_situation_has_a_schema_and_a_title():
    for situation in SITUATIONS.values():
        assert isinstance(situation, Situation)
        printed = situation.to_json()
        assert printed["facts"]["additionalProperties"] is False
        assert printed["title"]
