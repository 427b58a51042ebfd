"""What a post has and lacks from other people: permissions, signatures, approvals of several roles,
consent on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.accounts.proposals import permission_on, signature_facts
from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.people.models import Permission, Person
from schoolgate.people.queries import assignments, roles_of
from schoolgate.policy.permitting import Lacking, Permit, Place, lacking
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.models import Post
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.pupils.consents import has_pupils
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.kinds import Basis, Kind, Outcome

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
TALK_NEEDS = frozenset({"content_talk"})
LEADERSHIP, FACTS_CHECKED, SOURCES_CHECKED = "leadership", "facts_checked", "sources_checked"
"""What else a permission for a post covers. One for its exact content names that: `doubt:<digest>`."""

PERMITS = (
    Permit(covers=RIGHTS_DOUBT, at=("rights_doubt",), needs=frozenset({"answer"})),
    Permit(covers=DOUBT, at=("doubt",), needs=frozenset({"answer"})),
    Permit(covers=CALL, at=("call_approved",), needs=frozenset({"approval"})),
    Permit(covers=TALK, at=("talked_over",), needs=TALK_NEEDS, fact="talks_held"),
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


OF_CONSENT = frozenset({"image_permission", "photo_consent", "opt_out", "do_not_publish"})
"""The points at which a policy asks whether a person agreed to be shown."""


def place_of_post(post: Post) -> Place:
    """Return where a permission for this post is asked for."""
    targets = list(post.targets.all())
    return Place(post.school, targets[0].account if len(targets) == 1 else None, post.author)


def lacking_of(post: Post, decisions: Iterable[Decision], *, on: date) -> list[Lacking]:
    """Return the permissions that a post lacks by these decisions and a role can give.

    None in place of the consent of a pupil who may not be shown or named: with them in it the post goes
    nowhere, whatever a role permits (`of_pupils.noes_in`), so no one is asked to.
    """
    found = lacking(decisions, book_in_scope(), PERMITS)
    if any(one.point in OF_CONSENT for one in found) and noes_in(post, on=on):
        return [one for one in found if one.point not in OF_CONSENT]
    return found


def discusses_as(by: Person, post: Post, decisions: Iterable[Decision], *, on: date) -> str | None:
    """Return the role in which this person can say that its content was discussed with them first; None
    where the policy waits for no such word, or for that of roles they don't have, or the post is theirs."""
    wanted = next((one for one in lacking_of(post, decisions, on=on) if one.covers == TALK), None)
    if wanted is None or by.pk in (post.author_id, post.writer.pk):
        return None
    held = assignments(by, on=on, where=place_of_post(post).where).values_list("role_key", flat=True)
    mine = set(held)
    return next((key for key in wanted.roles if key in mine), None)


def policy_needs(decision: Decision) -> set[Need]:
    """Return what the policy still needs, and from which source."""
    return {
        need
        for finding in decision.findings
        if finding.stands and finding.kind is Kind.REQUIRES and finding.basis is not Basis.HOUSE
        for need in finding.needs
    }


def counts_beside_others(before: Sequence[Decision], after: Sequence[Decision]) -> bool:
    """Return whether an approval is worth keeping although it is not enough: everything else that is missing
    is another role's yes, and the policy needs less than `before` or no approval any more."""
    if any(each.outcome not in (Outcome.HOLD, Outcome.PERMITTED, Outcome.SILENT) for each in after):
        return False
    needed, roles = _all(after), set(book_in_scope().role_names.values())
    if not needed or any(need.source not in roles for need in needed):
        return False
    return needed < _all(before) or not any(need.what == "approval" for need in needed)


def _all(decisions: Iterable[Decision]) -> set[Need]:
    return {need for each in decisions for need in policy_needs(each)}


FROM_THE_LIST = _("Choose these pupils from the school’s list: it knows who may be shown.")
BY_THE_LEADERSHIP = _(
    "Only the leadership can say that it agreed. Leave this empty, and ask on the post’s page."
)


def wrong_with_claims(
    people: Iterable[Mapping[str, Any]], *, by: Person, school: School, book: Book, on: date
) -> dict[str, str | Promise]:
    """Return what someone may not claim about the people in a post, by field.

    Consent on paper ends for pupils of a school whose pupils are here. That the leadership agreed is said by
    no one else where the policy asks for it: without their word its rule asks them.
    """
    people = list(people)
    if any(_is_on_paper(each) for each in people) and has_pupils(school):
        return {"people": FROM_THE_LIST}
    if any(each.get("leadership_agrees") for each in people) and not may_speak(by, school, book, on=on):
        return {"people": BY_THE_LEADERSHIP}
    return {}


def has_paper_pupils(post: Post) -> bool:
    """Return whether a post says that consent for pupils is on paper, at a school whose pupils are here."""
    rows = [vars(each) | {"pupil": each.pupil_id} for each in post.people.all()]
    return any(_is_on_paper(each) for each in rows) and has_pupils(post.school)


def leadership_of(book: Book) -> str | None:
    """Return the role whose agreement to pictures the policy asks for; None if it asks for none."""
    return next(iter(book.roles_at("post.publish", "leadership_consent")), None)


def may_speak(person: Person, school: School, book: Book, *, on: date) -> bool:
    """Return whether a person may say that the leadership agreed: they belong to it, or no clause asks."""
    role = leadership_of(book)
    return role is None or role in roles_of(person, on=on, school=school)


def _is_on_paper(said: Mapping[str, Any]) -> bool:
    return said.get("relation") == "pupil" and said.get("pupil") is None and bool(said.get("consent"))
