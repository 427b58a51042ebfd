"""Profile checks in words: who did them, when, and why a question is asked again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from schoolgate.accounts.opening_facts import Answered
from schoolgate.web.frame.times import instant_in_words


def stands_in_words(one: Answered) -> str:
    """Return who answered and when, or why the answer no longer counts. Empty without an answer."""
    if one.seen is None:
        return ""
    if one.stands:
        when = instant_in_words(one.seen.at)
        if one.seen.by is None:
            return _("Read by Schoolgate on its page, {when}.").format(when=when)
        return _("Recorded by {name}, {when}.").format(name=one.seen.by.name, when=when)
    return {
        "question": _("The question has changed since it was answered. Please check again."),
        "page": _("The account has a new address. Please check again."),
        "profile": _("Its page has changed since it was checked. Please check again."),
    }[one.why_not]


def answer_in_words(one: Answered) -> str:
    """The answer that counts, as a page shows it; a dash where there is none."""
    if one.value is None:
        return "–"
    if one.question.type == "yes_no":
        return _("Yes") if one.value else _("No")
    return str(dict(one.question.options).get(one.value, one.value))
