"""Who is asked follows the rota where there is one, and is as before where there is none."""

from datetime import time, timedelta

import pytest

from schoolgate.accounts.care import asked_for, in_care
from schoolgate.accounts.duty_kinds import LOOK_IN
from schoolgate.accounts.models import Account
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.first_read import who_looks_after
from schoolgate.incidents.models import Danger, Step
from schoolgate.incidents.passing_on import go_up
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.notices.models import Mail, Notice
from schoolgate.notices.round import make_ready
from schoolgate.people.leaving import enter_absence
from schoolgate.rota import setting, swapping, turns
from tests.accounts.watched import open_account_of
from tests.cast import someone

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def account(inside):
    """An account that Ann leads."""
    return open_account_of(inside.school, inside.ann, opened_at=inside.at - 60 * DAY)


def tonight(cast):
    """Tom on duty tonight; an hour into it."""
    one = cast.shift(cast.tom)
    return one, cast.of(one).starts_at + HOUR


def test_what_comes_in_goes_to_who_is_on_duty_and_then_to_the_team(inside, account):
    assert who_looks_after(account, at=inside.at).first == inside.ann
    _one, at = tonight(inside)
    looking = who_looks_after(account, at=at)
    assert (looking.first, looking.then.person) == (inside.tom, inside.ann)
    assert who_looks_after(account, at=inside.at).first == inside.ann  # nobody is on duty by day


def test_the_rota_of_a_school_comes_before_that_of_the_federation(inside, account):
    _one, at = tonight(inside)
    own = setting.make_rota(by=inside.head, at=inside.at, school=inside.school)
    inside.shift(inside.mair, rota=own)
    assert who_looks_after(account, at=at).first == inside.mair
    assert turns.on_duty(at).people(None) == [inside.tom]


def test_where_the_one_on_duty_is_away_the_team_is_asked(inside, account):
    one, at = tonight(inside)
    enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=inside.today, to_day=inside.today)
    assert who_looks_after(account, at=at).first == inside.ann
    swapping.take(by=inside.mair, at=at, shift=one, day=inside.today)
    assert who_looks_after(account, at=at).first == inside.mair


def test_a_daily_check_that_was_missed_goes_to_who_is_on_duty(inside, account):
    _one, at = tonight(inside)
    cared = in_care(Account.objects.filter(pk=account.pk), on=inside.today)[0]
    assert asked_for(cared, LOOK_IN)[0] == inside.ann
    person, then = asked_for(cared, LOOK_IN, duty=turns.on_duty(at))
    assert (person, then.person) == (inside.tom, inside.ann)


def danger(cast, at, **more):
    said = ReportContent(what="Somebody threatens a pupil", danger=Danger.YES, mark="a" * 32, **more)
    return report_wrong(reporter=None, at=at, said_here=said)


def told_by_name(report):
    return set(Step.objects.filter(report=report).exclude(person=None).values_list("person_id", flat=True))


def test_danger_reaches_who_is_on_duty_as_well_where_they_may_know_of_reports(inside):
    one = inside.shift(inside.head)
    inside.shift(inside.tom)
    at = inside.of(one).starts_at + HOUR
    Safeguarder.objects.create(place="deputy", person_id=inside.tom.pk, since=inside.at)
    inside.shift(inside.mair)
    report = danger(inside, at)
    told = told_by_name(report)
    assert inside.tom.pk in told
    assert inside.mair.pk not in told  # a shift alone opens no report to anybody


def test_whom_it_may_be_about_is_not_told_for_being_on_duty(inside):
    Safeguarder.objects.create(place="deputy", person_id=inside.tom.pk, since=inside.at)
    _one, at = tonight(inside)
    report = danger(inside, at, about_people=[inside.tom])
    assert inside.tom.pk not in told_by_name(report)


def test_who_came_on_duty_meanwhile_is_told_when_it_goes_up(inside):
    Safeguarder.objects.create(place="deputy", person_id=inside.tom.pk, since=inside.at)
    one, at = tonight(inside)
    before = inside.of(one).starts_at - timedelta(minutes=1)
    report = danger(inside, before)
    first = told_by_name(report)
    report.refresh_from_db()
    go_up(at=max(at, report.goes_up_at))
    assert inside.tom.pk in told_by_name(report)
    assert first is not None


def test_it_asks_the_database_as_often_for_many_shifts_people_and_days(inside, same_queries):
    def grow():
        for number in range(8):
            person = someone(f"Person {number}", "staff")
            inside.shift(person, weekdays=range(7))
            enter_absence(by=person, at=inside.at, person=person, from_day=inside.today, to_day=inside.today)

    inside.shift(inside.tom)
    same_queries(lambda: turns.duties(inside.at, inside.at + 14 * DAY), grow)


# --- telling, and being killed meanwhile --------------------------------------------------------------------


def rounds(cast, at):
    make_ready(cast.federation.pk, at)


def test_at_the_beginning_of_a_shift_its_person_is_mailed_at_once_and_once(duty):
    with scope(duty.federation.pk):
        one = duty.shift(duty.tom)
        starts = duty.of(one).starts_at
    for _again in range(3):
        with scope(duty.federation.pk):
            swapping.sweep(at=starts)
        rounds(duty, starts)
    with scope(duty.federation.pk):
        told = Notice.objects.filter(kind="rota.shift")
        assert [(row.person, row.mail is not None) for row in told] == [(duty.tom, True)]
        assert Mail.objects.filter(person=duty.tom).count() == 1


def test_where_nobody_checks_in_the_next_is_mailed(duty):
    from schoolgate.duties.actions import sweep as sweep_tasks

    with scope(duty.federation.pk):
        one = duty.shift(duty.tom)
        duty.shift(
            duty.mair, starts=time(8), ends=time(17), nights=0, weekdays=[(duty.today.weekday() + 1) % 7]
        )
        starts = duty.of(one).starts_at
        swapping.sweep(at=starts)
    rounds(duty, starts)
    late = starts + timedelta(minutes=16)
    with scope(duty.federation.pk):
        sweep_tasks(at=late)
    rounds(duty, late)
    with scope(duty.federation.pk):
        people = set(Notice.objects.filter(kind="rota.shift").values_list("person_id", flat=True))
        assert people == {duty.tom.pk, duty.mair.pk}


@pytest.mark.parametrize("dies_after", ["turn.began", "nothing"])
def test_a_worker_killed_while_a_shift_begins_tells_it_all_the_same_and_once(duty, monkeypatch, dies_after):
    """The sweep is one transaction: killed in it, nothing was done, and the next sweep does all of it."""
    from schoolgate.rota import swapping

    with scope(duty.federation.pk):
        one = duty.shift(duty.tom)
        starts = duty.of(one).starts_at

    def killed(**_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if dies_after == "turn.began":
            patch.setattr(swapping, "open_duty", killed)
        else:
            patch.setattr(swapping, "_begin", lambda *_a, **_k: killed())
        with pytest.raises(KeyboardInterrupt), scope(duty.federation.pk):
            swapping.sweep(at=starts)
    with scope(duty.federation.pk):
        assert not Notice.objects.exists()
    for minute in (1, 2):
        with scope(duty.federation.pk):
            swapping.sweep(at=starts + timedelta(minutes=minute))
        rounds(duty, starts + timedelta(minutes=minute))
    with scope(duty.federation.pk):
        assert Notice.objects.filter(kind="rota.shift", person=duty.tom).count() == 1


def test_a_worker_that_stood_still_gives_the_full_time_to_check_in(duty):
    with scope(duty.federation.pk):
        one = duty.shift(duty.tom)
        starts = duty.of(one).starts_at
        swapping.sweep(at=starts + 2 * HOUR)
        from schoolgate.duties.models import Duty as Task

        (task,) = Task.objects.filter(kind="rota.check_in")
        assert task.due_at == starts + 2 * HOUR + timedelta(minutes=15)
