"""A concern that may be about each safeguarding lead: someone else is told at once, assesses it and decides
on requests about it, and the page says who, or who to tell outside the school."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.incidents import casework, handling
from schoolgate.incidents.casework import STAGES
from schoolgate.incidents.ladder import Around, instead_of_leads, stands_in_for
from schoolgate.incidents.models import KeptOut
from schoolgate.incidents.queries import reports
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.rulebook.capacities import CAPACITIES
from tests.cast import give, someone
from tests.incidents.conftest import whom, wrong
from tests.incidents.test_seats_named import CHAIRS
from tests.publishing.five_policies import KEYS

HOUR = timedelta(hours=1)


@pytest.fixture(params=KEYS)
def two_joneses(request, under, at):
    """The lead and the deputy are both called Jones. Carys is the chair, Olive looks after the policy."""
    federation, _school = under(request.param)
    with scope(federation.pk):
        for place, name in (("lead", "Ann Jones"), ("deputy", "Bob Jones")):
            Safeguarder.objects.create(place=place, person_id=someone(name, "staff").pk, since=at)
        someone("Carys Chair", CHAIRS[request.param])
    return federation


def out(report) -> set[str]:
    return {one.person.name for one in KeptOut.objects.filter(report=report) if one.person}


def stand_in(report, at) -> set[str]:
    found = instead_of_leads(book_of(report.federation), Around.of(report, on=local_day(at)))
    return set(Person.objects.filter(pk__in=found.people).values_list("name", flat=True))


def test_where_a_surname_means_both_leads_both_are_out_and_the_chair_is_told_at_once(two_joneses, at):
    with scope(two_joneses.pk):
        report = wrong(at, what="Miss Jones hit me.", kinds=["child_told"])
        assert out(report) == {"Ann Jones", "Bob Jones"}
        told = whom(report)
        assert not {"Ann Jones", "Bob Jones"} & set(told)
        assert CHAIRS[two_joneses.policy_key] in told
        chair = Person.objects.get(name="Carys Chair")
        assert reports(chair, on=at.date()).exists()
        assert stand_in(report, at) == {"Carys Chair"}


def test_it_is_never_no_one_while_anyone_is_here_who_may_know(two_joneses, at):
    """Without a chair those who look after people are told; where everybody here is meant, the page of the
    reporter says that there is no one to tell here, and who to ring."""
    with scope(two_joneses.pk):
        on = at.date()
        type(give(Person.objects.get(name="Ann Jones"), "x")).objects.filter(
            person__name="Carys Chair"
        ).update(to_day=on - timedelta(days=1))
        report = wrong(at, what="Miss Jones hit me.", kinds=["child_told"])
        assert whom(report)
        assert reports(Person.objects.get(name="Olive Owner"), on=on).exists()
        Person.objects.filter(name="Olive Owner").update(name="Olive Jones")
        none_left = wrong(at, what="Miss Jones hit me.", kinds=["child_told"])
        assert out(none_left) >= {"Ann Jones", "Bob Jones", "Olive Jones"}
        assert whom(none_left) == []


def test_who_takes_the_leads_part_assesses_it_whatever_role_the_policy_names(two_joneses, at):
    with scope(two_joneses.pk):
        report = wrong(at, what="Miss Jones hit me.", kinds=["child_told"])
        chair = Person.objects.get(name="Carys Chair")
        handling.take(report=report, by=chair, at=at)
        first = set(stands_in_for(report, chair, on=at.date()))
        book = book_of(two_joneses)
        assert first == {
            role.key for role in book.roles
            for bound in book.at("incident.assess", "first_assessment") if role.name in bound.roles_named
        }  # fmt: skip
    with scope(two_joneses.pk, chair.pk):
        casework.save_stage(
            report=report, by=chair, at=at + HOUR, stage=STAGES["assess"],
            answers={"kinds": ["worry"], "called_for": []},
        )  # fmt: skip


def test_while_one_lead_may_know_of_it_no_one_takes_their_part(two_joneses, at):
    with scope(two_joneses.pk):
        report = wrong(at, what="Ann Jones hit me.", kinds=["child_told"])
        assert out(report) == {"Ann Jones"}
        assert "Bob Jones" in whom(report)
        assert stand_in(report, at) == set()


def test_no_capacity_alone_takes_the_leads_part_where_there_is_no_lead(under, at):
    """Where no lead was ever named, no one stands in: the ladder tells the next people anyway."""
    assert "oversee" in CAPACITIES
    federation, _school = under("wildground")
    with scope(federation.pk):
        someone("Carys Chair", CHAIRS["wildground"])
        report = wrong(at, kinds=["child_told"])
        assert stand_in(report, at) == set()
        assert whom(report)
