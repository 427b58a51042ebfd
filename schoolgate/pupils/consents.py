"""Whether a pupil may be shown, named or heard. Pure: blank is no, and no one's silence is a yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from schoolgate.pupils.states import ADULT, Answer, Giver, Why


@dataclass(frozen=True)
class Said:
    """One answer. `channel`: a network's key, "" for all official accounts; `who`: which parent, "" where
    that isn't known; `until`: its last day; `form`: how it reached the school."""

    use: str
    channel: str
    answer: str
    giver: str
    who: str
    from_day: date
    until: date | None = None
    form: str = ""

    @property
    def for_some_days(self) -> bool:
        """Whether it is a no that ends by itself: that of a pupil who objected on a day."""
        return self.answer == Answer.REFUSED and self.until is not None


@dataclass(frozen=True)
class Standing:
    """Whether a use is allowed on a day, and why. `given`: the answers that a yes rests on."""

    may: bool
    why: Why
    given: tuple[Said, ...] = field(default=(), compare=False)

    @property
    def refused(self) -> bool:
        """Whether a parent or the pupil said no."""
        return self.why in (Why.OBJECTS, Why.REFUSED, Why.DISAGREE)


@dataclass(frozen=True)
class About:
    """What of a pupil a consent depends on. `own_yes_from`: the age from which the federation wants the
    pupil's own yes as well; None: it hasn't chosen one."""

    born_on: date | None = None
    left: bool = False
    listed: bool = False
    own_yes_from: int | None = None

    def age(self, on: date) -> int | None:
        """Return the age in years on a day; a birthday on 29 February counts from 1 March in other years.
        None: the date of birth isn't known."""
        if self.born_on is None:
            return None
        had = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (not had)


def standing(
    said: Sequence[Said], about: About, *, use: str, channel: str, on: date, since: date | None = None
) -> Standing:
    """Return whether a pupil may appear in one use on one channel on a day.

    `said` is in the order in which it was recorded. Of each person the latest answer counts that is for this
    channel or for all; an answer for one channel comes before a yes for all, and a no for all ends it. Any no
    is a no. From 18 the pupil's own answer alone counts. `since`: the day of the picture; a no for some days
    that ran then counts for that picture for good.
    """
    if about.listed:
        return Standing(False, Why.LISTED)
    if about.left:
        return Standing(False, Why.LEFT)
    age = about.age(on)
    adult = age is not None and age >= ADULT
    latest = _latest(said, use=use, channel=channel, on=on, since=since or on)
    own = latest.pop((Giver.PUPIL, ""), None)
    if own is not None and own.answer == Answer.REFUSED:
        return Standing(False, Why.OBJECTS)
    given_by_pupil = own is not None and _runs(own, on)
    own_yes = (own,) if own is not None and given_by_pupil else ()
    if adult:
        return Standing(True, Why.GIVEN, own_yes) if own_yes else Standing(False, Why.OWN_YES)
    refused = [each for each in latest.values() if each.answer == Answer.REFUSED]
    given = [each for each in latest.values() if each.answer == Answer.GIVEN]
    if refused:
        return Standing(False, Why.DISAGREE if given else Why.REFUSED)
    if not given:
        return Standing(False, Why.NOT_ASKED)
    running = tuple(each for each in given if _runs(each, on))
    if not running:
        return Standing(False, Why.LAPSED)
    if about.own_yes_from is not None and not given_by_pupil and (age is None or age >= about.own_yes_from):
        return Standing(False, Why.OWN_YES)
    return Standing(True, Why.GIVEN, (*running, *own_yes))


def _runs(each: Said, on: date) -> bool:
    return each.answer == Answer.GIVEN and (each.until is None or on <= each.until)


def _latest(
    said: Iterable[Said], *, use: str, channel: str, on: date, since: date
) -> dict[tuple[str, str], Said]:
    """Return the answer that counts of each person. The school's records speak for parents until a parent
    has answered here. An answer for one channel comes before a later yes for all; a no for all ends it. After
    a no for some days the earlier answers count again."""
    found: dict[tuple[str, str], Said] = {}
    for each in said:
        if each.use != use or each.channel not in ("", channel) or each.from_day > on:
            continue
        if each.for_some_days and each.until is not None and each.until < since:
            continue
        key = (each.giver, "" if each.giver == Giver.PUPIL else each.who)
        if key in found and found[key].channel and not each.channel and each.answer != Answer.REFUSED:
            continue
        found[key] = each
    if any(giver == Giver.PARENT for giver, _who in found):
        found.pop((Giver.LIST, ""), None)
    return found
