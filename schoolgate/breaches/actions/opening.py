"""Record a breach, and read one."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.breaches.actions.keeping import (
    ask,
    check_order,
    follow,
    let_read,
    step,
)
from schoolgate.breaches.details import LONGEST
from schoolgate.breaches.facts import STATUS, answer, due_at
from schoolgate.breaches.models import Breach
from schoolgate.breaches.rules import check_looks_after, check_may_see
from schoolgate.breaches.states import BreachState, StepKind
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.codes import LETTERS
from schoolgate.core.errors import NotFound
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.sealed_words import check_words
from schoolgate.core.subjects import subject_of
from schoolgate.incidents.models import Report
from schoolgate.incidents.rules import may_see as may_see_report
from schoolgate.people.models import Person
from schoolgate.people.outside import take_in
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import post_for

FUTURE = _("This is in the future. Enter when it was.")


@action
def open_breach(
    *,
    by: Person,
    at: datetime,
    what: str,
    aware_at: datetime,
    happened_at: datetime | None = None,
    school: School | None = None,
    report: Report | None = None,
    post: Post | None = None,
) -> Breach:
    """Record a personal data breach and start its 72 hours. The people who deal with breaches are asked; none
    that its words may be about.

    Args:
        what: what happened; sealed.
        aware_at: when the school became aware of it.
        report: the concern it comes from, for those who may know of it; one already recorded is returned.
        post: the post that showed the data.

    Raises NotFound (report, post), NotAllowed, BadInput (what, aware, happened).
    """
    on = local_day(at)
    if report is not None:
        if not Report.objects.filter(may_see_report(by, on), pk=report.pk).exists():
            raise NotFound
        if (before := Breach.objects.filter(report=report).first()) is not None:
            check_may_see(by, before, on=on)
            return before
        school = report.school or school
    else:
        if post is not None:
            school = post_for(by, post.pk, on=on).school
        check_looks_after(by, on=on, school=school)
    text = check_words(what=(what, _("Say what happened.")), longest=LONGEST)["what"]
    check_order(aware_at, at, "aware", FUTURE)
    check_order(happened_at, aware_at, "happened", _("This is later than when you became aware of it."))
    breach = Breach.objects.create(
        reference="B-" + "".join(secrets.choice(LETTERS) for _number in range(6)),
        school=school,
        report=report,
        thing=subject_of(post) if post is not None else report.thing if report is not None else "",
        recorded_at=at,
        happened_at=happened_at,
        aware_at=aware_at,
        due_at=due_at(by.federation, aware_at),
        written=["what"],
        state_at=at,
    )
    if report is None:
        take_in(breach, text, at=at, federation=by.federation, school=school)
    let_read(breach, by, at)
    step(breach, StepKind.OPENED, at=at, by=by, person=by, words={"details": {"what": text}})
    follow(breach, "breach.opened", by=by, at=at)
    return breach


@action
def read_breach(*, breach: Breach, by: Person, at: datetime) -> Breach:
    """Open a breach for a person who may know of it, and record that they read it. Raises NotFound."""
    check_may_see(by, breach, on=local_day(at))
    let_read(breach, by, at)
    record("breach.read", subject=breach, at=at, actor=by)
    return breach


@action
def ask_again(*, at: datetime) -> int:
    """Ask those who deal with each open breach now: others where one has left, lost a role or got one. Return
    how many breaches are open."""
    rows = list(Breach.objects.filter(state=BreachState.OPEN).select_related("school").order_by("pk"))
    for breach in rows:
        ask(breach, answer(breach, STATUS, at=at), None, by=None, at=at)
    return len(rows)
