"""Sealed papers for the safe: printed once, reported when opened, recorded as no longer valid."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import keys, papers
from schoolgate.accounts.models import PaperKey
from schoolgate.accounts.papers import ON_PAPER
from schoolgate.people.queries import person as person_by_id
from schoolgate.web.accounts.health import keys_confirming as confirming
from schoolgate.web.accounts.health.keys import HIDE_AFTER, spelt_out, unstored
from schoolgate.web.accounts.health.keys_forms import OpenedForm, PaperForm, VoidForm
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import MOST_PEOPLE, SchoolForm, form_page


@page(place="accounts")
def make(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Choose what goes onto a paper, confirm who this is, and have it to print, once."""
    account = keys.inside_of_keys(visit.person, pk, on=visit.on)
    keys.check_has_part(visit.person, account, on=visit.on)
    usable = [key for key in keys.live_keys(account) if key.kind in ON_PAPER]
    form = PaperForm(request.POST if request.method == "POST" else None, keys=usable)
    sure = confirming.is_sure(request, at=visit.at)
    here = reverse("account-paper", args=[account.pk])
    confirm = confirming.next_step(request, at=visit.at, back=here)
    if request.method == "POST" and not sure:
        return redirect(confirm)
    if printed := form.save(
        lambda typed: papers.make_paper(
            account=account,
            by=visit.person,
            at=visit.at,
            place=typed["place"],
            keys=[key for key in usable if str(key.pk) in typed["keys"]],
        )
    ):
        shown = [(key, spelt_out(key.kind, secret)) for key, secret in printed.value.lines]
        context = {"paper": printed.value.paper, "account": account, "shown": shown}
        return unstored(render(request, "keys/paper.html", context))
    told = keys.who_is_told(account, but=[visit.person.pk], on=visit.on)
    context = {
        "form": form,
        "account": account,
        "usable": usable,
        "sure": sure,
        "has_way": confirming.has_way(request),
        "confirm": confirm,
        "told": ", ".join(person.name for person in told),
        "hide_after": HIDE_AFTER,
    }
    return render(request, "keys/make_paper.html", context, status=422 if form.errors else 200)


@page(place="accounts")
def opened(request: HttpRequest, visit: Visit, paper_pk: int) -> HttpResponseBase:
    """Report that a sealed paper was opened."""
    paper = keys.paper_for(visit.person, paper_pk, on=visit.on)
    me = visit.person
    people = [(me.pk, me.name), *keys.names_of_others(me, limit=MOST_PEOPLE)]
    form = OpenedForm(request.POST or None, people=people, initial={"opened_on": visit.on})
    if form.save(
        lambda typed: papers.report_opened(
            paper=paper,
            by=me,
            at=visit.at,
            opened_by=person_by_id(int(typed["opened_by"])),
            opened_on=typed["opened_on"],
            why=typed["why"],
        )
    ):
        said = _("Recorded. The account lead has been asked to change the passwords in it.")
        return done(request, said, "account-keys", paper.account_id)
    lead = _("The passwords in it must then be changed, and the account lead is told.")
    return _report(request, form, paper, title=_("A sealed envelope was opened"), lead=lead)


@page(place="accounts")
def void(request: HttpRequest, visit: Visit, paper_pk: int) -> HttpResponseBase:
    """Record that a sealed paper is no longer valid."""
    paper = keys.paper_for(visit.person, paper_pk, on=visit.on)
    keys.check_has_part(visit.person, paper.account, on=visit.on)
    form = VoidForm(request.POST or None)
    if form.save(lambda typed: papers.void_paper(paper=paper, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Envelope recorded as no longer valid."), "account-keys", paper.account_id)
    lead = _("For an envelope destroyed unopened. If it was opened, report that instead.")
    return _report(request, form, paper, title=_("Sealed envelope no longer valid"), lead=lead)


def _report(
    request: HttpRequest, form: SchoolForm, paper: PaperKey, *, title: Promise, lead: Promise
) -> HttpResponseBase:
    context = {"paper": paper, "account": paper.account, "title": title, "lead": lead}
    return form_page(request, "keys/envelope.html", form, context)


urlpatterns = [
    path("accounts/<int:pk>/paper", make, name="account-paper"),
    path("accounts/papers/<int:paper_pk>/opened", opened, name="account-paper-opened"),
    path("accounts/papers/<int:paper_pk>/void", void, name="account-paper-void"),
]
