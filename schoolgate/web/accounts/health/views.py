"""Daily checks of accounts: mark as checked, recent checks as a picture, and accounts that no one leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts import closing
from schoolgate.accounts.access import account_for
from schoolgate.accounts.care import (
    WEEKS,
    Week,
    asks_for_looks,
    calendar_around,
    cared_for,
    check_may_close,
    check_may_look,
    check_may_see_care,
    friends_may_comment,
    look_in,
    looks_since,
    mine_to_look_in,
    say_friends_may_comment,
    status_facts,
    watch_facts,
    weeks_of,
)
from schoolgate.accounts.closing import evaluate_on
from schoolgate.accounts.models import Account, AccountState, Looked, Part
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force, policy_or_none
from schoolgate.rulebook import Book
from schoolgate.web.accounts.health.evaluating import review_form, reviews_shown, save_review
from schoolgate.web.accounts.health.feeds import feed_said, late_in_words
from schoolgate.web.accounts.health.said import ClauseHistory, said_of
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.parts import (
    PagePart,
    on_today_page,
)
from schoolgate.web.frame.times import day_in_words

THANKS = {
    Looked.ACCOUNT: gettext_lazy("Check recorded. Thank you."),
    Looked.CONTRIBUTIONS: gettext_lazy("Check of contributions recorded. Thank you."),
    Looked.FRIENDS: gettext_lazy("Check of friends’ comments recorded. Thank you."),
}


def looking_in(visit: Visit, account: Account) -> dict[str, Any] | None:
    """Return what an account's page shows to the people who look after it; None for others."""
    if account.state == AccountState.CLOSED:
        return None
    try:
        check_may_see_care(visit.person, account, on=visit.on)
    except NotFound:
        return None
    found = cared_for(account.pk, on=visit.on)
    care = getattr(found, "watched", None)
    return {
        "last": care.last_look if care else None,
        "open": found.state == AccountState.OPEN,
        "asks": asks_for_looks(in_force(visit.on).book),
        "may_look": can(check_may_look, visit.person, found, on=visit.on),
        "today": _looked_on(found, visit),
        "nobody": not any(member.part == Part.LEAD for member in found.there),  # type: ignore[attr-defined]
        "may_close": can(check_may_close, visit.person, found, on=visit.on),
        "looks_back": bool(in_force(visit.on).book.bound("account.evaluated")),
        "evaluate_on": evaluate_on(found),
        "late": late_in_words(found, visit),
    }


@on_today_page
def mine(visit: Visit) -> PagePart | None:
    """Return the card on Today with the accounts that this visitor runs, each with one button."""
    policy = policy_or_none(visit.on)
    if policy is None or not policy.book.bound("account.watch"):
        return None
    found = mine_to_look_in(visit.person, on=visit.on)
    checked = [account for account in found if _looked_on(account, visit)]
    due = [account for account in found if account not in checked]
    return PagePart("care/_today.html", {"due": due, "checked": checked}) if found else None


def _looked_on(account: Account, visit: Visit) -> bool:
    care = getattr(account, "watched", None)
    last = care.last_look if care else None
    return last is not None and local_day(last.at) == visit.on


@page(place="accounts")
def care(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show how one account is looked after: its checks, its figures, its reviews. Record a review."""
    found = _inside(visit, pk)
    policy = in_force(visit.on)
    form = review_form(request, visit, found)
    if form and form.save(lambda _typed: save_review(form, visit, found)):
        return done(request, gettext_lazy("Recorded under your name."), "account-care", pk)
    since = visit.on - timedelta(days=visit.on.weekday(), weeks=WEEKS - 1)
    looks = looks_since(found, since)
    weeks = weeks_of(looks, on=visit.on)
    book = policy.book
    context = {
        "account": found,
        "visit": visit,
        "chart": _chart(weeks),
        "weeks": [{"week": week, "days": [day_in_words(day) for day in week.looked]} for week in weeks],
        "looks": looks[:20],
        "asks": asks_for_looks(book),
        "last": looks[0] if looks else None,
        "said": _watched(found, looks, visit, book, since),
        "alive": _alive(found, looks, visit, book),
        "feed": feed_said(found, visit),
        "late": late_in_words(found, visit),
        "unanswered": closing.unanswered([found.pk])[found.pk],
        "kinds": _kinds(book),
        "asks_friends": bool(book.at("account.watch", "friends_comments_read")),
        "friends": friends_may_comment(found),
        "may_look": found.state == AccountState.OPEN
        and can(check_may_look, visit.person, found, on=visit.on),
        "chosen_here": "own_policy" in visit.capacities,
        "form": form,
        **reviews_shown(visit, found),
    }
    return render(request, "care/care.html", context, status=422 if form and form.is_bound else 200)


def _inside(visit: Visit, pk: int) -> Account:
    account_for(visit.person, pk)
    found = cared_for(pk, on=visit.on)
    check_may_see_care(visit.person, found, on=visit.on)
    return found


def _kinds(book: Book) -> list[tuple[str, str]]:
    """Return what the policy wants checked besides the account itself."""
    wanted = [
        (Looked.CONTRIBUTIONS, "contributions_read", _("Mark contributions as checked")),
        (Looked.FRIENDS, "friends_comments_read", _("Mark friends’ comments as checked")),
    ]
    return [(str(what), label) for what, point, label in wanted if book.at("account.watch", point)]


def _chart(weeks: Sequence[Week]) -> BarChart:
    return bar_chart(
        [(_("Week from {day}").format(day=day_in_words(week.monday)), len(week.looked)) for week in weeks],
        title=_("Days checked"),
        description=_("One bar for each week, Monday to Sunday. The last bar is this week so far."),
        label_head=_("Week"),
        value_head=_("Days"),
        full=7,
    )


def _watched(found: Account, looks: Any, visit: Visit, book: Book, since: Any) -> list[ClauseHistory]:
    if not asks_for_looks(book) or found.state != AccountState.OPEN:
        return []
    last = getattr(found, "watched", None)
    known = [*looks, *([last.last_look] if last and last.last_look and last.last_look not in looks else [])]
    asked = watch_facts(
        found, known, book, since=since, at=visit.at,
        calendar=calendar_around([found], known, at=visit.at).get(found.school_id or 0),
    )  # fmt: skip
    return said_of(verdict("account.watch", asked, on=visit.on), book, without=("own_posts_read",))


def _alive(found: Account, looks: Any, visit: Visit, book: Book) -> list[ClauseHistory]:
    if not book.bound("account.status") or found.state != AccountState.OPEN:
        return []
    care_row = getattr(found, "watched", None)
    last = care_row.last_look.at if care_row and care_row.last_look else None
    asked = status_facts(
        found,
        last_visit=max([one.at for one in looks] + ([last] if last else []), default=None),
        unanswered=closing.unanswered([found.pk])[found.pk],
        at=visit.at,
    )
    return said_of(verdict("account.status", asked, on=visit.on), book)


@page(methods=("POST",))
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Mark the account as checked."""
    found = account_for(visit.person, pk)
    what = request.POST.get("what", Looked.ACCOUNT)
    if what not in Looked.values:
        raise NotFound
    look_in(account=found, by=visit.person, at=visit.at, what=what)
    if request.POST.get("from") == "today":
        return done(request, THANKS[Looked(what)], "today")
    return done(request, THANKS[Looked(what)], "account-care", pk)


@page(methods=("GET",))
def there(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Open the account's page on its network. For the people who look after it, this counts as a check.

    A link on another site leads there too, but does not count as a check.
    """
    found = account_for(visit.person, pk)
    if not found.address.startswith("https://"):
        raise NotFound
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if (
        from_here
        and found.state == AccountState.OPEN
        and can(check_may_look, visit.person, found, on=visit.on)
    ):
        look_in(account=found, by=visit.person, at=visit.at)
    return HttpResponseRedirect(found.address)


@page(methods=("POST",))
def friends(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say whether friends of the account may comment."""
    found = account_for(visit.person, pk)
    answer = {"yes": True, "no": False}.get(request.POST.get("answer", ""))
    if answer is None:
        raise NotFound
    say_friends_may_comment(account=found, by=visit.person, at=visit.at, answer=answer)
    return done(request, gettext_lazy("Your answer has been saved."), "account-care", pk)


urlpatterns = [
    path("accounts/<int:pk>/care", care, name="account-care"),
    path("accounts/<int:pk>/look", look, name="account-look"),
    path("accounts/<int:pk>/there", there, name="account-there"),
    path("accounts/<int:pk>/friends", friends, name="account-friends"),
]
