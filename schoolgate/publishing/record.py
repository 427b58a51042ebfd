"""What is on record for a post beside its own rows: leave given for it, its author or its accounts, and the
signatures on the proposals of those accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolgate.accounts.facts import permission_on, signature_facts
from schoolgate.accounts.models import Account
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.people.models import Permission
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.models import Post
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known

AUTHORITIES: Mapping[str, str] = {"disclosure": "disclose information", "commitment": "make commitments"}
"""What a leave about a person covers -> the way of speaking for the school for which it is authority."""
RELEASE, REUSE, CONTENT, LOGO = "release", "school_publication", "content", "logo"
"""What a leave covers: marked papers in a post, published material in it; an account's content, its logo."""


@dataclass(frozen=True)
class OnRecord:
    """Everything that the facts of one post need of it, read once."""

    book: Book
    leaves: tuple[Permission, ...]
    signed_for_logo: frozenset[int]

    def asks(self, point: str) -> bool:
        """Whether this policy has a rule on posts at this point."""
        return any(bound.point == point for bound in self.book.bound("post.publish"))

    def role_of_leadership(self) -> str | None:
        """Return the role whose agreement to pictures the policy asks for; None if it asks for none."""
        return next(iter(self.book.roles_at("post.publish", "leadership_consent")), None)

    def given(self, about: Any, covers: str, *, as_what: str | None = None) -> tuple[known.Given, ...]:
        """The leave of this kind about a row, as facts; empty where there is none: that we do know."""
        names, subject = self._names, subject_of(about)
        return tuple(
            known.Given(
                by=person_key(leave.given_by_id),
                roles=(names[leave.role_key],) if leave.role_key in names else (),
                at=leave.at,
                written=leave.written,
                covers=(as_what or covers,),
            )
            for leave in self.leaves
            if leave.subject == subject and leave.covers == covers
        )

    def authorities(self, author: Any) -> tuple[known.Given, ...]:
        """What the author was given authority for."""
        return tuple(
            one for covers, kind in AUTHORITIES.items() for one in self.given(author, covers, as_what=kind)
        )

    def logo_allowed(self, account: Account) -> bool:
        """Whether leave for the account's logo, brand and slogans is on record."""
        return account.pk in self.signed_for_logo or bool(self.given(account, LOGO))

    def content_approved_once(self, account: Account) -> bool:
        """Whether the content of the account was approved as a whole."""
        return bool(self.given(account, CONTENT))

    def departures(self, about: Iterable[Any]) -> tuple[known.Permission, ...]:
        """Return permissions to depart, for one of these, from what a clause only advises."""
        names, subjects = self._names, {subject_of(one) for one in about}
        return tuple(
            known.Permission(
                clause=leave.covers,
                role=names[leave.role_key],
                by=person_key(leave.given_by_id),
                written=leave.written,
                from_day=leave.from_day,
                to_day=leave.to_day,
            )
            for leave in self.leaves
            if leave.subject in subjects and leave.covers in self.book.clauses and leave.role_key in names
        )

    @property
    def _names(self) -> Mapping[str, str]:
        return self.book.role_names


def on_record(post: Post, accounts: Iterable[Account], *, on: date) -> OnRecord:
    """What is on record about a post on a day: two queries, and one more for each account where a policy asks
    whether its logo was allowed."""
    each = list(accounts)
    about = [post, post.author, *each]
    leaves = permission_on(on).filter(subject__in=[subject_of(one) for one in about]).order_by("pk")
    book = book_in_scope()
    found = OnRecord(book, tuple(leaves), frozenset())
    if not found.asks("logo"):
        return found
    signed = frozenset(account.pk for account in each if _signed_for_logo(account, book))
    return OnRecord(book, found.leaves, signed)


def _signed_for_logo(account: Account, book: Book) -> bool:
    """Whether a signature on the current version of the account's own form approves its logo."""
    if account.proposal is None or book.pack.form is None:
        return False
    approving = {
        step["role"] for step in book.pack.form.get("signatures", ()) if LOGO in step.get("approves", ())
    }
    return any(
        one.of_this_version and one.role in approving for one in signature_facts(account.proposal, book)
    )
