"""Whether a pupil may be shown, named or heard: the one way from answers to what holds. Pure.

Blank is no, no one's silence is a yes, and a no stands, wherever it came from, until someone with that job
settles it: no yes ends it by itself, not even its own giver's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from schoolgate.pupils.states import ADULT, Answer, Giver, Why


@dataclass(frozen=True)
class Said:
    """One answer. `channel`: a network's key, "" for all official accounts; `who`: which parent, "" where
    that isn't known; `until`: its last day; `form`: how it reached the school; `hands`: the members of staff
    on whose word alone it rests, because they entered it or could have used its link."""

    use: str
    channel: str
    answer: str
    giver: str
    who: str
    from_day: date
    until: date | None = None
    form: str = ""
    hands: frozenset[int] = frozenset()

    @property
    def for_some_days(self) -> bool:
        """Whether it is a no that ends by itself: that of a pupil who objected on a day."""
        return self.answer == Answer.REFUSED and self.until is not None


@dataclass(frozen=True)
class Standing:
    """Whether a use is allowed on a day, and why. `given`: the answers that a yes rests on; `age`: the
    pupil's then."""

    may: bool
    why: Why
    given: tuple[Said, ...] = field(default=(), compare=False)
    age: int | None = field(default=None, compare=False)

    @property
    def refused(self) -> bool:
        """Whether a parent or the pupil said no."""
        return self.why in (Why.OBJECTS, Why.REFUSED, Why.DISAGREE)

    def rests_on(self, person: int) -> bool:
        """Return whether every yes went through the hands of this person alone."""
        return self.may and bool(self.given) and all(person in each.hands for each in self.given)


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

    def is_adult(self, on: date) -> bool:
        """Return whether the pupil is known to be 18 on a day."""
        age = self.age(on)
        return age is not None and age >= ADULT


def standing(
    said: Sequence[Said], about: About, *, use: str, channel: str, on: date, since: date | None = None
) -> Standing:
    """Return whether a pupil may appear in one use on one channel on a day, and how old they are then.

    `said` is in the order in which it was recorded. Any no is a no until it is settled; one for all channels
    counts on each. Of each person the latest yes counts that is for this channel or for all, one for this
    channel first. From 18 the pupil's own answer alone counts. `since`: the day of the picture; a no for some
    days that ran then counts for that picture for good.
    """
    found = _standing(said, about, use=use, channel=channel, on=on, since=since)
    return replace(found, age=about.age(on))


def _standing(
    said: Sequence[Said], about: About, *, use: str, channel: str, on: date, since: date | None
) -> Standing:
    if about.listed:
        return Standing(False, Why.LISTED)
    if about.left:
        return Standing(False, Why.LEFT)
    heard = _heard(said, about, use=use, channel=channel, on=on)
    noes = _noes(heard, since=since or on)
    if any(each.giver == Giver.PUPIL for each in noes):
        return Standing(False, Why.OBJECTS)
    if noes:
        return Standing(False, Why.DISAGREE if _disputed(heard, on=on) else Why.REFUSED)
    latest = _latest(heard)
    own = latest.pop((Giver.PUPIL, ""), None)
    own_yes = (own,) if own is not None and _runs(own, on) else ()
    age = about.age(on)
    if about.is_adult(on):
        return Standing(True, Why.GIVEN, own_yes) if own_yes else Standing(False, Why.OWN_YES)
    given = [each for each in latest.values() if each.answer == Answer.GIVEN]
    if not given:
        return Standing(False, Why.NOT_ASKED)
    running = tuple(each for each in given if _runs(each, on))
    if not running:
        return Standing(False, Why.LAPSED)
    if about.own_yes_from is not None and not own_yes and (age is None or age >= about.own_yes_from):
        return Standing(False, Why.OWN_YES)
    return Standing(True, Why.GIVEN, (*running, *own_yes))


def is_disputed(said: Sequence[Said], about: About, *, use: str, channel: str, on: date) -> bool:
    """Return whether a no and a yes stand against each other, so that someone has to settle which holds: a
    yes was given after a no, or two parents answered differently. Two without a name are two."""
    return _disputed(_heard(said, about, use=use, channel=channel, on=on), on=on)


def yeses(said: Sequence[Said], about: About, *, use: str, channel: str, on: date) -> list[Said]:
    """Return the yeses that run and stand for one use on one channel, whatever no there is."""
    latest = _latest(_heard(said, about, use=use, channel=channel, on=on)).values()
    return [each for each in latest if _runs(each, on)]


def own_no(said: Sequence[Said], about: About, *, use: str, channel: str, on: date) -> bool:
    """Return whether the pupil's own no counts on a day and they haven't said yes since: then no one else
    settles it to a yes."""
    heard = _heard(said, about, use=use, channel=channel, on=on)
    standing_noes = _noes(heard, since=on)
    return any(
        no.giver == Giver.PUPIL
        and no in standing_noes
        and not any(each.giver == Giver.PUPIL and each.answer == Answer.GIVEN for each in heard[n + 1 :])
        for n, no in _open_noes(heard)
    )


def _disputed(heard: Sequence[Said], *, on: date) -> bool:
    latest = set(_latest(heard).values())
    yeses = [(n, each) for n, each in enumerate(heard) if each in latest and _runs(each, on)]
    return any(
        n_yes > n_no or _are_two_parents(no, yes)
        for n_no, no in _open_noes(heard)
        if not no.for_some_days and not any(_settles(later, no) for later in heard[n_no + 1 :])
        for n_yes, yes in yeses
    )


def _are_two_parents(one: Said, other: Said) -> bool:
    parents = one.giver == other.giver == Giver.PARENT
    return parents and (not one.who or one.who.casefold() != other.who.casefold())


def _heard(said: Iterable[Said], about: About, *, use: str, channel: str, on: date) -> list[Said]:
    """Return what counts here on a day, in its order: of an adult only what they and the school said."""
    adult = about.is_adult(on)
    return [
        each
        for each in said
        if each.use == use
        and each.channel in ("", channel)
        and each.from_day <= on
        and (not adult or each.giver in (Giver.PUPIL, Giver.SETTLED))
    ]


def _open_noes(heard: Sequence[Said]) -> list[tuple[int, Said]]:
    """Return the noes that nothing has settled since, each with its place. That a no was settled to stay is
    one itself; the pupil's own then stays beside it, because only their own yes ends it."""
    return [
        (n, each)
        for n, each in enumerate(heard)
        if each.answer == Answer.REFUSED
        and not any(
            _settles(later, each) and (later.answer == Answer.GIVEN or each.giver != Giver.PUPIL)
            for later in heard[n + 1 :]
        )
    ]


def _settles(later: Said, no: Said) -> bool:
    """Return whether this was settled for the channel of the no; for all of them it leaves one for a single
    channel as it is."""
    return later.giver == Giver.SETTLED and not (no.channel and not later.channel)


def _noes(heard: Sequence[Said], *, since: date) -> list[Said]:
    """Return the noes that stand; one for some days ends by itself, or once its giver takes it back."""
    return [
        each
        for n, each in _open_noes(heard)
        if not each.for_some_days
        or (each.until is not None and each.until >= since and not _taken_back(each, heard[n + 1 :]))
    ]


def _taken_back(no: Said, after: Sequence[Said]) -> bool:
    return any(each.giver == no.giver and each.answer == Answer.NOT_ASKED for each in after)


def _runs(each: Said, on: date) -> bool:
    return each.answer == Answer.GIVEN and (each.until is None or on <= each.until)


def _latest(heard: Iterable[Said]) -> dict[tuple[str, str], Said]:
    """Return of each person the answer that isn't a no and counts. The school's records speak for parents
    until a parent has answered here."""
    found: dict[tuple[str, str], Said] = {}
    for each in heard:
        if each.giver == Giver.SETTLED or each.answer == Answer.REFUSED:
            continue
        key = (each.giver, "" if each.giver == Giver.PUPIL else each.who.casefold())
        if key not in found or each.channel or not found[key].channel:
            found[key] = each
    if any(giver == Giver.PARENT for giver, _who in found):
        found.pop((Giver.LIST, ""), None)
    return found
