"""The program's own few rules. They may be stricter than a policy and never pass for a clause."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import Control, NoSettings, RuleResult, met, requires, unknown
from schoolgate.rulebook.facts import LONDON
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.posts import Picture, PostPublish


class ConsentListChecked(Control):
    """The house: a picture that shows people waits until a named person has checked the consent list.

    For the channel it goes out on, of the picture as it stands, with the date of the list; a list dated after
    the check does not count."""

    key = "house.consent_list"
    listens_to = ("post.publish",)
    points = ("consent_list",)
    attested = True

    def evaluate(self, facts: PostPublish, settings: NoSettings) -> Iterator[RuleResult]:
        if facts.has_picture is False:
            return
        picture = facts.picture
        if picture is None:
            yield unknown("picture", "author")
        elif picture.shows_people is None:
            yield unknown("shows_people", "author")
        elif picture.shows_people:
            yield from self._checked(picture, facts.account.network)

    @staticmethod
    def _checked(picture: Picture, network: str | None) -> Iterator[RuleResult]:
        check = picture.consent_list
        if network is None:
            yield unknown("network", "office")
        elif (
            check is None or check.channel != network or check.list_dated > check.at.astimezone(LONDON).date()
        ):
            yield requires("house.consent_list_unchecked", Need("consent_list", "picture_checker"))
        elif check.of_this_version is not True:
            yield requires("house.consent_list_changed", Need("consent_list", "picture_checker"))
        else:
            yield met("house.consent_list_checked", dated=check.list_dated)
