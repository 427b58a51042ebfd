"""Rows of the policy in force and of the decisions made with it."""

from schoolgate.policy.models.decisions import ClauseWording, DecisionFacts, DecisionRecord
from schoolgate.policy.models.documents import ClausePassage, PolicyDocument
from schoolgate.policy.models.guides import Guide, GuideVersion, Lesson, ParentsPage
from schoolgate.policy.models.imports import PolicyImport
from schoolgate.policy.models.knowing import (
    Asking,
    Engagement,
    ManagerStep,
    PaperAnswer,
    ReadingLink,
    TrainingPlace,
    TrainingRecord,
    TrainingSession,
    UnderstandingCheck,
)
from schoolgate.policy.models.measured import Measuring, RuleAsked
from schoolgate.policy.models.permitting import PermissionAsked, PermissionWord
from schoolgate.policy.models.practice import Practice
from schoolgate.policy.models.rulings import RulingAsked, RulingEnd
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
    "Asking",
    "Attestation",
    "Choice",
    "ClausePassage",
    "ClauseWording",
    "DecisionFacts",
    "DecisionRecord",
    "Engagement",
    "Guide",
    "GuideVersion",
    "Lesson",
    "ManagerStep",
    "Measuring",
    "PackText",
    "PaperAnswer",
    "ParentsPage",
    "PermissionAsked",
    "PermissionWord",
    "PolicyDocument",
    "PolicyImport",
    "PolicyVersion",
    "Practice",
    "Reading",
    "ReadingDraft",
    "ReadingLink",
    "Review",
    "RuleAsked",
    "Ruling",
    "RulingAsked",
    "RulingEnd",
    "Suggestion",
    "TrainingPlace",
    "TrainingRecord",
    "TrainingSession",
    "UnderstandingCheck",
]
