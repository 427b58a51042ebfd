"""From rows to the facts of `account.looked_up`: an account of ours, a page that is not on the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, cast

from schoolgate.accounts.models import Account, AssociatedPage, FoundPage
from schoolgate.accounts.states import AccountState, Mark, Seen
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.people.models import Permission
from schoolgate.policy.queries import school_in_rules
from schoolgate.rulebook import Book
from schoolgate.rulebook.facts import Given
from schoolgate.rulebook.situations.account_open import AccountOpen
from schoolgate.rulebook.situations.account_run import AccountLookedUp

_FORMER_NAMES = {"x": "Twitter"}
"""Networks that policies still call by the name they had."""


def named(network: str) -> str | None:
    """Return a network as policies name it; None where it is not known."""
    return _FORMER_NAMES.get(network, network) or None


def account_facts(account: Account, *, on: date) -> AccountLookedUp:
    """Return an account that is on the register, or was. Reads `account.marks.all()` and `.notices.all()`,
    which lists fetch together."""
    notices = sorted(notice.at for notice in account.notices.all())
    in_our_name = True if account.kind in ("school", "teaching") else account.setup.get("uses_name")
    return AccountLookedUp(
        on=on,
        in_register=account.state == AccountState.OPEN,
        notified_on=local_day(notices[0]) if notices else None,
        teaching=account.kind == "teaching",
        has_official_mark=has_policy_link(account),
        in_schools_name=in_our_name,
        made_by="school",
        school=school_in_rules(account.school),
        network=named(account.network),
        page=account.name,
    )


def has_policy_link(account: Account) -> bool | None:
    """Return whether the account shows the link by which the policy recognises official accounts: as last
    seen by a person, else as stated when the account was set up."""
    for mark in account.marks.all():
        if mark.mark == Mark.POLICY_LINK and mark.seen != Seen.UNREADABLE:
            return bool(mark.seen == Seen.THERE)
    said = account.setup.get("acceptable_use_link")
    return None if said is None else said == "school_website"


def stranger_facts(
    *, on: date, network: str = "", in_our_name: bool | None = None, school: School | None = None,
    made_by: str = "", page: str = "", comparable_to: Sequence[str] | None = None,
) -> AccountLookedUp:  # fmt: skip
    """Return the facts of a page that is not on the register, with what its reporter said. Not said: not
    known."""
    return AccountLookedUp(
        on=on,
        in_register=False,
        in_schools_name=in_our_name,
        made_by=cast("Literal['school', 'for the school', 'somebody else'] | None", made_by or None),
        school=school_in_rules(school) if school else None,
        network=named(network),
        page=page or None,
        comparable_to=None if comparable_to is None else tuple(comparable_to),
    )


def found_facts(found: FoundPage, *, on: date) -> AccountLookedUp:
    """Return the facts of an unofficial page in our name."""
    return stranger_facts(
        on=on,
        network=found.network,
        in_our_name=found.in_our_name,
        school=found.school,
        made_by=found.made_by,
        page=found.name,
        comparable_to=found.comparable_to,
    )


def associated_facts(
    page: AssociatedPage, leaves: Sequence[Permission], book: Book, *, at: datetime
) -> AccountOpen:
    """Return what the page of Friends or a PTA uses of ours, and who allowed it: enough for the point on name
    and logo, and for no other."""
    names = book.role_names
    return AccountOpen(
        now=at,
        on=local_day(at),
        kind="other",
        uses_name=page.uses_name,
        uses_logo=page.uses_logo,
        signatures=(),
        permissions=tuple(
            Given(
                by=person_key(leave.given_by_id),
                roles=(names[leave.role_key],),
                at=leave.at,
                written=leave.written,
                covers=(leave.covers,),
            )
            for leave in leaves
            if leave.subject == subject_of(page) and leave.role_key in names
        ),
    )
