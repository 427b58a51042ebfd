"""The build fails when a control's answers change without a new version of the control."""

import copy

from tests.rulebook.recording import answers, changed_without_a_new_version, recorded


def test_no_control_answers_differently_without_a_new_version():
    assert changed_without_a_new_version(recorded(), answers()) == []


def test_what_is_recorded_is_complete():
    assert recorded() == answers(), "python -m tests.rulebook.recording writes it anew"


def test_a_changed_answer_is_noticed_until_the_version_is_raised():
    now = copy.deepcopy(recorded())
    case = next(iter(now["post.approval"]["cases"]))
    now["post.approval"]["cases"][case] = "another"
    assert changed_without_a_new_version(recorded(), now) == ["post.approval"]
    now["post.approval"]["version"] += 1
    assert changed_without_a_new_version(recorded(), now) == []


def test_every_control_is_put_to_a_case():
    assert [key for key, one in answers().items() if not one["cases"]] == []
