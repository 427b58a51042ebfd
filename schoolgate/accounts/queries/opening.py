"""Reads of what was seen before opening, and of sites."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from schoolgate.accounts.models import (
    Account,
    Condition,
    PagePicture,
    SiteLook,
    SiteText,
    SiteWord,
    TrainingWanted,
    Whereabouts,
)
from schoolgate.accounts.queries.accounts import NameKey, _page, account_for, may_set_up
from schoolgate.accounts.states import AccountState
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import subject_of
from schoolgate.networks.capabilities import OURS
from schoolgate.people.models import Permission, Person
from schoolgate.rulebook import Book
from schoolgate.rulebook.controls.law import AgeFrom

__all__ = [
    "conditions_of",
    "lowest_age",
    "page_picture_for",
    "people_to_tell",
    "permissions_for",
    "rules_of_board",
    "site_looks",
    "site_texts",
    "site_words",
    "sites_page",
    "texts_missing",
    "trainings_wanted",
    "whereabouts",
]


def sites_page(*, after: NameKey | None = None, limit: int = 25) -> tuple[list[Account], NameKey | None]:
    """Return sites that the school hosts itself, by name: its noticeboards and those its forms name. One
    query."""
    rows = (
        Account.objects.filter(Q(network=OURS) | Q(proposal__answers__host="school"))
        .exclude(state=AccountState.CLOSED)
        .select_related("school", "proposal")
    )
    return _page(rows, after, limit)


def people_to_tell(
    teller: Person, first: Collection[int], *, most: int
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return all other current people, by id and name: those of `first`, then at most `most` of the
    others."""
    rows = Person.objects.filter(left_on=None).exclude(pk=teller.pk).order_by("name", "pk")
    named = rows.values_list("pk", "name")
    return list(named.filter(pk__in=first)), list(named.exclude(pk__in=first)[:most])


def permissions_for(account: Account, *, without: str) -> list[Permission]:
    """Return permissions given for an account except those that cover `without`, oldest first."""
    rows = Permission.objects.filter(subject=subject_of(account)).exclude(covers=without)
    return list(rows.select_related("given_by").order_by("pk"))


def site_texts(account: Account) -> list[SiteText]:
    """Return the house rules and terms that are shown: the newest of each kind and language. One query."""
    return read_once(("accounts.site_texts", account.pk), lambda: list(_site_texts(account)))


def _site_texts(account: Account) -> QuerySet[SiteText]:
    rows = SiteText.objects.filter(account=account).order_by("kind", "language", "-number")
    return rows.distinct("kind", "language").select_related("by")


def site_looks(account: Account) -> list[SiteLook]:
    """Return the last checks of a site, newest first, each with who checked. One query."""
    return list(SiteLook.objects.filter(account=account).select_related("by").order_by("-id")[:5])


def site_words(account: Account) -> list[SiteWord]:
    """Return the advice, handovers and comparisons on record, newest first. One query."""
    return list(SiteWord.objects.filter(account=account).select_related("by").order_by("-id")[:20])


def whereabouts(account: Account, *, on: date) -> list[Whereabouts]:
    """Return the last statement of each person who looks after a site about when they are away. One query."""
    rows = Whereabouts.objects.filter(account=account, last__gte=on).select_related("person")
    return list(rows.order_by("person_id", "-id").distinct("person_id"))


def rules_of_board(school: School) -> list[SiteText]:
    """Return the house rules and terms of a school's own noticeboard; those of the federation's where the
    school has none of its own."""
    boards = Account.objects.filter(network=OURS).exclude(state=AccountState.CLOSED)
    for board in boards.filter(Q(school=school) | Q(school=None)).order_by("school_id", "id")[:20]:
        found = site_texts(board)
        if found:
            return found
    return []


def page_picture_for(person: Person, account_pk: int, pk: int, *, on: date) -> PagePicture:
    """Return a picture of an account's page, for people who may see the account from the inside. Raises
    NotFound, also once destroyed."""
    account = account_for(person, account_pk)
    found = PagePicture.objects.filter(account=account, pk=pk).exclude(digest="").first()
    if found is None or not may_set_up(person, account, on=on):
        raise NotFound
    return found


def conditions_of(account: Account) -> QuerySet[Condition]:
    """Return what the approval of the account requires or bans today."""
    return (
        Condition.objects.filter(proposal=account.proposal_id, ended_at=None)
        .select_related("by")
        .order_by("id")
    )


def lowest_age(
    book: Book, network: str, country: str | None, on: date
) -> tuple[AgeFrom, str, tuple[str, ...]] | None:
    """Return the lowest age that the network takes in a country on a day, with its source and the clauses
    that name it; None where none is on record."""
    for bound in book.at("account.open", "network_age"):
        if network not in bound.stated("network"):
            continue
        begun = [
            row
            for row in bound.settings.ages
            if (country is None or country in row.countries) and (row.from_day is None or row.from_day <= on)
        ]
        if begun:
            latest = max(begun, key=lambda row: row.from_day or date.min)
            return latest, bound.settings.source, bound.clauses
    return None


def texts_missing(school: School, book: Book) -> list[str]:
    """Return which texts the policy wants shown on a site of its own but are missing on the school's
    noticeboard: kinds of `SiteTextKind`. None is missing where the policy asks for none."""
    wanted = [
        bound.point
        for bound in book.at("account.open", "house_rules", "terms_of_use")
        if bound.stated("kind") != ("third_party",)
    ]
    there = {text.kind for text in rules_of_board(school)} if wanted else set()
    return [kind for kind in dict.fromkeys(wanted) if kind not in there]


def trainings_wanted(account: Account) -> list[TrainingWanted]:
    """Return the training required of the account's team. One query."""
    team = account.team.filter(to_day=None).values("person_id")
    rows = TrainingWanted.objects.filter(person_id__in=team, ended_at=None)
    return list(rows.select_related("person", "by").order_by("id"))
