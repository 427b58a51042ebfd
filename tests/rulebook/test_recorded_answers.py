"""The build fails when a control's answers change without a new version of the control."""

import copy

from schoolgate.rulebook.controls.base import forbids, met
from tests.rulebook.recording import answers, changed_without_a_new_version, in_words, recorded


def test_no_control_answers_differently_without_a_new_version():
    assert changed_without_a_new_version(recorded(), answers()) == []


def test_what_is_recorded_is_complete():
    assert recorded() == answers(), "python -m tests.policies.prove writes it anew"


def test_a_changed_answer_is_noticed_until_the_version_is_raised():
    now = copy.deepcopy(recorded())
    version, cases = now["text.marked"]
    cases[next(iter(cases))] = "else"
    assert changed_without_a_new_version(recorded(), now) == ["text.marked"]
    now["text.marked"] = (version + 1, cases)
    assert changed_without_a_new_version(recorded(), now) == []


def test_every_control_is_put_to_a_case():
    assert [key for key, (_, cases) in answers().items() if not cases] == []


def test_what_is_as_always_is_no_part_of_an_answer():
    assert in_words(met()) == "[('kind', <Kind.MET: 'met'>), ('message', 'kernel.met'), ('args', [])]"
    assert in_words(forbids("a", b=1)) != in_words(forbids("a", b=2))
    assert "turns" in in_words(forbids("a", turns=False))
    assert "people[1]" in in_words(forbids("a", "people[1]"))
