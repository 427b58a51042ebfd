"""The address of each account to which staff forward comments and messages: how it is written and found.

The local part names the federation, so that the row can be behind row-level security like all others.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.codes import LETTERS
from schoolgate.core.env import env
from schoolgate.inbox.models import MailAddress
from schoolgate.people.models import Membership
from schoolgate.people.queries import live_memberships

LENGTH = 16
_SHAPE = re.compile(rf"([^\s@+]+)\+([1-9][0-9]{{0,17}})\.([{LETTERS.lower()}]{{{LENGTH}}})@([^\s@]+)")


@dataclass(frozen=True)
class Named:
    """What an address names."""

    federation_id: int
    code: str


def takes_mail() -> bool:
    """Return whether this installation has a mailbox for what is forwarded."""
    return bool(env().mail_in)


def new_code() -> str:
    """Return a fresh secret part: about 79 random bits, in letters that survive any mail program."""
    return "".join(secrets.choice(LETTERS.lower()) for _letter in range(LENGTH))


def written(row: MailAddress) -> str:
    """Return the whole address; empty where the installation has no mailbox."""
    mailbox, _at, domain = env().mail_in.partition("@")
    return f"{mailbox}+{row.federation_id}.{row.code}@{domain}" if domain else ""


def named_in(addresses: Iterable[str]) -> Named | None:
    """Return what the first of these addresses names that is one of ours; None where none is."""
    mailbox, _at, domain = env().mail_in.lower().partition("@")
    for address in addresses:
        found = _SHAPE.fullmatch(address.strip().strip("<>").lower())
        if found and domain and (found[1], found[4]) == (mailbox, domain):
            return Named(int(found[2]), found[3])
    return None


def account_at(code: str) -> Account | None:
    """Return the open account of an address that has not been ended; None where there is none. In scope."""
    rows = MailAddress.objects.select_related("account__school", "account__federation")
    row = rows.filter(code=code, ended_at=None, account__state=AccountState.OPEN).first()
    return row.account if row else None


def address_of(account: Account) -> MailAddress | None:
    """Return the address of an account; None where it has none."""
    return MailAddress.objects.filter(account=account, ended_at=None).first()


def sender_at(federation_id: int, email: str, *, on: date) -> Membership | None:
    """Return the place of the member of staff who signs in with this address; None where no one does."""
    rows = Membership.objects.filter(live_memberships(on), federation=federation_id, user__is_active=True)
    return rows.filter(user__email__iexact=email.strip()).first() if email.strip() else None
