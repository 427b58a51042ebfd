"""The list as each wants it and the work shared out: filters, saved views, notes, take and give, figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import dropwhile
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.models import School
from schoolgate.inbox import desk, listing, seeing
from schoolgate.inbox.figures import MOST, Figures, Sums, figures_for, month_of, week_of
from schoolgate.inbox.listing import ME, NO_ONE, Filters, filters_of, reach_of
from schoolgate.inbox.models import (
    AppealState,
    CloseReason,
    Item,
    ItemKind,
    ItemLanguage,
    ItemState,
    SavedView,
    WhyKeptBack,
)
from schoolgate.inbox.seeing import notes_for
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.people.confined import nameable
from schoolgate.people.models import Person
from schoolgate.people.outside import is_told
from schoolgate.people.queries import holders_of_capacity
from schoolgate.people.rules import can, check_capacity
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.inbox.wording import STATE_KINDS, snippet

MOST_EARLIER = 10
"""Earlier comments of the same author, and others below the same post, that a page shows of each."""
ASSIGNABLE = frozenset({ItemState.OPEN, ItemState.ANSWERING})


def desk_shown(found: Item, visit: Visit) -> dict[str, Any]:
    """Return what colleagues know of an item: who deals with it, their notes, and what else its author and
    others wrote."""
    sorts = found.state in ASSIGNABLE and can(seeing.check_may_sort, visit.person, found, on=visit.on)
    rows = listing.reach_of(visit.person, on=visit.on).rows().exclude(pk=found.pk)
    by_author = rows.filter(author_id_there=found.author_id_there, account__network=found.account.network)
    return {
        "assigned_to": found.assigned_to,
        "may_assign": sorts,
        "colleagues": _colleagues(found, visit) if sorts else [],
        "notes": list(notes_for(visit.person, found)),
        "earlier": _lines(by_author) if found.author_id_there else [],
        "beside": _lines(rows.filter(post=found.post)) if found.post_id else [],
    }


def check_sees_some(visit: Visit) -> None:
    """Raise NotAllowed, naming who to ask, for people who may read nothing in any inbox."""
    if not visit.capacities & seeing.SEES:
        check_capacity(visit.person, "answer", on=visit.on, anywhere=True)


def _colleagues(found: Item, visit: Visit) -> list[Person]:
    people = holders_of_capacity(
        "answer",
        "moderate",
        federation=visit.federation,
        on=visit.on,
        school=found.school,
        account=found.account,
    )
    return nameable(people, meant=seeing.people_meant(found))


def _lines(rows: Any) -> Sequence[dict[str, Any]]:
    return [
        {
            "item": each,
            "words": snippet(each.words),  # type: ignore[attr-defined]
            "kind": STATE_KINDS[each.state],
        }
        for each in listing.lines(rows).only("received_at", "state").order_by("-id")[:MOST_EARLIER]
    ]


@page(place="inbox", methods=("POST",))
def assign(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it, give it to a colleague, or hand it back."""
    found = listing.item_for(visit.person, pk, on=visit.on)
    to, seen = request.POST.get("to", ""), request.POST.get("seen", "")
    person = Person.objects.filter(pk=number_in(to)).first() if to else None
    if to and person is None:
        raise NotFound
    try:
        desk.assign_item(
            by=visit.person, at=visit.at, item=found, to=person, seen=number_in(seen) if seen else None
        )
    except BadInput as error:
        messages.error(request, " ".join(str(each) for each in error.fields.values()))
        return redirect("item", pk)
    told = (
        _("Unassigned. The people who look after the account deal with it.")
        if person is None
        else _("Assigned to you. Colleagues can see that you’re dealing with it.")
        if person == visit.person
        else format_lazy(_("Assigned to {name}. It’s on their Today page."), name=person.name)
    )
    return done(request, told, "item", pk)


@page(place="inbox", methods=("POST",))
def note(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Write a note for colleagues."""
    found = listing.item_for(visit.person, pk, on=visit.on)
    try:
        made = desk.write_note(by=visit.person, at=visit.at, item=found, text=request.POST.get("text", ""))
    except BadInput as error:
        messages.error(request, " ".join(str(each) for each in error.fields.values()))
        return redirect("item", pk)
    if is_told(visit.person, made):
        return done(request, _("Note saved. A safeguarding lead has been told."), "item", pk, warns=True)
    return done(request, _("Note saved. Only colleagues can read it."), "item", pk)


@page(place="inbox", methods=("POST",))
def save_view(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Save the filters that are set as a view."""
    check_sees_some(visit)
    chosen, tab = filters_of(request.POST), request.POST.get("show", "")
    try:
        view = desk.save_view(
            by=visit.person, at=visit.at, name=request.POST.get("name", ""), chosen=chosen, tab=tab,
            shared=request.POST.get("shared") == "yes",
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, " ".join(str(each) for each in error.fields.values()))
        return redirect(f"{reverse('inbox')}?{urlencode({'show': tab, **chosen.as_text()})}")
    return done(request, _("View saved."), f"{reverse('inbox')}?view={view.pk}")


@page(place="inbox", methods=("POST",))
def delete_view(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Delete a view that the visitor saved."""
    found = SavedView.objects.filter(pk=pk, person=visit.person).first()
    if found is None:
        raise NotFound
    desk.delete_view(by=visit.person, at=visit.at, view=found)
    return done(request, _("View deleted. No comments were changed."), "inbox")


urlpatterns = [
    path("inbox/<int:pk>/assign", assign, name="item-assign"),
    path("inbox/<int:pk>/notes", note, name="item-note"),
    path("inbox/views", save_view, name="inbox-views"),
    path("inbox/views/<int:pk>/delete", delete_view, name="inbox-view-delete"),
]


Words = str | Promise
WITHHELD: Mapping[str, Words] = {
    "bluesky": _("Not read: direct messages, and comments by people who have blocked the account."),
    "mastodon": _("Not read: private messages, and replies that their server doesn’t pass on."),
    "facebook": _("Not read: private messages, reviews, and comments that Facebook itself hides."),
    "instagram": _("Not read: private messages, and comments by people restricted on Instagram."),
    "youtube": _("Not read: private messages, and comments that YouTube itself hides."),
    "linkedin": _("Not read: private messages, mentions elsewhere, and the names of people who comment."),
    "x": _("Not read: private messages, mentions elsewhere, and replies older than a week when first read."),
    "googlebusiness": _("Reviews are read. Not read: questions, and pictures that visitors add."),
}
"""What a network doesn't give to any program, beside the comments that we read."""
MOST_BELOW: Mapping[str, Words] = dict.fromkeys(
    ("facebook", "instagram", "threads", "youtube", "linkedin", "x"),
    _("Under each post, the newest 2,000 comments are read."),
)
"""Where there can be more than are read at once (`networks.port.Newest`)."""


@dataclass(frozen=True)
class Choice:
    """One list to choose from, with what is chosen. `quoted`: names that people gave."""

    name: str
    label: Words
    options: Sequence[tuple[str, Words]]
    value: str
    quoted: bool = False


@dataclass(frozen=True)
class Heard:
    """When what others wrote on an account was last read, and what its network keeps from programs."""

    account: Account
    at: datetime | None
    by_hand: bool
    withheld: Sequence[Words]


def view_asked(visit: Visit, asked: Mapping[str, str]) -> SavedView | None:
    """Return the saved view that an address names, mine or shared; None without one. Raises NotFound."""
    if "view" not in asked:
        return None
    found = _views(visit).filter(pk=number_in(asked["view"])).first()
    if found is None:
        raise NotFound
    return found


def narrowing_shown(visit: Visit, chosen: Filters, *, tab: str, view: SavedView | None) -> dict[str, Any]:
    """Return what the list shows beside its rows: filters, views, and when each account was last read."""
    accounts = _accounts(visit)
    text = chosen.as_text()
    return {
        "choices": _choices(accounts, text),
        "chosen": text,
        "chosen_query": urlencode({"show": tab, **text}),
        "view": view,
        "views": list(_views(visit)),
        "heard": [_heard(each) for each in accounts],
        "show": tab,
        "visit": visit,
    }


def _views(visit: Visit) -> QuerySet[SavedView]:
    return SavedView.objects.filter(Q(person=visit.person) | Q(shared=True)).order_by("name", "pk")


def _accounts(visit: Visit) -> list[Account]:
    """Return the accounts whose items the visitor may read, by name."""
    reach = listing.reach_of(visit.person, on=visit.on)
    rows = Account.objects.filter(state__in=[AccountState.OPEN, AccountState.CLOSED]).select_related("school")
    if not reach.everything:
        rows = rows.filter(Q(school__in=reach.schools) | Q(pk__in=reach.accounts))
    return list(rows.order_by("name", "pk"))


def _choices(accounts: Sequence[Account], text: Mapping[str, str]) -> list[Choice]:
    schools = {str(each.school.pk): each.school.name for each in accounts if each.school}
    networks = {each.network: all_capabilities()[each.network].name for each in accounts}
    offered: list[tuple[str, Words, Sequence[tuple[str, Words]], bool]] = [
        ("assigned", _("Assigned to"), [(ME, _("Me")), (NO_ONE, _("No one"))], False),
        ("school", _("School"), list(schools.items()), True),
        ("account", _("Account"), [(str(each.pk), each.name) for each in accounts], True),
        ("network", _("Network"), sorted(networks.items()), True),
        ("kind", _("Type"), list(ItemKind.choices), False),
        ("language", _("Language"), list(ItemLanguage.choices), False),
    ]
    return [
        Choice(name, label, options, text.get(name, ""), quoted)
        for name, label, options, quoted in offered
        if len(options) > 1 or name in text
    ]


def _heard(account: Account) -> Heard:
    by_hand = abilities_of(account).way("read_replies") is not Way.PROGRAM
    withheld = [] if by_hand else [WITHHELD.get(account.network, ""), MOST_BELOW.get(account.network, "")]
    return Heard(account, account.last_good_read_at, by_hand=by_hand, withheld=tuple(filter(None, withheld)))


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IN_HOURS = 2 * DAY
"""A span shorter than this is said in hours."""


@dataclass(frozen=True)
class Period:
    """A period to choose, and what its charts count by."""

    key: str
    label: Promise
    weeks: int
    span_of: Callable[[date], date] = week_of


PERIODS = (
    Period("4", gettext_lazy("Last 4 weeks"), 4),
    Period("12", gettext_lazy("Last 12 weeks"), 12),
    Period("52", gettext_lazy("Last 12 months"), 52, month_of),
)
USUAL = PERIODS[1]


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the figures of what the visitor may read in the inbox. Raises NotFound for a period or school
    that isn't offered, and NotAllowed for people who may read nothing in any inbox."""
    asked = request.GET
    check_sees_some(visit)
    period = next((each for each in PERIODS if each.key == asked.get("period", USUAL.key)), None)
    schools = _schools(visit)
    school = number_in(asked["school"]) if asked.get("school") else None
    if period is None or (school is not None and school not in schools):
        raise NotFound
    since = period.span_of(visit.on - timedelta(weeks=period.weeks - 1))
    found = figures_for(visit.person, at=visit.at, since=since, span_of=period.span_of, school=school)
    context = {
        "periods": PERIODS,
        "period": period,
        "schools": schools if len(schools) > 1 else {},
        "school": school,
        "figures": found,
        "most": MOST,
        "row": _row(found.whole),
        "spans": [
            (_span_name(day, period), _row(sums))
            for day, sums in sorted(found.spans.items(), reverse=True)
            if sums.received or sums.removed
        ],
        "by_month": period.span_of is month_of,
        "by_school": _by_school(found, schools),
        "charts": _charts(found, period),
        "closed": _named(CloseReason.choices, found.closed_because),
        "appeals": _named(AppealState.choices, found.appeals),
    }
    return render(request, "inbox/figures.html", context)


def _schools(visit: Visit) -> dict[int, str]:
    """Return the schools of which the visitor may read items, by id."""
    reach = reach_of(visit.person, on=visit.on)
    rows = School.objects.order_by("name", "pk")
    return dict((rows if reach.everything else rows.filter(pk__in=reach.schools)).values_list("pk", "name"))


def _row(sums: Sums) -> dict[str, Any]:
    """Return the figures of one line of a table, in words."""
    return {
        "sums": sums,
        "typical": span_in_words(sums.typical) if sums.typical is not None else "–",
        "slowest": span_in_words(sums.slowest) if sums.slowest is not None else "–",
        "met": gettext("{met} of {promised}").format(met=sums.kept, promised=sums.promised)
        if sums.promised
        else "–",
    }


def _by_school(found: Figures, schools: Mapping[int, str]) -> list[tuple[str, dict[str, Any]]]:
    """Return a line for each school, those with nothing too; then what belongs to no school."""
    rows = [(name, found.schools.get(pk, Sums())) for pk, name in schools.items()]
    others = [sums for pk, sums in found.schools.items() if pk not in schools]
    if len(rows) + len(others) < 2:
        return []
    return [(name, _row(sums)) for name, sums in rows] + [("", _row(sums)) for sums in others]


def _span_name(day: date, period: Period) -> str:
    if period.span_of is month_of:
        return f"{MONTHS[day.month]} {day.year}"
    return gettext("Week of {day} {month}").format(day=day.day, month=str(MONTHS_3[day.month]).capitalize())


def _named(choices: Sequence[tuple[str, Any]], counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return each code's words with its number, the largest first; without those that never came."""
    found = [(str(label), counted[key]) for key, label in choices if counted.get(key)]
    return sorted(found, key=lambda pair: -pair[1])


def _charts(found: Figures, period: Period) -> list[BarChart]:
    """Return the charts of which there is anything to draw, from the first week or month with something."""
    label = gettext("Month") if period.span_of is month_of else gettext("Week")
    filled = dropwhile(lambda pair: not (pair[1].received or pair[1].removed), sorted(found.spans.items()))
    spans = [(_span_name(day, period), sums) for day, sums in filled]
    charts = [
        bar_chart(
            [(name, sums.received) for name, sums in spans],
            title=gettext("Comments and messages received"),
            description=gettext("How many came in, by the day on which they appeared."),
            label_head=label,
            value_head=gettext("Received"),
        ),
        bar_chart(
            [(name, sums.met) for name, sums in spans if sums.met is not None],
            title=gettext("Deadlines met, in per cent"),
            description=gettext("Of the replies with a deadline in the policy, how many were sent in time."),
            label_head=label,
            value_head=gettext("Per cent"),
            full=100,
        ),
        bar_chart(
            _named(ItemKind.choices, found.kinds),
            title=gettext("By type"),
            description=gettext("How many of each type came in."),
            label_head=gettext("Type"),
            value_head=gettext("Received"),
        ),
        bar_chart(
            _named(WhyKeptBack.choices, found.removed_because),
            title=gettext("Why comments were hidden or deleted"),
            description=gettext("The reason that the moderator chose."),
            label_head=gettext("Reason"),
            value_head=gettext("Comments"),
        ),
    ]
    return [chart for chart in charts if any(bar.value for bar in chart.bars)]


def span_in_words(span: timedelta) -> str:
    """Return elapsed time as people say it: minutes, then hours with minutes, from two days on days."""
    if span >= IN_HOURS:
        return ngettext("{number} day", "{number} days", span.days).format(number=span.days)
    hours, minutes = span // HOUR, span % HOUR // timedelta(minutes=1)
    parts = []
    if hours:
        parts.append(ngettext("{number} hour", "{number} hours", hours).format(number=hours))
    if minutes or not hours:
        parts.append(ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes))
    return " ".join(parts)
