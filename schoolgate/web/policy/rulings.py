"""What the policy leaves open: who rules, the rulings given, and withdrawing one; what people suggest for the
next version, with the answers; and how the policy works in practice: notes by kind, each with its form, and
their outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.people.queries import schools
from schoolgate.people.rules import can
from schoolgate.policy import queries, reviewing, rules, saying
from schoolgate.policy.models import Practice, PracticeKind, Ruling, TrainingSession
from schoolgate.policy.reviewing import ENDS, practice, practice_of
from schoolgate.policy.saying import LONGEST_RULING, end_ruling
from schoolgate.reports.governors import Report, report_for
from schoolgate.rulebook import Book, Tension
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at, form_page
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.shown import day_in_words


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


FIELDS: Mapping[str, Mapping[str, Promise]] = {
    PracticeKind.WATCHED: {
        "on": _("Date"),
        "words": _("What you checked, and what you found"),
        "due": _("Review by"),
    },
    PracticeKind.CHANGE: {
        "on": _("Date"),
        "words": _("Risk"),
        "advice": _("Recommended change"),
        "to_role": _("Recommended to"),
    },
    PracticeKind.DIRECTION: {
        "on": _("Date of the decision"),
        "words": _("Decision"),
        "reference": _("Minute reference"),
    },
    PracticeKind.DELEGATION: {
        "on": _("From"),
        "from_role": _("Delegated by"),
        "to_role": _("Delegated to"),
        "words": _("What is delegated"),
        "reference": _("Minute reference"),
        "due": _("Until, or renew by"),
    },
    PracticeKind.PLAN: {
        "on": _("Date of the plan"),
        "school": _("School"),
        "words": _("What the plan says about social media"),
        "reference": _("Where to find it"),
    },
    PracticeKind.TASK: {"on": _("Date"), "words": _("Task"), "due": _("Due")},
    PracticeKind.TRAINING: {
        "on": _("Date"),
        "session": _("Session"),
        "words": _("What the session achieved"),
        "asked": _("People asked afterwards"),
        "right": _("People who could apply it"),
        "advice": _("What to change"),
    },
}
"""The fields of each kind, in order, with their labels."""
ENDED: Mapping[str, Promise] = {
    PracticeKind.CHANGE: _("What came of it"),
    PracticeKind.DELEGATION: _("Why it ended"),
    PracticeKind.PLAN: _("How the policy reflects it"),
    PracticeKind.TASK: _("How it was done"),
}
OPTIONAL: Mapping[str, frozenset[str]] = {
    PracticeKind.WATCHED: frozenset({"due"}),
    PracticeKind.CHANGE: frozenset({"advice", "to_role"}),
    PracticeKind.TASK: frozenset({"due"}),
    PracticeKind.TRAINING: frozenset({"session", "asked", "right", "advice"}),
    PracticeKind.DELEGATION: frozenset({"due"}),
}
"""The fields of a kind that may be left empty."""
FIGURES: Mapping[str, str] = {
    "overdue tasks": "tasks_overdue",
    "training coverage": "people_trained",
    "manager steps": "manager_steps",
}
"""What a rule calls a figure -> the measure of the governors' report."""
OF_INCIDENTS = "incidents"
"""In the report by kind and only in bands, so that no number of it is noted here."""
SESSIONS = 20


class PracticeForm(SchoolForm):
    """A note of one kind."""

    on = DayField(label="")
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    advice = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    reference = forms.CharField(max_length=200)
    due = DayField(label="")
    asked = forms.IntegerField(min_value=0, max_value=10_000)
    right = forms.IntegerField(min_value=0, max_value=10_000)

    def __init__(self, *args: Any, kind: str, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, prefix=kind, **kwargs)
        self.kind = kind
        none = ("", _("No one"))
        for field in ("from_role", "to_role"):
            self.fields[field] = forms.ChoiceField(choices=[none, *((one.name,) * 2 for one in book.roles)])
        self.fields["school"] = forms.ModelChoiceField(schools(), empty_label=None)
        self.fields["session"] = forms.ModelChoiceField(
            TrainingSession.objects.filter(
                pk__in=TrainingSession.objects.exclude(listed_at=None).order_by("-on").values("pk")[:SESSIONS]
            ),
            empty_label=_("None of these"),
        )
        self.fields["session"].label_from_instance = _session  # type: ignore[attr-defined]
        self.fields = {name: self.fields[name] for name in FIELDS[kind]}
        for name, label in FIELDS[kind].items():
            self.fields[name].label = str(label)
            self.fields[name].required = name not in OPTIONAL.get(kind, ())

    def clean(self) -> dict[str, Any]:
        """Return what was typed; of those who could apply it, none that wasn't asked."""
        said = super().clean() or self.cleaned_data
        asked, right = said.get("asked"), said.get("right")
        if right is not None and (asked is None or right > asked):
            self.add_error("right", _("This can’t be more than the number asked."))
        return said


class OutcomeForm(SchoolForm):
    """The outcome of a note."""

    outcome = forms.CharField(label=_("Outcome"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000)


def page_of(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the notes on how the policy works, by kind; a sent form adds one, or the outcome of one."""
    rules.check_may_note_practice(visit.person, on=visit.on)
    policy = queries.in_force(visit.on)
    report = report_for(visit.person, "", at=visit.at)
    sent: SchoolForm | None = None
    row: Practice | None = None
    if request.method == "POST":
        if "note" in request.POST:
            row = practice(number_in(request.POST["note"]))
            sent = OutcomeForm(request.POST, prefix=f"note-{row.pk}")
        else:
            sent = PracticeForm(request.POST, kind=_kind(request), book=policy.book)
        if sent.save(lambda typed: _save(visit, sent, row, typed, report)):
            return done(request, _("Saved."), _here())
    parts = [_part(kind, policy.book, sent, row) for kind in PracticeKind]
    context = {
        "here": _here(),
        "sent": sent,
        "figures": _figures(report),
        "parts": parts,
        "noted": [part for part in parts if part["rows"]],
    }
    return render(request, "policy/practice.html", context, status=422 if sent else 200)


def _save(
    visit: Visit, form: SchoolForm | None, row: Practice | None, typed: dict[str, Any], report: Report
) -> Practice:
    if row is not None:
        return reviewing.end_practice(by=visit.person, at=visit.at, row=row, outcome=typed["outcome"])
    kind = form.kind if isinstance(form, PracticeForm) else ""
    figures: dict[str, int | None] = {name: typed.pop(name) for name in ("asked", "right") if name in typed}
    if kind == PracticeKind.WATCHED:
        figures = {OF_INCIDENTS: None, **_figures_noted(report)}
    elif typed.get("session") is not None:
        figures["attended"] = typed["session"].places.filter(attended=True).count()
    figures = {name: number for name, number in figures.items() if number is not None or name == OF_INCIDENTS}
    return reviewing.note_practice(by=visit.person, at=visit.at, kind=kind, figures=figures, **typed)


def _part(kind: PracticeKind, book: Book, sent: SchoolForm | None, row: Practice | None) -> dict[str, Any]:
    mine = isinstance(sent, PracticeForm) and sent.kind == kind
    return {
        "kind": kind.value,
        "title": kind.label,
        "form": sent if mine else PracticeForm(kind=kind, book=book),
        "open": mine,
        "ended": ENDED.get(kind, ""),
        "labels": FIELDS[kind],
        "rows": [
            {
                "row": each,
                "session": _session(each.session) if each.session else "",
                "numbers": _numbers(each),
                "form": _outcome(each, sent, row) if each.kind in ENDS and each.ended_on is None else None,
            }
            for each in practice_of(kind)
        ],
    }


def _outcome(each: Practice, sent: SchoolForm | None, row: Practice | None) -> SchoolForm:
    if sent is not None and row is not None and row.pk == each.pk:
        return sent
    form = OutcomeForm(prefix=f"note-{each.pk}")
    form.fields["outcome"].label = str(ENDED[each.kind])
    return form


NUMBERS: Mapping[str, Promise] = {
    "overdue tasks": _("Overdue tasks"),
    "training coverage": _("People trained"),
    "manager steps": _("Steps by line managers"),
    "attended": _("Attended"),
    "asked": _("People asked afterwards"),
    "right": _("People who could apply it"),
}


def _numbers(row: Practice) -> list[tuple[Promise, int]]:
    return [(NUMBERS[name], row.figures[name]) for name in NUMBERS if row.figures.get(name) is not None]


def _figures_noted(report: Report) -> dict[str, int]:
    found = {name: (report.of(key), report.today.get(key)) for name, key in FIGURES.items()}
    counted = {name: within.now if within is not None else today for name, (within, today) in found.items()}
    return {name: number for name, number in counted.items() if number is not None}


def _figures(report: Report) -> list[tuple[Promise, int]]:
    return [(NUMBERS[name], number) for name, number in _figures_noted(report).items()]


def _session(session: TrainingSession) -> str:
    return f"{capfirst(day_in_words(session.on))}: {', '.join(session.topics)}"


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    if kind not in PracticeKind.values:
        raise NotFound
    return kind


def _here() -> str:
    return f"{reverse('versions')}?as=practice"
