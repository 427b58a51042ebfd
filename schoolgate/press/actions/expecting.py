"""Note that attention of the press is expected, and end that."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.press import rules
from schoolgate.press.facts import expected_facts
from schoolgate.press.models import Expectation

FURTHEST = timedelta(days=365)


@action
def expect_attention(
    *, by: Person, at: datetime, about: str, until: date | None, line: str = "", school: School | None = None
) -> Expectation:
    """Note what the press may call about, until when, and the line agreed. Raises NotAllowed, BadInput,
    Refused."""
    on = local_day(at)
    rules.check_notes_expected(by, on=on)
    wrong = {}
    if not about.strip() or len(about.strip()) > 200:
        wrong["about"] = _("Write what they may call about, up to 200 characters.")
    if len(line) > 2000:
        wrong["line"] = _("Write up to 2,000 characters.")
    if until is None or not on <= until <= on + FURTHEST:
        wrong["until"] = _("Choose today or a later day, at most a year ahead.")
    if wrong or until is None:
        raise BadInput(wrong)
    check_leaving(
        Door.AGREED_LINE, {"about": about, "line": line}, about=school or by.federation, by=by, at=at,
        school=school,
    )  # fmt: skip
    row = Expectation(
        pk=reserve(Expectation, 1)[0], school=school, about=about.strip(), line=line.strip(), until=until,
        by=by, at=at,
    )  # fmt: skip
    kept = record_decision("media.expected", expected_facts(row, at=at), at=at, by=by, subject=row)
    require(kept)
    row.decision = kept
    row.save(force_insert=True)
    record("expectation.noted", subject=row, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return row


@action
def end_expectation(*, by: Person, at: datetime, expectation: Expectation) -> Expectation:
    """End it before its day. Raises NotAllowed, NotNow (ended already)."""
    rules.check_notes_expected(by, on=local_day(at))
    changed = Expectation.objects.filter(pk=expectation.pk, ended_at=None).update(ended_at=at, ended_by=by)
    if not changed:
        raise done_before(
            expectation,
            _("This has ended already."),
            _("Open the list again."),
            ended_at__isnull=False,
        )
    record("expectation.ended", subject=expectation, at=at, actor=by)
    return expectation
