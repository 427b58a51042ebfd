"""A live post announces a day: once that is over its owner is asked about it, where the policy says so."""

from datetime import timedelta

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.jobs.daily import upkeep as job
from schoolgate.networks.fake import FakeNetwork
from schoolgate.people.models import ExtendedAbsence, Person
from schoolgate.policy.choices import choose_post_days, post_days
from schoolgate.policy.models import Choice, DecisionRecord
from schoolgate.publishing import archive, queries, sending
from schoolgate.publishing.live import (
    ask_to_look,
    let_stay,
    list_outlived,
    note_looked,
    read_days,
    settle_change,
)
from schoolgate.publishing.models import AnnouncedDays, LiveChange
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import take_down
from tests.cast import someone
from tests.conftest import recorded
from tests.publishing.conftest import approve_for, draft_of, led
from tests.publishing.five_policies import KEYS, federation_at_work
from tests.worlds import world

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


def live_post(before, at, text):
    """That world, in which a post of Amina's with this text is live on Bluesky."""
    cast, network = before.cast, FakeNetwork(before.server)
    with scope(cast.federation.pk):
        (out,) = begin_sending(at=at, post=approve_for(cast, at, draft_of(cast, at, text)))
        sending.advance(cast.federation.pk, out.pk, clock=lambda: at, connect=lambda _: network)
    before.out = out.pk
    return before


@world(led)
def evening_announced(before, at):
    """A post that announces an open evening in five days is live."""
    return live_post(before, at, f"Our open evening is on {at.date() + 5 * DAY:%d/%m/%Y}.")


@world(led)
def hens_told(before, at):
    """A post that announces nothing of a day is live."""
    return live_post(before, at, "Our hens have laid their first eggs.")


@pytest.fixture
def beginning(in_world, request, at):
    """The world that a test begins in: with one of those posts, where it asks for one."""
    posts = {"out": evening_announced, "hens": hens_told}
    return in_world(next((posts[name] for name in posts if name in request.fixturenames), led), at)


@pytest.fixture
def server(beginning):
    """The far side of the network on which the post is."""
    return beginning.server


@pytest.fixture
def evening(at):
    """The day of the open evening: five days after the post went out."""
    return at.date() + 5 * DAY


@pytest.fixture
def out(cast, beginning):
    """A post of Amina's that announces an open evening, live on Bluesky."""
    return queries.delivery(beginning.out)


@pytest.fixture
def sweep(at):
    """Run both steps of the daily sweep so many days after the post went out."""

    def run(days):
        read_days(at=at + days * DAY)
        list_outlived(at=at + days * DAY)

    return run


def tasks():
    return list(Duty.objects.filter(kind="post.out_of_date", state__in=STILL_TO_DO))


def test_on_the_day_itself_nothing_is_asked_and_on_the_next_its_owner_is(cast, out, sweep, evening):
    sweep(5)
    row = AnnouncedDays.objects.get()
    assert (row.days, row.last_day, row.asked_at, tasks()) == ([evening.isoformat()], evening, None, [])

    sweep(6)

    (task,) = tasks()
    assert (task.person, task.clauses, task.due_kind) == (
        cast.amina,
        ["wildground-roles-24"],
        "none_promised",
    )
    row = AnnouncedDays.objects.get()
    kept = DecisionRecord.objects.get(situation="post.upkeep")
    assert (row.listed, row.decision_id, kept.pk) == (True, kept.pk, task.decision)
    (event,) = [each for each in recorded() if each.event == "post.out_of_date"]
    assert event.clauses == ["wildground-roles-24"]


def test_each_post_is_asked_about_once_however_often_the_sweep_runs(out, sweep):
    for days in (6, 6, 7, 30):
        sweep(days)
    assert (len(tasks()), DecisionRecord.objects.filter(situation="post.upkeep").count()) == (1, 1)


def test_a_post_in_which_no_day_was_read_is_never_asked_about_nor_called_up_to_date(
    cast, started, advance, sweep
):
    advance(started("Our hens have laid their first eggs."))
    sweep(300)
    row = AnnouncedDays.objects.get()
    assert (row.days, row.last_day, row.asked_at) == ([], None, None)
    assert not DecisionRecord.objects.filter(situation="post.upkeep").exists()


def test_a_post_that_is_not_out_is_not_read(cast, draft, sweep, evening):
    draft(f"Our open evening is on {evening:%d/%m/%Y}.")
    sweep(6)
    assert not AnnouncedDays.objects.exists()


def test_the_owner_says_that_it_may_stay_and_that_is_kept_with_who_and_when(cast, out, sweep, at):
    sweep(6)
    let_stay(by=cast.amina, at=at + 7 * DAY, post=out.post)

    row = AnnouncedDays.objects.get()
    assert (row.stays_by, row.stays_at, tasks()) == (cast.amina, at + 7 * DAY, [])
    (event,) = [each for each in recorded() if each.event == "post.may_stay"]
    assert event.actor == f"people.person:{cast.amina.pk}"
    sweep(60)
    assert tasks() == []
    with pytest.raises(NotNow):
        let_stay(by=cast.amina, at=at + 8 * DAY, post=out.post)


def test_a_post_that_is_not_listed_needs_no_leave_to_stay(cast, out, sweep, at):
    sweep(5)
    with pytest.raises(NotNow):
        let_stay(by=cast.amina, at=at + 5 * DAY, post=out.post)


def test_only_people_who_could_take_it_down_say_that_it_may_stay(cast, out, sweep, at):
    sweep(6)
    stranger = someone("Kit Stranger")
    with pytest.raises(NotAllowed):
        let_stay(by=stranger, at=at + 6 * DAY, post=out.post)
    assert len(tasks()) == 1


def test_taking_it_down_ends_the_task(cast, out, sweep, at):
    sweep(6)
    take_down(by=cast.amina, at=at + 6 * DAY, post=queries.post(out.post_id), reason="other")
    assert tasks() == []
    with pytest.raises(NotNow):
        let_stay(by=cast.amina, at=at + 6 * DAY, post=queries.post(out.post_id))


def test_one_that_was_taken_down_before_is_never_listed(cast, out, sweep, at):
    sweep(1)
    take_down(by=cast.amina, at=at + 2 * DAY, post=queries.post(out.post_id), reason="other")
    sweep(6)
    assert tasks() == []


def test_one_that_was_removed_on_the_network_itself_is_not_listed(cast, out, sweep, server, at):
    sweep(1)
    del server.ours[out.ref.id]
    look(cast, server, at + 2 * DAY)
    sweep(6)
    assert tasks() == []


def look(cast, server, at):
    sending.read_back(
        cast.federation.pk, cast.bluesky.pk, clock=lambda: at, connect=lambda _: FakeNetwork(server)
    )


def test_new_words_on_the_network_that_an_approver_accepts_bring_it_up_to_date(cast, out, sweep, server, at):
    sweep(6)
    server.change_ours(out.ref, f"The next open evening is on {at.date() + 40 * DAY:%d/%m/%Y}.")
    look(cast, server, at + 7 * DAY)
    assert len(tasks()) == 1  # nobody accepted it yet

    settle_change(by=cast.ben, at=at + 7 * DAY, change=LiveChange.objects.get())

    assert (tasks(), archive.to_check(queries.post(out.post_id))) == ([], None)
    assert AnnouncedDays.objects.get().last_day == at.date() + 40 * DAY
    sweep(41)
    assert len(tasks()) == 1


def test_words_that_are_still_out_of_date_leave_the_task(cast, out, sweep, server, at, evening):
    sweep(6)
    server.change_ours(out.ref, f"Our open evening was lovely. It was on {evening:%d/%m/%Y}, see us in May.")
    look(cast, server, at + 7 * DAY)
    settle_change(by=cast.ben, at=at + 7 * DAY, change=LiveChange.objects.get())
    # What is told after the day announces nothing any more.
    assert (tasks(), AnnouncedDays.objects.get().last_day) == ([], None)


def test_where_its_author_has_left_the_accounts_lead_is_asked(cast, out, sweep, at):
    TeamMember.objects.create(account=cast.bluesky, person=cast.sam, part="lead", from_day=at.date())
    Person.objects.filter(pk=cast.amina.pk).update(left_on=at.date() + 3 * DAY)
    sweep(6)
    assert [task.person for task in tasks()] == [cast.sam]


def test_where_its_author_is_on_long_leave_the_accounts_lead_is_asked(cast, out, sweep, at):
    TeamMember.objects.create(account=cast.bluesky, person=cast.sam, part="lead", from_day=at.date())
    ExtendedAbsence.objects.create(
        person=cast.amina, kind="parental", from_day=at.date(), noted_by=cast.sam, noted_at=at
    )
    sweep(6)
    assert [task.person for task in tasks()] == [cast.sam]


def test_where_no_one_looks_after_it_those_who_approve_posts_are_asked_and_the_policy_wants_an_owner(
    cast, out, sweep, at
):
    Person.objects.filter(pk=cast.amina.pk).update(left_on=at.date() + 3 * DAY)
    sweep(6)
    assert {task.role_key for task in tasks()} >= {"lead-staff-member"}
    kept = DecisionRecord.objects.get(situation="post.upkeep")
    assert kept.points["post_owner"] == "hold"
    let_stay(by=cast.ben, at=at + 6 * DAY, post=out.post)
    assert tasks() == []


def test_the_days_of_all_its_networks_count_and_the_last_one_decides(cast, started, advance, sweep, at):
    first, last = at.date() + 3 * DAY, at.date() + 5 * DAY
    advance(started(f"Plays on {first:%d/%m/%Y} and {last:%d/%m/%Y}."))
    sweep(4)
    assert (tasks(), AnnouncedDays.objects.get().days) == ([], [first.isoformat(), last.isoformat()])
    sweep(6)
    assert len(tasks()) == 1


def test_a_day_gone_by_when_it_went_out_is_no_announcement(cast, started, advance, sweep, at):
    advance(started(f"On {at.date() - DAY:%d/%m/%Y} we won the county final."))
    sweep(6)
    assert (AnnouncedDays.objects.get().last_day, tasks()) == (None, [])


def test_the_rows_are_read_in_steps(cast, started, advance, at):
    for _number in range(3):
        advance(started("Our hens have laid eggs."))
    first = read_days(at=at, limit=2)
    assert (AnnouncedDays.objects.count(), first is not None) == (2, True)
    assert read_days(at=at, after=first, limit=2) is None
    assert AnnouncedDays.objects.count() == 3


@pytest.fixture
def hens(cast, beginning):
    """A live post of Amina's that announces nothing of a day."""
    return queries.delivery(beginning.out)


@pytest.fixture
def thirty(cast, at):
    """The federation has chosen that live posts are checked every 30 days."""
    return choose_post_days(by=cast.sam, at=at, days=30, from_day=at.date())


@pytest.fixture
def looks(at, sweep):
    """Run the whole daily sweep so many days after the post went out."""

    def run(days):
        sweep(days)
        ask_to_look(at=at + days * DAY)

    return run


def checks():
    return list(Duty.objects.filter(kind="post.look_again", state__in=STILL_TO_DO).order_by("pk"))


def test_on_the_thirtieth_day_its_owner_is_asked_to_check_it_and_not_the_day_before(
    cast, hens, thirty, looks, at
):
    looks(29)
    assert checks() == []
    looks(30)
    (task,) = checks()
    assert (task.person, task.clauses, task.due_day) == (
        cast.amina,
        ["wildground-roles-24"],
        at.date() + 30 * DAY,
    )
    kept = DecisionRecord.objects.get(situation="post.upkeep")
    assert (kept.pk, AnnouncedDays.objects.get().look_asked_at) == (task.decision, at + 30 * DAY)
    assert tasks() == []


def test_a_post_is_asked_about_once_until_it_was_checked_and_then_after_as_many_days(
    cast, hens, thirty, looks, at
):
    for days in (30, 30, 31, 90):
        looks(days)
    assert (len(checks()), DecisionRecord.objects.filter(situation="post.upkeep").count()) == (1, 1)
    note_looked(by=cast.amina, at=at + 90 * DAY, post=hens.post)
    row = AnnouncedDays.objects.get()
    assert (checks(), row.looked_at, row.looked_by) == ([], at + 90 * DAY, cast.amina)
    (event,) = [each for each in recorded() if each.event == "post.looked_at"]
    assert event.actor == f"people.person:{cast.amina.pk}"
    looks(119)
    assert checks() == []
    looks(120)
    assert [task.due_day for task in checks()] == [at.date() + 120 * DAY]


def test_without_a_choice_no_one_is_asked_and_without_one_any_more_the_task_ends(cast, hens, looks, at):
    looks(400)
    assert checks() == []
    choose_post_days(by=cast.sam, at=at, days=30, from_day=at.date() + 401 * DAY)
    looks(400)
    assert checks() == []
    looks(401)
    assert [task.due_day for task in checks()] == [at.date() + 401 * DAY]  # not overdue on its first day
    choose_post_days(by=cast.sam, at=at, days=None, from_day=at.date() + 402 * DAY)
    looks(402)
    assert (checks(), AnnouncedDays.objects.get().look_asked_at) == ([], None)


def test_only_people_who_could_take_it_down_note_a_check_and_only_once_it_is_due(
    cast, hens, thirty, looks, at
):
    looks(29)
    with pytest.raises(NotNow):
        note_looked(by=cast.amina, at=at + 29 * DAY, post=hens.post)
    looks(30)
    with pytest.raises(NotAllowed):
        note_looked(by=someone("Kit Stranger"), at=at + 30 * DAY, post=hens.post)
    assert (len(checks()), AnnouncedDays.objects.get().looked_at) == (1, None)


def test_taking_it_down_ends_the_check_too(cast, hens, thirty, looks, at):
    looks(30)
    take_down(by=cast.amina, at=at + 30 * DAY, post=queries.post(hens.post_id), reason="other")
    assert checks() == []
    with pytest.raises(NotNow):
        note_looked(by=cast.amina, at=at + 30 * DAY, post=queries.post(hens.post_id))
    looks(70)
    assert checks() == []


def test_one_that_is_gone_from_its_network_is_not_checked(cast, hens, thirty, looks, server, at):
    looks(1)
    del server.ours[hens.ref.id]
    look(cast, server, at + 2 * DAY)
    looks(30)
    assert checks() == []


def test_new_words_that_are_accepted_count_as_a_check(cast, hens, thirty, looks, server, at):
    looks(30)
    server.change_ours(hens.ref, "Our hens lay eggs each day.")
    look(cast, server, at + 31 * DAY)
    settle_change(by=cast.ben, at=at + 31 * DAY, change=LiveChange.objects.get())
    assert (checks(), AnnouncedDays.objects.get().looked_by) == ([], cast.ben)


def test_a_post_whose_day_has_passed_is_asked_about_by_that_alone(cast, out, thirty, looks, at):
    looks(30)
    assert (len(tasks()), checks()) == (1, [])
    let_stay(by=cast.amina, at=at + 30 * DAY, post=out.post)
    looks(90)
    assert (tasks(), checks(), AnnouncedDays.objects.get().looked_at) == ([], [], at + 30 * DAY)


def test_those_not_checked_for_longest_come_first_and_only_so_many_a_morning(
    cast, started, advance, thirty, at
):
    posts = [advance(started("Our hens have laid eggs.")).post_id for _number in range(3)]
    read_days(at=at)
    AnnouncedDays.objects.filter(post=posts[0]).update(looked_at=at + DAY, looked_by=cast.amina)
    for _morning in range(2):
        ask_to_look(at=at + 40 * DAY, limit=1)
    assert [task.subject for task in checks()] == [f"publishing.post:{pk}" for pk in posts[1:]]
    ask_to_look(at=at + 40 * DAY, limit=1)
    assert len(checks()) == 3


def test_only_the_policys_owner_chooses_and_only_from_four_weeks_to_a_year(cast, at):
    with pytest.raises(NotAllowed):
        choose_post_days(by=cast.amina, at=at, days=30, from_day=at.date())
    for days in (0, 27, 367):
        with pytest.raises(BadInput) as error:
            choose_post_days(by=cast.sam, at=at, days=days, from_day=at.date())
        assert list(error.value.fields) == ["days"]
    assert post_days(on=at.date()) is None
    for days in (28, 366):
        choose_post_days(by=cast.sam, at=at, days=days, from_day=at.date())
        assert post_days(on=at.date()).days == days


SPEAK = {"wildground": "wildground-roles-24", "boroughbridge": "boroughbridge-roles-24"}


@pytest.mark.parametrize("key", KEYS)
def test_only_the_policies_that_speak_of_it_have_anyone_asked_about_a_day_and_a_post_checked(
    key, in_world, at
):
    work = in_world(federation_at_work, at, key).at_work
    with scope(work.federation.pk):
        day, hens = (
            work.send(work.approve(work.handed_in(text=text))).post_id
            for text in ("Sports day is on Friday.", "Our hens have laid eggs.")
        )
    job(at + 8 * DAY)
    with scope(work.federation.pk):
        assert [(task.subject, task.clauses) for task in tasks()] == (
            [(f"publishing.post:{day}", [SPEAK[key]])] if key in SPEAK else []
        )
        assert AnnouncedDays.objects.count() == (2 if key in SPEAK else 0)
        assert checks() == []
        Choice.objects.create(what="post_days", value="30", by=work.writer, at=at, from_day=at.date())
    job(at + 30 * DAY)
    with scope(work.federation.pk):
        assert [(task.subject, task.clauses) for task in checks()] == (
            [(f"publishing.post:{hens}", [SPEAK[key]])] if key in SPEAK else []
        )
