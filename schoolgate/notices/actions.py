"""Notifies people, and saves their choices about notices."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.rows import found_or_made
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import Scope, current_scope
from schoolgate.duties.actions import discharge
from schoolgate.notices import sending, telling
from schoolgate.notices.kinds import MailState, Moment, Reason, Urgency
from schoolgate.notices.kinds import kind as kind_of
from schoolgate.notices.models import MEND, BadAddress, Mail, MorningTime, Notice, Wish
from schoolgate.people.models import Person
from schoolgate.people.persons import check_may_give_address, correct_address, email_is_bad, tidy_email
from schoolgate.people.rules import check_may_administer

TASK = "notices.send"
LEAST = _("You can’t get less than this. Choose another option.")


@action
def tell(*, person: Person, kind: str, subject: Model | str, at: datetime, number: int = 0) -> Notice | None:
    """Notify a person of something that is not a task: at once, in the morning mail, or not at all, as the
    kind needs and as they chose. Nothing is sent here; a job does it after commit.

    Tasks are notified automatically. Notifying twice of the same (person, kind, subject, number) has no
    further effect; `number` is for what may recur, such as the event that it follows.

    Returns the notice, or None if they see it on Today only. Raises UnknownKind.
    """
    urgency = telling.urgency_for(person, kind) if not kind_of(kind).letter else Urgency.AT_ONCE
    if urgency == Urgency.PAGE:
        return None
    notice, _new = found_or_made(
        Notice.objects,
        person=person,
        kind=kind,
        subject=subject_of(subject),
        moment=Moment.TOLD,
        duty=None,
        number=number,
        defaults={"urgency": urgency, "made_at": at},
    )
    if urgency == Urgency.AT_ONCE:
        current_scope().before_leaving(_send_soon)
    return notice


def _send_soon(scope: Scope) -> None:
    """A job for what was just told, in the same transaction; the sweep of each minute does it as well."""
    app.configure_task(TASK).defer(federation_id=scope.federation_id)


@action
def choose(*, by: Person, at: datetime, wishes: dict[str, str]) -> None:
    """Choose how soon the person gets each kind of notice; kinds that are not named stay unchanged.

    Raises BadInput (field: the kind) for less than the kind needs. UnknownKind.
    """
    wrong = {key: LEAST for key, wished in wishes.items()
             if wished not in telling.choices(key)}  # fmt: skip
    if wrong:
        raise BadInput(wrong)
    changed = 0
    for key, wished in wishes.items():
        if telling.urgency_for(by, key) != wished:
            Wish.objects.update_or_create(person=by, kind=key, defaults={"urgency": wished})
            changed += 1
    if changed:
        record("people.messages_chosen", subject=by, at=at, actor=by, kinds=changed)


@action
def choose_morning(*, by: Person, at: datetime, when: time | None) -> None:
    """Choose when the person's morning mail goes out, in London; None: at the federation's time.

    Raises BadInput (field morning) for a time that cannot be chosen.
    """
    _check_time(when)
    if when is None:
        MorningTime.objects.filter(person=by).delete()
    else:
        MorningTime.objects.update_or_create(person=by, defaults={"time": when})
    record("people.messages_chosen", subject=by, at=at, actor=by, kinds=0)


@action
def set_morning(*, by: Person, at: datetime, when: time) -> None:
    """Set when the federation's morning mail goes out, for all who choose no time of their own.

    Raises BadInput (field morning), NotAllowed.
    """
    check_may_administer(by, on=local_day(at))
    _check_time(when)
    row, _new = MorningTime.objects.update_or_create(person=None, defaults={"time": when})
    record("morningtime.set", subject=row, at=at, actor=by, minutes=when.hour * 60 + when.minute)


def _check_time(when: time | None) -> None:
    if when is not None and when not in telling.TIMES:
        raise BadInput({"morning": _("Choose one of the times shown.")})


# --- Addresses ----------------------------------------------------------------------------------------------


@action
def note_bounce(*, by: Person | None, at: datetime, person: Person) -> BadAddress:
    """Record that mail to a person's address bounced. From then on nothing is sent there, an administrator is
    asked to find out how to reach them, and others are told what this person was told last.

    `by`: None only for the machine's operator, by command. Raises NotAllowed.
    """
    if by is not None:
        check_may_give_address(by, person, on=local_day(at))
    newest = Mail.objects.filter(person=person, state=MailState.SENT).order_by("-pk").first()
    if newest is not None:
        sending.came_back(newest, at=at)
    returned = newest.to_address if newest is not None else person.email
    return sending.note_bad_address(person=person, because=Reason.BOUNCED, at=at, by=by, address=returned)


@action
def give_address(*, by: Person, at: datetime, person: Person, address: str) -> bool:
    """Set the address at which a person receives mail.

    The address they sign in with stays, unless `people.correct_address` may still correct it; returns whether
    it did. It may be the old address, working again. Raises BadInput (field address), NotAllowed.
    """
    check_may_give_address(by, person, on=local_day(at))
    address = tidy_email(address)
    if email_is_bad(address):
        raise BadInput({"address": _("Enter an email address, such as office@example.org.")})
    corrected = False
    if by.pk != person.pk:
        try:
            corrected = correct_address(by=by, at=at, person=person, address=address)
        except BadInput as error:
            raise BadInput({"address": error.fields["email"]}) from error
    if address != person.email:
        person.email = address
        person.save(update_fields=["email"])
        record("people.address_given", subject=person, at=at, actor=by)
    mended(person=person, by=by, at=at)
    return corrected


@action
def mended(*, person: Person, at: datetime, by: Person | None = None) -> None:
    """Mark a person's mail as working again: new notices are sent."""
    for row in BadAddress.objects.filter(person=person):
        record("badaddress.mended", subject=row, at=at, actor=by, person=person.pk)
        row.delete()
    discharge(kind=MEND, subject=person, by=by, at=at)
