"""Times and the agreed route that a policy leaves open: its owner sets them, with the clause beside."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.choices import agreed_route_is_here, alarm_after, chosen_times
from tests.cast import someone
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
PAGE = "/policy/reading"
TIME = {"act": "choose-time", "what": "child_concern", "number": "30", "unit": "minutes"}


@world()
def policy_in_force(at: datetime, key: str, role: str) -> SimpleNamespace:
    """This policy, its owner, and a member of staff."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        owner = someone("Olive Owner", role)
        adopt(by=owner, at=at)
        return SimpleNamespace(found=(federation, owner, someone("Cara Teacher", "staff")))


@pytest.fixture
def under(in_world, home):
    return lambda key, role: in_world(policy_in_force, NOW, key, role).found


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


def test_a_time_that_is_none_is_refused_beside_its_field_and_nobody_but_the_owner_sets_one(under, sign_in):
    federation, owner, cara = under("wootton", "principal")
    inside = sign_in(owner)
    for bad in ({"number": "0"}, {"number": "366", "unit": "days"}, {"number": "x"}, {"what": "x"}):
        answer = inside.post(PAGE, {**TIME, **bad})
        assert answer.status_code == 422, bad
        check_page(answer.content.decode())
    assert sign_in(cara).post(PAGE, TIME).status_code == 403
    with scope(federation.pk):
        assert chosen_times(on=local_day(NOW)) == ()


def test_the_owner_says_which_route_was_agreed(under, sign_in):
    federation, owner, _cara = under("wildground", "slt")
    inside = sign_in(owner)
    for route, here in (("here", True), ("elsewhere", False)):
        inside.post(PAGE, {"act": "choose-route", "route": route})
        with scope(federation.pk):
            assert agreed_route_is_here(on=local_day(NOW)) is here
    assert inside.post(PAGE, {"act": "choose-route", "route": "x"}).status_code == 422


def test_every_owner_sets_when_an_alarm_is_raised_and_until_then_it_is_schoolgates_own_rule(under, sign_in):
    federation, owner, cara = under("learn-to-live", "headteacher")
    inside = sign_in(owner)
    html = inside.get(PAGE).content.decode()
    check_page(html)
    assert "15 minutes" in html
    assert "60 minutes" in html
    assert "Schoolgate’s own rule" in html
    sent = {"act": "choose-time", "what": "danger_alarm", "number": "5", "unit": "minutes"}
    assert sign_in(cara).post(PAGE, sent).status_code == 403
    assert inside.post(PAGE, sent).status_code == 302
    with scope(federation.pk):
        assert alarm_after("danger_alarm", on=local_day(NOW)) == (timedelta(minutes=5), True)
    assert "<strong>5 minutes</strong>" in sign_in(cara).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("what", "number", "unit", "status"),
    [
        ("danger_alarm", "60", "minutes", 302),
        ("danger_alarm", "61", "minutes", 422),
        ("danger_alarm", "1", "days", 422),
        ("concern_alarm", "24", "hours", 302),
        ("concern_alarm", "25", "hours", 422),
    ],
)
def test_an_alarm_has_a_longest_time(under, sign_in, what, number, unit, status):
    _federation, owner, _cara = under("wildground", "slt")
    sent = {"act": "choose-time", "what": what, "number": number, "unit": unit}
    assert sign_in(owner).post(PAGE, sent).status_code == status
