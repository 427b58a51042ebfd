"""Answer the person who reported a concern: with Schoolgate's own kind words alone, behind their code."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.incidents.actions.handling import check_may_see
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.actions.letting_in import let_in
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.rules import check_has_it
from schoolgate.incidents.states import KindWord, StepKind
from schoolgate.people.models import Person

MOST_ANSWERS = 20


@action
def answer_reporter(*, report: Report, by: Person, at: datetime, word: str) -> Step:
    """Answer the person who reported a concern. They read it where they check on it: with their code, or
    signed in. Nothing is sent, so no one at home reads it in a mailbox. The words are a closed list without a
    place for others: what an adult here wants to say to one pupil goes by no door of this program.

    Raises NotFound, NotAllowed, NotNow once very much was answered, BadInput (word)."""
    check_may_see(report, by, at)
    check_has_it(by, report, on=local_day(at))
    if word not in KindWord.values:
        raise BadInput({"word": _("Choose what to say")})
    if report.steps.filter(kind=StepKind.ANSWERED).count() >= MOST_ANSWERS:
        raise NotNow(
            _("You’ve answered 20 times here, and no more is possible."), _("Talk to the child at school.")
        )
    let_in(report, by, at=at)
    row = step(report, StepKind.ANSWERED, at=at, by=by, body=word)
    record("report.answered", subject=report, at=at, actor=by, word=word)
    return row
