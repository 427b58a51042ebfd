"""The new school year: a new head, roles that end, and accounts of a class."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from schoolgate.accounts.classes import choose_at_turn, class_of, say_class
from schoolgate.accounts.models import AccountClass, AtTurn
from schoolgate.core.calendars import turn_of
from schoolgate.core.tenancy import scope
from schoolgate.people.models import ExtendedAbsence, Person, RoleAssignment
from schoolgate.reports.year_turn import days_without
from schoolgate.web.people.year_turn import ChoiceForm
from tests.cast import someone
from tests.days import today
from tests.web.plain import check_page
from tests.web.turn_cast import (
    AHEAD,
    DAY,
    IN_TURN,
    NOW,
    TODAY,
    YEAR,
    at_policy,
    day_fields,
    in_a_line,
    page,
    point,
    wildground,
)

__all__ = ["at_policy", "wildground"]


def own(person: Person) -> RoleAssignment:
    return RoleAssignment.objects.get(person=person, acting_for=None)


def test_a_role_that_ends_with_nobody_after_is_named_until_somebody_follows(wildground):
    with scope(wildground.federation.pk):
        assignment = own(wildground.amina)
        RoleAssignment.objects.filter(pk=assignment.pk).update(to_day=IN_TURN)
    ending = ("Roles ending with no one to follow", "New headteacher")
    assert "Lead staff member" in point(page(wildground.owner), *ending)
    answer = wildground.owner.post(
        reverse("person-roles", args=[wildground.amina.pk]) + f"?extend={assignment.pk}", {}
    )
    assert answer.status_code == 302
    assert "Lead staff member" not in point(page(wildground.owner), *ending)


@pytest.mark.parametrize(
    ("key", "head", "role", "name"),
    [
        ("wildground", "slt", "lead-staff-member", "SLT"),
        ("learn-to-live", "headteacher", "staff", "Headteacher"),
        ("wootton", "principal", "site-author", "Principal"),
        ("llanidloes", "headteacher", "staff", "headteacher"),
    ],
)
def test_the_head_is_called_as_the_policy_calls_it(at_policy, key, head, role, name):
    found = at_policy(key, head, role)
    words = point(page(found.owner), "New headteacher", "Class and year group accounts")
    assert f"{name} Olwen Price" in words
    assert ("Principal" in words) is (key == "wootton")


def hand_on(found, first: date = AHEAD, **more):
    with scope(found.federation.pk):
        assignment = own(found.second)
    address = reverse("person-roles", args=[found.second.pk]) + f"?hand-over={assignment.pk}"
    return found.owner.post(address, {"to": found.amina.pk, **day_fields("first_day", first), **more})


def test_a_new_head_is_seen_first_and_then_handed_on(at_policy):
    found = at_policy("learn-to-live", "headteacher", "staff")
    html = hand_on(found).content.decode()
    check_page(html)
    assert "Nothing has changed yet." in html
    assert "Neither person" not in html
    assert hand_on(found, sure="yes").status_code == 302
    with scope(found.federation.pk):
        new = RoleAssignment.objects.get(person=found.amina, role_key="headteacher")
        assert (new.from_day, own(found.second).to_day) == (AHEAD, AHEAD - DAY)


def test_days_between_are_shown_with_what_the_policy_says_and_have_to_be_meant(at_policy):
    found = at_policy("learn-to-live", "headteacher", "staff")
    with scope(found.federation.pk):
        RoleAssignment.objects.filter(role_key="headteacher").update(to_day=today())
        someone("Nia Ward", "slt")
    first = today() + 30 * DAY
    words = in_a_line(hand_on(found, first).content.decode())
    assert "Neither person" in words
    assert "No one has this role, and no one decides in its place" in words
    assert hand_on(found, first, sure="yes").status_code == 422
    assert hand_on(found, first, sure="yes", gap_is_meant="yes").status_code == 302


def test_the_days_on_which_nobody_else_has_the_role_are_told_to_the_day(wildground):
    first, last = TODAY + 10 * DAY, TODAY + 20 * DAY
    with scope(wildground.federation.pk):
        mine, other = own(wildground.second), own(wildground.olwen)
        assert days_without(mine, first, last) == []
        RoleAssignment.objects.filter(pk=other.pk).update(to_day=first + DAY)
        assert days_without(mine, first, last) == [(first + 2 * DAY, last)]
        third = someone("Nia Ward", "slt")
        RoleAssignment.objects.filter(person=third).update(from_day=first + 4 * DAY)
        assert days_without(mine, first, last) == [(first + 2 * DAY, first + 3 * DAY)]
        ExtendedAbsence.objects.create(
            person=third, kind="study", from_day=last, noted_by=wildground.olwen, noted_at=NOW
        )
        assert days_without(mine, first, last)[-1] == (last, last)
        Person.objects.filter(pk=third.pk).update(left_on=last - DAY)
        assert days_without(mine, first, last)[-1] == (last - DAY, last)


def test_only_who_looks_after_people_hands_on_and_another_persons_role_is_not_found(wildground):
    with scope(wildground.federation.pk):
        assignment = own(wildground.second)
    assert (
        wildground.lead.get(
            reverse("person-roles", args=[wildground.second.pk]) + f"?hand-over={assignment.pk}"
        ).status_code
        == 403
    )
    assert (
        wildground.owner.get(
            reverse("person-roles", args=[wildground.amina.pk]) + f"?hand-over={assignment.pk}"
        ).status_code
        == 404
    )
    assert (
        wildground.owner.get(
            reverse("person-roles", args=[wildground.second.pk]) + f"?extend={assignment.pk}"
        ).status_code
        == 404
    )


def test_the_class_of_an_account_is_said_by_its_lead(wildground, sign_in):
    address = reverse("account-class", args=[wildground.account.pk])
    assert "Year 4" in page(wildground.lead, "account-class", wildground.account.pk)
    assert wildground.lead.post(address, {"label": "Year 4"}).status_code == 302
    words = point(page(wildground.owner), "Class and year group accounts", "Expiring in this period")
    assert "Needs a choice: 1" in words
    assert "Leads the account: Amina Khan" in words
    with scope(wildground.federation.pk):
        outsider = sign_in(someone("Cai Rees", "staff"))
    assert outsider.get(address).status_code == 403
    assert outsider.post(address, {"label": ""}).status_code == 403
    with scope(wildground.federation.pk):
        assert AccountClass.objects.get().label == "Year 4"


def test_outside_the_turn_nothing_is_chosen(wildground):
    with scope(wildground.federation.pk):
        say_class(account=wildground.account, by=wildground.amina, at=NOW, label="Year 4")
        is_open = turn_of(TODAY).is_open(TODAY)
    answer = wildground.lead.post(
        reverse("account-class-choose", args=[wildground.account.pk]),
        {"choice": "moves_up", "label": "Year 5"},
    )
    assert answer.status_code == (302 if is_open else 409)


def choice_shown(found, row) -> str:
    """The card of the choice as it stands in the turn, for who may choose."""
    shown = {
        "account": found.account, "found": row, "turn": turn_of(TODAY), "is_open": True, "may_choose": True,
        "inside": 2, "chosen": ChoiceForm(initial={"label": "Year 5"}),
    }  # fmt: skip
    return in_a_line(f"<main>{render_to_string('year_turn/_choice.html', shown)}</main>")


def test_in_the_turn_the_three_ways_are_offered_and_afterwards_what_was_chosen(wildground):
    with scope(wildground.federation.pk):
        say_class(account=wildground.account, by=wildground.amina, at=NOW, label="Year 4")
        offered = choice_shown(wildground, class_of(wildground.account, YEAR))
        summer = datetime(YEAR, 7, 20, 12, tzinfo=UTC)
        choose_at_turn(account=wildground.account, by=wildground.amina, at=summer, choice="stays")
        chosen = choice_shown(wildground, class_of(wildground.account, YEAR))
    for words in AtTurn.labels:
        assert str(words) in offered
    assert "2 people have access now." in offered
    assert "Stays with the room or year group: Year 4" in chosen.replace(" :", ":")
    assert "0 people’s access was removed." in chosen
