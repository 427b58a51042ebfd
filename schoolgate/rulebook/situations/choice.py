"""A number that the federation chose where its policy gives none."""

from schoolgate.rulebook.facts import Day, Name, Part, Whole


class DaysChosen(Part):
    """How many days the federation chose, who chose, and from when its choice counts (None: always)."""

    days: Whole
    by: Name
    from_day: Day | None = None
