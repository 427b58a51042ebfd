"""Links to the governors' report: they end, views are recorded, and nothing else opens it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.models import LedgerRow, Restoration
from schoolgate.core.tenancy import scope
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.adopting import adopt
from schoolgate.reports import governors_measures
from schoolgate.reports.governors_measures import (
    DAYS,
    LASTS,
    MOST,
    OPENED,
    Period,
    end_link,
    links_of,
    make_link,
    open_link,
)
from tests.cast import someone

AT = datetime(2027, 2, 10, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TERM = Period(DAYS, date(2027, 1, 4), date(2027, 3, 25))


@pytest.fixture
def inside(federation):
    """`inside(work)`: do it in a scope of its own, so that its events are in the record."""

    def run(work):
        with scope(federation.pk):
            return work()

    return run


@pytest.fixture
def gwen(inside):
    """A governor under Wildground's policy."""

    def made():
        adopt(by=someone("Sam Slater", "slt"), at=AT - timedelta(days=9))
        return someone("Gwen Governor", "federation-leadership-team")

    return inside(made)


@pytest.fixture
def link(inside, gwen):
    """A link that Gwen made."""
    return inside(lambda: make_link(by=gwen, at=AT, period=TERM))


def test_a_link_shows_its_days_and_each_view_is_recorded(inside, gwen, link):
    for _ in range(2):
        found, maker = inside(lambda: open_link(at=AT + SECOND, token=link.token))
    assert (found.period, maker) == (TERM, gwen)
    (mine,) = inside(lambda: links_of(gwen, at=AT + SECOND))
    assert (mine.opened, mine.last_opened_at) == (2, AT + SECOND)
    assert inside(lambda: LedgerRow.objects.filter(event=OPENED, actor="").count()) == 2


def test_a_link_works_until_its_last_second(inside, link):
    assert inside(lambda: open_link(at=AT + LASTS - SECOND, token=link.token))
    with pytest.raises(NotFound, match="no longer works"):
        inside(lambda: open_link(at=AT + LASTS, token=link.token))


def test_a_link_that_was_disabled_shows_nothing_and_only_its_maker_disables_it(inside, gwen, link):
    other = inside(lambda: someone("Olwen Other", "federation-leadership-team"))
    with pytest.raises(NotFound):
        inside(lambda: end_link(by=other, at=AT, number=link.number))
    inside(lambda: end_link(by=gwen, at=AT, number=link.number))
    with pytest.raises(NotFound, match="no longer works"):
        inside(lambda: open_link(at=AT + SECOND, token=link.token))
    assert inside(lambda: links_of(gwen, at=AT)) == []


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"), lambda _t: ""]
)
def test_an_address_that_was_changed_is_not_found(inside, link, change):
    with pytest.raises(NotFound, match="nothing at this address"):
        inside(lambda: open_link(at=AT, token=change(link.token)))


def test_a_link_ends_with_its_makers_role(inside, gwen, link):
    inside(lambda: RoleAssignment.objects.filter(person=gwen).update(ended_on=AT.date() - timedelta(days=1)))
    with pytest.raises(NotFound, match="no longer works"):
        inside(lambda: open_link(at=AT, token=link.token))


def test_a_link_of_another_federation_is_not_found(make_federation, link):
    with scope(make_federation("other").pk), pytest.raises(NotFound, match="nothing at this address"):
        open_link(at=AT, token=link.token)


def test_a_restored_home_has_no_links_from_before(inside, link, monkeypatch):
    restored = Restoration(number=1, backup_at=AT, restored_at=AT + SECOND, released_at=AT + SECOND)
    monkeypatch.setattr(governors_measures, "last_restoration", lambda: restored)
    with pytest.raises(NotFound, match="no longer works"):
        inside(lambda: open_link(at=AT + 2 * SECOND, token=link.token))


def test_people_who_may_not_read_the_report_make_no_link(inside, gwen):
    with pytest.raises(NotAllowed):
        inside(lambda: make_link(by=someone("Ben Carter", "lead-staff-member"), at=AT, period=TERM))


def test_a_person_has_only_so_many_links_at_once(inside, gwen):
    for _ in range(MOST):
        inside(lambda: make_link(by=gwen, at=AT, period=TERM))
    with pytest.raises(NotNow):
        inside(lambda: make_link(by=gwen, at=AT, period=TERM))
