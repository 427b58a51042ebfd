"""The do-not-publish list: only safeguarding leads put a pupil on it, and only they see why."""

from __future__ import annotations

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.reasons import reason
from schoolgate.people.models import Person
from schoolgate.pupils.actions.walling import SEALED, tell_other_leads
from schoolgate.pupils.actions.withdrawing import withdraw
from schoolgate.pupils.models import NotPublished, Pupil
from schoolgate.pupils.rules import check_leads_on_safeguarding
from schoolgate.pupils.states import Cause

LONGEST = 2_000


@action
def keep_off(*, by: Person, at: datetime, pupil: Pupil, why: str = "") -> NotPublished:
    """Put a pupil on the do-not-publish list; `why` is sealed, and needn't be given.

    Raises NotAllowed (only the safeguarding lead and deputies), BadInput, NotNow (on it already).
    """
    check_leads_on_safeguarding(by, pupil.school, on=local_day(at))
    if len(why) > LONGEST:
        raise BadInput({"why": _("Use up to 2,000 characters.")})
    if (before := standing_entry(pupil)) is not None:
        raise done_before(pupil, _("This pupil is already on the list."), made=before)
    ref = vault.put(SEALED, why.strip(), about=pupil) if why.strip() else None
    row = NotPublished.objects.create(pupil=pupil, why_ref=ref, by=by, at=at)
    record("pupil.kept_off", subject=row, at=at, actor=by)
    withdraw(at=at, pupil=pupil, cause=Cause.KEPT_OFF, by=by)
    return row


@action
def end_keeping_off(*, by: Person, at: datetime, pupil: Pupil, why: str) -> NotPublished:
    """Take a pupil off the list; `why` is sealed, and the other leads are told. Raises NotAllowed, BadInput,
    NotNow (not on it)."""
    check_leads_on_safeguarding(by, pupil.school, on=local_day(at))
    row = standing_entry(pupil)
    if row is None:
        raise NotNow(_("This pupil isn’t on the list."), _("You don’t need to do anything else."))
    row.ended_why_ref = vault.put(SEALED, reason(why), about=pupil)
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by", "ended_why_ref"])
    record("pupil.off_the_list", subject=row, at=at, actor=by)
    tell_other_leads(pupil, by=by, at=at)
    return row


def keep_off_as_another(pupil: Pupil, entry: NotPublished, *, by: Person, at: datetime) -> NotPublished:
    """Put a pupil of a list on it who may be one who is, until a lead says it's another child. Why is sealed
    for the leads."""
    like = format_lazy(_("May be the same child as {name}."), name=entry.pupil.name)
    ref = vault.put(SEALED, str(like), about=pupil)
    row = NotPublished.objects.create(pupil=pupil, why_ref=ref, by=entry.by, at=at)
    record("pupil.kept_off", subject=row, at=at, actor=by)
    withdraw(at=at, pupil=pupil, cause=Cause.KEPT_OFF, by=by)
    tell_other_leads(pupil, by=by, at=at)
    return row


def standing_entry(pupil: Pupil) -> NotPublished | None:
    """Return the entry of a pupil on the list, locked; None: they aren't on it."""
    return NotPublished.objects.select_for_update().filter(pupil=pupil, ended_at=None).first()
