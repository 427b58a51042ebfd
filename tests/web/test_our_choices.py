"""Times and the agreed route that a policy leaves open: its owner sets them, with the clause beside."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from schoolgate.policy.choices import agreed_route_is_here, chosen_times
from tests.cast import someone
from tests.web.plain import check_page

NOW = datetime.now(UTC)
PAGE = "/policy/reading"
TIME = {"act": "choose-time", "what": "child_concern", "number": "30", "unit": "minutes"}


@pytest.fixture
def under(db, home, make_federation):
    def make(key: str, role: str):
        federation = make_federation(key, key)
        with scope(federation.pk):
            owner = someone("Olive Owner", role)
            adopt(by=owner, at=NOW)
            return federation, owner, someone("Cara Teacher", "staff")

    return make


def test_the_owner_sets_the_minutes_of_at_once_and_everyone_reads_them(under, sign_in):
    federation, owner, cara = under("wootton", "principal")
    inside = sign_in(owner)
    html = inside.get(PAGE).content.decode()
    check_page(html)
    assert "not set" in html
    assert "Staff must tell the right authorities at once" in html
    assert inside.post(PAGE, TIME).status_code == 302
    with scope(federation.pk):
        (chosen,) = chosen_times(on=local_day(NOW))
    assert (chosen.what, chosen.minutes) == ("child_concern", 30)
    hers = sign_in(cara).get(PAGE).content.decode()
    check_page(hers)
    assert "30 minutes" in hers
    assert "Set a time" not in hers


@pytest.mark.parametrize(
    "bad", [{"number": "0"}, {"number": "366", "unit": "days"}, {"number": "x"}, {"what": "x"}]
)
def test_a_time_that_is_none_is_refused_beside_its_field(under, sign_in, bad):
    federation, owner, _cara = under("wootton", "principal")
    answer = sign_in(owner).post(PAGE, {**TIME, **bad})
    assert answer.status_code == 422
    check_page(answer.content.decode())
    with scope(federation.pk):
        assert chosen_times(on=local_day(NOW)) == ()


def test_nobody_but_the_owner_sets_anything(under, sign_in):
    federation, _owner, cara = under("wootton", "principal")
    assert sign_in(cara).post(PAGE, TIME).status_code == 403
    with scope(federation.pk):
        assert chosen_times(on=local_day(NOW)) == ()


def test_the_owner_says_which_route_was_agreed(under, sign_in):
    federation, owner, _cara = under("wildground", "slt")
    inside = sign_in(owner)
    assert "Set a time" not in inside.get(PAGE).content.decode()
    for route, here in (("here", True), ("elsewhere", False)):
        inside.post(PAGE, {"act": "choose-route", "route": route})
        with scope(federation.pk):
            assert agreed_route_is_here(on=local_day(NOW)) is here
    assert inside.post(PAGE, {"act": "choose-route", "route": "x"}).status_code == 422


def test_a_policy_that_leaves_neither_open_shows_no_choices(under, sign_in):
    _federation, owner, _cara = under("learn-to-live", "headteacher")
    assert "Our choices" not in sign_in(owner).get(PAGE).content.decode()
