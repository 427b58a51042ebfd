"""What is filled in on the policy's form: each answer checked by its type, then made into the case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.accounts.proposal_form import LONGEST, case_of, people_in, read_answers
from schoolgate.core.errors import BadInput
from schoolgate.rulebook import book
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.rulebook.situations.accounts import Runner

FORM = book("wootton").proposal_form


def point(key: str, kind: str, options=()) -> FormPoint:
    return FormPoint(key, key, "", kind, options, True, (), None, ("wootton-b-1",))


def one(kind: str, value: object, options=()) -> object:
    return read_answers([point("aim", kind, options)], {"aim": value}).get("aim")


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("long_text", "  To tell.  ", "To tell."),
        ("text", "   ", None),
        ("choice", "", None),
        ("groups", [], None),
        ("person", None, None),
        ("person", 7, 7),
        ("people", [7, 8, 7], [7, 8]),
        ("names", ["North", " ", "South"], ["North", "South"]),
        ("date", "2027-05-01", "2027-05-01"),
        ("date", "", None),
        ("number", 0, 0),
        ("ages", [7, 11], [7, 11]),
        ("ages", [7, 7], [7, 7]),
        ("ages", [], None),
        ("yes_no", False, False),
        ("yes_no", None, None),
    ],
)
def test_an_answer_is_kept_as_what_it_is(kind, typed, kept):
    assert one(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", 7),
        ("text", "x" * (LONGEST + 1)),
        ("text", "a\x00b"),
        ("choice", "no such answer"),
        ("groups", ["no such group"]),
        ("groups", "own_pupils"),
        ("person", True),
        ("person", 0),
        ("person", 2**63),
        ("people", list(range(1, 52))),
        ("people", 7),
        ("names", "North"),
        ("date", "2027-02-30"),
        ("date", 20270501),
        ("number", -1),
        ("number", 1_000_001),
        ("number", True),
        ("ages", [11, 7]),
        ("ages", [7]),
        ("yes_no", "yes"),
    ],
)
def test_an_answer_of_another_kind_is_refused(kind, typed):
    with pytest.raises(BadInput) as wrong:
        one(kind, typed)
    assert list(wrong.value.fields) == ["aim"]


@pytest.mark.parametrize("text", ["x" * LONGEST, "🎉" * 50, "\u202eabc", "<script>alert(1)</script>", "\x07"])
def test_any_text_that_can_be_kept_is_kept_as_it_is(text):
    assert one("long_text", text) == text


def test_what_the_form_does_not_ask_is_refused():
    with pytest.raises(BadInput) as wrong:
        read_answers(FORM, {"colour": "blue"})
    assert list(wrong.value.fields) == ["colour"]


def test_groups_and_their_details_make_one_part_of_the_case():
    answers = {
        "audience": ["own_pupils"],
        "audience.pupil_ages": [7, 11],
        "host": "third_party",
        "host.name": "Elsewhere",
        "ending.who_closes_it": "The office",
        "author": 3,
        "administrators": [3, 4],
    }
    read = read_answers(FORM, answers)
    case = case_of(FORM, read, {pk: Runner(key=f"person-{pk}") for pk in (3, 4)})

    assert (case.audience.marked, case.audience.pupil_ages.youngest) == (("own_pupils",), 7)
    assert (case.host.kind, case.host.name, case.ending.who_closes_it) == (
        "third_party", "Elsewhere", "The office",
    )  # fmt: skip
    assert case.author == "person-3"
    assert [runner.key for runner in case.administrators] == ["person-3", "person-4"]
    assert people_in(FORM, read) == [3, 4]


def test_a_detail_without_its_main_answer_says_nothing_yet():
    assert case_of(FORM, {"host.name": "Elsewhere", "audience.others": "Neighbours"}, {}).host is None


def test_nothing_filled_in_is_nothing_known_but_that_no_one_has_a_part_the_form_does_not_ask_for():
    assert case_of(FORM, {}, {}).model_dump(exclude_none=True) == {"run_by": ()}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([point.key for point in FORM]), JSON, max_size=6))
def test_whatever_is_sent_is_either_kept_or_refused_with_its_field(sent):
    try:
        read = read_answers(FORM, sent)
    except BadInput as wrong:
        read = {}
        refused = set(wrong.fields)
    else:
        refused = set()
    assert refused <= set(sent)
    assert read_answers(FORM, read) == read
    case_of(FORM, read, {pk: Runner(key=f"person-{pk}") for pk in people_in(FORM, read)})
