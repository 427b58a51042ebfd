"""Somebody is to take part for the school in a site that is not the school's."""

from typing import Annotated

from schoolgate.rulebook.facts import Act, Ask, Given, Tri
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.account_create import FormState
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.site_suits import GuidanceCheck


class SiteTakePart(Act):
    """`for_school`: it is done in the school's name or as part of the job. `approvals`: of this taking part.

    `form`: how far a form for it has come. `checks`: of the site against guidance for those who run such
    sites."""

    for_school: Annotated[Tri, Ask("speaks_for_school", "applicant")] = None
    approvals: Annotated[tuple[Given, ...] | None, Ask("approval", "applicant", _("an approval"))] = None
    form: Annotated[
        FormState | None, Ask("form", "applicant", question=_("How far has the form for it come?"))
    ] = None
    checks: Annotated[
        tuple[GuidanceCheck, ...] | None,
        Ask("guidance_check", "applicant", _("a check of the site against the guidance")),
    ] = None


SITE_TAKE_PART = Situation(
    key="site.take_part",
    title=_("Taking part in somebody else's site for the school"),
    facts=SiteTakePart,
    points=points("taking_part_approved form_approved site_guidance"),
)
