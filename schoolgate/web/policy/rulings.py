"""What the policy leaves open: who rules, the rulings given, and withdrawing one."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.people.rules import can
from schoolgate.policy import actions, queries, rules
from schoolgate.policy.actions.ruling import end_ruling
from schoolgate.policy.models import Ruling
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page


class RulingForm(SchoolForm):
    """A ruling on a question that the policy leaves open, by the role that rules."""

    allows = forms.ChoiceField(
        label=_("Ruling"),
        choices=[("yes", _("Allowed")), ("no", _("Not allowed"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Reason"),
        help_text=_("One or two sentences, shown wherever the question comes up."),
        widget=forms.Textarea,
        max_length=4000,
    )


class EndForm(SchoolForm):
    """Why a ruling is taken back."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("One or two sentences. The question will then be open again."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


@page(place="policy")
def rulings(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show where the policy's words leave something open, who rules, and the rulings given."""
    found = queries.in_force(visit.on)
    given = queries.latest_rulings(found.version)
    rows = [
        {
            "tension": tension,
            "sections": list(dict.fromkeys(found.book.clause(clause).section for clause in tension.clauses)),
            "ruling": given.get(tension.id),
            "may_rule": can(rules.check_may_rule, visit.person, tension, on=visit.on),
        }
        for tension in found.book.tensions.values()
    ]
    return render(request, "policy/rulings.html", {"rows": rows, "policy": found})


@page(place="policy")
def rule(request: HttpRequest, visit: Visit, tension: str) -> HttpResponseBase:
    """Give a ruling."""
    asked = queries.in_force(visit.on).book.tensions.get(tension)
    if asked is None:
        raise NotFound
    rules.check_may_rule(visit.person, asked, on=visit.on)
    form = RulingForm(request.POST or None)
    if form.save(
        lambda typed: actions.rule(
            tension=tension,
            allows=typed["allows"] == "yes",
            words=typed["words"],
            by=visit.person,
            at=visit.at,
        )
    ):
        return done(request, _("Ruling saved. It applies until the policy changes."), "rulings")
    return form_page(request, "policy/rule.html", form, {"tension": asked})


@page(place="policy")
def take_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take a ruling back, with a reason."""
    ruling = Ruling.objects.select_related("by", "end").filter(pk=pk).first()
    if ruling is None:
        raise NotFound
    tension = queries.in_force(visit.on).book.tensions.get(ruling.tension)
    if tension is not None:
        rules.check_may_rule(visit.person, tension, on=visit.on)
    form = EndForm(request.POST or None)
    if form.save(
        lambda typed: end_ruling(by=visit.person, at=visit.at, ruling=ruling, because=typed["because"])
    ):
        return done(request, _("Ruling withdrawn. The question is open again."), "rulings")
    return form_page(request, "policy/end_ruling.html", form, {"ruling": ruling, "tension": tension})


urlpatterns = [
    path("policy/rulings", rulings, name="rulings"),
    path("policy/rulings/<slug:tension>", rule, name="rule"),
    path("policy/rulings/given/<int:pk>/end", take_back, name="ruling-end"),
]
