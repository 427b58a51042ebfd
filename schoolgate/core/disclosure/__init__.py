"""What the program has about a person, found and read place by place, to answer a request for it.

A table that the data map classifies is found by itself (`Table`): by its links to people, and by
names in its texts. A room registers a place of its own where it knows more: which rows make up one thing,
an index, or who alone may read it.
"""

from schoolgate.core.disclosure.port import File, Match, Piece, Place, Sought, Text, Why
from schoolgate.core.disclosure.saying import moment, say
from schoolgate.core.disclosure.tables import Table, leave_to_few, names_of_columns, places, register

__all__ = [
    "File",
    "Match",
    "Piece",
    "Place",
    "Sought",
    "Table",
    "Text",
    "Why",
    "leave_to_few",
    "moment",
    "names_of_columns",
    "places",
    "register",
    "say",
]
