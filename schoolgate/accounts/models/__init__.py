"""Rows of this app, by subject."""

from schoolgate.accounts.models.accounts import Account, Notice, TeamMember
from schoolgate.accounts.models.care import AimResult, Archive, Care, Closing, Evaluation, Look, Offer
from schoolgate.accounts.models.classes import AccountClass
from schoolgate.accounts.models.condition_words import ConditionWord
from schoolgate.accounts.models.contributors import Admission, Circle, Vetting
from schoolgate.accounts.models.found import (
    FoundPage,
)
from schoolgate.accounts.models.handover import Handover
from schoolgate.accounts.models.imported import (
    AccountImport,
    AccountMapping,
    GoingOn,
    ImportedAccount,
    KeysKnownTo,
)
from schoolgate.accounts.models.keys import AccountKey, KeyChange, KeyShown, PaperKey, PaperLine
from schoolgate.accounts.models.opening import Condition, PagePicture, ProfileRead, Seen, TrainingWanted
from schoolgate.accounts.models.proposals import (
    ENDED,
    Proposal,
    ProposalEdition,
    SentBack,
    Signature,
    SignatureVoided,
    Talk,
)
from schoolgate.accounts.models.register import (
    AccountCode,
    AccountMark,
    AssociatedPage,
    Fake,
    FakeNote,
    FormerAddress,
)
from schoolgate.accounts.models.sites import SiteCare, SiteLook, SiteText, SiteWord, Whereabouts
from schoolgate.accounts.models.small import SmallProposal

__all__ = [
    "ENDED",
    "Account",
    "AccountClass",
    "AccountCode",
    "AccountImport",
    "AccountKey",
    "AccountMapping",
    "AccountMark",
    "Admission",
    "AimResult",
    "Archive",
    "AssociatedPage",
    "Care",
    "Circle",
    "Closing",
    "Condition",
    "ConditionWord",
    "Evaluation",
    "Fake",
    "FakeNote",
    "FormerAddress",
    "FoundPage",
    "GoingOn",
    "Handover",
    "ImportedAccount",
    "KeyChange",
    "KeyShown",
    "KeysKnownTo",
    "Look",
    "Notice",
    "Offer",
    "PagePicture",
    "PaperKey",
    "PaperLine",
    "ProfileRead",
    "Proposal",
    "ProposalEdition",
    "Seen",
    "SentBack",
    "Signature",
    "SignatureVoided",
    "SiteCare",
    "SiteLook",
    "SiteText",
    "SiteWord",
    "SmallProposal",
    "Talk",
    "TeamMember",
    "TrainingWanted",
    "Vetting",
    "Whereabouts",
]
