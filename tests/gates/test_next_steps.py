"""Every error says what to do next: by a next step of its own, or in its own words, judged one by one."""

import pytest

from schoolgate.core.errors import NotFound, Refused
from tests.gates.files import expect_none
from tests.gates.next_steps import (
    REASONS,
    Said,
    all_judged,
    errors_without_step,
    field_sentences,
    found,
    judged,
    module,
)

HOW = "Give it a next step, or judge it and put it into tests/gates/next_steps.yaml under its reason."


@pytest.mark.parametrize("kind", ["states", "fields", "commands"])
def test_no_error_leaves_its_reader_without_a_next_step(kind):
    known = set(all_judged(kind))
    expect_none(
        [f"{said.place}: {said.sentence!r}" for said in found(kind) if said.sentence not in known], HOW
    )


@pytest.mark.parametrize("kind", ["states", "fields", "commands"])
def test_nothing_is_excepted_that_is_said_no_more(kind):
    said = {each.sentence for each in found(kind)}
    gone = [sentence for sentence in all_judged(kind) if sentence not in said]
    expect_none(gone, f"Nothing says it any more: take it out of {kind} in tests/gates/next_steps.yaml.")


def test_each_exception_has_one_of_the_reasons_and_stands_once():
    for kind, by_reason in judged().items():
        assert (kind, set(by_reason) - set(REASONS)) == (kind, set())
        assert (kind, len(all_judged(kind))) == (kind, len(set(all_judged(kind))))


def test_a_state_error_without_a_step_is_seen_and_one_with_a_step_is_not():
    there = module(
        'def go():\n    raise NotNow(_("It is over."))\n    raise NotNow(_("It is over."), "")\n'
        '    raise NotNow(_("It is over."), _("Open it again."))\n'
        '    raise NotAllowed(_("Not you."), next_step=_("Ask Bryn."))\n'
    )
    assert errors_without_step([there]) == [
        Said("It is over.", "m.py:2"),
        Said("It is over.", "m.py:3"),
    ]


def test_what_is_said_beside_a_field_is_seen_wherever_it_is_gathered():
    there = module(
        'def go():\n    wrong = {}\n    wrong["name"] = _("Too long by far.")\n    '
        'raise BadInput({"day": _("Choose a date.")} | wrong)\ndef other():\n    '
        'wrong["name"] = _("No error here.")\n'
    )
    sentences = [said.sentence for said in field_sentences([there])]
    assert sorted(sentences) == ["Choose a date.", "Too long by far."]


def test_a_refusal_and_what_is_not_there_say_what_to_do_by_themselves(kept_refusal):
    assert (str(NotFound().next_step) != "", str(Refused(kept_refusal).next_step) != "") == (True, True)


def test_a_next_step_that_is_given_takes_the_place_of_the_general_one(kept_refusal):
    assert str(Refused(kept_refusal, "", "Ask the head.").next_step) == "Ask the head."
    assert str(NotFound("Gone.", "Ask the office.").next_step) == "Ask the office."


@pytest.fixture
def kept_refusal():
    class Kept:
        pk, subject, clauses = 1, "publishing.post:1", ()

        def write_again(self) -> None:
            """Nothing is kept here."""

    return Kept()
