"""Somebody took, by accident, a picture that could be misread or misused. What happens to it?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Facts, Instant, Roles, Tri, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.working_time import in_utc

TAKER = "picture_taker"


class ImageTaken(Act):
    """`by` took it; `found_at`: when it was seen for what it is. `compromising`, `could_be_misread`: what a
    person found it to be. `act`: what is about to be done with it, None where nothing is. `copies_left`:
    where it still is, empty where everything is gone. `told`: the roles that know of it."""

    found_at: Instant | None = None
    by_accident: Annotated[
        Tri, Ask("image_by_accident", TAKER, gettext_noop("whether the picture was taken by accident"))
    ] = None
    compromising: Annotated[
        Tri,
        Ask(
            "image_compromising",
            TAKER,
            gettext_noop("whether the picture compromises somebody"),
            gettext_noop("Does the picture compromise somebody?"),
        ),
    ] = None
    could_be_misread: Annotated[
        Tri,
        Ask(
            "image_could_be_misread",
            TAKER,
            gettext_noop("whether the picture could be misread or misused"),
            gettext_noop("Could the picture be misread or misused?"),
        ),
    ] = None
    act: Literal["keep", "use", "close_report"] | None = None
    copies_left: Annotated[
        tuple[Literal["library", "device", "elsewhere"], ...] | None,
        Ask("image_copies_left", TAKER, gettext_noop("where the picture still is")),
    ] = None
    told: Annotated[Roles | None, Ask("image_told", TAKER, gettext_noop("who knows of the picture"))] = None

    @derived("image_found_at", TAKER, gettext_noop("when the picture was seen for what it is"))
    def deletion_due(self, _facts: Facts) -> Due | None:
        """By when it is to be gone: at once."""
        return Due(instant=in_utc(self.found_at)) if self.found_at is not None else None


IMAGE_TAKEN = Situation(
    key="image.taken",
    title=gettext_noop("A picture was taken by accident that could be misread or misused"),
    facts=ImageTaken,
    points=points("accidental_deleted accidental_told"),
)
