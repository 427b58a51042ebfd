"""What follows an event of this room: the mail about it. Each may run twice: at worst a mail comes twice."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from schoolgate.core.env import env
from schoolgate.core.events import subscribes
from schoolgate.core.models import Federation
from schoolgate.people import invitations, mails
from schoolgate.people.models import FactorReset, Invitation, Person
from schoolgate.people.states import ResetState


def _address(name: str, *args: object) -> str:
    """The full address of a page, for a mail; without a public address, this machine's own."""
    origin = env().public_address or f"http://localhost:{env().port}"
    return origin + reverse(name, args=args)


@subscribes("people.invited")
def send_invitation(*, invitation: int, **_ids: Any) -> None:
    """Mint the link and mail it; who has a password already is told to sign in as always.

    Run twice, it mails a new link, and the earlier one stops working.
    """
    found = (
        Invitation.objects.filter(pk=invitation, used_at=None).select_related("user", "federation").first()
    )
    if found is None:
        return
    person = Person.objects.get(pk=found.person_id)
    if found.user.has_usable_password():
        mails.send_new_place(person, found.federation, link=_address("account_login"))
        return
    mails.send_invitation(person, found.federation, link=_address("invitation", invitations.mint(found)))


@subscribes("people.factor_reset_asked")
def tell_reset_asked(*, federation_id: int, subject_id: int, **_ids: Any) -> None:
    """Tell the person concerned, unless it is over already."""
    reset = FactorReset.objects.select_related("person").get(pk=subject_id)
    if reset.state == ResetState.ASKED and reset.person.left_on is None:
        mails.send_reset_asked(reset.person, _federation(federation_id), link=_address("me"))


@subscribes("people.factor_reset_done")
def tell_reset_done(*, federation_id: int, subject_id: int, **_ids: Any) -> None:
    """Tell the person concerned that a new second step has to be set up."""
    reset = FactorReset.objects.select_related("person").get(pk=subject_id)
    mails.send_reset_done(reset.person, _federation(federation_id), link=_address("account_login"))


def _federation(pk: int) -> Federation:
    return Federation.objects.get(pk=pk)
