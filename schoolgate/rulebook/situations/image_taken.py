"""Somebody took, by accident, a picture that could be misread or misused. What happens to it?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Instant, Person, Roles, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class ImageTaken(Facts):
    """`by` took it; `found_at`: when it was seen for what it is. `compromising`, `could_be_misread`: what a
    person found it to be. `act`: what is about to be done with it, None where nothing is. `copies_left`:
    where it still is, empty where everything is gone. `told`: the roles that know of it."""

    by: Person | None = None
    found_at: Instant | None = None
    by_accident: Tri = None
    compromising: Tri = None
    could_be_misread: Tri = None
    act: Literal["keep", "use", "close_report"] | None = None
    copies_left: tuple[Literal["library", "device", "elsewhere"], ...] | None = None
    told: Roles | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


IMAGE_TAKEN = Situation(
    key="image.taken",
    title=gettext_noop("A picture was taken by accident that could be misread or misused"),
    facts=ImageTaken,
    points=points("accidental_deleted accidental_told"),
)
