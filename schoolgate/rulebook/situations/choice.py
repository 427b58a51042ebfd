"""A number that the federation chose where its policy gives none."""

from datetime import date

from schoolgate.rulebook.facts import Day, Name, Part, Whole


class DaysChosen(Part):
    """How many days the federation chose, who chose, and from when its choice counts (None: always)."""

    days: Whole
    by: Name
    from_day: Day | None = None

    def counts_on(self, day: date | None) -> bool | None:
        """Whether the choice counts on this day; None where that can't be told without the day."""
        if self.from_day is None:
            return True
        return self.from_day <= day if day is not None else None
