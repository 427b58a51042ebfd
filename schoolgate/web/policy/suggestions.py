"""What people suggest for the next version of the policy, and the answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.people.rules import can
from schoolgate.policy import actions, queries, rules
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.paging import page_by_key


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
    made = form.save(lambda typed: actions.suggest(by=visit.person, at=visit.at, **typed))
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
        lambda typed: actions.answer_suggestion(
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
    path("policy/suggestions", suggestions, name="suggestions"),
    path("policy/suggestions/<int:pk>", answer, name="suggestion"),
]
