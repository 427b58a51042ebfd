"""Every key that a control can speak has its sentence, and every sentence has what it needs."""

import re
from pathlib import Path
from string import Formatter

from schoolgate.rulebook import SITUATIONS, book
from schoolgate.rulebook.messages import NEEDS, POINTS, SENTENCES, SOURCES, in_english
from schoolgate.rulebook.situations.base import Situation
from tests.policies.scenarios import all_scenarios, ask

CONTROLS = Path(__file__).parents[2] / "schoolgate" / "rulebook" / "controls"


def test_every_finding_of_every_scenario_can_be_said():
    for scenario in all_scenarios():
        decided, under = ask(scenario, book(scenario.policy)), book(scenario.policy)
        for finding in decided.findings:
            names = {name for _, name, _, _ in Formatter().parse(SENTENCES[finding.message]) if name}
            assert names <= set(finding.args), finding
            assert "{" not in in_english(finding.message, finding.args)
            for need in finding.needs:
                assert need.what in NEEDS, need
                assert need.source in SOURCES or need.source in {role.name for role in under.roles}, need
        for duty in decided.duties:
            assert duty.what in NEEDS
            assert duty.who in SOURCES or duty.who in {role.name for role in under.roles}


def test_every_message_key_in_the_controls_has_a_sentence():
    said = re.compile(r"(?:met|forbids|requires|refers|permits|advises|breached)\(\s*\"([^\"]+)\"")
    keys = {key for path in CONTROLS.glob("*.py") for key in said.findall(path.read_text("utf-8"))}
    assert {key for key in keys if key not in SENTENCES} == set()


def test_every_need_in_the_controls_has_its_words():
    wanted = re.compile(r"(?:Need|unknown)\(\s*\"([^\"]+)\"")
    keys = {key for path in CONTROLS.glob("*.py") for key in wanted.findall(path.read_text("utf-8"))}
    assert {key for key in keys if key not in NEEDS} == set()


def test_every_point_has_a_label():
    points = {point for situation in SITUATIONS.values() for point in situation.points}
    assert points == set(POINTS)


def test_every_situation_has_a_schema_and_a_title():
    for situation in SITUATIONS.values():
        assert isinstance(situation, Situation)
        printed = situation.to_json()
        assert printed["facts"]["additionalProperties"] is False
        assert printed["title"]
