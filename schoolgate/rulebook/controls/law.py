"""What doesn’t depend on a policy: how old people must be for a network, and the program’s own few rules."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal

from schoolgate.rulebook.controls.base import (
    Asked,
    Control,
    NoSettings,
    RuleResult,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import LONDON, Part
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.accounts import AGES_ON_RECORD, AccountOpen, AccountPropose, Placed
from schoolgate.rulebook.situations.posts import Picture, PostPublish

# What does not depend on a policy: how old one has to be for a network.


class AgeFrom(Part):
    """A lowest age in years, from a day on (None: as far back as is known), for countries."""

    age: int
    from_day: date | None
    countries: tuple[Literal["england", "wales"], ...]


class MinimumAge(Control):
    """Is the youngest pupil in the account's audience old enough for its network, in this country, on this
    day?

    Settings: `network`; `ages` - dated rows, the latest that has begun counts; `source` - where they were
    read."""

    key = "law.minimum_age"
    version = 2
    listens_to = ("account.propose", "account.open")
    points = ("network_age",)

    class Settings(NoSettings):
        network: str
        ages: tuple[AgeFrom, ...]
        source: str

    def evaluate(self, facts: AccountPropose | AccountOpen, settings: Settings) -> Iterator[RuleResult]:
        placed = facts.placed
        if placed.pupils_in_audience is False:
            return
        if placed.network is None:
            yield unknown("network", "applicant")
            return
        if placed.network != settings.network:
            return
        if placed.pupils_in_audience is None:
            yield unknown("pupils_in_audience", "applicant")
            return
        least = self._least(placed, facts.day, settings)
        if placed.youngest_pupil is None:
            yield unknown("youngest_pupil", "applicant")
        elif least is None:
            yield unknown("day" if facts.day is None else "country", "office")
        elif placed.youngest_pupil < least:
            yield forbids(
                "law.too_young", least=least, youngest=placed.youngest_pupil, source=settings.source
            )
        else:
            yield met("law.old_enough", least=least, source=settings.source)

    @staticmethod
    def _least(placed: Placed, day: date | None, settings: Settings) -> int | None:
        """Return the age that counts; None where the rows differ by something that is not known."""
        rows = [row for row in settings.ages if placed.country is None or placed.country in row.countries]
        if day is None:
            return rows[0].age if len({row.age for row in rows}) == 1 else None
        begun = [row for row in rows if row.from_day is None or row.from_day <= day]
        countries = {country for row in rows for country in row.countries}
        latest = {
            max(
                (row for row in begun if country in row.countries), key=lambda row: row.from_day or date.min
            ).age
            for country in (countries if placed.country is None else {placed.country})
            if any(country in row.countries for row in begun)
        }
        return latest.pop() if len(latest) == 1 else None

    @classmethod
    def least(cls, placed: Placed, day: date | None, settings: Settings) -> int | None:
        """Return the age that counts there on that day; None where that can't be told."""
        return cls._least(placed, day, settings)

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return (
            Asked("pupils_in_audience"),
            Asked("youngest_pupil", required_if={"pupils_in_audience": ("true",)}),
        )


def age_on_record(placed: Placed, day: date | None) -> int | None:
    """Return the lowest age on record for the network of an account; None where none is."""
    settings = _ages().get(placed.network or "")
    return MinimumAge.least(placed, day, settings) if settings is not None else None


@cache
def _ages() -> Mapping[str, Any]:
    """Network -> the settings of its rule in the law's pack."""
    from schoolgate.rulebook.packs import load_pack  # which knows the controls

    rules = [one.settings for one in load_pack("law").bindings if one.control == MinimumAge.key]
    return {settings.network: settings for settings in rules}


AGES_ON_RECORD.append(age_on_record)


# The program's own few rules. They may be stricter than a policy and never pass for a clause.


class ConsentListChecked(Control):
    """The house: a picture that shows people waits until a named person has checked the consent list.

    For the channel it goes out on, of the picture as it stands, with the date of the list; a list dated after
    the check does not count."""

    key = "house.consent_list"
    listens_to = ("post.publish",)
    points = ("consent_list",)
    attested = True

    def evaluate(self, facts: PostPublish, settings: NoSettings) -> Iterator[RuleResult]:
        if facts.has_picture is False:
            return
        picture = facts.picture
        if picture is None:
            yield unknown("picture", "author")
        elif picture.shows_people is None:
            yield unknown("shows_people", "author")
        elif picture.shows_people:
            yield from self._checked(picture, facts.account.network)

    @staticmethod
    def _checked(picture: Picture, network: str | None) -> Iterator[RuleResult]:
        check = picture.consent_list
        if network is None:
            yield unknown("network", "office")
        elif (
            check is None or check.channel != network or check.list_dated > check.at.astimezone(LONDON).date()
        ):
            yield requires("house.consent_list_unchecked", Need("consent_list", "picture_checker"))
        elif check.of_this_version is not True:
            yield requires("house.consent_list_changed", Need("consent_list", "picture_checker"))
        else:
            yield met("house.consent_list_checked", dated=check.list_dated)
