"""Check who may check, review, close and pass on accounts, and whether it may happen now."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, Closing, Offer
from schoolgate.accounts.states import AccountState, ClosingState, OfferState, Part
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import read_once
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity

LOOKS = frozenset({"moderate", "answer", "second_person", "open_account", "administer"})
"""The capacities whose checks count besides those of the account's own team."""
SEES_INSIDE = frozenset({"decide_account", "oversee", "administer", "open_account", "moderate"})


def check_may_look(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person is on the account's team, or looks after accounts there."""
    if is_on_team(by, account):
        return
    if not capacities(by, on=on, school=account.school, account=account) & LOOKS:
        check_capacity(by, "moderate", on=on, school=account.school, account=account)


def check_may_see_care(by: Person, account: Account, *, on: date) -> None:
    """Raise NotFound for people who neither run the account nor look after, decide or oversee there."""
    if not is_on_team(by, account) and not (
        capacities(by, on=on, school=account.school, account=account) & (SEES_INSIDE | LOOKS)
    ):
        raise NotFound


def check_may_evaluate(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads or administers the account, or decides or opens there."""
    if is_on_team(by, account, Part.LEAD, Part.ADMINISTRATOR):
        return
    if not capacities(by, on=on, school=account.school, account=account) & {"decide_account", "oversee"}:
        check_capacity(by, "open_account", on=on, school=account.school, account=account)


def check_may_close(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads the account, or opens or decides on accounts there."""
    if is_on_team(by, account, Part.LEAD):
        return
    if "decide_account" not in capacities(by, on=on, school=account.school, account=account):
        check_capacity(by, "open_account", on=on, school=account.school, account=account)


def check_may_offer(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads the account, or decides on who runs accounts there."""
    check_may_close(by, account, on=on)


def check_open(account: Account) -> None:
    """Raise NotNow unless the account is open."""
    if account.state != AccountState.OPEN:
        raise NotNow(_("This account isn’t open."), _("The account’s page shows what it still needs."))


def check_under_way(closing: Closing, *, to: ClosingState | None = None) -> None:
    """Raise NotNow once an account is closed, or its closing was called off; AlreadyDone where it ended as
    this step ends it: `to`."""
    if closing.state != ClosingState.UNDER_WAY:
        raise done_before(
            closing,
            otherwise=NotNow(
                _("This closure has ended or been cancelled."), _("Open it again to see its status.")
            ),
            state=to,
        )


def check_is_offered(by: Person, offer: Offer, *, to: OfferState) -> None:
    """Raise NotAllowed for all but the person who was asked; NotNow once it is answered, AlreadyDone with
    `to`."""
    if offer.to_id != by.pk:
        raise NotAllowed(_("Only the person who was asked can accept or decline."))
    if offer.state != OfferState.WAITING:
        raise done_before(
            offer,
            _("This has already been answered."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("This offer has been answered differently or withdrawn."),
                _("Open it again to see its status."),
            ),
            state=to,
        )


def is_on_team(by: Person, account: Account, *parts: str) -> bool:
    """Return whether the person runs the account today, in one of these parts where any is named."""
    held = read_once(
        ("accounts.parts", account.pk, by.pk),
        lambda: set(account.team.filter(person=by, to_day=None).values_list("part", flat=True)),
    )
    return bool(held & set(parts) if parts else held)
