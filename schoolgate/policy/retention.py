"""What people answered when the policy was asked: what is due, and how it is destroyed.

The decision itself stays: its outcome, its clauses, and a digest whose salt goes with the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.retention import (
    NO_SOURCE,
    NUMBERED,
    SIX_YEARS,
    Area,
    Declared,
    Kind,
    Part,
    Public,
    Row,
    needed,
    still_about,
    subjects_needed,
    unless_empty,
)
from schoolgate.core.subjects import number_of
from schoolgate.policy.models import (
    DECIDED_ON,
    STILL_ASKED,
    AskedState,
    DecisionFacts,
    DecisionRecord,
    Lesson,
    PaperAnswer,
    PermissionAsked,
    PermissionWord,
    Practice,
    PracticeKind,
    RulingAsked,
    Suggestion,
    SuggestionState,
)
from schoolgate.policy.reviewing import ENDS

DECISION = "policy.decisionrecord:"
"""The answers that decisions about a thing were based on, for kinds of which they go with the thing."""


class AskedOfThePolicy(Kind):
    """The facts that decisions were given."""

    key, number, endings = "asked", 3, ("asked_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Answers that decisions were based on")
    thing = _("Decision")
    counted = _("From the day of the decision.")
    goes = _(
        "What people answered, and what Schoolgate knew of the post, comment or account when it decided."
    )
    stays = _("The decision: who asked, when, what the policy answered, and the clauses as worded then.")
    because = format_lazy(
        "{} {}", SIX_YEARS,
        _("For a child, ask for legal advice: their time to claim starts at 18 (section 28)."),
    )  # fmt: skip
    first = _("Try again in a minute: someone is working with it.")

    def due(self, before: datetime, *, at: datetime) -> QuerySet[DecisionFacts]:
        """Return the facts of the decisions before that instant."""
        rows = DecisionFacts.objects.filter(kept__at__lt=before)
        return rows.annotate(since=F("kept__at")).order_by("kept__at", "pk")

    def rows_of(self, pk: int) -> QuerySet[DecisionFacts]:
        """Return the facts of the decision."""
        return DecisionFacts.objects.filter(kept=pk)

    def unheld(self, rows: QuerySet[DecisionFacts], held: Sequence[str]) -> QuerySet[DecisionFacts]:
        """Leave out what a hold on the decision keeps, or one on the thing that it is about."""
        numbers = [number_of(one) for one in held if one.startswith(DECISION)]
        return rows.exclude(kept__in=numbers).exclude(kept__subject__in=list(held))

    def subject_of(self, pk: int) -> str:
        """Return the name of a decision whose answers are still here."""
        if not DecisionRecord.objects.filter(pk=pk, facts_row__isnull=False).exists():
            raise NotFound(
                _("There is no decision with this number, or its answers have been destroyed."),
                _("Check the number on the decision’s page."),
            )
        return f"{DECISION}{pk}"

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Lock them; return those that another transaction has at this moment."""
        free = DecisionFacts.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk__in=pks)
        return set(pks) - set(free.values_list("pk", flat=True))

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Delete the facts with their salts."""
        DecisionFacts.objects.filter(pk__in=pks).delete()
        return []


# What people asked, suggested, noted and signed about the policy, once it is over: what is due, and how it
# goes.
# Their rows stay: who asked and answered, and when. Rulings, reviews and the policy's texts stay on
# purpose.


PERSON = "people.person:"


class PermissionsAsked(Declared):
    """Requests for a permission that were answered, or are no longer needed."""

    key, number, endings = "permissions", 29, ("permission_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Permission requests")
    thing = _("Request for permission")
    counted = _("From the day it was answered or no longer needed.")
    goes = _(
        "The text the permission was for, the questions and replies, and the answers that "
        "decisions were based on."
    )
    stays = _("The post or comment it was for, who answered what, and the permission itself.")
    because = SIX_YEARS
    first = _("Answer it, and finish every task about it and about its post or comment.")
    row = Row(
        PermissionAsked,
        over=~Q(state__in=STILL_ASKED),
        since="state_at",
        empties={
            "words": unless_empty("words"), "text": unless_empty("text"), "answer": unless_empty("answer"),
        },
        parts=(Part(PermissionWord, "asked", {"words": "-"}), DECIDED_ON),
    )  # fmt: skip

    def unheld(self, rows: QuerySet[PermissionAsked], held: Sequence[str]) -> QuerySet[PermissionAsked]:
        """Leave out what a ban on the request, or on what it was asked for, keeps."""
        return super().unheld(rows, held).exclude(about__in=list(held))

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Keep it while something open is about what it was asked for, too."""
        kept = super().still_needed(pks)
        about = dict(PermissionAsked.objects.filter(pk__in=set(pks) - kept).values_list("pk", "about"))
        needed = subjects_needed(sorted(set(about.values())))
        return kept | {pk for pk, name in about.items() if name in needed}


class QuestionsAsked(Declared):
    """Questions for a ruling that were answered."""

    key, number, endings = "questions", 30, ("question_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Questions for a ruling")
    thing = _("Question for a ruling")
    counted = _("From the day it was answered.")
    goes = _("The question, the asker’s answers, the reply, and the answers that decisions were based on.")
    stays = _("The point of the policy in question, who answered, and the ruling itself.")
    because = SIX_YEARS
    first = _("Answer it, and finish every task about it.")
    row = Row(
        RulingAsked,
        over=~Q(state=AskedState.OPEN),
        since="state_at",
        empties={"answers": {}, "words": "-", "answer": unless_empty("answer")},
        parts=(DECIDED_ON,),
    )


class Suggestions(Declared):
    """Suggested changes to the policy that were answered."""

    key, number, endings = "suggestions", 31, ("suggestion_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Policy suggestions")
    thing = _("Policy suggestion")
    counted = _("From the day it was answered.")
    goes = _("What was suggested, and the reply.")
    stays = _("The clause it was about, its dates and outcome, and who answered.")
    because = NO_SOURCE
    first = _("Answer it, and finish every task about it.")
    row = Row(
        Suggestion,
        over=~Q(state=SuggestionState.OPEN),
        since="state_at",
        empties={"words": "-", "answer": unless_empty("answer")},
    )


class PracticeNotes(Declared):
    """Notes on how the policy works."""

    key, number, endings = "practice", 32, ("practice_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Notes on how the policy works")
    thing = _("Note on how the policy works")
    counted = _("From the day it was ended; without one, from its last day or its date.")
    goes = _(
        "What was noted, recommended and done, where the paperwork is, and the answers that "
        "decisions were based on."
    )
    stays = _("The note’s kind, dates and figures, and who made and ended it.")
    because = NO_SOURCE
    first = _("Record its outcome, and finish every task about it.")
    row = Row(
        Practice,
        over=~Q(kind__in=ENDS)
        | Q(ended_on__isnull=False)
        | Q(kind=PracticeKind.DELEGATION, due__isnull=False),
        since=("ended_on", "due", "on"),
        empties={
            "words": "-", "advice": unless_empty("advice"), "reference": unless_empty("reference"),
            "outcome": unless_empty("outcome"),
        },
        parts=(DECIDED_ON,),
    )  # fmt: skip

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Practice]:
        """Leave out what counts today: a delegation, or a look that is to be repeated."""
        return super().due(before, at=at).exclude(ended_on=None, due__gte=local_day(at))


class Lessons(Declared):
    """Lessons and talks that were held or taken off."""

    key, number, endings = "lessons", 33, ("lesson_period",)
    area = Area.PEOPLE
    public = Public.NOWHERE
    name = _("Lessons and talks")
    thing = _("Lesson or talk")
    counted = _("From the day it took place or was cancelled.")
    goes = _("What it was about, and for which class or year group.")
    stays = _(
        "Whether it was a lesson or talk, for pupils or parents, its term and day, who held "
        "it, and how many came."
    )
    because = NO_SOURCE
    first = _("Record that it took place, or cancel it.")
    row = Row(
        Lesson,
        over=Q(held_on__isnull=False) | Q(off_at__isnull=False),
        since=("held_on", "off_at"),
        empties={"words": NUMBERED, "group": unless_empty("group")},
    )


class PapersOfLeavers(Declared):
    """Scans of what people signed on paper, once they have left."""

    key, number, endings = "papers", 34, ("paper_period",)
    area = Area.PEOPLE
    public = Public.NOWHERE
    name = _("Signed papers of people who have left")
    thing = _("Signed paper")
    counted = _("From the day the person left.")
    goes = _("The scan of the paper.")
    stays = _("Who signed what, on which day, and who entered it.")
    because = SIX_YEARS
    first = _("Record that the person has left, and finish every task and concern about them.")
    row = Row(
        PaperAnswer,
        over=Q(attestation__about_person__left_on__isnull=False) & ~Q(scan=""),
        since=("attestation__about_person__left_on",),
        empties={"scan": "", "scan_type": ""},
        files=("scan",),
    )

    def due(self, before: datetime, *, at: datetime) -> QuerySet[PaperAnswer]:
        """Leave out those of people who leave later."""
        return super().due(before, at=at).filter(attestation__about_person__left_on__lte=local_day(at))

    def unheld(self, rows: QuerySet[PaperAnswer], held: Sequence[str]) -> QuerySet[PaperAnswer]:
        """Leave out what a ban on the paper, or on the person who signed it, keeps."""
        people = [number_of(one) for one in held if one.startswith(PERSON)]
        return super().unheld(rows, held).exclude(attestation__about_person__in=people)

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Keep it while something open is about the person, or about what they confirmed with it, too."""
        kept = super().still_needed(pks)
        rows = PaperAnswer.objects.filter(pk__in=set(pks) - kept)
        of = {
            pk: (said, who)
            for pk, said, who in rows.values_list("pk", "attestation", "attestation__about_person")
        }
        people = needed("people", sorted({who for _said, who in of.values()}))
        said = still_about("policy.attestation", {one for one, _who in of.values()})
        return kept | {pk for pk, (one, who) in of.items() if one in said or who in people}
