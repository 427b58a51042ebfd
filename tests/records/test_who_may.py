"""Who may see, set, start and hold; and what is refused with which words."""

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.records import destroying, setting
from schoolgate.records.destroying import check_may_see
from tests.cast import someone
from tests.conftest import recorded
from tests.records.conftest import kind


def period(by, at, **given):
    return setting.set_period(
        **({"by": by, "at": at, "kind": kind(), "months": 24, "reason": "Our schedule", "seen": None} | given)
    )


def test_people_who_oversee_set_start_and_stop(cast, at):
    row = period(cast.sam, at)
    started = setting.start(by=cast.sam, at=at, kind=kind(), months=24, seen=row.pk)
    assert destroying.in_force(kind()).runs
    setting.stop(by=cast.sam, at=at, kind=kind())
    assert not destroying.in_force(kind()).runs
    assert [row.event for row in recorded()[-3:]] == [
        "records.period_set", "records.started", "records.stopped",
    ]  # fmt: skip
    assert (started.months, started.reason) == (24, "Our schedule")


def test_others_do_not(cast, at):
    for attempt in (
        lambda: period(cast.amina, at),
        lambda: setting.start(by=cast.ben, at=at, kind=kind(), months=36, seen=None),
        lambda: destroying.hold_kind(by=cast.amina, at=at, kind=kind(), because="complaint"),
        lambda: check_may_see(cast.amina, on=at.date()),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_who_oversees_one_school_alone_does_not_decide_for_all(cast, at, school):
    gwen = someone("Gwen Governor", "federation-leadership-team", school=school)
    check_may_see(gwen, on=at.date())
    with pytest.raises(NotAllowed):
        period(gwen, at)


def test_another_period_needs_a_reason_and_the_suggested_one_does_not(cast, at):
    with pytest.raises(BadInput) as error:
        period(cast.sam, at, reason="  ")
    assert list(error.value.fields) == ["reason"]
    assert period(cast.sam, at, months=36, reason="").months == 36


@pytest.mark.parametrize("months", [0, -1, 1201])
def test_no_period_is_shorter_than_a_month_or_longer_than_a_hundred_years(cast, at, months):
    with pytest.raises(BadInput) as error:
        period(cast.sam, at, months=months)
    assert "months" in error.value.fields


@pytest.mark.parametrize("months", [1, 1200])
def test_a_month_and_a_hundred_years_are_periods(cast, at, months):
    assert period(cast.sam, at, months=months).months == months


def test_what_is_kept_until_further_notice_cannot_be_started(cast, at):
    row = period(cast.sam, at, months=None)
    with pytest.raises(NotNow):
        setting.start(by=cast.sam, at=at, kind=kind(), months=None, seen=row.pk)


def test_a_hold_needs_a_known_reason_and_only_who_oversees_ends_it(cast, at):
    with pytest.raises(BadInput):
        destroying.hold_kind(by=cast.sam, at=at, kind=kind(), because="because")
    hold = destroying.hold_kind(by=cast.sam, at=at, kind=kind(), because="inquiry")
    assert destroying.in_force(kind()).held
    assert destroying.in_force(kind("photographs")).held
    assert not destroying.in_force(kind("asked")).held
    with pytest.raises(NotAllowed):
        destroying.lift_hold(by=cast.ben, at=at, hold=hold)
    destroying.lift_hold(by=cast.sam, at=at, hold=hold)
    assert not destroying.in_force(kind()).held
