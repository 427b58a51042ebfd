"""Reads of quick requests, scoped to the person who asks."""

from datetime import date

from django.db.models import Q, QuerySet

from schoolgate.accounts.asked_small import approvers
from schoolgate.accounts.ladders import role_key
from schoolgate.accounts.models import Account, Proposal, SmallProposal, TeamMember
from schoolgate.accounts.rules.small import OVERSEES, may_see_small
from schoolgate.accounts.states import AccountState, ProposalState
from schoolgate.accounts.states.small import SmallKind, SmallState
from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_for


def small_proposals(person: Person, on: date) -> QuerySet[SmallProposal]:
    """Return those that a person may see, for paging: their own, those of their accounts, and those that they
    decide or oversee. The number of queries does not grow with the rows."""
    book = book_for(person)
    roles = {role.key: role.capacities for role in book.roles}
    deciding = {role_key(book, name) for kind in SmallKind for name in approvers(book, kind)}
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
