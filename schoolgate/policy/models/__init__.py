"""Rows of the policy in force and of the decisions made with it."""

from schoolgate.policy.models.decisions import ClauseWording, Kept, KeptFacts
from schoolgate.policy.models.sayings import Attestation, Choice, Ruling
from schoolgate.policy.models.versions import (
    PackText,
    PolicyVersion,
    Reading,
    ReadingDraft,
    Review,
    Suggestion,
)

__all__ = [
    "Attestation",
    "Choice",
    "ClauseWording",
    "Kept",
    "KeptFacts",
    "PackText",
    "PolicyVersion",
    "Reading",
    "ReadingDraft",
    "Review",
    "Ruling",
    "Suggestion",
]
