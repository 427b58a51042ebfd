"""A family that hides and never says *refuge* goes the way of those that do."""

from schoolgate.triage import tells_now, triage
from schoolgate.triage.lists import HIDING
from tests.triage.hiding_unsaid import HARMLESS, HIDES


def hides(text):
    return any(each.kind == HIDING for each in triage(text).why)


def test_who_is_not_to_be_known_of_is_found_and_other_secrets_are_not():
    """Before the rule 5 of 24 were found, and none of 23 harmless ones."""
    missed = [text for text in HIDES if not hides(text)]
    held = [text for text in HARMLESS if hides(text)]
    print(f"hiding: {len(HIDES) - len(missed)} of {len(HIDES)}; harmless: {len(held)} of {len(HARMLESS)}")
    assert len(missed) <= 1, missed
    assert held == []
    assert all(
        tells_now((each.lane, each.kind) for each in triage(text).why) for text in HIDES if hides(text)
    )
