"""What is asked before an answer: nothing that cannot change it, and everything that can."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.adviser import ENTRIES, NOT_KNOWN, Hat, Situated, answer, read_answers
from schoolgate.rulebook.adviser.asking import open_questions, rests_on, signature, who_rules
from schoolgate.rulebook.adviser.leaves import Ask, leaves_of
from schoolgate.rulebook.facts import Ruling
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.messages import CHOICES, QUESTIONS
from schoolgate.rulebook.situations.networks import NETWORKS

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)
WALKED = (
    "former-pupil-asks", "parent-asks", "group-chat", "post-about-colleague", "criticise-school",
    "work-information", "school-picture-own-page", "name-beside-picture", "school-computer", "delete-comment",
    "is-it-covered", "what-is-held", "lead-leaves", "worry-about-child",
)  # fmt: skip


def options(leaf) -> list:
    """More values than the adviser itself tries."""
    if leaf.ask in (Ask.YES_NO, Ask.JUDGED):
        return [True, False]
    if leaf.ask is Ask.SOME_OF:
        return [(), *((one,) for one in leaf.choices), leaf.choices[:2]]
    if leaf.ask is Ask.NUMBER:
        return [0, 1, 2, 7, 100]
    if leaf.ask is Ask.DAY:
        return [TODAY - timedelta(days=days) for days in (0, 1, 20, 200, 400, 800, 3000, 7000, 15000)]
    return list(leaf.choices)


def sign(of, asked, values):
    return signature(decide(of, asked.situation, asked.facts(values)))


def walked(of, asked, draw):
    """Questions with the answers before them, and what is known when nothing more is asked."""
    answers, path = {}, []
    while (question := answer(of, asked, answers).question) is not None:
        path.append((question.leaf, dict(answers)))
        answers[question.leaf.path] = draw.choice([*options(question.leaf), NOT_KNOWN])
    return path, answers


@pytest.mark.parametrize("key", WALKED)
@pytest.mark.parametrize("policy", books())
def test_only_what_can_change_the_answer_is_asked_and_nothing_else_can(policy, key):
    of, asked = book(policy), Situated(ENTRIES[key], AT)
    draw = random.Random(f"{policy} {key}")
    path, answers = walked(of, asked, draw)

    for leaf, before in path:
        known = {one: value for one, value in before.items() if value != NOT_KNOWN}
        rest = [one for one in asked.leaves if one.path not in before and one.path != leaf.path]
        assert any(
            len({sign(of, asked, {**more, leaf.path: value}) for value in options(leaf)}) > 1
            for more in (known, *({**known, **_all(rest, draw)} for _try in range(40)))
        ), leaf.path
    known = {one: value for one, value in answers.items() if value != NOT_KNOWN}
    rest = [one for one in asked.leaves if one.path not in answers]
    told = signature(answer(of, asked, answers).decision)
    assert {sign(of, asked, {**known, **_all(rest, draw)}) for _try in range(40)} == {told}


def _all(rest, draw) -> dict:
    return {leaf.path: draw.choice(options(leaf)) for leaf in rest}


def test_what_the_answer_waits_for_is_asked_first():
    asked = Situated(ENTRIES["former-pupil-asks"], AT)
    first = answer(book("boroughbridge"), asked, {}).question

    assert first.is_needed


def test_not_knowing_counts_as_asked_and_the_fact_stays_unknown():
    of, asked = book("wildground"), Situated(ENTRIES["former-pupil-asks"], AT)
    answers = {"me": "staff", "other.date_of_birth": NOT_KNOWN, "other.also": NOT_KNOWN}
    told = answer(of, asked, answers).decision

    assert answer(of, asked, answers).question is None
    assert told.outcome is Outcome.HOLD
    assert told.facts.other.date_of_birth is None


def test_the_day_before_and_the_day_itself_are_told_apart():
    """A day is tried around the one on which a ban ends, so that a boundary is never missed."""
    of, asked = book("boroughbridge"), Situated(ENTRIES["former-pupil-asks"], AT)
    asked_for = [leaf.path for leaf, _before in walked_as_staff(of, asked)]

    assert {"other.left_on", "other.date_of_birth"} & set(asked_for)


def walked_as_staff(of, asked):
    answers, path = {"me": "staff"}, []
    while (question := answer(of, asked, answers).question) is not None:
        path.append((question.leaf, dict(answers)))
        value = TODAY - timedelta(days=30) if question.leaf.ask is Ask.DAY else options(question.leaf)[-1]
        answers[question.leaf.path] = value
    return path


def test_the_hat_is_asked_only_where_it_matters_and_only_from_what_somebody_holds():
    of = book("wildground")
    both = (Hat("staff", "staff", ("SLT",)), Hat("parent", "parent"))
    one = (Hat("staff", "staff", ("SLT",)),)

    asked = answer(of, Situated(ENTRIES["former-pupil-asks"], AT, both), {}).question
    unasked = answer(of, Situated(ENTRIES["former-pupil-asks"], AT, one), {}).question
    nobodys = Situated(ENTRIES["is-it-the-schools"], AT, both)

    assert asked.leaf.path == "me"
    assert asked.leaf.choices == ("staff", "parent")
    assert unasked.leaf.path != "me"
    assert "me" not in [leaf.path for leaf in nobodys.leaves]


def test_answers_of_an_address_are_read_and_what_is_none_is_left_out():
    asked = Situated(ENTRIES["former-pupil-asks"], AT)
    given = {
        "me": ["staff"], "other.left_on": ["2026-02-30"], "other.family": ["perhaps"], "x.y": ["1"],
        "other.also": ["colleague~parent"], "other.date_of_birth": ["2001-05-06"],
    }  # fmt: skip

    assert read_answers(asked, given.items()) == {
        "me": "staff", "other.also": ("colleague", "parent"), "other.date_of_birth": date(2001, 5, 6),
    }  # fmt: skip


@pytest.mark.parametrize("told", [["none", "parent"], ["-", "parent"], ["~"], [""], [], ["9" * 400]])
def test_several_answers_that_do_not_go_together_are_none(told):
    asked = Situated(ENTRIES["former-pupil-asks"], AT)

    assert "other.also" not in read_answers(asked, [("other.also", told)])


def test_an_open_question_is_found_and_its_ruling_answers_and_is_named():
    of = book("wildground")
    asked = Situated(ENTRIES["family-pupil"], AT)
    left_open = answer(of, asked, {"me": "staff"}).decision
    tension = open_questions(of, left_open)[0]
    ruling = Ruling(tension=tension.id, allows=True, role="SLT", by="somebody")
    ruled = answer(of, Situated(ENTRIES["family-pupil"], AT, beside={"rulings": (ruling,)}), {"me": "staff"})

    assert left_open.outcome is Outcome.REFER
    assert tension.id == "wildground-tension-15"
    assert who_rules(left_open) == "federation"
    assert ruled.decision.outcome is Outcome.PERMITTED
    assert rests_on(of, ruled.decision) == [ruling]
    assert open_questions(of, ruled.decision) == []


def test_every_question_and_every_answer_to_choose_has_its_words():
    for key in {one.situation for one in ENTRIES.values()}:
        for leaf in leaves_of(key, {}):
            where = f"{key}:{leaf.path}"
            if where in QUESTIONS and leaf.ask in (Ask.ONE_OF, Ask.SOME_OF):
                said = {*CHOICES, *NETWORKS}  # a network has its name
                unsaid = [one for one in leaf.choices if not {f"{where}={one}", one} & said]
                assert unsaid == [], where


def with_range(**answers):
    asked = Situated(ENTRIES["former-pupil-asks"], AT)
    given = {"me": ["staff"], **{f"other.{name}": [text] for name, text in answers.items()}}
    return read_answers(asked, given.items()), asked


def test_about_when_is_an_answer_that_settles_what_is_true_of_all_its_days():
    said, asked = with_range(left_on="2001-09-01..2002-08-31", date_of_birth="1985-09-01..1986-08-31")
    told = answer(book("boroughbridge"), asked, said).decision

    assert said["other.left_on"] == (date(2001, 9, 1), date(2002, 8, 31))
    assert told.facts.other.left_about.last == date(2002, 8, 31)
    assert told.points["former_pupil"] is Outcome.PERMITTED
    exact, _asked = with_range(left_on="2001-09-01", date_of_birth="1985-09-01")
    assert answer(book("boroughbridge"), asked, exact).decision.points == told.points


def test_a_range_that_leaves_it_open_waits_for_the_day():
    said, asked = with_range(
        left_on=f"1990-01-01..{TODAY - timedelta(days=30)}", date_of_birth="1985-09-01..1986-08-31"
    )

    assert answer(book("boroughbridge"), asked, said).decision.points["former_pupil"] is Outcome.HOLD


def test_a_year_group_says_about_when_somebody_was_born():
    said, asked = with_range(date_of_birth="5")

    assert said["other.date_of_birth"] == 5
    assert answer(book("boroughbridge"), asked, said).decision.facts.other.year_group == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"left_on": "2002-08-31..2001-09-01"},
        {"left_on": "2001-09-01.."},
        {"left_on": "5"},
        {"date_of_birth": "14"},
        {"date_of_birth": "-1"},
        {"date_of_birth": "2001-09-01..x"},
    ],
)
def test_a_range_or_year_group_that_cannot_be_is_no_answer(wrong):
    assert with_range(**wrong)[0] == {"me": "staff"}
