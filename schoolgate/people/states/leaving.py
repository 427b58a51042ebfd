"""States of leaving and of long leave, and their allowed transitions. Pure."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DepartureState(TextChoices):
    """A leaving is known in advance, takes effect on its day, or is cancelled."""

    EXPECTED = "expected", _("Leaving")
    DONE = "done", _("Has left")
    TAKEN_BACK = "taken_back", _("Cancelled")


LEAVING_MOVES: Mapping[DepartureState, frozenset[DepartureState]] = {
    DepartureState.EXPECTED: frozenset({DepartureState.DONE, DepartureState.TAKEN_BACK}),
    DepartureState.DONE: frozenset({DepartureState.TAKEN_BACK}),
    DepartureState.TAKEN_BACK: frozenset(),
}


class HowKnown(TextChoices):
    """How the federation came to know that a person leaves."""

    ENTERED = "entered", _("recorded by a person")
    IMPORTED = "imported", _("imported from a list")
    SIGN_IN = "sign_in", _("their sign-in was turned off")


class AbsenceKind(TextChoices):
    """Why a person is away for long. Three plain words and no more: no health details are stored."""

    LEAVE = "leave", _("On long leave")
    SECONDED = "seconded", _("Working somewhere else for a time")
    STUDY = "study", _("Studying or on a sabbatical")
