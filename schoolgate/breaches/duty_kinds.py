"""Kinds of tasks about data breaches."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.breaches.models import Breach
from schoolgate.duties.kinds import Named, declare

BREACHES = Named(Breach, ("reference",))
"""The number alone: what a breach is about is shown only on its own page."""

# fmt: off
AUTHORITY = declare("breaches.authority", _("Data breach: assess the risk and tell the ICO"),
    _("Open breach"), page="breach", mail="breaches", named=BREACHES, harm=True, passed_on=False)
PEOPLE = declare("breaches.people", _("Data breach: tell the people affected"),
    _("Open breach"), page="breach", mail="breaches", named=BREACHES, harm=True, passed_on=False)
# fmt: on

OF_NEEDS = {"breach.tell_authority": AUTHORITY, "breach.tell_people": PEOPLE}
"""The kind of task for each thing that the law's rules oblige to."""
