"""A rehearsal of a policy: made-up cases of a school, and what is wrong with the answers."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schoolgate.rulebook import book, books
from schoolgate.rulebook.book import blank_book, book_of
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import CLAUSE, book_with_alone
from schoolgate.rulebook.rehearsal.case import NOTHING
from schoolgate.rulebook.rehearsal.cases import BY_KEY, CASES
from schoolgate.rulebook.rehearsal.findings import MAY, WORDS, Mend, What, in_english, lines, told, wrongs
from schoolgate.rulebook.rehearsal.mending import MENDED_BY

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
OURS = Path(__file__).parents[1] / "own_policies"


@pytest.fixture(autouse=True)
def own_policies(tmp_path):
    own_policies_in(OURS)
    yield
    own_policies_in(tmp_path / "nowhere")


def found(of, held=None):
    """What a rehearsal finds, by what it is."""
    by_what = {}
    for one in wrongs(of, told(of, at=AT), held):
        by_what.setdefault(one.what, []).append(one)
    return by_what


def cases_of(those):
    return {case for one in those for case in one.cases}


def st_annes_with(**rules):
    """The infant school's policy with other rules for these clauses."""
    named = {f"st-annes-{clause}": written for clause, written in rules.items()}
    return book_of(changed(book("st-annes").pack, Changes(rules=named)))


def test_every_case_can_be_put_to_every_policy_and_to_one_that_is_empty():
    for of in [*map(book, books()), blank_book("Hafod Primary")]:
        answers = told(of, at=AT)
        there = [
            case
            for case in CASES
            if not case.point or case.point in {one.point for one in of.bound(case.situation)}
        ]
        assert [one.case.key for one in answers] == [case.key for case in there]
        assert lines(of, answers, wrongs(of, answers))


def test_cases_are_the_same_however_late_on_a_day_they_are_read():
    """Made-up cases happen in a school's hours: no duty in them is overdue because someone reads at night."""
    early, late = (datetime(2027, 10, 31, hour, 59, tzinfo=UTC) for hour in (0, 22))
    of = book("llanidloes")
    assert [one.decision.to_json() for one in told(of, at=early)] == [
        one.decision.to_json() for one in told(of, at=late)
    ]


def test_every_case_that_must_be_stopped_is_compared_with_one_that_there_is():
    for case in CASES:
        assert case.stops_beside in ("", NOTHING, *BY_KEY), case.key
        assert bool(case.about) is (case.stops_beside not in ("", NOTHING)), case.key
    assert set(WORDS) == set(What)
    assert {*MAY} >= {*Capacity} - {"hold_keys", "stop_everything", "oversee", "be_told", "advise"}


def test_a_policy_without_a_rule_is_never_in_order():
    """Whoever holds its roles, and although nothing it says is wrong."""
    empty = found(blank_book("Hafod Primary"))
    assert What.NO_RULES in empty
    written = replace(book("st-annes").pack, bindings=())
    assert What.NO_RULES in found(book_of(written))
    assert What.NO_RULES not in found(book("st-annes"))


@pytest.mark.parametrize(
    ("case", "point"),
    [
        ("picture_without_consent", "photo_consent"),
        ("name_beside_picture", "naming"),
        ("do_not_publish", "do_not_publish"),
        ("pupil_asks_to_be_friends", "pupil_contact"),
    ],
)
def test_what_would_let_a_child_go_out_is_found_and_only_where_the_rule_is_missing(case, point):
    whole = book("st-annes")
    assert case not in cases_of(found(whole)[What.NOT_STOPPED])
    left = tuple(one for one in whole.pack.bindings if one.point != point)
    [one] = [
        one
        for one in found(book_of(replace(whole.pack, bindings=left)))[What.NOT_STOPPED]
        if case in one.cases
    ]
    assert BY_KEY[case].title in in_english(one)
    assert one.mend in (Mend.NEW_CLAUSE, Mend.CLAUSE)


def test_a_step_that_waits_for_a_role_which_the_policy_does_not_have_is_found():
    pack = book("st-annes").pack
    roles = tuple(one for one in pack.roles if one.name != "deputy headteacher")
    [one] = found(book_of(replace(pack, roles=roles)))[What.NO_SUCH_ROLE]
    assert (one.role, one.mend) == ("deputy headteacher", Mend.ROLES)
    assert "st-annes-posts-2" in one.clauses
    assert What.NO_SUCH_ROLE not in found(book("st-annes"))


def test_a_role_that_no_one_holds_and_a_step_that_no_one_may_take_are_found_where_the_people_are_known():
    held = {"headteacher": {1: "Helen"}, "deputy-headteacher": {2: "Dai"}, "school-office": {3: "Olive"}}
    here = found(book("st-annes"), held)
    assert [one.role for one in here[What.NOT_HELD]] == ["chair of governors"]
    assert [one.may for one in here[What.NOBODY_MAY]] == ["propose_account"]
    everyone = {**held, "chair-of-governors": {4: "Chris"}, "class-teacher": {5: "Tom"}}
    assert not {What.NOT_HELD, What.NOBODY_MAY} & found(book("st-annes"), everyone).keys()
    assert not {What.NOT_HELD, What.NOBODY_MAY} & found(book("st-annes")).keys()


def test_an_approver_who_is_alone_and_writes_too_is_found_by_name():
    alone = {"headteacher": {1: "Helen Marsh"}}
    assert {one.people for one in found(book("st-annes"), alone)[What.ONE_PERSON]} == {("Helen Marsh",)}
    two = {"headteacher": {1: "Helen Marsh", 2: "Dai Rees"}}
    assert What.ONE_PERSON not in found(book("st-annes"), two)


def test_a_clause_that_people_have_to_read_is_found_until_it_has_a_rule():
    read = {clause for one in found(book("st-annes"))[What.READ] for clause in one.clauses}
    assert "st-annes-accounts-5" in read
    mended = [
        {
            "clauses": ["st-annes-accounts-5"],
            "ask": "account.lead_left",
            "point": "handover",
            "oblige": {"who": "headteacher", "what": "handover"},
        }
    ]
    after = found(st_annes_with(**{"accounts-5": mended}))
    assert "st-annes-accounts-5" not in {c for one in after.get(What.READ, ()) for c in one.clauses}


def test_a_step_below_one_that_always_applies_is_found():
    said = {"clauses": ["st-annes-staff-3"], "ask": "contact.accept", "point": "pupil_contact"}
    never = {**said, "steps": [{"forbid": True}, {"permit": {"other.family": True}}]}
    assert found(st_annes_with(**{"staff-3": [never]}))[What.NEVER_COUNTS][0].clauses == ("st-annes-staff-3",)
    counts = {**said, "steps": [{"permit": {"other.family": True}}, {"forbid": True}]}
    assert What.NEVER_COUNTS not in found(st_annes_with(**{"staff-3": [counts]}))


def test_the_worst_comes_first_and_what_no_case_meets_comes_last():
    order = list(What)
    for key in books():
        here = [one.what for one in wrongs(book(key), told(book(key), at=AT), {})]
        assert here == sorted(here, key=order.index)
    assert found(book("st-annes"))[What.NOT_MET][0].clauses
    about = [BY_KEY[one.cases[0]].is_about_a_child for one in found(book("st-annes"))[What.NOT_STOPPED]]
    assert about == sorted(about, reverse=True)
    assert set(about) == {True, False}


def test_the_ready_rule_that_a_finding_leads_to_answers_its_case_and_stops_what_must_be_stopped():
    known = ready_rules()
    assert {*MENDED_BY} <= {*BY_KEY}
    assert {*MENDED_BY.values()} <= {*known}
    left = []
    for key, rule in MENDED_BY.items():
        ready = known[rule]
        values = {name: ready.defaults.get(name) or "Headteacher" for name in ready.fields}
        one = next(each for each in told(book_with_alone(ready, values), at=AT) if each.case.key == key)
        if not one.is_covered or one.stopped is False or CLAUSE not in one.decision.clauses:
            left.append((key, rule))
    assert left == []
