"""The channel through which a federation's people get notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from schoolgate.core.models import Federation
from schoolgate.notices import mail_server
from schoolgate.notices.troubles import MailTrouble
from schoolgate.notices.ways.catcher import Catcher
from schoolgate.notices.ways.email import Email
from schoolgate.notices.ways.port import Way


def _email(federation: Federation) -> Way | None:
    server = mail_server.in_use()
    return None if isinstance(server, MailTrouble) else Email(server)


def _catcher(federation: Federation) -> Way | None:
    return Catcher(federation.pk)


WAYS: Mapping[str, Callable[[Federation], Way | None]] = {"email": _email, "catcher": _catcher}
"""By their keys: how each is made for a federation; None where it has not been set up. A new way is a module
here and a line."""


def way_for(federation: Federation) -> Way | None:
    """Return the channel for this federation; None if there is none yet, and mails wait.

    No mail of an example federation ever leaves the machine, whatever email server there is: its people and
    their addresses are made up.
    """
    return WAYS["catcher" if federation.is_example else "email"](federation)
