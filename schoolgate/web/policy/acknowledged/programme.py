"""The programme of lessons and talks by term: a way of showing training."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.people.rules import can
from schoolgate.policy import actions, guides, rules
from schoolgate.policy.models import Guide, Lesson
from schoolgate.policy.parents_pages import LONGEST, parents_page, parents_pages
from schoolgate.policy.queries import book_in_scope
from schoolgate.policy.states import PageState, Programme, Term
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm, radios
from schoolgate.web.frame.numbers import number_in

KINDS: dict[str, str] = {PageState.THERE: "good", PageState.MISSING: "no"}


class LessonForm(SchoolForm):
    """A lesson or talk to plan."""

    policy_help = {"programme": (at("education.status", "every_year_group", "parents_programme"),)}

    programme = radios(_("Who is it for?"), Programme.choices)
    group = forms.CharField(
        label=_("Year group"), help_text=_("For pupils only, such as Year 7."), max_length=60, required=False
    )
    words = forms.CharField(label=_("What is it about?"), max_length=200)
    year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    term = forms.ChoiceField(label=_("Term"), choices=Term.choices)
    guide = forms.ModelChoiceField(
        Guide.objects.none(), label=_("Guide"), required=False, empty_label=_("No guide")
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        year = guides.year_of(visit.on)
        super().__init__(*args, initial={"year": year, "term": guides.term_of(visit.on)}, **kwargs)
        years = [(each, guides.label_of(each)) for each in (year - 1, year, year + 1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        titles = {one.guide.pk: one.shown.title for one in guides.published() if one.shown}
        chosen = self.fields["guide"]
        chosen.queryset = Guide.objects.filter(pk__in=list(titles))  # type: ignore[attr-defined]
        chosen.widget.attrs["data-quoted"] = ""
        chosen.label_from_instance = lambda row: titles[row.pk]  # type: ignore[attr-defined]


class PageForm(SchoolForm):
    """The address of a page for parents on a school's own website."""

    policy_help = {"address": (at("education.status", "parents_page"),)}

    school = forms.ModelChoiceField(
        School.objects.none(), label=_("Whose website is it on?"), required=False,
        empty_label=_("The federation’s own website"),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Address of the page"), help_text=_("The page for parents, not the home page."),
        max_length=LONGEST,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="page-%s", **kwargs)
        chosen = self.fields["school"]
        chosen.queryset = School.objects.order_by("name")  # type: ignore[attr-defined]
        chosen.widget.attrs["data-quoted"] = ""


class HeldForm(SchoolForm):
    """That a lesson or talk was held."""

    on = DayField(label=_("Date"))
    came = forms.IntegerField(
        label=_("How many came"), help_text=_("If you counted."), required=False, min_value=0,
        max_value=10_000,
    )  # fmt: skip


def page_of(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what is planned and was held in a school year, by term; a sent form adds to it."""
    this = guides.year_of(visit.on)
    year = number_in(request.GET["year"]) if request.GET.get("year") else this
    if abs(year - this) > 1:
        raise NotFound
    plans = can(rules.check_may_note_practice, visit.person, on=visit.on)
    sent: SchoolForm | None = None
    row: Lesson | None = None
    if request.method == "POST":
        if request.POST.get("do") == "off":
            actions.take_lesson_off(by=visit.person, at=visit.at, lesson=_lesson(request))
            return done(request, _("Taken off the programme."), _here(year))
        if request.POST.get("do") == "page-off":
            page = parents_page(number_in(request.POST.get("page", "")))
            actions.remove_parents_page(by=visit.person, at=visit.at, page=page)
            return done(request, _("Taken off the list."), _here(year))
        if request.POST.get("do") == "page":
            sent = PageForm(request.POST)
        elif request.POST.get("do") == "held":
            row = _lesson(request)
            sent = HeldForm(request.POST, prefix=f"lesson-{row.pk}")
        else:
            sent = LessonForm(request.POST, visit=visit)
        if sent.save(lambda typed: _save(visit, sent, row, typed)):
            return done(request, _("Saved."), _here(year))
    lessons = guides.lessons(year)
    context = {
        "here": _here(year),
        "year": guides.label_of(year),
        "others": [
            (guides.label_of(each), _here(each)) for each in (this - 1, this, this + 1) if each != year
        ],
        "sent": sent,
        "plans": plans,
        "form": sent if isinstance(sent, LessonForm) else LessonForm(visit=visit) if plans else None,
        **_pages(sent, plans=plans),
        "terms": [
            (
                term.label,
                guides.last_day_of(year, term) < visit.on,
                [_row(one, sent, row, plans=plans) for one in lessons if one.term == term],
            )
            for term in Term
        ],
    }
    return render(request, "knowing/programme.html", context, status=422 if sent else 200)


def _save(visit: Visit, sent: SchoolForm | None, row: Lesson | None, typed: dict[str, Any]) -> Any:
    if isinstance(sent, PageForm):
        return actions.enter_parents_page(by=visit.person, at=visit.at, **typed)
    if row is None:
        return actions.plan_lesson(by=visit.person, at=visit.at, **typed)
    return actions.hold_lesson(by=visit.person, at=visit.at, lesson=row, **typed)


def _pages(sent: SchoolForm | None, *, plans: bool) -> dict[str, Any]:
    """Return the pages for parents, where the policy in force speaks of them."""
    if not book_in_scope().clauses_at("education.status", "parents_page"):
        return {}
    form = sent if isinstance(sent, PageForm) else PageForm() if plans else None
    rows = [{"page": row, "kind": KINDS.get(row.state, "wait")} for row in parents_pages()]
    return {"speaks_of_pages": True, "pages": rows, "page_form": form}


def _row(one: Lesson, sent: SchoolForm | None, row: Lesson | None, *, plans: bool) -> dict[str, Any]:
    mine = sent if row is not None and row.pk == one.pk else None
    waits = plans and one.held_on is None
    return {"lesson": one, "form": (mine or HeldForm(prefix=f"lesson-{one.pk}")) if waits else None}


def _lesson(request: HttpRequest) -> Lesson:
    return guides.lesson(number_in(request.POST.get("lesson", "")))


def _here(year: int) -> str:
    return f"{reverse('training')}?as=programme&year={year}"
