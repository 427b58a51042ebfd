"""Check who may import pupils, record answers, and see who may be shown."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import Safeguarder, School
from schoolgate.people.by_school import capacities_by_school
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity

OFFICE = frozenset({"administer", "attest_pictures"})
"""Who keeps consents: those who look after people here, and those who confirm pictures."""


def check_may_keep(person: Person, *, on: date, school: School | None = None) -> None:
    """Raise NotAllowed unless the person keeps pupils and consents of this school, or of all of them."""
    if not capacities(person, on=on, school=school) & OFFICE:
        raise NotAllowed(
            _("The people who look after pupils’ consents here do this."),
            _("Ask the school office."),
        )


def check_may_see(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person keeps consents or writes posts: they see yes or no, not why."""
    if not capacities(person, on=on, anywhere=True) & (OFFICE | {"write_post"}):
        check_capacity(person, "write_post", on=on, anywhere=True)


def check_may_choose(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless the person writes posts at this school or keeps consents there: they choose
    pupils, group them, and record that a child doesn't want to be shown today."""
    if not capacities(person, on=on, school=school) & (OFFICE | {"write_post"}):
        check_capacity(person, "write_post", on=on, school=school)


def schools_seen(person: Person, *, on: date) -> list[School]:
    """Return the schools whose pupils the person may see, by name."""
    able = capacities_by_school(person, on=on)
    return [school for school, may in able.items() if may & (OFFICE | {"write_post"})]


def leads_on_safeguarding(person: Person, school: School) -> bool:
    """Return whether the person is the safeguarding lead, or a deputy, of this school or of all of them."""
    here = Q(school=None) | Q(school=school)
    return Safeguarder.objects.filter(here, person_id=person.pk, ended_at=None).exists()


def check_leads_on_safeguarding(person: Person, school: School) -> None:
    """Raise NotAllowed unless the person leads on safeguarding at this school."""
    if not leads_on_safeguarding(person, school):
        raise NotAllowed(
            _("Only the safeguarding lead and deputies can do this."),
            _("Ask the safeguarding lead."),
        )
