"""Who is told what, when, and how many mails that makes."""

from datetime import date, timedelta

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.duties.actions import Opened, Then, discharge, open_duties, sweep, tell_again
from schoolgate.duties.models import Basis, Due, Duty
from schoolgate.notices.actions import choose, choose_morning, set_morning, tell
from schoolgate.notices.models import Mail, Notice
from schoolgate.notices.telling import There, _is_news
from schoolgate.people.leaving import start_extended_absence
from tests.cast import give, someone
from tests.notices.conftest import london, then
from tests.notices.mails import counted

TAKE = "incidents.take"
NOT_REACHED = "Passed to you because someone else couldn’t be reached."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def overdue(house, at):
    with house.within():
        sweep(at=at)


def test_what_is_new_waits_for_the_morning_and_comes_in_one_mail(house, at):
    house.duty(at)
    house.duty(at)
    house.duty(at, "post.put_right")
    assert house.told(at) == []
    assert house.told(london(7, 29, date(2027, 1, 20))) == []
    assert house.told(london(7, 30, date(2027, 1, 20))) == [
        ("Tess Moor", "Posts to deal with: 1; Comments and messages to deal with: 2")
    ]
    assert house.told(london(7, 31, date(2027, 1, 20))) == []


def test_what_is_overdue_is_told_at_once_to_both(house, at):
    house.duty(at, due=Due.at(at + HOUR), then=then(house))
    house.told(at)
    overdue(house, at + HOUR)
    assert house.told(at + HOUR) == []
    overdue(house, at + HOUR + timedelta(seconds=1))
    assert sorted(house.told(at + HOUR + timedelta(minutes=1))) == [
        ("Sol West", "Passed to you because it is overdue. Comments and messages to deal with: 1"),
        ("Tess Moor", "Overdue. Comments and messages to deal with: 1"),
    ]
    assert house.told(at + HOUR + timedelta(minutes=2)) == []


def test_a_thousand_duties_at_once_are_one_mail(house, at):
    house.told(at)
    with house.within():
        open_duties(
            at=at,
            wanted=[
                Opened("accounts.fake", f"accounts.fake:{n}", Due.none_promised(), person=house.tess)
                for n in range(1, 1_201)
            ],
        )
    assert house.told(at) == [("Tess Moor", "Pages in the school’s name to check: 1200")]


def test_what_comes_again_and_again_is_gathered(house, at):
    went = [len(house.told(at + timedelta(minutes=n))) for n in range(20) if house.duty(at, "accounts.fake")]
    assert went == [1, 1, 1] + 14 * [0] + [1, 0, 0]


def test_danger_is_told_at_once_to_everybody_in_the_role_and_nobody_else(house, at):
    with house.within():
        away = someone("Gone Today", "slt")
        start_extended_absence(by=house.ada, at=at, person=away, from_day=at.date(), kind="leave")
    house.duty(at, "accounts.fake", role="slt")
    assert house.told(at) == [("Ada Hall", "Pages in the school’s name to check: 1")]


def test_an_approval_is_told_at_once_from_two_hours_before(house, at):
    house.duty(at, "post.approve", due=Due.at(at + 3 * HOUR))
    assert house.told(at + HOUR - timedelta(seconds=1)) == []
    assert house.told(at + HOUR) == [("Tess Moor", "Due within two hours. Posts that need approval: 1")]
    assert house.told(at + 2 * HOUR) == []


def test_what_was_done_before_the_mail_goes_out_is_not_told(house, at):
    duty = house.duty(at, "accounts.fake")
    house.way.stands_still = "no_answer"
    house.told(at)
    with house.within():
        discharge(kind=duty.kind, subject=duty.subject, by=house.tess, at=at)
    house.way.stands_still = ""
    assert house.told(at + HOUR) == []
    with house.within():
        assert [(mail.state, mail.reason) for mail in Mail.objects.all()] == [("dropped", "done")]


def test_nobody_who_is_gone_away_or_switched_off_gets_mail_and_the_second_one_is_told(house, at):
    house.duty(at, "accounts.fake", then=then(house))
    with house.within():
        start_extended_absence(by=house.ada, at=at, person=house.tess, from_day=at.date(), kind="leave")
    house.told(at)
    house.told(at)
    with house.within():
        told = list(Notice.objects.order_by("pk").values_list("person__name", "moment", "state", "reason"))
    assert told == [
        ("Tess Moor", "opened", "dropped", "away"),
        ("Sol West", "not_reached", "sent", ""),
    ]


@pytest.mark.parametrize("how", ["left", "off"])
def test_a_leaver_and_who_is_switched_off_get_nothing_and_the_administrators_are_told(house, at, how):
    house.duty(at, "accounts.fake")
    with house.within():
        if how == "left":
            house.tess.left_on = at.date()
            house.tess.save()
        else:
            house.tess.user.is_active = False
            house.tess.user.save()
    went = house.told(at) + house.told(at + timedelta(minutes=1))
    assert went == [
        (
            "Ada Hall",
            f"{NOT_REACHED} Pages in the school’s name to check: 1",
        )
    ]
    assert house.told(london(7, 30, date(2027, 1, 20))) == []


def test_a_role_that_nobody_holds_is_told_to_the_administrators(house, at):
    house.duty(at, "accounts.fake", role="administrator-moderator")
    assert [name for name, _lines in house.told(at)] == ["Ada Hall"]


def test_the_morning_mail_keeps_to_the_schools_days(house, at):
    house.duty(at, due=Due.day(date(2027, 1, 19)))
    saturday, after_term = date(2027, 1, 23), date(2027, 2, 13)
    assert house.told(london(8, 0, saturday)) == []
    assert [name for name, _ in house.told(london(8, 0, date(2027, 1, 25)))] == ["Tess Moor"]
    assert house.told(london(8, 0, after_term)) == []


def test_the_morning_mail_comes_again_only_where_something_is_new_or_presses(house, at):
    house.duty(at)
    days = [date(2027, 1, day) for day in (20, 21, 22)]
    assert len(house.told(london(8, 0, days[0]))) == 1
    assert house.told(london(8, 0, days[1])) == []
    house.duty(london(9, 0, days[1]), due=Due.day(date(2027, 1, 26)))
    assert house.told(london(8, 0, days[2])) == [("Tess Moor", "Comments and messages to deal with: 2")]
    assert house.told(london(8, 0, date(2027, 1, 25))) == []
    assert len(house.told(london(8, 0, date(2027, 1, 26)))) == 1


def test_a_person_chooses_and_never_below_what_is_needed(house, at):
    with house.within():
        choose(by=house.tess, at=at, wishes={"comments": "at_once", "posts": "page"})
        with pytest.raises(BadInput):
            choose(by=house.tess, at=at, wishes={"incidents": "morning"})
        with pytest.raises(BadInput):
            choose(by=house.tess, at=at, wishes={"policy.read": "page"})
    house.duty(at)
    house.duty(at, "post.put_right")
    assert house.told(at) == [("Tess Moor", "Comments and messages to deal with: 1")]
    assert house.told(london(7, 30, date(2027, 1, 20))) == [
        ("Tess Moor", "Comments and messages to deal with: 1")
    ]


def test_the_time_of_the_morning_mail_is_the_federations_or_ones_own(house, at):
    from datetime import time

    with house.within():
        set_morning(by=house.ada, at=at, when=time(8, 30))
        choose_morning(by=house.sol, at=at, when=time(6, 0))
        for wrong in (time(5, 30), time(9, 30), time(7, 31)):
            with pytest.raises(BadInput):
                choose_morning(by=house.sol, at=at, when=wrong)
    house.duty(at)
    house.duty(at, person=house.sol)
    day = date(2027, 1, 20)
    assert [name for name, _ in house.told(london(6, 0, day))] == ["Sol West"]
    assert house.told(london(8, 29, day)) == []
    assert [name for name, _ in house.told(london(8, 30, day))] == ["Tess Moor"]


def test_a_clock_that_is_wrong_by_a_day_sends_no_second_morning_mail_and_none_for_a_day_long_gone(house, at):
    house.duty(at, due=Due.at(at + HOUR))
    wednesday, thursday = date(2027, 1, 20), date(2027, 1, 21)
    overdue(house, at + 2 * HOUR)
    house.told(at + 2 * HOUR)
    assert len(house.told(london(7, 30, thursday))) == 1  # the clock runs a day ahead
    assert len(house.told(london(7, 40, wednesday))) == 1  # it was put right
    assert house.told(london(7, 50, wednesday)) == []
    assert house.told(london(7, 30, thursday)) == []
    with house.within():
        Mail.objects.filter(day=thursday).update(state="waiting", ended_at=None)
    assert house.told(london(7, 30, date(2027, 1, 22)))[0][1].startswith("Comments")
    with house.within():
        assert Mail.objects.get(day=thursday).reason == "day_over"


def test_a_morning_mail_that_could_not_go_out_by_noon_is_dropped(house, at):
    house.duty(at)
    house.way.stands_still = "slow"
    house.told(london(7, 30, date(2027, 1, 20)))
    house.way.stands_still = ""
    assert house.told(london(12, 0, date(2027, 1, 20))) == []
    with house.within():
        assert Mail.objects.get().reason == "day_over"


def test_telling_twice_is_telling_once(house, at):
    with house.within():
        for _time in range(2):
            tell(person=house.tess, kind="running", subject="core.school:1", at=at)
        assert Notice.objects.count() == 1
    assert house.told(at) == []
    assert house.told(london(7, 30, date(2027, 1, 20))) == [("Tess Moor", "Schoolgate itself: 1")]


def test_what_happened_before_the_record_was_first_read_is_not_told(new_house, at):
    house = new_house
    house.duty(at - 2 * DAY, "accounts.fake")
    house.duty(at, "accounts.fake")
    assert house.told(at + 3 * HOUR) == [("Tess Moor", "Pages in the school’s name to check: 1")]


def test_a_role_in_one_school_reaches_only_what_is_of_that_school(house, at):
    with house.within():
        give(house.sol, "lead-staff-member", school=house.school)
    house.duty(at, "accounts.fake", role="lead-staff-member", school=house.school)
    house.duty(at, "accounts.fake", role="lead-staff-member")
    assert sorted(name for name, _ in house.told(at)) == ["Ada Hall", "Sol West"]


def test_making_the_morning_mails_asks_the_same_number_of_queries_for_many(house, at, same_queries):
    from schoolgate.notices import telling

    house.duty(at)
    day = iter(range(20, 23))

    def prepare():
        with house.within():
            telling.prepare(at=london(8, 0, date(2027, 1, next(day))))

    def more():
        with house.within():
            people = [someone(f"Person {n}", "staff") for n in range(20)]
        for person in people:
            house.duty(at + DAY, person=person)

    same_queries(prepare, more)
    assert counted(house.federation.pk).total() == 21, "nothing was new for the first one"


def test_a_second_role_is_told_when_a_duty_moves_on(house, at):
    second = Then(Basis.POLICY, role="slt")
    house.duty(at, due=Due.at(at + HOUR), then=second)
    house.told(at)
    overdue(house, at + 2 * HOUR)
    assert sorted(name for name, _ in house.told(at + 2 * HOUR)) == ["Ada Hall", "Tess Moor"]


def test_danger_has_a_mail_of_its_own_whose_subject_says_so_and_goes_out_first(house, at):
    house.duty(at, "accounts.fake")
    house.duty(at, TAKE, danger=True)
    first, second = house.mails(at)
    assert first.subject.endswith(": someone may be in danger")
    assert "Someone may be in danger: read this now: 1" in first.body
    assert second.subject.endswith(": something needs your attention now")


def test_danger_waits_neither_for_the_morning_nor_for_what_was_told_a_moment_ago(house, at):
    night = at.replace(hour=2)
    for _time in range(7):
        house.duty(night, "accounts.fake")
        house.told(night)
    house.duty(night, TAKE, danger=True)
    assert [line for _name, line in house.told(night)] == ["Someone may be in danger: read this now: 1"]


def test_danger_that_somebody_took_up_meanwhile_is_not_told(house, at):
    taken = house.duty(at, TAKE, danger=True)
    with house.within():
        discharge(kind=TAKE, subject=taken.subject, by=None, at=at, how="taken")
    assert house.told(at) == []


def test_danger_is_the_first_line_of_the_morning(house, at):
    house.duty(at, "post.put_right")
    house.duty(at, TAKE, danger=True)
    house.told(at)
    (letter,) = house.mails(london(7, 30, date(2027, 1, 20)))
    lines = [line for line in letter.body.splitlines() if line.endswith(": 1")]
    assert lines[0] == "Someone may be in danger: read this now: 1"


def test_what_is_no_danger_is_told_as_always(house, at):
    house.duty(at, TAKE)
    (letter,) = house.mails(at)
    assert letter.subject.endswith(": something needs your attention now")


@pytest.mark.parametrize(
    ("newest", "presses", "news"), [(0, False, False), (1, False, True), (0, True, True)]
)
def test_a_morning_mail_is_for_what_came_since_the_last_one_or_presses(at, newest, presses, news):
    there = There({"accounts.decide": 1}, 0, at + newest * timedelta(microseconds=1), presses)
    assert _is_news(there, at) is news
    assert _is_news(there, None), "no mail before"
    assert not _is_news(None, None)


def test_a_danger_that_no_one_deals_with_is_told_again_by_mail_and_says_no_more_than_before(house, at):
    first = "Someone may be in danger: read this now: 1"
    duty = house.duty(at, TAKE, danger=True)
    assert house.told(at) == [("Tess Moor", first)]
    for quarters in (1, 2):
        now = at + quarters * timedelta(minutes=15)
        with house.within():
            assert tell_again([Duty.objects.get(pk=duty.pk)], at=now, after=timedelta(minutes=15)) == 1
        assert house.told(now) == [("Tess Moor", first)]
        assert house.told(now + timedelta(minutes=1)) == []
