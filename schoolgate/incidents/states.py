"""States of a report and their allowed transitions."""

from collections.abc import Mapping
from typing import get_args

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schoolgate.rulebook.situations.incident import Body

BODIES: tuple[str, ...] = get_args(Body)
"""The outside bodies that can be told, in the words of facts."""


class ReportState(TextChoices):
    """The status of a report."""

    REPORTED = "reported", _("Not being dealt with yet")
    TAKEN = "taken", _("Being dealt with")
    HANDED_ON = "handed_on", _("Passed on, not being dealt with yet")
    CLOSING = "closing", _("Waiting for a second person to close it")
    CLOSED = "closed", _("Closed")
    NOT_FOR_US = "not_for_us", _("We can’t deal with it")


REPORT_MOVES: Mapping[ReportState, frozenset[ReportState]] = {
    ReportState.REPORTED: frozenset({ReportState.TAKEN}),
    ReportState.TAKEN: frozenset(
        {ReportState.HANDED_ON, ReportState.CLOSING, ReportState.CLOSED, ReportState.NOT_FOR_US}
    ),
    ReportState.HANDED_ON: frozenset({ReportState.TAKEN}),
    ReportState.CLOSING: frozenset({ReportState.CLOSED, ReportState.NOT_FOR_US, ReportState.TAKEN}),
    ReportState.CLOSED: frozenset({ReportState.TAKEN}),
    ReportState.NOT_FOR_US: frozenset({ReportState.TAKEN}),
}
WAITS = (ReportState.REPORTED, ReportState.HANDED_ON)
"""No one has taken it."""
ENDED = (ReportState.CLOSED, ReportState.NOT_FOR_US)
"""Nothing more is done, unless it is opened again."""


class Danger(TextChoices):
    """Whether someone is in danger now, according to the reporter."""

    YES = "yes", pgettext_lazy("there is somebody", "Yes")
    NO = "no", pgettext_lazy("there is nobody", "No")
    UNKNOWN = "unknown", _("I’m not sure")


class Whose(TextChoices):
    """By which rule a person was told."""

    POLICY = "policy", _("The policy names these people")
    LAW = "law", _("The law asks for it")
    HOUSE = "house", _("Schoolgate’s own rule")
    CHOSEN = "chosen", _("Your federation’s choice")


class StepKind(TextChoices):
    """What was done with a report."""

    REPORTED = "reported", _("Reported")
    TOLD = "told", _("Told")
    NO_LEAD = "no_lead", _("No safeguarding lead could be told, so the next people were told")
    WENT_UP = "went_up", _("No one was dealing with it, so we told")
    TAKEN = "taken", _("Being dealt with")
    HANDED_ON = "handed_on", _("Passed to")
    NOTED = "noted", _("Note added")
    ASSESSED = "assessed", _("Assessed")
    INVESTIGATED = "investigated", _("Investigation updated")
    JUDGED = "judged", _("Conduct judged")
    USED = "used", _("Use of equipment judged")
    SYSTEMS = "systems", _("Use of systems judged")
    WEIGHED = "weighed", _("Private use at work judged")
    APPROACHED = "approached", _("Parent approached")
    CONCLUDED = "concluded", _("Outcome saved")
    BODY_TOLD = "body_told", _("Outside body told")
    AUTHORITY = "authority", _("What the local authority said")
    ANSWERED = "answered", _("Answered the person who reported it")
    RESTRICTED = "restricted", _("Restricted to the leads")
    GIVEN_BACK = "given_back", _("No longer restricted to safeguarding leads")
    CLOSING = "closing", _("Asked a second person to close it")
    CLOSED = "closed", _("Closed")
    SENT_BACK = "sent_back", _("Not closed: changes requested")
    REOPENED = "reopened", _("Opened again")
    ADDED = "added", _("Added by the person who reported it")
    ENDED = "ended", _("We can’t deal with it")
    EVIDENCE = "evidence", _("Evidence added")
    STOPPED = "stopped", _("Stopped: may show a sexual picture of a child")
    LIFTED = "lifted", _("Stop on pictures lifted")
    MAY_KNOW = "may_know", _("May know about the concern, because it isn’t about them")
    HARMED = "harmed", _("Said to have been hurt or threatened")
    ALARM = "alarm", _("No one was dealing with it and someone is in danger, so we told")
    UNFINISHED = "unfinished", _("Not finished in time, so we asked the safeguarding leads")
    LEFT = "left", _("Left the school")
    NAMED = "named", _("Named in added information, so access was removed from")
    GLASS = "glass", _("Opened by two people, with")
    GLASS_ENDED = "glass_ended", _("Access ended for")
    PASSED = "passed", _("Passed to the safeguarding lead’s own system")
    CONTAINING = "containing", _("Began")
    CONTAINED = "contained", _("Done")


class AuthorityWord(TextChoices):
    """What the local authority says about a concern about a person who works with children. The last four are
    the outcomes of *Keeping children safe in education* and of the *Wales Safeguarding Procedures*; only
    England's guidance has `FALSE`."""

    ADVICE = "advice", _("Advice only: the school deals with it")
    STRATEGY = "strategy", _("Strategy meeting or discussion: wait for its outcome")
    NO_FURTHER = "no_further", _("No further action")
    SUBSTANTIATED = "substantiated", _("Outcome: substantiated")
    UNSUBSTANTIATED = "unsubstantiated", _("Outcome: unsubstantiated")
    UNFOUNDED = "unfounded", _("Outcome: unfounded")
    FALSE = "false", _("Outcome: false")
    MALICIOUS = "malicious", _("Outcome: malicious, or deliberately invented")


class KindWord(TextChoices):
    """The words with which a reporter can be answered behind their code. They are Schoolgate's own, whole and
    the same for everyone: nothing can be added, so no one can draw a child aside with them."""

    READ = "read", _("We’ve read what you told us. You did the right thing. It’s not your fault.")
    SHARED = (
        "shared",
        _("We can’t keep it secret. We told only the people whose job is to keep children safe."),
    )
    SOON = (
        "soon",
        _("An adult who keeps children safe will talk to you at school. You can bring someone you trust."),
    )
    MORE = "more", _("Can you tell us more? Write what you remember in the box on this page.")
    DONE = "done", _("We’ve done what we can for now. Write to us here if anything changes.")


class Containment(TextChoices):
    """What can be done at once from the page of a concern with what it is about."""

    TAKE_DOWN = "take_down", _("Take down the post")
    HIDE = "hide", _("Hide the comment")
    STOP = "stop", _("Stop all posting")
    KEYS = "keys", _("Have the account’s passwords changed")


class OpeningState(TextChoices):
    """The state of a request to open a concern by two people."""

    ASKED = "asked", _("Waiting for a second person")
    AGREED = "agreed", _("Opened")
    NOT_OPENED = "not_opened", _("Not opened")
    ENDED = "ended", _("Access ended")


OPENING_MOVES: Mapping[OpeningState, frozenset[OpeningState]] = {
    OpeningState.ASKED: frozenset({OpeningState.AGREED, OpeningState.NOT_OPENED}),
    OpeningState.AGREED: frozenset({OpeningState.ENDED}),
    OpeningState.NOT_OPENED: frozenset(),
    OpeningState.ENDED: frozenset(),
}

LETS_IN = (StepKind.TOLD, StepKind.WENT_UP, StepKind.HANDED_ON, StepKind.CLOSING)
"""Steps that give access to the report: being told, a handover, and being asked to close it."""
