"""The policy's answer beside something that is to go out, as the strongest that there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.core.errors import Text
from schoolgate.publishing.queries import answer_beside
from schoolgate.rulebook import Decision
from schoolgate.rulebook.answers import answer_of
from schoolgate.web.frame.shown import ShownVerdict
from schoolgate.web.frame.wording import KINDS, answer_in_words, verdict


def strongest(decision: Decision, kept_back: Sequence[Text], *, at: datetime) -> ShownVerdict:
    """Return a decision for the verdict panel: no yes where something else keeps back what it's about.
    `kept_back`: why, in sentences."""
    shown, answer = verdict(decision, at=at), answer_beside(decision, held=bool(kept_back))
    if answer == answer_of(decision):
        return shown
    return replace(
        shown,
        kind=KINDS[answer],
        title=answer_in_words(answer),
        summary=_("The policy allows it, but something else stops it."),
        needs=[*map(str, kept_back), *shown.needs],
    )
