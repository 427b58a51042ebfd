"""Devices on which people get notices besides mail: people add and remove them, and they are removed when a
person leaves."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.events import record
from schoolgate.core.models import Federation
from schoolgate.core.outside.jsons import read_json
from schoolgate.core.tenancy import current_scope
from schoolgate.notices.models import PushDevice
from schoolgate.notices.ways.push import PushServices
from schoolgate.notices.ways.push_message import Subscription, as_bytes, as_text
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
