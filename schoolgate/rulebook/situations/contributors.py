"""Admission of contributors to an account, and pupils on a platform."""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import Act, Day, Facts, Given, Instant, Name, Part, Relation, Text, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment


class Vetting(Part, asked_of="vetter"):
    """A check of the contributor's identity: who did it, when and how."""

    by: Name = Field(description=_("who did it"))
    at: Instant | None = fact(
        _("a record of who vetted this contributor, when and how"),
        need="vetting",
        say="admitting.not_vetted",
    )
    how: Text | None = fact(need="vetting", say="admitting.not_vetted")


class Consent(Part, asked_of="vetter"):
    """A responsible adult's yes to what the contributor will write: who gave it, and when."""

    by: Literal["parent", "responsible adult"] = Field(description=_("who agreed"))
    on: Day | None = fact(_("the day they agreed"), need="contributor_consent_on")


@moment(
    "contributor.admit",
    _("Recruiting or approving contributors to a site"),
    "contributor_vetted contributor_consent call_approved",
    asks=Asks.ACT,
)
class ContributorAdmit(Act, asked_of="site_author"):
    """`act`: a call for contributors goes out, or one is admitted. `through_social_media`: the call goes
    out there. `vettings`: of the one who is admitted, `approvals`: of the call; empty where there are
    none. `in_care_of_others`: a child, or an adult with learning disabilities."""

    act: Literal["call", "let_in"] | None = fact(
        _("whether you are looking for contributors or accepting one"), need="act_on_contributors"
    )
    through_social_media: Tri = fact(_("whether the call is posted on social media"))
    vettings: tuple[Vetting, ...] | None = fact(_("whether someone vetted this contributor"), of="vetter")
    approvals: tuple[Given, ...] | None = fact(of="approver")
    in_care_of_others: Tri = fact(
        _("whether this contributor is a child or an adult with learning disabilities"), of="vetter"
    )
    consents: tuple[Consent, ...] | None = fact(
        _("whether a parent or another responsible adult agreed"), need="contributor_consents", of="vetter"
    )


class UsageNotice(Part, asked_of="office"):
    """A notice of how the platform may be used, or of something else, shown to the person."""

    what: Literal["acceptable use", "other"] = Field(description=_("what it covers"))
    at: Instant | None = fact(_("the notice on how the platform may be used"), need="acceptable_use_notice")


@moment(
    "platform.admit",
    _("Allowing someone to post on the learning platform"),
    "told_acceptable_use",
    asks=Asks.ACT,
)
class PlatformAdmit(Facts, asked_of="office"):
    """`relation`: what the person is to the school. `may_post`: posting or commenting would be switched on.
    `told`: what they were shown, empty where nothing."""

    relation: Relation | None = fact(question=_("Who will write there?"))
    may_post: Tri = fact(_("whether to switch posting on"), need="may_post_on_platform")
    told: tuple[UsageNotice, ...] | None = fact(
        _("whether the parent was told how the platform may be used"), need="told_acceptable_use"
    )
