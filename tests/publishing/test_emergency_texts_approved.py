"""An emergency text is approved as it was shown, by a person other than its writer."""

# ruff: noqa: F811 - the fixtures are those of test_emergency_texts

from __future__ import annotations

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.models import Safeguarder
from schoolgate.duties.models import Duty
from schoolgate.people.models import Person
from schoolgate.publishing import ready
from schoolgate.publishing.emergency import approve_text, ask_for_text, return_text
from schoolgate.publishing.ready import keep_text
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from tests.publishing.conftest import ANSWERS
from tests.publishing.test_emergency_texts import (  # noqa: F401 - fixtures
    WORDS,
    approve,
    beginning,
    parts,
    send,
    waiting,
)


def test_its_writer_cannot_approve_it_nor_a_person_without_that_right(cast, parts, waiting, at):
    seen = ready.seen_of(ready.newest(waiting))

    with pytest.raises(NotAllowed, match="other than its writer"):
        approve_text(by=cast.amina, at=at, text=waiting, seen=seen)
    with pytest.raises(NotAllowed):
        approve_text(by=parts.olga, at=at, text=waiting, seen=seen)


def test_only_what_was_shown_is_approved(cast, waiting, at):
    with pytest.raises(NotNow, match="changed since you opened"):
        approve_text(by=cast.ben, at=at, text=waiting, seen="0" * 64)


def test_it_is_given_back_with_a_reason_and_comes_again(cast, waiting, at):
    with pytest.raises(BadInput):
        return_text(by=cast.ben, at=at, text=waiting, reason=" ")
    return_text(by=cast.ben, at=at, text=waiting, reason="Say when it opens again.")

    now = ready.newest(ready.read_text(waiting.pk))
    assert (now.state, now.returned_because) == ("draft", "Say when it opens again.")
    assert not Duty.objects.filter(kind="readytext.approve", state="open").exists()


def test_an_answer_that_is_missing_is_asked_for_before_anyone_approves_it(cast, parts, at):
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **parts.content)

    with pytest.raises(BadInput) as refused:
        ask_for_text(by=cast.amina, at=at, text=text, answers={})

    assert set(refused.value.fields) == {"answers"}
    assert ready.newest(ready.read_text(text.pk)).state == "draft"


def test_what_the_policy_forbids_is_not_sent_for_approval(cast, parts, at):
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **parts.content)

    with pytest.raises((Refused, BadInput)):
        ask_for_text(by=cast.amina, at=at, text=text, answers={**ANSWERS, "suitable_for_children": False})


def test_what_may_be_a_pupils_name_is_changed_before_anyone_approves_it(cast, parts, at):
    """Nobody asks about it in the minute of an emergency."""
    Pupil.objects.create(school=cast.school, key="O1", first_name="Osian", last_name="Prydderch", form="4B")
    content = {**parts.content, "english": "Closed. O. Prydderch is safe at {school}."}
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **content)

    with pytest.raises(BadInput) as refused:
        ask_for_text(by=cast.amina, at=at, text=text, answers=ANSWERS)

    assert "“O. Prydderch” may be a pupil’s name" in str(refused.value.fields["english"])


@pytest.mark.parametrize(
    "words", ["If you need help message Mr Ellery on Snapchat.", "Mr Ellery keeps secrets."]
)
def test_what_may_draw_a_child_aside_is_approved_by_no_one(cast, parts, at, words):
    content = {**parts.content, "english": f"{{school}} is closed. {words}"}
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **content)
    with pytest.raises(BadInput) as refused:
        ask_for_text(by=cast.amina, at=at, text=text, answers=ANSWERS)
    assert "can’t be in an emergency text" in str(refused.value.fields)
    assert "safeguarding lead can allow it" in str(refused.value.fields)


def test_a_text_that_names_a_pupil_is_refused_with_the_words_and_what_to_do(cast, parts, at):
    """For a missing child at night the page would else be a dead end."""
    osian = Pupil.objects.create(
        school=cast.school, key="O1", first_name="Osian", last_name="Prydderch", form="4B"
    )
    content = {**parts.content, "english": "{school}: please help us find Osian Prydderch in 4B."}
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **content)

    def told() -> str:
        with pytest.raises(BadInput) as refused:
            ask_for_text(by=cast.amina, at=at, text=ready.read_text(text.pk), answers=ANSWERS)
        return str(refused.value.fields["english"])

    assert "“Osian Prydderch” can’t be in an emergency text" in told()
    assert "there you can say why it may stay" in told()
    lead = Person.objects.get(pk=Safeguarder.objects.get().person_id)
    keep_off(by=lead, at=at, pupil=osian, why="An order of the court.")
    assert "“Osian Prydderch” can’t be in an emergency text" in told()
    assert "there a safeguarding lead can allow it" in told()


def test_an_emergency_text_that_is_too_long_for_a_network_is_refused_before_approval(cast, parts, at):
    content = {**parts.content, "english": "Closed. " * 100}
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **content)

    with pytest.raises(BadInput) as refused:
        ask_for_text(by=cast.amina, at=at, text=text, answers=ANSWERS)

    assert "allows up to 300" in str(refused.value.fields["english"])


LOST = "A boy of 7 in a red coat was last seen by the lake. Ring 999."


@pytest.mark.parametrize(
    "words",
    [
        LOST,
        "Our little one has run off: blond hair, near the bus stop.",
        "Where is he? Stripy top, bare feet.",
        "Please help find a nervous seven year old.",
        "A pupil is in hospital after the crash.",
        "Mae bachgen 8 oed ar goll, siaced las.",
        "Does neb wedi gweld y ferch ers cinio.",
    ],
)
def test_what_tells_of_one_child_goes_with_a_written_reason_alone(cast, parts, at, words):
    """It was asked of no one: an emergency text's hints had no door."""
    content = parts.content | {"english": words}
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **content)

    def ask():
        return ask_for_text(by=cast.amina, at=at, text=ready.read_text(text.pk), answers=ANSWERS)

    with pytest.raises(WordsHeld) as held:
        ask()
    assert {
        one.needs_reason for one in held.value.held if one.kind in ("clue", "health", "place", "told")
    } == {True}
    with answering({one.key: Said("right") for one in held.value.held}), pytest.raises(WordsHeld):
        ask()
    with answering({one.key: Said("right", "The police asked us to.") for one in held.value.held}):
        ask()
    waits = ready.read_text(text.pk)
    approve_text(by=cast.ben, at=at, text=waits, seen=ready.seen_of(ready.newest(waits)))
    assert ready.newest(ready.read_text(text.pk)).state == "approved"


@pytest.mark.parametrize(
    "words",
    [
        "{school} is closed on {date}. Your child can be collected from the hall.",
        "We evacuated the building. Every pupil is safe. Each child was counted.",
        "Mae {school} ar gau. Mae pob plentyn yn ddiogel.",
    ],
)
def test_what_is_about_everyone_is_not_asked_about(cast, parts, at, words):
    content = parts.content | {"english": words}
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **content)
    ask_for_text(by=cast.amina, at=at, text=text, answers=ANSWERS)
