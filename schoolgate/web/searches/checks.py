"""One check of the school's systems: its request, agreement, result and copies."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from schoolgate.core.sealed_words import opened
from schoolgate.incidents.queries import reports
from schoolgate.searches import checks, queries
from schoolgate.searches.models import CheckCopy, CheckState, SystemCheck
from schoolgate.searches.queries import check_may_open
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.steps import Step, private_page, take_step
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.searches.forms import CopyForm, ResultForm, UseForm
from schoolgate.web.searches.listing import TAGS


@page(place="reports", check=check_may_open)
def check(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one check, and take the next step with it."""
    found = queries.check_for(visit.person, pk, on=visit.on)
    answer = take_step(request, visit, found, STEPS)
    return _show(request, visit, found, sent=answer) if isinstance(answer, SchoolForm | None) else answer


def _show(
    request: HttpRequest,
    visit: Visit,
    found: SystemCheck,
    *,
    sent: SchoolForm | None = None,
    read: tuple[int, str] | None = None,
) -> HttpResponseBase:
    """The page. `sent`: a form that was refused; `read`: an open copy, by number."""
    makes = visit.person.pk == found.doer_id
    concern = reports(visit.person, on=visit.on).filter(pk=found.report_id or 0).first()
    context = {
        "check": found, "concern": concern,
        "tag": TAGS[found.state], "words": opened(found.words_ref), "sent": sent,
        "result": opened(found.result_ref).get("result", ""),
        "verdict": kept_verdict(found.decision, at=visit.at),
        "agrees": found.state == CheckState.WAITING and visit.person.pk == found.second_id,
        "makes": makes and found.state == CheckState.ALLOWED,
        "stores": makes and found.state == CheckState.DONE,
        "result_form": sent if isinstance(sent, ResultForm) else ResultForm(),
        "copy_form": sent if isinstance(sent, CopyForm) else CopyForm(),
        "use_form": sent if isinstance(sent, UseForm) else UseForm(),
        "copies": queries.copies_of(found),
        "read_pk": read[0] if read else None, "read": read[1] if read else "",
    }  # fmt: skip
    return private_page(request, "searches/check.html", context, refused=sent is not None)


def _agree(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase:
    checks.agree(by=visit.person, at=visit.at, check=found)
    return done(request, _("Agreed. The check can go ahead."), "search-check", found.pk)


def _decline(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase:
    checks.decline(by=visit.person, at=visit.at, check=found)
    return done(request, _("Declined. The check won’t go ahead."), "search-check", found.pk)


def _result(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase | SchoolForm:
    form = ResultForm(request.POST)
    if form.save(lambda typed: checks.record_result(by=visit.person, at=visit.at, check=found, **typed)):
        return done(request, _("Result saved."), "search-check", found.pk)
    return form


def _store(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase | SchoolForm:
    form = CopyForm(request.POST)
    if form.save(lambda typed: checks.store_copy(by=visit.person, at=visit.at, check=found, **typed)):
        return done(request, _("Copy saved. You’ll get a task to destroy it."), "search-check", found.pk)
    return form


def _open(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase:
    copy = _copy(request, found)
    text = checks.open_copy(by=visit.person, at=visit.at, copy=copy)
    return _show(request, visit, found, read=(copy.pk, text))


def _use(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase | SchoolForm:
    copy, form = _copy(request, found), UseForm(request.POST)
    if form.save(lambda typed: checks.use_copy(by=visit.person, at=visit.at, copy=copy, **typed)):
        return done(request, _("Saved. Open the copy to print it or pass it on."), "search-check", found.pk)
    return form


def _destroy(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase:
    copy = _copy(request, found)
    checks.destroy_copy(by=visit.person, at=visit.at, copy=copy)
    return done(request, _("Copy destroyed."), "search-check", found.pk)


def _copy(request: HttpRequest, found: SystemCheck) -> CheckCopy:
    return queries.copy_of(found, number_in(request.POST.get("copy", "")))


STEPS: dict[str, Step[SystemCheck]] = {
    "agree": _agree, "decline": _decline, "result": _result, "store": _store, "open": _open, "use": _use,
    "destroy": _destroy,
}  # fmt: skip
"""What the buttons of the page send as `do`."""
