"""Contain what a concern is about, from its own page.

What is to be done is written first, in a transaction of its own (`begin`); then it is done and written in
one (`contain`). If the server stops in between, the concern says that it was begun and not done. What the
network then does has a handshake of its own."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.keys import ask_for_change
from schoolgate.accounts.models import ChangeReason
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import AlreadyDone, NotNow
from schoolgate.core.events.recording import record
from schoolgate.inbox.actions import moderate
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import Sight
from schoolgate.incidents import things
from schoolgate.incidents.actions.handling import check_may_see
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.containing import account_of, check_may_have_keys_changed, keys_of, ways_to_contain
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.states import Containment, StepKind
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.publishing.rules import stop_everything
from schoolgate.publishing.taking_down import take_down


@action
def begin(*, report: Report, by: Person, at: datetime, how: Containment) -> Step:
    """Write down what is about to be done. Raises NotFound, and NotNow where it can't be done from here by
    this person."""
    check_may_see(report, by, at)
    if how not in ways_to_contain(report, by, on=local_day(at)):
        raise NotNow(
            _("This can’t be done from here any more, or not by you."),
            _("Open it again to see what you can do."),
        )
    return step(report, StepKind.CONTAINING, at=at, by=by, body=how)


@action
def contain(*, report: Report, by: Person, at: datetime, how: Containment, because: str = "") -> Step:
    """Do it as on its own page, with the decision of the policy kept there, and write that it was done.

    `because`: why a comment is hidden, one of `WhyKeptBack`. Nothing says elsewhere that there is a concern.
    Raises NotFound, NotAllowed, NotNow, BadInput, Refused: then nothing was done.
    """
    check_may_see(report, by, at)
    thing = things.by_subject(report.thing) if report.thing else None
    row = thing.row if thing is not None else None
    account = account_of(row)
    if how == Containment.TAKE_DOWN and isinstance(row, Post):
        take_down(by=by, at=at, post=row, reason="safety")
    elif how == Containment.HIDE and isinstance(row, Item):
        moderate(by=by, at=at, item=row, how=Sight.HIDDEN, because=because)
    elif how == Containment.STOP:
        with suppress(AlreadyDone):  # a colleague's stop contains it as well
            stop_everything(by=by, at=at, reason="harm", school=thing.school if thing else report.school)
    elif how == Containment.KEYS and account is not None:
        check_may_have_keys_changed(by, account, on=local_day(at))
        for key in keys_of(account):
            ask_for_change(key, ChangeReason.ASKED, at=at)
    else:
        raise NotNow(
            _("This isn’t possible for this kind of report."), _("Open it again to see what you can do.")
        )
    record("report.contained", subject=report, at=at, actor=by, how=str(how))
    return step(report, StepKind.CONTAINED, at=at, by=by, body=how)
