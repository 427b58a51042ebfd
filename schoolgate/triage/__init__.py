"""Puts what the public writes into the order in which people should read it.

Pure: it imports neither Django nor a room other than screening, and reads nothing but its own packaged
tables. It ranks. It never hides, answers or decides, and none of its answers means that a comment is safe.
"""

from schoolgate.triage.conversations import MINUTES, PileOn, Written, before_each, pile_on, turns_sour
from schoolgate.triage.lanes import ORDER, URGENT, Lane, Language, Ranked, Reason, rank_of, tells_now
from schoolgate.triage.lists import Lists, kinds, lists_with, packaged
from schoolgate.triage.masking import masked
from schoolgate.triage.ranking import drawn_aside, may_not_be_named, names_in, triage

__all__ = [
    "MINUTES",
    "ORDER",
    "URGENT",
    "Lane",
    "Language",
    "Lists",
    "PileOn",
    "Ranked",
    "Reason",
    "Written",
    "before_each",
    "drawn_aside",
    "kinds",
    "lists_with",
    "masked",
    "may_not_be_named",
    "names_in",
    "packaged",
    "pile_on",
    "rank_of",
    "tells_now",
    "triage",
    "turns_sour",
]
