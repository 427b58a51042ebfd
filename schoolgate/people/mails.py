"""The mails of this room. They say who writes and what kind of thing it is: no names, no details."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from schoolgate.core.models import Federation
from schoolgate.people.models import Person


def _send(person: Person, federation: Federation, subject: str, lines: list[str]) -> None:
    ending = _("Schoolgate, for {federation}").format(federation=federation.name)
    body = "\n\n".join([*lines, ending])
    send_mail(f"{federation.name}: {subject}", body, settings.DEFAULT_FROM_EMAIL, [person.email])


def send_invitation(person: Person, federation: Federation, *, link: str) -> None:
    """Send the one-time link for choosing a password."""
    with override(person.language):
        _send(
            person,
            federation,
            _("choose your password"),
            [
                _("You have been given a place in Schoolgate, where our social media are looked after."),
                _("Choose your password here. The link works once, and for seven days:"),
                link,
                _("If you did not expect this, do not follow the link; ask the school."),
            ],
        )


def send_new_place(person: Person, federation: Federation, *, link: str) -> None:
    """Tell somebody who already signs in elsewhere that they have a place here too."""
    with override(person.language):
        _send(
            person,
            federation,
            _("you have a place here too"),
            [
                _("You have been given a place in Schoolgate, where our social media are looked after."),
                _("Sign in as you always do, then change to this place:"),
                link,
            ],
        )


def send_reset_asked(person: Person, federation: Federation, *, link: str) -> None:
    """Tell the person concerned that somebody asked to reset their second step."""
    with override(person.language):
        _send(
            person,
            federation,
            _("somebody asked to reset the second step of your sign-in"),
            [
                _("A second person has to confirm it within a day. You then set up a new one."),
                _("If you did not ask for this, sign in and withdraw it, and tell the school at once:"),
                link,
            ],
        )


def send_reset_done(person: Person, federation: Federation, *, link: str) -> None:
    """Tell the person concerned that their second step is gone and a new one is to be set up."""
    with override(person.language):
        _send(
            person,
            federation,
            _("the second step of your sign-in was reset"),
            [
                _("Two people confirmed it. You have been signed out everywhere."),
                _("Sign in with your password and set up a new second step:"),
                link,
                _("If you did not ask for this, tell the school at once."),
            ],
        )
