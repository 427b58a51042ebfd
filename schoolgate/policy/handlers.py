"""What follows an event of this room: those who are bound are asked, and written to. Each may run twice: at
worst a mail comes twice, and the link of the earlier one has stopped working."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.env import env
from schoolgate.core.events import subscribes
from schoolgate.core.models import Federation
from schoolgate.policy import knowing, links, mails
from schoolgate.policy.actions.knowing import ask_who_is_bound, end_what_is_over
from schoolgate.policy.models import Asking
from schoolgate.policy.states import VersionState


@subscribes("policyversion.in_force")
def ask_everybody(*, at: datetime, **_ids: Any) -> None:
    """Ask whoever the new version binds, and take back what was asked about the one before."""
    end_what_is_over(at=at)
    following: int | None = 0
    while following is not None:
        following = ask_who_is_bound(at=at, after=following)


@subscribes("asking.made")
@subscribes("asking.link_wanted")
def send_asking(*, federation_id: int, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Mail the link to who does not sign in; the others have it on their own page."""
    found = _waited_for(subject_id, at)
    if found is not None and found.by_mail:
        mails.send_asking(found.person, _federation(federation_id), link=_link(found, at))


@subscribes("asking.reminded")
def send_reminder(*, federation_id: int, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Remind by mail: with a new link, or with the address of the page for who signs in."""
    found = _waited_for(subject_id, at)
    if found is not None:
        link = _link(found, at) if found.by_mail else _origin() + reverse("policy-word")
        mails.send_reminder(found.person, _federation(federation_id), link=link, by_link=found.by_mail)


def _waited_for(pk: int, at: datetime) -> Asking | None:
    """The asking, while its person is here, its version in force, and no word given."""
    found = Asking.objects.select_related("person__federation", "version").get(pk=pk)
    left = found.person.left_on
    over = found.version.state != VersionState.IN_FORCE or (left is not None and left <= local_day(at))
    said = knowing.answers([found.person_id], found.version)
    return None if over or said else found


def _link(asking: Asking, at: datetime) -> str:
    federation = asking.person.federation
    token = links.mint(asking, at=at)
    return _origin() + reverse("policy-by-link", kwargs={"federation": federation.slug, "token": token})


def _origin() -> str:
    """Without a public address, this machine's own."""
    return env().public_address or f"http://localhost:{env().port}"


def _federation(pk: int) -> Federation:
    return Federation.objects.get(pk=pk)
