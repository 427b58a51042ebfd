"""Pupils who left, with their consents: what is due, and how it is destroyed."""

from __future__ import annotations

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from schoolgate.core.retention import Area, Declared, Part, Public, Row
from schoolgate.pupils.consents import KEPT_OFF
from schoolgate.pupils.models import (
    Consent,
    NotPublished,
    ParentLink,
    Pupil,
    PupilChange,
    PupilInGroup,
    Withdrawal,
)

NUMBERED = Concat(Value("destroyed-"), Cast("pk", CharField()))
"""What takes the place of a name that must be there and must not be there twice."""


class PupilsWhoLeft(Declared):
    """Names of pupils who left, and the consents about them."""

    key, number, endings = "pupils", 9, ("pupil_period", "pupil_parts")
    area = Area.PEOPLE
    public = Public.FIRST
    name = _("Pupils who have left, and consents")
    thing = _("Pupil")
    counted = _("From the day they left.")
    goes = _(
        "The name, class and date of birth, every answer about consent with its scan, the parents’ names and "
        "addresses, and the reason on the do-not-publish list."
    )
    stays = _(
        "The pupil’s number, and when consent was withdrawn. A pupil stays while a post shows "
        "or names them, or a reply or comment on the noticeboard names them, and while "
        "they’re on the do-not-publish list."
    )
    because = _(
        "Our suggestion: seven years. A pupil who leaves at 18 can make most claims for six years more "
        "(Limitation Act 1980, sections 2, 5 and 28). Where pupils leave younger, set a longer period."
    )
    first = _(
        "Record that they’ve left. Then take down every post that shows or names them, and every reply and "
        "comment of the noticeboard that names them."
    )
    row = Row(
        Pupil,
        over=Q(left_on__isnull=False) & ~Q(KEPT_OFF),
        since="left_on",
        empties={
            "first_name": "", "last_name": NUMBERED, "known_as": "", "key": NUMBERED, "year": "", "form": "",
            "born_on": None,
        },
        parts=(
            Part(Consent, "pupil", files=("scan",)),
            Part(Withdrawal, "pupil", {"who": ""}),
            Part(ParentLink, "pupil", {"email": "", "digest": "", "who": NUMBERED, "giver": "parent"}),
            Part(
                NotPublished, "pupil", {"why_ref": None, "ended_why_ref": None},
                sealed=("why_ref", "ended_why_ref"),
            ),
            Part(PupilChange, "pupil", sealed=("why_ref",)),
            Part(PupilInGroup, "pupil"),
        ),
    )  # fmt: skip
