"""Ready rules on what is done with the school's accounts, and on who is told or agrees: the sentences that
say them, filled in from their words, and those near them that don't."""

import pytest

from schoolgate.policy.importing.roles import numbers_in_words, own_names, own_titles, roles_in
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.held import left_open, not_held, said_together
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from


def begun(ready, says):
    own = own_titles([says])
    called = {word.casefold(): office for office, words in own_names([says], own).items() for word in words}
    return taken_from(ready, says, numbers_in_words(says), roles_in(says, own), called)


@pytest.mark.parametrize(
    ("says", "key", "filled"),
    [
        ("Staff must not post to the school's accounts from a personal mobile phone.", "posting_device", {}),
        ("School accounts are only updated from school devices.", "posting_device", {}),
        ("Ni chaiff staff bostio ar gyfrifon yr ysgol o'u ffonau eu hunain.", "posting_device", {}),
        (
            "The school does not reply to comments on Twitter, as this is not the platform to discuss them.",
            "no_replies",
            {"network": "x"},
        ),
        ("We do not respond to comments on Facebook.", "no_replies", {"network": "facebook"}),
        ("We do not reply to comments on our pages.", "no_replies", {"network": "any"}),
        (
            "The school's accounts must not follow parents, pupils or individual members of staff.",
            "school_follows",
            {"whom": ("pupils", "parents", "staff")},
        ),
        ("Our channels never follow former pupils.", "school_follows", {"whom": ("former",)}),
        ("The school must not enter into private messages with anyone.", "no_private_messages", {}),
        (
            "If a child sends a friend request, staff must notify the parents and the Headteacher.",
            "request_told",
            {"who": "headteacher", "also": "parents", "whom": ("pupils",)},
        ),
        (
            "Staff report any friend request from a pupil to the Designated Safeguarding Lead.",
            "request_told",
            {"who": "designated safeguarding lead", "also": "no", "whom": ("pupils",)},
        ),
        (
            "Every post is approved by both the Headteacher and the Business Manager before it is published.",
            "posts_two_agree",
            {"who": "headteacher", "deputy": "business manager"},
        ),
        ("A second member of staff reads every post before it goes out.", "posts_read_by_second", {}),
    ],
)
def test_a_sentence_is_offered_the_rule_that_says_it_and_the_rule_says_all_of_it(says, key, filled):
    ready = nearest(says)[0]
    assert ready.key == key
    values = begun(ready, says)
    assert {name: values[name] for name in filled} == filled
    values = {**values, **({"own": "alone"} if "own" in ready.fields else {})}
    assert (left_open(ready, values), not_held(ready, says, values)) == ([], [])


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("Staff must not take photographs of pupils on their personal devices.", "posting_device"),
        ("Staff must not use personal accounts on school devices.", "posting_device"),
        ("We reply to comments on Facebook within two school days.", "no_replies"),
        ("Staff never reply privately to a pupil's comment.", "no_replies"),
        ("We do not reply to comments in the evening or at weekends.", "no_replies"),
        (
            "Our accounts only follow partners that we work with, such as a children's author.",
            "school_follows",
        ),
        ("Pupils under 13 must not follow the school's accounts.", "school_follows"),
        ("Staff do not follow pupils on their personal accounts.", "school_follows"),
        ("The school's account will not follow or tag the accounts of pupils or parents.", "school_follows"),
        ("Staff must not exchange private messages with pupils.", "no_private_messages"),
        ("Private messages on our pages are answered within two days.", "no_private_messages"),
        ("Staff must report any contact from a pupil to the headteacher.", "request_told"),
        ("Every post is approved by the Headteacher before it is published.", "posts_two_agree"),
        ("Two members of staff read every post before it goes out.", "posts_read_by_second"),
        ("Comments on every post are read by another member of staff before lunch.", "posts_read_by_second"),
    ],
)
def test_a_sentence_on_something_near_is_not_offered_it(says, key):
    assert key not in {one.key for one in nearest(says)}


def test_a_reply_is_forbidden_on_no_more_networks_than_the_sentence_names():
    ready = ready_rules()["no_replies"]
    for says in ("We do not reply to comments on Snapchat.", "We do not reply to such comments."):
        assert begun(ready, says)["network"] == "", "a person is asked"


@pytest.mark.parametrize(
    ("says", "more"),
    [
        ("We do not reply to comments on X, because this is no place for it.", False),
        (
            "We do not reply to comments on X, because this is no place for it, unless the head agrees.",
            True,
        ),
        ("We do not reply to comments on X, as they must be sent by email.", True),
    ],
)
def test_why_a_sentence_asks_for_something_asks_for_nothing_more_and_a_condition_does(says, more):
    ready = ready_rules()["no_replies"]
    assert bool(not_held(ready, says, {**begun(ready, says), "unless": (), "agreed_by": ""})) is more


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("Staff should decline requests from parents on their personal profiles.", "no_parent_friends"),
        ("Staff never write about pupils on their own accounts.", "own_discretion"),
        ("Sexist or racist comments are deleted within one hour.", "remove_within"),
        ("The log-ins are changed on the day a member of staff with access leaves.", "passwords_changed"),
        ("A new page needs the agreement of the Headteacher before it is created.", "accounts_approved"),
        ("Music is only used in a film where the school has a licence for it.", "own_material"),
    ],
)
def test_other_words_for_the_same_lead_to_the_same_rule(says, key):
    assert nearest(says)[0].key == key


@pytest.mark.parametrize(
    "says",
    [
        "Staff accept requests from parents for a meeting by telephone.",
        "A member of staff who receives a message from a pupil does not answer it from a personal account.",
    ],
)
def test_other_requests_and_messages_that_come_in_lead_to_none(says):
    assert nearest(says) == []


def test_no_other_member_of_staff_is_no_one_who_is_asked():
    says = "The press is passed on to the Headteacher, and no other member of staff answers enquiries."
    assert begun(ready_rules()["press_to"], says)["who"] == "headteacher"
    both = "The press is passed on by the Bursar to the Headteacher."
    assert begun(ready_rules()["press_to"], both)["who"] == ""


BOTH = "Staff must not accept friend requests from current pupils, or from former pupils under the age of 18"


@pytest.mark.parametrize(
    ("says", "keys", "whole"),
    [
        (f"{BOTH}.", ("no_pupil_friends", "no_leaver_friends"), True),
        (f"{BOTH}.", ("no_pupil_friends",), False),
        (f"{BOTH}, unless the Headteacher agrees.", ("no_pupil_friends", "no_leaver_friends"), False),
        (f"{BOTH} and must report them.", ("no_pupil_friends", "no_leaver_friends"), False),
        (f"{BOTH} or who left within two years.", ("no_pupil_friends", "no_leaver_friends"), False),
        (f"{BOTH} or their cousins.", ("no_pupil_friends", "no_leaver_friends"), False),
        (
            "Staff must not discuss pupils on their own accounts, or post pictures of them.",
            ("own_discretion", "own_pictures"),
            False,
        ),
        (
            "A comment that names a pupil is removed and answered within two days.",
            ("remove_within", "reply_within"),
            False,
        ),
    ],
)
def test_two_bans_say_a_sentence_together_where_each_word_is_known_to_one_of_them(says, keys, whole):
    rules = [(ready_rules()[key], {**begun(ready_rules()[key], says), "unless": ()}) for key in keys]
    assert said_together(rules, says) is whole


@pytest.mark.parametrize(
    ("says", "key", "names"),
    [
        ("The school's accounts will only use children's first names.", "no_surnames", "full"),
        ("Where a pupil is named, no picture is used.", "no_names_with_pictures", "any"),
        ("We do not identify by name any of the pupils in photographs.", "no_names_with_pictures", "any"),
        ("Pupils in photographs are not named in full.", "no_names_with_pictures", ""),
    ],
)
def test_which_names_is_read_from_how_a_sentence_puts_it(says, key, names):
    assert begun(ready_rules()[key], says)["names"] == names
