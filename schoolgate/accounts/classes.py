"""A class's account in the new school year moves up, stays with the year, or closes; and who is in a site,
with what follows a decision on a request to be in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import is_on_team
from schoolgate.accounts.closing import begin_closing
from schoolgate.accounts.contributors import check_looks_after, check_may_decide_on, circle_facts
from schoolgate.accounts.duty_kinds import ADMISSION_DO
from schoolgate.accounts.models import (
    ADMISSION_MOVES,
    IS_OVER,
    Account,
    AccountClass,
    AccountState,
    Admission,
    AdmissionState,
    AtTurn,
    Circle,
    Closing,
    ClosingState,
    Part,
    TeamMember,
    class_in,
)
from schoolgate.accounts.models.accounts import LONGEST
from schoolgate.core import holds
from schoolgate.core.actions import action
from schoolgate.core.calendars import Turn, turn_of, year_of_turn
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import answered_otherwise, done_before, move
from schoolgate.duties.actions import cancel
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.policy.asking import record_decision
from schoolgate.policy.queries import in_force


@action
def end_admission(*, admission: Admission, by: Person, at: datetime, reason: str) -> Admission:
    """Record that an accepted follower was removed, on the network too, and why. Raises NotAllowed, NotNow,
    BadInput."""
    check_may_decide_on(by, admission, on=local_day(at))
    if not reason.strip():
        raise BadInput({"reason": _("Say why they’ve been removed.")})
    return out_again(admission, by=by, at=at, reason=reason)


def out_again(admission: Admission, *, by: Person, at: datetime, reason: str) -> Admission:
    """Update the row for `end_admission`, for an action that has asked its own questions. Raises NotNow."""
    move(
        admission,
        to=AdmissionState.ENDED,
        moves=ADMISSION_MOVES,
        at=at,
        ended_at=at,
        ended_by=by,
        end_reason=reason.strip(),
    )
    cancel(kind=ADMISSION_DO, subject=admission, because="ended", at=at, by=by)
    record("admission.ended", subject=admission, at=at, actor=by)
    return admission


@action
def wipe_admission(*, admission: Admission, by: Person, at: datetime) -> Admission:
    """Wipe what identifies the person: name, how they are known, and the reasons. The decision stays.

    A later request of the same person is then no longer recognised. Raises NotAllowed, NotNow while it is not
    over, is wiped already, or must be retained.
    """
    check_may_decide_on(by, admission, on=local_day(at))
    if admission.state not in IS_OVER:
        raise NotNow(
            _("You can’t delete these details while the request is open or they have access."),
            _("End that first, then delete the details."),
        )
    if admission.erased_at is not None:
        raise done_before(admission, _("This has already been deleted."), erased_at__isnull=False)
    holds.check_may_delete(admission)
    blank = {"who": "", "who_key": "", "known_how": "", "reason": "", "end_reason": ""}
    Admission.objects.filter(pk=admission.pk).update(**blank, erased_at=at, erased_by=by)
    admission.vettings.update(how_known="")
    for name, value in blank.items():
        setattr(admission, name, value)
    admission.erased_at, admission.erased_by = at, by
    record("admission.erased", subject=admission, at=at, actor=by)
    return admission


@action
def say_circle(
    *,
    account: Account,
    by: Person,
    at: datetime,
    with_pupils: bool | None,
    made_for_pupils: bool | None,
    private_messages: bool | None,
) -> Circle:
    """Record who is in an account or site and who can send private messages there. The facts are recorded
    whatever the policy says about them; its answer is stored with them. Raises NotAllowed."""
    on = local_day(at)
    check_looks_after(by, account, on=on)
    said = {
        "with_pupils": with_pupils,
        "made_for_pupils": made_for_pupils,
        "private_messages": private_messages,
        "said_by": by,
        "said_at": at,
    }
    circle, _new = Circle.objects.update_or_create(account=account, defaults=said)
    facts = circle_facts(account, in_force(on), by=by, at=at)
    kept = record_decision("contact.site_settings", facts, at=at, by=by, subject=circle)
    record("circle.said", subject=circle, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return circle


def check_may_say_class(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads the account, decides on accounts or manages people."""
    if is_on_team(by, account, Part.LEAD):
        return
    if "administer" not in capacities(by, on=on, school=account.school, account=account):
        check_may_choose(by, account, on=on)


def check_may_choose(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads the account, or decides on accounts there."""
    if not is_on_team(by, account, Part.LEAD):
        check_capacity(by, "decide_account", on=on, school=account.school, account=account)


def check_is_the_turn(at: datetime) -> Turn:
    """Raise NotNow outside the start of a school year; else return the one under way."""
    turn = turn_of(local_day(at))
    if not turn.is_open(local_day(at)):
        raise NotNow(
            _("You can only choose what happens to an account during the new school year period."),
            next_step=_(
                "It runs from six weeks before the summer term ends until the end of "
                "September, according to the term dates."
            ),
        )
    return turn


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


MOST = 200
INSIDE_OF_CLASSES = Q(state__in=[AdmissionState.LET_IN, AdmissionState.DONE])


@dataclass(frozen=True)
class OfClass:
    """An account at the start of a school year. `before`, `after`: what was stated for the year that ends,
    and chosen for the new one. `hint`: words of its own that look like a class, where nothing is stated."""

    account: Account
    before: AccountClass | None
    after: AccountClass | None
    hint: str
    leads: Sequence[Person]

    @property
    def to_choose(self) -> bool:
        """Return whether it belongs to a class and has no choice yet."""
        return self.before is not None and bool(self.before.label) and self.after is None

    @property
    def unsaid(self) -> bool:
        """Return whether it looks like a class's account but this is not stated either way."""
        return self.before is None and self.after is None and bool(self.hint)


@dataclass(frozen=True)
class ClassesAtTurn:
    """What a page shows. `others`: accounts about which nothing is stated and that hint at nothing."""

    rows: Sequence[OfClass]
    others: int
    more: bool

    @property
    def to_choose(self) -> list[OfClass]:
        """Return those that wait for a choice."""
        return [each for each in self.rows if each.to_choose]

    @property
    def unsaid(self) -> list[OfClass]:
        """Return those that are not stated to belong to a class or to none."""
        return [each for each in self.rows if each.unsaid]

    @property
    def chosen(self) -> list[OfClass]:
        """Return those whose choice is made."""
        return [each for each in self.rows if each.after is not None]


def classes_at_turn(year: int) -> ClassesAtTurn:
    """Return the accounts that belong to a class, or look like it, at the start of the school year `year`, by
    name. Four queries, whatever there is; at most the first MOST accounts."""
    found = list(_with_classes(Account.objects.exclude(state=AccountState.CLOSED), year)[: MOST + 1])
    rows = [of_class(account, year) for account in found[:MOST]]
    shown = [each for each in rows if each.hint or (each.before and each.before.label) or each.after]
    silent = [each for each in rows if not each.hint and each.before is None and each.after is None]
    return ClassesAtTurn(shown, len(silent), len(found) > MOST)


def class_of(account: Account, year: int) -> OfClass:
    """Return one account at the start of that school year. Three queries."""
    return of_class(_with_classes(Account.objects.filter(pk=account.pk), year).get(), year)


def of_class(account: Account, year: int) -> OfClass:
    """Build it from an account of `_with_classes`. A chosen closing no longer counts once it was called
    off."""
    by_year = {row.year: row for row in account.around}  # type: ignore[attr-defined]
    after = by_year.get(year)
    if after is not None and after.choice == AtTurn.CLOSES and account.state != AccountState.CLOSED:
        after = after if account.closes else None  # type: ignore[attr-defined]
    return OfClass(
        account,
        by_year.get(year - 1),
        after,
        class_in(account.name, account.purpose, account.audience),
        [row.person for row in account.leading],  # type: ignore[attr-defined]
    )


def inside(account: Account) -> int:
    """Return how many accepted followers an account has now."""
    return Admission.objects.filter(INSIDE_OF_CLASSES, account=account).count()


def _with_classes(rows: QuerySet[Account], year: int) -> QuerySet[Account]:
    around = AccountClass.objects.filter(year__in=[year - 1, year]).select_related("said_by")
    leads = TeamMember.objects.filter(part=Part.LEAD, to_day=None).select_related("person").order_by("pk")
    return (
        rows.select_related("school")
        .annotate(closes=Exists(Closing.objects.filter(account=OuterRef("pk"), state=ClosingState.UNDER_WAY)))
        .prefetch_related(
            Prefetch("classes", around, to_attr="around"), Prefetch("team", leads, to_attr="leading")
        )
        .order_by("name", "pk")
    )
