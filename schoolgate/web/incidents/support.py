"""Support for staff who are targeted: numbers, the networks' own forms, and a question a week later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.reporting import FORMS
from schoolgate.conduct.answers import support_numbers
from schoolgate.core.models import School
from schoolgate.duties.queries import standing_about
from schoolgate.incidents.actions.supporting import check_back, is_targeted
from schoolgate.incidents.duty_kinds import CHECK_BACK
from schoolgate.incidents.models import Report
from schoolgate.incidents.numbers import numbers
from schoolgate.incidents.queries import report_for
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, done, page


def support_for(reports: Iterable[Report | None]) -> dict[str, Any]:
    """Return what the card of support shows; nothing where none of these is about a targeted colleague."""
    if not any(one is not None and is_targeted(one.said) for one in reports):
        return {}
    countries = set(School.objects.values_list("country", flat=True))
    return {
        "support": {
            "numbers": numbers("staff", countries),
            "own": support_numbers(),
            "forms": [(network_name(key), address) for key, address in FORMS.items()],
        }
    }


def asks_back(report: Report, visit: Visit) -> bool:
    """Return whether the visitor still has to ask the colleague how they are."""
    tasks = standing_about([report])
    return any(one.kind == CHECK_BACK and one.person_id == visit.person.pk for one in tasks)


@page(place="reports", methods=("POST",))
def checked_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that the colleague was asked how they are."""
    check_back(report=report_for(visit.person, pk, on=visit.on), by=visit.person, at=visit.at)
    return done(request, _("Recorded."), "wrong-report", pk)


urlpatterns = [path("wrong/reports/<int:pk>/check-back", checked_back, name="wrong-check-back")]
