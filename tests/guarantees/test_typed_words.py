"""What colleagues write in forms where no one looks for a concern is read as it's given to an action: a lead
is told, and it isn't stored where the person whom it may be about could read it. Every text that an action
can be given is read so, or says why not."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from inspect import signature
from types import SimpleNamespace
from typing import Any

import pytest

from schoolgate.accounts.models import FoundPage
from schoolgate.accounts.unofficial import note_found
from schoolgate.conduct.models import Removal
from schoolgate.core.actions import together
from schoolgate.core.errors import ToldLead
from schoolgate.core.models import School, Stop
from schoolgate.core.stops import stop
from schoolgate.core.tenancy import scope
from schoolgate.incidents.meant import meant_in
from schoolgate.incidents.models import Report, ReportState, StepKind
from schoolgate.people import outside
from schoolgate.people.outside import READ, read_typed, told_in_passing
from tests.guarantees import typed_lines as lines
from tests.guarantees.not_read import NOT_READ
from tests.guarantees.test_from_outside import at, sign_in, staffed
from tests.guarantees.typed_words import typed_words as every_text
from tests.incidents.conftest import whom
from tests.stories import rolled_back

__all__ = ["at", "sign_in", "staffed"]
A_FORM, TO_TOM = "accounts.deciding.decide_proposal", "conduct.leaving.tell_to_remove"
ACCUSES = "Tom Ellery has been arrested for touching a pupil"
TELLS = "A girl in 5A told us her uncle rapes her"
CALM = "Tom Ellery will keep a copy of the pictures for the archive"
FOUND_FALSELY = 3
"""Of the ordinary lines: those of which a lead is told although nothing is wrong. None of them is kept."""


def test_every_text_that_an_action_can_be_given_is_read_or_says_why_not():
    read = {f"{action}.{field}" for action, reads in READ.items() for field in reads.fields.split()}
    not_read = [name for names in NOT_READ.values() for name in names.split()]
    assert len(not_read) == len(set(not_read))
    there = every_text()
    judged = {name for name in there if any(name == one or name.startswith(f"{one}.") for one in read)}
    judged |= {f"{action}.**" for action in READ} & there
    assert sorted(there - judged - set(not_read)) == [], "read it in people.outside, or say why not"
    assert sorted(set(not_read) - there) == []
    assert sorted(judged & set(not_read)) == []


def test_what_is_read_is_given_to_an_action():
    for name, reads in READ.items():
        room, _dot, action = f"schoolgate.{name}".rpartition(".")
        takes = signature(getattr(import_module(room), action)).parameters
        anything = any(one.kind is one.VAR_KEYWORD for one in takes.values())
        firsts = {field.partition(".")[0] for field in reads.fields.split()}
        assert anything or firsts <= set(takes), name
        assert not reads.shown_to or reads.shown_to in takes, name


def test_a_text_is_found_wherever_an_action_takes_it():
    found = every_text()
    assert "core.stops.stop.reason" in found
    assert "inbox.messaging.write_message.written.reason" in found
    assert "inbox.forwarding.file_mail.mail.subject" in found


# --- What is found in them ----------------------------------------------------------------------------------


def _read(there: SimpleNamespace, at: Any, words: str, name: str = A_FORM) -> str:
    """Return what becomes of words in a form."""
    field = READ[name].fields
    try:
        given = read_typed(name, {"at": at, "by": there.mo, field: words, "person": there.tom})
    except ToldLead:
        return "kept"
    assert given[field] == words
    return "told" if told_in_passing() else "saved"


def test_what_tells_of_a_child_is_told_and_what_accuses_is_kept_and_ordinary_words_are_saved(
    staffed, at, monkeypatch
):
    monkeypatch.setattr(outside, "tell_leads", lambda found, at: None)
    with scope(staffed.federation.pk):
        for words in lines.CHILDREN:
            assert _read(staffed, at, words) == "told", words
        for words in lines.ABOUT_TOM:
            assert _read(staffed, at, words) == "kept", words
        for words in lines.TO_THE_ACCUSED:
            assert _read(staffed, at, words, TO_TOM) == "kept", words
        for words in lines.TAKE_DOWN_ORDINARY:
            assert _read(staffed, at, words, TO_TOM) == "saved", words
        ordinary = [_read(staffed, at, words) for words in lines.ORDINARY]
    assert ordinary.count("kept") == 0
    assert ordinary.count("told") <= FOUND_FALSELY


# --- What becomes of them -----------------------------------------------------------------------------------


def _found_page(
    there: SimpleNamespace, at: Any, whose: str, page: str = "north", by: Any = None
) -> FoundPage:
    address = f"https://www.facebook.com/{page}.mums"
    return note_found(
        by=by or there.mo, at=at, address=address, where=lambda _: "", whose=whose,
        school=School.objects.get(),
    )  # fmt: skip


def test_a_day_that_was_chosen_below_a_text_is_none_of_its_words():
    """*As we agreed*, and below it the day of a form: a lead was told of a meeting."""
    answers = {"aim": "As we agreed.", "go_live_date": "2028-02-23", "ending": "On 2028-02-23 it ends."}
    reads = outside.Reads(outside.ACCOUNT, "answers")
    assert outside._words_in(reads, {"answers": answers}) == {
        "answers": "As we agreed.\nOn 2028-02-23 it ends."
    }


def test_words_of_danger_are_told_to_a_lead_and_saved(staffed, at):
    with scope(staffed.federation.pk):
        _found_page(staffed, at, CALM)
        assert not Report.objects.exists()
        _found_page(staffed, at, TELLS, "west")
        assert "Dee Marlow" in whom(Report.objects.get())


def test_what_accuses_someone_here_is_not_saved_and_is_a_concern_once_however_often_it_is_sent(staffed, at):
    with scope(staffed.federation.pk):
        for _again in range(2):
            with pytest.raises(ToldLead) as told:
                _found_page(staffed, at, ACCUSES)
            assert set(told.value.fields) == {"whose"}
        assert not FoundPage.objects.exists()
        report = Report.objects.get()
        assert "Dee Marlow" in whom(report)
        assert staffed.tom.pk in meant_in(report)
        with pytest.raises(ToldLead), together(at=at):
            _found_page(staffed, at, f"{ACCUSES}.")
        assert Report.objects.get() == report  # also from within another action, which comes to nothing


def test_other_words_of_one_writer_in_one_place_are_added_and_later_or_elsewhere_are_their_own(staffed, at):
    minute = timedelta(minutes=1)
    with scope(staffed.federation.pk):
        _found_page(staffed, at, TELLS)
        report = Report.objects.get()
        assert staffed.tom.pk not in meant_in(report)
        with pytest.raises(ToldLead):
            _found_page(staffed, at + 5 * minute, f"{TELLS}. {ACCUSES}", "west")
        assert Report.objects.get() == report
        assert report.steps.filter(kind=StepKind.ADDED).count() == 1
        assert staffed.tom.pk in meant_in(report), "whom the later words name is kept out"
        with rolled_back():
            Report.objects.update(
                state=ReportState.CLOSED, taken_by=staffed.dee, taken_at=at, goes_up_at=None, goes_up_by=""
            )
            _found_page(staffed, at + 6 * minute, f"{TELLS}!", "west")
            assert Report.objects.count() == 2
        with rolled_back():
            _found_page(staffed, at + 120 * minute, TELLS, "west")
            assert Report.objects.count() == 2
        with rolled_back():
            stop(reason=TELLS, by=staffed.mo, at=at + 6 * minute)
            assert Report.objects.count() == 2
        _found_page(staffed, at + 6 * minute, TELLS, "west", by=staffed.dee)
        assert Report.objects.count() == 2, "another writer's"


def test_a_stop_cannot_wait_so_it_is_pressed_without_the_words(staffed, at):
    with scope(staffed.federation.pk):
        for words in (ACCUSES, TELLS):
            with rolled_back():
                assert stop(reason=words, by=staffed.mo, at=at).reason == "harm"
                assert "Dee Marlow" in whom(Report.objects.get())
        assert stop(reason="Snow", by=staffed.mo, at=at).reason == "Snow"
        assert Stop.objects.count() == 1
        assert not Report.objects.exists()


# --- On the pages -------------------------------------------------------------------------------------------


def test_the_page_of_a_stop_says_who_was_told_and_shows_the_words_to_no_one(staffed, at, sign_in):
    shown = sign_in(staffed.mo).post("/stop", {"reason": ACCUSES, "school": ""}, follow=True)
    assert shown.status_code == 200
    assert str(outside.WAS_TOLD) in shown.content.decode()
    for person in (staffed.mo, staffed.tom):
        assert "arrested" not in sign_in(person).get("/stop").content.decode()


def test_a_form_comes_back_with_the_words_and_the_way_to_a_concern(staffed, at, sign_in):
    words = lines.TO_THE_ACCUSED[0]
    page = f"/people/{staffed.tom.pk}/take-down"
    sent = {"words": words, "kind": "picture", "link": "https://www.facebook.com/tom/1"}
    shown = sign_in(staffed.mo).post(page, sent)
    assert shown.status_code == 422
    body = shown.content.decode()
    for part in (words, "A safeguarding lead has been told what you wrote here", 'href="/wrong"'):
        assert part in body, part
    with scope(staffed.federation.pk):
        assert "Dee Marlow" in whom(Report.objects.get())
        assert not Removal.objects.exists()


def test_what_a_child_told_is_not_sent_to_the_colleague_it_is_about(staffed, at):
    with scope(staffed.federation.pk):
        with pytest.raises(ToldLead) as told:
            read_typed(TO_TOM, {"at": at, "words": lines.TO_THE_ACCUSED[0], "person": staffed.tom})
        told.value.keep()
        assert staffed.tom.pk in meant_in(Report.objects.get())
