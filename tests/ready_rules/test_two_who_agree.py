"""Where a clause asks for the yes of two people, a ready rule that takes one says less than the clause."""

import pytest

from schoolgate.policy.importing.roles import numbers_in_words, own_titles, roles_in
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.held import left_open, not_held
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from


@pytest.mark.parametrize(
    "says",
    [
        "New accounts must be approved by the head and one other member of the leadership team.",
        "A new channel may only be opened once the Head of Year and the Headmaster have both approved it.",
        "Every post is approved by the Headteacher and the Deputy Headteacher before it is published.",
        "Every post is approved by two members of staff before it is published.",
        "Every post must be approved by the Headteacher and a second person before it is published.",
        "A new account is opened with the approval of the Headteacher and of the Chair of Governors.",
        "A new account is opened with the joint approval of the Headteacher and Bursar.",
        "A new account is opened with the approval of the Headteacher together with the Bursar.",
        "A new account is opened only with the approval of two governors.",
        "Two senior leaders approve each new account.",
        "A person may only be blocked by the Headteacher and one governor.",
    ],
)
def test_the_yes_of_one_person_is_never_taken_for_that_of_two(says):
    ready = next(one for one in nearest(says) if one.key != "accounts_two_agree")
    values = taken_from(ready, says, numbers_in_words(says), roles_in(says, own_titles([says])))
    assert not_held(ready, says, {**values, "who": "headteacher", "own": "alone"})


@pytest.mark.parametrize(
    ("says", "roles"),
    [
        (
            "A new channel is only opened once the Head of Year and the Headmaster have both approved it.",
            ("Head of Year", "Headmaster"),
        ),
        (
            "A new account is opened with the joint approval of the Headteacher and Bursar.",
            ("headteacher", "Bursar"),
        ),
        (
            "A new account is opened with the approval of the Headteacher together with the Bursar.",
            ("headteacher", "Bursar"),
        ),
    ],
)
def test_the_rule_for_two_is_offered_first_and_says_all_of_it(says, roles):
    ready = nearest(says)[0]
    assert ready.key == "accounts_two_agree"
    values = taken_from(ready, says, numbers_in_words(says), roles)
    assert (values["who"], values["deputy"]) == roles
    assert (left_open(ready, values), not_held(ready, says, values)) == ([], [])


@pytest.mark.parametrize(
    "says",
    [
        "A new account needs the joint approval of the Headteacher, the Bursar and the Chair of Governors.",
        "A new account is opened with the approval of both the Headteacher and two governors.",
        "Two senior leaders approve each new account.",
    ],
)
def test_nor_does_the_rule_for_two_say_all_of_a_clause_that_asks_for_others(says):
    ready = ready_rules()["accounts_two_agree"]
    values = taken_from(ready, says, numbers_in_words(says), roles_in(says, own_titles([says])))
    assert left_open(ready, values) or not_held(ready, says, values)


@pytest.mark.parametrize(
    "says",
    [
        "Every post is approved by the Headteacher before it is published.",
        "Every post is approved by the Headteacher or the Deputy Headteacher before it is published.",
        "A person may only be blocked by the Headteacher.",
    ],
)
def test_where_one_is_enough_the_rule_says_all_of_it(says):
    ready = nearest(says)[0]
    values = taken_from(ready, says, (), roles_in(says))
    assert values["who"] == "headteacher"
    assert not_held(ready, says, {**values, **({"own": "alone"} if "own" in ready.fields else {})}) == []


def test_two_who_arent_the_same_person_are_two_and_what_each_of_them_does_is_still_read():
    says = "Each channel must have an administrator and a moderator, who may not be the same person."
    ready = ready_rules()["two_people"]
    assert ready in nearest(says)
    values = taken_from(ready, says, numbers_in_words(says), roles_in(says))
    assert values["number"] == 2
    assert not_held(ready, says, values)


def test_a_person_may_say_that_one_of_two_who_are_named_is_enough():
    says = "Every post is approved by the Headteacher and the Deputy Headteacher before it is published."
    ready = nearest(says)[0]
    assert not_held(ready, says, {"who": "headteacher", "deputy": "", "own": "alone"})
    assert not_held(ready, says, {"who": "headteacher", "deputy": "deputy headteacher", "own": "alone"}) == []
