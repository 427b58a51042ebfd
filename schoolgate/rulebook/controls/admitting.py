"""What others write, and those who write it: may it, and may they, be let in?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    by_role,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.comment_admit import CommentAdmit
from schoolgate.rulebook.situations.comment_write import CommentWrite
from schoolgate.rulebook.situations.contributor_admit import ContributorAdmit
from schoolgate.rulebook.situations.judged import standing

RULES = {
    "let_through": ("against_terms", "against_house_rules"),
    "friends_let_through": ("against_trust_rules",),
    "never_let_through": ("grossly_offensive", "endangers_young_person", "endangers_adult"),
}


class NotLetThrough(Control):
    """May others read a comment that a person found against the rules?

    Settings: action, in the policy's word. `rules`: which rules, as the points are called (plumbing).
    """

    key = "admitting.not_let_through"
    listens_to = ("comment.admit",)
    points = ("let_through", "friends_let_through", "never_let_through")
    plumbing = frozenset({"rules"})

    class Settings(NoSettings):
        action: Literal["not posted", "never posted"]
        rules: Literal["let_through", "friends_let_through", "never_let_through"]

    def judge(self, facts: CommentAdmit, settings: Settings) -> Iterable[Said]:
        friends_only = settings.rules == "friends_let_through"
        if friends_only and facts.from_friend is False:
            return
        found = standing(facts.judged, RULES[settings.rules])
        if found is None:
            yield unknown("judged_by_person", "moderator")
        elif not found:
            yield met(f"admitting.{settings.rules}_met")
        elif friends_only and facts.from_friend is None:
            yield unknown("from_friend", "moderator")
        else:
            for one in found:
                yield forbids(f"admitting.{settings.rules}", f"judged.{one.what}")


class ConductShown(Control):
    """Does whoever is about to write see what conduct is expected of them?

    Settings: standard - what this policy sets, or what other relevant policies set.
    """

    key = "admitting.conduct_shown"
    listens_to = ("comment.write",)
    points = ("conduct_shown", "other_conduct_shown")

    class Settings(NoSettings):
        standard: Literal["this policy", "other relevant policies"]

    def judge(self, facts: CommentWrite, settings: Settings) -> Iterable[Said]:
        if settings.standard == "this policy":
            if facts.house_rules_shown is None:
                yield unknown("conduct_rules_shown", "office")
            elif facts.house_rules_shown:
                yield met("admitting.conduct_shown")
            else:
                yield requires("admitting.conduct_not_shown", Need("conduct_rules", "office"))
        elif facts.other_policies is None:
            yield unknown("other_policies", "office")
        elif not facts.other_policies:
            yield requires("admitting.no_other_policies", Need("other_policies_linked", "office"))
        else:
            for position, link in enumerate(facts.other_policies):
                about = f"other_policies[{position}]"
                if link.works is None:
                    yield unknown("link_leads_somewhere", "office", about)
                elif link.works:
                    yield met("admitting.other_policy_linked", about)
                else:
                    yield requires("admitting.link_broken", Need("working_link", "office"), about=about)


class ContributorVetted(Control):
    """Was whoever is to contribute looked into first: by whom, when and how?"""

    key = "admitting.contributor_vetted"
    listens_to = ("contributor.admit",)
    points = ("contributor_vetted",)

    def judge(self, facts: ContributorAdmit, settings: NoSettings) -> Iterable[Said]:
        if facts.act == "call":
            return
        if facts.act is None:
            yield unknown("act_on_contributors", "site_author")
        elif facts.vettings is None:
            yield unknown("vettings", "vetter")
        elif any(one.at is not None and one.how for one in facts.vettings):
            yield met("admitting.vetted")
        else:
            yield requires("admitting.not_vetted", Need("vetting", "vetter"))


class CallApproved(Control):
    """Who has to approve a call for contributors that goes out over social media? Settings: roles."""

    key = "admitting.call_approved"
    listens_to = ("contributor.admit",)
    points = ("call_approved",)

    class Settings(NoSettings):
        roles: tuple[str, ...]

    def judge(self, facts: ContributorAdmit, settings: Settings) -> Iterable[Said]:
        if facts.act == "let_in" or facts.through_social_media is False:
            return
        if facts.act is None:
            yield unknown("act_on_contributors", "site_author")
        elif facts.through_social_media is None:
            yield unknown("through_social_media", "site_author")
        elif facts.approvals is None:
            yield unknown("approvals", "approver")
        elif any(one.of_this_version for one in by_role(facts.approvals, settings.roles)):
            yield met("admitting.call_approved")
        else:
            needs = (Need("approval", role) for role in settings.roles)
            yield requires("admitting.call_not_approved", *needs, roles=settings.roles)
