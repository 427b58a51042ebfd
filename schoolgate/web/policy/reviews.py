"""Reviews of the policy in force, and what people suggest for the next version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.people.rules import can
from schoolgate.policy import actions, queries, rules
from schoolgate.policy.states import ReviewOutcome
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.paging import page_by_key


class ReviewForm(SchoolForm):
    """The outcome of the review."""

    policy_help = {
        "words": (at("policy.review", "law_met", "good_practice_met", "technology", "review_by_need"),)
    }

    on = DayField(label=_("Date of review"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Summary"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    next_due = DayField(
        label=_("Next review"),
        help_text=_("Leave blank to follow the policy’s own review schedule"),
        required=False,
    )

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Reviewed by"), choices=[(role.name, role.name) for role in book.roles]
        )
        self.order_fields(["on", "role", "outcome", "words", "next_due"])


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
        sections = list(dict.fromkeys(clause.section for clause in book.clauses.values()))
        first = {clause.section: clause.id for clause in reversed(list(book.clauses.values()))}
        self.fields["clause"] = forms.ChoiceField(
            label=_("Which section?"),
            choices=[("", _("The whole policy")), *((first[each], each) for each in sections)],
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


@page(place="policy", check=rules.check_may_own)
def review(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Put a review of the policy in force on record."""
    policy = queries.in_force(visit.on)
    form = ReviewForm(request.POST or None, book=policy.book)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.record_review(
                by=visit.person, at=visit.at, on=said["on"], role=said["role"], outcome=said["outcome"],
                words=said["words"], next_due=said["next_due"],
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Review recorded."), "version", pk=policy.version.pk)
    status = 422 if form.is_bound else 200
    return render(request, "policy/review.html", {"form": form, "policy": policy}, status=status)


@page(place="policy")
def suggestions(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Suggest a change, and show what became of earlier suggestions."""
    policy = queries.in_force(visit.on)
    form = SuggestForm(request.POST or None, book=policy.book)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.suggest(
                by=visit.person,
                at=visit.at,
                words=form.cleaned_data["words"],
                clause=form.cleaned_data["clause"],
            )
        except BadInput as error:
            form.refuse(error)
        else:
            told = _("Your suggestion has been sent to {role}.")
            return done(
                request, str(told).format(role=made.to_role or policy.book.meta.federation), "suggestions"
            )
    listed = page_by_key(queries.suggestions(visit.person, sees_all=_answers(visit)), request.GET)
    clauses = policy.book.clauses
    context = {
        "form": form,
        "page": listed,
        "rows": [
            {"row": row, "section": clauses[row.clause].section if row.clause in clauses else ""}
            for row in listed.rows
        ],
        "may_answer": _answers(visit),
        "to": queries.takes_suggestions(policy),
    }
    return render(request, "policy/suggestions.html", context, status=422 if form.is_bound else 200)


@page(place="policy")
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what becomes of a suggestion."""
    found = queries.suggestion_for(visit.person, pk, sees_all=_answers(visit))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_suggestion(
                by=visit.person, at=visit.at, suggestion=found, take=form.cleaned_data["take"] == "yes",
                answer=form.cleaned_data["answer"],
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            return done(
                request, _("Answer saved. The person who made the suggestion can read it."), "suggestions"
            )
    context = {"form": form, "suggestion": found, "may_answer": _answers(visit)}
    return render(request, "policy/suggestion.html", context, status=422 if form.is_bound else 200)


def _answers(visit: Visit) -> bool:
    """Return whether the visitor responds to suggestions, by the policy or because they look after it."""
    return can(rules.check_may_take_suggestions, visit.person, on=visit.on)


urlpatterns = [
    path("policy/review", review, name="policy-review"),
    path("policy/suggestions", suggestions, name="suggestions"),
    path("policy/suggestions/<int:pk>", answer, name="suggestion"),
]
