"""States and values of policy versions, attestations and rulings."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    """A version binds until the next one is in force; being past its review does not end it."""

    DRAFT = "draft", _("Being prepared")
    ADOPTED = "adopted", _("Adopted, not yet in force")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Replaced by a later version")
    WITHDRAWN = "withdrawn", _("Withdrawn before it came into force")


VERSION_MOVES: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.ADOPTED, VersionState.WITHDRAWN}),
    VersionState.ADOPTED: frozenset({VersionState.IN_FORCE, VersionState.WITHDRAWN}),
    VersionState.IN_FORCE: frozenset({VersionState.SUPERSEDED}),
    VersionState.SUPERSEDED: frozenset(),
    VersionState.WITHDRAWN: frozenset(),
}


class ReviewOutcome(TextChoices):
    """The outcome of a review: short codes, because they are part of the record."""

    KEEP = "keep", _("It stays unchanged")
    CHANGE = "change", _("It needs changing, so a new version will follow")


class SuggestionState(TextChoices):
    """The outcome of a suggestion."""

    OPEN = "open", _("Waiting for an answer")
    TAKEN = "taken", _("Accepted for the next version")
    DECLINED = "declined", _("Not accepted")


SUGGESTION_MOVES: Mapping[SuggestionState, frozenset[SuggestionState]] = {
    SuggestionState.OPEN: frozenset({SuggestionState.TAKEN, SuggestionState.DECLINED}),
    SuggestionState.TAKEN: frozenset(),
    SuggestionState.DECLINED: frozenset(),
}


class Attested(TextChoices):
    """What a person can vouch for by their own sign-in. A closed list: pages know a sentence for each."""

    POLICY_READ = "policy_read", _("has read the policy")
    POLICY_UNDERSTOOD = "policy_understood", _("understands the policy")
    TRAINED = "trained", _("has had suitable training")
    GUIDE_READ = "guide_read", _("has read the guide")
    PROFILE_TEXT = "profile_text", _("the profile says what the policy asks for")
    PICTURE_CHECKED = "picture_checked", _("the picture was checked against the consent list")
    STRONG_REASON = "strong_reason", _("there is a strong reason for the account")
    SUITABILITY = "suitability", _("the post is suitable for its audience")
    CLAUSE_ELSEWHERE = "clause_elsewhere", _("the clause isn’t about this question")


OWN_ONLY = frozenset({Attested.POLICY_READ, Attested.POLICY_UNDERSTOOD})
"""No one can say for another person that they have read or understood."""


class AskedState(TextChoices):
    """The status of what was put to a role: a question for a ruling, or a request for permission."""

    OPEN = "open", _("Waiting for an answer")
    BACK = "back", _("Question asked")
    GIVEN = "given", _("Permission given")
    LAPSED = "lapsed", _("No longer needed")
    RULED = "ruled", _("Answered by a ruling")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("No ruling given")


ASKED_MOVES: Mapping[AskedState, frozenset[AskedState]] = {
    AskedState.OPEN: frozenset({AskedState.RULED, AskedState.ANSWERED, AskedState.DECLINED}),
    AskedState.RULED: frozenset(),
    AskedState.ANSWERED: frozenset(),
    AskedState.DECLINED: frozenset(),
}


PERMISSION_MOVES: Mapping[AskedState, frozenset[AskedState]] = {
    AskedState.OPEN: frozenset({AskedState.BACK, AskedState.GIVEN, AskedState.DECLINED, AskedState.LAPSED}),
    AskedState.BACK: frozenset({AskedState.OPEN, AskedState.LAPSED}),
    AskedState.GIVEN: frozenset(),
    AskedState.DECLINED: frozenset(),
    AskedState.LAPSED: frozenset(),
}
STILL_ASKED = (AskedState.OPEN, AskedState.BACK)
"""A request for permission that has no yes or no so far."""


class Ruled(TextChoices):
    """A ruling's answer where the policy's words leave a question open."""

    PERMITTED = "permitted", _("permitted")
    NOT_PERMITTED = "not_permitted", _("not permitted")


class PracticeKind(TextChoices):
    """What is noted of how the policy works: short codes, because they are part of the record."""

    WATCHED = "watched", _("How it works in practice")
    CHANGE = "change", _("Risk and recommended change")
    DIRECTION = "direction", _("Governors’ direction")
    PLAN = "plan", _("School development plan")
    TASK = "task", _("Putting the policy into practice")
    TRAINING = "training", _("Training evaluation")
    DELEGATION = "delegation", _("Delegation")


class ManagerDid(TextChoices):
    """What a line manager did about someone in their team: short codes, because they are part of the
    record."""

    TOLD = "told", _("I told them what the policy expects")
    SPOKEN = "spoken", _("I spoke to them about conduct below the standard")
    TRAINING = "training", _("I arranged training for them")
    PASSED_ON = "passed_on", _("I passed it on to someone senior")


class GuideFor(TextChoices):
    """The readers that a guide is written for."""

    KS1 = "ks1", _("Pupils in Key Stage 1 (5 to 7)")
    KS2 = "ks2", _("Pupils in Key Stage 2 (7 to 11)")
    KS3 = "ks3", _("Pupils in Key Stage 3 (11 to 14)")
    KS4 = "ks4", _("Pupils in Key Stage 4 and sixth form")
    PARENTS = "parents", _("Parents and carers")
    STAFF = "staff", _("Staff")


class GuideAbout(TextChoices):
    """What a guide is about."""

    BEHAVIOUR = "behaviour", _("Behaviour online")
    HELP = "help", _("Getting help")
    REPORTING = "reporting", _("Reporting a concern")
    PRIVACY = "privacy", _("Privacy settings")
    MISUSE = "misuse", _("Misuse, and what follows")
    IDENTITY = "identity", _("Identity fraud")
    OTHER = "other", _("Something else")


class Programme(TextChoices):
    """A programme of teaching, by its readers; `policy.guides.NAMES` has what the rules call it."""

    PUPIL = "pupil", _("Pupils")
    PARENT = "parent", _("Parents and carers")


class PageState(TextChoices):
    """What the last look at a page for parents found; a page that can't be read proves nothing."""

    NEW = "", _("Not looked at yet")
    THERE = "there", _("Found")
    MISSING = "missing", _("Not there")
    UNREADABLE = "unreadable", _("Couldn’t be read")


class Term(TextChoices):
    """A term of the school year."""

    AUTUMN = "autumn", _("Autumn term")
    SPRING = "spring", _("Spring term")
    SUMMER = "summer", _("Summer term")
