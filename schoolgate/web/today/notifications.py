"""Notifications on the person's own devices, besides the mails: turned on there, turned off from anywhere."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.notices.models import PushDevice
from schoolgate.notices.pushing import add_device, devices_of, remove_device
from schoolgate.notices.ways import public_key
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.signin.devices import device_in_words


def notifications_shown(visit: Visit) -> dict[str, object]:
    """Return what the card about devices shows: the person's devices, and the key that a browser subscribes
    with."""
    devices: list[PushDevice] = devices_of(visit.person)
    return {"devices": devices, "push_key": "" if visit.federation.is_example else public_key()}


@page(methods=("POST",))
def add(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Tell the visitor on this device from now on."""
    add_device(
        by=visit.person,
        at=visit.at,
        subscription=request.POST.get("subscription", ""),
        name=device_in_words(request.headers.get("User-Agent", "")),
    )
    return done(request, _("Notifications are on for this device."), "messages")


@page(methods=("POST",))
def remove(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Turn off one of the person's own devices."""
    remove_device(by=visit.person, at=visit.at, pk=pk)
    return done(request, _("Notifications are off for that device."), "messages")


urlpatterns = [
    path("messages/devices", add, name="device-add"),
    path("messages/devices/<int:pk>/remove", remove, name="device-remove"),
]
