"""Recognise posts of a download that went out through Schoolgate itself: they are here already, with their
approval."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schoolgate.accounts.addresses import read
from schoolgate.accounts.models import Account
from schoolgate.networks.archives.port import OldPost
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.past.words import searched
from schoolgate.publishing.states import Purpose

NEAR = timedelta(days=2)
"""If a download gives no address, the same words within two days of ours are ours: a post by hand is
confirmed some time after it was posted."""


@dataclass(frozen=True)
class Ours:
    """Names, addresses and texts of what Schoolgate posted on an account."""

    names: frozenset[str] = frozenset()
    texts: dict[str, list[datetime]] = field(default_factory=dict)

    def has(self, post: OldPost) -> bool:
        """Whether this post of a download is one of ours."""
        if {post.key, _last(post.address)} & self.names - {""}:
            return True
        said = "" if post.address else searched(post.text)
        return bool(said) and any(abs(at - post.written_at) <= NEAR for at in self.texts.get(said, ()))


def ours_on(account: Account) -> Ours:
    """Return what Schoolgate posted on the account, as far as a network took it. One query."""
    rows = Delivery.objects.filter(account=account, purpose=Purpose.PUBLISH, receipt__isnull=False)
    names: set[str] = set()
    texts: dict[str, list[datetime]] = defaultdict(list)
    for receipt, text, at in rows.values_list("receipt", "text", "state_at").iterator():
        if receipt is None:
            continue
        names |= {str(receipt.get("id", "")), _last(str(receipt.get("address", "")))}
        texts[searched(text)].append(at)
    return Ours(frozenset(names - {""}), dict(texts))


def ids_on(account: Account) -> list[str]:
    """The network's own names of the account, from what was published there."""
    found = Delivery.objects.filter(account=account, purpose=Purpose.PUBLISH, receipt__isnull=False)
    newest = found.order_by("-id").values_list("receipt", flat=True)[:1]
    ids = [str(receipt.get("id", "")) for receipt in newest if receipt is not None]
    return [one.removeprefix("at://").partition("/")[0] for one in ids if one.startswith("at://")]


def _last(address: str) -> str:
    """The post's own part of an address: handles in it change, and the same post has several addresses."""
    typed = read(address) if address else None
    if typed is None:
        return ""
    last = address.rstrip("/").rpartition("/")[2].partition("?")[0]
    return f"{typed.network}:{last}" if last else ""
