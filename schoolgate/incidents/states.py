"""States of a report and their allowed transitions."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

UP_AFTER = timedelta(hours=1)
UP_AFTER_IN_DANGER = timedelta(minutes=15)
"""Schoolgate's own rule: a report that no one has taken passes to the next people after this time, by day and
by night. It applies only if the policy gives no time for opening one."""


class ReportState(TextChoices):
    """The status of a report."""

    REPORTED = "reported", _("Not being dealt with yet")
    TAKEN = "taken", _("Being dealt with")
    HANDED_ON = "handed_on", _("Passed on, not being dealt with yet")
    KEPT = "kept", _("Needs further action")
    NOT_FOR_US = "not_for_us", _("Not ours to deal with")


REPORT_MOVES: Mapping[ReportState, frozenset[ReportState]] = {
    ReportState.REPORTED: frozenset({ReportState.TAKEN}),
    ReportState.TAKEN: frozenset({ReportState.HANDED_ON, ReportState.KEPT, ReportState.NOT_FOR_US}),
    ReportState.HANDED_ON: frozenset({ReportState.TAKEN}),
    ReportState.KEPT: frozenset({ReportState.HANDED_ON, ReportState.NOT_FOR_US}),
    ReportState.NOT_FOR_US: frozenset(),
}
WAITS = (ReportState.REPORTED, ReportState.HANDED_ON)
"""No one has taken it."""


class Danger(TextChoices):
    """Whether someone is in danger now, according to the reporter."""

    YES = "yes", pgettext_lazy("there is somebody", "Yes")
    NO = "no", pgettext_lazy("there is nobody", "No")
    UNKNOWN = "unknown", _("I’m not sure")


class Whose(TextChoices):
    """By which rule a person was told."""

    POLICY = "policy", _("The policy names them")
    HOUSE = "house", _("Schoolgate’s own rule")


class StepKind(TextChoices):
    """What was done with a report."""

    REPORTED = "reported", _("Reported")
    TOLD = "told", _("Told")
    WENT_UP = "went_up", _("No one was dealing with it, so we told")
    TAKEN = "taken", _("Being dealt with")
    HANDED_ON = "handed_on", _("Passed to")
    NOTED = "noted", _("Note added")
    ADDED = "added", _("Added by the person who reported it")
    KEPT = "kept", _("Needs further action")
    ENDED = "ended", _("Not ours to deal with")


LETS_IN = (StepKind.TOLD, StepKind.WENT_UP, StepKind.HANDED_ON)
"""Steps that give access to the report: being told, and a handover."""
