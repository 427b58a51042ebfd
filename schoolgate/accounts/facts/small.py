"""Build the facts of the situations of quick requests from rows."""

from datetime import datetime
from typing import Any

from schoolgate.accounts.asked_small import guidance
from schoolgate.accounts.facts.proposals import actor, role_names
from schoolgate.accounts.models import SmallProposal
from schoolgate.accounts.states import ProposalState
from schoolgate.accounts.states.small import SAID_YES, SmallKind
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.keeping import digest
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.situations.account_begin import FormState
from schoolgate.rulebook.situations.contact_friend import FriendAdmit
from schoolgate.rulebook.situations.contributors import ContributorAdmit
from schoolgate.rulebook.situations.sites import GuidanceCheck, SiteTakePart

FORM_STATES: dict[str, FormState] = {
    ProposalState.DRAFT: "draft",
    ProposalState.SUBMITTED: "complete",
    ProposalState.APPROVED: "approved",
}


def small_facts(
    small: SmallProposal,
    policy: PolicyInForce,
    *,
    at: datetime,
    yes_by: Person | None = None,
) -> Facts:
    """Return the facts of the situation that a quick request belongs to, with the approval on record.

    `yes_by`: the person about to approve; their approval counts as given now, to the current words.
    """
    given = approvals_of(small, policy.book)
    if yes_by is not None:
        given = (_yes(small, policy.book, yes_by, at=at, of_this=True),)
    shared: dict[str, Any] = {
        "now": at,
        "on": local_day(at),
        "by": actor(small.by, policy.book, on=local_day(at), school=_school(small)),
        "approvals": given,
    }
    match SmallKind(small.kind):
        case SmallKind.TAKE_PART:
            return SiteTakePart(
                for_school=small.for_school, form=_form(small), checks=_checks(small, policy.book), **shared
            )
        case SmallKind.CALL:
            return ContributorAdmit(act="call", through_social_media=small.through_social_media, **shared)
        case SmallKind.ORGANISATION:
            return FriendAdmit(as_what="friend", kind="organisation", vettings=(), **shared)


def approvals_of(small: SmallProposal | None, book: Book) -> tuple[known.Given, ...]:
    """Return the approvals on record. One that was given to other words says so."""
    if small is None or small.state not in SAID_YES or small.decided_by is None or small.decided_at is None:
        return ()
    of_this = small.decided_digest == words_digest(small)
    return (_yes(small, book, small.decided_by, at=small.decided_at, of_this=of_this),)


def words_digest(small: SmallProposal) -> str:
    """Return a digest of everything that a decider is shown; it changes when any of it does."""
    return digest(
        [
            small.pk, small.kind, small.account_id, small.name, small.address, small.words,
            small.for_school, small.through_social_media,
            small.checked_on.isoformat() if small.checked_on else None, small.open_points, small.form_id,
        ]
    )  # fmt: skip


def _yes(small: SmallProposal, book: Book, by: Person, *, at: datetime, of_this: bool) -> known.Given:
    roles = role_names(by, book, on=local_day(at), school=_school(small))
    return known.Given(by=person_key(by.pk), roles=roles, at=at, of_this_version=of_this)


def _school(small: SmallProposal) -> Any:
    return small.account.school if small.account else None


def _form(small: SmallProposal) -> FormState:
    return FORM_STATES.get(small.form.state, "none") if small.form else "none"


def _checks(small: SmallProposal, book: Book) -> tuple[GuidanceCheck, ...]:
    wanted = guidance(book)
    if wanted is None or small.checked_on is None:
        return ()
    check = GuidanceCheck(
        guidance=wanted[0],
        on=small.checked_on,
        by=person_key(small.by_id),
        open_points=tuple(small.open_points),
    )
    return (check,)
