"""Contributors to a site are sought, or somebody is to become one. May that be done?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Given, Instant, Name, Part, Text, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Vetting(Part, asked_of="vetter"):
    """Somebody looked into who the contributor is: who, when and how."""

    by: Name
    at: Instant | None = fact(
        _("an entry of who looked into this contributor, when and how"),
        need="vetting",
        say="admitting.not_vetted",
    )
    how: Text | None = fact(need="vetting", say="admitting.not_vetted")


@moment(
    "contributor.admit", _("Contributors to a site are sought or let in"), "contributor_vetted call_approved"
)
class ContributorAdmit(Act, asked_of="site_author"):
    """`act`: a call for contributors goes out, or one is let in. `through_social_media`: the call goes out
    there. `vettings`: of the one who is let in, `approvals`: of the call; empty where there are none."""

    act: Literal["call", "let_in"] | None = fact(
        _("whether contributors are sought or one is let in"), need="act_on_contributors"
    )
    through_social_media: Tri = fact(_("whether the call goes out over social media"))
    vettings: tuple[Vetting, ...] | None = fact(
        _("whether somebody looked into this contributor"), of="vetter"
    )
    approvals: tuple[Given, ...] | None = fact(of="approver")
