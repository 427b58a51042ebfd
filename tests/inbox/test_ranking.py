"""Comments are ranked with a reason, and people are told of danger at any hour."""

from datetime import date, timedelta

import pytest

from bench.screened_posts import clean_posts
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import first_read, listing
from schoolgate.inbox.judged import set_kind
from schoolgate.inbox.listing import Filters
from schoolgate.inbox.models import ORDINARY, Item
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.ranking import add_phrase, end_phrase, known_at, tells_now
from schoolgate.inbox.replying import close_item, open_closed_item
from schoolgate.inbox.telling import danger_again, hand_over, pass_danger_on, settle_danger
from schoolgate.incidents import queries
from schoolgate.incidents.reporting import disclose
from schoolgate.notices.kinds import is_dangerous
from schoolgate.people.models import Person
from schoolgate.pupils.models import Pupil
from schoolgate.triage import Lane, triage
from schoolgate.triage.lanes import BY_MORNING
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.conftest import waiting
from tests.triage.examples import danger, harmless

HOUR = timedelta(hours=1)
TELLS = "my dad hits me when he is drunk"


@pytest.fixture
def dee(cast, at):
    """The designated safeguarding lead, who runs no account."""
    person = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


@pytest.fixture
def said(cast, terms, team, at):
    """`said("text")`: a comment on the school's account, copied in."""

    def enter(text: str, **more) -> Item:
        given = {
            "by": cast.ben,
            "at": at,
            "account": cast.bluesky,
            "appeared_at": at - HOUR,
            "private": False,
        }
        return paste_in(**{**given, **more}, text=text)

    return enter


def tasks(item: Item) -> list[str]:
    rows = Duty.objects.filter(kind="item.danger", subject=f"inbox.item:{item.pk}", state="open")
    return sorted(row.person.name if row.person else row.role_key for row in rows)


# --- Its place ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lane", "first"),
    [
        (TELLS, "danger", 0),
        ("I will stab your teachers tomorrow", "threat", 1),
        ("You are a stupid bitch", "abuse", 2),
        ("Ring me on 07700 900123", "personal_data", 4),
        ("I am a reporter from the BBC working on a story", "journalist", 5),
        ("I want to make a formal complaint about the bus", "complaint", ORDINARY),
        ("What time does it start?", "question", ORDINARY),
        ("The bus was late.", "other", ORDINARY),
    ],
)
def test_each_comment_has_its_lane_and_its_place(said, text, lane, first):
    item = said(text)
    item.refresh_from_db()
    assert (item.lane, item.goes_first) == (lane, first)


def test_the_reasons_say_where_their_words_are_in_the_text(said):
    text = f"Hello. {TELLS}!"
    item = said(text)
    lane, kind, start, end = item.why[0]
    assert (lane, kind) == ("danger", "abuse")
    assert "hits me" in text[start:end]
    assert item.language == "en"


def test_a_pupil_of_the_school_is_known_by_name(cast, said):
    Pupil.objects.create(school=cast.school, key="A1", first_name="Morwenna", last_name="Pugh-Davies")
    assert said("Morwenna Pugh-Davies was late again").lane == "names_pupil"


def kinds(item: Item) -> set[str]:
    return {kind for _lane, kind, _start, _end in item.why}


@pytest.mark.parametrize("named", ["Ben Carter", "Mr Carter", "mrs carter", "MR CARTER", "Miss Cartr"])
def test_abuse_of_a_colleague_by_name_comes_before_other_abuse(said, named):
    plain, rude = said("you are a fat idiot"), said(f"{named} is a fat idiot")
    assert "staff" not in kinds(plain)
    assert (rude.lane, "staff" in kinds(rude)) == ("abuse", True)
    assert rude.rank <= plain.rank


@pytest.mark.parametrize(
    "text", ["Mr Carter was lovely", "Mr Baker is a fat idiot", "a carter is a fat idiot"]
)
def test_praise_of_a_colleague_and_abuse_of_others_give_no_such_reason(said, text):
    assert "staff" not in kinds(said(text))


def test_people_who_have_left_are_no_colleagues(cast, said, at):
    Person.objects.filter(pk=someone("Lena Left").pk).update(left_on=at.date())
    someone("Stay Still")
    assert "staff" not in kinds(said("Lena Left is a fat idiot"))
    assert "staff" in kinds(said("Stay Still is a fat idiot"))


def test_people_of_another_federation_are_no_colleagues(make_federation):
    for name in ("Olga Other", "Stay Still"):
        with scope(make_federation(slug=name.split()[0].lower()).pk):
            someone(name)
            known = known_at(on=date(2026, 11, 23))
            assert "staff" in {each.kind for each in triage(f"{name} is a fat idiot", staff=known.staff).why}
            rude = triage("Olga Other is a fat idiot", staff=known.staff)
            assert ("staff" in {each.kind for each in rude.why}) == (name == "Olga Other")


def test_what_may_be_danger_leads_the_list_and_the_rest_goes_by_its_deadline(cast, said, at):
    late = said("The gate was shut.", appeared_at=at - 40 * HOUR)
    soon = said("The bus was late.", appeared_at=at - 20 * HOUR)
    rude = said("You are a stupid bitch")
    child = said(TELLS)
    rows, _key = waiting(cast.ben, on=at.date())
    assert [row.pk for row in rows] == [child.pk, rude.pk, late.pk, soon.pk]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_that_order_lose_nothing_and_show_nothing_twice(cast, said, at, limit):
    made = {
        said(text, appeared_at=at - n * HOUR).pk for n, text in enumerate(["a", TELLS, "b", "c", "fuck you"])
    }
    found, key = [], None
    while True:
        rows, key = waiting(cast.ben, on=at.date(), after=key, limit=limit)
        found += [row.pk for row in rows]
        if key is None:
            break
    assert len(found) == len(made)
    assert set(found) == made


def test_a_new_version_is_ranked_again_and_its_danger_is_told(cast, published, server, poll, dee, at):
    server.comment(published.ref, "Hello", at=at + HOUR)
    item = poll(now=at + HOUR)[0]
    assert (item.lane, tasks(item)) == ("other", [])

    server.edit(next(iter(server.comments.values())), TELLS)
    item = poll(now=at + 2 * HOUR)[0]

    assert (item.lane, item.goes_first) == ("danger", 0)
    assert tasks(item) == ["Ben Carter", "Dee Lead"]


def test_danger_that_its_author_takes_back_stays_until_a_person_has_read_it(
    cast, published, server, poll, dee, at
):
    server.comment(published.ref, TELLS, at=at + HOUR)
    item = poll(now=at + HOUR)[0]
    server.edit(next(iter(server.comments.values())), "Hello")
    item = poll(now=at + 2 * HOUR)[0]

    assert (item.lane, item.goes_first, tasks(item)) == ("danger", 0, ["Ben Carter", "Dee Lead"])
    assert listing.item_for(dee, item.pk, on=at.date()) == item
    settle_danger(by=dee, at=at + 3 * HOUR, item=item, words="Only a game.")
    assert tasks(item) == []

    server.edit(next(iter(server.comments.values())), "Hello again")
    item = poll(now=at + 4 * HOUR)[0]
    assert (item.lane, item.goes_first) == ("other", ORDINARY)


def test_a_task_about_danger_can_be_ended_whatever_the_place_of_its_comment(cast, said, dee, at):
    item = said(TELLS)
    Item.every.filter(pk=item.pk).update(lane="other", goes_first=ORDINARY)
    item.refresh_from_db()
    settle_danger(by=cast.ben, at=at, item=item, words="Only a game.")
    assert tasks(item) == ["Dee Lead"]  # the word of a moderator doesn't end the lead's task
    settle_danger(by=dee, at=at, item=item, words="Only a game.")
    assert tasks(item) == []
    with pytest.raises(NotNow):
        settle_danger(by=cast.ben, at=at, item=item, words="Only a game.")


def test_no_one_closes_it_before_the_lead_has_read_it(cast, said, dee, at):
    item = said(TELLS)
    with pytest.raises(NotNow, match="safeguarding lead must read"):
        close_item(by=cast.ben, at=at, item=item, reason="no_answer_needed")
    assert tasks(item) == ["Ben Carter", "Dee Lead"]
    first_read.note(by=cast.ben, at=at, item=item)  # he opened it: that is no lead's reading
    with pytest.raises(NotNow):
        close_item(by=cast.ben, at=at, item=item, reason="no_answer_needed")
    first_read.note(by=dee, at=at, item=item)
    close_item(by=cast.ben, at=at, item=item, reason="no_answer_needed")
    assert tasks(item) == ["Dee Lead"]
    item.refresh_from_db()
    settle_danger(by=dee, at=at, item=item, words="Only a game.")
    assert tasks(item) == []


def test_where_no_one_leads_on_safeguarding_the_next_person_reads_it_before_it_is_closed(cast, said, at):
    item = said(TELLS)
    assert tasks(item) == ["Ben Carter", "Sam Slater"]  # no lead can be asked, so the next person is
    with pytest.raises(NotNow):
        close_item(by=cast.ben, at=at, item=item, reason="no_answer_needed")
    first_read.note(by=cast.sam, at=at, item=item)
    close_item(by=cast.ben, at=at, item=item, reason="no_answer_needed")
    assert tasks(item) == []
    open_closed_item(by=cast.ben, at=at, item=item)
    assert tasks(item) == ["Ben Carter", "Sam Slater"]


def test_reporting_a_concern_ends_the_task_where_no_one_leads_on_safeguarding(cast, said, at):
    item = said(TELLS)
    assert tasks(item) == ["Ben Carter", "Sam Slater"]
    made = disclose(by=cast.ben, at=at, item=item, mark=queries.new_mark())
    assert (made.locked, tasks(item)) == (False, [])


def test_complaints_have_a_list_of_their_own(cast, said, at):
    complaint = said("I want to make a formal complaint about the bus")
    said("What time does it start?")
    rows, _last = listing.narrowed(cast.ben, Filters(lane="complaint"), on=at.date())
    assert [row.pk for row in rows] == [complaint.pk]


def test_setting_the_type_leaves_the_place_as_it_is(cast, said, at):
    item = set_kind(by=cast.ben, at=at, item=said(TELLS), kind="query")
    assert (item.lane, item.goes_first) == ("danger", 0)


# --- Who is named in it, and who is asked next --------------------------------------------------------------


def test_no_one_named_in_it_is_asked_about_it_whether_victim_or_accused(cast, said, dee, at):
    for text in ("Mr Carter i will stab you tomorrow", "mr carter hits me every day he hurts me"):
        item = said(text)
        kinds = Duty.objects.filter(subject=f"inbox.item:{item.pk}", state="open", person=cast.ben)
        assert not kinds.exists(), text
        assert "Dee Lead" in tasks(item)


def test_a_lead_who_is_named_is_not_asked_and_the_next_person_is(cast, said, dee, at):
    item = said("miss lead touches me and i am scared, my dad hits me")
    assert "Dee Lead" not in tasks(item)
    assert "Sam Slater" in tasks(item)


def test_it_is_as_urgent_as_a_concern_in_danger_and_goes_up_if_no_one_reads_it(cast, said, dee, at):
    item = said(TELLS)
    rows = Duty.objects.filter(kind="item.danger", subject=f"inbox.item:{item.pk}")
    assert set(rows.values_list("urgency", flat=True)) == {0}
    pass_danger_on(at=at + timedelta(minutes=15) - timedelta(seconds=1))
    assert tasks(item) == ["Ben Carter", "Dee Lead"]
    pass_danger_on(at=at + timedelta(minutes=15))
    assert tasks(item) == ["Ben Carter", "Dee Lead", "Sam Slater"]
    pass_danger_on(at=at + timedelta(minutes=16))
    assert len(tasks(item)) == 3


def test_once_a_lead_has_read_it_and_someone_dealt_with_it_it_goes_up_no_more(cast, said, dee, at):
    item = said(TELLS)
    first_read.note(by=dee, at=at, item=item)
    settle_danger(by=cast.ben, at=at, item=item, words="Only a game.")
    pass_danger_on(at=at + HOUR)
    assert tasks(item) == ["Dee Lead"]


def test_a_moderators_word_that_no_one_is_in_danger_does_not_keep_it_from_the_next_people(
    cast, said, dee, at
):
    item = said(TELLS)
    settle_danger(by=cast.ben, at=at, item=item, words="Only a game.")
    pass_danger_on(at=at + timedelta(minutes=14))
    assert tasks(item) == ["Dee Lead"]
    pass_danger_on(at=at + HOUR)
    assert tasks(item) == ["Dee Lead", "Sam Slater"]
    item.refresh_from_db()
    assert item.waits_for_lead_since is not None


# --- Who is told -------------------------------------------------------------------------------------------


def test_the_safeguarding_lead_and_the_person_on_duty_are_told_of_danger_at_once(said, dee):
    assert tasks(said(TELLS)) == ["Ben Carter", "Dee Lead"]
    assert is_dangerous("item.danger")


def test_the_lead_who_runs_no_account_may_read_what_may_be_danger_and_nothing_else(said, dee, at):
    item = said(TELLS)
    assert listing.item_for(dee, item.pk, on=at.date()) == item
    with pytest.raises(NotFound):
        listing.item_for(dee, said("The bus was late.").pk, on=at.date())


@pytest.mark.parametrize("private", [False, True])
def test_a_question_after_one_child_waits_for_a_lead_and_wakes_no_one(cast, said, dee, at, private):
    asked = said("what time does 5A finish on fridays", private=private)
    plain = said("what time does school finish tomorrow", private=private)
    assert (asked.lane, plain.lane) == ("danger", "question")
    assert (asked.waits_for_lead_since, plain.waits_for_lead_since) == (at, None)
    assert tasks(asked) == []
    quiet = Duty.objects.get(kind="item.read_first", state="open")
    assert (quiet.person, quiet.urgency) == (dee, 2)
    with pytest.raises(NotNow):
        close_item(by=cast.ben, at=at, item=asked, reason="answered_elsewhere")


def test_only_what_is_written_down_waits_for_the_morning_by_itself():
    for kind in BY_MORNING:
        assert not tells_now([["danger", kind, 0, 4], ["complaint", "complaint", 0, 4]])
        assert tells_now([["danger", kind, 0, 4], ["danger", "neglect", 5, 9]])
    told = (("danger", "bullying"), ("danger", "neglect"), ("threat", "weapon"), ("danger", "own"))
    for lane, kind in told:
        assert tells_now([[lane, kind, 0, 4]])
    assert not tells_now([["abuse", "word", 0, 4]])


def tells(text: str) -> bool:
    found = triage(text)
    why = [[each.lane, each.kind, each.start, each.end] for each in found.why]
    return found.lane in (Lane.DANGER, Lane.THREAT) and tells_now(why)


def test_ordinary_sentences_send_no_one_a_mail_at_night():
    assert [text for text in clean_posts(300) if tells(text)] == []
    rows = [*harmless("unseen"), *harmless("seen")]
    wrong = [each.text for each in rows if tells(each.text)]
    assert len(wrong) <= len(rows) * 0.02, wrong


def test_most_comments_of_danger_are_told_at_night():
    rows = [*danger("unseen"), *danger("seen")]
    assert sum(tells(each.text) for each in rows) / len(rows) >= 0.75


def test_a_person_who_has_read_it_ends_the_tasks_and_it_goes_by_its_deadline(cast, said, dee, at):
    item = said(TELLS)
    settle_danger(by=dee, at=at, item=item, words="Only a game.")

    item.refresh_from_db()
    assert (item.goes_first, item.lane, tasks(item)) == (ORDINARY, "danger", [])
    assert "item.no_danger" in [row.event for row in recorded()]
    with pytest.raises(NotNow):
        settle_danger(by=dee, at=at, item=item, words="Only a game.")


def test_people_who_deal_with_nothing_here_cannot_say_that_no_one_is_in_danger(said, at):
    with pytest.raises(NotAllowed):
        settle_danger(by=someone("Una Other"), at=at, item=said(TELLS), words="Only a game.")


# --- A federation's own words ------------------------------------------------------------------------------


def test_an_own_phrase_counts_from_the_next_comment_on_until_it_is_removed(cast, said, at):
    before = said("The blue gate club is a joke")
    row = add_phrase(by=cast.sam, at=at, lane="complaint", language="en", words="Blue  Gate club")
    assert row.words == "blue gate club"
    after = said("Again the blue gate club")
    assert (before.lane, after.lane) == ("other", "complaint")

    end_phrase(by=cast.sam, at=at, phrase=row)
    assert said("Once more the blue gate club").lane == "other"
    with pytest.raises(NotNow):
        end_phrase(by=cast.sam, at=at, phrase=row)


def test_a_packaged_phrase_is_switched_off_for_a_reason_and_never_removed(cast, said, at):
    assert said("I want to make a formal complaint about it").lane == "complaint"
    with pytest.raises(BadInput):
        add_phrase(by=cast.sam, at=at, lane="complaint", language="en", words="formal complaint", off=True)
    add_phrase(
        by=cast.sam, at=at, lane="complaint", language="en", words="make a formal complaint", off=True,
        because="Our play is called that",
    )  # fmt: skip
    assert said("We will make a formal complaint on stage").lane != "complaint"


@pytest.mark.parametrize("lane", ["danger", "threat"])
def test_only_a_safeguarding_lead_changes_the_words_for_danger_and_threats(cast, dee, at, lane):
    given = {"at": at, "lane": lane, "language": "en", "words": "the old quarry"}
    with pytest.raises(NotAllowed):
        add_phrase(by=cast.ben, **given)
    assert add_phrase(by=dee, **given).pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lane": "names_pupil"}, "lane"),
        ({"language": "fr"}, "language"),
        ({"words": " "}, "words"),
        ({"words": "x" * 81}, "words"),
        ({"words": "!!!"}, "words"),
        ({"off": True}, "because"),
        ({"because": "x" * 201}, "because"),
    ],
)
def test_what_is_wrong_with_a_phrase_is_said_at_its_field(cast, dee, at, changes, field):
    given = {"lane": "spam", "language": "en", "words": "fresh kebabs"}
    with pytest.raises(BadInput) as caught:
        add_phrase(by=dee, at=at, **{**given, **changes})
    assert list(caught.value.fields) == [field]


def test_the_same_phrase_is_in_a_list_once(cast, dee, at):
    given = {"by": dee, "at": at, "lane": "spam", "language": "en", "words": "fresh kebabs"}
    add_phrase(**given)
    with pytest.raises(BadInput) as caught:
        add_phrase(**given)
    assert list(caught.value.fields) == ["words"]


# --- Handing over ------------------------------------------------------------------------------------------


def test_a_hard_comment_is_handed_to_the_next_person_with_its_deadline(cast, said, at):
    item = said("You are a stupid bitch")
    before = Duty.objects.get(kind="item.answer", subject=f"inbox.item:{item.pk}")

    assert hand_over(by=cast.ben, at=at, item=item) == 1

    after = Duty.objects.get(kind="item.answer", subject=f"inbox.item:{item.pk}", state="open")
    assert (after.person, after.due_by) == (cast.sam, before.due_by)
    with pytest.raises(NotNow):
        hand_over(by=cast.ben, at=at, item=item)


def test_a_person_without_a_task_has_nothing_to_hand_over(cast, said, at):
    with pytest.raises(NotNow):
        hand_over(by=cast.sam, at=at, item=said("You are a stupid bitch"))


# --- What follows from saying that no one is in danger ---------------------------------------------------


def may_be_shown(item, at) -> bool:
    item.refresh_from_db()
    try:
        first_read.check_shown(item)
    except NotNow:
        return False
    return True


def test_that_no_one_is_in_danger_is_said_with_a_reason_which_is_kept(cast, said, dee, at):
    item = said(TELLS)
    for words in ("", "fine", "-- --"):
        with pytest.raises(BadInput):
            settle_danger(by=dee, at=at, item=item, words=words)
    assert tasks(item) == ["Ben Carter", "Dee Lead"]
    settle_danger(by=dee, at=at, item=item, words="He quotes a film.")
    assert [(note.by, note.text) for note in item.notes.all()] == [(dee, "He quotes a film.")]


def test_what_may_be_danger_is_shown_only_once_a_lead_has_said_why_it_is_none(cast, said, dee, at):
    item = said(TELLS)
    assert not may_be_shown(item, at)
    first_read.note(by=dee, at=at, item=item)
    assert not may_be_shown(item, at), "to have opened it is no decision"
    settle_danger(by=cast.ben, at=at, item=item, words="He quotes a film.")
    assert not may_be_shown(item, at), "the word of a moderator isn’t a lead’s"
    settle_danger(by=dee, at=at, item=item, words="He quotes a film.")
    assert may_be_shown(item, at)
    assert may_be_shown(said("What time does the fair start?"), at)
    Item.every.filter(pk=item.pk).update(version="v2")
    assert not may_be_shown(item, at), "its author has written something else since"


def test_that_no_one_is_in_danger_is_undone_for_ten_minutes(cast, said, dee, at):
    item = said(TELLS)
    before = (tasks(item), item.goes_first)
    settle_danger(by=dee, at=at, item=item, words="He quotes a film.")
    with pytest.raises(NotAllowed):
        danger_again(by=cast.ben, at=at, item=item)
    danger_again(by=dee, at=at + timedelta(minutes=10), item=item)
    assert not may_be_shown(item, at)
    assert (item.goes_first, tasks(item)) == (before[1], ["Ben Carter", "Dee Lead"])
    with pytest.raises(NotNow):
        danger_again(by=dee, at=at, item=item)

    settle_danger(by=dee, at=at + HOUR, item=item, words="He quotes a film.")
    with pytest.raises(NotNow, match="too late"):
        danger_again(by=dee, at=at + HOUR + timedelta(minutes=11), item=item)


def test_what_was_kept_to_the_leads_is_kept_to_them_again_when_that_is_undone(cast, said, dee, at):
    item = said("the caretaker touched my daughter in the changing room")
    assert item.locked_until_read
    settle_danger(by=dee, at=at, item=item, words="It is from a play.")
    item.refresh_from_db()
    assert item.locked_at is None
    danger_again(by=dee, at=at + timedelta(minutes=1), item=item)
    item.refresh_from_db()
    assert item.locked_until_read
    assert "Dee Lead" in tasks(item)
