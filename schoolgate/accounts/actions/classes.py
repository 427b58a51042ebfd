"""Assign an account to a class; in the new school year it moves up, stays with the year, or closes."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.closing import begin_closing
from schoolgate.accounts.actions.contributors_after import out_again
from schoolgate.accounts.models import Account, AccountClass, Admission, Circle, Closing
from schoolgate.accounts.rules.classes import check_is_the_turn, check_may_choose, check_may_say_class
from schoolgate.accounts.states import AccountState, ClosingState
from schoolgate.accounts.states.classes import LONGEST, AtTurn
from schoolgate.accounts.states.contributors import AdmissionState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import answered_otherwise, done_before
from schoolgate.core.school_year import year_of_turn
from schoolgate.people.models import Person

INSIDE = (AdmissionState.LET_IN, AdmissionState.DONE)


@action
def say_class(*, account: Account, by: Person, at: datetime, label: str) -> AccountClass:
    """Set the class or year group of an account in the school year before the new one; "" is none.

    Nothing else follows from it. Raises NotAllowed, BadInput (label), NotNow (closed; chosen already).
    """
    on = local_day(at)
    check_may_say_class(by, account, on=on)
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    year = year_of_turn(on) - 1
    if AccountClass.objects.filter(account=account, year=year + 1).exists():
        raise NotNow(
            _("You can no longer choose what happens to this account next year."),
            _("Open it again to see its status."),
        )
    said = {"label": _checked(label), "said_by": by, "said_at": at}
    row, _new = AccountClass.objects.update_or_create(account=account, year=year, defaults=said)
    record("account.class_said", subject=account, at=at, actor=by, year=year, none=not row.label)
    return row


@action
def choose_at_turn(
    *, account: Account, by: Person, at: datetime, choice: str, label: str = "", taken_out: bool = False
) -> AccountClass:
    """Choose what happens to a class's account in the new school year. Possible once, and again only if its
    closing was called off.

    Moves up: `label` is the class's new one. Stays: the label stays, but all members must be removed;
    `taken_out` confirms that this was done on the network as well. New requests are judged under the
    policy, and the membership must be stated again. Closes: starts its closing, step by step.

    Raises NotAllowed, BadInput (choice, label, taken_out), NotNow (outside the turn; no class; chosen
    already; closed).
    """
    check_may_choose(by, account, on=local_day(at))
    turn = check_is_the_turn(at)
    if choice not in AtTurn.values:
        raise BadInput({"choice": _("Choose one of the three options.")})
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    said_before = AccountClass.objects.select_for_update().filter(account=account, year=turn.year - 1)
    before = said_before.exclude(label="").first()
    if before is None:
        raise NotNow(_("This account’s class hasn’t been recorded."), _("Record that first."))
    row = AccountClass.objects.select_for_update().filter(account=account, year=turn.year).first()
    if row is not None and not _called_off(row):
        raise done_before(
            account,
            _("A choice has already been made for this account."),
            _("Open it again to see its status."),
            otherwise=answered_otherwise(),
            classes__year=turn.year,
            classes__choice=choice,
        )
    said = {"label": before.label, "was": before.label, "choice": choice, "said_by": by, "said_at": at}
    row, _new = AccountClass.objects.update_or_create(account=account, year=turn.year, defaults=said)
    if choice == AtTurn.MOVES_UP:
        row.label = _checked(label)
        if not row.label:
            raise BadInput({"label": _("Enter the class’s name in the new year.")})
    elif choice == AtTurn.STAYS:
        row.let_out = _empty_circle(account, by=by, at=at, taken_out=taken_out)
    else:
        begin_closing(account=account, by=by, at=at)
    row.save(update_fields=["label", "let_out"])
    record(
        "account.class_chosen", subject=account, at=at, actor=by, choice=choice, year=turn.year,
        let_out=row.let_out,
    )  # fmt: skip
    return row


def _called_off(row: AccountClass) -> bool:
    """Return whether its closing was called off."""
    under_way = Closing.objects.filter(account=row.account_id, state=ClosingState.UNDER_WAY)
    return row.choice == AtTurn.CLOSES and not under_way.exists()


def _empty_circle(account: Account, *, by: Person, at: datetime, taken_out: bool) -> int:
    inside = list(Admission.objects.select_for_update().filter(account=account, state__in=INSIDE))
    if inside and not taken_out:
        raise BadInput({"taken_out": _("Remove them on the network first, then confirm it here.")})
    for admission in inside:
        out_again(admission, by=by, at=at, reason=gettext("The account moved to another class."))
    Circle.objects.filter(account=account).update(
        with_pupils=None, made_for_pupils=None, private_messages=None, said_by=by, said_at=at
    )
    return len(inside)


def _checked(label: str) -> str:
    label = " ".join(label.split())
    if len(label) > LONGEST:
        raise BadInput({"label": _("Use fewer than 60 characters.")})
    return label
