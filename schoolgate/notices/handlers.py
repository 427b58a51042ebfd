"""Handlers for events of the apps below: each notifies someone. A handler that runs twice notifies once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.notices.actions import mended, tell
from schoolgate.notices.kinds import LINK, LetterContent, LetterText, address, makes_letter
from schoolgate.notices.models import BadAddress
from schoolgate.notices.pushing import forget_devices
from schoolgate.people import directories
from schoolgate.people.models import FactorReset, Invitation, Person, ResetState
from schoolgate.people.rules import others_who_may_reset

INVITED = LetterText(
    _("choose your password"),
    (
        _("You now have access to Schoolgate, where we manage our social media."),
        _("Choose your password here. The link works once and lasts seven days:"),
        LINK,
        _("If you weren’t expecting this, don’t follow the link. Ask the school."),
    ),
)
NEW_PLACE = LetterText(
    _("you have access here too"),
    (
        _("You now have access to Schoolgate, where we manage our social media."),
        _("Sign in as usual, then switch here:"),
        LINK,
    ),
)
RESET_ASKED = LetterText(
    _("someone asked to reset your two-step verification"),
    (
        _("If it is confirmed within a day, you set up a new one when you next sign in."),
        _("If you didn’t ask for this, sign in and withdraw it, and tell the school at once:"),
        LINK,
    ),
)
RESET_DONE = LetterText(
    _("your two-step verification was reset"),
    (
        _("The reset was confirmed. You’ve been signed out everywhere."),
        _("Sign in with your password and set up two-step verification again:"),
        LINK,
        _("If you didn’t ask for this, tell the school at once."),
    ),
)
RESET_AT_SERVER = LetterText(
    _("someone’s two-step verification was reset at the server"),
    (
        _("The person who runs the server reset it, because too few people could sign in to do it here."),
        _("See whose sign-in was reset. If you didn’t expect this, tell the school at once:"),
        LINK,
    ),
)


@subscribes("people.invited")
def tell_invited(*, invitation: int, event_id: int, at: datetime, **_ids: Any) -> None:
    """Send the link for choosing a password; it is minted when the mail is sent."""
    found = Invitation.objects.filter(pk=invitation, used_at=None).first()
    if found is not None:
        person = Person.objects.get(pk=found.person_id)
        tell(person=person, kind="people.invited", subject=found, at=at, number=event_id)


@makes_letter("people.invited", _("Your invitation to Schoolgate"))
def invited(pk: int, at: datetime) -> LetterContent | None:
    """The link, in its first minute; who has a password already is told to sign in as always.

    Made twice, the earlier link stops working.
    """
    found = Invitation.objects.filter(pk=pk, used_at=None).select_related("user").first()
    if found is None or found.expires_at <= at:
        return None
    if found.user.has_usable_password():
        return LetterContent(NEW_PLACE, address("account_login"))
    return LetterContent(INVITED, address("invitation", directories.mint(found, to=found.user.email)))


@subscribes("people.factor_reset_asked")
def tell_reset_asked(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Tell the person concerned."""
    reset = FactorReset.objects.select_related("person").get(pk=subject_id)
    tell(person=reset.person, kind="people.reset_asked", subject=reset, at=at)


@makes_letter("people.reset_asked", _("A reset of your two-step verification was requested"))
def reset_asked(pk: int, at: datetime) -> LetterContent | None:
    """Unless it is over already."""
    reset = FactorReset.objects.get(pk=pk)
    return LetterContent(RESET_ASKED, address("me")) if reset.state == ResetState.ASKED else None


@subscribes("people.factor_reset_done")
def tell_reset_done(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Tell the person concerned that a new second step has to be set up."""
    reset = FactorReset.objects.select_related("person").get(pk=subject_id)
    tell(person=reset.person, kind="people.reset_done", subject=reset, at=at)


@subscribes("people.factor_reset_at_server")
def tell_reset_at_server(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Tell the person concerned, and everyone who could have taken part instead."""
    reset = FactorReset.objects.select_related("person__federation").get(pk=subject_id)
    tell(person=reset.person, kind="people.reset_done", subject=reset, at=at)
    for other in others_who_may_reset(reset.person, on=local_day(at)):
        tell(person=other, kind="people.reset_at_server", subject=reset, at=at)


@makes_letter(
    "people.reset_at_server",
    _("Someone’s two-step verification was reset at the server"),
    because=_("We tell you so that no reset goes unnoticed."),
)
def reset_at_server(pk: int, at: datetime) -> LetterContent | None:
    """Always: it has happened."""
    return LetterContent(RESET_AT_SERVER, address("person", FactorReset.objects.get(pk=pk).person_id))


@makes_letter("people.reset_done", _("Your two-step verification was reset"))
def reset_done(pk: int, at: datetime) -> LetterContent | None:
    """Always: it has happened."""
    return LetterContent(RESET_DONE, address("account_login"))


@subscribes("people.person_changed")
def look_at_address(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Mark a person with a new address as reachable again."""
    person = Person.objects.get(pk=subject_id)
    bad = BadAddress.objects.filter(person=person).first()
    if bad is not None and bad.address != person.email:
        mended(person=person, at=at)


@subscribes("people.gone")
def forget_address(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """End the task to find out how to reach a person who has left; send nothing more to their devices."""
    person = Person.objects.get(pk=subject_id)
    if BadAddress.objects.filter(person=person).exists():
        mended(person=person, at=at)
    forget_devices(person=person, at=at)
