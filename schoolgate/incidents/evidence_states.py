"""Kinds of evidence, and the states of a capture."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_FILE = 100_000_000
"""Bytes of one file."""
MOST_MATTER = 500_000_000
"""Bytes of all files of one concern."""


class EvidenceKind(TextChoices):
    """What kind of evidence it is."""

    FILE = "file", _("File")
    PAGE = "page", _("Public page")
    TEXT = "text", _("Quotation")
    INTERVIEW = "interview", _("Interview")


class Part(TextChoices):
    """Which file of a piece of evidence it is."""

    FILE = "file", _("File")
    HTML = "html", _("The page as it arrived (HTML)")
    ANSWERS = "answers", _("Addresses, times and headers of the website’s replies")
    PICTURE = "picture", _("Picture of the whole page")
    PDF = "pdf", _("The page as a PDF")


class Agreed(TextChoices):
    """Whether the person agrees with what was written down of an interview."""

    YES = "yes", pgettext_lazy("they agree", "Yes")
    NO = "no", pgettext_lazy("they disagree", "No")
    NOT_YET = "not_yet", _("Not yet")


class CaptureState(TextChoices):
    """Whether a page that is to be fetched was."""

    ASKED = "asked", _("Waiting to be fetched")
    FETCHING = "fetching", _("Being fetched")
    KEPT = "kept", _("Saved")
    FAILED = "failed", _("Not saved")


CAPTURE_MOVES: Mapping[CaptureState, frozenset[CaptureState]] = {
    CaptureState.ASKED: frozenset({CaptureState.FETCHING}),
    CaptureState.FETCHING: frozenset({CaptureState.ASKED, CaptureState.KEPT, CaptureState.FAILED}),
}
