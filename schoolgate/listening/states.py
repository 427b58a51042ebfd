"""States of a find, and the choices of the forms."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindState(TextChoices):
    """The status of something that a watch found."""

    OPEN = "open", _("To read")
    PASSED = "passed", _("Being dealt with")
    LEFT = "left", _("Left")


FIND_MOVES: Mapping[FindState, frozenset[FindState]] = {
    FindState.OPEN: frozenset({FindState.PASSED, FindState.LEFT}),
    FindState.PASSED: frozenset(),
    FindState.LEFT: frozenset({FindState.OPEN}),
}


class How(TextChoices):
    """How something was found."""

    NETWORK = "network", _("Search on the network")
    FEED = "feed", _("Feed")
    ALERT = "alert", _("Alert by email")
    HAND = "hand", _("Added by hand")


class Way(TextChoices):
    """Where a find went on."""

    ITEM = "item", _("Added to the inbox")
    PRESS = "press", _("Passed on as press interest")
    CONCERN = "concern", _("Already dealt with")
    """Reported as a concern: it may be about a person who reads this list, so no word says so."""


class LeftBecause(TextChoices):
    """Why nothing is done about a find: short codes, because they are in the record."""

    NO_ANSWER = "no_answer", _("No reply needed")
    OPINION = "opinion", _("Someone’s own opinion, which we leave to them")
    NOT_ABOUT_US = "not_about_us", _("Not about our school")
    KNOWN = "known", _("Already dealt with")
    GONE = "gone", _("No longer there")


class Trouble(TextChoices):
    """Why a place could not be searched."""

    NONE = "", ""
    KEYS = "keys", _("The account has to be connected again")
    RIGHTS = "rights", _("The account’s key doesn’t allow searching")
    REFUSED = "refused", _("This source doesn’t allow searching")
    AWAY = "away", _("It couldn’t be reached")
    NO_FEED = "no_feed", _("There’s no feed at this address")
    TOO_MANY = "too_many", _("It finds too much to read: use more exact words")
