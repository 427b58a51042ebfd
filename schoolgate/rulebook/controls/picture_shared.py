"""The rules on the people in a picture, where it is put online or passed on apart from a post."""

from collections.abc import Iterator
from typing import Any

from schoolgate.rulebook.controls.base import Control, Said, unknown
from schoolgate.rulebook.controls.pictures import (
    Consent,
    DoNotPublish,
    Judged,
    LeadershipConsent,
    NameBesidePicture,
    OptOut,
    PermissionSought,
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


class _OnOfficialAccounts(Control):
    """A rule on posts that is asked of a picture which is to go on an official account."""

    listens_to = ("image.share",)

    def judge(self, facts: Any, settings: Any) -> Iterator[Said]:
        if facts.place is None:
            yield unknown("image_place", "picture_owner")
        elif facts.place == "official_account":
            yield from super().judge(facts, settings)


class SharedConsent(_OnOfficialAccounts, Consent):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.consent"


class SharedNaming(_OnOfficialAccounts, NameBesidePicture):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.name_beside"


class SharedRecognisable(_OnOfficialAccounts, PupilRecognisable):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.pupil_recognisable"


class SharedPermission(_OnOfficialAccounts, PermissionSought):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.permission"


class SharedOptOut(_OnOfficialAccounts, OptOut):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.opt_out"


class SharedJudged(_OnOfficialAccounts, Judged):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.judged"


class SharedDoNotPublish(_OnOfficialAccounts, DoNotPublish):
    """The same as for a post, on official accounts. Settings: those of the rule on posts."""

    key = "image.do_not_publish"
