"""What a policy asks of the small proposals and of those who are let in, read from its bindings. Pure."""

from collections.abc import Iterator

from schoolgate.accounts.states.contributors import AskedFor
from schoolgate.accounts.states.small import SmallKind
from schoolgate.rulebook import Book
from schoolgate.rulebook.book import Bound
from schoolgate.rulebook.controls import CONTROLS

SITUATION = {
    SmallKind.TAKE_PART: "site.take_part",
    SmallKind.CALL: "contributor.admit",
    SmallKind.ORGANISATION: "friend.admit",
}
"""For each kind: the question that the policy is asked."""

POINT = {
    SmallKind.TAKE_PART: "taking_part_approved",
    SmallKind.CALL: "call_approved",
    SmallKind.ORGANISATION: "organisation_friend",
}
"""The point at which the yes itself is judged."""

QUESTIONS: dict[AskedFor, tuple[str, ...]] = {
    AskedFor.FRIEND: ("friend.admit",),
    AskedFor.CONTRIBUTE: ("contributor.admit", "friend.admit"),
    AskedFor.PLATFORM: ("platform.admit",),
}
"""What the policy is asked before somebody is let in; the action keeps each answer."""

CHECKS = ("contributor_vetted", "friend_vetted", "friend_checked", "recognisable")
"""Points that somebody's check of who asks can answer."""


def approvers(book: Book, kind: SmallKind) -> tuple[str, ...]:
    """The policy's roles of which one has to say yes; empty where this policy asks for no approval of it."""
    rules = _wanting_yes(book, kind)
    found = [str(role) for bound in rules for _, role in CONTROLS[bound.control].roles(bound.settings)]
    return tuple(dict.fromkeys(found))


def approval_clauses(book: Book, kind: SmallKind) -> list[str]:
    """The clauses that want the yes."""
    return [clause for bound in _wanting_yes(book, kind) for clause in bound.clauses]


def guidance(book: Book) -> tuple[str, str] | None:
    """The guidance that a site of others has to be held against, and the clause; None where none is asked."""
    for bound in _bound(book, SmallKind.TAKE_PART, "siteplan.guidance"):
        return bound.settings.guidance, bound.clauses[0]
    return None


def form_wanted(book: Book) -> str:
    """The clause by which whoever speaks for the school there has an approved form; empty where there is
    none."""
    bound = book.bound(SITUATION[SmallKind.TAKE_PART])
    return next((one.clauses[0] for one in bound if one.point == "form_approved"), "")


def asks_about_circle(book: Book) -> bool:
    """Whether a rule turns on who is in a site and who can reach whom there."""
    return any(bound.point in ("recognisable", "grooming") for bound in book.bound("friend.admit"))


def asks_of_platform(book: Book) -> bool:
    """Whether this policy asks for anything before somebody can post on a learning platform."""
    return bool(book.bound("platform.admit"))


def _bound(book: Book, kind: SmallKind, control: str) -> Iterator[Bound]:
    return (bound for bound in book.bound(SITUATION[kind]) if bound.control == control)


def _wanting_yes(book: Book, kind: SmallKind) -> Iterator[Bound]:
    """The rules that want a yes beforehand."""
    return (bound for bound in book.bound(SITUATION[kind]) if bound.point == POINT[kind])
