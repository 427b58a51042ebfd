"""States of keys and sealed papers, and their allowed transitions."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KeyKind(TextChoices):
    """Kinds of sealed secrets of an account: those that open it, or help to recover it."""

    PASSWORD = "password", _("Password")
    TOTP = "totp", _("Authenticator app")
    CODES = "codes", _("Recovery codes")
    TOKEN = "token", _("Key for a program")
    PARTICULARS = "particulars", _("Login name and recovery addresses")


class KeyEnd(TextChoices):
    """Why a key is no longer there."""

    REPLACED = "replaced", _("Changed")
    DESTROYED = "destroyed", _("Destroyed")
    CLOSED = "closed", _("Destroyed when the account closed")


class ChangeReason(TextChoices):
    """Why a key must be changed."""

    LEFT = "left", _("Someone who saw it has left.")
    PART_ENDED = "part_ended", _("Someone who saw it is no longer on the account’s team.")
    OPENED = "opened", _("The sealed envelope with this password was opened.")
    DAY = "day", _("The date for changing it has come.")
    ASKED = "asked", _("Someone who shouldn’t may know the password.")


class PaperState(TextChoices):
    """A paper is sealed when it is made, and always stays on record."""

    SEALED = "sealed", _("Sealed")
    OPENED = "opened", _("Opened")
    VOID = "void", _("No longer valid")


PAPER_MOVES: Mapping[PaperState, frozenset[PaperState]] = {
    PaperState.SEALED: frozenset({PaperState.OPENED, PaperState.VOID}),
    PaperState.OPENED: frozenset(),
    PaperState.VOID: frozenset(),
}
