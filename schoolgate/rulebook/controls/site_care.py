"""Before a site goes live: who may write on it, who reads that, who answers for it?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, met, requires, unknown
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.site_prepare import SitePrepare


class UsersMay(Control):
    """Has the author settled whether users may add something of their own? Settings: option, what it is.

    Yes and no are both settled.
    """

    key = "site_care.users_may"
    listens_to = ("site.prepare",)
    points = ("users_text", "users_pictures")

    class Settings(NoSettings):
        option: Literal["text or comments", "image upload"]

    def judge(self, facts: SitePrepare, settings: Settings) -> Iterable[Said]:
        text = settings.option == "text or comments"
        settled = facts.users_may_write if text else facts.users_may_add_pictures
        what = "text" if text else "pictures"
        if settled is None:
            yield requires(f"site_care.settle_{what}", Need(f"users_{what}", "site_author"))
        else:
            yield met(f"site_care.settled_{what}")


class RepliesDealtWith(Control):
    """Is it settled who deals with what people say back? Settings: two_way."""

    key = "site_care.replies"
    listens_to = ("site.prepare",)
    points = ("comments_dealt_with",)

    class Settings(NoSettings):
        two_way: Literal[True]

    def judge(self, facts: SitePrepare, settings: Settings) -> Iterable[Said]:
        if facts.answers_given_by:
            yield met("site_care.replies_dealt_with")
        else:
            yield requires("site_care.nobody_replies", Need("who_answers", "creator_of_account"))


class ModerationSetUp(Control):
    """Is what stands on the site moderated: before or after it appears, and by named people?

    Settings: hosting - whose sites the rule is about; object - what is moderated.
    """

    key = "site_care.moderation"
    listens_to = ("site.prepare",)
    points = ("moderation_set_up",)

    class Settings(NoSettings):
        hosting: Literal["school", "third party"]
        object: Literal["content"]

    def judge(self, facts: SitePrepare, settings: Settings) -> Iterable[Said]:
        if facts.host not in (None, settings.hosting):
            return
        if facts.host is None:
            yield unknown("who_hosts", "site_author")
            return
        if facts.moderation in ("before", "after") and facts.moderators:
            yield met("site_care.moderated")
            return
        needs = []
        if facts.moderation in (None, "none"):
            needs.append(Need("when_moderated", "site_author"))
        if not facts.moderators:
            needs.append(Need("named_moderators", "site_author"))
        yield requires("site_care.not_moderated", *needs)


class Answerable(Control):
    """Does the team that set a site up answer for moderating it, until it has handed that over?

    On somebody else's platform it is open whether the rule reaches it.
    """

    key = "site_care.answerable"
    listens_to = ("site.prepare",)
    points = ("answerable_for_moderation",)

    def judge(self, facts: SitePrepare, settings: NoSettings) -> Iterable[Said]:
        team, answers = facts.started_by, facts.answers_for_moderation
        if team is None:
            yield unknown("team_that_started", "site_author")
        elif answers is None:
            yield unknown("team_that_answers", "site_author")
        elif answers == team:
            yield met("site_care.team_answers")
        elif facts.handovers is None:
            yield unknown("handover_signed", "site_author")
        elif any(one.by == team and one.written for one in facts.handovers):
            yield met("site_care.handed_over")
        elif facts.host is None:
            yield unknown("who_hosts", "site_author")
        else:
            outside = facts.host == "third party"
            yield requires(
                "site_care.not_handed_over", Need("handover_signed", "team_that_started"), turns=outside
            )


class PlatformKnown(Control):
    """Is it known how somebody else's platform steps in, and how to report to it? Settings: hosting."""

    key = "site_care.platform_known"
    listens_to = ("site.prepare",)
    points = ("platform_known",)

    class Settings(NoSettings):
        hosting: Literal["third party"]

    def judge(self, facts: SitePrepare, settings: Settings) -> Iterable[Said]:
        if facts.host == "school":
            return
        if facts.host is None:
            yield unknown("who_hosts", "site_author")
            return
        wanted = (("reporting_route", facts.reporting_route), ("steps_in_how", facts.steps_in_how))
        missing = [Need(what, "site_author") for what, known in wanted if not known]
        if missing:
            yield requires("site_care.platform_unknown", *missing)
        else:
            yield met("site_care.platform_known")


class OwnPlan(Control):
    """Is it written down what is done on top of a platform's own measures? Settings: hosting."""

    key = "site_care.own_plan"
    listens_to = ("site.prepare",)
    points = ("own_plan",)

    class Settings(NoSettings):
        hosting: Literal["third party"]

    def judge(self, facts: SitePrepare, settings: Settings) -> Iterable[Said]:
        if facts.host == "school":
            return
        if facts.host is None:
            yield unknown("who_hosts", "site_author")
        elif facts.own_plan:
            yield met("site_care.own_plan_there")
        else:
            yield requires("site_care.own_plan_missing", Need("own_plan_written", "site_author"))


class OnlineFriends(Control):
    """Has the author of a site for pupils settled whether a note on online friends stands on it?

    Settings: risk, of which the note speaks. Pinning it and leaving it out are both settled.
    """

    key = "site_care.online_friends"
    listens_to = ("site.prepare",)
    points = ("online_friends",)

    class Settings(NoSettings):
        risk: Literal["treating online friends as real friends"]

    def judge(self, facts: SitePrepare, settings: Settings) -> Iterable[Said]:
        if facts.made_for_pupils is False:
            return
        if facts.made_for_pupils is None:
            yield unknown("made_for_pupils", "site_author")
        elif facts.friends_note is None:
            yield requires("site_care.offer_friends_note", Need("friends_note_settled", "site_author"))
        else:
            yield met(f"site_care.friends_note_{facts.friends_note}")
