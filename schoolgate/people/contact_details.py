"""Who may change where a person is reached: by email, and on the emergency contacts."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.people import rules
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads_at, safeguarding_roles, safeguards


def check_may_change_contact(by: Person, person: Person, *, on: date) -> None:
    """Raise NotAllowed unless it's the person's own, or `by` looks after people here.

    Alarms about children go to a safeguarding lead's address, and would go to those who change it: so only
    the lead and others who lead change it, also while they are on long leave.
    """
    if by.pk == person.pk:
        return
    if _is_leads(person):
        if not leads_at(by, None, on=on):
            raise NotAllowed(
                _("Only safeguarding leads change a lead’s contact details: alarms about children go there."),
                next_step=_("Leads can change their own details. If one can’t sign in, ask another lead."),
            )
        return
    rules.check_may_administer(by, on=on)


def check_may_give_address(by: Person, person: Person, *, on: date) -> None:
    """Raise NotAllowed unless `by` may say where a person's mail goes: leads their own and each other's, and
    people who look after people here those of all others."""
    if by.pk == person.pk and not leads_at(by, None, on=on):
        rules.check_may_administer(by, on=on)
    check_may_change_contact(by, person, on=on)


def _is_leads(person: Person) -> bool:
    """Return whether a person is a safeguarding lead or deputy anywhere, at work or not."""
    keys = safeguarding_roles(book_for(person))
    held = RoleAssignment.objects.filter(person=person, role_key__in=keys, leads_since__isnull=False)
    return bool(safeguards(person)) or held.filter(ended_on=None).exists()
