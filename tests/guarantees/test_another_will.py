"""A second person decides for themselves: the one who asks didn’t bring them in for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import write_pending
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties.models import Duty
from schoolgate.people.assignments import give_assignment
from schoolgate.people.leads import TERM
from schoolgate.people.models import LeadChange, Person, RoleAssignment
from schoolgate.people.persons import add_person
from schoolgate.policy.leads import agree_to_lead, ask_about_roles, may_agree, name_safeguarder
from tests.cast import someone
from tests.guarantees.test_confidential_doors import OFFICER, a_federation
from tests.web.things import NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WHY = "She has led on it for years."


@pytest.fixture
def here(in_world, home):
    found = in_world(a_federation, NOW)
    with scope(found.federation.pk):
        yield found


def govern(person, *, by, at):
    give_assignment(by=by, at=at, person=person, role_key="governing-body", from_day=local_day(at))
    write_pending(current_scope())


def sock(here, at) -> Person:
    """Someone new, added and made a governor by the person who asks."""
    found = add_person(by=here.admin, at=at, name="Sock", email="sock@example.org", relation="governor")
    govern(found, by=here.admin, at=at)
    return found


def ask(here, at=NOW) -> LeadChange:
    return name_safeguarder(by=here.admin, at=at, person=here.nosy, place="lead")


@pytest.mark.parametrize("when", [-TERM + DAY, -15 * MINUTE, 15 * MINUTE])
def test_who_the_asker_brought_in_is_no_second_person(here, when):
    if when < timedelta():
        new, change = sock(here, NOW + when), ask(here)
    else:
        change = ask(here)
        new = sock(here, NOW + when)
    with pytest.raises(NotAllowed):
        agree_to_lead(by=new, at=NOW + 20 * MINUTE, change=change, why=WHY)
    agree_to_lead(by=here.chair, at=NOW + 20 * MINUTE, change=change, why=WHY)


def test_a_colleague_whom_the_asker_made_a_governor_is_none_either(here):
    govern(here.teacher, by=here.admin, at=NOW - DAY)
    with pytest.raises(NotAllowed):
        agree_to_lead(by=here.teacher, at=NOW, change=ask(here), why=WHY)


def test_who_brought_the_asker_in_is_none_either_until_a_term_has_passed(here, monkeypatch):
    monkeypatch.setattr("schoolgate.people.leads._is_young", lambda _at: False)
    govern(here.admin, by=here.head, at=NOW - DAY)
    change = ask(here)
    assert here.head not in may_agree(change, at=NOW)
    assert here.chair in may_agree(change, at=NOW)
    with pytest.raises(NotAllowed):
        agree_to_lead(by=here.head, at=NOW, change=change, why=WHY)
    assert here.head in may_agree(change, at=NOW - DAY + TERM)


def test_a_seat_from_another_hand_counts_if_it_was_there_before_and_any_after_a_term(here):
    other = someone("Ola Other", "network-manager")
    govern(here.teacher, by=other, at=NOW - DAY)
    change = ask(here)
    assert here.teacher in may_agree(change, at=NOW)
    late = someone("Lou Late")
    govern(late, by=other, at=NOW + DAY)
    assert late not in may_agree(change, at=NOW + 2 * DAY)
    assert late in may_agree(change, at=NOW + DAY + TERM)
    new = sock(here, NOW + DAY)
    assert new not in may_agree(change, at=NOW + TERM)
    assert new in may_agree(change, at=NOW + DAY + TERM)


def test_who_gives_the_role_that_leads_is_no_second_person(here):
    made = give_assignment(by=here.admin, at=NOW, person=here.nosy, role_key=OFFICER, from_day=local_day(NOW))
    write_pending(current_scope())
    RoleAssignment.objects.create(
        person=here.admin, role_key="governing-body", scope_kind="federation", from_day=local_day(NOW)
    )
    ask_about_roles(at=NOW)
    change = LeadChange.objects.get(assignment=made)
    with pytest.raises(NotAllowed):
        agree_to_lead(by=here.admin, at=NOW, change=change, why=WHY)
    agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)


@pytest.mark.parametrize("why", ["", ".", "ok", "- - -"])
def test_a_dot_is_no_reason(here, why):
    change = ask(here)
    with pytest.raises(BadInput):
        agree_to_lead(by=here.chair, at=NOW, change=change, why=why)
    change.refresh_from_db()
    assert change.state == "asked"


def test_who_was_asked_as_well_is_told_who_agreed(here):
    change = ask(here)
    agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)
    told = Duty.objects.filter(kind="policy.look_at_lead", ended_at=None).values_list(
        "person__name", flat=True
    )
    assert {"Hedd Head", "Lena Lead"} <= set(told)
    assert "Carys Chair" not in told
    assert LeadChange.objects.get().why == WHY


def test_no_one_names_a_lead_alone_because_they_brought_in_all_others(here, monkeypatch):
    """A federation of a year, in which the person who asks made the only one who could agree."""
    monkeypatch.setattr("schoolgate.people.leads._is_young", lambda _at: False)
    RoleAssignment.objects.filter(person__in=[here.head, here.chair]).update(ended_on=local_day(NOW - DAY))
    Safeguarder.objects.update(ended_at=NOW)
    sock(here, NOW - 15 * MINUTE)
    with pytest.raises(NotNow):
        ask(here)


def test_while_a_federation_is_set_up_who_was_there_before_it_was_asked_agrees(here):
    RoleAssignment.objects.filter(person__in=[here.head, here.chair]).update(ended_on=local_day(NOW - DAY))
    Safeguarder.objects.update(ended_at=NOW)
    first = sock(here, NOW - 15 * MINUTE)
    assert may_agree(ask(here), at=NOW) == [first]
