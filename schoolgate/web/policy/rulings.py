"""What the policy leaves open: who rules, the rulings given, and withdrawing one; and what people suggest
for the next version, with the answers.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.people.rules import can
from schoolgate.policy import queries, reviewing, rules, saying
from schoolgate.policy.models import Ruling
from schoolgate.policy.saying import LONGEST_RULING, end_ruling
from schoolgate.rulebook import Book, Tension
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, at, form_page
from schoolgate.web.frame.paging import page_by_key


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
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_RULING,
    )


class EndForm(SchoolForm):
    """Why a ruling is taken back."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("One or two sentences. The question will then be open again."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )


@page(place="policy")
def rulings(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show where the policy's words leave something open, who rules, and the rulings given."""
    return _show(request, visit)


@page(place="policy")
def rule(request: HttpRequest, visit: Visit, tension: str) -> HttpResponseBase:
    """Give a ruling."""
    rules.check_may_rule(visit.person, _asked(visit, tension), on=visit.on)
    if request.method != "POST":
        return redirect("rulings")
    form = RulingForm(request.POST, prefix=tension)
    if form.save(
        lambda typed: saying.rule(
            tension=tension,
            allows=typed["allows"] == "yes",
            words=typed["words"],
            by=visit.person,
            at=visit.at,
        )
    ):
        return done(request, _("Ruling saved. It applies until the policy changes."), "rulings")
    return _show(request, visit, tension, form)


@page(place="policy")
def take_back(request: HttpRequest, visit: Visit, tension: str) -> HttpResponseBase:
    """Take a ruling back, with a reason."""
    rules.check_may_rule(visit.person, _asked(visit, tension), on=visit.on)
    ruling = queries.ruling_on(tension, queries.in_force(visit.on).version)
    if request.method != "POST":
        return redirect("rulings")
    form = EndForm(request.POST, prefix=f"{tension}-end")
    if form.save(
        lambda typed: end_ruling(by=visit.person, at=visit.at, ruling=ruling, because=typed["because"])
    ):
        return done(request, _("Ruling withdrawn. The question is open again."), "rulings")
    return _show(request, visit, tension, form)


def _asked(visit: Visit, tension: str) -> Tension:
    found = queries.in_force(visit.on).book.tensions.get(tension)
    if found is None:
        raise NotFound
    return found


def _show(
    request: HttpRequest, visit: Visit, tension: str = "", sent: SchoolForm | None = None
) -> HttpResponseBase:
    """The page, the questions still open first; `sent`: the form about one of them that was refused."""
    found = queries.in_force(visit.on)
    given = queries.latest_rulings(found.version)
    asked = {each.ruled_by: each for each in found.book.tensions.values()}  # once for each role that rules
    may = {role: can(rules.check_may_rule, visit.person, each, on=visit.on) for role, each in asked.items()}
    rows = [
        {
            "tension": each,
            "sections": list(dict.fromkeys(found.book.clause(clause).section for clause in each.clauses)),
            "ruling": given.get(each.id),
            **_forms(may[each.ruled_by], each, given.get(each.id), sent if each.id == tension else None),
        }
        for each in sorted(found.book.tensions.values(), key=lambda one: one.id in given)
    ]
    context = {"rows": rows, "sent": sent}
    return render(request, "policy/rulings.html", context, status=422 if sent else 200)


def _forms(may: bool, asked: Tension, ruling: Ruling | None, sent: SchoolForm | None) -> dict[str, Any]:
    """The forms under one question, for those who rule on it."""
    if not may:
        return {}
    gives = sent if isinstance(sent, RulingForm) else RulingForm(prefix=asked.id)
    ends = sent if isinstance(sent, EndForm) else EndForm(prefix=f"{asked.id}-end")
    return {"form": gives, "end_form": ends if ruling else None, "open": sent is not None}


class SuggestForm(SchoolForm):
    """What to change."""

    policy_help = {
        "words": (at("policy.suggest", "comment_on_policy", "suggestion_for_policy", "suggestion_to"),)
    }

    words = forms.CharField(
        label=_("What should be different, and why?"),
        help_text=_("No children’s names or private information"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = queries.by_section(book.clauses.values())
        self.fields["clause"] = forms.ChoiceField(
            label=_("Which section?"),
            choices=[("", _("The whole policy")), *((clauses[0].id, name) for name, clauses in sections)],
            required=False,
        )


class AnswerForm(SchoolForm):
    """The response to a suggestion."""

    take = forms.ChoiceField(
        label=_("Accept this suggestion?"),
        choices=[("yes", _("Yes, for the next version")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why"), help_text=_("The person who suggested it will read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )  # fmt: skip


@page(place="policy")
def suggestions(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Suggest a change, and show the outcome of earlier suggestions."""
    policy = queries.in_force(visit.on)
    form = SuggestForm(request.POST or None, book=policy.book)
    made = form.save(lambda typed: reviewing.suggest(by=visit.person, at=visit.at, **typed))
    if made:
        told = str(_("Your suggestion has been sent to {role}."))
        return done(
            request, told.format(role=made.value.to_role or policy.book.meta.federation), "suggestions"
        )
    listed = page_by_key(queries.suggestions(visit.person, sees_all=_answers(visit)), request.GET)
    clauses = policy.book.clauses
    context = {
        "page": listed,
        "rows": [
            {"row": row, "section": clauses[row.clause].section if row.clause in clauses else ""}
            for row in listed.rows
        ],
        "may_answer": _answers(visit),
        "to": queries.takes_suggestions(policy),
    }
    return form_page(request, "policy/suggestions.html", form, context)


@page(place="policy")
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record the outcome of a suggestion."""
    found = queries.suggestion_for(visit.person, pk, sees_all=_answers(visit))
    form = AnswerForm(request.POST or None)
    if form.save(
        lambda typed: reviewing.answer_suggestion(
            by=visit.person, at=visit.at, suggestion=found, take=typed["take"] == "yes",
            answer=typed["answer"],
        )
    ):  # fmt: skip
        return done(
            request, _("Answer saved. The person who made the suggestion can read it."), "suggestions"
        )
    context = {"suggestion": found, "may_answer": _answers(visit)}
    return form_page(request, "policy/suggestion.html", form, context)


def _answers(visit: Visit) -> bool:
    """Return whether the visitor responds to suggestions, by the policy or because they look after it."""
    return can(rules.check_may_take_suggestions, visit.person, on=visit.on)


urlpatterns = [
    path("policy/rulings", rulings, name="rulings"),
    path("policy/rulings/<slug:tension>", rule, name="rule"),
    path("policy/rulings/<slug:tension>/end", take_back, name="ruling-end"),
    path("policy/suggestions", suggestions, name="suggestions"),
    path("policy/suggestions/<int:pk>", answer, name="suggestion"),
]
