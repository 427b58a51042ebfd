"""Training: sessions, who should attend and who did, single records, lists read, matched with people here
and shown before they are saved, and the programme of lessons and talks by term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import stored_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.models import School
from schoolgate.people.list_cells import ListMessage, table_of, typed, wrong_with, wrong_with_day
from schoolgate.people.list_importer import UNSURE_LETTERS
from schoolgate.people.models import Person
from schoolgate.people.queries import people_by_id
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.people.sheets import Line, Sheet, day_of, read_sheet, same_word
from schoolgate.policy import briefing, guides, guiding, knowing, queries, rules
from schoolgate.policy import training as taught
from schoolgate.policy.guides import LONGEST, parents_page, parents_pages
from schoolgate.policy.knowing import people_here
from schoolgate.policy.models import Guide, Lesson, PageState, Programme, Term
from schoolgate.policy.queries import PolicyInForce, book_in_scope
from schoolgate.policy.training import LONGEST_TOPIC, MOST_AT_ONCE, training_for_roles
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at, form_page, radios
from schoolgate.web.frame.lists import read_first
from schoolgate.web.frame.paging import number_in, numbers_in, page_by_key
from schoolgate.web.frame.wording import clauses_of, sentence
from schoolgate.web.policy.acknowledging import TASKS

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
            guiding.take_lesson_off(by=visit.person, at=visit.at, lesson=_lesson(request))
            return done(request, _("Taken off the programme."), _here(year))
        if request.POST.get("do") == "page-off":
            page = parents_page(number_in(request.POST.get("page", "")))
            guiding.remove_parents_page(by=visit.person, at=visit.at, page=page)
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
        return guiding.enter_parents_page(by=visit.person, at=visit.at, **typed)
    if row is None:
        return guiding.plan_lesson(by=visit.person, at=visit.at, **typed)
    return guiding.hold_lesson(by=visit.person, at=visit.at, lesson=row, **typed)


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


LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One line: the person it was matched with, when, about what; or what is wrong with it."""

    line: int
    who: str
    person: Person | None
    on: date | None
    topic: str
    wrong: str = ""


@dataclass(frozen=True)
class Listed:
    """The lines of a list, in their order."""

    rows: Sequence[Row]

    @property
    def good(self) -> list[tuple[Person, date, str]]:
        """Return the lines that can be imported."""
        return [
            (row.person, row.on, row.topic) for row in self.rows if row.person and row.on and not row.wrong
        ]

    @property
    def wrong(self) -> list[Row]:
        """Return the lines that are left out."""
        return [row for row in self.rows if row.wrong]

    def plain(self) -> list[tuple[int, str, str]]:
        """Return the lines that can be imported, as JSON data."""
        return [(person.pk, on.isoformat(), topic) for person, on, topic in self.good]

    @staticmethod
    def again(given: Sequence[Any], people: Mapping[int, Person]) -> list[tuple[Person, date, str]]:
        """The rows of `plain`, with the persons who are still here."""
        return [(people[pk], stored_day(on), topic) for pk, on, topic in given if pk in people]


def read_list(sheet: Sheet, *, on: date) -> Listed:
    """The lines of an uploaded list. Two queries.

    Names and addresses are matched whole; where two people share a name, only the address tells. A first line
    of headings is passed over. Raises BadInput on `file` where there is nothing in it, or too much.
    """
    lines = sheet.lines
    if len(lines) > 1 and len(lines[0].cells) > 1:
        who, day = lines[0].cells[:2]
        lines = lines[1:] if day_of(day) is None and "@" not in who else lines
    if not lines or len(lines) > MOST_AT_ONCE:
        raise BadInput({"file": _("The list must have between 1 and 500 lines.")})
    by_name: dict[str, list[Person]] = {}
    by_email: dict[str, Person] = {}
    for person in people_here(on).only("pk", "name", "email", "federation_id"):
        by_name.setdefault(same_word(person.name), []).append(person)
        by_email[same_word(person.email)] = person
    return Listed([_listed_row(line, by_name, by_email, on) for line in lines])


def _listed_row(
    line: Line,
    by_name: Mapping[str, Sequence[Person]],
    by_email: Mapping[str, Person],
    today: date,
) -> Row:
    who, day, topic = [typed(cell) for cell in [*line.cells, "", "", ""][:3]]
    named = same_word(who)
    found = [by_email[named]] if named in by_email else by_name.get(named, [])
    on = day_of(day)
    wrong = ""
    spoilt = wrong_with(who, is_name=True)
    no_day, meant = ("", "") if on else wrong_with_day(day)
    if spoilt:
        wrong = str(ListMessage(spoilt, {"column": gettext("Name"), "value": who[:40]}))
    elif no_day:
        wrong = str(ListMessage(no_day, {"column": gettext("Date"), "value": day[:40], "day": meant}))
    elif not found:
        wrong = gettext("No one here has this name or address.")
    elif len(found) > 1:
        wrong = gettext("Several people here have this name. Use the email address.")
    elif on is None:
        wrong = gettext("The second column must be a date such as 1/9/2026.")
    elif on > today:
        wrong = gettext("The date is in the future.")
    elif len(topic) > LONGEST_TOPIC:
        wrong = gettext("The topic is too long.")
    return Row(line.number, who, found[0] if len(found) == 1 else None, on, topic, wrong)


SALT = "schoolgate.web.policy.training.import"
PREVIEW_LASTS = 60 * 60
MOST_LISTED = 500


class TopicsForm(SchoolForm):
    """Topics of training: the policy's own words where it has some, and others."""

    policy_help = {
        "topics": (
            at("training.status", "guidance_there", "training_arranged"),
            at("account.open", "trained"),
        )
    }

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = taught.topics_of(book)
        if own:
            self.fields["policy_topics"] = forms.MultipleChoiceField(
                label=_("What it is about, in the policy’s own words"),
                choices=[(topic, topic) for topic in own],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["topics"] = forms.CharField(
            label=_("What it is about"),
            help_text=_("A few words. Separate topics with commas."),
            max_length=600,
            required=False,
        )

    def all_topics(self) -> list[str]:
        """Everything that was named."""
        typed = self.cleaned_data["topics"].split(",")
        return [*self.cleaned_data.get("policy_topics", []), *(one.strip() for one in typed if one.strip())]


class SessionForm(TopicsForm):
    """A session for the calendar."""

    on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Where"), max_length=200, required=False)


class RecordForm(TopicsForm):
    """Training that one person has had."""

    on = DayField(label=_("Date of the training"), help_text=_("Leave blank for today"), required=False)


class ListForm(SchoolForm):
    """A list from elsewhere."""

    file = forms.FileField(
        label=_("CSV or Excel file"),
        help_text=_(
            "Three columns: name or email address, date, topic. Nothing is saved until you have seen it."
        ),
    )


@page(place="policy")
def training(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The visitor's own training; for people who record it also everyone's sessions, and the forms. With
    `as=programme` what pupils and parents are taught."""
    if request.GET.get("as") == "programme":
        return page_of(request, visit)
    return _training(request, visit)


def _training(request: HttpRequest, visit: Visit, **sent: SchoolForm) -> HttpResponseBase:
    """The page; `sent`: a form that was refused, by its name."""
    policy = queries.in_force(visit.on)
    months = queries.months_it_counts(policy.book)
    records = can(rules.check_may_record_training, visit.person, on=visit.on)
    context: dict[str, Any] = {
        "places": taught.places_of(visit.person),
        "trainings": [(row, queries.counts_until(row.on, months)) for row in taught.records_of(visit.person)],
        "why": clauses_of(policy, taught.clauses_on_training(policy.book)),
        "months": months,
        "mine": _for_roles(policy, visit, of=[visit.person.pk]),
        "on": visit.on,
        "records": records,
        "sent": next(iter(sent.values()), None),
    }
    if can(rules.check_may_note_practice, visit.person, on=visit.on) or records:
        context["told"] = briefing.standing(policy.book, on=visit.on)
        context["why_told"] = clauses_of(policy, briefing.clauses_of(policy.book)) if context["told"] else []
    if records:
        for_roles = _for_roles(policy, visit)
        context |= {
            "for_roles": for_roles,
            "lacking": [one for one in for_roles if one["missing"]],
            "trained": [one for one in for_roles if not one["missing"]],
            "page": page_by_key(taught.sessions(), request.GET),
            "waiting": taught.people_waiting(),
            "plan_form": SessionForm(book=policy.book),
            "list_form": ListForm(),
            **sent,
        }
    return render(request, "knowing/training.html", context, status=422 if sent else 200)


def _for_roles(policy: PolicyInForce, visit: Visit, of: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """Return who needs training for a role, whether they have it, and what is missing in words."""
    return [
        {
            "one": one,
            "task": TASKS[one.task],
            "missing": [sentence(each.message, each.args) for each in one.missing],
        }
        for one in training_for_roles(policy, on=visit.on, of=of)
    ]


@page(place="policy", check=rules.check_may_record_training)
def plan(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Put a session in the calendar."""
    if request.method != "POST":
        return redirect("training")
    form = SessionForm(request.POST, book=queries.in_force(visit.on).book)
    made = form.save(
        lambda typed: taught.plan_session(
            by=visit.person, at=visit.at, on=typed["on"], topics=form.all_topics(), place=typed["place"]
        )
    )
    if made:
        told = _("Session added to the calendar. Now choose who it is for.")
        return done(request, told, "training-session", made.value.pk)
    return _training(request, visit, plan_form=form)


@page(place="policy", check=rules.check_may_record_training)
def session(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One session: who it is for, and once its day has come who was there."""
    found = taught.session(pk)
    if request.method == "POST":
        present = numbers_in(request.POST.getlist("present"))
        made = taught.enter_list(by=visit.person, at=visit.at, session=found, present=present)
        told = gettext("Attendance list saved: {number} attended.").format(number=len(made))
        return done(request, told, "training-session", pk)
    context = {
        "session": found,
        "places": list(found.places.select_related("person").order_by("person__name", "pk")[:MOST_LISTED]),
        "may_list": found.on <= visit.on and found.listed_at is None and found.cancelled_at is None,
        "is_open": found.listed_at is None and found.cancelled_at is None,
    }
    return render(request, "knowing/session.html", context)


@page(place="policy", check=rules.check_may_record_training)
def places(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Choose who a session is for."""
    found = taught.session(pk)
    there = set(found.places.values_list("person_id", flat=True))
    everybody = knowing.people_here(visit.on).exclude(pk__in=there).order_by("name", "pk")
    if request.method == "POST":
        chosen = numbers_in(request.POST.getlist("person"))
        taught.book_places(
            by=visit.person, at=visit.at, session=found, people=everybody.filter(pk__in=chosen[:MOST_LISTED])
        )
        return done(request, _("Place given."), "training-session", pk)
    after = person_by_id(_number(request)) if request.GET.get("after") else None
    if after is not None:
        everybody = everybody.filter(name__gte=after.name).exclude(name=after.name, pk__lte=after.pk)
    shown = list(everybody[:51])
    context = {
        "session": found,
        "people": shown[:50],
        "waiting": set(taught.waiting_for_training()),
        "following": f"after={shown[49].pk}" if len(shown) > 50 else "",
    }
    return render(request, "knowing/places.html", context)


@page(methods=("POST",))
def cancel(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Call a session off."""
    taught.cancel_session(by=visit.person, at=visit.at, session=taught.session(pk))
    return done(request, _("Session cancelled."), "training-session", pk)


@page(place="accounts", check=rules.check_may_record_training)
def record(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a person has had suitable training."""
    about = person_by_id(pk)
    policy = queries.in_force(visit.on)
    form = RecordForm(request.POST if request.method == "POST" else None, book=policy.book)

    def save(typed: dict[str, Any]) -> Any:
        on = typed["on"] or visit.on
        return taught.record_training(
            person=about, by=visit.person, at=visit.at, on=on, topics=form.all_topics(),
            version=policy.version if on >= policy.adopted_on else None,
        )  # fmt: skip

    if form.save(save):
        return done(request, _("Training recorded."), "today")
    context = {"about": about, "months": queries.months_it_counts(policy.book)}
    return form_page(request, "knowing/record.html", form, context)


def _sheet(content: bytes, visit: Visit) -> Sheet:
    sheet = read_sheet(content, most_rows=MOST_AT_ONCE + 1, largest=LARGEST)
    if sheet.others:
        raise BadInput({"file": UNSURE_LETTERS})
    return table_of(sheet)


@page(place="policy", check=rules.check_may_record_training, prepare=read_first(_sheet, most=LARGEST))
def take_over(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Import a list of training: show it first, then, once a person has checked it, save it and mark it as
    imported."""
    if request.method == "POST" and "rows" in request.POST:
        return _take_over(request, visit)
    if request.method != "POST":
        return redirect("training")

    def read(_typed: dict[str, Any]) -> Listed:
        if isinstance(visit.prepared, BadInput):
            raise visit.prepared
        return read_list(visit.prepared, on=visit.on)

    form = ListForm(request.POST, request.FILES)
    found = form.save(read)
    if found:
        context = {"listed": found.value, "rows": _sealed(found.value, visit)}
        return render(request, "knowing/preview.html", context)
    return _training(request, visit, list_form=form)


def _take_over(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    try:
        given = signing.loads(request.POST["rows"], salt=f"{SALT}.{visit.person.pk}", max_age=PREVIEW_LASTS)
    except signing.BadSignature:
        raise BadInput({"rows": _("This preview has expired. Upload the file again.")}) from None
    rows = Listed.again(given, people_by_id({pk for pk, _on, _topic in given}))
    new = taught.take_over(by=visit.person, at=visit.at, rows=rows)
    told = ngettext(
        "{number} record imported and marked as imported.",
        "{number} records imported and marked as imported.",
        new,
    ).format(number=new)
    return done(request, told, "training")


def _sealed(listed: Listed, visit: Visit) -> str:
    return signing.dumps(listed.plain(), salt=f"{SALT}.{visit.person.pk}", compress=True)


def _number(request: HttpRequest) -> int:
    return next(iter(numbers_in([request.GET.get("after", "")])), 0)


urlpatterns = [
    path("policy/training", training, name="training"),
    path("policy/training/new", plan, name="training-plan"),
    path("policy/training/list", take_over, name="training-list"),
    path("policy/training/<int:pk>", session, name="training-session"),
    path("policy/training/<int:pk>/places", places, name="training-places"),
    path("policy/training/<int:pk>/off", cancel, name="training-off"),
    path("people/<int:pk>/training", record, name="record-training"),
]
