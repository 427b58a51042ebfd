"""States of a kept answer and of an answer to the reminder at leaving, and what people give their word on."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnswerState(TextChoices):
    """Whether a kept answer was talked over with the role that the policy names."""

    KEPT = "kept", _("Saved")
    ASKED = "asked", _("Waiting for a conversation")
    TALKED = "talked", _("Conversation recorded")


ANSWER_MOVES: Mapping[AnswerState, frozenset[AnswerState]] = {
    AnswerState.KEPT: frozenset({AnswerState.ASKED}),
    AnswerState.ASKED: frozenset({AnswerState.TALKED}),
    AnswerState.TALKED: frozenset(),
}


GONE = {
    "policy": _("The policy or its interpretation has changed since."),
    "ruling": _("A ruling on this was given or withdrawn since."),
    "permission": _("The permission for this has ended."),
}
"""Why a saved answer is out of date."""


class Confirmed(TextChoices):
    """What a leaver answered to the reminder about confidences."""

    NOT_YET = "not_yet", _("Not answered yet")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")


class Topic(TextChoices):
    """What people are asked to give their word on, about their own accounts."""

    PUPILS = "pupils", _("Pupils")
    FORMER = "former_pupil", _("Former pupils")
    PARENTS = "parent", _("Parents")
    DISCLAIMER = "disclaimer", _("Disclaimer")


class Said(TextChoices):
    """What a person said on a topic: there is none of it, it is as the policy wants, or it isn't."""

    NONE = "none", _("None")
    SHOWN = "shown", _("As the policy asks")
    AGAINST = "against", _("Not as the policy asks")
