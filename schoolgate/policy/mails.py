"""The mails of this room. They say who writes and what kind of thing it is: no names, no details."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from schoolgate.core.models import Federation
from schoolgate.people.models import Person


def send_asking(person: Person, federation: Federation, *, link: str) -> None:
    """Send somebody who does not sign in the link to the policy that binds them."""
    with override(person.language):
        _send(
            person,
            federation,
            _("please read our policy on social media"),
            [
                _("Our policy on social media is for you too. You can read it here, and say that you have:"),
                link,
                *_about_the_link(),
            ],
        )


def send_reminder(person: Person, federation: Federation, *, link: str, by_link: bool) -> None:
    """Remind somebody who was asked and has not answered."""
    with override(person.language):
        _send(
            person,
            federation,
            _("a reminder: please read our policy on social media"),
            [
                _("You were asked to read our policy on social media, and have not answered yet:"),
                link,
                *(_about_the_link() if by_link else ()),
            ],
        )


def _about_the_link() -> list[str]:
    return [
        _("The link is for you alone and works for 14 days, until you have answered. You can also say no."),
        _("If you did not expect this, do not follow the link; ask the school."),
    ]


def _send(person: Person, federation: Federation, subject: str, lines: list[str]) -> None:
    ending = _("Schoolgate, for {federation}").format(federation=federation.name)
    body = "\n\n".join([*lines, ending])
    send_mail(f"{federation.name}: {subject}", body, settings.DEFAULT_FROM_EMAIL, [person.email])
