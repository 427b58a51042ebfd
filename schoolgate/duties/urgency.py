"""How urgent something is: the one order of every list, page and mail. Danger to a person comes first."""

from enum import IntEnum


class Urgency(IntEnum):
    """From the most urgent; numbers, because lists are sorted by them and then by time."""

    DANGER = 0  # someone may be in danger now
    HARM = 1  # someone may come to harm meanwhile
    USUAL = 2  # by its deadline


ORDER = ("urgency", "due_by", "pk")
"""The order in which duties are listed: the most urgent first, then by their time."""
