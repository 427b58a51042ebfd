"""What the policy knows beside the answers: who was told and has read it, and what the federation chose."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.incidents import handling
from schoolgate.incidents.models import Report
from schoolgate.incidents.report_facts import report_facts, told_of
from schoolgate.policy.asking import verdict
from schoolgate.policy.choices import (
    agreed_route_is_here,
    choose_route,
    choose_time,
    chosen_times,
    leaves_route_open,
    times_left_open,
)
from schoolgate.rulebook import book
from tests.cast import someone
from tests.conftest import recorded
from tests.incidents.conftest import OWNERS, now_of, wrong

HOUR = timedelta(hours=1)


def test_being_told_is_open_until_they_read_it_and_met_from_then_on(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        dee = someone("Dee Officer", "designated-safeguarding-officer")
        cara = someone("Cara Teacher", "staff")
        report = wrong(at, reporter=cara, kinds=["child_written_to"])
        (told,) = told_of(report, at=at)
        assert (told.key, told.roles) == (
            "role:designated-safeguarding-officer", ("designated safeguarding officer",)
        )  # fmt: skip
        assert (told.at, told.read, told.read_at) == (at, False, None)
        unread = now_of(report, cara, at + HOUR)
        assert [one.what for one in unread.duties] == ["incident.open_report"]
    with scope(federation.pk, dee.pk):
        handling.open_report(report=report, by=dee, at=at + HOUR)
        (told,) = told_of(report, at=at + HOUR)
        assert (told.read, told.read_at) == (True, at + HOUR)
        assert now_of(report, cara, at + HOUR).duties == ()


def test_a_person_told_by_name_has_the_roles_they_hold_and_one_handed_to_counts_too(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        lead = someone("Dee Lead", "relevant-senior-member-of-staff")
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=at)
        report = wrong(at, kinds=["lie"])
        handling.take(report=report, by=sam, at=at)
        handling.hand_on(report=report, by=sam, at=at + HOUR, to=lead)
        last = told_of(report, at=at + HOUR)[-1]
        assert (last.roles, last.at, last.read) == (("Relevant senior member of staff",), at + HOUR, False)


def test_nobody_told_is_an_empty_list_and_not_unknown(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        report = wrong(at)
        report.steps.filter(kind="told").count()
        assert told_of(Report(pk=0, federation=federation), at=at) == ()


@pytest.mark.parametrize(
    ("key", "times", "route"),
    [
        ("wildground", [], True),
        ("boroughbridge", [], True),
        ("learn-to-live", [], False),
        ("llanidloes", ["first_look"], False),
        (
            "wootton",
            [
                "child_concern",
                "illegal",
                "breach",
                "containment",
                "manager_acts",
                "read",
                "take_down",
                "take_down_at_once",
                "take_down_friends",
            ],
            False,
        ),
    ],
)
def test_each_policy_leaves_its_own_times_and_route_open(key, times, route):
    assert (times_left_open(book(key)), leaves_route_open(book(key))) == (times, route)


def test_at_once_gets_the_minutes_that_the_federation_chose_with_the_clause_and_is_due_now_before(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        olive = someone("Olive Principal", OWNERS["wootton"])
        cara = someone("Cara Teacher", "staff")

        def due(minutes_later=0):
            report = wrong(at, reporter=cara, kinds=["child_told"], answers={"may_be_illegal": "no"})
            later = at + timedelta(minutes=minutes_later)
            facts = report_facts(report, by=cara, at=later)
            said = verdict("incident.report", facts, on=at.date())
            (duty,) = [one for one in said.duties if one.what == "incident.tell_authorities"]
            return duty.due.instant, "wootton-a2-9" in duty.clauses, said.points["authorities_told"]

        assert due() == (at, True, "permitted")
        assert due(1)[2] == "breached"
        choose_time(by=olive, at=at, what="child_concern", number=30, unit="minutes", from_day=at.date())
        assert due() == (at + timedelta(minutes=30), True, "permitted")
        assert due(29)[2] == "permitted"
        assert due(30)[2] == "breached"
        choose_time(by=olive, at=at, what="child_concern", number=2, unit="hours", from_day=at.date())
        assert due()[0] == at + 2 * HOUR
        later = at.date() + timedelta(days=1)
        choose_time(by=olive, at=at, what="child_concern", number=1, unit="minutes", from_day=later)
        assert due()[0] == at + 2 * HOUR


def test_a_breach_goes_up_by_the_chosen_time_for_opening_it(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        olive = someone("Olive Principal", OWNERS["wootton"])
        choose_time(by=olive, at=at, what="breach", number=20, unit="minutes", from_day=at.date())
        report = wrong(at, answers={"breach": "suspected"})
        assert (report.goes_up_at, report.goes_up_by) == (at + timedelta(minutes=20), "policy")


def test_only_the_owner_chooses_and_a_time_must_be_one(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        olive, cara = someone("Olive Principal", OWNERS["wootton"]), someone("Cara Teacher", "staff")
        given = {"at": at, "what": "breach", "number": 30, "unit": "minutes", "from_day": at.date()}
        with pytest.raises(NotAllowed):
            choose_time(by=cara, **given)
        with pytest.raises(NotAllowed):
            choose_route(by=cara, at=at, here=True, from_day=at.date())
        for bad in (
            {"number": 0},
            {"number": 1441},
            {"number": 366, "unit": "days"},
            {"unit": "years"},
            {"what": "x"},
        ):
            with pytest.raises(BadInput):
                choose_time(by=olive, **{**given, **bad})
        assert chosen_times(on=at.date()) == ()
        choose_time(by=olive, **{**given, "number": 1440})
        assert [(one.what, one.minutes) for one in chosen_times(on=at.date())] == [("breach", 1440)]
        assert [row.event for row in recorded() if row.event == "choice.made"] == ["choice.made"]


@pytest.mark.parametrize(("here", "met"), [(True, True), (False, False), (None, False)])
def test_the_agreed_route_is_what_the_federation_chose(under, at, here, met):
    federation, _school = under("wildground")
    with scope(federation.pk):
        olive, cara = someone("Olive Owner Too", OWNERS["wildground"]), someone("Cara Teacher", "staff")
        if here is not None:
            choose_route(by=olive, at=at, here=here, from_day=at.date())
        assert agreed_route_is_here(on=at.date()) is here
        report = wrong(at, reporter=cara, kinds=["abuse"], answers={"done_by": "staff", "part": "saw"})
        said = now_of(report, cara, at)
        ours = [one for one in said.duties if one.what != "incident.tell_leads"]  # the law’s
        assert (said.points["abuse_by_colleague"] == "permitted" and not ours) is met
