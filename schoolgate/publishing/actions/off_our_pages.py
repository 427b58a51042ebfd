"""Takes a pupil's name off our own pages where consent to it ended: guides are withdrawn, purpose and contact
on the register emptied, a fake's address is hidden. What can't be taken off by itself, a lead is asked about
by the time for take-downs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AssociatedPage, Fake
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.networks.capabilities import OURS
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.policy.actions.guiding import withdraw_guide
from schoolgate.policy.models import GuideVersion
from schoolgate.publishing.agreed import may_be_named
from schoolgate.publishing.duty_kinds import NAME_ON_PAGE
from schoolgate.publishing.models import TakeDown
from schoolgate.publishing.named_in_public import posts_that_may_name
from schoolgate.publishing.our_pages import standing_with
from schoolgate.publishing.withdrawn import comments_that_may_name
from schoolgate.pupils.consents import KEPT_OFF, check_leads_on_safeguarding
from schoolgate.pupils.models import Cause, Pupil, Use


@action
def take_off_our_pages(*, at: datetime, act: TakeDown, kind: type[Model]) -> None:
    """Take a pupil's name off one kind of our own pages, and ask the safeguarding leads to look. Safe to call
    again.

    Nothing where the name isn't meant, or only on a network, or only on that day, or consent is back.
    """
    said = act.withdrawal
    if said is None or Use.NAME not in said.uses:
        return
    if said.cause == Cause.TODAY or said.channel not in ("", OURS):
        return
    pupil = Pupil.objects.select_related("school__federation").get(pk=said.pupil_id)
    walled = Pupil.objects.filter(KEPT_OFF, pk=pupil.pk).exists()
    if not walled and may_be_named([pupil.pk], [OURS], on=local_day(at)):
        return
    found = list(standing_with(pupil, kinds=[kind]))
    for row, fields in found:
        if (take_off := _WAYS.get(type(row))) is not None:
            take_off(row, fields, at)
            record("pupil.name_off_page", subject=row, at=at, pupil=pupil.pk)
    if found:
        _ask_leads(pupil, act, at=at)


@action
def ask_about_posts_that_stay(*, at: datetime, act: TakeDown) -> None:
    """Ask the safeguarding leads to look at the posts, comments and replies that stay although they may name
    a pupil who came to the do-not-publish list. Safe to call again."""
    said = act.withdrawal
    if said is None or said.cause != Cause.KEPT_OFF:
        return
    pupil = Pupil.objects.select_related("school__federation").get(pk=said.pupil_id)
    if posts_that_may_name(pupil) or comments_that_may_name(pupil):
        _ask_leads(pupil, act, at=at)


def _ask_leads(pupil: Pupil, act: TakeDown, *, at: datetime) -> None:
    due = Due.at(act.due_at) if act.due_at else Due.none_promised()
    for lead in leads(book_for(pupil.school), pupil.school, on=local_day(at)):
        open_duty(kind=NAME_ON_PAGE, subject=pupil, at=at, due=due, person=lead, school=pupil.school)


@action
def names_are_off(*, by: Person, at: datetime, pupil: Pupil) -> None:
    """Record that a lead looked, and that no page of ours names the pupil any more; the other leads need not.

    Raises NotAllowed; NotNow while a page does.
    """
    check_leads_on_safeguarding(by, pupil.school, on=local_day(at))
    if next(standing_with(pupil), None) is not None:
        raise NotNow(_("Our own pages still name this pupil."), _("Change the words listed first."))
    discharge(kind=NAME_ON_PAGE, subject=pupil, by=by, at=at, how="seen")


def _empty(row: Account | AssociatedPage, fields: Sequence[str], at: datetime) -> None:
    """Empty purpose and contact; the page's own name and address stay for a person to change."""
    words = [field for field in fields if field in ("purpose", "contact")]
    for field in words:
        setattr(row, field, "")
    if words:
        row.save(update_fields=words)


def _hide_address(row: Fake, _fields: Sequence[str], at: datetime) -> None:
    row.address_shown = False
    row.save(update_fields=["address_shown"])


def _withdraw(row: GuideVersion, _fields: Sequence[str], at: datetime) -> None:
    withdraw_guide(guide=row.guide, at=at)


_WAYS: dict[type[Model], Callable[[Any, Sequence[str], datetime], None]] = {
    GuideVersion: _withdraw,
    Account: _empty,
    AssociatedPage: _empty,
    Fake: _hide_address,
}
