"""How open accounts are looked after, and what the policy says about it, each finding with its clause:
daily checks, accounts that no one leads, whether there are new posts, and reviews with a result for each
aim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts import care, closing
from schoolgate.accounts.access import account_for
from schoolgate.accounts.before_opening import POINT, out_of_date
from schoolgate.accounts.care import (
    WEEKS,
    Week,
    asks_for_looks,
    calendar_around,
    cared_for,
    check_may_close,
    check_may_look,
    check_may_see_care,
    feed_facts,
    friends_may_comment,
    look_in,
    looks_since,
    mine_to_look_in,
    say_friends_may_comment,
    status_facts,
    watch_facts,
    weeks_of,
)
from schoolgate.accounts.closing import (
    Result,
    contributed,
    evaluate_on,
    evaluated_facts,
    evaluations,
    months_until,
    names_of,
    plan_of,
)
from schoolgate.accounts.duty_kinds import EVALUATE
from schoolgate.accounts.models import Account, AccountState, AimState, Looked, Part
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.duties.queries import standing
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.choices import feed_days
from schoolgate.policy.queries import in_force, policy_or_none
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Kind
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at
from schoolgate.web.frame.parts import PagePart, on_today_page
from schoolgate.web.frame.shown import ShownClause, day_in_words
from schoolgate.web.frame.wording import clause_shown, federation_of, plain, quote_from, sentence


@dataclass(frozen=True)
class ClauseHistory:
    """What a clause says about the past: its sentences, oldest first, one sign, and the clause itself."""

    texts: list[str]
    kind: str
    tag: str
    clauses: Sequence[ShownClause]

    @property
    def newest(self) -> str:
        """The sentence that counts now."""
        return self.texts[-1]

    @property
    def before(self) -> list[str]:
        """Return what it says about earlier weeks, latest first."""
        return self.texts[-2::-1]


def said_of(decision: Decision, book: Book, *, without: Sequence[str] = ()) -> list[ClauseHistory]:
    """Return what the policy says about the past: each finding as a sentence, advice told from obligation."""
    federation, quote = federation_of(book.key), quote_from(book)
    found: dict[tuple[tuple[str, ...], str], ClauseHistory] = {}
    for one in decision.findings:
        if one.point in without or not one.stands:
            continue
        kind, tag = _sign(one.kind)
        args = dict(one.args)
        text = _("Not known: {what}.").format(what=sentence_of_needs(one.needs)) if one.needs else ""
        shown = [
            clause_shown(clause, basis=str(one.basis), federation=federation, quote=quote)
            for clause in one.clauses[:1]
        ]
        said = found.setdefault((one.clauses, kind), ClauseHistory([], kind, tag, shown))
        said.texts.append(text or sentence(one.message, args))
    return list(found.values())


def sentence_of_needs(needs: Sequence[Any]) -> str:
    """Return what is missing, in words."""
    return ", ".join(plain(need.what) for need in needs)


def _sign(kind: Kind) -> tuple[str, str]:
    """Return the colour and the tag of a kind of finding."""
    return {
        Kind.MET: ("good", _("Meets the policy")),
        Kind.PERMITS: ("good", _("Meets the policy")),
        Kind.OBLIGES: ("info", _("To do")),
        Kind.ADVISES: ("", _("Figures")),
        Kind.ADVISES_AGAINST: ("wait", _("Advised, not compulsory")),
        Kind.BREACHED: ("no", _("Missed")),
        Kind.FORBIDS: ("no", _("Missed")),
        Kind.REQUIRES: ("wait", _("Waiting")),
        Kind.REFERS: ("ask", _("Needs a ruling")),
    }[kind]


def feed_said(account: Account, visit: Visit) -> list[ClauseHistory]:
    """Return what the policy says about new posts on an account; nothing where it is silent."""
    decision = _asked(account, visit)
    return said_of(decision, in_force(visit.on).book) if decision is not None else []


def late_in_words(account: Account, visit: Visit) -> str:
    """Return since when an account has had no new post for too long, as a sentence; empty where it is up to
    date, where its school chose no number of days, and where the policy is silent."""
    decision = _asked(account, visit)
    if decision is None or not out_of_date(decision):
        return ""
    chosen = feed_days(on=visit.on).get(account.school_id or 0)
    if account.last_good_publish_at is None and chosen is not None:
        since = day_in_words(local_day(account.opened_at or account.made_at))
        return _(
            "Nothing has been posted since {day}, when the account was opened or added. The school "
            "allows {days} days between posts."
        ).format(day=since, days=chosen.days)
    return next(each.newest for each in said_of(decision, in_force(visit.on).book) if each.kind == "no")


def _asked(account: Account, visit: Visit) -> Decision | None:
    book = in_force(visit.on).book
    if account.state != AccountState.OPEN or account.school_id is None or not book.at("feed.upkeep", POINT):
        return None
    return verdict("feed.upkeep", feed_facts(account, feed_days(on=visit.on), at=visit.at), on=visit.on)


YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class EvaluationForm(SchoolForm):
    """A result for each aim, whether it still serves them, and when it is reviewed next."""

    policy_help = {
        "state_*": (at("account.evaluated", "aims_met"),),
        "words": (at("account.evaluated", "to_the_point", "pupils_pride", "contributing"),),
        "next_on": (at("account.propose", "evaluation"),),
    }

    def __init__(self, *args: Any, aims: tuple[str, ...], asks_serves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aims = aims
        for number, aim in enumerate(aims):
            self.fields[f"state_{number}"] = forms.ChoiceField(
                label=aim, choices=AimState.choices, widget=forms.RadioSelect
            )
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("Evidence"), required=False, max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        if asks_serves:
            self.fields["serves"] = forms.ChoiceField(
                label=_("Does the account still serve its aims?"), choices=YES_NO, widget=forms.RadioSelect
            )
        self.fields["words"] = forms.CharField(
            label=_("Your conclusions"), required=False, max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )  # fmt: skip
        self.fields["next_on"] = DayField(
            label=_("Next review date"),
            help_text=_("Leave blank to set no date."),
            required=False,
        )

    def results(self) -> list[Result]:
        """One for each aim, as the action takes them."""
        typed = self.cleaned_data
        return [
            Result(aim, typed[f"state_{number}"], typed[f"words_{number}"])
            for number, aim in enumerate(self.aims)
        ]

    def serves(self) -> bool | None:
        """The answer whether it still serves its aims; None where it was not asked."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("serves", ""))


def review_form(request: HttpRequest, visit: Visit, found: Account) -> EvaluationForm | None:
    """Return the form for a review; None for people who record none, and where the policy asks for none.
    Raises NotFound, where it asks for none, for one that was sent."""
    book = in_force(visit.on).book
    sent = request.method == "POST"
    if not book.bound("account.evaluated"):
        if sent:
            raise NotFound
        return None
    may = found.state == AccountState.OPEN and can(care.check_may_evaluate, visit.person, found, on=visit.on)
    if not (sent or may):
        return None
    asks_serves = bool(book.at("account.evaluated", "to_the_point"))
    return EvaluationForm(request.POST or None, aims=plan_of(found).aims, asks_serves=asks_serves)


def save_review(form: EvaluationForm, visit: Visit, found: Account) -> Any:
    """Record a review. Raises what the action raises."""
    typed = form.cleaned_data
    return closing.evaluate(
        account=found, by=visit.person, at=visit.at, results=form.results(), serves_aims=form.serves(),
        words=typed["words"], next_on=typed["next_on"],
    )  # fmt: skip


def reviews_shown(visit: Visit, found: Account) -> dict[str, Any]:
    """Return an account's aims, figures and results; nothing where the policy asks for no reviews."""
    policy = in_force(visit.on)
    if not policy.book.bound("account.evaluated"):
        return {}
    posts, roles = contributed(found, policy.book, on=visit.on)
    names = names_of([*posts, *roles])
    day = evaluate_on(found)
    asked = evaluated_facts(found, policy, at=visit.at, evaluate_on=day, posts=posts, roles=roles)
    return {
        "reviews": True,
        "plan": plan_of(found),
        "evaluate_on": day,
        "due": bool(standing(EVALUATE, [found])),
        "charts": _charts(found, visit.on),
        "people": [(names.get(person, "–"), number) for person, number in posts.items()],
        "before": evaluations(found),
        "reviewed": said_of(verdict("account.evaluated", asked, on=visit.on), policy.book),
    }


def _charts(account: Account, on: date) -> list[BarChart]:
    """Posts, comments and answers by month, a year at most; nothing is drawn of what there is none of."""
    opened = local_day(account.opened_at or account.made_at).replace(day=1)
    months = [month for month in months_until(on) if month >= opened]
    counted = closing.by_month(account, months[0])
    titles = {
        "posts": _("Posts by month"),
        "comments": _("Comments by month"),
        "answers": _("Replies by month"),
        "reactions": _("Reactions by month, to the posts that came out then"),
    }
    return [
        bar_chart(
            [(f"{MONTHS[month.month]} {month.year}", counted[key].get(month, 0)) for month in months],
            title=title,
            description=_("One bar for each month, up to a year. The last bar is this month so far."),
            label_head=_("Month"),
            value_head=_("Number"),
        )
        for key, title in titles.items()
        if any(counted.get(key, {}).values())
    ]


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
def care_page(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
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
    path("accounts/<int:pk>/care", care_page, name="account-care"),
    path("accounts/<int:pk>/look", look, name="account-look"),
    path("accounts/<int:pk>/there", there, name="account-there"),
    path("accounts/<int:pk>/friends", friends, name="account-friends"),
]
