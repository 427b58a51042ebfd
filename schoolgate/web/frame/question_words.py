"""The questions of a check of understanding in words: the moment, what is given, and the four answers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import stored_day
from schoolgate.policy.questions import Question
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.messages import CHOICES, QUESTIONS
from schoolgate.web.frame.times import day_in_words

ANSWERS: Mapping[str, str | Promise] = {
    Outcome.PERMITTED: _("Yes, that is allowed"),
    Outcome.NOT_PERMITTED: _("No, the policy doesn’t allow it"),
    Outcome.REFER: _("The policy leaves it open, so someone must give a ruling"),
    Outcome.SILENT: _("The policy says nothing about it"),
}

CODES: Mapping[str, str] = {
    "yes": Outcome.PERMITTED,
    "no": Outcome.NOT_PERMITTED,
    "ruling": Outcome.REFER,
    "nothing": Outcome.SILENT,
}
"""What a form sends for each answer."""

MOMENTS: Mapping[str, str | Promise] = {
    "contact.accept": _("Someone wants to connect with you, or you with them"),
    "image.share": _("Sharing or posting a picture"),
    "image.use": _("Using a picture"),
    "item.remove": _("Removing a comment"),
    "media.enquiry": _("Contact from the press"),
    "message.send": _("Sending a message"),
    "personal.post": _("Writing on your own account"),
    "personal.profile": _("Your own page says who you are"),
    "post.publish": _("Publishing a post on an official account"),
}


def facts_in_words(question: Question) -> list[tuple[str, str]]:
    """Return the facts of a case in words, where there are words: the question and the answer."""
    rows = []
    for name, value in question.facts:
        asked = QUESTIONS.get(f"{question.situation}:{name}")
        answer = _value(question.situation, name, value)
        if asked and answer:
            rows.append((gettext(asked), answer))
    return rows


def _value(situation: str, name: str, value: object) -> str:
    if isinstance(value, bool):
        return gettext(CHOICES["yes" if value else "no"])
    if isinstance(value, list):
        words = [_value(situation, name, one) for one in value]
        return ", ".join(words) if all(words) else ""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) else ""
    found = CHOICES.get(f"{situation}:{name}:{value}") or CHOICES.get(value)
    return gettext(found) if found else _as_day(value)


def _as_day(value: str) -> str:
    try:
        return capfirst(day_in_words(stored_day(value)))
    except ValueError:
        return ""
