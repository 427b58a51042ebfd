"""Somebody took, by accident, a picture that could be misread or misused. What happens to it?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Facts, Instant, Roles, Tri, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.working_time import in_utc

TAKER = "picture_taker"


@moment(
    "image.taken",
    _("A picture was taken by accident that could be misread or misused"),
    "accidental_deleted accidental_told",
)
class ImageTaken(Act, asked_of=TAKER, prefix="image_"):
    """`by` took it; `found_at`: when it was seen for what it is. `compromising`, `could_be_misread`: what a
    person found it to be. `act`: what is about to be done with it, None where nothing is. `copies_left`:
    where it still is, empty where everything is gone. `told`: the roles that know of it."""

    found_at: Instant | None = None
    by_accident: Tri = fact(_("whether the picture was taken by accident"))
    compromising: Tri = fact(
        _("whether the picture compromises somebody"), _("Does the picture compromise somebody?")
    )
    could_be_misread: Tri = fact(
        _("whether the picture could be misread or misused"), _("Could the picture be misread or misused?")
    )
    act: Literal["keep", "use", "close_report"] | None = None
    copies_left: tuple[Literal["library", "device", "elsewhere"], ...] | None = fact(
        _("where the picture still is")
    )
    told: Roles | None = fact(_("who knows of the picture"))

    @derived("image_found_at", _("when the picture was seen for what it is"))
    def deletion_due(self, _facts: Facts) -> Due | None:
        """By when it is to be gone: at once."""
        return Due(instant=in_utc(self.found_at)) if self.found_at is not None else None
