"""Words of the pages of earlier posts: what is known since which day, what a download holds, why one
can't be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.networks.archives import wording
from schoolgate.publishing.models import PastImport, PastState
from schoolgate.publishing.past_posts import PostsCovered, known_of
from schoolgate.web.frame.times import day_in_words

TAGS = {
    PastState.READING: "info",
    PastState.FOUND: "wait",
    PastState.UNREADABLE: "no",
    PastState.TAKING: "info",
    PastState.STOPPED: "wait",
    PastState.DONE: "good",
}


def known_in_words(known: PostsCovered) -> str:
    """Return from which day the posts of an account are known here, and what cannot be known."""
    if known.since is None:
        return gettext("We don’t have this account’s earlier posts yet.")
    said = gettext("Complete from {day}.").format(day=day_in_words(known.since))
    if known.gap is not None:
        said += " " + gettext(
            "Another download goes further back, but no download covers {first} to {last}."
        ).format(first=day_in_words(known.gap[0]), last=day_in_words(known.gap[1]))
    return said


def known_of_each(accounts: Iterable[Account]) -> list[tuple[str, str]]:
    """Account and sentence, in the order given, each account once. One query."""
    each = list({account.pk: account for account in accounts}.values())
    known = known_of(each)
    return [(account.name, known_in_words(known[account.pk])) for account in each]


@dataclass(frozen=True)
class ShownCount:
    """A number with what it counts."""

    number: int
    what: str | Promise


def left_out_shown(counted: Mapping[str, int]) -> list[ShownCount]:
    """Return what was left out and why, the most frequent first."""
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return [ShownCount(number, wording.left_out(why)) for why, number in rows if number]


def why_unreadable(brought: PastImport) -> tuple[str, str]:
    """Return why a download can't be used, and what helps."""
    code, _, network = brought.because.partition(":")
    return str(wording.unreadable(code, network)), str(wording.next_step(code))


def found_shown(brought: PastImport) -> dict[str, Any]:
    """Return what a download contains, for its page."""
    found = brought.found
    span = [
        day_in_words(local_day(stored_instant(found[end]))) for end in ("first", "last") if found.get(end)
    ]
    return {
        "posts": found.get("posts", 0),
        "replies": found.get("replies", 0),
        "pictures": found.get("pictures", 0),
        "first": span[0] if len(span) == 2 else "",
        "last": span[1] if len(span) == 2 else "",
        "left_out": left_out_shown({**found.get("left_out", {}), **brought.left_out}),
    }


def file_size(size: int) -> str:
    """A size as people say it."""
    if size < 1_000_000:
        return gettext("{number} kB").format(number=max(1, round(size / 1000)))
    return gettext("{number} MB").format(number=round(size / 1_000_000))


def progress(brought: PastImport) -> str:
    """Return how many posts are imported, of how many."""
    posts = brought.found.get("posts", 0)
    done = min(posts, brought.taken + brought.already + sum(brought.left_out.values()))
    return ngettext("{done} of {number} post imported.", "{done} of {number} posts imported.", posts).format(
        done=done, number=posts
    )
