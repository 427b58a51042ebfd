"""Requests about data: entered, stopped, extended, closed; who may, and what is refused with which words."""

from datetime import timedelta

import pytest

from schoolgate.core.calendars import set_calendar
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.models import School, VaultSecret
from schoolgate.duties.actions import sweep
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import standing
from schoolgate.rights import answering, finding
from schoolgate.rights.deadlines import months_after
from schoolgate.rights.handlers import look_at_deadlines
from schoolgate.rights.models import Request
from tests.cast import someone
from tests.conftest import recorded
from tests.rights.asking import SECRET, refused
from tests.second_presses import done_already, not_done

DAY = timedelta(days=1)
ENDED = {"outcome": "withdrawn"}


def tasks(request):
    return standing("rights.answer", [request])[f"rights.request:{request.pk}"]


# --- Entering


def test_a_request_is_entered_with_its_deadline_and_one_person_gets_the_task(cast, enter, today):
    request = enter("access", days_ago=3)
    assert request.due_on >= months_after(today - 3 * DAY, 1)
    [task] = tasks(request)
    assert (task.person, task.due_day) == (cast.sam, request.due_on)
    assert recorded()[-2].event == "rights.entered"
    assert finding.words_of(request)["name"] == SECRET


def test_names_and_words_are_sealed_and_not_in_the_record(cast, enter):
    request = enter()
    for row in VaultSecret.objects.filter(about=f"rights.request:{request.pk}"):
        assert row.purpose == "rights"
        assert SECRET.encode() not in bytes(row.sealed)
    assert SECRET not in str([vars(row) for row in recorded()])


def test_the_task_reminds_a_week_before_the_deadline_and_goes_to_a_second_person_when_it_is_late(
    cast, enter, at
):
    gwen = someone("Gwen Governor", "federation-leadership-team")
    request = enter()
    [task] = tasks(request)
    assert sweep(at=task.warn_from - timedelta(seconds=1)).reminded == 0
    assert sweep(at=task.warn_from).reminded == 1
    assert (request.due_on - task.warn_from.date()) in {
        7 * DAY,
        8 * DAY,
    }  # midnight in London is before UTC's
    assert sweep(at=task.due_by).overdue == 0
    assert sweep(at=task.due_by + timedelta(seconds=1)).moved_on == 1
    assert Duty.objects.get(pk=task.pk).then_person == gwen


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("kind", {"kind": "portability"}),
        ("identity", {"identity": ""}),
        ("identity", {"identity": "not_needed"}),
        ("name", {"name": " "}),
        ("contact", {"contact": ""}),
        ("about", {"about": ""}),
        ("wants", {"wants": "x" * 4001}),
        ("lead", {"lead": None}),
        ("school", {"kind": "information", "school": None}),
    ],
)
def test_what_is_missing_is_asked_for_beside_its_field(enter, field, given):
    refused(field, lambda: enter(**given))
    assert not Request.objects.exists()


def test_it_came_in_today_or_in_the_last_twelve_months(enter, today):
    assert enter(received_on=today)
    assert enter(received_on=today - 366 * DAY)
    refused("received_on", lambda: enter(received_on=today + DAY))
    refused("received_on", lambda: enter(received_on=today - 367 * DAY))


def test_who_does_not_decide_cannot_be_given_it(cast, enter):
    refused("lead", lambda: enter(lead=cast.ben))


def test_freedom_of_information_needs_no_check_of_identity_and_no_person(enter):
    assert enter("information", identity="", about="").identity == "not_needed"


# --- Who may


def test_staff_without_a_role_for_it_neither_enter_nor_read(cast, enter, today):
    with pytest.raises(NotAllowed):
        enter(by=cast.amina)
    request = enter()
    with pytest.raises(NotAllowed):
        finding.request_for(cast.amina, request.pk, on=today)
    assert finding.request_for(cast.sam, request.pk, on=today) == request
    with pytest.raises(NotFound):
        finding.request_for(cast.sam, request.pk + 1, on=today)


def test_who_oversees_one_school_enters_and_reads_their_own_and_decides_nothing(
    cast, enter, at, school, today
):
    gwen = someone("Gwen Governor", "federation-leadership-team", school=school)
    own, other = enter(by=gwen), enter()
    assert finding.request_for(gwen, own.pk, on=today) == own
    with pytest.raises(NotAllowed):
        finding.request_for(gwen, other.pk, on=today)
    for attempt in (
        lambda: answering.stop_clock(by=gwen, at=at, request=own, waits="identity", on=today),
        lambda: answering.restart_clock(by=gwen, at=at, request=own, on=today),
        lambda: answering.extend(by=gwen, at=at, request=own, because="complex", on=today),
        lambda: answering.note(by=gwen, at=at, request=own, words="Looked"),
        lambda: answering.close(by=gwen, at=at, request=own, on=today, **ENDED),
    ):
        with pytest.raises(NotAllowed):
            attempt()


# --- The clock


def test_the_clock_stops_for_identity_and_begins_again_with_it(cast, enter, at, today):
    request = enter(days_ago=10, identity="not_yet")
    stopped = answering.stop_clock(by=cast.sam, at=at, request=request, waits="identity", on=today - 9 * DAY)
    assert stopped.due_on is None
    [task] = tasks(request)
    assert (task.person, task.due_day) == (cast.sam, None)
    refused("identity", lambda: answering.restart_clock(by=cast.sam, at=at, request=request, on=today))
    running = answering.restart_clock(by=cast.sam, at=at, request=request, on=today, identity="document")
    assert (running.identity, running.due_on) == ("document", enter(received_on=today).due_on)
    [task] = tasks(request)
    assert task.due_day == running.due_on


def test_the_clock_stops_for_an_explanation_and_its_days_are_added(cast, enter, at, today):
    request = enter(days_ago=10)
    before = request.due_on
    answering.stop_clock(by=cast.sam, at=at, request=request, waits="clarification", on=today - 9 * DAY)
    running = answering.restart_clock(by=cast.sam, at=at, request=request, on=today)
    assert running.due_on >= months_after(today - 10 * DAY, 1) + 10 * DAY
    assert running.due_on > before
    assert running.identity == "known"


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        ("correction", "clarification"),
        ("objection", "clarification"),
        ("information", "identity"),
        ("access", ""),
    ],
)
def test_the_clock_stops_only_for_what_the_law_has(cast, enter, at, today, kind, waits):
    request = enter(kind)
    refused("waits", lambda: answering.stop_clock(by=cast.sam, at=at, request=request, waits=waits, on=today))


def test_the_clock_stops_on_a_day_since_it_came_in_and_starts_on_one_since_then(cast, enter, at, today):
    request = enter(days_ago=5)

    def stop(on):
        return answering.stop_clock(by=cast.sam, at=at, request=request, waits="clarification", on=on)

    def restart(on):
        return answering.restart_clock(by=cast.sam, at=at, request=request, on=on)

    refused("on", lambda: stop(today - 6 * DAY))
    refused("on", lambda: stop(today + DAY))
    with not_done("never paused"):
        restart(today)
    stop(today - 5 * DAY)
    with done_already():
        stop(today)
    with not_done("another reason"):
        answering.stop_clock(by=cast.sam, at=at, request=request, waits="identity", on=today)
    refused("on", lambda: restart(today - 6 * DAY))
    refused("on", lambda: restart(today + DAY))
    restart(today - 3 * DAY)
    with done_already():
        restart(today - 3 * DAY)
    refused("on", lambda: stop(today - 4 * DAY))
    assert stop(today - 3 * DAY).due_on is None


def test_a_clock_that_has_run_out_is_neither_stopped_nor_extended(cast, enter, at, today):
    request = enter(days_ago=60)
    assert request.due_on < today

    def stop(on):
        return answering.stop_clock(by=cast.sam, at=at, request=request, waits="clarification", on=on)

    refused("on", lambda: stop(request.due_on + DAY))
    refused(
        "on",
        lambda: answering.extend(
            by=cast.sam, at=at, request=request, because="complex", on=request.due_on + DAY
        ),
    )
    assert answering.extend(
        by=cast.sam, at=at, request=request, because="complex", on=request.due_on
    ).extended


def test_two_more_months_once_with_a_reason_told_in_time(cast, enter, at, today):
    request = enter(days_ago=2)

    def extend(because="complex", on=today):
        return answering.extend(by=cast.sam, at=at, request=request, because=because, on=on)

    refused("because", lambda: extend(because="busy"))
    refused("on", lambda: extend(on=today - 3 * DAY))
    refused("on", lambda: extend(on=today + DAY))
    assert extend().due_on >= months_after(today - 2 * DAY, 3)
    assert tasks(request)[0].due_day == Request.objects.get(pk=request.pk).due_on
    with pytest.raises(NotNow):
        extend()


def test_freedom_of_information_is_not_extended(cast, enter, at, today):
    request = enter("information")
    with pytest.raises(NotNow):
        answering.extend(by=cast.sam, at=at, request=request, because="complex", on=today)


def test_a_stopped_clock_is_not_extended(cast, enter, at, today):
    request = enter()
    answering.stop_clock(by=cast.sam, at=at, request=request, waits="identity", on=today)
    with pytest.raises(NotNow):
        answering.extend(by=cast.sam, at=at, request=request, because="complex", on=today)


# --- School days


def weekdays_after(day, number):
    while number:
        day += DAY
        number -= day.weekday() < 5
    return day


def test_without_terms_every_working_day_counts_and_the_page_says_from_when(enter, today):
    request = enter("information")
    assert weekdays_after(today, 20) <= request.due_on <= weekdays_after(today, 25)
    assert today < request.guessed_from <= today + 8 * DAY


def test_terms_that_are_entered_later_move_the_deadline_and_the_task(cast, enter, at, today, school):
    request = enter("information")
    before = request.due_on
    assert answering.retime(at=at) == 0
    terms = [("Autumn", today - 30 * DAY, today), ("Spring", today + 22 * DAY, today + 200 * DAY)]
    set_calendar(school=school, terms=terms, at=at)
    look_at_deadlines(part=request.pk, at=at)
    request.refresh_from_db()
    assert request.due_on > before + 14 * DAY
    assert request.guessed_from is None
    assert tasks(request)[0].due_day == request.due_on
    assert request.steps.order_by("-pk").first().kind == "retimed"
    assert answering.retime(at=at) == 0


def test_inset_days_are_no_school_days(cast, enter, at, today, school):
    terms = [("All year", today - 30 * DAY, today + 200 * DAY)]
    set_calendar(school=school, terms=terms, at=at)
    plain = enter("information").due_on
    inset = [day for n in range(1, 15) if (day := today + n * DAY).weekday() < 5]
    set_calendar(school=school, terms=terms, inset_days=inset, at=at)
    assert enter("information").due_on > plain + 13 * DAY


def test_another_schools_holidays_do_not_count(cast, enter, at, today):
    other = School.objects.create(name="South", slug="south")
    set_calendar(school=other, terms=[("Later", today - 300 * DAY, today - 200 * DAY)], at=at)
    assert enter("information").due_on <= weekdays_after(today, 25)


# --- Notes and the end


def test_a_note_is_sealed_and_read_in_the_history(cast, enter, at):
    request = enter()
    refused("words", lambda: answering.note(by=cast.sam, at=at, request=request, words=" "))
    answering.note(by=cast.sam, at=at, request=request, words=f"Searched the inbox for {SECRET}")
    step, words = finding.steps_of(request)[0]
    assert (step.kind, words["words"]) == ("noted", f"Searched the inbox for {SECRET}")
    assert recorded()[-1].event == "rights.noted"


def test_closing_ends_the_task_and_everything_else(cast, enter, at, today):
    request = enter(days_ago=3)
    closed = answering.close(by=cast.sam, at=at, request=request, outcome="given", on=today)
    assert (closed.state, closed.answered_on) == ("closed", today)
    assert tasks(request) == []
    for again in (
        lambda: answering.close(by=cast.sam, at=at, request=request, on=today, **ENDED),
        lambda: answering.note(by=cast.sam, at=at, request=request, words="Too late"),
        lambda: answering.stop_clock(by=cast.sam, at=at, request=request, waits="identity", on=today),
    ):
        with pytest.raises(NotNow):
            again()


def test_a_request_ends_as_its_kind_can_with_a_reason_where_something_is_kept_back(cast, enter, at, today):
    request = enter("correction", days_ago=3)

    def close(outcome, words="", on=today):
        return answering.close(by=cast.sam, at=at, request=request, outcome=outcome, on=on, words=words)

    refused("outcome", lambda: close("given"))
    refused("words", lambda: close("refused"))
    refused("on", lambda: close("withdrawn", on=today + DAY))
    refused("on", lambda: close("withdrawn", on=today - 4 * DAY))
    assert close("refused", words="The record is right").outcome == "refused"


def test_a_request_that_waits_can_be_closed_too(cast, enter, at, today):
    request = enter()
    answering.stop_clock(by=cast.sam, at=at, request=request, waits="identity", on=today)
    assert answering.close(by=cast.sam, at=at, request=request, on=today, **ENDED).due_on is None
    assert tasks(request) == []


def test_open_requests_are_listed_by_deadline_and_waiting_ones_last(cast, enter, at, today):
    late, soon, waiting = enter(), enter(days_ago=9), enter(days_ago=20)
    answering.stop_clock(by=cast.sam, at=at, request=waiting, waits="identity", on=today)
    assert list(finding.requests("open")) == [soon, late, waiting]
