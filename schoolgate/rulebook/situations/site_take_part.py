"""Somebody is to take part for the school in a site that is not the school's."""

from schoolgate.rulebook.facts import Act, Given, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.account_create import FormState
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.site_suits import GuidanceCheck


@moment(
    "site.take_part",
    _("Taking part in somebody else's site for the school"),
    "taking_part_approved form_approved site_guidance",
)
class SiteTakePart(Act, asked_of="applicant"):
    """`for_school`: it is done in the school's name or as part of the job. `approvals`: of this taking part.

    `form`: how far a form for it has come. `checks`: of the site against guidance for those who run such
    sites."""

    for_school: Tri = fact(need="speaks_for_school")
    approvals: tuple[Given, ...] | None = fact(_("an approval"), need="approval")
    form: FormState | None = fact(question=_("How far has the form for it come?"))
    checks: tuple[GuidanceCheck, ...] | None = fact(
        _("a check of the site against the guidance"), need="guidance_check"
    )
