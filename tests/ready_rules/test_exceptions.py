"""The exceptions that ready rules have in common: what is allowed with each, and what isn't, known from a
clause's words or not at all."""

import pytest

from schoolgate.policy.importing.roles import numbers_in_words
from schoolgate.policy.keeping import body_of
from schoolgate.rulebook import decide
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.declared.contacts import request
from schoolgate.rulebook.ready.declared.pictures import SIGNED, posted
from schoolgate.rulebook.ready.exceptions import EXCEPTIONS
from schoolgate.rulebook.ready.filling import filled, known_again, sentence
from schoolgate.rulebook.ready.held import left_open, not_held
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.ready.trying import CLAUSE, book_with_alone

HEAD = "headteacher"
PUPIL = request("pupil")
OTHERS = {"has_picture": False, "people": [], "account": {"official": True, "hosting": "third_party"}}
OWN_SITE = {**OTHERS, "account": {"official": True, "hosting": "school"}}
NAMED = {"key": "ava", "relation": "pupil", "shown": True, "named": "full"}


def leave(**other):
    return {"clause": CLAUSE, "role": HEAD, "by": "head", "written": True, **other}


def values_of(ready, *unless):
    return {**ready.defaults, "unless": unless, "agreed_by": HEAD if "agreed" in unless else ""}


def answered(key, unless, situation, facts):
    ready = ready_rules()[key]
    book = book_with_alone(ready, values_of(ready, *unless))
    return answer_of(decide(book, situation, facts))


def naming(*consents):
    return posted(named="full", consents=[{**SIGNED, **one} for one in consents])


CASES = [
    # ready rule, exceptions, situation, the case in which it is made, the nearest in which it isn't
    ("no_pupil_friends", ["family"], "contact.accept", request("pupil", family=True), PUPIL),
    ("no_pupil_friends", ["known"], "contact.accept", request("pupil", also=["old_friend"]),
     request("pupil", also=[])),
    ("no_pupil_friends", ["agreed"], "contact.accept", {**PUPIL, "leaves": [leave()]}, PUPIL),
    ("no_pupil_friends", ["agreed"], "contact.accept", {**PUPIL, "leaves": [leave()]},
     {**PUPIL, "leaves": [leave(written=None)]}),
    ("no_pupil_friends", ["agreed"], "contact.accept", {**PUPIL, "leaves": [leave()]},
     {**PUPIL, "leaves": [leave(role="deputy")]}),
    ("no_pupil_friends", ["agreed"], "contact.accept", {**PUPIL, "leaves": [leave(to_day="2027-01-18")]},
     {**PUPIL, "leaves": [leave(to_day="2027-01-17")]}),
    ("no_pupil_friends", ["family", "agreed"], "contact.accept", request("pupil", family=True), PUPIL),
    ("no_politics", ["agreed"], "post.publish", {"political": True, "leaves": [leave()]},
     {"political": True}),
    ("no_politics", ["own_site"], "post.publish", {**OWN_SITE, "political": True},
     {**OTHERS, "political": True}),
    ("no_politics", ["emergency"], "post.publish", {"political": True, "approved_beforehand": True},
     {"political": True, "approved_beforehand": False}),
    ("no_surnames", ["name_agreed"], "post.publish", naming({"covers": ["naming"]}), naming({})),
    ("no_surnames", ["name_written"], "post.publish", naming({"covers": ["naming"], "written": True}),
     naming({"covers": ["naming"], "written": False})),
]  # fmt: skip


@pytest.mark.parametrize(("key", "unless", "situation", "made", "not_made"), CASES)
def test_an_exception_lifts_the_ban_where_it_is_made_and_nowhere_else(key, unless, situation, made, not_made):
    forbids = Answer.NOT_ALLOWED
    assert answered(key, unless, situation, made) is not forbids
    assert answered(key, unless, situation, not_made) is forbids
    assert answered(key, [], situation, made) is forbids, "without the exception it isn't lifted"


def test_every_exception_has_a_case():
    assert {key for _rule, unless, *_rest in CASES for key in unless} == {*EXCEPTIONS}


def test_what_is_not_known_of_an_exception_is_asked_and_never_taken_for_it():
    unsaid = {**PUPIL, "other": {"key": "other", "relation": "pupil"}}
    assert answered("no_pupil_friends", ["family"], "contact.accept", unsaid) is Answer.NOT_YET
    mother = {**request("parent"), "other": {"key": "other", "relation": "parent", "also": []}}
    assert answered("no_pupil_friends", ["family"], "contact.accept", mother) is not Answer.NOT_YET, (
        "where the ban doesn't apply, nothing is asked"
    )


@pytest.mark.parametrize(
    "ready", [one for one in ready_rules().values() if one.options_of("unless")], ids=lambda one: one.key
)
def test_a_rule_with_exceptions_is_known_again_with_them_and_says_them(ready):
    for unless in [[one] for one in ready.options_of("unless")] + [[*ready.options_of("unless")]]:
        values = values_of(ready, *unless)
        rules = filled(ready, values, "a-1")
        assert rules != filled(ready, values_of(ready), "a-1")
        found = known_again(ready, rules, [HEAD])
        assert found is not None, unless
        assert (found[1], filled(ready, found[2], "a-1")) == (len(rules), rules)
        assert sentence(ready, values).count(", unless ") == 1
    _place, _count, again = known_again(ready, filled(ready, values_of(ready), "a-1"), ["staff", HEAD])
    assert again.get("agreed_by", "") == "", "no one has to agree, whatever its rules have a role's name for"


FRIENDS = "Staff must not accept pupils as friends on private accounts"
KIN = "there is a family relationship"
NAMES = "A pupil's surname is never published"


@pytest.mark.parametrize(
    ("key", "says", "unless", "role"),
    [
        ("no_pupil_friends", f"{FRIENDS}.", (), ""),
        ("no_pupil_friends", f"{FRIENDS}, unless they are family.", ("family",), ""),
        ("no_pupil_friends", f"{FRIENDS} except where a friendship existed before.", ("known",), ""),
        ("no_pupil_friends", f"{FRIENDS} without the written permission of the headteacher.",
         ("agreed",), HEAD),
        ("no_pupil_friends", f"{FRIENDS}, except where {KIN} or the headteacher has agreed in writing.",
         ("family", "agreed"), HEAD),
        ("no_surnames", f"{NAMES} unless the parent has agreed to this in writing.", ("name_written",), ""),
        ("no_surnames", f"{NAMES} unless the parents have agreed.", ("name_agreed",), ""),
        ("posting_hours", "Posts are published only between 8am and 6pm, except in an emergency.",
         ("emergency",), ""),
        ("no_pupil_friends", f"{FRIENDS}, oni bai eu bod yn perthyn.", ("family",), ""),
    ],
)  # fmt: skip
def test_a_clause_is_read_with_its_exceptions_and_leaves_nothing_over(key, says, unless, role):
    ready = ready_rules()[key]
    values = taken_from(ready, says, numbers_in_words(says), [HEAD])
    assert (values["unless"], values["agreed_by"]) == (unless, role)
    assert not_held(ready, says, values) == []
    assert not {"unless", "agreed_by"} & {*left_open(ready, values)}


@pytest.mark.parametrize(
    "more",
    [
        "unless they are family and the headteacher knows",
        "unless the family agreed with it",
        "unless they are family but not under 13",
        "unless they are family, except at work",
        "unless it is good for them",
    ],
)
def test_an_exception_with_a_condition_or_of_two_meanings_is_left_to_a_person(more):
    ready, says = ready_rules()["no_pupil_friends"], f"{FRIENDS}, {more}."
    values = taken_from(ready, says, (), [HEAD])
    assert values["unless"] == ()
    assert not_held(ready, says, values)


@pytest.mark.parametrize(
    "by_no_one",
    [
        "without permission",
        "unless I have permission",
        "unless prior written permission has been given",
        "unless agreed in writing",
    ],
)
def test_an_agreement_that_no_one_is_named_for_stays_out_of_the_rule_and_its_words_are_read(by_no_one):
    ready, says = ready_rules()["no_pupil_friends"], f"{FRIENDS} {by_no_one}."
    values = taken_from(ready, says, (), [HEAD])
    assert values["unless"] == ()
    assert left_open(ready, values) == []
    assert not_held(ready, says, values), "so the clause isn't ticked as said in full"


def test_an_agreement_by_someone_whose_role_the_policy_lacks_is_left_to_a_person():
    ready, says = ready_rules()["no_pupil_friends"], f"{FRIENDS} without the permission of the bursar."
    assert "agreed_by" in left_open(ready, taken_from(ready, says, (), [HEAD]))


@pytest.mark.parametrize("answered_as", ["decision", "saved"])
def test_what_is_lifted_by_agreement_names_the_role_that_agreed(answered_as):
    ready = ready_rules()["live_streams"]
    book = book_with_alone(ready, values_of(ready, "agreed"))
    for leaves, by in (([leave()], HEAD), ([], None)):
        decision = decide(book, "post.publish", {"live": True, "leaves": leaves})
        (found,) = [one for one in decision.findings if one.point == "live_streams"]
        saved = next(one for one in body_of(decision)["findings"] if one["point"] == "live_streams")
        assert (found.agreed_by if answered_as == "decision" else saved.get("agreed_by")) == by
        assert found.stands
