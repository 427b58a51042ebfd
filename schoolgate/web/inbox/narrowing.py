"""The filters of the list, saved views, and when each account was last read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.errors import NotFound
from schoolgate.inbox import listing
from schoolgate.inbox.filters import ME, NO_ONE, Filters
from schoolgate.inbox.models import SavedView
from schoolgate.inbox.states import ItemKind, ItemLanguage
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.numbers import number_in

Words = str | Promise
WITHHELD: Mapping[str, Words] = {
    "bluesky": _("Not read: direct messages, and comments by people who have blocked the account."),
    "mastodon": _("Not read: private messages, and replies that their server doesn’t pass on."),
    "facebook": _("Not read: private messages, reviews, and comments that Facebook itself hides."),
    "instagram": _("Not read: private messages, and comments by people restricted on Instagram."),
    "youtube": _("Not read: private messages, and comments that YouTube hides by itself."),
}
"""What a network doesn't give to any program, beside the comments that we read."""


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
    withheld: Words


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
    able = all_capabilities()[account.network]
    return Heard(
        account,
        account.last_good_read_at,
        by_hand=able.way("read_replies") is not Way.PROGRAM,
        withheld=WITHHELD.get(account.network, ""),
    )
