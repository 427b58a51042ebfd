"""Devices on which people get notices besides mail, added and removed by them, and the push message to
each: that there is something, and where.

Claim, send, note the outcome, as with mails. The same choices, morning and long leave apply. Nothing is
sent inside a transaction; a message that was marked as leaving and has no outcome is not sent again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.events import record
from schoolgate.core.models import Federation
from schoolgate.core.moves import move
from schoolgate.core.outside.texts import read_json
from schoolgate.core.rows import insert, reserve
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.core.vault import CannotOpen
from schoolgate.duties.models import STILL_TO_DO
from schoolgate.notices.kinds import MAIL_MOVES, UNDER_WAY, MailState, Reason, Urgency
from schoolgate.notices.models import Mail, Notice, Push, PushDevice
from schoolgate.notices.sending import AT_MOST, MOST_TRIES, PATIENCE, TOO_OLD, WAITS, Clock, why_not
from schoolgate.notices.ways import PushServices, PushTrouble, Subscription, as_bytes, as_text
from schoolgate.people.confined import meant_in
from schoolgate.people.models import Person

MOST_DEVICES = 10
LONGEST_NAME = 80
LONGEST = 4000
NOT_TAKEN = _("This browser’s notifications can’t be used here. Try another browser.")
TOO_MANY = _("You have notifications on ten devices. Remove one first.")
INVENTED = _("A demo site sends nothing out, so notifications are off.")


def devices_of(person: Person) -> list[PushDevice]:
    """Return a person's devices, the newest first. One query."""
    return list(PushDevice.objects.filter(person=person).order_by("-pk"))


@action
def add_device(
    *, by: Person, at: datetime, subscription: str, name: str, services: PushServices | None = None
) -> PushDevice:
    """Notify a person on this device from now on.

    A browser that another person used before is no longer theirs.

    Args:
        subscription: what the browser gave, as JSON.
        name: the person's name for the device.
        services: push services to use instead of the real ones, for tests.

    Raises BadInput (field: subscription).
    """
    if Federation.objects.get(pk=current_scope().federation_id).is_example:
        raise BadInput({"subscription": INVENTED})
    given = read_subscription(subscription)
    if given is None or not (services or PushServices()).takes(given.endpoint):
        raise BadInput({"subscription": NOT_TAKEN})
    digest = hashlib.sha256(given.endpoint.encode()).hexdigest()
    before = PushDevice.objects.filter(digest=digest).first()
    if before is not None:
        _remove(before)
    if PushDevice.objects.filter(person=by).count() >= MOST_DEVICES:
        raise BadInput({"subscription": TOO_MANY})
    secret = json.dumps([given.endpoint, as_text(given.p256dh), as_text(given.auth)])
    device = PushDevice.objects.create(
        person=by,
        name=" ".join(name.split())[:LONGEST_NAME],
        digest=digest,
        secret_ref=vault.put("push", secret, about=by),
        added_at=at,
    )
    record("people.device_added", subject=by, at=at, actor=by, device=device.pk)
    return device


def read_subscription(text: str) -> Subscription | None:
    """Return what a browser gave; None where it is not a subscription."""
    if len(text) > LONGEST:
        return None
    try:
        given = read_json(text.encode())
        return Subscription(
            endpoint=str(given["endpoint"]),
            p256dh=as_bytes(str(given["keys"]["p256dh"])),
            auth=as_bytes(str(given["keys"]["auth"])),
        )
    except (ValueError, KeyError, TypeError):
        return None


def subscription_of(device: PushDevice) -> Subscription:
    """Address and keys of a device. Raises CannotOpen."""
    endpoint, p256dh, auth = json.loads(vault.reveal(device.secret_ref))
    return Subscription(endpoint=endpoint, p256dh=as_bytes(p256dh), auth=as_bytes(auth))


@action
def remove_device(*, by: Person, at: datetime, pk: int) -> None:
    """Turn one of the person's own devices off. Raises NotFound, also for another person's."""
    device = PushDevice.objects.filter(person=by, pk=pk).first()
    if device is None:
        raise NotFound
    _remove(device)
    record("people.device_removed", subject=by, at=at, actor=by, device=pk)


@action
def forget_device(*, device: PushDevice, at: datetime) -> None:
    """Remove a device whose browser takes no more messages."""
    person, pk = device.person, device.pk
    _remove(device)
    record("people.device_removed", subject=person, at=at, device=pk)


@action
def forget_devices(*, person: Person, at: datetime) -> None:
    """Remove every device of a person who has left."""
    for device in devices_of(person):
        forget_device(device=device, at=at)


def _remove(device: PushDevice) -> None:
    vault.forget(device.secret_ref)
    device.delete()


log = structlog.get_logger(__name__)

PATH = "/today"
LIVES = {Urgency.AT_ONCE: timedelta(days=1), Urgency.MORNING: timedelta(hours=6)}
"""How long a push service stores a message for a device that is off."""


@dataclass(frozen=True)
class _Parcel:
    message: bytes
    to: Subscription
    urgent: bool
    lives: int


@action
def make_pushes(*, at: datetime) -> int:
    """Write one push message for each new mail to each device of its reader; return how many. Four queries at
    most, one if there are no devices. Letters with a link of their own, such as invitations, have none."""
    devices = list(PushDevice.objects.order_by("pk"))
    if not devices:
        return 0
    people = {device.person_id for device in devices}
    fresh = Mail.objects.filter(person__in=people, letter="", made_at__gt=at - TOO_OLD, made_at__lte=at)
    mails = list(fresh.order_by("pk"))
    there = set(Push.objects.filter(mail__in=mails).values_list("mail_id", "device_id")) if mails else set()
    wanted = [
        (mail, device)
        for mail in mails
        for device in devices
        if device.person_id == mail.person_id
        and device.added_at <= mail.made_at
        and (mail.pk, device.pk) not in there
    ]
    rows = [
        Push(pk=pk, mail=mail, device=device, message_id=mail.message_id, made_at=at, next_try_at=at)
        for pk, (mail, device) in zip(reserve(Push, len(wanted)), wanted, strict=True)
    ]
    if rows:
        insert(rows)
    return len(rows)


def send_pushes(federation_id: int, *, clock: Clock, services: PushServices, limit: int = AT_MOST) -> int:
    """Send what waits for devices, what is told at once first; returns how many went out. Outside any scope.

    Run side by side, each is taken by one of them.
    """
    return sum(
        _send_one(federation_id, pk, clock, services) for pk in _waiting(federation_id, clock(), limit)
    )


def _waiting(federation_id: int, at: datetime, limit: int) -> list[int]:
    with scope(federation_id):
        left = Push.objects.select_for_update(skip_locked=True).filter(
            state=MailState.HANDING_OVER, started_at__lt=at - PATIENCE
        )
        for push in left[:limit]:
            _end(push, MailState.UNKNOWN, at=at, trouble="unknown")
        rows = Push.objects.filter(state__in=UNDER_WAY, next_try_at__lte=at)
        begun = rows.filter(state=MailState.STARTED, started_at__lt=at - PATIENCE)
        ready = rows.filter(state=MailState.WAITING) | begun
        return list(ready.order_by("mail__urgency", "next_try_at", "pk").values_list("pk", flat=True)[:limit])


def _send_one(federation_id: int, pk: int, clock: Clock, services: PushServices) -> bool:
    with scope(federation_id):
        parcel = _claim(pk, clock())
    if parcel is None:
        return False
    with scope(federation_id):
        push = _locked(pk)
        if push is None:
            return False
        move(push, to=MailState.HANDING_OVER, moves=MAIL_MOVES, at=clock())
    try:
        services.hand_over(parcel.message, parcel.to, urgent=parcel.urgent, lives=parcel.lives, at=clock())
    except PushTrouble as trouble:
        log.info("push not sent", code=trouble.code)
        with scope(federation_id):
            _settle(pk, trouble, at=clock())
        return False
    with scope(federation_id):
        _good(pk, at=clock())
    return True


def _claim(pk: int, at: datetime) -> _Parcel | None:
    """Take one for this worker and put it into words; None where another has it, or it is not to be sent."""
    rows = Push.objects.select_for_update(of=("self",), skip_locked=True)
    push = rows.select_related("mail__person__user", "device").filter(pk=pk).first()
    if push is None or not _is_free(push, at):
        return None
    reason = _why_not(push, at)
    if reason is None:
        try:
            to = subscription_of(push.device)
        except CannotOpen:
            reason = Reason.BAD_ADDRESS
    if reason is not None:
        _end(push, MailState.DROPPED, at=at, reason=reason)
        return None
    push.state, push.started_at, push.tries = MailState.STARTED, at, push.tries + 1
    push.save(update_fields=["state", "started_at", "tries"])
    urgency = Urgency(push.mail.urgency)
    return _Parcel(
        words_for(push.mail.person.language),
        to,
        urgent=urgency == Urgency.AT_ONCE,
        lives=int(LIVES[urgency].total_seconds()),
    )


def words_for(language: str) -> bytes:
    """Return all that is ever sent: one sentence, and the page to open."""
    with override(language):
        title = gettext("A task needs you")
    return json.dumps({"title": title, "language": language, "path": PATH}, ensure_ascii=False).encode()


def _is_free(push: Push, at: datetime) -> bool:
    if push.state == MailState.STARTED:
        return push.started_at is None or push.started_at < at - PATIENCE
    return push.state == MailState.WAITING and push.next_try_at <= at


def _why_not(push: Push, at: datetime) -> Reason | None:
    """Return why it must not be sent: the reasons that stop the mail, except its address; or everything in it
    was done."""
    mail = push.mail
    if push.federation.is_example:
        return Reason.NOT_WANTED
    reason = why_not(mail, at, of_address=False)
    if reason is None and mail.urgency == Urgency.AT_ONCE and not _is_something_left(mail):
        return Reason.DONE
    return reason


def _is_something_left(mail: Mail) -> bool:
    told = Notice.objects.filter(mail=mail).exclude(meant_in(mail.person))
    return told.filter(duty=None).exists() or told.filter(duty__state__in=STILL_TO_DO).exists()


def _settle(pk: int, trouble: PushTrouble, *, at: datetime) -> None:
    push = _locked(pk)
    if push is None:  # the device was turned off meanwhile
        return
    if trouble.gone:
        forget_device(device=push.device, at=at)
    elif trouble.unknown:
        _end(push, MailState.UNKNOWN, at=at, trouble="unknown")
    elif trouble.for_good or push.tries >= MOST_TRIES:
        _end(push, MailState.FAILED, at=at, trouble=trouble.code)
    else:
        wait = timedelta(minutes=WAITS[min(push.tries, len(WAITS)) - 1])
        move(
            push, to=MailState.WAITING, moves=MAIL_MOVES, at=at, started_at=None,
            trouble=trouble.code[:20], next_try_at=at + wait,
        )  # fmt: skip


def _good(pk: int, *, at: datetime) -> None:
    push = _locked(pk)
    if push is None:
        return
    _end(push, MailState.SENT, at=at)
    PushDevice.objects.filter(pk=push.device_id).update(last_good_at=at)


def _locked(pk: int) -> Push | None:
    return Push.objects.select_for_update(of=("self",)).select_related("device__person").filter(pk=pk).first()


def _end(push: Push, state: MailState, *, at: datetime, reason: str = "", trouble: str = "") -> None:
    move(push, to=state, moves=MAIL_MOVES, at=at, ended_at=at, reason=reason, trouble=trouble[:20])
