"""Pictures of one school, and the posts and comments that carry them, are not there for somebody of another
school of the federation: at no door, for no role."""

from __future__ import annotations

import pytest
from django.test import Client

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.people.sessions import make_token
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook import book
from tests.cast import give, someone
from tests.web.addresses import WITH_A_THING, Address
from tests.web.everything import Everything, one_of_everything
from tests.web.test_other_federations import ask
from tests.web.things import NOW

OF_A_SCHOOL = {
    "picture", "picture of a page", "picture of a report", "photograph of a comment", "post", "delivery",
    "mark", "key of a sending", "act of taking down", "item", "answer",
}  # fmt: skip
"""Things of `everything` that show a school's pictures or say what is in them."""
ROLES = [role.key for role in book("wildground").roles]
LOOKS_OF_AN_OWNER = {
    "picture", "post", "item", "item-photo", "delivery", "api:get_picture", "api:get_picture_file",
    "api:get_post", "api:get_verdict", "api:list_deliveries", "api:get_item",
}  # fmt: skip
"""Addresses that somebody of the school itself opens: so that a 404 above says something."""


@pytest.fixture
def here(in_world, home, uncounted) -> Everything:
    return in_world(one_of_everything, NOW).here


def doors(here: Everything, person: Person, sign_in) -> tuple[Client, Client]:
    """Their browser and their program."""
    with scope(here.federation.pk):
        key = make_token(by=person, at=NOW, name="x", days=9, may_write=True, with_factor=True).text
    return sign_in(person), Client(headers={"Authorization": f"Bearer {key}"})


SHOWN_BY = [each for each in WITH_A_THING if OF_A_SCHOOL & set(each.things.values())]
"""The addresses that name one of these things."""


def answer(here: Everything, address: Address, browser: Client, program: Client) -> int:
    """The status of an address, by GET."""
    client = program if address.route.startswith("api/") else browser
    return ask(client, "get", here.path(address)).status_code


def test_nobody_of_another_school_sees_them_at_any_door(here, sign_in):
    """Each address is asked by somebody with every role, and by each of the roles in turn."""
    with scope(here.federation.pk):
        other = School.objects.create(name="The other school", slug="the-other")
        people = {role: someone(f"Olive {role}"[:60]) for role in ("", *ROLES)}
        for role, olive in people.items():
            for each in [role] if role else ROLES:
                give(olive, each, school=other)
    doors_of = {role: doors(here, olive, sign_in) for role, olive in people.items()}
    found = [
        (role, address.route, answer(here, address, *doors_of[role]))
        for number, address in enumerate(SHOWN_BY)
        for role in ("", ROLES[number % len(ROLES)])
    ]
    assert [each for each in found if each[2] not in (403, 404, 405)] == []


def test_who_approves_in_another_school_sees_no_decision_about_them(here, sign_in):
    with scope(here.federation.pk):
        other = School.objects.create(name="The other school", slug="the-other")
        about = [f"publishing.post:{here.delivery.post_id}", f"inbox.item:{here.item.pk}"]
        decisions = [DecisionRecord.objects.filter(subject=each).first().pk for each in about]
        people = {200: someone("Nia North"), 404: someone("Ola Approver")}
        for status, person in people.items():
            give(person, "lead-staff-member", school=here.school if status == 200 else other)
    for status, person in people.items():
        browser, program = doors(here, person, sign_in)
        for pk in decisions:
            assert browser.get(f"/decisions/{pk}").status_code == status
            assert program.get(f"/api/v1/decisions/{pk}").status_code == status


def test_somebody_of_the_school_sees_them(here, sign_in):
    with scope(here.federation.pk):
        nia = someone("Nia North")
        for each in ROLES:
            give(nia, each, school=here.school)
    through = doors(here, nia, sign_in)
    found = {each.name: answer(here, each, *through) for each in SHOWN_BY if each.name in LOOKS_OF_AN_OWNER}
    seen = dict.fromkeys(LOOKS_OF_AN_OWNER, 200) | {"delivery": 302}  # changed on its network: see its post
    assert found == seen
