"""States of handovers and their allowed transitions."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HandoverState(TextChoices):
    """From the moment a leaving is known until the account is shut, has a new lead, or continues
    unchanged."""

    OPEN = "open", _("To be handed over")
    TRANSFERRED = "transferred", _("Handed over")
    CLOSED = "closed", _("Closed")
    STAYS = "stays", _("Continues with the remaining team")
    TAKEN_BACK = "taken_back", _("No longer needed: no one is leaving")


HANDOVER_MOVES: Mapping[HandoverState, frozenset[HandoverState]] = {
    HandoverState.OPEN: frozenset(
        {
            HandoverState.TRANSFERRED,
            HandoverState.CLOSED,
            HandoverState.STAYS,
            HandoverState.TAKEN_BACK,
        }
    ),
    HandoverState.TRANSFERRED: frozenset(),
    HandoverState.CLOSED: frozenset(),
    HandoverState.STAYS: frozenset(),
    HandoverState.TAKEN_BACK: frozenset(),
}


class Ends(TextChoices):
    """How a handover may end, in the words of the rulebook."""

    TRANSFER = "transfer", _("The account has a new person responsible")
    CLOSE = "close", _("The account is closed")
    AS_IT_IS = "as it is", _("It continues as it is, with the remaining team")


ENDS_AS: Mapping[str, HandoverState] = {
    Ends.TRANSFER: HandoverState.TRANSFERRED,
    Ends.CLOSE: HandoverState.CLOSED,
    Ends.AS_IT_IS: HandoverState.STAYS,
}


class RunBy(TextChoices):
    """Who runs a handover: the person or role that the policy names or, where it names no one, that this
    program asks."""

    ROLE = "role", _("a role named in the policy")
    STAYING = "staying", _("an account lead who is staying")
    MANAGER = "manager", _("the manager responsible for the account")
    HOUSE = "house", _("a role chosen by Schoolgate, because the policy names no one")


class Taken(TextChoices):
    """What a leaver may want to keep, in the words of the rulebook."""

    PAGE = "page", _("The page itself")
    DRAFTS = "drafts", _("Drafts")
    MEDIA = "media", _("Pictures and film")
    MESSAGES = "messages", _("Messages")
