"""Requests about data that were closed: what is due, and how it is destroyed.

The row of a request and its steps stay, because the record names them: when it was answered, and who did it.
A file of an answer goes from the store with the sweep that removes what no row names.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.retention import SIX_YEARS, Area, Declared, Part, Public, Row
from schoolgate.rights.models import Answer, AnswerState, Covered, Found, Gathering, Request, State, Step


class Requests(Declared):
    """Requests about data that were closed."""

    key, number, endings = "requests", 12, ("request_period", "request_parts")
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Data requests")
    thing = _("Data request")
    counted = _("From the day it was closed.")
    goes = _(
        "Who asked, whose data they wanted and why, our notes, the list of what was found, and our answers "
        "with their files."
    )
    stays = _("The request’s kind, dates and outcome, and who dealt with it.")
    because = SIX_YEARS
    first = _("Close the request, and finish every task about it.")
    row = Row(
        Request,
        over=Q(state=State.CLOSED),
        since="state_at",
        empties={"words_ref": None},
        sealed=("words_ref",),
        parts=(
            Part(Covered, "found__request"),
            Part(Found, "request", sealed=("words_ref",)),
            Part(Gathering, "request", sealed=("sought_ref",)),
            Part(Step, "request", {"words_ref": None}, sealed=("words_ref",)),
            Part(
                Answer, "request", {"letter_ref": None, "state": AnswerState.GONE, "file": ""},
                sealed=("letter_ref",),
            ),
        ),
    )  # fmt: skip
