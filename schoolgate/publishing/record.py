"""What is on record for a post besides its own rows: permissions for it, its author or its accounts, and the
signatures on the proposals of those accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schoolgate.accounts.models import Account
from schoolgate.accounts.proposals import permission_on, signature_facts
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.people.models import Permission
from schoolgate.policy.permitting import Permit
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.models import Post
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known

AUTHORITIES: Mapping[str, str] = {
    "disclosure": "disclose information",
    "commitment": "make commitments",
    "activity": "start activities",
}
"""What a permission about a person covers -> the way of speaking for the school that it authorises."""
RELEASE, REUSE, CONTENT, LOGO = "release", "school_publication", "content", "logo"
"""What a permission covers: marked papers in a post, published material in it; an account's content, its
logo."""
DOUBT, RIGHTS_DOUBT, TALK, CALL = "doubt", "rights_doubt", "talk", "call"
LEADERSHIP, FACTS_CHECKED, SOURCES_CHECKED = "leadership", "facts_checked", "sources_checked"
"""What else a permission for a post covers. One for its exact content names that: `doubt:<digest>`."""

PERMITS = (
    Permit(covers=RIGHTS_DOUBT, at=("rights_doubt",), needs=frozenset({"answer"})),
    Permit(covers=DOUBT, at=("doubt",), needs=frozenset({"answer"})),
    Permit(covers=CALL, at=("call_approved",), needs=frozenset({"approval"})),
    Permit(covers=TALK, at=("talked_over",), needs=frozenset({"content_talk"}), fact="talks_held"),
    Permit(covers=RELEASE, at=("confidential",), fact="released_in_writing"),
    Permit(covers=REUSE, at=("school_material",), needs=frozenset({"written_leave"})),
    Permit(covers=LEADERSHIP, at=("leadership_consent",), needs=frozenset({"leadership_consent"})),
    *(
        Permit(covers=covers, at=(point,), needs=frozenset({covers}), fact=fact, by_capacity="approve_post")
        for covers, point, fact in (
            (FACTS_CHECKED, "truth", "check_of_facts"),
            (SOURCES_CHECKED, "sources_cited", "check_of_sources"),
        )
    ),
    Permit(covers=LOGO, at=("logo",), fact="logo_allowed", of_account=True),
    *(
        Permit(
            covers=covers, at=("authority",), needs=frozenset({"authority"}), said={"kind": kind}, lasts=True
        )
        for covers, kind in AUTHORITIES.items()
    ),
)
"""The permissions that posts can wait for."""


@dataclass(frozen=True)
class OnRecord:
    """Everything on record that the facts of one post need, read once."""

    book: Book
    leaves: tuple[Permission, ...]
    signed_for_logo: frozenset[int]
    post: str
    content: str
    """The post, and the digest of its content: a permission may be for exactly that."""

    def asks(self, point: str) -> bool:
        """Return whether this policy has a rule on posts at this point."""
        return any(bound.point == point for bound in self.book.bound("post.publish"))

    def given(self, about: Any, covers: str, *, as_what: str | None = None) -> tuple[known.Given, ...]:
        """Return the permissions of this kind about a row, as facts; empty where none is on record. One for
        another content of the post is none."""
        names, subject = self._names, subject_of(about)
        return tuple(
            known.Given(
                by=person_key(leave.given_by_id),
                roles=(names[leave.role_key],) if leave.role_key in names else (),
                at=leave.at,
                written=leave.written,
                covers=(as_what or covers,),
                of_this_version=True if leave.covers == self._exactly(covers) else None,
            )
            for leave in self.leaves
            if leave.subject == subject and self._is(leave, covers)
        )

    def _exactly(self, covers: str) -> str:
        return f"{covers}:{self.content}"

    def _is(self, leave: Permission, covers: str) -> bool:
        """Return whether a permission is of this kind, and for all contents or the current one."""
        return leave.covers == covers or (
            leave.covers == self._exactly(covers) and leave.subject == self.post
        )

    def agreed(self, post: Any) -> tuple[known.Given, ...]:
        """Return who said yes to exactly this content when they were asked about a doubt or a call."""
        found = (one for covers in (DOUBT, RIGHTS_DOUBT, CALL) for one in self.given(post, covers))
        return tuple(one for one in found if one.of_this_version)

    def checked(self, post: Any, what: str) -> known.Attested | None:
        """Return the newest check of the facts, or of their sources, in exactly this content."""
        found = [one for one in self.given(post, what) if one.of_this_version]
        if not found:
            return None
        last = found[-1]
        return known.Attested(answer=True, by=last.by, at=last.at, of_this_version=True)

    def authorities(self, post: Post) -> tuple[known.Given, ...]:
        """Return what its writer was given authority for, in general or in this post."""
        return tuple(
            one
            for covers, kind in AUTHORITIES.items()
            for about in (post.writer, post)
            for one in self.given(about, covers, as_what=kind)
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
                clause=leave.covers.partition(":")[0],
                role=names[leave.role_key],
                by=person_key(leave.given_by_id),
                written=leave.written,
                from_day=leave.from_day,
                to_day=leave.to_day,
            )
            for leave in self.leaves
            if leave.subject in subjects
            and leave.role_key in names
            and leave.covers.partition(":")[0] in self.book.clauses
            and self._is(leave, leave.covers.partition(":")[0])
        )

    @property
    def _names(self) -> Mapping[str, str]:
        return self.book.role_names


def on_record(post: Post, accounts: Iterable[Account], *, content: str, on: date) -> OnRecord:
    """Return what is on record about a post with this content on a day: two queries, and one more for each
    account where a policy asks whether its logo was allowed."""
    each = list(accounts)
    about = [post, post.writer, *each]
    subjects = tuple(subject_of(one) for one in about)
    leaves = read_once(
        ("publishing.on_record", subjects, on),
        lambda: list(permission_on(on).filter(subject__in=subjects).order_by("pk")),
    )
    book = book_in_scope()
    found = OnRecord(book, tuple(leaves), frozenset(), subject_of(post), content)
    if not found.asks("logo"):
        return found
    signed = frozenset(account.pk for account in each if _signed_for_logo(account, book))
    return replace(found, signed_for_logo=signed)


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
