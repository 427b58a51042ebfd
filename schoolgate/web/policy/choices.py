"""The federation's own choices outside an interpretation: times without a number, and the agreed route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.people.queries import schools
from schoolgate.policy.choices import (
    ALARMS,
    CONCERN_ALARM,
    DANGER_ALARM,
    ELSEWHERE,
    FEED,
    HERE,
    LONGEST,
    OFTEN,
    POST_DAYS,
    ROUTE,
    SELDOM,
    TIMES,
    TOO_LONG,
    UNITS,
    choose_feed_days,
    choose_post_days,
    choose_route,
    choose_time,
    clause_leaving_open,
    leaves_feed_days_open,
    leaves_post_days_open,
    leaves_route_open,
    newest_choices,
    times_left_open,
)
from schoolgate.policy.models import Choice
from schoolgate.rulebook import Book
from schoolgate.rulebook.facts_read import clauses_reading
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.forms import SchoolForm

CHOICE_ACTS = frozenset({"choose-time", "choose-route", "choose-feed-days", "choose-post-days"})
LABELS: dict[str, str | Promise] = {
    "child_concern": _("Telling the authorities about a concern about a child"),
    "illegal": _("Telling the police or CEOP about something illegal"),
    "breach": _("Telling the person the policy names about a breach"),
    "first_look": _("Opening a report"),
    "containment": _("Protecting confidential information"),
    "manager_acts": _("The manager’s action on conduct"),
    "read": _("Reading a new comment"),
    "take_down": _("Deleting a comment that breaks our rules"),
    "take_down_at_once": _("Deleting a comment that is very serious"),
    "take_down_friends": _("Deleting a site friend’s comment that breaks our rules"),
    DANGER_ALARM: _("If someone is in danger and no one deals with it, raise the alarm after"),
    CONCERN_ALARM: _("If no one deals with another concern, tell the next people after"),
    ROUTE: _("The agreed route for reports"),
}
UNIT_LABELS: dict[str, str | Promise] = {"minutes": _("minutes"), "hours": _("hours"), "days": _("days")}
ROUTES: dict[str, str | Promise] = {
    HERE: _("A report in Schoolgate is the agreed route"),
    ELSEWHERE: _("Our agreed route is outside Schoolgate"),
}


class TimeForm(SchoolForm):
    """How long something may take for which the policy gives no number."""

    what = forms.ChoiceField(label=_("For what?"))
    number = forms.IntegerField(
        label=_("How long?"),
        min_value=1,
        max_value=1440,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=[(one, UNIT_LABELS[one]) for one in UNITS])

    def __init__(self, *args: Any, times: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["what"]
        field.choices = [(one, LABELS[one]) for one in times]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that is far too long."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("number", 0) > LONGEST.get(given.get("unit", ""), 0):
            self.add_error("number", str(TOO_LONG))
        return given


class RouteForm(SchoolForm):
    """Which route for reports was agreed."""

    route = forms.ChoiceField(
        label=_("Which route was agreed?"), choices=list(ROUTES.items()), widget=forms.RadioSelect
    )


class FeedDaysForm(SchoolForm):
    """How many days a school lets pass between two posts."""

    school = forms.ModelChoiceField(School.objects.none(), label=_("Which school?"), empty_label=_("Choose"))
    days = forms.IntegerField(
        label=_("How many days may pass between two posts?"),
        help_text=_("Leave blank to set no number. The policy still asks for new posts regularly."),
        min_value=1,
        max_value=LONGEST["days"],
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools()


class PostDaysForm(SchoolForm):
    """After how many days a live post is checked again."""

    days = forms.IntegerField(
        label=_("After how many days must someone check a live post again?"),
        help_text=_(
            "From 28 to 366. Each morning, people are asked about up to 20 posts. Leave blank for no checks."
        ),
        min_value=OFTEN,
        max_value=SELDOM,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )


def choices_shown(
    visit: Visit, book: Book, *, may_own: bool, refused: SchoolForm | None = None
) -> dict[str, Any]:
    """Return what the policy leaves to the federation, what was chosen, and the forms of its owner.

    `refused`: the form that was sent and not saved."""
    feeds = leaves_feed_days_open(book)
    times, route = [*times_left_open(book), *ALARMS], leaves_route_open(book)
    found = newest_choices(on=visit.on)
    rows = [_row(book, what, found.get(what)) for what in (*times, *([ROUTE] if route else []))]
    rows += _feed_rows(book, found) if feeds else []
    looks = leaves_post_days_open(book)
    rows += [_post_row(book, found.get(POST_DAYS))] if looks else []
    time = refused if isinstance(refused, TimeForm) else TimeForm(None, times=times)
    routes = refused if isinstance(refused, RouteForm) else RouteForm(None)
    days = refused if isinstance(refused, FeedDaysForm) else FeedDaysForm(None)
    checked = refused if isinstance(refused, PostDaysForm) else PostDaysForm(None)
    return {
        "rows": rows,
        "feed_days": days if may_own and feeds else None,
        "post_days": checked if may_own and looks else None,
        "time": time if may_own else None,
        "route": routes if may_own and route else None,
    }


def choose(request: HttpRequest, visit: Visit, act: str) -> HttpResponseBase | SchoolForm:
    """Save one of these choices, or return the form with what is wrong."""
    who: dict[str, Any] = {"by": visit.person, "at": visit.at, "from_day": visit.on}
    form: SchoolForm
    if act == "choose-route":
        form = RouteForm(request.POST)
        saved = form.save(lambda typed: choose_route(**who, here=typed["route"] == HERE))
    elif act == "choose-feed-days":
        form = FeedDaysForm(request.POST)
        saved = form.save(lambda typed: choose_feed_days(**who, **typed))
    elif act == "choose-post-days":
        form = PostDaysForm(request.POST)
        saved = form.save(lambda typed: choose_post_days(**who, **typed))
    else:
        form = TimeForm(request.POST, times=[*TIMES, *ALARMS])
        saved = form.save(lambda typed: choose_time(**who, **typed))
    return done(request, _("Choice saved. It applies from today."), "reading") if saved else form


def _row(book: Book, what: str, choice: Any) -> dict[str, Any]:
    value: Any = ""
    clause, ours = None, 0
    if what in ALARMS:
        ours = int(ALARMS[what][0].total_seconds()) // 60
    else:
        named = clause_leaving_open(book, what) if what in TIMES else ""
        clause = book.clause(named or clauses_reading(book, "incident.report", "agreed_route")[0])
    if choice is not None and what == ROUTE:
        value = ROUTES[choice.value]
    elif choice is not None:
        number, unit = choice.value.split("-")
        value = f"{number} {UNIT_LABELS[unit]}"
    return {
        "label": LABELS[what], "clause": clause, "value": value, "ours": ours,
        "from_day": choice.from_day if choice else None, "by": choice.by.name if choice else "",
    }  # fmt: skip


def _feed_rows(book: Book, found: Mapping[str, Choice]) -> list[dict[str, Any]]:
    """Return a line for each school with the days it lets pass between two posts; the clause at the first."""
    clause = book.clause(clauses_reading(book, "feed.upkeep", "days_chosen")[0])
    return [
        {
            "label": format_lazy("{} {}", _("Days between two posts:"), school.name),
            "clause": None if number else clause, "ours": 0, "value": choice.value if choice else "",
            "from_day": choice.from_day if choice else None, "by": choice.by.name if choice else "",
        }
        for number, school in enumerate(schools())
        for choice in [found.get(f"{FEED}{school.pk}")]
    ]  # fmt: skip


def _post_row(book: Book, choice: Choice | None) -> dict[str, Any]:
    """Return the line with the days after which a live post is checked again."""
    return {
        "label": _("Days until a live post is checked again"),
        "clause": book.clause(clauses_reading(book, "post.upkeep", "looks_chosen")[0]), "ours": 0,
        "value": choice.value if choice else "", "from_day": choice.from_day if choice else None,
        "by": choice.by.name if choice else "",
    }  # fmt: skip
