"""The do-not-publish list: only safeguarding leads put a pupil on it, and only they see why.

Around it is a wall: what would let a pupil no longer be looked for waits for a safeguarding lead, and
each lead is told. Every change of a pupil's names goes through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.pupils.answering import withdraw
from schoolgate.pupils.consents import check_leads_on_safeguarding
from schoolgate.pupils.models import (
    CHANGE_MOVES,
    DECIDE,
    LOOK,
    NAMES,
    Cause,
    ChangeState,
    NotPublished,
    Pupil,
    PupilChange,
)

SEALED = "do_not_publish"


def names_of(pupil: Pupil) -> dict[str, str]:
    """Return the names that a pupil is looked for by."""
    return {name: getattr(pupil, name) for name in NAMES}


def rename(pupils: Mapping[Pupil, Mapping[str, str]], *, by: Person, at: datetime) -> None:
    """Give pupils other names, unsaved; those that they had stay on record, because they are looked for."""
    had = [
        PupilChange(pupil=pupil, before=names_of(pupil), state=ChangeState.MADE, by=by, at=at)
        for pupil, names in pupils.items()
        if any(getattr(pupil, name) not in ("", new) for name, new in names.items())
    ]
    PupilChange.objects.bulk_create(had)
    for pupil, names in pupils.items():
        for name, new in names.items():
            setattr(pupil, name, new)


def ask_lead(
    pupil: Pupil, names: Mapping[str, str], *, by: Person, at: datetime, left: bool = False
) -> PupilChange:
    """Let a change of a pupil on the list wait for a lead; one that waits already isn't asked again."""
    its: dict[str, Any] = {
        "pupil": pupil, "after": names_of(pupil) | dict(names) if names else {}, "has_left": left,
        "state": ChangeState.WAITING,
    }  # fmt: skip
    before = PupilChange.objects.filter(**its).first()
    if before is not None:
        return before
    change = PupilChange.objects.create(**its, by=by, at=at)
    record("pupil.change_waits", subject=change, at=at, actor=by)
    _tell(DECIDE, pupil, _leads(pupil, at=at), at=at)
    return change


@action
def decide_change(*, by: Person, at: datetime, change: PupilChange, agree: bool, why: str) -> PupilChange:
    """Make a change that waits, or leave the pupil as they are; the other leads are told.

    Raises NotAllowed (only a lead of the school), BadInput (why), NotNow (decided already).
    """
    pupil = Pupil.objects.select_for_update(of=("self",)).select_related("school").get(pk=change.pupil_id)
    check_leads_on_safeguarding(by, pupil.school, on=local_day(at))
    change = PupilChange.objects.select_for_update().get(pk=change.pk)
    to = ChangeState.AGREED if agree else ChangeState.DECLINED
    if change.state != ChangeState.WAITING:
        raise done_before(change, _("A safeguarding lead has decided about this already."), state=to)
    why = reason(why)
    had = names_of(pupil) if agree and change.after else {}
    move(
        change, to=to, moves=CHANGE_MOVES, at=at, decided_by=by, before=had,
        why_ref=vault.put(SEALED, why, about=pupil),
    )  # fmt: skip
    if agree:
        for name, new in change.after.items():
            setattr(pupil, name, new)
        pupil.left_on = local_day(at) if change.has_left else pupil.left_on
        pupil.save(update_fields=[*NAMES, "left_on"])
    record("pupil.change_agreed" if agree else "pupil.change_declined", subject=change, at=at, actor=by)
    if not PupilChange.objects.filter(pupil=pupil, state=ChangeState.WAITING).exists():
        discharge(kind=DECIDE, subject=pupil, by=by, at=at)
    tell_other_leads(pupil, by=by, at=at)
    return change


@action
def look_at_wall(*, by: Person, at: datetime, pupil: Pupil) -> None:
    """Record that a lead has seen what changed."""
    discharge(kind=LOOK, subject=pupil, by=by, at=at, how="seen", person=by)


def tell_other_leads(pupil: Pupil, *, by: Person, at: datetime) -> None:
    """Tell every lead of the school but the person who knows it: with a task until they have looked."""
    _tell(LOOK, pupil, [one for one in _leads(pupil, at=at) if one.pk != by.pk], at=at)


def _leads(pupil: Pupil, *, at: datetime) -> list[Person]:
    return leads(book_for(pupil.school), pupil.school, on=local_day(at))


def _tell(kind: str, pupil: Pupil, people: Iterable[Person], *, at: datetime) -> None:
    for one in people:
        open_duty(kind=kind, subject=pupil, at=at, due=Due.none_promised(), person=one, school=pupil.school)


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
