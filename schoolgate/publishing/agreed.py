"""Who may be named, and the consent on which that rests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext

from schoolgate.policy.choices import own_yes_from
from schoolgate.pupils.consents import Standing, standings_by_channel
from schoolgate.pupils.models import Giver, Pupil, Use


@dataclass(frozen=True)
class Agreed:
    """A pupil who may be named, with the newest yes on which that rests; shown as its words."""

    name: str
    form: str
    giver: Giver
    since: date

    def __str__(self) -> str:
        called = f"{self.name}, {self.form}" if self.form else self.name
        day = in_words(self.since, "j F Y")
        return gettext("{name}. {giver}: yes, from {day}").format(
            name=called, giver=self.giver.label, day=day
        )


@dataclass(frozen=True)
class Naming:
    """Of some pupils: who may be named, with the consent that holds, and who was refused it."""

    agreed: Mapping[int, Agreed]
    refused: frozenset[int]


def naming(of: Iterable[int], channels: Collection[str], *, on: date) -> Naming:
    """Return who of these pupils may be named on each of these networks, and who said no to one of them;
    none without a network."""
    return namings([(of, channels)], on=on)[0]


def namings(asked: Iterable[tuple[Iterable[int], Collection[str]]], *, on: date) -> list[Naming]:
    """Return the same for each of these groups of pupils on its networks. As many queries for many as for
    one."""
    groups = [(set(of) if channels else set[int](), channels) for of, channels in asked]
    every = set[int]().union(*(of for of, _channels in groups))
    pupils = {each.pk: each for each in Pupil.objects.filter(pk__in=every)} if every else {}
    if not pupils:
        return [Naming({}, frozenset()) for _group in groups]
    said = standings_by_channel(
        pupils.values(),
        uses=[Use.NAME],
        channels=sorted({each for _of, channels in groups for each in channels}),
        on=on,
        own_yes_from=own_yes_from(on=on),
    )
    found = []
    for of, channels in groups:
        by_pupil = {pk: [said[pk][each][Use.NAME] for each in channels] for pk in said.keys() & of}
        found.append(
            Naming(
                {pk: _agreed(pupils[pk], by_pupil[pk]) for pk in said if _may(by_pupil.get(pk, ()))},
                frozenset(pk for pk, each in by_pupil.items() if any(one.refused for one in each)),
            )
        )
    return found


def _may(found: Collection[Standing]) -> bool:
    return bool(found) and all(one.may for one in found)


def agreed_to_name(of: Iterable[int], channels: Collection[str], *, on: date) -> Mapping[int, Agreed]:
    """Return those of these pupils who may be named on each of these networks, with the consent that holds;
    none without a network."""
    return naming(of, channels, on=on).agreed


def may_be_named(of: Iterable[int], channels: Collection[str], *, on: date) -> set[int]:
    """Return those of these pupils who may be named on each of these networks; none without a network."""
    return set(agreed_to_name(of, channels, on=on))


def consents_of(of: Collection[int], agreed: Mapping[int, Agreed]) -> tuple[Agreed, ...]:
    """Return the consents of all who bear a name; none where one of them may not be named."""
    return tuple(agreed[pk] for pk in of) if of and set(of) <= agreed.keys() else ()


def _agreed(pupil: Pupil, found: Iterable[Standing]) -> Agreed:
    yes = max((one for each in found for one in each.given), key=lambda one: one.from_day)
    name = f"{pupil.known_as or pupil.first_name} {pupil.last_name}"
    return Agreed(name, pupil.form, Giver(yes.giver), yes.from_day)
