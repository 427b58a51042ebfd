"""Who to ring first where a person who works or helps at a school may have harmed a child."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Country, School, country_of
from schoolgate.incidents.allegations import authority_of
from schoolgate.incidents.casework import check_may_enter
from schoolgate.people.rules import can
from schoolgate.web.frame.doors import Visit


def officer(school: School | None) -> Any:
    """Return what the officer is called in the country of a school, with England's and Wales's where none is
    known."""
    country = country_of(school)
    if country == Country.WALES:
        return _("The local authority’s Designated Officer for Safeguarding (DOS)")
    if country is None:
        return _(
            "The local authority (in England the LADO, in Wales the Designated Officer for Safeguarding)"
        )
    return _("The local authority’s designated officer (LADO)")


def advice(school: School | None, visit: Visit) -> dict[str, Any]:
    """Return who to ring first where someone who works or helps at a school may have harmed a child, and what
    holds there: for a concern and for a comment."""
    country = country_of(school)
    return {
        "officer": officer(school),
        "authority": authority_of(school),
        "wales": country == Country.WALES,
        "england": country == Country.ENGLAND,
        "may_enter": can(check_may_enter, visit.person, on=visit.on),
    }
