"""What a person narrows the inbox to. It is asked beside their reach, and never in place of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q

from schoolgate.accounts.models import Account
from schoolgate.core.clock import begins
from schoolgate.core.days import day_in
from schoolgate.core.errors import NotFound
from schoolgate.inbox.states import ItemKind, ItemLanguage
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.models import Person
from schoolgate.triage import Lane

ME, NO_ONE = "me", "none"


@dataclass(frozen=True)
class Filters:
    """Each field narrows; what is None or empty doesn't."""

    school: int | None = None
    account: int | None = None
    kind: str = ""
    lane: str = ""
    network: str = ""
    language: str = ""
    assigned: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.as_text())

    def as_text(self) -> dict[str, str]:
        """Return what is set, as an address or a saved view carries it."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: str(value) for name, value in given.items() if value}

    def period(self) -> Q | None:
        """Return the condition on the time of arrival, or None."""
        found = []
        if self.since:
            found.append(Q(received_at__gte=begins(self.since)))
        if self.until:
            found.append(Q(received_at__lt=begins(self.until + timedelta(days=1))))
        return reduce(and_, found) if found else None

    def each(self, person: Person) -> list[Q]:
        """Return the other conditions, those with the fewest items first; each has an index of its own but
        the network's and NO_ONE's, which come last."""
        found = []
        if self.assigned == ME:
            found.append(Q(assigned_to=person))
        if self.account:
            found.append(Q(account_id=self.account))
        if self.lane:
            found.append(Q(lane=self.lane))
        if self.kind:
            found.append(Q(kind=self.kind))
        if self.language:
            found.append(Q(language=self.language))
        if self.school:
            found.append(Q(school_id=self.school))
        if self.network:
            # Ids, so that PostgreSQL never joins every item to its account; 0 is no account's.
            theirs = Account.objects.filter(network=self.network).values_list("pk", flat=True)
            found.append(Q(account_id__in=list(theirs) or [0]))
        if self.assigned == NO_ONE:
            found.append(Q(assigned_to=None))
        return found

    @property
    def indexed(self) -> bool:
        """Whether the first of `each` has an index."""
        one = (self.account, self.lane, self.kind, self.language, self.school)
        return self.assigned == ME or any(one)


def filters_of(given: Mapping[str, Any]) -> Filters:
    """Return the filters that an address or a saved view names. Raises NotFound for values that none has."""
    checked: dict[str, Any] = {}
    for name, read in READ.items():
        text = str(given.get(name) or "").strip()
        if text:
            try:
                checked[name] = read(text)
            except ValueError:
                raise NotFound from None
    return Filters(**checked)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError(text)
    return int(text)


def _one_of(*allowed: str) -> Any:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _network(text: str) -> str:
    return str(_one_of(*all_capabilities())(text))


def _day(text: str) -> date:
    return day_in(text)


READ: Mapping[str, Any] = {
    "school": _number,
    "account": _number,
    "kind": lambda text: ItemKind(text).value,
    "lane": lambda text: Lane(text).value,
    "network": _network,
    "language": lambda text: ItemLanguage(text).value,
    "assigned": _one_of(ME, NO_ONE),
    "since": _day,
    "until": _day,
}
