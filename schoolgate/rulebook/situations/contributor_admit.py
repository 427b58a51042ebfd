"""Contributors to a site are sought, or somebody is to become one. May that be done?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Given, Instant, Name, Part, Text, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Vetting(Part):
    """Somebody looked into who the contributor is: who, when and how."""

    by: Name
    at: Annotated[
        Instant | None,
        Ask(
            "vetting",
            "vetter",
            gettext_noop("an entry of who looked into this contributor, when and how"),
            say="admitting.not_vetted",
        ),
    ] = None
    how: Annotated[Text | None, Ask("vetting", "vetter", say="admitting.not_vetted")] = None


class ContributorAdmit(Act):
    """`act`: a call for contributors goes out, or one is let in. `through_social_media`: the call goes out
    there. `vettings`: of the one who is let in, `approvals`: of the call; empty where there are none."""

    act: Annotated[
        Literal["call", "let_in"] | None,
        Ask(
            "act_on_contributors",
            "site_author",
            gettext_noop("whether contributors are sought or one is let in"),
        ),
    ] = None
    through_social_media: Annotated[
        Tri,
        Ask(
            "through_social_media", "site_author", gettext_noop("whether the call goes out over social media")
        ),
    ] = None
    vettings: Annotated[
        tuple[Vetting, ...] | None,
        Ask("vettings", "vetter", gettext_noop("whether somebody looked into this contributor")),
    ] = None
    approvals: Annotated[tuple[Given, ...] | None, Ask("approvals", "approver")] = None


CONTRIBUTOR_ADMIT = Situation(
    key="contributor.admit",
    title=gettext_noop("Contributors to a site are sought or let in"),
    facts=ContributorAdmit,
    points=points("contributor_vetted call_approved"),
)
