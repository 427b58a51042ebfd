"""What spreadsheets do to a list is noticed in every kind of list, whichever room it belongs to."""

import pytest

from schoolgate.accounts.importing import ACCOUNTS, AccountMessage
from schoolgate.core.clock import local_day
from schoolgate.inbox.importing import COMMENTS, CommentMessage
from schoolgate.jobs.hourly import LISTS
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_cells import COMMON, ListMessage, Meaning
from schoolgate.people.list_lines import PersonMessage
from schoolgate.people.sheets import Line, Sheet
from schoolgate.pupils.importing import PUPILS
from schoolgate.pupils.list_lines import PupilMessage
from tests.cast import someone

EXAMPLES = {
    PEOPLE.lists: {"name": "Dan Evans", "email": "dan@example.org", "relation": "staff", "from_day": ""},
    ACCOUNTS.lists: {
        "address": "https://www.facebook.com/oakfield", "since": "2016", "run_by": "Amina", "handle": "",
    },
    PUPILS.lists: {"key": "A1", "first_name": "Ava", "last_name": "Thomas", "born_on": "", "form": ""},
    COMMENTS.lists: {"text": "Lovely", "when": "1/9/2026", "author": "Jane", "address": "", "kind": "-",
        "account": "North",
    },
}  # fmt: skip
DAYS = {PEOPLE.lists: "from_day", ACCOUNTS.lists: "since", PUPILS.lists: "born_on", COMMENTS.lists: "when"}
NAMES = {PEOPLE.lists: "name", ACCOUNTS.lists: "run_by", PUPILS.lists: "last_name"}
OTHERS = {
    PEOPLE.lists: "email", ACCOUNTS.lists: "handle", PUPILS.lists: "form", COMMENTS.lists: "address",
}  # fmt: skip
every_kind = pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.lists._meta.app_label)


@pytest.fixture
def says(scoped, school, at):
    """`says(kind, field=words, ...)`: the messages about one line of such a list."""
    by = someone("Amina", "school_admin")

    def messages(kind, **more):
        told = EXAMPLES[kind.lists] | more
        sheet = Sheet((Line(1, tuple(told)), Line(2, tuple(told.values()))))
        meaning = Meaning({name: name for name in told}, {"school": str(school.pk)})
        plan = kind.plan(sheet, meaning, by=by, on=local_day(at), content="")
        (line,) = plan.lines
        assert all(str(one) for one in line.said)
        return {one.code for one in line.said}

    return messages


def test_every_kind_of_list_has_an_example():
    assert set(EXAMPLES) == set(DAYS) == set(OTHERS) == {kind.lists for kind in LISTS}


@every_kind
@pytest.mark.parametrize("words", ["-", "–", "@dan@example.social", "'@dan", "+44 1632 960001", '="0045"'])
def test_words_that_only_look_like_a_formula_are_read(kind, words, says):
    assert not {"formula", "shortened", "damaged"} & says(kind, **{OTHERS[kind.lists]: words})


@every_kind
def test_a_formula_is_no_value(kind, says):
    assert "formula" in says(kind, **{OTHERS[kind.lists]: "=B2&C2"})


@every_kind
@pytest.mark.parametrize("words", ["4.51235E+12", "1,2E+05"])
def test_a_number_that_was_shortened_is_not_taken(kind, words, says):
    assert "shortened" in says(kind, **{OTHERS[kind.lists]: words})


@every_kind
@pytest.mark.parametrize(("words", "code"), [("9/13/2026", "month_first"), ("46266", "serial_day")])
def test_a_day_that_a_spreadsheet_rewrote_says_so(kind, words, code, says):
    assert code in says(kind, **{DAYS[kind.lists]: words})


@pytest.mark.parametrize(
    "kind", [kind for kind in LISTS if kind.lists in NAMES], ids=lambda kind: kind.lists.__name__
)
@pytest.mark.parametrize("words", ["?ukasz", "Pawe³", "£ukasz", "\ufffdukasz", "Å\x81ukasz", "SiÃ¢n"])
def test_a_name_with_damaged_letters_is_not_taken(kind, words, says):
    assert "damaged" in says(kind, **{NAMES[kind.lists]: words})


@pytest.mark.parametrize("kind", [PEOPLE, PUPILS], ids=["people", "pupils"])
@pytest.mark.parametrize("words", ["Łukasz", "Siân O’Brien-Ó´Neill", "N'Golo", "Ngô Đình", "Zoë (Zo) Jr."])
def test_a_name_in_any_language_is_taken(kind, words, says):
    assert "damaged" not in says(kind, **{NAMES[kind.lists]: words})


def test_a_comment_with_damaged_letters_is_taken_and_says_so(says):
    assert "damaged" in says(COMMENTS, author="\ufffdukasz")
    assert "damaged" not in says(COMMENTS, author="?ukasz", text="Really?yes")


def test_no_kind_of_list_has_its_own_words_for_what_all_say():
    kinds = (AccountMessage, CommentMessage, PersonMessage, PupilMessage)
    assert set(ListMessage.__subclasses__()) == set(kinds)
    assert [kind for kind in kinds if kind.words.keys() & COMMON.keys()] == [CommentMessage]
    assert CommentMessage.words.keys() & COMMON.keys() == {"bad_day"}, "a comment's day may have a time"
