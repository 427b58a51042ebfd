"""No one takes a safeguarding lead out alone, by whatever door: until a second person agrees they lead, are
told at once and can object, and no school is left without one. Nothing that only leads read opens by it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.people.assignments import end_assignment, hand_on_role
from schoolgate.people.importing import write_people
from schoolgate.people.leaving import (
    act_on_leavings,
    record_departure,
    record_leavings,
    record_return,
    start_extended_absence,
)
from schoolgate.people.models import LeadChange, Person, RoleAssignment, User
from schoolgate.people.queries import book_of
from schoolgate.people.safeguarding import leads
from schoolgate.policy.handlers import ask_about_lead
from schoolgate.policy.leads import (
    agree_to_lead,
    ask_to_let_go,
    decline_lead,
    end_safeguarder,
    keep_seats,
    name_safeguarder,
)
from tests.cast import LONG_AGO, someone
from tests.guarantees.test_confidential_doors import OFFICER, a_federation, reads
from tests.web.things import NOW
from tests.worlds import tried_alone

DAY = timedelta(days=1)
TODAY, WHY = local_day(NOW), "She starts at another school."


@pytest.fixture
def here(in_world, home):
    """Dot is a deputy beside Lena; Olu leads by his role."""
    found = in_world(a_federation, NOW)
    with scope(found.federation.pk):
        found.dot, found.olu = someone("Dot Deputy"), someone("Olu Officer")
        Safeguarder.objects.create(place="deputy", person_id=found.dot.pk, since=NOW - DAY)
        found.held = RoleAssignment.objects.create(
            person=found.olu, role_key=OFFICER, scope_kind="federation", from_day=LONG_AGO,
            leads_since=NOW - DAY,
        )  # fmt: skip
        yield found


def lead(person: Person) -> bool:
    """Whether they lead from tomorrow on, which is after the last day of a role."""
    return person in leads(book_of(person.federation), None, on=TODAY + DAY)


def imported(here: SimpleNamespace, person: Person, **more) -> None:
    """A list says that they leave."""
    read = SimpleNamespace(email=person.email, name=person.name, relation="staff")
    its = {"changed": False, "roles": [], "manager": "", "manager_here": None, "until": [], "leaving": None}
    line = SimpleNamespace(**its | {"person": person, "read": read} | more)
    write_people(SimpleNamespace(people=[line]), by=here.admin, at=NOW, invite=False)


def switched_off(here: SimpleNamespace, person: Person) -> None:
    """Their sign-in is turned off, and the sweep sees it."""
    User.objects.filter(pk=person.user_id).update(is_active=False)
    act_on_leavings(at=NOW)


def by_a_new_rule(here: SimpleNamespace, person: Person) -> None:
    """The policy's owner lets the role of a lead lead no more."""
    RoleAssignment.objects.filter(person=person, role_key=OFFICER).update(role_key="old-role")
    keep_seats(at=NOW, led=["old-role"])


DOORS: dict[str, Callable[[SimpleNamespace, Person], object]] = {
    "leaving today": lambda it, who: record_departure(by=it.admin, at=NOW, person=who, left_on=TODAY),
    "leaving later": lambda it, who: record_departure(by=it.admin, at=NOW, person=who, left_on=TODAY + DAY),
    "leaving with others": lambda it, who: record_leavings(
        by=it.admin, at=NOW, people=[it.teacher, who], left_on=TODAY
    ),
    "a list of people": lambda it, who: imported(it, who, leaving=TODAY),
    "long leave": lambda it, who: start_extended_absence(
        by=it.admin, at=NOW, person=who, kind="leave", from_day=TODAY
    ),
    "sign-in switched off": switched_off,
}
BY_NAME: dict[str, Callable[[SimpleNamespace, Person], object]] = {
    "entry ended": lambda it, who: [
        end_safeguarder(by=it.admin, at=NOW, safeguarder=one)
        for one in Safeguarder.objects.filter(person_id=who.pk, ended_at=None)
    ],
}
OF_A_ROLE: dict[str, Callable[[SimpleNamespace, Person], object]] = {
    "role ended": lambda it, who: end_assignment(by=it.admin, at=NOW, assignment=it.held),
    "role ended later": lambda it, who: end_assignment(
        by=it.admin, at=NOW, assignment=it.held, last_day=TODAY
    ),
    "role handed over": lambda it, who: hand_on_role(
        by=it.admin, at=NOW, assignment=it.held, to=it.nosy, first_day=TODAY + DAY
    ),
    "a last day in a list": lambda it, who: imported(it, who, until=[(it.held.pk, TODAY)]),
    "a new rule of the policy": by_a_new_rule,
}
OPEN = {**DOORS, **BY_NAME, **OF_A_ROLE}
CASES = [
    *((door, who) for door in {**DOORS, **BY_NAME} for who in ("lead", "dot")),
    *((door, "olu") for door in {**DOORS, **OF_A_ROLE}),
]


def test_no_door_takes_a_lead_out_by_one_persons_word(here):
    others = (here.admin, here.head, here.teacher)
    before = [reads(one, here.old) for one in others]
    for door, who in CASES:
        with tried_alone():
            person = getattr(here, who)
            with suppress(NotNow):
                OPEN[door](deepcopy(here), Person.objects.get(pk=person.pk))
            assert lead(person), (door, who)
            assert [reads(one, here.old) for one in others] == before, (door, who)


WITH_TWO = [
    *((one, "dot") for one in {**DOORS, **BY_NAME}),
    *((one, "olu") for one in OF_A_ROLE if one != "a new rule of the policy"),
]


def test_with_a_second_person_who_is_another_will_the_door_opens(here):
    for door, who in WITH_TWO:
        with tried_alone():
            person = getattr(here, who)
            change = ask_to_let_go(by=here.admin, at=NOW, person=person)
            for no_second in (here.admin, here.teacher):
                with pytest.raises(NotAllowed):
                    agree_to_lead(by=no_second, at=NOW, change=change, why=WHY)
            agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)
            assert lead(person), f"{door}: until the act itself"
            OPEN[door](deepcopy(here), Person.objects.get(pk=person.pk))
            assert not lead(person), (door, who)


def test_they_and_every_lead_are_told_at_once_and_may_agree_or_object(here):
    change = ask_to_let_go(by=here.admin, at=NOW, person=here.dot)
    told = Duty.objects.filter(subject=f"people.leadchange:{change.pk}", state__in=STILL_TO_DO)
    assert {"Dot Deputy", "Lena Lead", "Olu Officer"} <= set(told.values_list("person__name", flat=True))
    assert ask_to_let_go(by=here.admin, at=NOW, person=here.dot) == change
    decline_lead(by=here.lead, at=NOW, change=change)
    with pytest.raises(NotNow):
        record_departure(by=here.admin, at=NOW, person=here.dot, left_on=TODAY)
    again = ask_to_let_go(by=here.admin, at=NOW, person=here.dot)
    agree_to_lead(by=here.dot, at=NOW, change=again, why=WHY)
    record_departure(by=here.admin, at=NOW, person=here.dot, left_on=TODAY)
    assert not lead(here.dot)


def test_who_asks_for_themselves_needs_another(here):
    RoleAssignment.objects.create(
        person=here.dot, role_key="network-manager", scope_kind="federation", from_day=LONG_AGO
    )
    change = ask_to_let_go(by=here.dot, at=NOW, person=here.dot)
    with pytest.raises(NotAllowed):
        agree_to_lead(by=here.dot, at=NOW, change=change, why=WHY)


def test_the_only_lead_is_not_let_go_before_another_is_named(here):
    Safeguarder.objects.filter(person_id=here.dot.pk).update(ended_at=NOW)
    RoleAssignment.objects.filter(pk=here.held.pk).update(leads_since=None)
    for door in ("leaving today", "long leave", "entry ended"):
        with pytest.raises(NotNow, match="No one else leads"):
            OPEN[door](here, here.lead)
    with pytest.raises(NotNow, match="No one else leads"):
        ask_to_let_go(by=here.admin, at=NOW, person=here.lead)
    change = name_safeguarder(by=here.admin, at=NOW, person=here.nosy, place="lead")
    agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)
    record_departure(by=here.admin, at=NOW, person=here.lead, left_on=TODAY)
    assert [lead(here.nosy), lead(here.lead)] == [True, False]


def test_a_lead_whose_sign_in_was_switched_off_leads_until_two_say_otherwise(here):
    switched_off(here, here.dot)
    ask_about_lead(subject_id=here.dot.pk, at=NOW)
    change = LeadChange.objects.get(person=here.dot, state="asked")
    assert (change.place, change.by) == ("goes", None)
    agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)
    act_on_leavings(at=NOW)
    assert not lead(here.dot)


def test_who_comes_back_within_a_month_leads_again(here):
    for who in ("dot", "olu"):
        with tried_alone():
            person = getattr(here, who)
            change = ask_to_let_go(by=here.admin, at=NOW, person=person)
            agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)
            record_departure(by=here.admin, at=NOW, person=person, left_on=TODAY)
            assert not lead(person)
            for days, leads_again in ((0, True), (31, True), (32, False)):
                with tried_alone():
                    back = Person.objects.get(pk=person.pk)
                    record_return(by=here.admin, at=NOW + days * DAY, person=back)
                    assert lead(person) == leads_again, (who, days)


def test_where_another_was_named_in_their_place_they_come_back_without(here):
    change = ask_to_let_go(by=here.admin, at=NOW, person=here.lead)
    agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)
    record_departure(by=here.admin, at=NOW, person=here.lead, left_on=TODAY)
    named = name_safeguarder(by=here.admin, at=NOW, person=here.nosy, place="lead")
    agree_to_lead(by=here.chair, at=NOW, change=named, why=WHY)
    record_return(by=here.admin, at=NOW + DAY, person=Person.objects.get(pk=here.lead.pk))
    assert not lead(here.lead)


def test_the_word_of_two_counts_for_that_time_alone(here):
    change = ask_to_let_go(by=here.admin, at=NOW, person=here.dot)
    agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)
    Safeguarder.objects.filter(person_id=here.dot.pk).update(since=NOW + DAY)
    with pytest.raises(NotNow):
        record_departure(by=here.admin, at=NOW + 2 * DAY, person=here.dot, left_on=TODAY)
