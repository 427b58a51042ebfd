"""What still keeps the first post from going out: each point with its refusal, and never more queries."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.stops import stop, stop_installation
from schoolgate.core.tenancy import scope
from schoolgate.notices.models import MailServer
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.adopting import adopt_first
from schoolgate.policy.leads import agree_to_lead, name_safeguarder
from schoolgate.policy.readings import sign_reading
from schoolgate.reports import ready
from schoolgate.reports.ready import points, still_open
from tests.cast import someone
from tests.publishing.conftest import account_on

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
TERM = ("Spring 1", date(2027, 1, 4), date(2027, 2, 16))


def signs_in(person):
    """They have a second step, and chose a password."""
    person.user.set_password("three-brown-horses")
    person.user.save()
    return person


def point(key: str, at=AT):
    return next(each for each in points(at=at) if each.key == key)


def keys_open(at=AT) -> list[str]:
    return [each.key for each in still_open(at=at)]


def test_an_empty_federation_has_everything_before_it_and_names_the_roles(scoped):
    assert keys_open() == [
        "mail", "administrators", "schools", "policy", "reading", "deciding", "running", "account", "post",
    ]  # fmt: skip
    first = point("administrators")
    assert (first.who, first.role) == ((), ("SLT",))


def test_two_administrators_count_once_each_has_a_password_and_a_second_step(scoped):
    hanna = signs_in(someone("Hanna Head", "slt"))
    assert "second person" in str(point("administrators").says)
    dora = someone("Dora Deputy", "slt")
    waiting = point("administrators")
    assert (waiting.done, waiting.who) == (False, ("Dora Deputy",))
    signs_in(dora)
    assert point("administrators").done
    assert "runs the server confirms" in str(point("administrators").says)
    signs_in(someone("Tia Third", "slt"))
    assert "runs the server" not in str(point("administrators").says)
    assert point("policy").who == ("Dora Deputy", "Hanna Head", "Tia Third")
    dora.left_on = AT.date()
    dora.save()
    assert "runs the server confirms" in str(point("administrators").says), "one of three has left"
    RoleAssignment.objects.filter(person__name="Tia Third").delete()
    assert not point("administrators").done
    assert hanna.left_on is None


def test_term_dates_have_to_reach_from_today_over_four_weeks(school):
    helen = someone("Helen", "slt")
    assert not point("calendar").done
    set_calendar(school=school, terms=[TERM], at=AT, by=helen)
    assert point("calendar").done
    name, first, last = TERM
    set_calendar(school=school, terms=[(name, first, last - timedelta(days=1))], at=AT, by=helen)
    assert "Wildground Juniors" in str(point("calendar").says)
    set_calendar(school=school, terms=[(name, date(2027, 1, 20), last)], at=AT, by=helen)
    assert not point("calendar").done


def test_the_policy_is_adopted_and_then_its_reading_signed(scoped):
    helen = someone("Helen", "slt")
    adopt_first(by=helen, at=AT, adopted_on=date(2026, 10, 12), minute_reference="Governors, item 7")
    assert (point("policy").done, point("reading").done) == (True, False)
    sign_reading(by=helen, at=AT)
    assert point("reading").done


def test_each_school_has_a_safeguarding_lead_and_a_deputy(school):
    helen, dev, tom = someone("Helen", "slt"), someone("Dev"), someone("Tom")
    name_safeguarder(by=helen, at=AT, person=dev, place="lead")
    assert str(point("safeguarding").says) == f"No deputy safeguarding lead named yet for: {school.name}."
    change = name_safeguarder(by=helen, at=AT, person=tom, place="deputy", school=school)
    assert not point("safeguarding").done, "a second person has to agree"
    agree_to_lead(by=dev, at=AT, change=change, why="She has led on it for years.")
    assert point("safeguarding").done
    School.objects.create(name="Wildground Infants", slug="infants")
    assert "Wildground Infants" in str(point("safeguarding").says)
    change = name_safeguarder(by=helen, at=AT, person=tom, place="deputy")
    agree_to_lead(by=dev, at=AT, change=change, why="She has led on it for years.")
    assert point("safeguarding").done
    Safeguarder.objects.filter(person_id=dev.pk).update(ended_at=AT)
    assert not point("safeguarding").done
    assert "deputy" not in str(point("safeguarding").says)


def test_a_role_that_the_policy_itself_names_has_to_be_held(make_federation):
    with scope(make_federation("learn-to-live", "learn-to-live").pk):
        School.objects.create(name="Harbour", slug="harbour")
        assert "designated safeguarding officer" in str(point("safeguarding-role").says)
        someone("Dev", "designated-safeguarding-officer")
        assert point("safeguarding-role").done


@pytest.mark.parametrize("deputy", ["deputy-dsl", "dirprwy-arweinydd-diogelu", "safeguarding-governor"])
def test_a_deputy_alone_does_not_fill_the_leads_role(deputy, monkeypatch):
    """Whatever the policy calls the lead, and in whichever order it names them."""
    roles = [SimpleNamespace(key=key, name=key) for key in (deputy, "designated-safeguarding-person")]
    home = SimpleNamespace(book=SimpleNamespace(roles=roles), at=AT, who=lambda _may: {})
    held = set()
    monkeypatch.setattr(ready, "_held_of", lambda keys, **_on: held & {*keys})
    for holds, done in ((deputy, False), ("designated-safeguarding-person", True)):
        held.add(holds)
        (told,) = ready._safeguarding_role(home)
        assert told.done is done
        assert "designated-safeguarding-person" in str(told.says)
        assert deputy not in str(told.says)


def test_a_policy_without_such_a_role_asks_for_none(school):
    assert "safeguarding-role" not in {each.key for each in points(at=AT)}


def test_an_approver_other_than_the_author_for_each_school(school):
    tom = someone("Tom", "lead-staff-member")
    assert not point("approving").done
    someone("Priya", "staff", school=school)
    assert point("approving").done
    School.objects.create(name="Wildground Infants", slug="infants")
    says = str(point("approving").says)
    assert "at: Wildground Infants. These policy roles may write: Administrator / Moderator," in says
    assert tom.pk


def test_a_ladder_of_three_needs_three_people(make_federation):
    with scope(make_federation("wootton", "wootton").pk):
        someone("Karen", "principal", "other-senior-manager")
        assert "Line Manager" in str(point("deciding").says)
        lou = someone("Lou")
        someone("Pat", "line-manager")
        assert not point("deciding").done
        someone("Ann", "other-senior-manager")
        assert point("deciding").done
        assert lou.pk


def test_mail_counts_once_it_was_proven_for_this_very_server(scoped):
    assert "No email server" in str(point("mail").says)
    row = MailServer.objects.create(host="smtp.example.org", sender="office@example.org")
    assert "An email server is set up, but no one has confirmed that a test email arrives." in str(
        point("mail").says
    )
    from schoolgate.notices import mail_server

    row.proven_for, row.proven_at = mail_server.current().digest, AT
    row.save()
    assert point("mail").done
    row.host = "smtp2.example.org"
    row.save()
    assert not point("mail").done


def test_an_open_account_counts_and_a_stop_does_not_let_a_post_out(school):
    assert not point("account").done
    account_on("noticeboard", school, AT)
    assert point("account").done
    assert point("stop").done
    stop(reason="A trial", by=someone("Helen", "slt"), at=AT)
    assert not point("stop").done
    later = point("stop", at=AT - timedelta(minutes=1))
    assert later.done
    stop_installation(reason="Restored", at=AT)
    assert (point("stop").by_machine, point("stop").who) == (True, ())


def test_a_home_with_thirty_schools_and_people_asks_no_more_than_one_with_one(school, same_queries):
    helen = someone("Helen", "slt")
    change = name_safeguarder(by=someone("Hal", "slt"), at=AT, person=someone("Dev"), place="lead")
    agree_to_lead(by=helen, at=AT, change=change, why="She has led on it for years.")

    def grow() -> None:
        for number in range(30):
            made = School.objects.create(name=f"School {number}", slug=f"school-{number}")
            set_calendar(school=made, terms=[TERM], at=AT)
            someone(f"Head {number}", "slt")
            someone(f"Teacher {number}", "staff", school=made)

    assert same_queries(lambda: points(at=AT), grow) <= 30
