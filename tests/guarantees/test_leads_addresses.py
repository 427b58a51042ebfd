"""Alarms about children reach a safeguarding lead where the lead said, and no one turns them away."""

from __future__ import annotations

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.notices.actions import give_address, note_bounce
from schoolgate.notices.models import BadAddress
from schoolgate.people.models import AbsenceKind, ExtendedAbsence, Person, PersonTelephone
from schoolgate.people.persons import forget_telephone, keep_telephone
from tests.cast import give, someone
from tests.guarantees.test_confidential_doors import OFFICER, a_federation
from tests.web.conftest import sign_in
from tests.web.things import NOW

__all__ = ["sign_in"]

ELSEWHERE = "someone.else@example.org"


@pytest.fixture
def here(in_world, home):
    found = in_world(a_federation, NOW)
    with scope(found.federation.pk):
        yield found


def ways_of(by: Person, person: Person):
    """Every act that changes where a person is reached."""
    given = {"by": by, "at": NOW, "person": person}
    return (
        lambda: give_address(**given, address=ELSEWHERE),
        lambda: note_bounce(**given),
        lambda: keep_telephone(**given, number="01632 960009"),
        lambda: forget_telephone(**given),
    )


def refused(by: Person, person: Person) -> list[bool]:
    found = []
    for change in ways_of(by, person):
        try:
            change()
            found.append(False)
        except NotAllowed:
            found.append(True)
    return found


def on_leave(here, person: Person) -> None:
    ExtendedAbsence.objects.create(
        person=person, kind=AbsenceKind.values[0], from_day=local_day(NOW), noted_by=here.head, noted_at=NOW
    )


@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("who", ["head", "admin", "chair", "nosy"])
def test_no_one_who_does_not_lead_changes_where_a_lead_is_reached(here, who, away):
    keep_telephone(by=here.lead, at=NOW, person=here.lead, number="01632 960001")
    if away:
        on_leave(here, here.lead)
    before = here.lead.email
    assert refused(getattr(here, who), here.lead) == [True] * 4
    here.lead.refresh_from_db()
    assert here.lead.email == before
    assert PersonTelephone.objects.get(person=here.lead).number == "01632 960001"
    assert not BadAddress.objects.exists()


@pytest.mark.parametrize("becomes", ["deputy", "by the policy"])
def test_a_deputy_and_whom_the_policy_makes_a_lead_are_kept_as_well(here, becomes):
    if becomes == "deputy":
        Safeguarder.objects.create(place="deputy", person_id=here.teacher.pk, since=NOW)
    else:
        give(here.teacher, OFFICER)
    assert all(refused(here.head, here.teacher))


def test_a_lead_changes_their_own_and_that_of_another_lead(here):
    other = someone("Dewi Deputy")
    Safeguarder.objects.create(place="deputy", person_id=other.pk, since=NOW)
    for by in (here.lead, other):
        assert refused(by, here.lead) == [False] * 4
        here.lead.refresh_from_db()
        assert here.lead.email == ELSEWHERE
        keep_telephone(by=by, at=NOW, person=here.lead, number="01632 960001")


def test_of_others_who_looks_after_people_does_and_each_their_own_number(here):
    for change in ways_of(here.admin, here.teacher):
        change()
    assert all(refused(here.nosy, here.teacher))
    keep_telephone(by=here.nosy, at=NOW, person=here.nosy, number="01632 960009")
    with pytest.raises(NotAllowed):
        give_address(by=here.nosy, at=NOW, person=here.nosy, address="nia@example.org")


def test_the_page_opens_for_no_one_else_and_the_lead_finds_it(here, sign_in):
    page = reverse("person-contact", args=[here.lead.pk])
    with_address = {"address": ELSEWHERE, "number": ""}
    admin, lead = sign_in(here.admin), sign_in(here.lead)
    assert [admin.get(page).status_code, admin.post(page, with_address).status_code] == [403, 403]
    assert admin.post(reverse("person-bounced", args=[here.lead.pk])).status_code == 403
    assert page not in admin.get(reverse("person", args=[here.lead.pk])).content.decode()
    assert page in lead.get(reverse("me")).content.decode()
    assert lead.post(page, with_address).status_code == 302
    here.lead.refresh_from_db()
    assert here.lead.email == ELSEWHERE
