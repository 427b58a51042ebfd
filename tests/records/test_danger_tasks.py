"""A comment that may show danger isn't destroyed before a person has read it; its other tasks end with it."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.core.ledger import verify
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due, Duty
from schoolgate.inbox.telling import settle_danger
from schoolgate.records import destroying
from tests.records.conftest import CLOSED, kind

LATER = CLOSED + timedelta(days=4 * 366)


def task(of, item, person):
    open_duty(kind=of, subject=item, at=CLOSED, due=Due.none_promised(), person=person)


def test_a_comment_stays_until_someone_has_read_it_for_danger(cast, closed, started, sweep):
    item = closed()
    task("item.danger", item, cast.ben)
    started()
    assert sweep(LATER) == 0
    with pytest.raises(NotNow, match="still in use"):
        destroying.erase_one(
            by=cast.sam, at=LATER, kind=kind(), pk=item.pk, because="asked", words="Her mother asked."
        )
    settle_danger(by=cast.ben, at=LATER, item=item, words="Only a game.")
    assert sweep(LATER) == 1
    assert not Duty.objects.filter(kind="item.danger", state="open").exists()


def test_other_tasks_about_a_comment_end_as_it_is_destroyed(cast, closed, started, sweep):
    item = closed()
    task("item.writer", item, cast.ben)
    started()
    assert sweep(LATER) == 1
    ended = Duty.objects.get(kind="item.writer")
    assert (ended.state, ended.cancelled_because, ended.ended_at) == ("cancelled", "destroyed", LATER)
    assert verify(cast.federation.pk).sound
