"""What is written about a member of staff with words of danger or complaint isn’t theirs: they don’t find it,
and can’t show, hide, close, assess or erase it. Colleagues get it, and the leads what may be danger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.retention import kind_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import mine
from schoolgate.inbox import first_read, listing, seeing
from schoolgate.inbox.dangers import REASONS, dangers_in
from schoolgate.inbox.desk import write_note
from schoolgate.inbox.disclosure import Comments as Found
from schoolgate.inbox.figures import Comments
from schoolgate.inbox.judging import judge
from schoolgate.inbox.models import Item, Sight
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.replying import close_item
from schoolgate.inbox.sight import check
from schoolgate.inbox.telling import ask_about_colleagues, read_names_again, settle_danger
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person
from schoolgate.records.destroying import check_may_know
from schoolgate.reports.evidence import hidden_from
from schoolgate.triage import Lane
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.conftest import waiting

HOUR = timedelta(hours=1)
ABOUT_BEN = (
    "Mr Carter touched me in the art room and said not to tell anyone. I am in 5A",
    "Ben Carter keeps messaging my daughter asking for pictures of her",
    "Mae Mr Carter yn gofyn i fy merch am luniau ohoni",
    "Ben hits us at football",
    "I want to complain about Mr Carter, he shouted at my son and was rude",
)
DONE_BY_BEN = (
    "Mr Carter kissed a pupil", "Mr Carter takes photos up skirts", "Ben messages girls at night",
    "Ben Carter is sleeping with a sixth former", "Mr Carter hits children",
    "Ben Carter shouted at my son and grabbed him", "Keep your girls away from Ben Carter",
    "Mr Carter was arrested", "Mae Ben yn cyffwrdd merched", "Mr Karrter hits kids", "@bencarter is a perv",
    "Mr Carter is amazing, my son always sleeps over at the flat", "Mr C4rter hits kids",
)  # fmt: skip
HIS_TO_READ = (
    "Thank you Mr Carter for the lovely trip",
    "What time does Mr Carter open the gate?",
    "Mr Carter has my son’s coat",
)


@pytest.fixture
def dee(cast, at):
    """The designated safeguarding lead."""
    person = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


@pytest.fixture
def write(published, server, poll, at):
    def write(words):
        server.comment(published.ref, words, at=at + HOUR)
        poll(now=at + HOUR)
        return seeing.item(max(Item.every.values_list("pk", flat=True)))

    return write


def test_a_colleague_beside_a_sign_of_danger_is_kept_out_and_is_not_said_to_have_done_anything(
    cast, dee, write
):
    said = (
        "So pleased to see little M looking settled with Mr Carter! Everyone at her old school in Frome "
        "misses her, we weren't told where she'd gone x"
    )
    item, told = write(said), write("Keep your girls away from Ben Carter")
    assert (item.meant, told.meant) == ([cast.ben.pk], [cast.ben.pk])
    assert (item.locked_at is not None, told.locked_at is not None) == (True, True)
    assert str(dangers_in(item.why)[0]) == "it reads like a sign of danger"
    assert REASONS[Lane.DANGER, "colleague"] not in dangers_in(item.why)
    assert dangers_in(told.why)[0] == REASONS[Lane.DANGER, "colleague"]


UNSURE = "Thanks Mr Carter for the trip, shame about the bus"
UNTOLD = "Mr Carter knows very well what happened in the minibus"


def asked(item, kind):
    """Who has an open task of a kind about an item."""
    rows = Duty.objects.filter(subject=f"inbox.item:{item.pk}", kind=kind, state="open")
    return {one.person for one in rows.select_related("person")}


def test_what_he_did_to_someone_is_not_his_to_read_and_the_lead_is_told_at_once(cast, dee, write):
    items = [(words, write(words)) for words in DONE_BY_BEN]
    assert [words for words, item in items if item.meant != [cast.ben.pk]] == []
    assert [words for words, item in items if dee not in asked(item, "item.danger")] == []


def test_what_is_not_plainly_kind_goes_to_a_colleague_and_to_the_lead_only_where_it_cannot_be_told(
    cast, dee, write, at
):
    """The lead is asked quietly: reading it ends the task."""
    unsure, untold = write(UNSURE), write(UNTOLD)
    assert unsure.meant == untold.meant == [cast.ben.pk]
    assert asked(unsure, "item.answer") == asked(untold, "item.answer") == {cast.sam}
    assert asked(unsure, "item.of_colleague") == set()
    assert asked(untold, "item.of_colleague") == {dee}
    assert not asked(untold, "item.danger")
    assert {one.pk for one in seeing.about_colleagues(dee, on=at.date())} == {unsure.pk, untold.pk}
    assert not seeing.about_colleagues(cast.sam, on=at.date())
    first_read.note(by=cast.sam, at=at, item=untold)
    assert asked(untold, "item.of_colleague") == {dee}
    first_read.note(by=dee, at=at, item=untold)
    assert asked(untold, "item.of_colleague") == set()


def test_what_cannot_be_told_is_read_by_a_lead_before_another_moderator_shows_or_closes_it(
    cast, dee, write, at
):
    unsure, untold = write(UNSURE), write(UNTOLD)
    later = at + HOUR

    def close(item):
        close_item(by=cast.sam, at=later, item=seeing.item(item.pk), reason="no_answer_needed")

    def show(item):
        check(cast.sam, seeing.item(item.pk), Sight.SHOWN, on=at.date(), because="")

    for act in (show, close):
        with pytest.raises(NotNow, match="safeguarding lead must read this first"):
            act(untold)
    with pytest.raises(NotNow, match="can already read it"):
        show(unsure)
    close(unsure)
    first_read.note(by=dee, at=later, item=seeing.item(untold.pk))
    with pytest.raises(NotNow, match="can already read it"):
        show(untold)
    close(untold)


def test_what_names_a_colleague_and_waits_to_be_shown_is_read_by_a_lead_before_another_moderator_shows_it(
    cast, dee, write, at
):
    """Whatever the lead finds under *About a colleague*, and not only what can't be told."""
    item = write(UNSURE)
    Item.every.filter(pk=item.pk).update(released=False)
    item = seeing.item(item.pk)
    ask_about_colleagues([item], at=at)
    assert asked(item, "item.of_colleague") == {dee}
    with pytest.raises(NotNow, match="safeguarding lead must read this first"):
        check(cast.sam, item, Sight.SHOWN, on=at.date(), because="")
    first_read.note(by=dee, at=at + HOUR, item=item)
    first_read.check(item)


def test_an_insult_that_waits_to_be_shown_is_for_moderators_to_judge_and_delete(cast, dee, write, at):
    item = write(f"{cast.ben.name} is a stupid idiot")
    Item.every.filter(pk=item.pk).update(released=False)
    item = seeing.item(item.pk)
    assert (item.lane, item.meant) == ("abuse", [cast.ben.pk])
    ask_about_colleagues([item], at=at)
    assert asked(item, "item.of_colleague") == set()
    first_read.check(item)


def test_where_each_moderator_may_be_meant_a_lead_gets_the_task_and_may_deal_with_it(cast, dee, write, at):
    Person.objects.exclude(pk__in=[dee.pk, cast.ben.pk]).update(left_on=at.date() - 24 * HOUR)
    item = write(UNSURE)
    assert item.meant == [cast.ben.pk]
    assert asked(item, "item.answer") == asked(item, "item.of_colleague") == {dee}
    assert item.due_words != "not_known"
    with pytest.raises(NotFound):
        close_item(by=cast.ben, at=at, item=item, reason="spam")
    first_read.note(by=dee, at=at, item=item)
    close_item(by=dee, at=at, item=item, reason="no_answer_needed")
    assert asked(item, "item.answer") == set()


def test_a_name_of_who_wrote_it_counts_as_words(cast, dee, write, server, published, poll, at):
    item = write("he hits kids")
    assert item.meant == []
    Item.every.filter(pk=item.pk).update(author_name="Mr Carter", names_read="")
    while read_names_again(at=at + HOUR):
        pass
    assert seeing.item(item.pk).meant == [cast.ben.pk]
    assert dee in asked(item, "item.danger")


def settled(item, by, at):
    """That person has opened it, and says that no one is in danger."""
    settle_danger(by=by, at=at + HOUR, item=listing.item_for(by, item.pk, on=at.date()), words="Only a game.")


@pytest.mark.parametrize("words", ABOUT_BEN)
def test_who_is_meant_finds_nothing_of_it_and_a_colleague_does_once_a_lead_says_no_one_is_in_danger(
    cast, dee, write, words, at
):
    on, item = at.date(), write(words)
    assert item.meant == [cast.ben.pk]
    assert doors_of(cast.sam, item, on=on) == []
    settled(item, dee, at)
    for person, finds in ((cast.ben, False), (cast.sam, True)):
        with scope(cast.federation.pk, person.pk):
            assert bool(listing.newest(person, on=on)[0]) is finds
            assert bool(waiting(person, on=on)[0]) is finds
            assert bool(listing.search(person, [words.split()[2].lower()], on=on, limit=9)) is finds
            assert bool(listing.of_ids(person, [item.pk], on=on)) is finds
            assert bool(Comments().unanswered([item.account_id])) is finds
    with pytest.raises(NotFound):
        listing.item_for(cast.ben, item.pk, on=on)
    assert listing.item_for(cast.sam, item.pk, on=on).pk == item.pk
    assert listing.item_for(dee, item.pk, on=on).pk == item.pk
    asked = Duty.objects.filter(subject=f"inbox.item:{item.pk}", state="open")
    assert asked
    assert cast.ben not in {one.person for one in asked}
    assert not [one for one in mine(cast.ben, on=on)[0] if one.subject == f"inbox.item:{item.pk}"]


def test_who_is_meant_decides_nothing_about_it(cast, dee, write, at):
    item = write(ABOUT_BEN[0])
    with pytest.raises(NotFound):
        moderate(by=cast.ben, at=at, item=item, how="shown", version=item.version)
    for how in ("hidden", "removed"):
        with pytest.raises(NotFound):
            moderate(by=cast.ben, at=at, item=item, how=how, because="defamatory")
    with pytest.raises(NotFound):
        settle_danger(by=cast.ben, at=at, item=item, words="Only a game.")
    with pytest.raises(NotFound):
        close_item(by=cast.ben, at=at, item=item, reason="spam")
    with pytest.raises(NotFound):
        judge(by=cast.ben, at=at, item=item, because="nothing", version=item.version)
    with pytest.raises(NotFound):
        write_note(by=cast.ben, at=at, item=item, text="Nonsense.")
    with pytest.raises(NotFound):
        check_may_know(cast.ben, kind_of("comments"), item.pk, on=at.date())
    check_may_know(cast.sam, kind_of("comments"), item.pk, on=at.date())


def test_one_of_danger_reaches_the_lead_and_never_the_lead_it_is_about(cast, dee, write, at):
    item = write(ABOUT_BEN[0])
    asked = Duty.objects.filter(subject=f"inbox.item:{item.pk}", kind="item.danger", state="open")
    assert dee in {one.person for one in asked}
    other = write("Dee Lead asks my son to keep secrets")
    asked = Duty.objects.filter(subject=f"inbox.item:{other.pk}", kind="item.danger", state="open")
    assert asked
    assert dee not in {one.person for one in asked}
    with pytest.raises(NotFound):
        listing.item_for(dee, other.pk, on=at.date())


def test_what_a_colleague_does_with_one_of_danger_leaves_it_to_the_lead(cast, dee, write, at):
    """*No one is in danger* and hiding end a colleague's own task, never the lead's; closing waits for the
    lead."""
    item = write("i want to kill myself")
    asked = Duty.objects.filter(subject=f"inbox.item:{item.pk}", kind="item.danger", state="open", person=dee)
    settle_danger(by=cast.ben, at=at, item=item, words="Only a game.")
    with pytest.raises(NotNow):
        check(cast.ben, item, Sight.SHOWN, on=at.date(), because="")
    moderate(by=cast.ben, at=at, item=item, how="hidden", because="spam")
    assert asked.exists()
    with pytest.raises(NotNow):
        close_item(by=cast.ben, at=at, item=seeing.item(item.pk), reason="spam")
    assert asked.exists()
    assert listing.item_for(dee, item.pk, on=at.date()).versions.get().text.startswith("i want")
    assert kind_of("comments").still_needed([item.pk]) == {item.pk}
    settle_danger(by=dee, at=at, item=seeing.item(item.pk), words="Only a game.")
    assert not asked.exists()


@pytest.mark.parametrize(
    "words", ["the man who looks after this page hurts her", "Mae’r dyn sy’n gofalu am y dudalen yn ei tharo"]
)
def test_words_about_who_looks_after_the_page_are_kept_from_its_team(cast, dee, write, words, at):
    item = write(words)
    team = TeamMember.objects.filter(account=item.account)
    assert set(item.meant) == {one.person_id for one in team}
    assert cast.ben.pk in item.meant
    assert listing.item_for(dee, item.pk, on=at.date()).pk == item.pk
    asked = Duty.objects.filter(subject=f"inbox.item:{item.pk}", kind="item.danger", state="open")
    assert dee in {one.person for one in asked}


@pytest.mark.parametrize("words", HIS_TO_READ)
def test_praise_a_question_and_a_remark_stay_theirs(cast, write, words, at):
    item = write(words)
    assert item.meant == []
    assert listing.item_for(cast.ben, item.pk, on=at.date()).pk == item.pk


def test_what_a_writer_adds_later_keeps_it_from_them_too(cast, write, server, poll, at):
    item = write("What should they wear?")
    server.edit(next(iter(server.comments.values())), ABOUT_BEN[0])
    poll(now=at + 2 * HOUR)
    assert seeing.item(item.pk).meant == [cast.ben.pk]
    server.edit(next(iter(server.comments.values())), "What should they wear?")
    poll(now=at + 3 * HOUR)
    assert seeing.item(item.pk).meant == [cast.ben.pk]


def test_records_exports_and_answers_about_data_show_them_nothing(cast, dee, write, at):
    item, on = write(ABOUT_BEN[0]), at.date()
    settled(item, dee, at)
    judge(by=cast.sam, at=at, item=item, because="nothing", version=item.version)
    rows = {row.number for row in recorded() if row.subject.startswith(("inbox.item:", "inbox.judgement:"))}
    assert rows
    assert rows <= set(hidden_from(cast.ben, on=on))
    assert not rows & set(hidden_from(cast.sam, on=on))
    assert Comments().count(item.account) == 0
    assert Found().for_lead([item.pk]) == {item.pk}
    assert meant_by([f"inbox.item:{item.pk}"]) == {f"inbox.item:{item.pk}": {cast.ben.pk}}


def test_one_that_came_before_is_read_again_when_a_person_comes_and_what_they_had_of_it_passes_on(
    cast, dee, write, at
):
    item = write("Mr Quill touched me in the art room and said not to tell anyone")
    while read_names_again(at=at + HOUR):
        pass
    assert item.meant == []
    thanks = write("Thank you Mr Quill for the trip")
    Person.objects.filter(pk=cast.ben.pk).update(name="Ben Quill")
    had = Duty.objects.filter(subject=f"inbox.item:{item.pk}", person=cast.ben, state="open").exists()
    while read_names_again(at=at + HOUR):
        pass
    item, thanks = (Item.every.get(pk=one.pk) for one in (item, thanks))
    assert item.meant == [cast.ben.pk]
    assert thanks.meant == []
    with pytest.raises(NotFound):
        listing.item_for(cast.ben, item.pk, on=at.date())
    tasks = Duty.objects.filter(subject=f"inbox.item:{item.pk}", state="open")
    assert not tasks.filter(person=cast.ben).exists()
    assert tasks.exists() or not had
    assert read_names_again(at=at + HOUR) == 0


NAMES_NO_ONE = (
    "admin hits kids", "whoever writes these posts slaps pupils", "the lad who posts on here touches girls",
    "my son always sleeps over at the flat, amazing man", "Mae'r dyn sy'n postio yma yn taro plant",
)  # fmt: skip


def doors_of(person, item, *, on):
    """By which doors a person finds an item."""
    with scope(item.account.federation_id, person.pk):
        return [
            door
            for door, there in {
                "list": listing.newest(person, on=on)[0], "waiting": waiting(person, on=on)[0],
                "of ids": listing.of_ids(person, [item.pk], on=on),
                "count": Comments().unanswered([item.account_id]),
                "task": [one for one in mine(person, on=on)[0] if one.subject == f"inbox.item:{item.pk}"],
                "record": item.pk not in seeing.kept_from(person, on=on),
            }.items()
            if there
        ]  # fmt: skip


@pytest.mark.parametrize("words", NAMES_NO_ONE)
def test_what_may_accuse_an_adult_is_found_by_no_one_who_runs_the_page_before_a_lead_has_read_it(
    cast, dee, write, words, at
):
    on, item = at.date(), write(words)
    assert item.meant == []
    for person in (cast.ben, cast.sam):
        assert doors_of(person, item, on=on) == []
        with pytest.raises(NotFound):
            listing.item_for(person, item.pk, on=on)
        for how in ("shown", "hidden", "removed"):
            with pytest.raises(NotFound):
                moderate(by=person, at=at, item=item, how=how, because="spam", version=item.version)
        with pytest.raises(NotFound):
            close_item(by=person, at=at, item=item, reason="spam")
    assert asked(item, "item.danger") == {dee}
    assert asked(item, "item.answer") == set()
    first_read.note(by=dee, at=at + HOUR, item=listing.item_for(dee, item.pk, on=on))
    assert seeing.item(item.pk).locked_at is not None, "to have opened it is no decision"
    assert doors_of(cast.sam, item, on=on) == []
    settled(item, dee, at)
    item = seeing.item(item.pk)
    assert item.locked_at is None
    assert listing.item_for(cast.sam, item.pk, on=on).pk == item.pk
    assert asked(item, "item.answer")
    assert listing.item_for(dee, item.pk, on=on).pk == item.pk


def test_half_a_sentence_waits_with_the_other_half_and_an_edit_that_accuses_waits_too(
    cast, dee, write, server, published, poll, at
):
    first, second = (
        write("I must say something about the guy who runs this page"),
        write("he hit my son last week"),
    )
    assert [seeing.item(one.pk).locked_at for one in (first, second)] == [at + HOUR, at + HOUR]
    assert dee in asked(first, "item.danger")
    settled(second, dee, at)
    server.edit(next(iter(server.comments.values())), "admin hits kids")
    poll(now=at + 2 * HOUR)
    assert seeing.item(first.pk).locked_at is not None


def test_all_that_someone_wrote_just_before_they_accused_waits_with_it(cast, dee, write, at):
    before = [write(f"And another thing, number {number}") for number in range(11)]
    last = write("he hit my son last week")
    kept = Item.every.filter(locked_until_read=True).order_by("pk").values_list("pk", flat=True)
    assert list(kept) == [one.pk for one in (*before, last)]


def test_without_a_lead_the_next_people_settle_it_and_then_the_page_has_it(cast, write, at):
    item = write("admin hits kids")
    people = asked(item, "item.danger")
    assert people
    reader = next(iter(people))
    first_read.note(by=reader, at=at, item=item)
    assert seeing.item(item.pk).locked_at is not None
    settled(item, reader, at)
    assert seeing.item(item.pk).locked_at is None


def test_what_another_child_or_one_of_the_family_did_is_the_pages_at_once(cast, dee, write, at):
    for words in ("another boy punched my son at break", "my dad hits me", "admin can't spell"):
        item = write(words)
        assert item.locked_at is None, words
        assert listing.item_for(cast.sam, item.pk, on=at.date()).pk == item.pk
