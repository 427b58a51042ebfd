"""Status by section: what is at risk for the people responsible, key figures for the people who oversee
them, and how a person's part follows each section of the policy.

What is at risk is no policy rule: what a policy requires is a duty. These facts of the accounts are
shown so that a quiet page isn't mistaken for a healthy one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts.care import here
from schoolgate.accounts.models import (
    FAKE_STANDS,
    Account,
    AccountKey,
    AccountMark,
    AccountState,
    Fake,
    Handover,
    HandoverState,
    SeenThere,
    TeamMember,
)
from schoolgate.accounts.models import Part as TeamPart
from schoolgate.core import rows
from schoolgate.core.clock import local_day
from schoolgate.core.rows import count_of
from schoolgate.core.saying import subject_in_words
from schoolgate.duties.kinds import kind_of
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import Waiting, counts_by_kind, known_to, longest_overdue
from schoolgate.inbox import duty_kinds as of_comments
from schoolgate.inbox import seeing
from schoolgate.people.confined import not_meant
from schoolgate.policy.queries import PolicyInForce, by_section, policy_or_none
from schoolgate.publishing import duty_kinds as of_posts
from schoolgate.publishing.models import Post
from schoolgate.publishing.models.states import PostState
from schoolgate.reports.evidence import SEES_EVIDENCE
from schoolgate.reports.governors import Part, Section, State, part_of, sections_of, tasks_behind_number
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.duty_words import shown
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.shown import ShownDue
from schoolgate.web.reports.governors_shown import (
    OF_SECTION,
    STATES,
    days_in_words,
    period_name,
    shown_section,
)
from schoolgate.web.reports.subjects import page_of_subject
from schoolgate.web.today.tasks import TOLD_OF_THE_POLICY, Morning, Reach, due_shown

SEES = ("decide_account", "administer", "oversee")
"""Who sees all accounts from the inside, elsewhere too."""
LEADS = ("decide_account", "administer")
"""Those who see whose task is late, because they can ask. People who only oversee see the number."""
SOON = timedelta(days=14)
UNREAD = timedelta(days=1)
"""An account that a program reads is read every few minutes: a day without is a failure."""
A_MONTH = timedelta(days=30)
UNCERTAIN = (of_posts.FAILED, of_posts.LOOK, of_comments.FAILED, of_comments.LOOK)
AREAS = {
    "accounts": gettext_lazy("Accounts"),
    "posts": gettext_lazy("Posts"),
    "comments": gettext_lazy("Comments and messages"),
    "policy": gettext_lazy("Policy"),
}
"""First words of the mails that speak for kinds of duties."""
OTHER = gettext_lazy("Other tasks")
RISKY = "?show=risk"
HEALTH = "?show=health"
OF_ACCOUNTS: Mapping[str, tuple[str | Promise, str, str, str]] = {
    "nobody": (
        gettext_lazy("Accounts with no current account lead: {number}"),
        "accounts",
        "?show=nobody",
        "no",
    ),
    "ended": (gettext_lazy("Accounts whose connection has ended: {number}"), "accounts", RISKY, "no"),
    "unread": (
        gettext_lazy("Accounts we haven’t been able to read for more than a day: {number}"),
        "accounts",
        "",
        "no",
    ),
    "past": (gettext_lazy("Passwords overdue for changing: {number}"), "accounts", RISKY, "no"),
    "lost": (
        gettext_lazy("Accounts that no longer show they are ours: {number}"),
        "accounts",
        RISKY,
        "no",
    ),
    "handing": (gettext_lazy("Accounts being handed over: {number}"), "accounts", RISKY, "wait"),
    "ending": (
        gettext_lazy("Accounts whose connection ends within two weeks: {number}"),
        "accounts",
        HEALTH,
        "wait",
    ),
    "soon": (
        gettext_lazy("Passwords to change within two weeks: {number}"),
        "accounts",
        HEALTH,
        "wait",
    ),
}
"""Most serious first: the sentence, the page that shows them, its query, and the sign beside it."""


@dataclass(frozen=True)
class Risk:
    """One line: a sentence, where to see it, and how serious it is (`no` or `wait`)."""

    text: str
    href: str
    kind: str = "no"


@dataclass(frozen=True)
class Late:
    """An overdue task of another person."""

    title: str | Promise
    about: str
    href: str
    due: ShownDue
    whom: str


@dataclass(frozen=True)
class Risks:
    """The card. `late`, with how many there are in all: only for those who can ask."""

    lines: Sequence[Risk]
    late: Sequence[Late]
    late_count: int
    more: int


@dataclass(frozen=True)
class Figure:
    """One number of the state, and where it is looked into."""

    number: int
    label: str
    href: str = ""


@dataclass(frozen=True)
class RiskState:
    """Figures other than nought, and what is still to do by place, where that is more than one."""

    figures: Sequence[Figure]
    chart: BarChart | None


@dataclass(frozen=True)
class Overseen:
    """Data about the places that a person oversees, loaded once for both cards."""

    reach: Reach
    counts: Mapping[str, Waiting]
    numbers: Mapping[str, int]

    @property
    def late(self) -> int:
        """Return how many tasks are overdue there, of all people."""
        return sum(each.tasks_late for each in self.counts.values())


def overseen(morning: Morning) -> Overseen | None:
    """Return None for people who don't oversee. Two queries."""
    reach = morning.reach(*SEES)
    return _loaded(reach, morning) if reach else None


def mine_at_risk(morning: Morning) -> Sequence[Risk]:
    """Return the lines about the places that a person oversees; for others, about the accounts that they run.
    Three queries."""
    there = overseen(morning)
    if there is None:
        run = TeamMember.objects.filter(here(morning.visit.on), person=morning.visit.person)
        reach = Reach(accounts=frozenset(run.values_list("account", flat=True)))
        there = _loaded(reach, morning) if reach else None
    return [*_lines(there), *_of_the_rest(there, morning)] if there else []


def _loaded(reach: Reach, morning: Morning) -> Overseen:
    numbers = rows.ask(**_of_accounts(reach, morning), **_of_the_state(reach, morning))
    return Overseen(reach, counts_by_kind(_tasks_there(reach, morning), at=morning.visit.at), numbers)


def _tasks_there(reach: Reach, morning: Morning) -> QuerySet[Duty]:
    return known_to(morning.visit.person, morning.visit.on).filter(reach.where(account="subject_account"))


def late_elsewhere(there: Overseen, morning: Morning, *, but: Sequence[int]) -> dict[Duty, list[str]]:
    """Return the overdue tasks there with the keys of their roles, without the visitor's own; none for people
    who can't ask about them. At most one query."""
    if not (there.late and morning.reach(*LEADS)):
        return {}
    return longest_overdue(_tasks_there(there.reach, morning), at=morning.visit.at, but=but)


def risks(
    there: Overseen, morning: Morning, late: Mapping[Duty, Sequence[str]], names: Mapping[str, str]
) -> Risks | None:
    """The card of what is at risk; None where nothing is. No query.

    Args:
        late: what `late_elsewhere` found.
        names: what the things are called that those are about.
    """
    lines = [*_lines(there), *_of_the_rest(there, morning)]
    if not (lines or late):  # who only oversees reads the number among the figures
        return None
    shown_late = [
        Late(
            title=each.title,
            about=each.about,
            href=each.href if _opens(each.duty, morning) else "",
            due=due_shown(each.duty, True, at=morning.visit.at),
            whom=_whose(each.duty, late[each.duty], morning),
        )
        for each in shown(list(late), morning.book, at=morning.visit.at, names=names)
    ]
    return Risks(lines, shown_late, there.late, max(0, there.late - len(late)))


def _opens(duty: Duty, morning: Morning) -> bool:
    """Return whether the page of a colleague's task opens for this person: comments don't for everyone who
    looks after accounts."""
    return not duty.subject.startswith("inbox.") or bool(morning.visit.capacities & seeing.SEES)


def _of_accounts(reach: Reach, morning: Morning) -> dict[str, Any]:
    on, at = morning.visit.on, morning.visit.at
    live = Account.objects.filter(reach.where()).exclude(state=AccountState.CLOSED)
    unread = Q(last_good_read_at=None) | Q(last_good_read_at__lt=at - UNREAD)
    led = TeamMember.objects.filter(here(on), part=TeamPart.LEAD).values("account")
    of_accounts = reach.where(school="account__school_id", account="account_id")
    keys = AccountKey.objects.filter(of_accounts, ended="", change_by__isnull=False)
    lost = AccountMark.objects.filter(of_accounts, seen=SeenThere.MISSING, there_at__isnull=False)
    rows = {
        "ended": live.filter(keys_run_out_at__lte=at),
        "ending": live.filter(keys_run_out_at__gt=at, keys_run_out_at__lte=at + SOON),
        "unread": live.filter(
            unread, state=AccountState.OPEN, vault_ref__isnull=False, connected_at__lt=at - UNREAD
        ),
        "nobody": live.exclude(pk__in=led),
        "past": keys.filter(change_by__lt=on),
        "soon": keys.filter(change_by__gte=on, change_by__lte=on + SOON),
        "lost": lost,
        "handing": Handover.objects.filter(of_accounts, state=HandoverState.OPEN),
    }
    return {key: count_of(each) for key, each in rows.items()}


def _lines(there: Overseen) -> Iterator[Risk]:
    for key, (words, page, query, kind) in OF_ACCOUNTS.items():
        if there.numbers[key]:
            yield Risk(str(words).format(number=there.numbers[key]), reverse(page) + query, kind)


def _of_the_rest(there: Overseen, morning: Morning) -> Iterator[Risk]:
    policy = morning.policy
    uncertain = sum(there.counts.get(kind, Waiting()).things for kind in UNCERTAIN)
    if uncertain:
        words = _("Posts and replies that failed or couldn’t be confirmed: {number}")
        yield Risk(words.format(number=uncertain), f"{reverse('posts')}?show=stuck")
    if not TOLD_OF_THE_POLICY & morning.visit.capacities:
        return
    if policy is None:
        yield Risk(_("No policy has been adopted here yet"), reverse("policy"))
    elif policy.overdue:
        yield Risk(_("The policy is overdue for review. It still applies."), reverse("policy"), "wait")


def _whose(duty: Duty, roles: Sequence[str], morning: Morning) -> str:
    return duty.person.name if duty.person is not None else ", ".join(sorted(map(morning.role_name, roles)))


def _of_the_state(reach: Reach, morning: Morning) -> dict[str, Any]:
    if "oversee" not in morning.visit.capacities:
        return {}
    posts = Post.objects.filter(
        reach.where(account="targets__account_id"),
        state=PostState.PUBLISHED,
        state_at__gte=morning.visit.at - A_MONTH,
    )
    found = {
        "open": count_of(Account.objects.filter(reach.where(), state=AccountState.OPEN)),
        "posts": count_of(Post.objects.filter(pk__in=posts.values("pk"))),
    }
    if "see_incidents" in morning.visit.capacities:
        fakes = Fake.objects.filter(not_meant("accounts.fake", morning.visit.person), state__in=FAKE_STANDS)
        found["fakes"] = count_of(fakes)
    return found


def state(there: Overseen, morning: Morning) -> RiskState | None:
    """Return the figures for people who oversee, without names. Return None for others, and where there is
    nothing to count. No query."""
    if "oversee" not in morning.visit.capacities:
        return None
    comments = there.counts.get(of_comments.ANSWER, Waiting())
    figures = [
        Figure(there.numbers["open"], _("Open accounts"), reverse("accounts")),
        Figure(there.numbers["posts"], _("Posts in 30 days"), reverse("posts")),
        Figure(comments.things, _("Comments to answer")),
        Figure(comments.things_late, _("Overdue comments")),
        Figure(there.late, _("Overdue tasks")),
        Figure(there.numbers.get("fakes", 0), _("Fake accounts online")),
    ]
    told = [figure for figure in figures if figure.number]
    return RiskState(told, _chart(there)) if told else None


def _chart(there: Overseen) -> BarChart | None:
    """Open tasks by subject, without bars of nought; None where they are all about one thing, or none."""
    by_area: dict[str, int] = dict.fromkeys((*AREAS, ""), 0)
    for kind, waiting in there.counts.items():
        area = kind_of(kind).mail.partition(".")[0]
        by_area[area if area in AREAS else ""] += waiting.tasks
    rows = [(str(AREAS.get(area, OTHER)), number) for area, number in by_area.items() if number]
    if len(rows) < 2:
        return None
    return bar_chart(
        rows,
        title=_("Open tasks"),
        description=_("Open tasks by subject."),
        label_head=_("About"),
        value_head=_("Tasks"),
    )


MOST = 200
"""How many tasks a page shows."""


def status_of(request: HttpRequest, morning: Morning) -> HttpResponseBase:
    """Show it for the newest term, or the days that `period` names; with `rows`, the tasks that one number of
    a section counted."""
    visit, given = morning.visit, request.GET
    policy = policy_or_none(visit.on)
    if policy is None:
        return render(request, "today/status.html", {"risks": mine_at_risk(morning)})
    part = part_of(visit.person, visit.held, given.get("period", ""), at=visit.at)
    context = {
        "policy": policy,
        "name": period_name(part.period),
        "days": days_in_words(part.period.so_far(visit.on)),
        "part": part,
    }
    if "rows" in given:
        return _rows(request, visit, policy, part, context)
    found = sections_of(policy.book, part)
    context |= {
        "risks": mine_at_risk(morning),
        "chart": _chart_of_sections(found),
        "groups": _groups(found, part, visit),
        "may_report": bool(SEES_EVIDENCE & visit.capacities),
    }
    return render(request, "today/status.html", context)


def _chart_of_sections(found: Sequence[Section]) -> BarChart:
    values = [
        (str(words), sum(each.state is state for each in found)) for state, (words, _) in STATES.items()
    ]
    return bar_chart(
        values,
        title=_("Sections of the policy"),
        description=_("Sections of the policy by status."),
        label_head=_("Status"),
        value_head=_("Sections"),
    )


def _groups(found: Sequence[Section], part: Part, visit: Visit) -> list[dict[str, Any]]:
    groups = [
        {
            "title": words,
            "open": state in (State.BROKEN, State.WATCHED),
            "sections": [shown_section(each, part.period, visit) for each in found if each.state is state],
        }
        for state, (words, _kind) in STATES.items()
    ]
    return [each for each in groups if each["sections"]]


def _rows(
    request: HttpRequest, visit: Visit, policy: PolicyInForce, part: Part, context: dict[str, Any]
) -> HttpResponseBase:
    number, kind = number_in(request.GET.get("section", "")), request.GET["rows"]
    found = tasks_behind_number(policy.book, part, number, kind, most=MOST)
    sections = [name for name, _clauses in by_section(policy.book.clauses.values())]
    context |= {
        "section": sections[number - 1],
        "label": OF_SECTION[kind],
        "back": f"{reverse('today')}?{urlencode({'as': 'status', 'period': part.period.key})}",
        "rows": [_row(each, visit) for each in found],
        "most": MOST if len(found) == MOST else None,
    }
    return render(request, "today/status_rows.html", context)


def _row(duty: Duty, visit: Visit) -> dict[str, Any]:
    return {
        "title": kind_of(duty.kind).title,
        "subject": subject_in_words(duty.subject),
        "href": page_of_subject(duty.subject, visit),
        "opened": local_day(duty.opened_at),
        "ended": local_day(duty.ended_at) if duty.ended_at else None,
    }
