"""A threat to someone by name, or a weapon brought along, comes first; what has the same words doesn't."""

from schoolgate.triage import Lane, triage
from tests.triage.threats_named import HARMLESS, THREATS

FIRST = {Lane.DANGER, Lane.THREAT}
MISSED = {"im bringing a hammer for liam"}


def test_a_threat_to_someone_by_name_and_a_weapon_brought_along_come_first():
    assert {text for text in THREATS if triage(text).lane not in FIRST} == MISSED


def test_what_only_has_the_words_of_a_threat_waits_like_others():
    assert [text for text in HARMLESS if triage(text).lane in FIRST] == []
