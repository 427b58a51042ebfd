"""Check who may import existing accounts, who permits one to continue, and whether one may publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.ladders import form_says_purpose, lets_go_on, role_key
from schoolgate.accounts.models import Account
from schoolgate.accounts.queries.imported import waits
from schoolgate.accounts.rules.accounts import check_may_set_up
from schoolgate.accounts.rules.opening import check_not_closed
from schoolgate.core.errors import NotAllowed, NotFound, NotNow, Text
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, capacities
from schoolgate.rulebook import Book

NEXT = _("The account’s page shows what is still needed, and who may give permission to continue.")


def check_may_bring_in(by: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person manages people and roles, opens accounts or decides on them, in the
    whole federation. A rule of the program's own: the import records what exists, and permits nothing."""
    if not capacities(by, on=on) & {"administer", "open_account", "decide_account"}:
        raise NotAllowed(
            _("The people who manage people or accounts here must import the accounts list."),
            _("Ask them, or report a single page under Unofficial pages."),
        )


def check_to_be_regular(account: Account) -> None:
    """Raise NotFound for an account that did not exist before Schoolgate; NotNow once it is in order, or
    closed."""
    if getattr(account, "imported", None) is None:
        raise NotFound
    if not account.being_set_up:
        raise NotNow(
            _("This account meets the policy or is closed, so it needs no permission to continue."),
            _("You don’t need to do anything else."),
        )


def check_may_say_purpose(by: Person, account: Account, book: Book, *, on: date) -> None:
    """Raise NotAllowed for people who don't set the account up. Raise NotNow where a proposal under this
    policy's form says its purpose, and once it is closed; of an account from before Schoolgate without a
    proposal also once it is in order."""
    if account.proposal_id is None:
        check_to_be_regular(account)
    elif form_says_purpose(book):
        raise NotNow(
            _("This account’s proposal states its purpose."), _("Open its proposal to see what it says.")
        )
    check_not_closed(account)
    check_may_set_up(by, account, on=on)


def check_speaks(account: Account, *, on: date) -> None:
    """Raise NotNow while an account that existed before Schoolgate may not publish: not in order, and no
    permission."""
    if waits([account.pk], on=on):
        raise NotNow(waits_in_words(account), NEXT)


def waits_in_words(account: Account) -> Text:
    """Return the message that nothing can be published on this account yet."""
    return format_lazy(
        _("{account} can’t post yet: it was there before Schoolgate and doesn’t meet the policy."),
        account=account.name,
    )


def role_that_lets(by: Person, account: Account, book: Book, *, on: date) -> str:
    """Return the policy's role in which the person may permit the account to continue. Raises NotAllowed.

    No policy mentions such a permission; that it belongs to the role that decides on accounts is a rule of
    the program's own. Whether it must be that role's own word is checked again where it is given.
    """
    roles = lets_go_on(book)
    held = roles_held(by, account.school, on=on)
    for name in roles:
        if role_key(book, name) in held:
            return name
    raise NotAllowed(
        format_lazy(_("This permission must be given by: {roles}."), roles=", ".join(roles)),
        _("Ask one of them. The account can’t post until then."),
    )


def roles_held(by: Person, school: School | None, *, on: date) -> Sequence[str]:
    """Return the keys of a person's roles at a school, or for the whole federation."""
    return list(assignments(by, on=on, where=Where(school=school)).values_list("role_key", flat=True))
