"""Pages of Friends and PTAs: not ours, without keys, and known to us."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import read
from schoolgate.accounts.models import AssociatedPage
from schoolgate.accounts.rules.register import check_may_keep_register
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person


@action
def enter_associated(
    *, by: Person, at: datetime, name: str, address: str, school: School | None = None, purpose: str = "",
    contact: str = "", uses_name: bool | None = None, uses_logo: bool | None = None,
) -> AssociatedPage:  # fmt: skip
    """Enter a page of people beside the school. Raises NotAllowed, BadInput by field."""
    check_may_keep_register(by, on=local_day(at))
    wrong: dict[str, Text] = {}
    typed = read(address) if address.startswith("https://") else None
    if not name.strip() or len(name) > 120:
        wrong["name"] = _("Enter a name for the page, up to 120 characters.")
    if typed is None or not typed.key or len(address) > 500:
        wrong["address"] = _("Enter the full web address, starting with https://")
    elif AssociatedPage.objects.filter(address=address, ended_at=None).exists():
        wrong["address"] = _("This page has already been added. Look for it in the list.")
    if any("\x00" in text for text in (name, address, purpose, contact)):
        wrong["name"] = _("This contains a character that can’t be saved. Type it again.")
    if wrong:
        raise BadInput(wrong)
    check_leaving(
        Door.REGISTER, {"name": name, "address": address, "purpose": purpose, "contact": contact},
        about=school or by.federation, by=by, at=at, school=school,
    )  # fmt: skip
    page = AssociatedPage.objects.create(
        name=name.strip(), network=typed.network if typed else "", address=address, school=school,
        purpose=purpose.strip()[:1000], contact=contact.strip()[:300], uses_name=uses_name,
        uses_logo=uses_logo, entered_at=at, entered_by=by,
    )  # fmt: skip
    record("associatedpage.entered", subject=page, at=at, actor=by)
    return page


@action
def end_associated(*, page: AssociatedPage, by: Person, at: datetime) -> AssociatedPage:
    """Take a page off the list of those that we know. Raises NotAllowed, NotNow."""
    check_may_keep_register(by, on=local_day(at))
    if not AssociatedPage.objects.filter(pk=page.pk, ended_at=None).update(ended_at=at):
        raise done_before(
            page, _("This page has already been removed from the list."), ended_at__isnull=False
        )
    page.ended_at = at
    record("associatedpage.ended", subject=page, at=at, actor=by)
    return page
