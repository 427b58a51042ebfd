"""Comments are found by the words of every version, by how a word begins, whatever its case or accents."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolgate.core.models import School
from schoolgate.core.rows import LONGEST_WORD, every_word, words_of
from schoolgate.inbox import ingesting, listing
from schoolgate.inbox.models import ORDINARY, Item, ItemWord
from schoolgate.inbox.pasting import paste_in
from tests.cast import someone
from tests.pace import sized
from tests.publishing.conftest import account_on

HOUR = timedelta(hours=1)


@pytest.fixture
def wrote(cast, terms, at):
    """`wrote("Is there parking?")`: a comment with this text."""

    def write(text: str, *, account=None, author="A Parent", ago=1) -> Item:
        return paste_in(
            by=cast.ben, at=at, account=account or cast.facebook, text=text, author=author,
            appeared_at=at - ago * HOUR, private=False,
        )  # fmt: skip

    return write


@pytest.fixture
def found(cast, at):
    """`found("park hall")`: the ids that Ben finds."""
    return lambda typed, by=None: [
        row.pk for row in listing.search(by or cast.ben, words_of(typed), on=at.date(), limit=50)
    ]


def test_case_accents_and_the_rest_of_a_word_make_no_difference_and_what_is_not_there_is_not_found(
    wrote, found
):
    item = wrote("Is there PÁRKING near the hall? It’s by Ysgôl y Caffì.")
    wrote("Nothing of the kind", author="Someone Else", ago=2)

    there = (
        "parking",
        "PARKING hall",
        "park",
        "hall park",
        "ysgol",
        "YSGÔL",
        "caffi",
        "it's",
        "its",
        "parent",
    )
    for typed in there:
        assert found(typed) == [item.pk], typed
    for typed in ("zebra", "parking zebra", "arking", "", "?!", "parkings"):
        assert found(typed) == [], typed


def test_the_newest_is_found_first(wrote, found):
    made = [wrote(f"Parking {number}", ago=9 - number).pk for number in range(5)]

    assert found("parking") == made[::-1]


def test_words_of_an_earlier_version_are_found_still(cast, comment, server, poll, found, at):
    server.edit(next(iter(server.comments.values())), "Where is the concert?")
    poll(now=at + 2 * HOUR)

    assert found("concert") == found("wear") == [comment.pk]


def test_no_search_reaches_beyond_the_person(cast, wrote, found, scoped, at):
    south = School.objects.create(name="South", slug="south")
    there = wrote("Parking here", account=account_on("instagram", south, at))
    wrote("Parking there")
    sid = someone("Sid South", "lead-staff-member", school=south)
    cara = someone("Cara Colleague", "staff")

    assert (found("parking", by=sid), found("parking", by=cara)) == ([there.pk], [])


def test_a_text_of_a_hundred_thousand_letters_and_a_word_without_end_are_kept_in_bounds(wrote, found):
    many = wrote(" ".join(f"word{number}" for number in range(11_000))[:99_999], author="")
    one = wrote("x" * 99_999, author="", ago=2)

    assert ItemWord.objects.filter(item=many).count() == listing.MOST_KEPT
    assert found("word7") == [many.pk]
    assert found("x" * 90_000) == found("x" * LONGEST_WORD) == [one.pk]


def test_common_words_are_found_in_a_school_of_few(cast, wrote, found, scoped, at, monkeypatch):
    monkeypatch.setattr(listing, "COMMON", 3)
    monkeypatch.setattr(listing, "SEARCHED", 3)
    south = School.objects.create(name="South", slug="south")
    there = wrote("Parking here", account=account_on("instagram", south, at), ago=9)
    for number in range(5):
        wrote(f"Parking there {number}", ago=8 - number)
    sid = someone("Sid South", "lead-staff-member", school=south)

    assert found("parking", by=sid) == [there.pk]


def test_a_school_of_few_finds_its_own_behind_any_number_of_others(
    cast, wrote, found, scoped, at, monkeypatch
):
    monkeypatch.setattr(listing, "COMMON", 2)
    monkeypatch.setattr(listing, "SEARCHED", 2)
    monkeypatch.setattr(listing, "FEW", 1)
    south = School.objects.create(name="South", slug="south")
    beside = account_on("instagram", south, at)
    there = wrote("Parking by the hall", account=beside, ago=20)
    for number in range(4):
        wrote("Is the hall open?", account=beside, ago=15 - number)
        wrote("Parking by the hall", ago=8 - number)
    sid = someone("Sid South", "lead-staff-member", school=south)

    assert found("parking", by=sid) == found("hall parking", by=sid) == [there.pk]


def test_items_from_before_are_made_searchable_page_by_page(wrote, found, at, monkeypatch):
    monkeypatch.setattr(ingesting, "note_words", lambda *_given, **_more: None)
    made = [wrote(f"Parking {number}", ago=9 - number).pk for number in range(3)]
    Item.objects.update(worded=False, language="")
    monkeypatch.setattr(listing, "AT_ONCE", 2)
    assert found("parking") == []

    assert listing.note_words_of_earlier(at=at)
    assert found("parking") == made[:0:-1]
    assert not listing.note_words_of_earlier(at=at)
    assert found("parking") == made[::-1]
    assert not listing.note_words_of_earlier(at=at)
    assert not Item.objects.exclude(worded=True).exists()


def test_items_from_before_are_ranked_too_and_those_that_are_locked(wrote, at):
    kept = [wrote(text, ago=1).pk for text in ("my dad hits me when he is drunk", "What time is it?")]
    Item.objects.filter(pk=kept[0]).update(locked_at=at)
    Item.every.update(worded=False, lane="other", goes_first=ORDINARY)

    listing.note_words_of_earlier(at=at)

    assert dict(Item.every.values_list("pk", "lane")) == {kept[0]: "danger", kept[1]: "question"}
    assert Item.every.get(pk=kept[0]).goes_first == 0


def test_the_language_of_a_comment_is_noted(wrote):
    for text, language in (
        ("What time does the concert begin tomorrow?", "en"),
        ("Pryd mae’r cyngerdd yn dechrau yn yr ysgol yfory?", "cy"),
        ("???", "cannot_tell"),
    ):
        assert wrote(text).language == language, text


@pytest.mark.sized
@settings(max_examples=sized(20, 100))
@given(st.text(max_size=300))
def test_each_word_is_short_plain_and_told_once(text):
    told = every_word(text)

    assert len(set(told)) == len(told)
    assert all(0 < len(word) <= LONGEST_WORD and word == word.lower() for word in told)
