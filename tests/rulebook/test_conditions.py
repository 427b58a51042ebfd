"""Conditions of rules: what they answer, what they lack, and what a wrong one is told."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schoolgate.rulebook.facts import Attested, Day, Facts, Part, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.reading import BadCondition, Missing, Scope
from schoolgate.rulebook.situations.accounts import Profile
from schoolgate.rulebook.situations.contacts import MessageSend


def answer(condition, **facts):
    known = MessageSend.model_validate(facts)
    return compiled(condition, Scope(MessageSend, {}, MessageSend))(known, known)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        ({"way": "social"}, {"way": "social"}, True),
        ({"way": "social"}, {"way": "email"}, False),
        ({"way": {"any_of": ["email", "phone"]}}, {"way": "phone"}, True),
        ({"way": {"any_of": ["email", "phone"]}}, {"way": "social"}, False),
        ({"way": {"none_of": ["email", "phone"]}}, {"way": "phone"}, False),
        ({"way": {"none_of": ["email", "phone"]}}, {"way": "social"}, True),
        ({"pupils": {"at_least": 2}}, {"pupils": 2}, True),
        ({"pupils": {"at_least": 2}}, {"pupils": 1}, False),
        ({"pupils": {"at_most": 2}}, {"pupils": 2}, True),
        ({"pupils": {"at_most": 2}}, {"pupils": 3}, False),
        ({"notes": {"includes": "implications_note"}}, {"notes": ["implications_note"]}, True),
        ({"notes": {"includes": "implications_note"}}, {"notes": []}, False),
        ({"notes": {"empty": True}}, {"notes": []}, True),
        ({"notes": {"empty": False}}, {"notes": []}, False),
        ({"not": {"way": "social"}}, {"way": "social"}, False),
        ({"any": [{"way": "email"}, {"purpose": "private"}]}, {"purpose": "private"}, True),
        ({"all": [{"way": "email"}, {"purpose": "private"}]}, {"way": "social"}, False),
        ({"by.relation": "staff"}, {"by": {"key": "p", "relation": "staff"}}, True),
        ({"to_one_pupil": True}, {"pupils": 1}, True),
        ({"to_one_pupil": True}, {"pupils": 2}, False),
    ],
)
def test_a_condition_answers_yes_or_no(condition, facts, expected):
    assert answer(condition, **facts) is expected


@pytest.mark.parametrize(
    ("condition", "facts", "what"),
    [
        ({"way": "social"}, {}, "message_way"),
        ({"not": {"way": "social"}}, {}, "message_way"),
        ({"way": "social", "purpose": "private"}, {"way": "social"}, "message_purpose"),
        ({"way": "social", "purpose": "private"}, {}, "message_way"),
        ({"any": [{"way": "email"}, {"purpose": "private"}]}, {"way": "social"}, "message_purpose"),
        ({"notes": {"empty": True}}, {}, "message_notes"),
        ({"by.relation": "staff"}, {}, "relation"),
        ({"to_one_pupil": True}, {}, "message_pupils"),
    ],
)
def test_a_condition_that_cannot_be_told_names_the_first_fact_it_lacks(condition, facts, what):
    found = answer(condition, **facts)
    assert isinstance(found, Missing)
    assert found.what == what


class Outing(Facts, asked_of="office"):
    """A day out: the reason is asked for, a second driver is named or there is none."""

    reason: str | None = fact(need="guest_name")
    second_driver: str | None = None
    wet: bool | None = None
    stops: tuple[str, ...] | None = None


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ({"second_driver": {"stated": True}}, {"second_driver": "a"}, True),
        ({"second_driver": {"stated": True}}, {}, False),
        ({"second_driver": {"stated": False}}, {}, True),
        ({"wet": {"stated_as": [False]}}, {"wet": False}, True),
        ({"wet": {"stated_as": [False]}}, {"wet": True}, False),
        ({"wet": {"stated_as": [False]}}, {}, False),
        ({"stops": {"stated": True}}, {"stops": []}, True),
    ],
)
def test_what_nobody_is_asked_for_is_stated_or_not(condition, facts, expected):
    known = Outing.model_validate(facts)
    assert compiled(condition, Scope(Outing, {}, Outing))(known, known) is expected


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ({"reason": {"stated": True}}, "known or asked for"),
        ({"leaves": {"stated": True}}, "known or asked for"),
        ({"second_driver": {"stated": "yes"}}, "true or false"),
        ({"stops": {"stated_as": ["Malton"]}}, "say stated"),
        ({"wet": {"stated_as": False}}, "a list of values"),
        ({"second_driver": "a"}, "does not say who can tell"),
    ],
)
def test_only_what_nobody_is_asked_for_can_be_left_unstated(condition, why):
    with pytest.raises(BadCondition, match=why):
        compiled(condition, Scope(Outing, {}, Outing))


LEAVE = {"channel_leaves": {"some": {"roles": {"includes": "Head"}, "covers": {"includes": "phone"}}}}


def test_some_part_of_a_list_has_to_be_all_of_it_at_once():
    apart = [{"by": "a", "roles": ["Head"]}, {"by": "b", "covers": ["phone"]}]
    together = [{"by": "a", "roles": ["Head"], "covers": ["phone"]}]
    assert answer(LEAVE, channel_leaves=apart) is False
    assert answer(LEAVE, channel_leaves=together) is True
    assert answer(LEAVE, channel_leaves=[]) is False
    assert answer(LEAVE) == Missing("message_channel_leave", "office")


def test_every_part_of_an_empty_list_is_anything():
    every = {"channel_leaves": {"every": {"roles": {"includes": "Head"}}}}
    assert answer(every, channel_leaves=[]) is True
    assert answer(every, channel_leaves=[{"by": "a", "roles": ["Head"]}, {"by": "b"}]) is False


def test_a_policy_says_who_supplies_a_fact():
    test = compiled(
        {"channel_leaves": {"empty": False}},
        Scope(MessageSend, {"channel_leaves": "Headteacher"}, MessageSend),
    )
    assert test(MessageSend(), MessageSend()) == Missing("message_channel_leave", "Headteacher")


WORDS = {
    "way": ["social", "email", "phone"],
    "purpose": ["teaching_and_learning", "school_business", "private", "other"],
    "from_account": ["official", "personal"],
    "in_public": [True, False],
    "pupils": [0, 1, 2, 3],
}
simple = some.sampled_from(sorted(WORDS)).flatmap(
    lambda name: some.sampled_from(WORDS[name]).map(lambda word: {name: word})
)
conditions = some.recursive(
    simple,
    lambda inner: some.one_of(
        some.lists(inner, min_size=1, max_size=3).map(lambda them: {"all": them}),
        some.lists(inner, min_size=1, max_size=3).map(lambda them: {"any": them}),
        inner.map(lambda one: {"not": one}),
    ),
    max_leaves=8,
)
whole_facts = some.fixed_dictionaries({name: some.sampled_from(words) for name, words in WORDS.items()})


@given(conditions, whole_facts, some.sets(some.sampled_from(sorted(WORDS))))
def test_what_is_told_with_less_known_stays_so_with_more(condition, facts, left_out):
    less = answer(condition, **{name: value for name, value in facts.items() if name not in left_out})
    more = answer(condition, **facts)
    assert isinstance(more, bool)
    assert less is more or isinstance(less, Missing)


@given(conditions, whole_facts)
def test_what_is_missing_is_a_fact_that_was_left_out(condition, facts):
    for name in WORDS:
        less = answer(condition, **{key: value for key, value in facts.items() if key != name})
        if isinstance(less, Missing):
            assert less.what == f"message_{name}"


class Guest(Part, asked_of="office", prefix="guest_"):
    """Somebody who comes to the fête."""

    name: str | None = fact()
    comes: bool | None = fact()
    until: Day | None = fact()


class Stall(Part):
    """Where something is sold."""

    owners: tuple[str, ...] = ()


class Fete(Facts, asked_of="office", prefix="fete_"):
    """The facts of a situation that no policy knows."""

    stall: Stall | None = None

    host: Guest | None = fact()
    guests: tuple[Guest, ...] | None = fact()
    safe: Attested | None = fact(say="message.email_written")

    @derived("fete_tables")
    def tables(self, _facts: Facts) -> int | None:
        """How many tables there have to be."""
        return None if self.guests is None else (len(self.guests) + 3) // 4

    @derived("fete_host")
    def clean_up_by(self, _facts: Facts) -> Due | None:
        """By when the host has to clear up."""
        return Due(day=self.host.until) if self.host else None


def at_the_fete(condition, **facts):
    known = Fete.model_validate(facts)
    return compiled(condition, Scope(Fete, {}, Fete))(known, known)


TWO_COME = {"guests": {"count": {"at_least": 2, "of": {"comes": True}}}}
ONE_COMES = {"guests": {"count": {"at_most": 1, "of": {"comes": True}}}}


@pytest.mark.parametrize(
    ("comes", "two", "one"),
    [
        ([True, True, None], True, False),
        ([True, False, False], False, True),
        ([True, False, None], None, None),
        ([False, False, None], False, True),
        ([], False, True),
    ],
)
def test_parts_are_counted_as_far_as_the_number_is_sure(comes, two, one):
    guests = [{"comes": each} for each in comes]
    for condition, expected in ((TWO_COME, two), (ONE_COMES, one)):
        found = at_the_fete(condition, guests=guests)
        assert found == (Missing("guest_comes", "office") if expected is None else expected)


def test_parts_are_counted_without_a_condition_too():
    assert at_the_fete({"guests": {"count": {"at_least": 2}}}, guests=[{}, {}]) is True
    assert at_the_fete({"guests": {"count": {"at_least": 2}}}, guests=[{}]) is False
    assert at_the_fete({"guests": {"count": {"at_least": 2}}}) == Missing("fete_guests", "office")


TWO_DIFFERENT = {"guests": {"count": {"at_least": 2, "different": "name", "of": {"comes": True}}}}
ONE_ALONE = {"guests": {"count": {"at_most": 1, "different": "name", "of": {"comes": True}}}}


@pytest.mark.parametrize(
    ("guests", "two"),
    [
        ([("a", True), ("b", True)], True),
        ([("a", True), ("a", True)], False),
        ([("a", True), ("a", None)], False),
        ([("a", True), ("b", False)], False),
        ([(None, True)], False),
        ([("a", True), ("b", None)], "guest_comes"),
        ([("a", True), (None, True)], "guest_name"),
        ([(None, True), (None, True)], "guest_name"),
        ([("a", True), ("b", True), (None, None)], True),
    ],
)
def test_whoever_stands_in_a_list_twice_counts_once(guests, two):
    known = [{"name": name, "comes": comes} for name, comes in guests]
    expected = Missing(two, "office") if isinstance(two, str) else two
    assert at_the_fete(TWO_DIFFERENT, guests=known) == expected
    assert at_the_fete(ONE_ALONE, guests=known) == (
        expected if isinstance(expected, Missing) else not expected
    )


def test_the_parts_of_a_list_are_told_apart_without_a_condition_too():
    condition = {"guests": {"count": {"at_least": 2, "different": "name"}}}
    assert at_the_fete(condition, guests=[{"name": "a"}, {"name": "b"}]) is True
    assert at_the_fete(condition, guests=[{"name": "a"}, {"name": "a"}]) is False


some_guests = some.lists(
    some.tuples(some.sampled_from(["a", "b", None]), some.sampled_from([True, False, None])), max_size=3
)


@given(some_guests, some.sampled_from([TWO_DIFFERENT, ONE_ALONE, TWO_COME, ONE_COMES]))
def test_what_is_told_of_a_count_holds_whatever_the_unknown_turns_out_to_be(guests, condition):
    told = at_the_fete(condition, guests=[{"name": name, "comes": comes} for name, comes in guests])
    choices = [
        [
            (n, c)
            for n in ((name,) if name else ("a", "b", "c", "d"))
            for c in ((True, False) if comes is None else (comes,))
        ]
        for name, comes in guests
    ]
    known = {
        at_the_fete(condition, guests=[{"name": name, "comes": comes} for name, comes in one])
        for one in product(*choices)
    }
    assert known == {told} if isinstance(told, bool) else known == {True, False}


@pytest.mark.parametrize(
    ("until", "earlier", "later"),
    [("2027-05-04", True, False), ("2027-05-05", False, False), ("2027-05-06", False, True)],
)
def test_a_day_is_compared_with_the_day_judged(until, earlier, later):
    host = {"until": until}
    assert at_the_fete({"host.until": {"earlier_than": "day"}}, host=host, on="2027-05-05") is earlier
    assert at_the_fete({"host.until": {"later_than": "day"}}, host=host, on="2027-05-05") is later
    assert at_the_fete({"host.until": {"later_than": "day"}}, host=host) == Missing("day", "office")


def test_a_part_is_compared_with_a_fact_of_the_situation():
    condition = {"guests": {"some": {"name": {"same_as": "host.name"}}}}
    assert at_the_fete(condition, host={"name": "a"}, guests=[{"name": "b"}, {"name": "a"}]) is True
    assert at_the_fete(condition, host={"name": "a"}, guests=[{"name": "b"}]) is False
    assert at_the_fete(condition, guests=[{"name": "b"}]) == Missing("guest_name", "office")


def test_what_is_no_fact_of_a_part_is_read_from_the_whole_situation():
    condition = {"guests": {"some": {"comes": True, "host.name": "a"}}}
    guests = [{"comes": True}]
    assert at_the_fete(condition, host={"name": "a"}, guests=guests) is True
    assert at_the_fete(condition, host={"name": "b"}, guests=guests) is False
    assert at_the_fete(condition, guests=guests) == Missing("guest_name", "office")


def test_what_has_to_be_known_is_asked_for_until_it_is():
    assert at_the_fete({"host.name": {"known": True}}, host={"name": "a"}) is True
    assert at_the_fete({"guests": {"known": True}}, guests=[]) is True
    assert at_the_fete({"host.name": {"known": True}}, host={}) == Missing("guest_name", "office")


def test_a_fact_that_is_worked_out_may_be_a_number():
    assert at_the_fete({"tables": {"at_least": 2}}, guests=[{}] * 5) is True
    assert at_the_fete({"tables": {"at_least": 2}}, guests=[{}] * 4) is False


@pytest.mark.parametrize(("name", "mentioned"), [("The HIGH school", True), ("The school", False)])
def test_words_stand_in_a_text_whatever_their_capitals(name, mentioned):
    page = Profile(school_named=name)
    names_it = compiled({"school_named": {"mentions": ["Low", "High School"]}}, Scope(Profile, {}, Profile))
    assert names_it(page, page) is mentioned


def nested(deep):
    return {"way": "social"} if deep == 0 else {"not": nested(deep - 1)}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"wya": "social"}, "no fact wya; unknown word 'wya'; did you mean way"),
        ({"way": "socail"}, "unknown word 'socail'; did you mean social"),
        ({"way": {"any_of": ["email", "phoen"]}}, "did you mean phone"),
        ({"way": {"anyof": ["email"]}}, "did you mean any_of"),
        ({"way": {"any_of": []}}, "a list of values"),
        ({"way": {"any_of": ["email"], "none_of": ["phone"]}}, "one comparison"),
        ({"pupils": {"at_least": "two"}}, "'two' is no such value"),
        ({"pupils": True}, "True is no such value"),
        ({"notes": "implications_note"}, "a list: say {includes: implications_note}"),
        ({"notes": {"some": {"way": "email"}}}, "a list of words has no parts"),
        ({"by.name": "x"}, "no fact by.name"),
        ({"way.of": "x"}, "way has no parts"),
        ({"all": {}}, "all wants a list"),
        ({"channel_leaves": {"count": {"of": {"roles": {"includes": "x"}}}}}, "a number, {at_least: 2}"),
        ({"channel_leaves": {"count": {"at_least": "2"}}}, "a number, {at_least: 2}"),
        ({"channel_leaves": {"count": {"at_least": 2, "different": "bye"}}}, "no fact bye"),
        ({"channel_leaves": {"count": {"at_least": 2, "different": 2}}}, "the name of a fact of the parts"),
        ({"channel_leaves": {"count": {"at_least": 2, "different": "roles"}}}, "roles is a list"),
        ({"notes": {"count": {"at_least": 2, "different": "by"}}}, "a list of words has no parts"),
        ({"way": {"same_as": "wya"}}, "no fact wya"),
        ({"way": {"known": False}}, "never taken for no"),
        ({"pupils": {"mentions": ["two"]}}, "pupils is no text"),
        ({}, "a condition is a fact with what it has to be"),
        ("way is social", "a condition is a fact with what it has to be"),
        (nested(60), "nested too deeply"),
    ],
)
def test_a_condition_that_makes_no_sense_is_told_what_would(condition, said):
    with pytest.raises(BadCondition) as told:
        compiled(condition, Scope(MessageSend, {}, MessageSend))
    assert said in told.value.why


class Tent(Facts):
    """Facts of which nobody is said to tell them."""

    colour: str | None = None


def test_a_fact_that_may_be_unknown_has_to_say_who_can_tell():
    with pytest.raises(BadCondition, match="does not say who can tell"):
        compiled({"colour": "red"}, Scope(Tent, {}, Tent))


def test_a_part_that_may_be_unknown_has_to_say_so_too_for_what_is_in_it():
    with pytest.raises(BadCondition, match="does not say who can tell"):
        compiled({"stall.owners": {"includes": "x"}}, Scope(Fete, {}, Fete))
