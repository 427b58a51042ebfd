"""Who and what is here already, as far as a list of accounts is compared with it. A number of queries that
does not grow with the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.accounts.addresses import handle_of, key_of, likeness
from schoolgate.accounts.importing.fields import known_networks, known_words
from schoolgate.accounts.models import Account, AssociatedPage, Fake, FormerAddress, FoundPage
from schoolgate.accounts.states import FOUND_ENDS, AccountState, FakeState
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import current_scope
from schoolgate.networks.capabilities import OURS
from schoolgate.people.models import Person
from schoolgate.people.sheets import same_word


@dataclass(frozen=True)
class Here:
    """Accounts by the normal form of their address; people by address and by name in plain words."""

    federation: Federation
    on: date
    people: Mapping[str, Person]
    by_name: Mapping[str, Sequence[Person]]
    schools: Mapping[int, School]
    known: Mapping[str, Mapping[str, str]]
    networks: Mapping[str, str]
    number: int
    """Accounts that are not closed: also our own noticeboards, which have no address to be compared."""
    accounts: Mapping[str, Account]
    closed: Mapping[str, Account]
    alike: Mapping[str, Account]
    former: Mapping[str, Account]
    fakes: frozenset[str]
    friends: Mapping[str, str]
    found: frozenset[str]


def look_here(on: date) -> Here:
    """Return everything of the federation in scope that a list of accounts is compared with."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    schools = {school.pk: school for school in School.objects.order_by("name")}
    people = list(Person.objects.select_related("user").order_by("pk"))
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[same_word(person.name)].append(person)
    number, live = 0, dict[str, Account]()
    closed: dict[str, Account] = {}
    for account in Account.objects.order_by("pk"):
        number += account.state != AccountState.CLOSED
        into = closed if account.state == AccountState.CLOSED else live
        into.update(dict.fromkeys(keys_of(account.network, account.address, account.handle), account))
    rows = FormerAddress.objects.filter(account__state=AccountState.OPEN).select_related("account")
    fakes = Fake.objects.filter(confirmed_at__isnull=False, destroyed_at=None).exclude(state=FakeState.OURS)
    return Here(
        federation=federation,
        on=on,
        people={person.user.email.lower(): person for person in people},
        by_name=by_name,
        schools=schools,
        known=known_words(
            federation.name, [(school.pk, school.name, school.slug) for school in schools.values()]
        ),
        networks=known_networks(),
        number=number,
        accounts=live,
        closed=closed,
        alike={likeness(key): account for key, account in live.items()},
        former={key: row.account for row in rows for key in keys_of("", row.address, "")},
        fakes=frozenset(fakes.values_list("key", flat=True)),
        friends={
            key_of(address): name
            for address, name in AssociatedPage.objects.filter(ended_at=None).values_list("address", "name")
        },
        found=frozenset(FoundPage.objects.exclude(state__in=FOUND_ENDS).values_list("key", flat=True)),
    )


def keys_of(network: str, address: str, handle: str) -> set[str]:
    """Return each spelling by which a page of ours is known, normalised by `addresses`."""
    keys = {key_of(address)} if address else set()
    if handle and network and network not in ("mastodon", OURS):
        keys.add(f"{network}:{handle_of(handle)}")
    return keys - {""}
