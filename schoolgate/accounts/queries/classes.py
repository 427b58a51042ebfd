"""Reads of the classes that accounts belong to, around the new school year."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from schoolgate.accounts.models import Account, AccountClass, Admission, Closing, TeamMember
from schoolgate.accounts.states import AccountState, ClosingState, Part
from schoolgate.accounts.states.classes import AtTurn, class_in
from schoolgate.accounts.states.contributors import AdmissionState
from schoolgate.people.models import Person

MOST = 200
INSIDE = Q(state__in=[AdmissionState.LET_IN, AdmissionState.DONE])


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
    return Admission.objects.filter(INSIDE, account=account).count()


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
