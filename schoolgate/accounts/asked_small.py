"""What a policy requires of quick requests and requests to follow, read from its bindings. Pure."""

from schoolgate.accounts.states.contributors import AskedFor
from schoolgate.accounts.states.small import SmallKind
from schoolgate.rulebook import Book

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
"""The point at which the approval itself is judged."""

QUESTIONS: dict[AskedFor, tuple[str, ...]] = {
    AskedFor.FRIEND: ("friend.admit",),
    AskedFor.CONTRIBUTE: ("contributor.admit", "friend.admit"),
    AskedFor.PLATFORM: ("platform.admit",),
}
"""What the policy is asked before a request is accepted; the action records each answer."""

CHECKS = ("contributor_vetted", "contributor_consent", "friend_vetted", "friend_checked", "recognisable")
"""Points that a person's check of the requester can answer."""


def approvers(book: Book, kind: SmallKind) -> tuple[str, ...]:
    """Return the policy's roles of which one must approve; empty where this policy asks for no approval of
    it."""
    return book.roles_at(SITUATION[kind], POINT[kind])


def approval_clauses(book: Book, kind: SmallKind) -> list[str]:
    """Return the clauses that require the approval."""
    return list(book.clauses_at(SITUATION[kind], POINT[kind]))


def guidance(book: Book) -> tuple[str, str] | None:
    """Return the guidance that a site of others must be compared with, and the clause; None where there is
    none."""
    for bound in book.at(SITUATION[SmallKind.TAKE_PART], "site_guidance"):
        for title in bound.stated("guidance"):
            return title, bound.clauses[0]
    return None


def form_wanted(book: Book) -> str:
    """Return the clause that requires an approved form from anyone who speaks for the school there; empty
    where there is none."""
    return next(iter(book.clauses_at(SITUATION[SmallKind.TAKE_PART], "form_approved")), "")


def asks_about_circle(book: Book) -> bool:
    """Return whether a rule depends on who is in a site and who can contact each other there."""
    return bool(book.at("friend.admit", "recognisable", "grooming"))


def asks_of_platform(book: Book) -> bool:
    """Return whether this policy requires anything before people can post on a learning platform."""
    return bool(book.bound("platform.admit"))
