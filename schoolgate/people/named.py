"""Which people here a text names: by surname and title, in full, or by the word for what they do.

A first name alone is too many people's. Of two with the same name both are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from schoolgate.core.models import Safeguarder, SafeguardingPlace
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments_at, here_on
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role
from schoolgate.screening import Listed, NameIndex
from schoolgate.triage import names_in

TITLES = (
    "Mr", "Mrs", "Ms", "Miss", "Mister", "Dr", "Prof", "Professor", "Rev", "Sir", "Coach", "Cllr", "Syr",
    "Athro", "Parch",
)  # fmt: skip
"""How children and parents name staff: with the surname alone."""
MOST_MEANT = 3
"""People that one way to say it may mean: of more it names no one."""
_DOTTED = re.compile(r"\b(mr|mrs|ms|dr|prof|rev|parch|cllr)\.", re.IGNORECASE)
_SAID = {
    "head": re.compile(
        r"\b(?:the|our|my|y|ein|fy|i|o) (?:executive )?head\b(?! (?:of|lice|boy|girl|office|cold|torch))"
        r"|head ?-?teacher|head ?-?m(?:aster|istress)|\b(?:b|m|mh|ph|p)ennaeth\b|[bp]rifathr",
        re.IGNORECASE,
    ),
    "deputy": re.compile(r"(?:deputy|assistant) head|dd?irprwy b?h?ennaeth", re.IGNORECASE),
    "chair": re.compile(
        r"chair(?:man|woman|person)? of (?:the )?govern(?:ors|ing)"
        r"|\b(?:c|g|ngh|ch)adeirydd (?:y )?(?:ll?ywodraethwyr|corff llywodraethu)",
        re.IGNORECASE,
    ),
    "lead": re.compile(
        r"safeguarding (?:lead|person|officer)|\b(?:DS[LP]|PDD)s?\b|child protection officer"
        r"|(?:arweinydd|[pb]erson|mherson|pherson|swyddog) diogelu",
        re.IGNORECASE,
    ),
}
_ROLES = {
    "head": re.compile(r"^(?:executive )?(?:head(?: ?teacher)?|principal)$|^pennaeth$", re.IGNORECASE),
    "deputy": re.compile(r"(?:deputy|assistant) head", re.IGNORECASE),
    "chair": re.compile(r"\bchair", re.IGNORECASE),
}
"""What a text calls a seat, and which of a policy's own roles it means."""
_SENIOR = re.compile(r"\b(?:senior leader|leadership|S[LM]T\b)", re.IGNORECASE)
"""Roles that a head or deputy has where the policy has no role of that name."""
_DEPUTY = re.compile(r"deput|dirprwy", re.IGNORECASE)
_WORD = re.compile(r"\w+")


class Names:
    """The names and seats of the people here on a day: asked once, however many texts are read."""

    def __init__(self, book: Book, *, on: date) -> None:
        self._book, self._on, self._index = book, on, staff_names(on=on)
        self._holders: dict[str, list[int]] = {}

    def found_in(self, *texts: str) -> frozenset[int]:
        """Return the ids of the people that these texts name."""
        text = _DOTTED.sub(r"\1", "\n".join(texts))
        by_name = (meant for meant in names_in(text, self._index) if len(meant) <= MOST_MEANT)
        return frozenset({pk for meant in by_name for pk in meant} | set(self._by_seat(text)))

    def _by_seat(self, text: str) -> Iterator[int]:
        """Yield the people a text means by what they do here. A seat, such as the head's, means all who may
        have it, however many; another role of the policy means them where few enough have it."""
        said = {seat for seat, words in _SAID.items() if words.search(text)}
        roles = self._book.roles
        for role in roles:
            if _says(text, role.name):
                yield from _few(self._held(role.key))
        for seat in sorted(said & set(_ROLES)):
            yield from self._in_seat(seat)
        if "lead" in said:
            yield from self._leads(deputies=bool(_DEPUTY.search(text)))

    def _held(self, role: str) -> list[int]:
        if role not in self._holders:
            held = assignments_at(Where(anywhere=True), on=self._on).filter(role_key=role)
            self._holders[role] = list(held.values_list("person_id", flat=True))
        return self._holders[role]

    def _in_seat(self, seat: str) -> list[int]:
        """Return who may have a seat: the holders of the policy's roles that are called that; where there are
        none, of those through which such a person is here at all."""
        words = self._book.pack.role_words
        called = {name for said, name in words.items() if _ROLES[seat].search(said)}
        roles = self._book.roles
        ours = [one for one in roles if _ROLES[seat].search(one.name) or one.name in called]
        for among in (ours, [one for one in roles if _may_be(seat, one)]):
            if found := [pk for one in among for pk in self._held(one.key)]:
                return found
        return []

    def _leads(self, *, deputies: bool) -> list[int]:
        rows = Safeguarder.objects.filter(ended_at=None)
        rows = rows if deputies else rows.filter(place=SafeguardingPlace.LEAD)
        key = "deputies" if deputies else "leads"
        if key not in self._holders:
            self._holders[key] = list(rows.values_list("person_id", flat=True))
        return self._holders[key]


def named_in(*texts: str, book: Book, on: date) -> frozenset[int]:
    """Return the ids of the people here that these texts name."""
    return Names(book, on=on).found_in(*texts)


def staff_names(*, on: date) -> NameIndex:
    """Return the names of the people here as others write them: in full, or a title and the surname. In
    memory only."""
    rows = Person.objects.filter(here_on(on)).order_by("pk").values_list("pk", "name")
    return _index(tuple(rows))


@lru_cache(maxsize=8)
def _index(named: tuple[tuple[int, str], ...]) -> NameIndex:
    apart = {(pk, *parts) for pk, name in named for parts in _apart(name)}
    return NameIndex(Listed(pk, each, last) for pk, first, last in sorted(apart) for each in (first, *TITLES))


def _apart(name: str) -> Iterator[tuple[str, str]]:
    """Yield a name's first names and surname: the last word, or all after the first."""
    if " " in name:
        first, _space, last = name.rpartition(" ")
        yield first, last
        first, _space, rest = name.partition(" ")
        yield first, rest


def _may_be(seat: str, role: Role) -> bool:
    """Return whether a person in this seat may be here by a role that isn't called that: the chair as one of
    those who oversee, the head as who looks after the policy or one of the leadership."""
    governs = "oversee" in role.capacities and "administer" not in role.capacities
    if seat == "chair":
        return governs
    return not governs and ("own_policy" in role.capacities or bool(_SENIOR.search(role.name)))


def _says(text: str, role: str) -> bool:
    """Return whether a text has a policy's own name for a role. One ordinary word, such as "staff", is no
    such name."""
    return " " in role and _plain(role) in _plain(text)


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _few(people: Iterable[int]) -> list[int]:
    found = list(dict.fromkeys(people))
    return found if len(found) <= MOST_MEANT else []
