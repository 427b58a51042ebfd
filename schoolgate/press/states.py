"""States of an enquiry, and the choices of its forms."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EnquiryState(TextChoices):
    """The status of an enquiry."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


ENQUIRY_MOVES: Mapping[EnquiryState, frozenset[EnquiryState]] = {
    EnquiryState.OPEN: frozenset({EnquiryState.CLOSED}),
    EnquiryState.CLOSED: frozenset({EnquiryState.OPEN}),
}


class How(TextChoices):
    """How a journalist got in touch."""

    ITEM = "item", _("In the inbox")
    TELEPHONE = "telephone", _("By telephone")
    EMAIL = "email", _("By email")
    LETTER = "letter", _("By letter")
    IN_PERSON = "in_person", _("In person")
    FOUND = "found", _("Found by a saved search")


BY_HAND = tuple(how for how in How if how not in (How.ITEM, How.FOUND))


class Released(TextChoices):
    """How a statement was given."""

    TELEPHONE = "telephone", _("Read out by telephone")
    EMAIL = "email", _("Sent by email")
    IN_PERSON = "in_person", _("Read out in person")
    REPLY = "reply", _("As a reply")


RELEASED_BY_HAND = tuple(how for how in Released if how is not Released.REPLY)


class Outcome(TextChoices):
    """How an enquiry ended."""

    REPORTED = "reported", _("They reported on it")
    ANSWERED = "answered", _("Answered, and nothing reported so far")
    DROPPED = "dropped", _("They no longer needed an answer")
    DECLINED = "declined", _("We gave no statement")
    NOT_PRESS = "not_press", _("It wasn’t from the press")


class StepKind(TextChoices):
    """What happened with an enquiry."""

    KEPT = "kept", _("Recorded")
    SAID = "said", _("Question answered")
    PASSED = "passed", _("Passed on")
    WENT_TO = "went_to", _("Sent to the people who answer here")
    UNHELD = "unheld", _("Couldn’t be passed on: no one has the role")
    HOLDING = "holding", _("Holding line given")
    DRAFTED = "drafted", _("Statement written")
    ASKED = "asked", _("Approval requested")
    RELEASED = "released", _("Statement given")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")
