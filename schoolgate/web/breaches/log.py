"""The log of all breaches, whether the ICO was told or not; and recording one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.breaches import cases
from schoolgate.breaches.models import Breach
from schoolgate.breaches.queries import FILTERS, breaches, check_deals_with_any, check_looks_after
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import NotFound
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import report_for
from schoolgate.people.queries import schools
from schoolgate.people.rules import can
from schoolgate.people.sheets import write_csv
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import post_for
from schoolgate.web.breaches.breach import RecordForm, clock
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import page_by_key

DIGITS = re.compile(r"[0-9]{0,18}")
LABELS = {
    "open": _("Open"),
    "late": _("Overdue"),
    "told": _("ICO told"),
    "untold": _("ICO not told"),
    "all": _("All"),
}


@page(place="reports", check=check_deals_with_any)
def log(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the breaches that I may know of, also as CSV; record one, from a concern or a post where one is
    named."""
    report, post = _from(request, visit)
    known = Breach.objects.filter(report=report).first() if report is not None else None
    if known is not None:
        return done(request, _("This concern is already recorded as a data breach."), "breach", known.pk)
    show = request.GET.get("show", "open")
    if show not in FILTERS:
        raise NotFound
    rows = breaches(visit.person, on=visit.on).filter(FILTERS[show](visit.at))
    if request.GET.get("as") == "csv":
        return _as_csv(rows.order_by("-recorded_at", "-pk").iterator(500), visit)
    starts = report is not None or post is not None
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        initial=_now(visit.at) | ({"what": CONSENT} if post is not None else {}),
        schools=None if starts else schools(),
    )
    if request.method == "POST" and (saved := form.save(lambda typed: _record(visit, report, post, typed))):
        return done(
            request, _("Data breach recorded. Now describe it and assess the risk."), "breach", saved.value.pk
        )
    found = page_by_key(rows, request.GET, by="recorded_at")
    context = {
        "page": replace(found, newer=_kept(show, found.newer), older=_kept(show, found.older)),
        "rows": [{"breach": one, "clock": clock(one, at=visit.at)} for one in found.rows],
        "show": show, "shows": [(key, LABELS[key]) for key in FILTERS],
        "form": form, "report": report, "post": post, "starts": starts or bool(form.errors),
        "may_record": starts or can(check_looks_after, visit.person, on=visit.on),
    }  # fmt: skip
    return _unseen(render(request, "breaches/log.html", context, status=422 if form.errors else 200))


CONSENT = _("A post showed a person whose consent was withdrawn or never given.")


def _from(request: HttpRequest, visit: Visit) -> tuple[Report | None, Post | None]:
    """Return the concern or the post that a breach is recorded from. Raises NotFound for one that this
    person may not know of."""
    report, post = request.GET.get("report", ""), request.GET.get("post", "")
    if not all(DIGITS.fullmatch(number) for number in (report, post)):
        raise NotFound
    return (
        report_for(visit.person, int(report), on=visit.on) if report else None,
        post_for(visit.person, int(post), on=visit.on) if post else None,
    )


def _record(visit: Visit, report: Report | None, post: Post | None, typed: dict[str, Any]) -> Breach:
    return cases.open_breach(
        by=visit.person, at=visit.at, what=typed["what"], aware_at=typed["aware"],
        happened_at=typed["happened"], school=typed.get("school"), report=report, post=post,
    )  # fmt: skip


def _now(at: datetime) -> dict[str, Any]:
    local = at.astimezone(LONDON)
    return {"aware_day": local.date(), "aware_time": local.time().replace(second=0, microsecond=0)}


def _kept(show: str, key: str) -> str:
    return key and f"show={show}&{key}"


def _as_csv(rows: Any, visit: Visit) -> HttpResponseBase:
    """Return the log without what was written: that is read on each breach's own page and sheet."""
    heads = (
        gettext("Reference"), gettext("School"), gettext("Status"), gettext("Happened"), gettext("Aware"),
        gettext("End of the 72 hours"), gettext("Risk"), gettext("ICO told"), gettext("ICO reference"),
        gettext("People told"), gettext("Not told individually because"),
    )  # fmt: skip
    answer = HttpResponse(write_csv((heads, *map(_line, rows))), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="breaches-{visit.on.isoformat()}.csv"'
    return _unseen(answer)


def _line(one: Breach) -> tuple[str, ...]:
    return (
        one.reference,
        one.school.name if one.school else "",
        one.get_state_display(),
        *(_iso(at) for at in (one.happened_at, one.aware_at, one.due_at)),
        one.get_risk_display() if one.risk else "",
        _iso(one.authority_told_at),
        one.authority_reference,
        _iso(one.people_told_at),
        one.get_not_told_display() if one.not_told else "",
    )


def _iso(at: datetime | None) -> str:
    return at.astimezone(LONDON).isoformat(timespec="minutes") if at is not None else ""


def _unseen(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("breaches", log, name="breaches")]
