"""Set, change and remove the number at which a person is reached when the program is down."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.people.contact_details import check_may_change_contact
from schoolgate.people.models import Person, PersonTelephone

NUMBER = re.compile(r"\+?[0-9](?:[ ()-]{0,2}[0-9]){4,14}")
"""A number as people write it: digits, with spaces, brackets and hyphens between them."""


@action
def keep_telephone(*, by: Person, at: datetime, person: Person, number: str) -> PersonTelephone:
    """Save the number at which a person is reached, in place of the one before.

    Raises NotAllowed, BadInput (number), NotNow (they have left).
    """
    check_may_change_contact(by, person, on=local_day(at))
    tidy = " ".join(number.split())
    if not NUMBER.fullmatch(tidy) or len(tidy) > 30:
        raise BadInput({"number": _("Enter a phone number, such as 01632 960001.")})
    if person.left_on is not None and person.left_on <= local_day(at):
        raise NotNow(
            _("This person has left or is about to leave."), _("If that is wrong, change it on their page.")
        )
    given = {"number": tidy, "given_by": by, "at": at}
    kept, _new = PersonTelephone.objects.update_or_create(person=person, defaults=given)
    record("people.telephone_given", subject=person, at=at, actor=by)
    return kept


@action
def forget_telephone(*, by: Person, at: datetime, person: Person) -> None:
    """Take a person's number off. Raises NotAllowed, NotNow (there is none)."""
    check_may_change_contact(by, person, on=local_day(at))
    if not PersonTelephone.objects.filter(person=person).delete()[0]:
        raise NotNow(_("No number saved."), _("You don’t need to do anything else."))
    record("people.telephone_forgotten", subject=person, at=at, actor=by)
