"""Check who may import pupils, record answers, and see who may be shown."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import School
from schoolgate.people.by_school import capacities_by_school
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities, held_by
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import lead_of, leads_at

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
    """Raise NotAllowed unless the person keeps consents, writes posts or leads on safeguarding: they see yes
    or no, not why."""
    if lead_of(person, held_by(person, on=on)):
        return
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
    leads = lead_of(person, held_by(person, on=on))
    return [
        school for school, may in able.items() if may & (OFFICE | {"write_post"}) or leads & {None, school.pk}
    ]


def leads_on_safeguarding(person: Person, school: School, *, on: date) -> bool:
    """Return whether the person is the safeguarding lead, or a deputy, of this school or of all of them, or
    has the role that the policy makes that."""
    return leads_at(person, school.pk, on=on)


def check_leads_on_safeguarding(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless the person leads on safeguarding at this school."""
    if not leads_on_safeguarding(person, school, on=on):
        raise NotAllowed(
            _("Only the safeguarding lead and deputies can do this."),
            _("Ask the safeguarding lead."),
        )
