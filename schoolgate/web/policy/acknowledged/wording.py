"""Names for a person's acknowledgement status on a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.policy.knowing import Place

PLACES: Mapping[Place, str | Promise] = {
    Place.BOUND: _("The policy applies to them"),
    Place.NOT_BOUND: _("The policy doesn’t apply to them"),
    Place.NOT_KNOWN: _("Not known whether the policy applies to them"),
    Place.OPEN: _("Ruling needed on whether the policy applies to them"),
}

HOW: Mapping[str, str | Promise] = {
    "signed_in": _("by signing in themselves"),
    "link": _("through their personal email link"),
    "paper": _("on paper"),
}

WORKS_AS: Mapping[str, str | Promise] = {
    "employee": _("Employee"),
    "senior manager": _("Senior manager"),
    "officer": _("Officer"),
    "director": _("Director"),
    "trainee": _("Trainee"),
    "homeworker": _("Working from home"),
    "part-time": _("Part-time"),
    "fixed-term": _("Fixed-term"),
    "consultant": _("Consultant"),
    "contractor": _("Contractor"),
    "casual": _("Casual staff"),
    "agency": _("Agency or supply staff"),
    "volunteer": _("Volunteer"),
}

TASKS: Mapping[str, str | Promise] = {
    "post": _("Writing posts"),
    "login": _("Having a login"),
    "moderate": _("Moderating comments"),
    "approve": _("Approving posts or proposals"),
    "investigate": _("Investigating incidents"),
}
