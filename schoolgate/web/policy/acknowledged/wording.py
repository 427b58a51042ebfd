"""What a person's standing with the policy is called on a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.policy.knowing import Place

PLACES: Mapping[Place, str | Promise] = {
    Place.BOUND: _("The policy binds them"),
    Place.NOT_BOUND: _("The policy does not bind them"),
    Place.NOT_KNOWN: _("Not known whether it binds them"),
    Place.OPEN: _("Needs a ruling whether it binds them"),
}

HOW: Mapping[str, str | Promise] = {
    "signed_in": _("by their own sign-in"),
    "link": _("through the link to their own mailbox"),
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
    "post": _("To write posts"),
    "login": _("To be given a login"),
    "moderate": _("To moderate comments"),
    "approve": _("To approve posts or proposals"),
    "investigate": _("To look into incidents"),
}
