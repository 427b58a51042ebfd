"""Rules that are data: conditions, what is not known, and what a wrong line is told."""

from datetime import date
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.facts import Ask, Attested, Day, Facts, Part, derived
from schoolgate.rulebook.kinds import Kind, Outcome
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.rules.conditions import BadCondition, Missing, Scope, compiled
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations.incident_assess import IncidentAssess
from schoolgate.rulebook.situations.message_send import MessageSend
from tests.policies.scenarios import all_scenarios


def answer(condition, **facts):
    known = MessageSend.model_validate(facts)
    return compiled(condition, Scope(MessageSend, {}, MessageSend))(known, known)


def says(rule, **facts):
    return Rule.model_validate(rule).for_facts(MessageSend)(MessageSend.model_validate(facts))


def only(rule, **facts):
    (said,) = says(rule, **facts)
    return said


# --- Conditions ---------------------------------------------------------------------------------


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
        {"channel_leaves": {"empty": False}}, Scope(MessageSend, {"channel_leaves": "Headteacher"}, MessageSend)
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


class Guest(Part):
    """Somebody who comes to the fête."""

    name: Annotated[str | None, Ask("guest_name", "office")] = None
    comes: Annotated[bool | None, Ask("guest_comes", "office")] = None
    until: Annotated[Day | None, Ask("guest_until", "office")] = None


class Fete(Facts):
    """The facts of a situation that no policy knows."""

    host: Annotated[Guest | None, Ask("fete_host", "office")] = None
    guests: Annotated[tuple[Guest, ...] | None, Ask("fete_guests", "office")] = None
    safe: Annotated[Attested | None, Ask("fete_safe", "office", say="message.email_written")] = None

    @derived("fete_tables", "office")
    def tables(self, _facts: Facts) -> int | None:
        """How many tables there have to be."""
        return None if self.guests is None else (len(self.guests) + 3) // 4


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


def test_a_fact_that_is_worked_out_may_be_a_number():
    assert at_the_fete({"tables": {"at_least": 2}}, guests=[{}] * 5) is True
    assert at_the_fete({"tables": {"at_least": 2}}, guests=[{}] * 4) is False


def test_a_sentence_takes_its_words_from_the_facts_and_waits_for_them():
    rule = {"forbid": True, "say": "contact.children", "args": {"day": {"fact": "host.until"}, "who": "x"}}
    judge = Rule.model_validate(rule).for_facts(Fete)
    (said,) = judge(Fete.model_validate({"host": {"until": "2027-05-05"}}))
    assert said.args == {"day": date(2027, 5, 5), "who": "x"}
    (asked,) = judge(Fete.model_validate({"host": {}}))
    assert asked.needs[0].what == "guest_until"


def test_a_fact_may_have_a_sentence_of_its_own_that_asks_for_it():
    judge = Rule.model_validate({"forbid": {"safe": False}, "say": "contact.children"}).for_facts(Fete)
    (asked,) = judge(Fete())
    assert (asked.message, asked.unknown) == ("message.email_written", True)


# --- Verbs -----------------------------------------------------------------------------------------

BAN = {"when": {"way": "social"}, "forbid": {"from_account": "personal"}, "say": "message.school_from_own"}


def test_a_ban_forbids_is_kept_or_asks():
    assert only(BAN, way="social", from_account="personal").kind is Kind.FORBIDS
    assert only(BAN, way="social", from_account="official").kind is Kind.MET
    assert only(BAN, way="social").needs[0].what == "message_from_account"
    assert says(BAN, way="email", from_account="personal") == ()


def test_whether_a_rule_applies_is_asked_only_where_it_would_stop_something():
    assert only(BAN, from_account="personal").needs[0].what == "message_way"
    assert says(BAN, from_account="official") == ()
    assert only(BAN).needs[0].what == "message_way"


def test_a_permission_and_an_exception_ask_for_what_they_lack():
    permit = {"permit": {"approved_account": True}, "say": "message.approved_account"}
    assert only(permit).needs[0].what == "message_approved_account"
    assert only(permit, approved_account=True).kind is Kind.PERMITS
    assert says(permit, approved_account=False) == ()
    keep = {"keep": {"approved_account": True}}
    assert says(keep) == ()
    assert only({**keep, "exception": True}).needs[0].what == "message_approved_account"


def test_the_first_step_that_speaks_is_the_answer():
    steps = [
        {"keep": {"pupils": {"at_least": 2}}, "say": "message.to_group"},
        {"forbid": True, "say": "message.one_pupil", "turns": {"in_public": True}},
    ]
    assert only({"steps": steps}, pupils=2).kind is Kind.MET
    assert only({"steps": steps}).needs[0].what == "message_pupils"
    assert only({"steps": steps}, pupils=1).needs[0].what == "message_in_public"
    assert only({"steps": steps}, pupils=1, in_public=True).turns is True
    assert only({"steps": steps}, pupils=1, in_public=False).turns is False


def test_a_need_says_what_it_waits_for():
    need = {"need": {"notes": {"includes": "implications_note"}}, "say": "message.no_implications_note",
            "ask_for": {"what": "implications_note", "of": "message_writer"}}  # fmt: skip
    waiting = only(need, notes=[])
    assert (waiting.kind, waiting.unknown) == (Kind.REQUIRES, False)
    assert [*waiting.needs] == [("implications_note", "message_writer")]
    assert only(need, notes=["implications_note"]).kind is Kind.MET


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ({"advise": True, "say": "message.children_in_mind"}, Kind.ADVISES),
        ({"must_be": {"approved_account": True}, "say": "message.unapproved_account"}, Kind.BREACHED),
        ({"refer": True, "to": "SLT", "say": "contact.children"}, Kind.REFERS),
        ({"oblige": {"who": "SLT", "what": "ruling"}, "say": "contact.children"}, Kind.OBLIGES),
    ],
)
def test_each_verb_says_what_it_is_for(verb, kind):
    assert only(verb, approved_account=False).kind is kind


def test_an_exclusion_says_that_it_is_not_covered():
    assert only({"exclude": {"purpose": "private"}}, purpose="private").excludes
    assert says({"exclude": {"purpose": "private"}}, purpose="other") == ()


def test_each_part_of_a_list_is_judged_by_itself():
    rule = Rule.model_validate({
        "each": "channel_leaves", "forbid": {"roles": {"includes": "SLT"}}, "say": "message.email_written",
    })  # fmt: skip
    judge = rule.for_facts(MessageSend)
    told = judge(MessageSend.model_validate({"channel_leaves": [{"by": "a"}, {"by": "b", "roles": ["SLT"]}]}))
    assert [(one.kind, one.about) for one in told] == [
        (Kind.MET, "channel_leaves[0]"),
        (Kind.FORBIDS, "channel_leaves[1]"),
    ]
    assert judge(MessageSend(channel_leaves=())) == []
    (asked,) = judge(MessageSend())
    assert asked.unknown


# --- Wrong lines -----------------------------------------------------------------------------------


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
        ({"way": {"same_as": "wya"}}, "no fact wya"),
        ({}, "a condition is a fact with what it has to be"),
        ("way is social", "a condition is a fact with what it has to be"),
        (nested(60), "nested too deeply"),
    ],
)
def test_a_condition_that_makes_no_sense_is_told_what_would(condition, said):
    with pytest.raises(BadCondition) as told:
        compiled(condition, Scope(MessageSend, {}, MessageSend))
    assert said in told.value.why


def test_a_fact_that_may_be_unknown_has_to_say_who_can_tell():
    with pytest.raises(BadCondition, match="does not say who can tell"):
        compiled({"rank": "gross misconduct"}, Scope(IncidentAssess, {}, IncidentAssess))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"when": {"way": "social"}}, "one of forbid, need"),
        ({"forbid": True, "permit": True, "say": "x"}, "one of forbid, need"),
        ({"forbid": True}, "forbid wants a sentence"),
        ({"need": {"way": "social"}, "say": "x"}, "ask_for"),
        ({"refer": True, "say": "x"}, "says who rules"),
        ({"forbidd": True, "say": "x"}, "forbidd"),
    ],
)
def test_a_rule_without_one_clear_verb_is_refused(rule, said):
    with pytest.raises(ValidationError, match=said):
        Rule.model_validate(rule)


def spoiled(key, old, new):
    text = to_yaml(book(key).pack)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("in_public: true", "in_pubic: true", "did you mean in_public"),
        ("way: social", "way: socials", "did you mean social"),
        ("ask:\n  - message.send", "ask:\n  - message.sent", "message.sent"),
    ],
)
def test_a_pack_with_a_wrong_rule_is_refused_with_its_line(old, new, said):
    with pytest.raises(BadPack) as refused:
        from_yaml(spoiled("boroughbridge", old, new))
    assert said in refused.value.why
    assert "line" in refused.value.where


# --- Knowing less ------------------------------------------------------------------------------------

IN_DATA = sorted(
    {situation for key in books() for one in book(key).pack.bindings for situation in one.situations}
    - {
        situation
        for key in books()
        for pack in book(key).packs
        for one in pack.bindings
        if one.control != "rule"
        for situation in one.situations
    }
)
CASES = [one for one in all_scenarios() if one.situation in IN_DATA]


def test_there_are_situations_whose_rules_are_all_data():
    assert "message.send" in IN_DATA
    assert len(CASES) > 50


@pytest.mark.parametrize("scenario", CASES, ids=str)
def test_knowing_less_never_permits_more(scenario):
    told = decide(book(scenario.policy), scenario.situation, scenario.facts)
    given = scenario.facts.model_dump(exclude_unset=True)
    for name in given.keys() - {"leaves", "rulings", "direction"}:
        less = type(scenario.facts).model_validate(
            {key: value for key, value in given.items() if key != name}
        )
        known = decide(book(scenario.policy), scenario.situation, less)
        for point, outcome in told.points.items():
            if outcome.weight > Outcome.PERMITTED.weight:
                assert known.points[point].weight > Outcome.PERMITTED.weight, f"{point} without {name}"
