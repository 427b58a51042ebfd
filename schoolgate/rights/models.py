"""Rows of requests about data: the request and its steps, what was gathered for it, its answers; their
states, and why something may be left out.

What was written is sealed, and so are letter and file. Exemptions are a closed list, each with its place in
the law.

Texts of events about requests about data in the record.

The kinds of tasks about requests about data. Their lines name no one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.disclosure import Why
from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned, School
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.people.models import Person


class Kind(TextChoices):
    """What is asked for."""

    ACCESS = "access", _("Subject access: a copy of their data")
    INFORMATION = "information", _("Freedom of information")
    CORRECTION = "correction", _("Correction of data about them")
    OBJECTION = "objection", _("Objection to how we use data about them")


class Identity(TextChoices):
    """How the office checked who asks. Freedom of information needs no check."""

    KNOWN = "known", _("We know them")
    DOCUMENT = "document", _("We saw a document")
    ACTS_FOR = "acts_for", _("They act for the person, and showed that they may")
    NOT_NEEDED = "not_needed", _("Not needed")
    NOT_YET = "not_yet", _("Not checked yet")


CHECKED = (Identity.KNOWN, Identity.DOCUMENT, Identity.ACTS_FOR)
"""What counts as checked."""


class Waits(TextChoices):
    """Why the clock waits for the person who asks."""

    IDENTITY = "identity", _("Proof of identity")
    CLARIFICATION = "clarification", _("An explanation of what they want")


MAY_WAIT: Mapping[str, frozenset[str]] = {
    Kind.ACCESS: frozenset({Waits.IDENTITY, Waits.CLARIFICATION}),
    Kind.INFORMATION: frozenset({Waits.CLARIFICATION}),
    Kind.CORRECTION: frozenset({Waits.IDENTITY}),
    Kind.OBJECTION: frozenset({Waits.IDENTITY}),
}
"""What the law lets each kind wait for (UK GDPR Art. 12A(2) and (5); FOIA 2000 s.10(6))."""


class Because(TextChoices):
    """Why a request is given two more months (UK GDPR Art. 12A(3))."""

    COMPLEX = "complex", _("The request is complex")
    SEVERAL = "several", _("The person made several requests")


class State(TextChoices):
    """Whether it is still worked on."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Outcome(TextChoices):
    """How a request ended."""

    GIVEN = "given", _("Everything was provided")
    PART = "part", _("Part was provided, the rest withheld")
    NOTHING = "nothing", _("We have nothing")
    CHANGED = "changed", _("The data was corrected")
    STOPPED = "stopped", _("We stopped using the data")
    SOME = "some", _("We agreed to part and refused the rest")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn, or the person no longer replies")
    MISTAKE = "mistake", _("Entered by mistake")


_EITHER = (Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.MISTAKE)
_COPIES = (Outcome.GIVEN, Outcome.PART, Outcome.NOTHING, *_EITHER)
OUTCOMES: Mapping[str, tuple[Outcome, ...]] = {
    Kind.ACCESS: _COPIES,
    Kind.INFORMATION: _COPIES,
    Kind.CORRECTION: (Outcome.CHANGED, Outcome.SOME, *_EITHER),
    Kind.OBJECTION: (Outcome.STOPPED, Outcome.SOME, *_EITHER),
}
"""How a request of each kind can end."""
ANSWERED = (Outcome.GIVEN, Outcome.PART, Outcome.NOTHING)
"""Outcomes that say what was given: they follow from what was decided."""
MENDED = (Outcome.CHANGED, Outcome.STOPPED, Outcome.SOME)
"""Outcomes that say what was done about the data: they follow from what was recorded."""
EXPLAINED = (Outcome.PART, Outcome.SOME, Outcome.REFUSED)
"""Outcomes for which the answer has to give a reason."""


class StepKind(TextChoices):
    """What was done with a request."""

    ENTERED = "entered", _("Entered")
    WAITS = "waits", _("Time limit paused")
    RUNS = "runs", _("Time limit restarted")
    EXTENDED = "extended", _("Extended by two months")
    RETIMED = "retimed", _("Deadline changed with the school’s calendar")
    NOTED = "noted", _("Note added")
    GATHERS = "searching", _("Search started")
    GATHERED = "searched", _("Search finished")
    MENDED = "mended", _("Corrected")
    STOPPED = "stopped", _("Use stopped")
    LEFT = "left", _("Left as it is")
    CLOSED = "closed", _("Closed")


class Thing(TextChoices):
    """What was corrected, or is no longer used."""

    PERSON = "person", _("A person’s entry")
    PUPIL = "pupil", _("A pupil’s entry")
    POST = "post", _("A post")
    PICTURE = "picture", _("A picture or its caption")
    COMMENT = "comment", _("A comment or message")
    OTHER = "other", _("Something else")


MENDS: Mapping[str, StepKind] = {Kind.CORRECTION: StepKind.MENDED, Kind.OBJECTION: StepKind.STOPPED}
"""Kinds that ask for something to be done about data, and the step that says it was."""
GATHERED = (Kind.ACCESS, Kind.INFORMATION)
"""Kinds that are answered with copies."""


class GatheringState(TextChoices):
    """How far a search is."""

    RUNNING = "running", _("Searching")
    DONE = "done", _("Searched")
    STOPPED = "stopped", _("Stopped")


class Decision(TextChoices):
    """What the answer does with something that was found."""

    UNDECIDED = "undecided", _("Not decided")
    GIVEN = "given", _("Give")
    COVERED = "covered", _("Provide with words redacted")
    LEFT_OUT = "left_out", _("Leave out")


class AnswerState(TextChoices):
    """How far an answer is."""

    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not made")
    GONE = "gone", _("Deleted")


class Answer(FederationOwned):
    """One answer: a letter and, once it is made, a sealed file (`core.sealed_files`) with all that is given.

    `done` of `total`: how far a job has come, in pieces. `volumes`: how many PDFs it has beside the letter.
    `digest`: SHA-256 of the file; it stays when the file is gone.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    request = models.ForeignKey("rights.Request", models.PROTECT, related_name="answers")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    language = models.CharField(max_length=2)
    letter_ref = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=AnswerState, default=AnswerState.MAKING)
    state_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    volumes = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "request"],
                condition=Q(state__in=[AnswerState.MAKING, AnswerState.READY]),
                name="rights_one_answer_at_a_time",
            ),
            models.CheckConstraint(
                name="rights_answer_ready_with_file",
                condition=~Q(state=AnswerState.READY) | ~Q(file="") & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


@dataclass(frozen=True)
class Exemption:
    """One reason. `source`: where the law has it; "" where nothing is withheld, because it isn't asked for.
    `weighed`: only if the public interest in leaving it out is greater (FOIA 2000 s.2)."""

    key: str
    kind: str
    name: Promise
    source: str | Promise
    weighed: bool = False


def _dpa(schedule: int, paragraph: int) -> Promise:
    return format_lazy(
        _("DPA 2018 Sch. {schedule} para. {paragraph}"), schedule=schedule, paragraph=paragraph
    )


def _foia(section: int) -> Promise:
    return format_lazy(_("FOIA 2000 s.{section}"), section=section)


_ACCESS, _PUBLIC = Kind.ACCESS.value, Kind.INFORMATION.value
NOT_ASKED = "not_asked"
"""What the search found, and the request isn't about."""
UNSPOKEN = frozenset({"serious_harm", "child_abuse", "health_harm", "social_work", "crime"})
"""Exemptions that a letter leaves out: that they apply may be what does the harm."""
# fmt: off
EXEMPTIONS = (
    Exemption(NOT_ASKED, "", _("Not about this request"), ""),
    Exemption("others", _ACCESS, _("Data of other people"), _dpa(2, 16)),
    Exemption("serious_harm", _ACCESS, _("Serious harm: education data"), _dpa(3, 19)),
    Exemption("child_abuse", _ACCESS, _("Child abuse data"), _dpa(3, 21)),
    Exemption("health_harm", _ACCESS, _("Serious harm: health data"), _dpa(3, 5)),
    Exemption("social_work", _ACCESS, _("Serious harm: social work data"), _dpa(3, 11)),
    Exemption("crime", _ACCESS, _("Crime prevention and detection"), _dpa(2, 2)),
    Exemption("privilege", _ACCESS, _("Legal advice"), _dpa(2, 19)),
    Exemption("planning", _ACCESS, _("Management planning"), _dpa(2, 22)),
    Exemption("negotiating", _ACCESS, _("Negotiations with the person"), _dpa(2, 23)),
    Exemption("reference", _ACCESS, _("Confidential reference"), _dpa(2, 24)),
    Exemption("exams", _ACCESS, _("Exam marks before they are published"), _dpa(2, 25)),
    Exemption("by_law", _ACCESS, _("Another law forbids it: adoption, special needs"), _("DPA 2018 Sch. 4")),
    Exemption("elsewhere", _PUBLIC, _("Available elsewhere"), _foia(21)),
    Exemption("to_publish", _PUBLIC, _("Will be published"), _foia(22), weighed=True),
    Exemption("enforcement", _PUBLIC, _("Law enforcement"), _foia(31), weighed=True),
    Exemption("affairs", _PUBLIC, _("Harm to the conduct of public affairs"), _foia(36), weighed=True),
    Exemption("safety", _PUBLIC, _("Health and safety"), _foia(38), weighed=True),
    Exemption("personal", _PUBLIC, _("Personal data"), _foia(40)),
    Exemption("confidence", _PUBLIC, _("Given in confidence"), _foia(41)),
    Exemption("advice", _PUBLIC, _("Legal advice"), _foia(42), weighed=True),
    Exemption("commercial", _PUBLIC, _("Commercial interests"), _foia(43), weighed=True),
)
# fmt: on
COVERED = {_ACCESS: "others", _PUBLIC: "personal"}
"""Why words are covered: they are other people's."""


def exemptions_for(kind: str) -> list[Exemption]:
    """Return what may be chosen for a kind of request."""
    return [one for one in EXEMPTIONS if one.kind in ("", kind)]


def exemption(key: str) -> Exemption | None:
    """Return one by its key."""
    return next((one for one in EXEMPTIONS if one.key == key), None)


class Gathering(FederationOwned):
    """One search for a request. `sought_ref`: whose data, sealed. `place` and `after`: how far it has come:
    every place before this one is done, and of this one every number up to that."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")

    request = models.ForeignKey("rights.Request", models.PROTECT, related_name="gatherings")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sought_ref = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=GatheringState, default=GatheringState.RUNNING)
    place = models.CharField(max_length=60, blank=True)
    after = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "request"],
                condition=Q(state=GatheringState.RUNNING),
                name="rights_one_gathering_at_a_time",
            ),
            models.CheckConstraint(
                name="rights_gathering_ended",
                condition=Q(state=GatheringState.RUNNING, ended_at=None)
                | ~Q(state=GatheringState.RUNNING) & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"gathering {self.pk}"


class Found(FederationOwned):
    """One thing that was found, and what was decided about it.

    `place`, `number`: where it is (`core.disclosure`). `lead`: only the safeguarding leads read it and decide
    on it. `digest`: of its texts when it was decided: a text that has changed since is undecided again.
    `words_ref`: what the answer says in its stead, sealed, where the leads write it themselves. `meant`: the
    people here that it may be about (`rights.finding`): it's the leads' then, and never these people's.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")

    request = models.ForeignKey("rights.Request", models.PROTECT, related_name="found")
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+")
    place = models.CharField(max_length=60)
    number = models.BigIntegerField()
    why = models.CharField(max_length=8, choices=Why)
    lead = models.BooleanField(default=False)
    meant = ArrayField(models.BigIntegerField(), default=list, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.UNDECIDED)
    exemption = models.CharField(
        max_length=24, choices=[(one.key, one.name) for one in EXEMPTIONS], blank=True
    )
    digest = models.CharField(max_length=64, blank=True)
    words_ref = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "request", "place", "number"], name="rights_found_once"
            ),
            models.CheckConstraint(
                name="rights_found_decided_by_someone",
                condition=Q(decision=Decision.UNDECIDED, by=None, decided_at=None)
                | ~Q(decision=Decision.UNDECIDED) & Q(by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rights_found_left_out_with_reason",
                condition=Q(decision=Decision.LEFT_OUT) & ~Q(exemption="")
                | ~Q(decision=Decision.LEFT_OUT) & Q(exemption=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "request", "lead", "decision", "id"], name="rights_found_order"
            ),
            models.Index(fields=["federation", "place", "number"], name="rights_found_of_thing"),
        ]

    def __str__(self) -> str:
        return f"found {self.place}:{self.number}"


class Covered(FederationOwned):
    """Characters of one text that the answer hides. Never the characters themselves."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    found = models.ForeignKey(Found, models.PROTECT, related_name="covered")
    part = models.CharField(max_length=120)
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rights_covered_something", condition=Q(begins__lt=F("ends"))),
            models.UniqueConstraint(
                fields=["federation", "found", "part", "begins"], name="rights_covered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"covered in found {self.found_id}"


class Request(FederationOwned):
    """One request. `words_ref`: who asks, how to reach them, about which person and for what, sealed.

    `due_on`: None while the clock waits. `guessed_from`: the first day for which no term was entered, where
    the deadline counts every working day from then on as a school day.
    """

    numbered: ClassVar[Promise] = _("Data request {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    kind = models.CharField(max_length=12, choices=Kind)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField()
    identity = models.CharField(max_length=12, choices=Identity)
    words_ref = models.BigIntegerField(null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    guessed_from = models.DateField(null=True)
    extended = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    state_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answered_on = models.DateField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rights_request_closed_with_outcome",
                condition=Q(state=State.OPEN, outcome="", answered_on=None)
                | Q(state=State.CLOSED, answered_on__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="rights_information_is_not_extended",
                condition=Q(extended=False) | ~Q(kind=Kind.INFORMATION),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "state", "due_on", "id"], name="rights_request_by_time"),
            models.Index(fields=["federation", "state", "-id"], name="rights_request_newest"),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class Step(FederationOwned):
    """One step taken with a request. `on`: the day that counts for the clock; `code`: a reason or an outcome;
    `words_ref`: what was written at it, sealed. `by`: None: the program, with a calendar."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    request = models.ForeignKey(Request, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=16, blank=True)
    words_ref = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["federation", "request", "id"], name="rights_step_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} on request {self.request_id}"


declare_events(
    {
        "rights.answer_asked": Event(_("Data request: an answer was requested.")),
        "rights.answer_deleted": Event(_("The file of an answer to a data request was deleted.")),
        "rights.answer_failed": Event(_("An answer to a data request could not be prepared.")),
        "rights.answer_made": Event(_("An answer to a data request was prepared.")),
        "rights.answer_taken": Event(_("An answer to a data request was downloaded.")),
        "rights.closed": Event(_("A data request was closed.")),
        "rights.decided": Event(_("The contents of an answer to a data request were decided.")),
        "rights.entered": Event(_("A data request was entered.")),
        "rights.extended": Event(_("A data request was given two more months.")),
        "rights.found_read": Event(_("Data found for a request was opened.")),
        "rights.gathering_stopped": Event(_("The search for a data request was stopped.")),
        "rights.left": Event(_("After a request, data was left unchanged.")),
        "rights.mended": Event(_("Data was corrected for a request.")),
        "rights.noted": Event(_("A note was added to a data request.")),
        "rights.retimed": Event(_("The deadline of a data request changed with a school’s calendar.")),
        "rights.runs": Event(_("The time limit of a data request was restarted.")),
        "rights.searched": Event(_("The search for a data request finished.")),
        "rights.searched_as_lead": Event(_("Concerns were searched for a data request.")),
        "rights.searching": Event(_("A search for a data request was started.")),
        "rights.stopped": Event(_("The use of data was stopped for a request.")),
        "rights.waits": Event(_("The time limit of a data request was paused.")),
    }
)


HERE = "as=requests&request="
"""How the page of evidence shows one request; its number follows."""

# fmt: off
ANSWER = declare_task("rights.answer", _("Answer a data request"), _("Open request"),
    page="evidence", view=HERE, mail="rights")
LEADS = declare_task("rights.leads", _("Search concerns for a data request"), _("Open review"),
    page="request-safeguarding", mail="rights")
# fmt: on
