"""Looks through the text of a post for pupils' names, personal data, places, private links and more.

Pure: it imports neither Django nor another room. What it returns are hints with the words they are about.
"No hit" never means that a text is safe.
"""

from schoolgate.screening.advice import Advice
from schoolgate.screening.first_names import is_ordinary_word
from schoolgate.screening.hits import Hit, Kind, Strength
from schoolgate.screening.lone_firsts import lone_firsts
from schoolgate.screening.names import Listed, NameIndex
from schoolgate.screening.naming import Naming, naming
from schoolgate.screening.over_texts import names_over
from schoolgate.screening.read_in_pictures import names_read
from schoolgate.screening.screen import Screened, lets_strangers_in, of_one_child, screen
from schoolgate.screening.taken_over import agrees, taken_over

__all__ = [
    "Advice",
    "Hit",
    "Kind",
    "Listed",
    "NameIndex",
    "Naming",
    "Screened",
    "Strength",
    "agrees",
    "is_ordinary_word",
    "lets_strangers_in",
    "lone_firsts",
    "names_over",
    "names_read",
    "naming",
    "of_one_child",
    "screen",
    "taken_over",
]
