"""No one lets a role be told of concerns alone: what a version of the policy adds counts once a second person
agrees, and the leads are told."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties.models import Duty
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.people.leads import roles_after_leads, roles_that_wait
from schoolgate.people.models import LeadChange
from schoolgate.people.queries import book_of
from schoolgate.policy.adopting import adopt_version
from schoolgate.policy.leads import agree_to_lead, decline_lead
from tests.cast import someone
from tests.incidents.conftest import whom
from tests.policy.test_removed_roles import LATER, next_begun

ROLE, HOUR = "senior-leaders", timedelta(hours=1)


@pytest.fixture
def there(in_world, at):
    """Boroughbridge: its owner brings a version into force in which senior leaders see concerns."""
    begun = in_world(next_begun, at, "see_incidents")
    with scope(begun.federation.pk):
        begun.leads = [someone(name) for name in ("Lena Lead", "Lou Lead")]
        for one, place in zip(begun.leads, ("lead", "deputy"), strict=True):
            Safeguarder.objects.create(place=place, person_id=one.pk, since=at - LATER)
        begun.at = at + LATER
        adopt_version(by=begun.owner, at=begun.at, version=begun.next, adopted_on=begun.at.date(), stated={},
                      before_us=True)  # fmt: skip
        current_scope().memo.clear()
        begun.sam = someone("Sam Hill", ROLE)
        yield begun


def is_told(there, at) -> bool:
    book = book_of(there.federation)
    after = ROLE in [key for keys in roles_after_leads(book, None, on=local_day(at)) for key in keys]
    said = ReportContent(what="She is called names.", mark=str(at))
    told = there.sam.name in whom(report_wrong(at=at, said_here=said)) and "told"
    assert not told or after
    return after


def test_a_role_that_a_version_adds_is_told_once_a_second_person_agrees(there):
    change = LeadChange.objects.get(role_key=ROLE)
    assert (change.place, change.person, change.state) == ("told", there.owner, "asked")
    assert ROLE in roles_that_wait()
    assert not is_told(there, there.at)
    asked = Duty.objects.filter(kind="policy.agree_lead", ended_at=None).values_list(
        "person__name", flat=True
    )
    assert {"Lena Lead", "Lou Lead"} <= set(asked)
    for wrong in (there.owner, there.sam):
        with pytest.raises(NotAllowed):
            agree_to_lead(by=wrong, at=there.at, change=change, why="It helps.")
    agree_to_lead(by=there.leads[0], at=there.at + HOUR, change=change, why="They do the day's first talk.")
    assert is_told(there, there.at + HOUR)
    looks = Duty.objects.filter(kind="policy.look_at_lead", ended_at=None)
    assert "Lou Lead" in looks.values_list("person__name", flat=True)


def test_a_no_leaves_it_untold_and_the_page_says_which_role(there):
    change, lead = LeadChange.objects.get(role_key=ROLE), there.leads[0]
    page = render_to_string(
        "setting_up/lead.html", {"change": change, "tells": True, "role": "Senior leader"}
    )
    assert "lets this role be told of concerns" in page
    assert there.owner.name in page
    decline_lead(by=lead, at=there.at, change=change)
    assert not is_told(there, there.at + HOUR)
