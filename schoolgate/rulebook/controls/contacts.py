"""A rule kind on private contact with an end: years since a pupil left, and their age."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from schoolgate.rulebook.controls.base import Control, RuleResult, day_or_unknown, forbids, met, unknown
from schoolgate.rulebook.controls.conditional import Conditional
from schoolgate.rulebook.rules.reading import Missing
from schoolgate.rulebook.rules.step import waits_for
from schoolgate.rulebook.situations.contacts import ContactAccept, years_after


class FormerPupilContact(Control):
    """From which day may a person be in private contact with a former pupil?

    Settings: `when`; `years_since_leaving`, `age_years`: whole years since the pupil left, and the pupil's
    age, from which it may be, None where the policy gives none; `combine`: which of the two counts where both
    are given; `say`: the sentence before that day, `until` where the day is known. `turns`: where the ban
    turns on the binding's tension, as a condition, with the sentence `left_open`."""

    key = "contact.former_pupil"
    version = 4
    listens_to = ("contact.accept",)
    points = ("former_pupil",)
    plumbing = frozenset({"when", "say", "until", "turns", "left_open"})
    reads = ("other.left_on", "other.date_of_birth")

    class Settings(Conditional):
        years_since_leaving: int | None
        age_years: int | None
        combine: Literal["later"] | None
        say: str
        until: str
        turns: Any = False
        left_open: str = ""

    def evaluate(self, facts: ContactAccept, settings: Any) -> Iterable[RuleResult]:
        applies = settings.test(ContactAccept)(facts, facts)
        if applies is False:
            return ()
        said = tuple(self._said(facts, settings))
        if isinstance(applies, Missing):
            return () if all(one.kind.value == "met" for one in said) else (waits_for(applies),)
        return said

    @staticmethod
    def _said(facts: ContactAccept, settings: Any) -> Iterator[RuleResult]:
        needed = [
            (years, since, what)
            for years, since, what in (
                (settings.years_since_leaving, facts.other.left(), "contact_left_on"),
                (settings.age_years, facts.other.born(facts), "contact_date_of_birth"),
            )
            if years is not None
        ]
        day = day_or_unknown(facts)
        if isinstance(day, RuleResult):
            yield day
            return
        days = [years_after(since.last, years) for years, since, _ in needed if since is not None]
        missing = [
            what
            for years, since, what in needed
            if since is None or years_after(since.first, years) <= day < years_after(since.last, years)
        ]
        exact = all(since is None or since.first == since.last for _, since, _ in needed)
        if any(day < years_after(since.first, years) for years, since, _ in needed if since is not None):
            turns = settings.test(ContactAccept, "turns")(facts, facts)
            if isinstance(turns, Missing):
                yield waits_for(turns)
            elif missing or not exact:  # an unknown fact could only make it later
                yield forbids(settings.left_open if turns else settings.say, turns=turns)
            else:
                last = max(days)
                say = settings.left_open if turns else settings.until
                yield forbids(say, turns=turns, lifts_on=last, day=last)
        elif missing:
            for what in missing:
                yield unknown(what, "office")
        else:
            yield met("contact.former_free", day=max(days))

    def check(self, settings: Any, situations: Iterable[str]) -> None:
        """Raises BadCondition where the rule speaks of what the situation does not know."""
        settings.test(ContactAccept)
        settings.test(ContactAccept, "turns")

    def words(self, settings: Any) -> Iterator[tuple[str, str]]:
        """What it says, by the table that has to know it."""
        said = (settings.say, settings.until, settings.left_open)
        yield from (("SENTENCES", one) for one in said if one)
