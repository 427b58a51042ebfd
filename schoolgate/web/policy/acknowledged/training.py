"""Training: sessions, who should attend and who did, single records, and imported lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.people.lists.importer import UNSURE_LETTERS
from schoolgate.people.lists.tables import table_of
from schoolgate.people.queries import people_by_id
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.people.sheets import Sheet, read_sheet
from schoolgate.policy import actions, briefing, knowing, queries, rules, taught, validity
from schoolgate.policy.actions.training import MOST_AT_ONCE
from schoolgate.policy.queries import PolicyInForce
from schoolgate.policy.roles_trained import training_for_roles
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm, form_page
from schoolgate.web.frame.numbers import numbers_in
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.read_first import read_first
from schoolgate.web.frame.wording import clauses_of, sentence
from schoolgate.web.policy.acknowledged import programme
from schoolgate.web.policy.acknowledged.training_lists import LARGEST, Listed, read_list
from schoolgate.web.policy.acknowledged.wording import TASKS

SALT = "schoolgate.web.policy.acknowledged.training.import"
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
        return programme.page_of(request, visit)
    return _training(request, visit)


def _training(request: HttpRequest, visit: Visit, **sent: SchoolForm) -> HttpResponseBase:
    """The page; `sent`: a form that was refused, by its name."""
    policy = queries.in_force(visit.on)
    months = validity.months_it_counts(policy.book)
    records = can(rules.check_may_record_training, visit.person, on=visit.on)
    context: dict[str, Any] = {
        "places": taught.places_of(visit.person),
        "trainings": [
            (row, validity.counts_until(row.on, months)) for row in taught.records_of(visit.person)
        ],
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
        lambda typed: actions.plan_session(
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
        made = actions.enter_list(by=visit.person, at=visit.at, session=found, present=present)
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
        actions.book_places(
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
    actions.cancel_session(by=visit.person, at=visit.at, session=taught.session(pk))
    return done(request, _("Session cancelled."), "training-session", pk)


@page(place="accounts", check=rules.check_may_record_training)
def record(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a person has had suitable training."""
    about = person_by_id(pk)
    policy = queries.in_force(visit.on)
    form = RecordForm(request.POST if request.method == "POST" else None, book=policy.book)

    def save(typed: dict[str, Any]) -> Any:
        on = typed["on"] or visit.on
        return actions.record_training(
            person=about, by=visit.person, at=visit.at, on=on, topics=form.all_topics(),
            version=policy.version if on >= policy.adopted_on else None,
        )  # fmt: skip

    if form.save(save):
        return done(request, _("Training recorded."), "today")
    context = {"about": about, "months": validity.months_it_counts(policy.book)}
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
    new = actions.take_over(by=visit.person, at=visit.at, rows=rows)
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
