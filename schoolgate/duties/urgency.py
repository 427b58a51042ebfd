"""How urgent something is: the one order of every list, page and mail. Danger to a person comes first."""

from enum import IntEnum


class Urgency(IntEnum):
    """From the most urgent; numbers, because lists are sorted by them and then by time."""

    DANGER = 0  # someone may be in danger now
    HARM = 1  # someone may come to harm meanwhile
    USUAL = 2  # by its deadline


ORDER = ("urgency", "due_by", "pk")
<<<<<<< 8fffbb2ebaaf63780520630b8be6d39c5d51bb7b
"""In which duties are listed: the most urgent first, then by their time."""
=======
"""The order in which duties are listed: the most urgent first, then by their time."""


def expression() -> Case:
    """Return the urgency of a duty's row, for the database to store beside it."""
    return Case(
        When(Q(danger=True), then=Value(Urgency.DANGER.value)),
        When(Q(kind__in=sorted(HARM)), then=Value(Urgency.HARM.value)),
        default=Value(Urgency.USUAL.value),
    )
>>>>>>> 0edb51646afaa023682b462d4a5bc9725d1fd1c7
