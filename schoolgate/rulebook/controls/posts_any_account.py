"""What is advised of posts on any account, where the account is somebody's own."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, advises, forbids, unknown
from schoolgate.rulebook.controls.personal import HOLDER
from schoolgate.rulebook.situations.personal_post import PersonalPost

COMMUNITY = ("pupil", "parent", "staff", "governor", "volunteer", "friend")


class ParticularMatters(Control):
    """Does a post about the school leave out its particular matters? Whether it deals with one is for its
    writer to see: a reminder, unless it is known to be about something else.

    Settings: `accounts` - on which; `topic`."""

    key = "any_account.particular_matters"
    listens_to = ("personal.post",)
    points = ("own_school_matters",)

    class Settings(NoSettings):
        accounts: Literal["any"]
        topic: Literal["specific matters of the federation"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.about_school is not False:
            yield advises("rule.federation_matter")


class CommunityMembers(Control):
    """Does it talk about nobody of the school's community? A reminder where nobody said whom it is about.

    Settings: `accounts`, `topic` as above."""

    key = "any_account.community_members"
    listens_to = ("personal.post",)
    points = ("others_discussed",)

    class Settings(NoSettings):
        accounts: Literal["any"]
        topic: Literal["specific matters of community members"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.people is None:
            yield advises("rule.community_matter")
        for position, one in enumerate(facts.people or ()):
            about = f"people[{position}]"
            if one.discussed is False or one.relation not in (None, *COMMUNITY):
                continue
            if one.discussed is None:
                yield unknown("own_discussed", HOLDER, about)
            elif one.relation is None:
                yield unknown("own_person", HOLDER, about)
            else:
                yield forbids("any_account.community_matter", about)


class ThinkOfName(Control):
    """Was the federation's reputation thought of before a post about the school? Settings: `accounts`."""

    key = "any_account.think_of_name"
    listens_to = ("personal.post",)
    points = ("own_good_name",)

    class Settings(NoSettings):
        accounts: Literal["any"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.about_school is not False:
            yield advises("reminder.think_of_name")
