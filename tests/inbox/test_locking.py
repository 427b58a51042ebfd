"""What a child tells of harm is locked to the safeguarding leads: no one else finds it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.closing import note_archive_taken
from schoolgate.accounts.models import Archive, TeamMember
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due, Duty
from schoolgate.duties.queries import mine
from schoolgate.inbox import listing, seeing
from schoolgate.inbox.desk import write_note
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.inbox.figures import Comments
from schoolgate.inbox.judging import judge
from schoolgate.inbox.locking import lock_item, unlock_item
from schoolgate.inbox.models import Item
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.telling import settle_danger
from schoolgate.incidents import queries as codes
from schoolgate.incidents import things
from schoolgate.incidents.meant import may_see
from schoolgate.incidents.models import KeptOut, Report
from schoolgate.incidents.reporting import disclose
from schoolgate.reports.evidence import hidden_from
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.conftest import polled, post_published, waiting
from tests.publishing.conftest import adopted
from tests.worlds import world

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TELLS = "my dad hits me when he is drunk"


def lead_of(at):
    person = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


def tells(before, at):
    """A child's comment below our post comes in."""
    before.server.comment(before.published.ref, TELLS, at=at + HOUR)
    before.told = polled(before, at + HOUR)[0]
    return before


@world(post_published)
def told_to_no_lead(before, at):
    """A child’s disclosure below our post."""
    return tells(before, at)


@world(post_published)
def told_with_lead(before, at):
    """The same, where Dee leads on safeguarding."""
    with scope(before.cast.federation.pk):
        before.dee = lead_of(at)
    return tells(before, at)


@world(told_with_lead)
def told_and_locked(before, at):
    """Ben locked it."""
    with scope(before.cast.federation.pk):
        before.locked_one = lock_item(by=before.cast.ben, at=at, item=before.told)
    return before


@pytest.fixture
def beginning(in_world, request, at) -> SimpleNamespace:
    """As far on as what the test asks for."""
    asked = {*request.fixturenames}
    if "locked_one" in asked:
        return in_world(told_and_locked, at)
    if "told" in asked:
        return in_world(told_with_lead if "dee" in asked else told_to_no_lead, at)
    return in_world(adopted, at)


@pytest.fixture
def dee(beginning, cast, at):
    """The designated safeguarding lead."""
    return getattr(beginning, "dee", None) or lead_of(at)


@pytest.fixture
def told(beginning, cast) -> Item:
    """A child's comment below our post."""
    return beginning.told


@pytest.fixture
def locked_one(beginning, cast) -> Item:
    return beginning.locked_one


def test_no_one_but_the_lead_finds_it(cast, dee, locked_one, at):
    on = at.date()
    for person in (cast.ben, cast.sam):
        assert listing.newest(person, on=on)[0] == []
        assert waiting(person, on=on)[0] == []
        assert listing.search(person, ["dad"], on=on, limit=9) == []
        assert listing.of_ids(person, [locked_one.pk], on=on) == []
        assert not seeing.locked_for(person, on=on)
        with pytest.raises(NotFound):
            listing.item_for(person, locked_one.pk, on=on)
    assert Comments().unanswered([locked_one.account_id]) == {}
    assert Comments().count(locked_one.account) == 0
    assert things.find(f"item-{locked_one.pk}", inside=True) is None

    assert listing.item_for(dee, locked_one.pk, on=on).pk == locked_one.pk
    assert [row.pk for row in seeing.locked_for(dee, on=on)] == [locked_one.pk]


def test_its_rows_in_the_record_are_kept_from_everyone_else(cast, dee, told, at):
    write_note(by=cast.ben, at=at, item=told, text="I know this family.")
    judge(by=cast.ben, at=at, item=told, because="nothing", version=told.version)
    lock_item(by=cast.ben, at=at, item=told)
    about = ("inbox.item:", "inbox.itemnote:", "inbox.judgement:")
    numbers = {row.number for row in recorded() if row.subject.startswith(about)}
    assert len(numbers) > 3
    assert numbers <= set(hidden_from(cast.ben, on=at.date()))
    assert not numbers & set(hidden_from(dee, on=at.date()))


def test_the_tasks_about_it_end(told, dee, cast, at):
    about = Duty.objects.filter(subject=f"inbox.item:{told.pk}", state__in=["open", "overdue"])
    assert about.count() >= 2
    lock_item(by=cast.ben, at=at, item=told)
    assert about.count() == 0


def test_the_network_is_read_as_before_and_a_danger_in_it_is_told_to_the_leads_alone(
    cast, dee, locked_one, server, poll, at
):
    server.edit(next(iter(server.comments.values())), TELLS + " again")
    assert poll(now=at + 3 * HOUR) == []

    kept = seeing.item(locked_one.pk)
    assert [one.number for one in kept.versions.all()] == [1, 2]
    asked = Duty.objects.filter(subject=f"inbox.item:{kept.pk}", state="open")
    assert [(one.kind, one.person, one.urgency) for one in asked] == [("item.danger", dee, 0)]

    server.delete(next(iter(server.comments.values())))
    poll(now=at + 4 * HOUR)
    assert seeing.item(locked_one.pk).gone_at == at + 4 * HOUR


def test_a_lead_gives_it_back_with_its_deadline(cast, dee, locked_one, at):
    with pytest.raises(NotFound):
        unlock_item(by=cast.ben, at=at, item=locked_one, words="It was a joke.")

    unlock_item(by=dee, at=at, item=locked_one, words="It was a joke.")

    assert listing.item_for(cast.ben, locked_one.pk, on=at.date()).due_at == locked_one.due_at
    duty = Duty.objects.get(kind="item.answer", subject=f"inbox.item:{locked_one.pk}", state="open")
    assert duty.due_at == locked_one.due_at
    with pytest.raises(NotNow):
        unlock_item(by=dee, at=at, item=locked_one, words="It was a joke.")


def test_an_archive_of_the_account_made_before_the_lock_is_no_longer_given_out(cast, dee, told, at):
    def made(when):
        given = {"state": "ready", "state_at": when, "digest": "0" * 64}
        return Archive.objects.create(account=told.account, by=cast.ben, at=when, **given)

    before, same, after = made(at), made(at + 2 * HOUR), made(at + 2 * HOUR + MINUTE)
    lock_item(by=cast.ben, at=at + 2 * HOUR, item=told)

    for archive in (before, same):
        with pytest.raises(NotNow, match="out of date"):
            note_archive_taken(archive=archive, by=cast.ben, at=at + 3 * HOUR)
    note_archive_taken(archive=after, by=cast.ben, at=at + 3 * HOUR)

    unlock_item(by=dee, at=at + 3 * HOUR, item=seeing.item(told.pk), words="It was a joke.")
    note_archive_taken(archive=before, by=cast.ben, at=at + 3 * HOUR)


def test_an_archive_of_another_account_is_given_out_as_before(cast, dee, locked_one, at):
    archive = Archive.objects.create(
        account=cast.facebook, by=cast.ben, at=at - HOUR, state="ready", state_at=at, digest="0" * 64
    )
    TeamMember.objects.create(account=cast.facebook, person=cast.ben, part="lead", from_day=at.date())
    note_archive_taken(archive=archive, by=cast.ben, at=at)


def test_it_is_locked_once(cast, dee, locked_one, at):
    with pytest.raises(NotFound):
        lock_item(by=cast.ben, at=at, item=locked_one)
    with pytest.raises(NotNow):
        lock_item(by=dee, at=at, item=locked_one)


def test_people_who_may_not_read_it_cannot_lock_it(told, dee, at):
    with pytest.raises(NotFound):
        lock_item(by=someone("Una Other"), at=at, item=told)


def test_without_a_lead_it_is_not_locked_because_no_one_could_read_it(cast, told, at):
    with pytest.raises(NotNow):
        lock_item(by=cast.ben, at=at, item=told)


def test_a_lead_of_another_school_does_not_find_it(cast, locked_one, at):
    other = School.objects.create(name="South", slug="south")
    person = someone("Ed South")
    Safeguarder.objects.create(place="lead", school=other, person_id=person.pk, since=at)
    assert not seeing.locked_for(person, on=at.date())
    with pytest.raises(NotFound):
        listing.item_for(person, locked_one.pk, on=at.date())


# --- One act -----------------------------------------------------------------------------------------------


def test_one_act_reports_it_with_everything_attached_and_locks_it(cast, dee, told, at):
    mark = codes.new_mark()
    made = disclose(by=cast.ben, at=at, item=told, mark=mark)

    assert made.locked
    assert made.report.restricted_at == at
    assert made.report.said == ["child_told"]
    assert Report.objects.filter(may_see(dee, at.date())).get() == made.report
    assert not Report.objects.filter(may_see(cast.sam, at.date())).exists()
    copy = things.as_it_stands(things.by_subject(made.report.thing), at=at)
    assert [one["text"] for one in copy["texts"]] == [TELLS]
    assert copy["post"]["id"] == told.post_id
    assert copy["post"]["texts"][0]["text"]
    with pytest.raises(NotFound):
        listing.item_for(cast.ben, told.pk, on=at.date())


def test_without_a_lead_it_is_reported_to_whom_the_policy_names(cast, told, at):
    made = disclose(by=cast.ben, at=at, item=told, mark=codes.new_mark())
    assert (made.locked, made.report.restricted_at) == (False, None)
    assert made.report.steps.filter(kind="told").exists()
    assert listing.item_for(cast.ben, told.pk, on=at.date()).pk == told.pk


def test_what_is_refused_leaves_no_report(cast, dee, locked_one, at):
    before = Report.objects.count()
    with pytest.raises(NotFound):
        disclose(by=cast.ben, at=at, item=locked_one, mark=codes.new_mark())
    with pytest.raises(NotNow):
        disclose(by=dee, at=at, item=locked_one, mark=codes.new_mark())
    assert Report.objects.count() == before


def test_what_is_copied_in_again_stays_locked(cast, dee, terms, team, at):
    given = {"by": cast.ben, "at": at, "account": cast.facebook, "text": TELLS, "appeared_at": at - HOUR}
    given["private"] = False
    item = paste_in(**given)
    lock_item(by=cast.ben, at=at, item=item)
    again = paste_in(**given)
    assert (again.pk, Item.every.count()) == (item.pk, 1)
    with pytest.raises(NotFound):
        listing.item_for(cast.ben, again.pk, on=at.date())


def test_a_lead_can_say_that_a_locked_one_is_no_danger(dee, locked_one, at):
    assert settle_danger(by=dee, at=at, item=locked_one, words="Only a game.").goes_first > 0


def test_a_lead_that_the_concern_may_be_about_finds_it_no_more_and_has_no_task_about_it(cast, dee, told, at):
    dan = someone("Dan Deputy")
    Safeguarder.objects.create(place="deputy", person_id=dan.pk, since=at)
    report = disclose(by=cast.ben, at=at, item=told, mark=codes.new_mark()).report
    item = Item.every.get(pk=told.pk)
    open_duty(kind=DANGER, subject=item, at=at, due=Due.none_promised(), person=dan, danger=True)
    assert item.locked_at is not None

    def found(person):
        return (
            [one.pk for one in seeing.locked_for(person, on=at.date())],
            seeing.may_see(person, item, on=at.date()),
            item.pk in seeing.kept_from(person, on=at.date()),
            [one.subject for one in mine(person, at.date())[0] if one.subject.startswith("inbox.item")],
        )

    whole = ([item.pk], True, False)
    assert found(dee)[:3] == found(dan)[:3] == whole
    assert found(dan)[3] == [f"inbox.item:{item.pk}"]
    KeptOut.objects.create(report=report, person=dan)
    assert found(dan) == ([], False, True, [])
    assert found(dee)[:3] == whole
    with pytest.raises(NotFound):
        seeing.check_finds(dan, item, on=at.date())


def test_no_one_is_in_danger_says_a_moderator_and_the_leads_still_read_it(cast, dee, told, at):
    for person in (cast.ben, dee):
        open_duty(kind=DANGER, subject=told, at=at, due=Due.none_promised(), person=person, danger=True)

    def asked():
        return {one.person for one in Duty.objects.filter(kind=DANGER, state="open")}

    settle_danger(by=cast.ben, at=at, item=told, words="Only a game.")
    assert asked() == {dee}, "it may be about the person who says so"
    settle_danger(by=dee, at=at, item=told, words="Only a game.")
    assert asked() == set()
