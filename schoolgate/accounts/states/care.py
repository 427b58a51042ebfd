"""Values for daily checks, reviews, closing and passing on, and their allowed transitions."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Looked(TextChoices):
    """What was checked."""

    ACCOUNT = "account", _("the account")
    CONTRIBUTIONS = "contributions", _("what others contribute")
    FRIENDS = "friends", _("friends’ comments")


class AimState(TextChoices):
    """The result of an aim."""

    MET = "met", _("Achieved")
    PARTLY = "partly", _("Partly achieved")
    NOT_MET = "not_met", _("Not achieved")


class ArchiveState(TextChoices):
    """The status of the file with everything of an account."""

    WAITING = "waiting", _("Waiting to start")
    MAKING = "making", _("Being created")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not created")
    GONE = "gone", _("Destroyed")


ARCHIVE_MOVES: Mapping[ArchiveState, frozenset[ArchiveState]] = {
    ArchiveState.WAITING: frozenset({ArchiveState.MAKING, ArchiveState.FAILED}),
    # Once more from the beginning, where a worker was killed.
    ArchiveState.MAKING: frozenset({ArchiveState.MAKING, ArchiveState.READY, ArchiveState.FAILED}),
    ArchiveState.READY: frozenset(),
    ArchiveState.FAILED: frozenset(),
    ArchiveState.GONE: frozenset(),
}


class ClosingState(TextChoices):
    """The status of the closing of an account."""

    UNDER_WAY = "under_way", _("Under way")
    FINISHED = "finished", _("Closed")
    STOPPED = "stopped", _("Cancelled")


CLOSING_MOVES: Mapping[ClosingState, frozenset[ClosingState]] = {
    ClosingState.UNDER_WAY: frozenset({ClosingState.FINISHED, ClosingState.STOPPED}),
    ClosingState.FINISHED: frozenset(),
    ClosingState.STOPPED: frozenset(),
}


class OfferState(TextChoices):
    """The outcome of an offered part in an account."""

    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Cancelled")


OFFER_MOVES: Mapping[OfferState, frozenset[OfferState]] = {
    OfferState.WAITING: frozenset({OfferState.ACCEPTED, OfferState.DECLINED, OfferState.WITHDRAWN}),
    OfferState.ACCEPTED: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
}
