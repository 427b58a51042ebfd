"""The rules on the people in a picture, where it is put online or passed on apart from a post."""

from collections.abc import Iterator
from typing import Any

from schoolgate.rulebook.controls.base import Said, unknown
from schoolgate.rulebook.controls.pictures import (
    Consent,
    LeadershipConsent,
    NameBesidePicture,
    PupilRecognisable,
    ShowsSecurity,
)


class SharedLeadershipConsent(LeadershipConsent):
    """The same as for a post, wherever the picture goes. Settings: those of the rule on posts."""

    key = "image.leadership_consent"
    version = 1
    listens_to = ("image.share",)


class SharedSecurity(ShowsSecurity):
    """The same as for a post, wherever the picture goes. Settings: those of the rule on posts."""

    key = "image.security"
    listens_to = ("image.share",)


class SharedConsent(Consent):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.consent"
    listens_to = ("image.share",)

    def judge(self, facts: Any, settings: Any) -> Iterator[Said]:
        if facts.place is None:
            yield unknown("image_place", "picture_owner")
        elif facts.place == "official_account":
            yield from super().judge(facts, settings)


class SharedNaming(NameBesidePicture):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.name_beside"
    listens_to = ("image.share",)

    def judge(self, facts: Any, settings: Any) -> Iterator[Said]:
        if facts.place is None:
            yield unknown("image_place", "picture_owner")
        elif facts.place == "official_account":
            yield from super().judge(facts, settings)


class SharedRecognisable(PupilRecognisable):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.pupil_recognisable"
    listens_to = ("image.share",)

    def judge(self, facts: Any, settings: Any) -> Iterator[Said]:
        if facts.place is None:
            yield unknown("image_place", "picture_owner")
        elif facts.place == "official_account":
            yield from super().judge(facts, settings)
