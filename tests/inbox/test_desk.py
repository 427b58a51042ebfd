"""Items are shared out among colleagues, with notes, filters and saved views, and nothing shows beyond a
person's reach."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.duties.models import Duty
from schoolgate.inbox import desk, listing
from schoolgate.inbox.desk import assign_item, delete_view, save_view, write_note
from schoolgate.inbox.listing import Filters, filters_of
from schoolgate.inbox.models import Item, ItemNote, ItemState, SavedView
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.replying import close_item, write_answer
from tests.cast import someone
from tests.conftest import recorded
from tests.publishing.conftest import account_on

HOUR = timedelta(hours=1)


@pytest.fixture
def wrote(cast, terms, at):
    """`wrote("Is there parking?")`: a comment with this text, `ago` hours ago."""

    def write(text="Hello", *, account=None, ago=1, kind="comment") -> Item:
        return paste_in(
            by=cast.ben, at=at, account=account or cast.facebook, text=text, kind=kind,
            appeared_at=at - ago * HOUR, private=False,
        )  # fmt: skip

    return write


@pytest.fixture
def nia(cast):
    """A second colleague who replies."""
    return someone("Nia Nearby", "lead-staff-member")


def given_to(person):
    return Duty.objects.filter(kind="item.given", person=person)


def reply_to(item, cast, at):
    """What every reply to it gives, but for its words."""
    said = {"in_doubt": False, "commits": False, "from_press": False}
    return {"by": cast.ben, "at": at + 2 * HOUR, "item": item, "version": item.version, "said": said}


# --- Who deals with it -------------------------------------------------------------------------------------


def test_a_colleague_who_is_given_an_item_has_a_task_until_it_is_dealt_with(cast, wrote, nia, at):
    item = assign_item(by=cast.ben, at=at, item=wrote(), to=nia, seen=None)

    assert (item.assigned_to, given_to(nia).get().state) == (nia, "open")
    close_item(by=cast.ben, at=at, item=item, reason="spam")
    assert given_to(nia).get().state == "discharged"


def test_taking_an_item_opens_no_task_and_handing_it_back_ends_one(cast, wrote, nia, at):
    item = assign_item(by=nia, at=at, item=wrote(), to=nia, seen=None)
    assert not given_to(nia).exists()

    assign_item(by=nia, at=at, item=item, to=cast.ben, seen=nia.pk)
    assert given_to(cast.ben).get().state == "open"
    assign_item(by=cast.ben, at=at, item=item, to=None, seen=cast.ben.pk)
    assert (item.assigned_to, given_to(cast.ben).get().state) == (None, "cancelled")


def test_of_two_people_who_take_it_at_once_one_is_told_that_the_other_has_it(cast, wrote, nia, at):
    item = wrote()
    assign_item(by=nia, at=at, item=Item.objects.get(pk=item.pk), to=nia, seen=None)

    with pytest.raises(NotNow, match="Now with Nia Nearby"):
        assign_item(by=cast.ben, at=at, item=item, to=cast.ben, seen=None)
    assert Item.objects.get(pk=item.pk).assigned_to == nia


def test_an_item_is_given_only_by_and_to_people_who_deal_with_it(cast, wrote, nia, at):
    item, cara = wrote(), someone("Cara Colleague", "staff")

    with pytest.raises(NotAllowed):
        assign_item(by=cara, at=at, item=item, to=nia, seen=None)
    with pytest.raises(BadInput) as error:
        assign_item(by=cast.ben, at=at, item=item, to=cara, seen=None)
    assert set(error.value.fields) == {"to"}


def test_what_has_been_dealt_with_is_not_given(cast, wrote, nia, at):
    item = close_item(by=cast.ben, at=at, item=wrote(), reason="spam")

    with pytest.raises(NotNow):
        assign_item(by=cast.ben, at=at, item=item, to=nia, seen=None)


def test_the_record_says_how_it_was_assigned_and_nothing_of_the_text(cast, wrote, nia, at):
    item = wrote("Secret words")
    assign_item(by=cast.ben, at=at, item=item, to=nia, seen=None)

    [row] = [each for each in recorded() if each.event == "item.assigned"]
    assert b"given" in bytes(row.stored)
    assert b"Secret" not in bytes(row.stored)


# --- Notes -------------------------------------------------------------------------------------------------


def test_a_note_is_kept_with_its_writer_and_its_words_are_in_no_record(cast, wrote, at):
    note = write_note(by=cast.ben, at=at, item=wrote(), text=" Rang the office.\x00\r\n ")

    assert (note.text, note.by, note.at) == ("Rang the office.", cast.ben, at)
    assert not [row for row in recorded() if b"Rang" in bytes(row.stored)]


@pytest.mark.parametrize("text", ["", "  ", "x" * (desk.LONGEST_NOTE + 1)])
def test_a_note_without_words_or_end_is_refused(cast, wrote, at, text):
    with pytest.raises(BadInput):
        write_note(by=cast.ben, at=at, item=wrote(), text=text)


def test_a_note_may_be_as_long_as_it_says(cast, wrote, at):
    assert write_note(by=cast.ben, at=at, item=wrote(), text="x" * desk.LONGEST_NOTE)


def test_people_who_may_not_read_an_item_write_no_note(cast, wrote, at):
    with pytest.raises(NotFound):
        write_note(by=someone("Cara Colleague", "staff"), at=at, item=wrote(), text="Hello")
    assert not ItemNote.objects.exists()


def test_a_reply_carries_no_note(cast, comment, at):
    write_note(by=cast.ben, at=at, item=comment, text="He rang yesterday.")
    answer = write_answer(**reply_to(comment, cast, at), text="In PE kit.")

    assert "rang" not in answer.text


# --- Blanks of a text for replies --------------------------------------------------------------------------


def test_a_reply_with_an_open_blank_is_not_sent(cast, comment, at):
    given = reply_to(comment, cast, at)
    with pytest.raises(BadInput) as error:
        write_answer(**given, text="See you on {date} at {place}.")
    assert "{date}, {place}" in str(error.value.fields["text"])
    assert write_answer(**given, text="See you on Friday {really}.")


# --- Filters -----------------------------------------------------------------------------------------------


@pytest.fixture
def shown(cast, at):
    """`shown(kind="query")`: the ids of the list with these filters, page by page."""

    def read(*, by=None, limit=2, by_due=False, **chosen):
        found, after = [], None
        while True:
            rows, after = listing.narrowed(
                by or cast.ben, Filters(**chosen), on=at.date(), by_due=by_due, after=after, limit=limit,
                state=ItemState.OPEN if by_due else None,
            )  # fmt: skip
            found += [row.pk for row in rows]
            if after is None:
                return found

    return read


@pytest.fixture
def south(scoped) -> School:
    return School.objects.create(name="South", slug="south")


def test_each_filter_shows_what_it_names_and_nothing_else(cast, wrote, shown, south, nia, at):
    there = account_on("instagram", south, at)
    plain = wrote("What time does the concert begin tomorrow?", ago=50).pk
    query = wrote("When is the trip, please, and where?", kind="query", ago=40).pk
    welsh = wrote("Pryd mae’r cyngerdd yn dechrau yn yr ysgol yfory?", ago=30).pk
    away = wrote("Is there a place on the bus for the trip?", account=there, ago=20).pk
    mine = wrote("Thank you all for the lovely day", ago=10)
    assign_item(by=nia, at=at, item=mine, to=nia, seen=None)
    day = (at - 40 * HOUR).date()

    assert shown() == [mine.pk, away, welsh, query, plain]
    assert shown(kind="query") == [query]
    assert shown(language="cy") == [welsh]
    assert shown(school=south.pk) == shown(account=there.pk) == shown(network="instagram") == [away]
    assert shown(assigned="me", by=nia) == [mine.pk]
    assert shown(assigned="me") == []
    assert shown(assigned="none") == [away, welsh, query, plain]
    assert query in shown(since=day, until=day)
    assert mine.pk not in shown(since=day, until=day)
    assert shown(kind="query", language="cy") == []
    assert shown(by_due=True, kind="query") == [query]


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_a_filter_pages_through_everything_that_it_names(cast, wrote, shown, at, limit, monkeypatch):
    made = [wrote(f"Comment {n}", kind="query" if n % 3 else "comment", ago=20 - n).pk for n in range(12)]
    wanted = [pk for n, pk in enumerate(made) if n % 3][::-1]
    monkeypatch.setattr(listing, "LOOKED_AT", 3)

    assert shown(kind="query", limit=limit) == wanted
    assert shown(kind="query", assigned="none", limit=limit) == wanted
    assert sorted(shown(kind="query", by_due=True, limit=limit)) == sorted(wanted)
    assert shown(since=at.date() - timedelta(days=3), kind="query", limit=limit) == wanted


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_a_person_of_one_school_pages_through_a_filter_too(cast, wrote, shown, south, at, limit, monkeypatch):
    there = account_on("instagram", south, at)
    made = [
        wrote(f"Comment {n}", kind="query" if n % 3 else "comment", account=there, ago=20 - n).pk
        for n in range(9)
    ]
    close_item(by=cast.ben, at=at, item=Item.objects.get(pk=made[4]), reason="spam")
    wrote(kind="query")
    sid = someone("Sid South", "lead-staff-member", school=south)
    monkeypatch.setattr(listing, "LOOKED_AT", 2)

    wanted = [pk for n, pk in enumerate(made) if n % 3][::-1]
    assert shown(kind="query", by=sid, limit=limit) == wanted
    assert shown(since=at.date() - timedelta(days=3), kind="query", by=sid, limit=limit) == wanted


def test_no_filter_shows_beyond_the_reach_of_a_person(cast, wrote, shown, south, at):
    here = wrote(kind="query")
    there = wrote(kind="query", account=account_on("instagram", south, at))
    sid, cara = someone("Sid South", "lead-staff-member", school=south), someone("Cara", "staff")

    for chosen in (
        {"school": here.school_id}, {"account": here.account_id}, {"network": "facebook"},
    ):  # fmt: skip
        assert shown(by=sid, **chosen) == []
    for chosen in ({"kind": "query"}, {"assigned": "none"}, {"since": at.date() - timedelta(days=2)}):
        assert shown(by=sid, **chosen) == [there.pk]
        assert shown(by=cara, **chosen) == []
    assert listing.search(sid, ["hello"], on=at.date(), limit=9, chosen=Filters(school=here.school_id)) == []


@pytest.mark.parametrize(
    "given",
    [
        {"school": "x"}, {"school": "-1"}, {"school": "1" * 19}, {"kind": "nonsense"}, {"network": "myspace"},
        {"language": "klingon"}, {"assigned": "7"}, {"since": "yesterday"}, {"until": "9999-12-31"},
    ],
)  # fmt: skip
def test_a_filter_that_does_not_exist_is_not_found(given):
    with pytest.raises(NotFound):
        filters_of(given)


def test_filters_go_into_an_address_and_come_back(at):
    chosen = Filters(school=3, kind="query", assigned="me", since=at.date(), until=at.date())

    assert filters_of(chosen.as_text()) == chosen
    assert not filters_of({"school": "", "show": "all"})


# --- Saved views -------------------------------------------------------------------------------------------


def test_a_view_is_saved_once_under_its_name_and_deleted_by_its_owner_only(cast, nia, scoped, at):
    save_view(by=cast.ben, at=at, name=" Welsh  ones ", chosen=Filters(kind="query"))
    view = save_view(by=cast.ben, at=at, name="Welsh ones", chosen=Filters(language="cy"), shared=True)

    assert SavedView.objects.get() == view
    assert (view.chosen["language"], "kind" in view.chosen) == ("cy", False)
    with pytest.raises(NotFound):
        delete_view(by=nia, at=at, view=view)
    delete_view(by=cast.ben, at=at, view=view)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 41, "a\x07b"])
def test_a_view_needs_a_name(cast, scoped, at, name):
    with pytest.raises(BadInput):
        save_view(by=cast.ben, at=at, name=name, chosen=Filters())


def test_a_person_saves_so_many_views_and_no_more(cast, scoped, at):
    for number in range(desk.MOST_VIEWS):
        save_view(by=cast.ben, at=at, name=f"View {number}", chosen=Filters())

    with pytest.raises(BadInput):
        save_view(by=cast.ben, at=at, name="One more", chosen=Filters())
    assert save_view(by=cast.ben, at=at, name="View 3", chosen=Filters())
