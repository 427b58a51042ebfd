"""Quick requests: what a policy requires of them, who submits and decides them, and what is done then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.duty_kinds import DECIDE_SMALL
from schoolgate.accounts.models import (
    SAID_YES,
    SMALL_MOVES,
    Account,
    AccountState,
    AskedFor,
    Proposal,
    ProposalState,
    SmallKind,
    SmallProposal,
    SmallState,
    TeamMember,
)
from schoolgate.accounts.proposals import actor, role_names
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_for, capacities
from schoolgate.people.rules import check_capacity
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.keeping import digest
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.situations.account_run import ContributorAdmit
from schoolgate.rulebook.situations.accounts import FormState
from schoolgate.rulebook.situations.contacts import FriendAdmit
from schoolgate.rulebook.situations.sites import GuidanceCheck, SiteTakePart

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


OVERSEES = frozenset({"decide_account", "oversee", "administer"})


def check_may_put_in(by: Person, account: Account | None, *, on: date) -> None:
    """Raise NotAllowed unless the person is on the account's team, or one of their roles proposes
    accounts."""
    if account is not None and account.team.filter(person=by, to_day=None).exists():
        return
    school = account.school if account else None
    check_capacity(by, "propose_account", on=on, school=school, anywhere=school is None)


def check_may_begin(by: Person, kind: SmallKind, *, on: date) -> None:
    """Raise NotAllowed unless the person may submit a request of this kind at all: with a role that proposes
    accounts or, where it is about an account of ours, on the team of one."""
    on_a_team = TeamMember.objects.filter(person=by, to_day=None).exists()
    if kind is SmallKind.TAKE_PART or not on_a_team:
        check_may_put_in(by, None, on=on)


def may_see_small(by: Person, small: SmallProposal, book: Book, *, on: date) -> bool:
    """Return whether a person may see the request: its author, those who decide it, those who oversee, and
    the account's team."""
    if small.by_id == by.pk:
        return True
    account = small.account
    if account is not None and account.team.filter(person=by, to_day=None).exists():
        return True
    held = capacities(by, on=on, school=account.school if account else None, account=account)
    return bool(held & OVERSEES) or bool(_roles_that_decide(by, small, book, on=on))


def check_may_say_yes(by: Person, small: SmallProposal, book: Book, *, on: date) -> str:
    """Return the policy's role in which the person decides; raise NotAllowed where none of theirs may, and
    for the author: no one approves their own."""
    if small.by_id == by.pk:
        raise NotAllowed(
            _("You can’t approve your own request."),
            next_step=_("Someone else with permission must decide on it."),
        )
    found = _roles_that_decide(by, small, book, on=on)
    if found:
        return found[0]
    names = ", ".join(approvers(book, SmallKind(small.kind)))
    raise NotAllowed(
        format_lazy(_("Under this policy these roles decide on this: {roles}."), roles=names),
        _("Ask one of them."),
    )


def _roles_that_decide(by: Person, small: SmallProposal, book: Book, *, on: date) -> list[str]:
    where = Where(school=small.account.school if small.account else None, account=small.account)
    held = set(assignments(by, on=on, where=where).values_list("role_key", flat=True))
    return [name for name in approvers(book, SmallKind(small.kind)) if book.role(name).key in held]


@action
def put_in_small(
    *,
    by: Person,
    at: datetime,
    kind: SmallKind,
    name: str,
    words: str,
    account: Account | None = None,
    address: str = "",
    for_school: bool | None = None,
    through_social_media: bool | None = None,
    checked_on: date | None = None,
    open_points: Sequence[str] = (),
    form: Proposal | None = None,
    again_of: SmallProposal | None = None,
) -> SmallProposal:
    """Submit a quick request, where this policy requires approval of such a thing.

    It waits for the roles that the policy names, without a deadline, as no policy gives one. Where the
    policy's rule does not apply (it is not for the school, no call over social media) it needs no approval,
    and says so. Raises NotAllowed, NotNow where this policy asks for no approval of it, BadInput, Refused
    where something that the policy requires first is missing.
    """
    on = local_day(at)
    check_may_put_in(by, account, on=on)
    policy = in_force(on)
    if not approvers(policy.book, kind):
        raise NotNow(_("This policy doesn’t ask for approval of this, so there’s nothing to send."))
    _check_said(kind, by, name=name, words=words, account=account, form=form, again_of=again_of)
    small = SmallProposal.objects.create(
        kind=kind, by=by, account=account, name=name.strip(), address=address, words=words.strip(),
        for_school=for_school, through_social_media=through_social_media, form=form, again_of=again_of,
        checked_on=checked_on if guidance(policy.book) else None,
        open_points=[point.strip() for point in open_points if point.strip()],
        submitted_at=at,
    )  # fmt: skip
    kept = record_decision(SITUATION[kind], small_facts(small, policy, at=at), at=at, by=by, subject=small)
    if kind is SmallKind.TAKE_PART:
        # What must be found out beforehand is missing now; the approval itself comes later.
        require(kept, "site_guidance")
    record("smallproposal.submitted", subject=small, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    if kept.points[POINT[kind]] == "silent":
        return move(small, to=SmallState.NOTED, moves=NOTED_MOVES, at=at)
    _wait(small, policy, kept, at=at)
    return small


NOTED_MOVES = {SmallState.WAITING: frozenset({SmallState.NOTED})}
"""Only at the moment of submission."""


@action
def decide_small(
    *, small: SmallProposal, by: Person, at: datetime, approve: bool, seen: str, reason: str = ""
) -> SmallProposal:
    """Approve or refuse, in a role that this policy lets decide. `seen`: digest of the words as shown.

    An approval covers those words only; other rules are asked again when it is done. Raises NotAllowed,
    NotNow, BadInput for a refusal without a reason, Refused.
    """
    on = local_day(at)
    policy = in_force(on)
    role = check_may_say_yes(by, small, policy.book, on=on)
    _check_waits(small)
    if seen != words_digest(small):
        raise NotNow(_("This has changed since you saw it."), _("Read it again, then decide."))
    if not approve and not reason.strip():
        raise BadInput({"reason": _("Say why, so they can improve it next time.")})
    kind = SmallKind(small.kind)
    facts = small_facts(small, policy, at=at, yes_by=by if approve else None)
    kept = record_decision(SITUATION[kind], facts, at=at, by=by, subject=small)
    if approve:
        require(kept, POINT[kind])
    move(
        small,
        to=SmallState.APPROVED if approve else SmallState.REFUSED,
        moves=SMALL_MOVES,
        at=at,
        decided_at=at,
        decided_by=by,
        decided_role_key=policy.book.role(role).key,
        decided_digest=seen,
        decision=kept,
        reason=reason.strip(),
    )
    event = "smallproposal.approved" if approve else "smallproposal.declined"
    record(event, subject=small, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    discharge(kind=DECIDE_SMALL, subject=small, by=by, at=at, how="approved" if approve else "refused")
    return small


@action
def withdraw_small(*, small: SmallProposal, by: Person, at: datetime) -> SmallProposal:
    """Take it back before it is decided. Raises NotFound for another's, NotNow once it is decided."""
    if small.by_id != by.pk:
        raise NotFound
    move(small, to=SmallState.WITHDRAWN, moves=SMALL_MOVES, at=at)
    cancel(kind=DECIDE_SMALL, subject=small, because="withdrawn", at=at, by=by)
    record("smallproposal.withdrawn", subject=small, at=at, actor=by)
    return small


@action
def do_small(*, small: SmallProposal, by: Person, at: datetime) -> SmallProposal:
    """Record that an approved request is done: the call is published, we take part. The policy is asked
    once more.

    An organisation becomes a friend when its request to follow is accepted. Raises NotAllowed, NotNow,
    Refused.
    """
    on = local_day(at)
    if small.by_id != by.pk:
        check_may_put_in(by, small.account, on=on)
    if small.kind == SmallKind.ORGANISATION:
        raise NotNow(_("Add the organisation as an access request, with this approval."))
    policy = in_force(on)
    kept = record_decision(
        SITUATION[SmallKind(small.kind)], small_facts(small, policy, at=at), at=at, by=by, subject=small
    )
    require(kept)
    move(small, to=SmallState.DONE, moves=SMALL_MOVES, at=at, done_at=at, done_by=by)
    record("smallproposal.done", subject=small, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return small


def befriended(small: SmallProposal, *, by: Person, at: datetime) -> None:
    """Record, inside another action, that the organisation's request was accepted."""
    move(small, to=SmallState.DONE, moves=SMALL_MOVES, at=at, done_at=at, done_by=by)
    record("smallproposal.done", subject=small, at=at, actor=by)


def _wait(small: SmallProposal, policy: PolicyInForce, kept: DecisionRecord, *, at: datetime) -> None:
    """Open one duty for each role that may decide; the first person to act completes it for all."""
    kind = SmallKind(small.kind)
    given: dict[str, Any] = {
        "kind": DECIDE_SMALL, "subject": small, "at": at, "due": Due.none_promised(), "decision": kept,
        "clauses": approval_clauses(policy.book, kind), "account": small.account_id,
        "school": small.account.school if small.account else None,
    }  # fmt: skip
    for name in approvers(policy.book, kind):
        open_duty(role=policy.book.role(name).key, **given)


def _check_waits(small: SmallProposal) -> None:
    """Lock the row, so that of two people who decide at once the second sees what the first did."""
    fresh = SmallProposal.objects.select_for_update().only("state").filter(pk=small.pk).first()
    if fresh is None or fresh.state != SmallState.WAITING or small.state != SmallState.WAITING:
        raise NotNow(_("This doesn’t need a decision."), _("Open it again to see its status."))


def _check_said(
    kind: SmallKind,
    by: Person,
    *,
    name: str,
    words: str,
    account: Account | None,
    form: Proposal | None,
    again_of: SmallProposal | None,
) -> None:
    wrong: dict[str, Text] = {}
    if not name.strip():
        wrong["name"] = _("Enter its name.")
    if not words.strip():
        wrong["words"] = _("Give a few words.")
    if (kind is SmallKind.TAKE_PART) != (account is None):
        wrong["account"] = _("Choose the account this is for.")
    if form is not None and form.by_id != by.pk:
        wrong["form"] = _("Choose a form you sent for approval.")
    if again_of is not None and (again_of.by_id != by.pk or again_of.kind != kind):
        raise NotFound
    if wrong:
        raise BadInput(wrong)


def small_proposals(person: Person, on: date) -> QuerySet[SmallProposal]:
    """Return those that a person may see, for paging: their own, those of their accounts, and those that they
    decide or oversee. The number of queries does not grow with the rows."""
    book = book_for(person)
    roles = {role.key: role.capacities for role in book.roles}
    deciding = {book.role(name).key for kind in SmallKind for name in approvers(book, kind)}
    mine = Q(by=person) | Q(account__in=_their_accounts(person))
    for assignment in assignments(person, on=on, where=Where(anywhere=True)):
        capacities = roles.get(assignment.role_key, frozenset())
        if not OVERSEES & capacities and assignment.role_key not in deciding:
            continue
        if assignment.scope_kind == "federation":
            return SmallProposal.objects.select_related("by", "account")
        if assignment.scope_kind == "school":
            mine |= Q(account__school_id=assignment.school_id)
        elif assignment.scope_kind == "account":
            mine |= Q(account_id=assignment.account_id)
    return SmallProposal.objects.filter(mine).select_related("by", "account")


def small_for(person: Person, pk: int, *, on: date) -> SmallProposal:
    """Return one quick request. Raises NotFound where the person may not know of it."""
    found = (
        SmallProposal.objects.filter(pk=pk)
        .select_related("by", "account__school", "decided_by", "decision", "done_by", "form", "again_of")
        .first()
    )
    if found is None or not may_see_small(person, found, book_for(person), on=on):
        raise NotFound
    return found


def accounts_to_say_for(person: Person | None, *, most: int) -> list[tuple[int, str]]:
    """Return accounts that are not closed, by id and name: those in whose team a person is, or all for
    None."""
    rows = Account.objects.exclude(state=AccountState.CLOSED)
    if person is not None:
        rows = rows.filter(team__person=person, team__to_day=None).distinct()
    return list(rows.order_by("name", "pk").values_list("pk", "name")[:most])


def own_forms(person: Person, *, most: int) -> list[tuple[int, str]]:
    """Return a person's own proposals that have a name and were neither refused nor withdrawn, newest
    first."""
    over = [ProposalState.REFUSED, ProposalState.WITHDRAWN]
    rows = Proposal.objects.filter(by=person).exclude(state__in=over).exclude(name="")
    return list(rows.order_by("-started_at", "-pk").values_list("pk", "name")[:most])


def own_form(person: Person, pk: int) -> Proposal | None:
    """Return one of a person's own proposals; None for another's."""
    return Proposal.objects.filter(pk=pk, by=person).first()


def befriending(account: Account) -> QuerySet[SmallProposal]:
    """Return the organisations with which this account may make friends: the approved ones, by name."""
    rows = SmallProposal.objects.filter(
        account=account, kind=SmallKind.ORGANISATION, state=SmallState.APPROVED
    )
    return rows.order_by("name", "pk")


def _their_accounts(person: Person) -> QuerySet[TeamMember, int]:
    return TeamMember.objects.filter(person=person, to_day=None).values_list("account_id", flat=True)
