"""Values of requests to follow: what is asked, by what kind of asker, and how it was checked."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AskedFor(TextChoices):
    """What is requested. Each is another question to the policy."""

    FRIEND = "friend", _("To follow it, join it or become its friend")
    CONTRIBUTE = "contribute", _("To write or post on it")
    PLATFORM = "platform", _("To post or comment on the learning platform")


class AskerKind(TextChoices):
    """Kind of asker: a person or an organisation."""

    PERSON = "person", _("A person")
    ORGANISATION = "organisation", _("An organisation")


class AskerIs(TextChoices):
    """The relation of a requester to the school, in the words of the rulebook."""

    PUPIL = "pupil", _("Pupil")
    PARENT = "parent", _("Parent or carer")
    STAFF = "staff", _("Member of staff")
    GOVERNOR = "governor", _("Governor")
    VOLUNTEER = "volunteer", _("Volunteer")
    FRIEND = "friend", _("Member of a Friends group")
    CONTRACTOR = "contractor", _("Contractor or agency")
    OTHER = "other", _("Someone else")


FROM_INSIDE = frozenset({AskerIs.PUPIL, AskerIs.STAFF})
"""People who belong to the school itself; all others contribute from outside."""


class AdmissionState(TextChoices):
    """States of a request to follow, from start to end. A refusal is recorded."""

    WAITING = "waiting", _("Waiting")
    LET_IN = "let_in", _("Approved, not added on the network yet")
    DONE = "done", _("Added on the network")
    REFUSED = "refused", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Deleted")


ADMISSION_MOVES: Mapping[AdmissionState, frozenset[AdmissionState]] = {
    AdmissionState.WAITING: frozenset(
        {AdmissionState.LET_IN, AdmissionState.REFUSED, AdmissionState.WITHDRAWN}
    ),
    AdmissionState.LET_IN: frozenset({AdmissionState.DONE, AdmissionState.ENDED}),
    AdmissionState.DONE: frozenset({AdmissionState.ENDED}),
    AdmissionState.REFUSED: frozenset(),
    AdmissionState.WITHDRAWN: frozenset(),
    AdmissionState.ENDED: frozenset(),
}

IS_OVER = (AdmissionState.REFUSED, AdmissionState.WITHDRAWN, AdmissionState.ENDED)


class HowLooked(TextChoices):
    """How a request was checked. Looking at people's private pages is not among the ways."""

    MET = "met", _("Met them in person")
    SPOKE = "spoke", _("Spoke to them by phone or video")
    VOUCHED = "vouched", _("Asked someone at school who knows them")
    RECORDS = "records", _("Found them in the school’s own records")
    PAPERS = "papers", _("Saw documents or a reference they gave")


class Consent(TextChoices):
    """Whether a responsible adult agreed that a person contributes, where one has to."""

    PARENT = "parent", _("A parent or carer has agreed")
    ADULT = "adult", _("Another responsible adult has agreed")
    MISSING = "missing", _("No one has agreed yet")
    NOT_NEEDED = "not_needed", _("Not needed: an adult who decides for themselves")


class GrownUp(TextChoices):
    """Whether the requester is an adult or a child."""

    ADULT = "adult", _("An adult")
    CHILD = "child", _("A child")
