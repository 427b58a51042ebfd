"""Close an enquiry with its outcome, and open it again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.declared_kinds import check_not_destroyed
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge
from schoolgate.people.models import Person
from schoolgate.people.outside import check_read_first
from schoolgate.policy.actions.permitting import end_requests
from schoolgate.press import rules
from schoolgate.press.actions.passing import add_step, pass_it_on
from schoolgate.press.duty_kinds import ENQUIRY, HANDS_OFF, PASS_ON
from schoolgate.press.facts import approved_thing
from schoolgate.press.models import Enquiry
from schoolgate.press.states import ENQUIRY_MOVES, EnquiryState, Outcome, StepKind

LONGEST_WORDS = 1000


@action
def close(*, by: Person, at: datetime, enquiry: Enquiry, outcome: str, words: str = "") -> Enquiry:
    """Close an enquiry with one of `Outcome`. Raises NotFound, NotAllowed (others have it), BadInput, NotNow
    (closed already, or a safeguarding lead reads it first)."""
    rules.check_works_on(by, enquiry, on=local_day(at))
    rules.check_decides(by, enquiry, on=local_day(at))
    if outcome not in Outcome.values:
        raise BadInput({"outcome": _("Choose how it ended.")})
    if len(words) > LONGEST_WORDS:
        raise BadInput({"words": _("Write up to 1,000 characters.")})
    check_read_first(enquiry)
    move(enquiry, to=EnquiryState.CLOSED, moves=ENQUIRY_MOVES, at=at, outcome=outcome)
    discharge(kind=(ENQUIRY, PASS_ON), subject=enquiry, by=by, at=at, how=outcome)
    cancel(kind=HANDS_OFF, subject=enquiry, because="closed", at=at, by=by)
    end_requests(at=at, about=approved_thing(enquiry), by=by)
    add_step(enquiry, StepKind.CLOSED, by=by, at=at, words=words.strip())
    record("enquiry.closed", subject=enquiry, at=at, actor=by, outcome=outcome)
    return enquiry


@action
def reopen(*, by: Person, at: datetime, enquiry: Enquiry) -> Enquiry:
    """Open a closed enquiry again: the same roles get their task back. Raises NotFound, NotAllowed,
    NotNow."""
    if not Enquiry.objects.filter(rules.may_see(by, local_day(at)), pk=enquiry.pk).exists():
        raise NotFound
    rules.check_decides(by, enquiry, on=local_day(at))
    check_not_destroyed(enquiry)
    move(enquiry, to=EnquiryState.OPEN, moves=ENQUIRY_MOVES, at=at, outcome="")
    add_step(enquiry, StepKind.REOPENED, by=by, at=at)
    record("enquiry.reopened", subject=enquiry, at=at, actor=by)
    pass_it_on(enquiry, by=by, at=at, again=True)
    return enquiry
