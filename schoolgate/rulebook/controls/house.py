"""The program's own few rules. They may be stricter than a policy and never pass for a clause."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, forbids, met, requires, unknown
from schoolgate.rulebook.facts import LONDON
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.post_publish import Picture, PostPublish


class SecondPerson(Control):
    """The house: a post goes out when somebody other than its author has approved it as it stands."""

    key = "house.second_person"
    listens_to = ("post.publish",)
    points = ("second_person",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.author is None or facts.approvals is None:
            yield unknown("post_author" if facts.author is None else "approvals", "office")
            return
        others = [one for one in facts.approvals if one.by != facts.author.key]
        if any(one.of_this_version for one in others):
            yield met("house.second_person")
        elif any(one.of_this_version is None for one in others):
            yield unknown("approved_as_it_stands", "approver")
        elif len(others) < len(facts.approvals):
            yield forbids("house.author_approved")
        else:
            yield requires("house.needs_second_person", Need("approval", "approver"))


class ConsentListChecked(Control):
    """The house: a picture that shows somebody waits for a named person's word that the consent list was
    checked.

    For the channel it goes out on, of the picture as it stands, with the date of the list; a list dated after
    the check does not count."""

    key = "house.consent_list"
    listens_to = ("post.publish",)
    points = ("consent_list",)
    attested = True

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
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
    def _checked(picture: Picture, network: str | None) -> Iterator[Said]:
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
