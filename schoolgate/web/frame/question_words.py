"""The questions of a check of understanding in words: the moment, what is given, and the four answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.policy.questions import Question
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.messages import CHOICES, QUESTIONS
from schoolgate.web.frame.times import day_in_words

ANSWERS: Mapping[str, str | Promise] = {
    Outcome.PERMITTED: _("Yes, that is in order"),
    Outcome.NOT_PERMITTED: _("No, the policy does not allow it"),
    Outcome.REFER: _("The policy's words leave it open: somebody has to rule on it"),
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
    "contact.accept": _("Somebody wants to be connected with you, or you with them"),
    "image.share": _("A picture is passed on or put somewhere"),
    "image.use": _("A picture is to be used"),
    "item.remove": _("A comment is to be taken away"),
    "media.enquiry": _("The press gets in touch"),
    "message.send": _("A message is to be sent"),
    "personal.post": _("Something is written on one's own account"),
    "personal.profile": _("A page of one's own says who one is"),
    "post.publish": _("A post is to go out on an official account"),
}


def facts_in_words(question: Question) -> list[tuple[str, str]]:
    """What is given in a case, as far as there are words for it: what would be asked, and the answer."""
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
        return day_in_words(date.fromisoformat(value))
    except ValueError:
        return ""
