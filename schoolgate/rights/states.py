"""Kinds of requests about data, how who asks was checked, why the clock waits, and outcomes."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    WAITS = "waits", _("Clock stopped")
    RUNS = "runs", _("Clock restarted")
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
