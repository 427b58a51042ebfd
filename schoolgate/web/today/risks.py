"""What is at risk, for those whose part it is to see to it, and the state in a few figures for those who
oversee it.

Nothing of this is a rule of a policy: what a policy asks for is a duty. These are facts of the accounts, said
so that nobody takes quiet for health.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts.models import Account, AccountKey, AccountMark, Fake, Handover, TeamMember
from schoolgate.accounts.queries.care import here
from schoolgate.accounts.states import FAKE_STANDS, AccountState, HandoverState, Part, Seen
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import counts_by_kind, overdue_at
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.duty_words import shown
from schoolgate.web.frame.times import ShownDue
from schoolgate.web.today.morning import Morning, Reach
from schoolgate.web.today.tasks import due_shown

SEES = ("decide_account", "administer", "oversee")
"""Who sees all accounts from the inside, elsewhere too."""
LEADS = ("decide_account", "administer")
"""Of these, who sees whose task is late: they can ask. Who only oversees sees how many are."""
SOON = timedelta(days=14)
UNREAD = timedelta(days=1)
"""An account that a program reads is read every few minutes: a day without is a failure."""
A_MONTH = timedelta(days=30)
UNCERTAIN = ("delivery.failed", "delivery.look", "answer.failed", "answer.look")
AREAS = {
    "accounts": gettext_lazy("Accounts"),
    "post": gettext_lazy("Posts"),
    "item": gettext_lazy("Comments and messages"),
    "policy": gettext_lazy("Policy"),
}
AREA_OF = {"delivery": "post", "answer": "item"}
"""First words of a duty's kind that belong to another area's."""
OTHER = gettext_lazy("Other tasks")
RISKY = "?show=risk"
OF_ACCOUNTS: Mapping[str, tuple[str | Promise, str, str, str]] = {
    "nobody": (
        gettext_lazy("Accounts with no current account lead: {number}"),
        "accounts-without-anybody",
        "",
        "no",
    ),
    "ended": (gettext_lazy("Accounts whose connection has ended: {number}"), "register-inside", RISKY, "no"),
    "unread": (
        gettext_lazy("Accounts we haven’t been able to read for more than a day: {number}"),
        "accounts",
        "",
        "no",
    ),
    "past": (gettext_lazy("Keys overdue for changing: {number}"), "register-inside", RISKY, "no"),
    "lost": (
        gettext_lazy("Accounts that no longer show they are ours: {number}"),
        "register-inside",
        RISKY,
        "no",
    ),
    "handing": (gettext_lazy("Accounts being handed over: {number}"), "register-inside", RISKY, "wait"),
    "ending": (
        gettext_lazy("Accounts whose connection ends within two weeks: {number}"),
        "register-inside",
        "",
        "wait",
    ),
    "soon": (
        gettext_lazy("Keys to change within two weeks: {number}"),
        "register-inside",
        "",
        "wait",
    ),
}
"""In the order of their weight: the sentence, the page that shows them, its query, and the sign beside it."""


@dataclass(frozen=True)
class Risk:
    """One line: a sentence, where to see it, and how grave it is (`no` or `wait`)."""

    text: str
    href: str
    kind: str = "no"


@dataclass(frozen=True)
class Late:
    """A task of somebody else's that is overdue."""

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
    """One number of the honest state, and where it is looked into."""

    number: int
    label: str
    href: str = ""


@dataclass(frozen=True)
class State:
    """The figures, and what still has to be done by where it belongs."""

    figures: Sequence[Figure]
    chart: BarChart


@dataclass(frozen=True)
class Overseen:
    """What stands at the places that somebody oversees, gathered once for both cards."""

    reach: Reach
    counts: Mapping[str, tuple[int, int]]

    @property
    def late(self) -> int:
        """How many tasks are overdue there, whose ever they are."""
        return sum(late for _all, late in self.counts.values())


def overseen(morning: Morning) -> Overseen | None:
    """None for those whose part it is not. One query."""
    reach = morning.reach(*SEES)
    if not reach:
        return None
    return Overseen(reach, counts_by_kind(reach.where(account="subject_account")))


def risks(there: Overseen, morning: Morning, *, but: Sequence[int]) -> Risks | None:
    """The card of what is at risk; None where nothing is. `but`: the visitor's own duties."""
    lines = [*_of_accounts(there.reach, morning), *_of_the_rest(there, morning)]
    late = _late(there, morning, but=but) if morning.reach(*LEADS) and there.late else []
    if not (lines or late):  # who only oversees reads the number among the figures
        return None
    return Risks(lines, late, there.late, max(0, there.late - len(late)))


def _of_accounts(reach: Reach, morning: Morning) -> Iterator[Risk]:
    on, at = morning.visit.on, morning.visit.at
    live = Account.objects.filter(reach.where()).exclude(state=AccountState.CLOSED)
    connected = Q(state=AccountState.OPEN, vault_ref__isnull=False, connected_at__lt=at - UNREAD)
    found = live.aggregate(
        ended=Count("pk", filter=Q(keys_run_out_at__lte=at)),
        ending=Count("pk", filter=Q(keys_run_out_at__gt=at, keys_run_out_at__lte=at + SOON)),
        unread=Count(
            "pk", filter=connected & (Q(last_good_read_at=None) | Q(last_good_read_at__lt=at - UNREAD))
        ),
    )
    led = TeamMember.objects.filter(here(on), part=Part.LEAD).values("account")
    nobody = live.exclude(pk__in=led).count()
    of_accounts = reach.where(school="account__school_id", account="account_id")
    keys = AccountKey.objects.filter(of_accounts, ended="", change_by__isnull=False).aggregate(
        past=Count("pk", filter=Q(change_by__lt=on)),
        soon=Count("pk", filter=Q(change_by__gte=on, change_by__lte=on + SOON)),
    )
    lost = AccountMark.objects.filter(of_accounts, seen=Seen.MISSING, there_at__isnull=False).count()
    handing = Handover.objects.filter(of_accounts, state=HandoverState.OPEN).count()
    numbers = {**found, **keys, "nobody": nobody, "lost": lost, "handing": handing}
    for key, (words, page, query, kind) in OF_ACCOUNTS.items():
        if numbers[key]:
            yield Risk(str(words).format(number=numbers[key]), reverse(page) + query, kind)


def _of_the_rest(there: Overseen, morning: Morning) -> Iterator[Risk]:
    policy = morning.policy
    uncertain = sum(there.counts.get(kind, (0, 0))[0] for kind in UNCERTAIN)
    if uncertain:
        words = _("Posts and replies that failed or couldn’t be confirmed: {number}")
        yield Risk(words.format(number=uncertain), f"{reverse('posts')}?show=stuck")
    if policy is None:
        yield Risk(_("No policy has been adopted here yet"), reverse("policy"))
    elif policy.overdue:
        yield Risk(_("The policy is overdue for review. It still applies."), reverse("policy"), "wait")


def _late(there: Overseen, morning: Morning, *, but: Sequence[int]) -> list[Late]:
    duties = overdue_at(there.reach.where(account="subject_account"), but=but)
    found = shown(duties, morning.book, at=morning.visit.at)
    return [
        Late(
            title=each.title,
            about=each.about,
            href=each.href,
            due=due_shown(each.duty, True, at=morning.visit.at),
            whom=_whose(each.duty, morning),
        )
        for each in found
    ]


def _whose(duty: Duty, morning: Morning) -> str:
    return duty.person.name if duty.person is not None else morning.role_name(duty.role_key)


def state(there: Overseen, morning: Morning) -> State:
    """The figures of the card for those who oversee: no person's name, and nothing that is only good news."""
    at, reach = morning.visit.at, there.reach
    open_ones = Account.objects.filter(reach.where(), state=AccountState.OPEN).count()
    posts = Post.objects.filter(
        reach.where(account="targets__account_id"), state=PostState.PUBLISHED, state_at__gte=at - A_MONTH
    )
    waiting, late = there.counts.get("item.answer", (0, 0))
    figures = [
        Figure(open_ones, _("open accounts"), reverse("accounts")),
        Figure(posts.distinct().count(), _("posts published in 30 days"), reverse("posts")),
        Figure(waiting, _("comments need a reply")),
        Figure(late, _("of these are overdue")),
        Figure(there.late, _("overdue tasks in total")),
    ]
    if "see_incidents" in morning.visit.capacities:
        figures.append(
            Figure(Fake.objects.filter(state__in=FAKE_STANDS).count(), _("fake accounts still online"))
        )
    return State(figures, _chart(there))


def _chart(there: Overseen) -> BarChart:
    by_area: dict[str, int] = dict.fromkeys(AREAS, 0)
    other = 0
    for kind, (standing, _late) in there.counts.items():
        area = kind.partition(".")[0]
        area = AREA_OF.get(area, area)
        if area in by_area:
            by_area[area] += standing
        else:
            other += standing
    rows = [(str(AREAS[area]), number) for area, number in by_area.items()]
    if other:
        rows.append((str(OTHER), other))
    return bar_chart(
        rows,
        title=_("Open tasks"),
        description=_("Open tasks by subject."),
        label_head=_("About"),
        value_head=_("Tasks"),
    )
