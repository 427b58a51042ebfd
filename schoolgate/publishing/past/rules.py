"""Check who may upload a download and see its result, whose it is, and whether a step may happen now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import handle_of, key_of
from schoolgate.accounts.care import is_on_team
from schoolgate.accounts.models import Account, AccountState, FormerAddress, Part
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.networks.archives.port import Owner
from schoolgate.networks.archives.reading import archive_of
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import Where, assignments, book_for, capacities, capacities_of_roles
from schoolgate.people.rules import check_capacity
from schoolgate.publishing.past.states import Whose
from schoolgate.publishing.sights import SEES_POSTS


def accounts_seen(person: Person, *, on: date) -> Q:
    """On accounts: those whose posts this person may see on that day."""
    held = assignments(person, on=on, where=Where(anywhere=True)).values_list(
        "role_key", "scope_kind", "school_id", "account_id"
    )
    book = book_for(person)
    seen = Q(pk__in=[])
    for role_key, scope_kind, school_id, account_id in held:
        if not capacities_of_roles([role_key], book) & SEES_POSTS:
            continue
        if scope_kind == ScopeKind.FEDERATION:
            return Q()
        if scope_kind == ScopeKind.SCHOOL:
            seen |= Q(school=school_id)
        elif scope_kind == ScopeKind.ACCOUNT:
            seen |= Q(pk=account_id)
    return seen


def check_may_see(person: Person, account: Account, *, on: date) -> None:
    """Raise NotFound for people who have no part in the account's posts."""
    if not capacities(person, on=on, school=account.school, account=account) & SEES_POSTS:
        raise NotFound


def check_may_bring(person: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads or administers the account, or opens or looks after accounts
    there. A rule of this program: a download is asked for with the account's own sign-in."""
    if is_on_team(person, account, Part.LEAD, Part.ADMINISTRATOR):
        return
    if "administer" not in capacities(person, on=on, school=account.school, account=account):
        check_capacity(person, "open_account", on=on, school=account.school, account=account)


def check_takes_downloads(account: Account) -> None:
    """Raise NotNow for an account that is not on the register, or whose network's downloads are not read."""
    if account.state == AccountState.WAITING:
        raise NotNow(
            _("This account is not on the register yet."),
            _("You can import this account’s earlier posts once it is open."),
        )
    if archive_of(account.network) is None:
        raise NotNow(
            _("Schoolgate can’t read downloads from this network."),
            _("Look at its earlier posts on the network itself."),
        )


def whose(account: Account, owner: Owner, *, known: Collection[str]) -> Whose:
    """Whose a download is, by what it says itself and where the account is or was.

    Args:
        known: the network's own names of this account, as far as they are known here.
    """
    if owner.id and owner.id in known:
        return Whose.SAME
    places = [(account.address, account.handle)]
    former = FormerAddress.objects.filter(account=account)
    places += list(former.values_list("address", "handle"))
    told = {"keys": {key_of(owner.address)} - {""}, "handles": {handle_of(owner.handle)} - {""}}
    ours: Mapping[str, set[str]] = {
        "keys": {key_of(one) for place in places for one in place if one} - {""},
        "handles": {handle_of(handle) for _address, handle in places} - {""},
    }
    if told["keys"] & ours["keys"] or told["handles"] & ours["handles"]:
        return Whose.SAME
    if known and owner.id:
        return Whose.OTHER
    # Bluesky's file names the account by an id alone, without a handle.
    by_id_alone = owner.id.startswith("did:") and not owner.handle
    comparable = any(told[part] and ours[part] for part in told)
    return Whose.OTHER if comparable and not by_id_alone else Whose.NOT_TOLD
