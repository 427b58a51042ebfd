"""What may show danger is read by a safeguarding lead before anything ends it, and reaches the next people in
one order where no lead can read it, or does in time. Whoever is asked can open it."""

from __future__ import annotations

import ast
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from schoolgate.core.errors import NotFound, NotNow, SchoolgateError
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.retention import kind_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import open_duties
from schoolgate.duties.models import Duty
from schoolgate.inbox import first_read, listing, seeing
from schoolgate.inbox.ingesting import note_gone
from schoolgate.inbox.locking import unlock_item
from schoolgate.inbox.models import Item, ItemVersion, Moderation
from schoolgate.inbox.moderating import finish_removal, moderate
from schoolgate.inbox.replying import close_item
from schoolgate.inbox.telling import hand_over, one_for_all, pass_danger_on, settle_danger, tell_leads_and
from schoolgate.incidents import queries as codes
from schoolgate.incidents.handling import open_report
from schoolgate.incidents.reporting import disclose
from schoolgate.people.leads import in_line
from schoolgate.people.leaving import start_extended_absence
from schoolgate.people.models import AbsenceKind, RoleAssignment
from schoolgate.people.queries import book_of
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from tests.cast import let_go, someone
from tests.stories import rolled_back

HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
TELLS = "i want to kill myself"
INBOX = Path(first_read.__file__).parent


@pytest.fixture
def dee(cast, at):
    """The designated safeguarding lead."""
    person = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


@pytest.fixture
def write(published, server, poll, at):
    def write(words=TELLS):
        server.comment(published.ref, words, at=at + HOUR)
        poll(now=at + HOUR)
        return seeing.item(max(Item.every.values_list("pk", flat=True)))

    return write


def asked(item) -> set[str]:
    """Who has a task to read it for danger; each of them can open it."""
    rows = Duty.objects.filter(kind="item.danger", subject=f"inbox.item:{item.pk}", state="open")
    people = [row.person for row in rows.select_related("person__federation") if row.person]
    for one in people:
        assert listing.item_for(one, item.pk, on=item.first_seen_at.date()).pk == item.pk, one.name
    return {one.name for one in people}


# --- Nothing ends before the lead's reading -----------------------------------------------------------------


def _acts(by, at, item):
    """Each act that could end an item, by whoever has all roles here; what it needs first is done."""
    hidden = {"because": "rules", "version": item.version}
    yield "close", lambda: close_item(by=by, at=at, item=item, reason="no_answer_needed")
    yield "delete", lambda: moderate(by=by, at=at, item=item, how="removed", **hidden)
    yield "finish a removal", lambda: finish_removal(by=by, at=at, item=item, notice="own")
    yield (
        "say that no one is in danger",
        lambda: settle_danger(by=by, at=at, item=item, words="Only a game."),
    )
    yield "hand it over", lambda: hand_over(by=by, at=at, item=item)
    yield "its author deletes it", lambda: note_gone(at=at, items=[item])
    yield "report it without locking it", lambda: disclose(by=by, at=at, item=item, mark=codes.new_mark())


def test_no_act_ends_what_a_lead_has_not_read(cast, dee, write, at):
    item = write()
    assert item.waits_for_lead_since is not None
    for name, act in _acts(cast.ben, at + HOUR, item):
        with rolled_back():
            with suppress(SchoolgateError):
                act()
            left = Item.every.get(pk=item.pk)
            assert left.state != "closed", name
            assert left.waits_for_lead_since is not None, name
            assert ItemVersion.objects.get(item=item).text == TELLS, name
            assert not Moderation.objects.filter(item=item, how="removed").exists(), name
            still = Duty.objects.filter(person=dee, state="open", subject=f"inbox.item:{item.pk}")
            told = Duty.objects.filter(person=dee, state="open", kind="incidents.take")
            assert still.filter(kind="item.danger").exists() or told.exists(), name


ENDS_NOTHING = frozenset({
    "block_author", "report_comment",
    "tell_readers", "assign_item", "write_note", "judge", "read_report", "note_writer_step", "hide_locked",
    "lock_and_hide", "lock_item", "unlock_item", "look_after_removal", "send_notice", "adopt_wording",
    "ask_for_reply", "set_kind", "write_answer", "show_and_answer", "make_appeal", "decide_appeal",
    "open_closed_item", "moderation_done_by_hand", "ingest", "danger_again", "note_opened",
})  # fmt: skip
"""Acts on an item that neither close, delete nor destroy it: taking it out of sight, replying and locking
wait for nothing."""
TRIED = frozenset({
    "close_item", "moderate", "finish_removal", "settle_danger", "hand_over", "note_gone",
})  # fmt: skip


def test_every_act_on_an_item_is_known_here():
    found = set()
    for path in INBOX.glob("*.py"):
        for one in ast.parse(path.read_text()).body:
            named = isinstance(one, ast.FunctionDef) and {each.arg for each in one.args.kwonlyargs}
            if (
                named
                and named & {"item", "items", "moderation"}
                and any(isinstance(each, ast.Name) and each.id == "action" for each in one.decorator_list)
            ):
                found.add(one.name)
    assert found == ENDS_NOTHING | TRIED


def test_after_the_lead_has_read_it_each_of_them_works(cast, dee, write, at):
    item = write()
    first_read.note(by=dee, at=at + HOUR, item=item)
    with rolled_back():
        close_item(by=cast.ben, at=at + HOUR, item=item, reason="no_answer_needed")
    assert Item.every.get(pk=item.pk).waits_for_lead_since is None


def test_its_period_ends_for_nothing_that_no_lead_has_read(cast, dee, write, at):
    item, comments = write(), kind_of("comments")
    Item.every.filter(pk=item.pk).update(state="answered", state_at=at)
    Duty.objects.update(state="discharged", ended_at=at, how="read")
    later = at + timedelta(days=4000)
    assert item.pk not in comments.due(later, at=later).values_list("pk", flat=True)
    assert comments.still_needed([item.pk]) == {item.pk}
    first_read.note(by=dee, at=at + HOUR, item=Item.every.get(pk=item.pk))
    assert item.pk in comments.due(later, at=later).values_list("pk", flat=True)
    assert comments.still_needed([item.pk]) == set()


def test_reading_the_concern_with_its_copy_is_reading_it(cast, dee, write, at):
    item = write()
    made = disclose(by=cast.ben, at=at + HOUR, item=item, mark=codes.new_mark())
    assert Item.every.get(pk=item.pk).waits_for_lead_since is not None
    with scope(cast.federation.pk, dee.pk):
        open_report(report=made.report, by=dee, at=at + HOUR)
    assert Item.every.get(pk=item.pk).waits_for_lead_since is None


# --- Who is next --------------------------------------------------------------------------------------------


@pytest.fixture
def governed(cast):
    """Gail is a governor, Rhys sees concerns and moderates nothing; neither finds comments otherwise."""
    cast.gail = someone("Gail Governor", "federation-leadership-team")
    cast.rhys = someone("Rhys Senior", "relevant-senior-member-of-staff")
    return cast


def test_the_order_is_one_and_no_one_it_may_be_about_is_in_it(governed, dee, at):
    cast, on = governed, at.date()
    dan = someone("Dan Deputy")
    Safeguarder.objects.create(place="deputy", person_id=dan.pk, since=at)
    book = book_of(cast.federation)

    def order(**given):
        return [{one.name for one in step} for step in in_line(book, cast.school, on=on, **given)]

    leads = {"Dee Lead", "Dan Deputy"}
    assert order() == [leads, {"Sam Slater"}, {"Rhys Senior"}, {"Gail Governor"}]
    assert order(out={cast.sam.pk}) == [leads, {"Gail Governor"}, {"Rhys Senior"}]
    assert order(out={dee.pk, dan.pk}) == [{"Sam Slater"}, {"Rhys Senior"}, {"Gail Governor"}]
    assert [one.name for one in in_line(book, cast.school, on=on, on_duty=[dan])[0]] == [
        "Dan Deputy", "Dee Lead",
    ]  # fmt: skip


def test_what_no_one_reads_goes_on_step_by_step_and_each_can_open_it(governed, dee, write, at):
    item = write()
    came = at + HOUR
    assert asked(item) == {"Ben Carter", "Dee Lead"}
    with pytest.raises(NotFound):
        listing.item_for(governed.rhys, item.pk, on=at.date())
    for step, name in enumerate(("Sam Slater", "Rhys Senior", "Gail Governor"), start=1):
        pass_danger_on(at=came + step * QUARTER - timedelta(seconds=1))
        assert name not in asked(item)
        pass_danger_on(at=came + step * QUARTER)
        assert name in asked(item)
    pass_danger_on(at=came + 9 * QUARTER)
    assert len(asked(item)) == 5


def test_however_many_wait_each_goes_on_to_the_next_people(governed, dee, write, at):
    """A hundred newer ones that wait as well kept the oldest from ever going on."""
    first, second = write(), write("my dad hits me every night")
    now = at + HOUR + QUARTER
    assert pass_danger_on(at=now, limit=1) == first.pk
    assert "Sam Slater" in asked(first)
    assert "Sam Slater" not in asked(second)
    assert pass_danger_on(at=now, after=first.pk, limit=1) == second.pk
    assert "Sam Slater" in asked(second)
    assert pass_danger_on(at=now, after=second.pk, limit=1) is None


def test_a_lead_is_asked_until_nothing_they_may_read_is_left_however_much_waits(
    cast, dee, write, at, monkeypatch
):
    monkeypatch.setattr(first_read, "MOST", 1)
    about_her, left, read = write(), write("my dad hits me every night"), write("i hate my life so much")
    Item.every.update(waits_quietly=True, waits_for_lead_since=at)
    Item.every.filter(pk=about_her.pk).update(meant=[dee.pk])
    open_duties(at=at, wanted=[one_for_all(left, dee)])
    task = Duty.objects.get(kind="item.read_first")
    for item, state in ((read, "open"), (left, "discharged")):
        first_read.note(by=dee, at=at + HOUR, item=seeing.item(item.pk))
        task.refresh_from_db()
        assert task.state == state, item.pk


def test_what_accuses_goes_on_to_those_who_run_that_page_only_after_everyone_else(governed, dee, write, at):
    item = write("he hit my son last week")  # Sam owns the policy and is in the account's team
    came = at + HOUR
    assert asked(item) == {"Dee Lead"}
    for step, name in enumerate(("Rhys Senior", "Gail Governor", "Sam Slater"), start=1):
        pass_danger_on(at=came + step * QUARTER)
        assert name in asked(item)
        assert len(asked(item)) == step + 1


def test_what_accuses_waits_for_no_one_where_a_lead_runs_that_page_or_no_one_else_is_here(cast, write, at):
    Safeguarder.objects.create(place="lead", person_id=cast.ben.pk, since=at)
    item = write("he hit my son last week")
    assert asked(item) == {"Ben Carter"}  # a lead stays the first
    pass_danger_on(at=at + HOUR + QUARTER)
    assert asked(item) == {"Ben Carter", "Sam Slater"}


def test_what_is_locked_goes_on_where_no_lead_opens_it(governed, dee, write, at):
    item = write()
    now = at + HOUR
    disclose(by=governed.ben, at=now, item=item, mark=codes.new_mark())
    assert asked(item) == set()  # the lead has the concern
    pass_danger_on(at=now + QUARTER - timedelta(seconds=1))
    assert asked(item) == set()
    pass_danger_on(at=now + QUARTER)
    assert asked(item) == {"Sam Slater"}
    assert [one.pk for one in seeing.locked_for(governed.sam, on=at.date())] == [item.pk]
    assert not seeing.is_kept_from(governed.sam, f"inbox.item:{item.pk}", at.date())
    for other in (governed.ben, governed.gail):
        with pytest.raises(NotFound):
            listing.item_for(other, item.pk, on=at.date())
    opened = seeing.item(item.pk)
    with pytest.raises(NotFound):  # he may read it, and the lead alone gives it back
        unlock_item(by=governed.sam, at=now + QUARTER, item=opened, words="It was a joke.")
    first_read.note(by=governed.sam, at=now + QUARTER, item=opened)
    pass_danger_on(at=now + HOUR)
    assert asked(item) == {"Sam Slater"}  # he has read it: it goes no further
    assert Item.every.get(pk=item.pk).waits_for_lead_since is not None  # and the lead still has to


def test_a_lead_who_opens_it_in_time_stops_that(governed, dee, write, at):
    item = write()
    disclose(by=governed.ben, at=at + HOUR, item=item, mark=codes.new_mark())
    first_read.note(by=dee, at=at + HOUR, item=seeing.item(item.pk))
    pass_danger_on(at=at + 9 * HOUR)
    assert asked(item) == set()


def test_the_only_lead_on_long_leave_stalls_nothing(governed, dee, write, at):
    item = write()
    disclose(by=governed.ben, at=at + HOUR, item=item, mark=codes.new_mark())
    leave = {"by": governed.sam, "person": dee, "kind": AbsenceKind.values[0], "from_day": at.date()}
    with pytest.raises(NotNow, match="No one else leads"):
        start_extended_absence(**leave, at=at + HOUR)
    dan = someone("Dan Deputy")
    deputy = Safeguarder.objects.create(
        place="deputy", person_id=dan.pk, since=at + HOUR, reads_from=at + 2 * HOUR
    )
    let_go(dee, at + HOUR)
    start_extended_absence(**leave, at=at + HOUR)
    pass_danger_on(at=at + 2 * HOUR)
    assert asked(item) == {"Sam Slater"}  # Dan reads only what comes from now on
    assert not Duty.objects.filter(person=dan, kind="item.danger").exists()
    first_read.note(by=governed.sam, at=at + 2 * HOUR, item=seeing.item(item.pk))
    assert deputy.ended_at is None
    assert Item.every.get(pk=item.pk).waits_for_lead_since is None  # no lead may: the next person's counts


def test_where_it_may_be_about_each_lead_the_next_person_reads_it_and_acts(governed, dee, write, at):
    item = write("Dee Lead keeps hitting me and i want to kill myself")
    assert dee.pk in item.meant
    assert asked(item) == {"Sam Slater"}
    with pytest.raises(NotFound):
        close_item(by=governed.ben, at=at + HOUR, item=item, reason="no_answer_needed")
    first_read.note(by=governed.sam, at=at + HOUR, item=seeing.item(item.pk))
    with pytest.raises(NotFound):
        disclose(by=governed.ben, at=at + HOUR, item=seeing.item(item.pk), mark=codes.new_mark())
    disclose(by=governed.sam, at=at + HOUR, item=seeing.item(item.pk), mark=codes.new_mark())
    pass_danger_on(at=at + 2 * HOUR)
    assert "Dee Lead" not in asked(item)
    first_read.note(by=governed.sam, at=at + 2 * HOUR, item=seeing.item(item.pk))
    unlock_item(by=governed.sam, at=at + 2 * HOUR, item=seeing.item(item.pk), words="It was a joke.")


def test_who_is_no_longer_in_line_opens_it_no_more(governed, dee, write, at):
    item = write()
    disclose(by=governed.ben, at=at + HOUR, item=item, mark=codes.new_mark())
    pass_danger_on(at=at + 2 * HOUR)
    assert asked(item) == {"Sam Slater"}
    RoleAssignment.objects.filter(person=governed.sam).update(to_day=at.date() - timedelta(days=1))
    with pytest.raises(NotFound):
        listing.item_for(governed.sam, item.pk, on=at.date())


def test_a_child_who_tells_of_themselves_in_words_of_no_list_waits_for_a_lead(write, dee):
    item = write("i just want it all 2 stop")
    assert [item.lane, item.waits_for_lead_since is None] == ["danger", False]
    with pytest.raises(NotNow):
        first_read.check(item)


def test_who_comes_with_a_weapon_is_told_to_the_leads_and_to_who_is_on_duty(dee, write):
    item = write("ill be outside monday 3.15 with a knife for that lister bloke, you lot took my kids")
    assert item.locked_at is None
    assert "Dee Lead" in asked(item)
    assert len(asked(item)) > 1


def test_who_names_a_child_who_must_not_be_published_is_read_by_a_lead_by_the_morning(dee, write, at):
    school = School.objects.first()
    Pupil.objects.create(school=school, key="I", first_name="Idris", last_name="Khan")
    freya = Pupil.objects.create(school=school, key="F", first_name="Freya", last_name="Lund")
    keep_off(by=dee, at=at, pupil=freya, why="")
    for words, reads in (
        ("Well done Freya Lund!", True), ("Is freya in the play?", True), ("Great solo, Freya", False),
        ("Well done Idris Khan!", False), ("Where does Idris live now?", True), ("Is the fair at 2?", False),
    ):  # fmt: skip
        item = write(words)
        assert (item.waits_for_lead_since is not None) is reads, words
        assert not asked(item), "no one is woken"
        if reads:
            assert listing.item_for(dee, item.pk, on=at.date()).pk == item.pk
            with pytest.raises(NotNow):
                first_read.check(item)
    assert Duty.objects.filter(kind="item.read_first", person=dee, state="open").count() == 1


def test_those_asked_are_told_again_each_quarter_until_a_lead_has_read_it(governed, dee, write, at):
    item = write()
    came = at + HOUR

    def told(after) -> set[str]:
        """Who was told of it, this time, after what they were told before."""
        rows = Duty.objects.filter(kind="item.danger", warned_at=came + after).select_related("person")
        return {one.person.name for one in rows}

    pass_danger_on(at=came + QUARTER)
    assert told(QUARTER) == {"Ben Carter", "Dee Lead"}
    pass_danger_on(at=came + 2 * QUARTER)
    assert told(2 * QUARTER) == {"Ben Carter", "Dee Lead", "Sam Slater"}
    first_read.note(by=dee, at=came + 2 * QUARTER, item=seeing.item(item.pk))
    pass_danger_on(at=came + 3 * QUARTER)
    assert told(3 * QUARTER) == set()


def test_what_someone_locked_because_a_child_tells_of_harm_is_passed_on_after_a_quarter(
    governed, dee, write, at
):
    """No list had words for it, and then it waited an hour."""
    item = write("can i talk to someone about what he said")
    Item.every.filter(pk=item.pk).update(lane="other", why=[], goes_first=99)
    tell_leads_and([seeing.item(item.pk)], [], None, at=at + HOUR)
    Item.every.filter(pk=item.pk).update(locked_at=at + HOUR)
    tasks = Duty.objects.filter(kind="item.danger")
    before = tasks.count()
    pass_danger_on(at=at + HOUR + QUARTER - timedelta(seconds=1))
    assert tasks.count() == before
    pass_danger_on(at=at + HOUR + QUARTER)
    assert tasks.count() > before
