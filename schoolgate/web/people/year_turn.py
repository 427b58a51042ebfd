"""The new school year: what still has to be done, who does it, and where, told from rows; several people
who leave on one day, all of it or nothing; the class of an account, and what happens to the account.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.accounts.access import account_for
from schoolgate.accounts.classes import (
    check_may_choose,
    check_may_say_class,
    choose_at_turn,
    class_of,
    classes_at_turn,
    inside,
    say_class,
)
from schoolgate.accounts.models import Account, AccountState, AtTurn, next_label
from schoolgate.accounts.models.accounts import LONGEST
from schoolgate.core.calendars import Turn, may_be_open, turn_of
from schoolgate.core.rows import is_number
from schoolgate.duties.queries import known_to
from schoolgate.people import leaving, rules
from schoolgate.people.leaving import say_of_turn, take_back_turn_word
from schoolgate.people.models import Person, TurnPoint, TurnWord
from schoolgate.people.queries import book_of, staying
from schoolgate.people.rules import can, check_may_see_people
from schoolgate.policy.queries import in_force
from schoolgate.reports.year_turn import MOST, endings, heads, lapses, leavers, starters, what_it_starts
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_people, on_account_page, on_today_page
from schoolgate.web.frame.wording import says_on

NAMED = 20
"""Accounts and people of one point that are named; the rest is counted."""


@page(place="people", check=rules.check_may_see_people, methods=("GET", "HEAD"))
def year_turn(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Everything of the turn of the year, point by point."""
    turn = turn_of(visit.on)
    policy = in_force(visit.on)
    words = words_of(turn)
    ending = endings(turn, policy.book, on=visit.on)
    leaving = leavers(turn, policy.book, on=visit.on)
    starting = starters(policy, until=turn.closes, at=visit.at)
    shown: dict[str, Any] = {
        "turn": turn,
        "on": visit.on,
        "is_open": turn.is_open(visit.on),
        "acts": rules.can(rules.check_may_administer, visit.person, on=visit.on),
        "words": words,
        "terms": turn.schools,
        "leavers": leaving,
        "more_leavers": leaving.number - len(leaving.people),
        "starters": starting,
        "more_starters": starting.number - len(starting.rows),
        "endings": ending[:MOST],
        "more_endings": max(len(ending) - MOST, 0),
        "heads": heads(policy.book, on=visit.on),
        "classes": classes_at_turn(turn.year),
        "lapses": lapses(turn, policy.book),
        "named": f":{NAMED}",
    }
    shown["settled"] = settled = _settled(shown)
    following = next((point for point, is_settled in settled.items() if not is_settled), "")
    shown["folded"] = {point: point != following for point in (*settled, "lapses")}
    return render(request, "year_turn/page.html", shown)


def words_of(turn: Turn) -> dict[str, TurnWord]:
    """Return what was declared by name in this turn, by point. One query."""
    rows = TurnWord.objects.filter(year=turn.year, taken_back_at=None).select_related("by")
    return {row.point: row for row in rows}


def _settled(shown: dict[str, Any]) -> dict[str, bool]:
    """Return which points are settled: by rows and, where no row can tell, by a person's statement."""
    words, classes = shown["words"], shown["classes"]
    found = shown["starters"]
    starters_lack_nothing = found.number == len(found.rows) and all(one.lacks_nothing for one in found.rows)
    return {
        "terms": bool(shown["terms"]) and all(each.whole for each in shown["terms"]),
        "leavers": TurnPoint.LEAVERS in words and not shown["leavers"].short,
        "starters": TurnPoint.STARTERS in words and starters_lack_nothing,
        "roles": not shown["endings"],
        "classes": TurnPoint.CLASSES in words and not (classes.to_choose or classes.unsaid or classes.more),
    }


@page(methods=("POST",))
def say(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Declare, in the person's own name, that a point is settled."""
    say_of_turn(by=visit.person, at=visit.at, point=request.POST.get("point", ""))
    return done(request, _("Saved with your name and the date."), "year-turn")


@page(methods=("POST",))
def take_back(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Withdraw what was declared about a point."""
    take_back_turn_word(by=visit.person, at=visit.at, point=request.POST.get("point", ""))
    return done(request, _("Confirmation withdrawn. This step is open again."), "year-turn")


@beside_people
def leads_here(visit: Visit) -> PlaceLink | None:
    """Return a link, shown to everyone who sees the list of people."""
    if not rules.can(rules.check_may_see_people, visit.person, on=visit.on):
        return None
    return PlaceLink("year-turn", _("New school year"))


@on_today_page
def on_today(visit: Visit) -> PagePart | None:
    """Return a card in the weeks of the turn, for people who manage people."""
    if "administer" not in visit.capacities or not may_be_open(visit.on):
        return None
    if not rules.can(rules.check_may_administer, visit.person, on=visit.on):
        return None
    turn = turn_of(visit.on)
    return PagePart("year_turn/_today.html", {"turn": turn}) if turn.is_open(visit.on) else None


PAGE = 50


class LeaversForm(SchoolForm):
    """Who leaves, and the one day on which they do."""

    left_on = DayField(
        label=_("Leaving date"),
        help_text=_(
            "From this date they can’t sign in and have no roles. Today or earlier takes effect at once."
        ),
    )
    people: forms.ModelMultipleChoiceField[Person] = forms.ModelMultipleChoiceField(
        None,
        label=_("People leaving on this date"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


@page(place="people", check=rules.check_may_administer)
def several(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Tick who leaves; see what it starts; record it."""
    everybody = staying(visit.on)
    if request.method == "POST":
        form = LeaversForm(request.POST, people=everybody)
        if form.is_valid():
            people = list(form.cleaned_data["people"].order_by("name", "pk"))
            if "sure" not in request.POST:
                return _what_it_starts(request, visit, form, people)
            left_on = form.cleaned_data["left_on"]
            rows = leaving.record_leavings(by=visit.person, at=visit.at, people=people, left_on=left_on)
            said = ngettext("{number} leaver recorded.", "{number} leavers recorded.", len(rows))
            return done(request, said.format(number=len(rows)), "year-turn")
    else:
        form = LeaversForm(people=everybody, initial={"left_on": _day(visit)})
    following = _narrow(form, everybody, request)
    context = {"form": form, "following": following, "anybody": everybody.exists()}
    return render(request, "year_turn/leavers.html", context, status=422 if form.errors else 200)


def _day(visit: Visit) -> Any:
    """Return the first of September of the turn of the year: the first day without the people who leave in
    summer."""
    return turn_of(visit.on).closes.replace(day=1)


def _narrow(form: LeaversForm, everybody: Any, request: HttpRequest) -> str:
    """Show one page of people, by name; returns the query of the next one."""
    rows = everybody.order_by("name", "pk")
    after = request.GET.get("after", "")
    last = everybody.filter(pk=int(after)).first() if is_number(after) else None
    if last is not None:
        rows = rows.filter(name__gte=last.name).exclude(name=last.name, pk__lte=last.pk)
    found = list(rows[: PAGE + 1])
    field: Any = form.fields["people"]
    field.choices = [(one.pk, one.name) for one in found[:PAGE]]
    return urlencode({"after": found[PAGE - 1].pk}) if len(found) > PAGE else ""


def _what_it_starts(
    request: HttpRequest, visit: Visit, form: LeaversForm, people: list[Person]
) -> HttpResponseBase:
    tasks = known_to(visit.person, visit.on)
    rows = what_it_starts(people, book_of(visit.federation), tasks, on=visit.on)
    short = {one.account.pk: one for each in rows for one in each.accounts if one.is_short}
    context = {
        "rows": rows,
        "left_on": form.cleaned_data["left_on"],
        "at_once": form.cleaned_data["left_on"] <= visit.on,
        "short": list(short.values()),
        "people": people,
        "parts": [("left_on", form.cleaned_data["left_on"].isoformat())],
    }
    return render(request, "year_turn/leavers_meant.html", context)


SAYS = {"friend.admit": (), "contributor.admit": (), "contact.site_settings": ()}
"""Where a policy covers who may follow an account, and who is in it."""
SAID = "said_%s"
"""Both forms of the page have a label: each field has an id of its own."""


class ClassForm(SchoolForm):
    """To which class it belongs."""

    label = forms.CharField(
        label=_("Class or year group"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "The school’s name for it, such as Year 4 or Beech. Leave empty if it doesn’t belong to a class."
        ),
    )


class ChoiceForm(SchoolForm):
    """The choice for the new school year."""

    choice = forms.ChoiceField(
        label=_("What happens to this account"), choices=AtTurn.choices, widget=forms.RadioSelect
    )
    label = forms.CharField(
        label=_("Class name in the new year"),
        max_length=LONGEST,
        required=False,
        help_text=_("Only if it moves up with its class."),
    )
    taken_out = forms.BooleanField(
        label=_("Everyone who had access has been removed on the network too"),
        required=False,
        help_text=_("Only if it stays and someone has access."),
    )


@page(place="accounts")
def classes(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say to which class an account belongs."""
    account = account_for(visit.person, pk)
    sent = request.POST if request.method == "POST" else None
    form = ClassForm(sent, initial=_said(account, visit), auto_id=SAID)
    if form.save(lambda typed: say_class(account=account, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Class saved."), "account-class", pk)
    return _shown(request, visit, account, said=form)


@page(place="accounts", methods=("POST",))
def choose(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Choose what happens to it in the new school year."""
    account = account_for(visit.person, pk)
    form = ChoiceForm(request.POST)
    if row := form.save(lambda typed: choose_at_turn(account=account, by=visit.person, at=visit.at, **typed)):
        if row.value.choice == AtTurn.CLOSES:
            return done(request, _("Closing started. Nothing is closed yet."), "account-closing", pk)
        return done(request, _("Choice saved."), "account-class", pk)
    return _shown(request, visit, account, chosen=form)


def _said(account: Account, visit: Visit) -> dict[str, str]:
    found = class_of(account, turn_of(visit.on).year)
    return {"label": found.before.label if found.before else found.hint}


def _shown(
    request: HttpRequest,
    visit: Visit,
    account: Account,
    *,
    said: ClassForm | None = None,
    chosen: ChoiceForm | None = None,
) -> HttpResponseBase:
    may_say = can(check_may_say_class, visit.person, account, on=visit.on)
    if not may_say:
        check_may_see_people(visit.person, on=visit.on)
    turn = turn_of(visit.on)
    found = class_of(account, turn.year)
    offered = {"label": next_label(found.before.label)} if found.before else {}
    errors = bool((said and said.errors) or (chosen and chosen.errors))
    context: dict[str, Any] = {
        "account": account,
        "turn": turn,
        "is_open": turn.is_open(visit.on),
        "found": found,
        "inside": inside(account),
        "may_say": may_say and found.after is None and account.state != AccountState.CLOSED,
        "may_choose": can(check_may_choose, visit.person, account, on=visit.on),
        "said": said or ClassForm(initial=_said(account, visit), auto_id=SAID),
        "chosen": chosen or ChoiceForm(initial=offered),
        "wrong": chosen if chosen is not None else said,
        "says": says_on(book_of(visit.federation), SAYS),
    }
    return render(request, "year_turn/class.html", context, status=422 if errors else 200)


@on_account_page
def on_account(visit: Visit, account: Account) -> PagePart | None:
    """Return the account's class, for people who may set it: always where one is set, otherwise only in the
    turn of the year."""
    if account.state == AccountState.CLOSED or not can(
        check_may_say_class, visit.person, account, on=visit.on
    ):
        return None
    turn = turn_of(visit.on)
    found = class_of(account, turn.year)
    if found.before is None and found.after is None and not found.hint:
        return None
    shown = {"account": account, "found": found, "turn": turn, "is_open": turn.is_open(visit.on)}
    return PagePart("year_turn/_account.html", shown)


urlpatterns = [
    path("people/new-year", year_turn, name="year-turn"),
    path("people/new-year/said", say, name="year-turn-say"),
    path("people/new-year/taken-back", take_back, name="year-turn-take-back"),
    path("people/new-year/leavers", several, name="year-turn-leavers"),
    path("accounts/<int:pk>/class", classes, name="account-class"),
    path("accounts/<int:pk>/class/choose", choose, name="account-class-choose"),
]
