"""When a policy's review is due, from the words that the policy uses for it, and who looks after it."""

import re
from collections.abc import Mapping
from datetime import date

from schoolgate.rulebook import Book
from schoolgate.rulebook.named_times import is_a_time, last_day, months_after

LOOKED: Mapping[str, str] = {
    "set_by": "review_by_need",
    "reason": "review_by_need",
    "law": "law_met",
    "compared_with": "good_practice_met",
    "new_tools": "technology",
}
"""What a review can look into -> the point of `policy.review` at which a policy asks for it."""
_DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def keepers_of(book: Book) -> tuple[str | None, str | None]:
    """Return the keys of the role that looks after the policy and of the role that is told when it is late.

    The second is the one that oversees the policy if different: the governors, in the policies here. Where no
    role looks after it, the overseeing role is asked at once.
    """
    owners = [role.key for role in book.pack.roles_with("own_policy")]
    overseers = [role.key for role in book.pack.roles_with("oversee") if role.key not in owners]
    first, *others = [*owners[:1], *overseers[:1], None]
    return first, next(iter(others), None)


def looked_asked(book: Book) -> tuple[str, ...]:
    """Return what the policy asks of a review, by the names of LOOKED."""
    asked = {bound.point for bound in book.bound("policy.review")}
    return tuple(name for name, point in LOOKED.items() if point in asked)


def last_day_of(words: str) -> date | None:
    """Return the last day that the words allow: a day itself, the end of a month or of a term's last month.

    `2023-05` gives 31 May 2023, `Autumn 2024` 31 December 2024. None where the words name no time.
    """
    words = words.strip()
    return last_day(words) if is_a_time(words) else None


def review_due(
    *, said: str | None, every_months: int | None, adopted: str | None, adopted_on: date
) -> date | None:
    """Return when the review is due: as the policy says, else a number of months after the adoption.

    `adopted` are the policy's own words for its adoption, which may be no more than a month; `adopted_on`
    the day that the federation gives. None where the policy names no time.
    """
    if said:
        return last_day_of(said)
    if every_months is None:
        return None
    words = (adopted or "").strip()
    if _DAY_OR_MONTH.fullmatch(words):
        return months_after(words, every_months)
    return months_after((last_day_of(words) or adopted_on).isoformat(), every_months)
