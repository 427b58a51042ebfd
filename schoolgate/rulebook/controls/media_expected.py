"""What whoever makes a site or a post is told about the press."""

from collections.abc import Iterable

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, advises
from schoolgate.rulebook.situations.media_expected import MediaExpected


class MayDrawPress(Control):
    """Is whoever makes a site or a post told that it may draw the press? Settings: none."""

    key = "media.may_draw_press"
    listens_to = ("media.expected",)
    points = ("press_expected",)

    def judge(self, facts: MediaExpected, settings: NoSettings) -> Iterable[Said]:
        if facts.may_be_controversial is not False:
            yield advises("media.may_draw_press")
