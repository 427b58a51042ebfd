"""Which ready rules a clause is offered, in the words that other schools' policies use."""

import pytest

from schoolgate.policy.importing.roles import numbers_in_words, roles_in
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.held import not_held
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from

RUDE = (
    "A comment that is rude or abusive, or that names a child or a member of staff, is hidden within two "
    "hours of being noticed. A screenshot is kept and given to the Headteacher."
)
COMPLAINT = (
    "If somebody complains on our page, we point them to the complaints procedure by the end of the next "
    "school day and do not discuss the complaint online."
)
PRESS = "Enquiries from newspapers, radio or television are passed to the Headteacher. Nobody else answers."
FRIENDS = "Staff must not accept friend requests from pupils or from former pupils under 18."
REFUSED = "If consent has been refused, we may still show the child’s work. The face must not be shown."
LOOKED = "The School Business Manager looks at the comments on our accounts every school day before 4pm."
CHECKED = "Every post on the school Facebook page is checked by the Headteacher before it is published."


@pytest.mark.parametrize(
    ("says", "key"),
    [
        (RUDE, "remove_within"),
        (COMPLAINT, "reply_within"),
        (LOOKED, "look_every"),
        (PRESS, "press_to"),
        (FRIENDS, "no_pupil_friends"),
        (FRIENDS, "no_leaver_friends"),
        (REFUSED, "not_shown"),
    ],
)  # fmt: skip
def test_a_clause_is_offered_the_ready_rule_that_says_it(says, key):
    assert key in [one.key for one in nearest(says)]


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("accounts_approved", "The Headteacher decides whether the school opens a new account."),
        ("own_device", "Photographs may only be taken on school iPads."),
        ("own_device", "Photographs must be taken with academy devices."),
        ("no_leaver_friends", "The same applies to former students until they are 18 and left a year ago."),
        (
            "no_personal_details",
            "Personal information such as telephone numbers may not appear on the school's accounts.",
        ),
        ("not_shown", "No child may be photographed for our pages unless their social worker has agreed."),
        (
            "concerns_to",
            "If a child may be at risk of harm, the DSP must be informed immediately and nothing is deleted.",
        ),
        ("no_pupils_in_accounts", "Students must not be given access to academy accounts."),
        ("no_pupils_in_accounts", "Pupils never receive the password or any other access to an account."),
        ("staff_confirm", "New staff will be given a copy of this policy and must sign for it."),
        ("no_surnames", "Pupils may be named by their first name but never by their last name."),
    ],
)
def test_a_clause_of_a_document_from_outside_is_offered_its_ready_rule_first(key, says):
    assert nearest(says)[0].key == key


@pytest.mark.parametrize(
    "says",
    [
        "Some staff have friends who are parents. Such friendships are accepted, but school is not named.",
        "Staff may be friends with parents on Facebook.",
        "Staff may take pictures of pupils on their own phones.",
        "Staff must not publish photographs taken in school or on school visits.",
        "Passwords should be at least twelve characters long.",
        "Staff, including the Headteacher, should not give comments to journalists through social media.",
        "Staff who are related to a pupil are asked to discuss it with the Headteacher.",
        "For students in Years 7 and 8 consent is given by a parent; from Year 9 it is the student's own.",
        "In a critical incident nothing is posted on any account except with the head’s permission.",
        "Spam is removed from our pages as soon as it is seen and in all cases within 4 hours.",
        "Images of students are not kept on our channels for longer than three years.",
        "Consent is not needed for pictures in which no pupil can be recognised.",
        "Pictures of groups of pupils need no parental consent.",
        "The College has parents' general consent to publish photographs of pupils.",
    ],
)
def test_a_clause_on_another_matter_is_offered_none(says):
    """Nor is one known by words of two of its sentences."""
    assert nearest(says) == []


def test_a_check_before_a_post_goes_out_is_no_look_at_an_account():
    assert "look_every" not in [one.key for one in nearest(CHECKED)]


@pytest.mark.parametrize(
    ("says", "named"),
    [
        (COMPLAINT, [1]),
        (LOOKED, [1]),
        ("Comments are read daily.", [1]),
        ("They are answered within an hour, and within two days at weekends.", [1, 2]),
        ("Edrychir ar y sylwadau bob diwrnod ysgol.", [1]),
        ("Each account has two people, and every pupil has one voice.", [2, 1]),
        ("Every post is checked.", []),
    ],
)
def test_every_day_and_the_next_day_name_the_number_one(says, named):
    assert sorted(numbers_in_words(says)) == sorted(named)


def test_the_form_of_a_complaint_begins_with_the_next_school_day():
    values = taken_from(ready_rules()["reply_within"], COMPLAINT, numbers_in_words(COMPLAINT), ())
    assert (values["number"], values["unit"]) == (1, "school_days")


@pytest.mark.parametrize(
    ("says", "key", "offered"),
    [
        ("Passwords are reset when a member of staff with access moves on.", "passwords", False),
        ("Only two people have access to the passwords.", "passwords", True),
        ("Personal data such as home addresses never appear on the school's page.", "own_workplace", False),
        ("Personal data such as home addresses are never posted.", "no_personal_details", True),
        ("Staff never name the school on a personal profile.", "own_workplace", True),
        (
            "Comments are closed. Where they are open for a post, it is read between 8am and 4pm.",
            "posting_hours",
            False,
        ),
        ("Posts go out between 8am and 4pm.", "posting_hours", True),
    ],
)  # fmt: skip
def test_what_a_sentence_speaks_of_is_read_before_a_rule_is_offered(says, key, offered):
    """Who has access, personal data, and what *they* are in the sentence before, are other subjects."""
    assert (key in {ready.key for ready in nearest(says)}) is offered


@pytest.mark.parametrize(
    ("says", "key", "more"),
    [
        (
            (
                "Accounts must be set up using a school email address and at least two staff must have the "
                "login details."
            ),
            "school_login",
            "and at least two staff must have the login details",
        ),
        ("Offensive comments will be removed and the user blocked.", "remove_within", "and the user blocked"),
        (
            "Pictures of pupils and their families must not go on personal web pages.",
            "own_pictures",
            "families must not go on personal web pages",
        ),
        ("Offensive comments will be removed.", "remove_within", ""),
        (
            "Accounts are only used by staff who are trained and approved by the Headteacher.",
            "runners_ready",
            "approved by the Headteacher",
        ),
        (
            "No personal details, such as age, address or class, may be posted.",
            "no_personal_details",
            "age",
        ),
        (
            "Staff must not be friends on Facebook with current pupils, or former pupils under 18.",
            "no_leaver_friends",
            "Facebook with current pupils",
        ),
        (
            "A question on Facebook should be answered within two school days.",
            "reply_within",
            "Facebook should be answered within two school days",
        ),
        ("All media enquiries must be forwarded to the Headteacher.", "press_to", ""),
        ("Staff must not be friends with current pupils.", "no_pupil_friends", ""),
        ("Where a pupil is named, a photograph of that pupil is never used.", "no_names_with_pictures", ""),
        (
            "Parents may withdraw their consent at any time, and the school must then remove the pictures.",
            "withdrawn_removed",
            "",
        ),
        ("Photographs of pupils in swimming costumes must never be published.", "suitable_dress", ""),
        ("Staff must not take photographs of pupils on their personal devices.", "own_device", ""),
        ("Pictures of pupils are not posted on personal accounts.", "own_pictures", ""),
    ],
)
def test_a_second_duty_in_a_sentence_is_never_lost(says, key, more):
    ready = next(one for one in nearest(says) if one.key == key)
    values = taken_from(ready, says, numbers_in_words(says), roles_in(says))
    assert not_held(ready, says, values) == ([more] if more else [])


@pytest.mark.parametrize(
    "says",
    [
        "Staff must not use school email addresses to set up personal accounts.",
        "Staff must not check the accounts of pupils every day.",
        "Staff must report any contact from a pupil to the headteacher.",
    ],
)
def test_a_ban_is_not_offered_as_the_duty_that_it_forbids(says):
    assert nearest(says) == []


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("Pupils must not share images of others without their permission.", "picture_consent"),
        ("Pupils must not share images of others without their permission.", "posts_approved"),
        ("Staff publish images of others only with their permission.", "posts_approved"),
        ("Core messages protect pupils and the school when publishing material.", "school_channels"),
        ("Revealing confidential information (eg codes and passwords) is banned.", "passwords"),
        ("Other instances to report to the police would include illegal material.", "concerns_to"),
        ("Security settings on personal social media profiles are regularly checked.", "own_privacy"),
        ("Care is taken that pupils are appropriately dressed in pictures.", "not_shown"),
    ],
)  # fmt: skip
def test_what_pupils_do_examples_and_other_matters_are_offered_no_rule_of_the_schools(says, key):
    assert key not in {ready.key for ready in nearest(says)}


def test_what_a_rule_leaves_out_is_quoted_in_whole_words_and_not_what_it_says():
    dress = (
        "Care should be taken when taking pictures that pupils are appropriately dressed and are not "
        "participating in activities that bring the school into disrepute."
    )
    ready = nearest(dress)[0]
    (more,) = not_held(ready, dress, {})
    assert (ready.key, more.startswith("and are not participating")) == ("suitable_dress", True)
    two = "Staff do not give their password to anyone, nor should they use the password of anyone else."
    assert "nor should they use" in not_held(nearest(two)[0], two, nearest(two)[0].defaults)[0]
    named = (
        "Where these images are published (e.g. on the website of the school) no names are given with them."
    )
    assert not_held(ready, named, {}) == [
        "Where these images are published (e.g. on the website of the school) no names …"
    ]


def test_a_sentence_on_these_communications_is_read_with_the_one_that_names_them():
    named = "Digital communication between staff and pupils or parents must be professional."
    ban = "Personal email addresses and social media must not be used for these communications."
    assert "school_channels" not in [one.key for one in nearest(ban)]
    assert "school_channels" in [one.key for one in nearest(f"{named} {ban}")]


@pytest.mark.parametrize(
    ("says", "key", "what"),
    [
        ("Photographs of pupils in swimming costumes must never be published.", "suitable_dress", "swim"),
        ("Pupils in photographs must be suitably dressed.", "suitable_dress", "dress"),
        ("Pupils are shown in suitable clothing; swimwear is never shown.", "suitable_dress", "both"),
        ("Pictures of swimming show pupils in suitable clothing.", "suitable_dress", "dress"),
        ("Pictures of the swimming gala are published on Facebook.", "suitable_dress", ""),
        ("Staff must not take photographs of pupils on their personal devices.", "own_device", "pictures"),
        ("Staff must not use personal phones when children are present.", "own_device", "any"),
    ],
)
def test_a_rule_forbids_no_more_and_no_less_than_the_words_of_its_clause(says, key, what):
    ready = ready_rules()[key]
    assert taken_from(ready, says, numbers_in_words(says), ())["what"] == what


@pytest.mark.parametrize("called", ["channel", "feed", "page", "stream"])
@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("A new {} may only be opened once the Headmaster has approved it.", "accounts_approved"),
        ("{}s must be registered with an official college email address.", "school_login"),
        ("Each {} is run by at least two members of staff.", "two_people"),
        ("Pupils are never given access to our {}s.", "no_pupils_in_accounts"),
        ("When a member of staff who runs a {} leaves, the Headteacher closes it.", "handover"),
        ("The {}s are checked every day by the Office Manager.", "look_every"),
    ],
)
def test_whatever_a_school_calls_its_accounts_the_same_rule_is_offered(says, key, called):
    ready = nearest(says.format(called).capitalize())
    assert [key] == [one.key for one in ready[:1]]
    assert ready == nearest(says.format("account"))


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("Dim ond y pennaeth sy'n cymeradwyo sianel newydd.", "accounts_approved"),
        ("Dim ond y pennaeth sy'n cymeradwyo tudalen newydd.", "accounts_approved"),
        ("Dim ond y pennaeth sy'n cymeradwyo ffrwd newydd.", "accounts_approved"),
        ("Mae o leiaf ddau aelod o staff yn rhedeg pob sianel.", "two_people"),
        ("Mae o leiaf ddau aelod o staff yn rhedeg pob ffrwd.", "two_people"),
    ],
)
def test_so_it_is_in_welsh(says, key):
    assert [one.key for one in nearest(says)][:1] == [key]


@pytest.mark.parametrize(
    "says",
    [
        "A new concern is opened through the proper channels with the approval of the Headteacher.",
        "The approval of the Headteacher raises the profile of a new subject before it is opened.",
        "Approval is given on page 4 before a new building is opened.",
        "The approved feed back into a new plan opens a discussion.",
    ],
)
def test_a_channel_page_or_profile_of_another_kind_is_no_account(says):
    assert "accounts_approved" not in [one.key for one in nearest(says)]


@pytest.mark.parametrize(
    ("says", "key"),
    [
        (
            "We do not discuss personal matters of children, parents or staff on our social media.",
            "own_discretion",
        ),
        ("The academy's accounts never join private discussions with parents.", "own_discretion"),
        (
            "It is recommended that staff set their own accounts to the strictest privacy settings.",
            "own_privacy",
        ),
        ("The right privacy settings must be chosen on each of the school's Facebook pages.", "own_privacy"),
        ("We will not put up with rude or abusive posts about our staff, pupils or parents.", "own_remarks"),
        ("We never publish content online that could harm anyone or the school.", "own_good_name"),
        ("Class WhatsApp groups must not be used to talk about teachers or children.", "own_discretion"),
        (
            "Where a personal page does not name the school, it is rarely a matter for the school.",
            "own_workplace",
        ),
        (
            "Staff never give personal references on social media for pupils.",
            "own_discretion",
        ),
        (
            "Staff with a page of their own should put a disclaimer on it: 'My personal views only'.",
            "no_personal_views",
        ),
        ("Staff should have the permission of people before posting their details.", "posts_approved"),
        (
            "The parents' Facebook page has a member of the Friends committee among its leaders.",
            "no_parent_friends",
        ),
        ("Nothing that parents need to read is ever put on the Facebook page alone.", "runners_ready"),
        ("No teacher has telephone contact with pupils.", "no_pupil_friends"),
        (
            "We do not 'tag' anyone (a way of naming a person in an image).",
            "no_names_with_pictures",
        ),
        ("The school reserves the right to remove comments that break its rules.", "remove_within"),
        ("Rude comments on our page may result in action being taken to delete them.", "remove_within"),
        (
            "A list of pupils whose parents gave no permission for photographs hangs in the office.",
            "picture_consent",
        ),
        (
            "Where we have shown photographs or images of children, parents may withdraw their permission.",
            "picture_consent",
        ),
        ("Staff tell parents if their child asks to be a friend online.", "no_parent_friends"),
    ],
)
def test_a_clause_is_not_offered_what_it_does_not_ask(says, key):
    """Whose account it is on, who acts, whether it forbids, and whether it only may be so."""
    assert key not in [one.key for one in nearest(says)]


@pytest.mark.parametrize(
    ("says", "keys"),
    [
        (
            "Teachers do not accept parents or pupils as friends on Facebook.",
            ["no_parent_friends", "no_pupil_friends"],
        ),
        (
            "Staff must not be friends with pupils, parents or carers on social media.",
            ["no_parent_friends", "no_pupil_friends"],
        ),
        ("The school's account follows no other users.", ["school_follows"]),
        ("Our school account must not follow anyone.", ["school_follows"]),
        ("The school's page does not enter into private conversations with anyone.", ["no_private_messages"]),
        ("Teachers have no text contact with individual pupils.", ["no_private_chat"]),
        (
            "Parents may change their minds about a photograph. In that case the picture is taken down.",
            ["withdrawn_removed"],
        ),
        ("Teachers are notifying the parents whenever a child sends a friend request.", ["request_told"]),
    ],
)
def test_a_clause_is_offered_all_that_it_asks(says, keys):
    assert set(keys) <= {one.key for one in nearest(says)}


@pytest.mark.parametrize(
    ("says", "whom"),
    [
        ("The school's account follows no other users.", ("anyone",)),
        ("Our school accounts do not follow pupils.", ("pupils",)),
    ],
)
def test_who_is_not_followed_is_read_from_the_words(says, whom):
    assert taken_from(ready_rules()["school_follows"], says, (), ())["whom"] == whom


@pytest.mark.parametrize(
    ("says", "roles", "who", "also"),
    [
        ("Staff notify the parents if a child sends a friend request.", (), None, "only"),
        (
            "Staff tell the Head and the parents if a child sends a friend request.",
            ("Head",),
            "Head",
            "parents",
        ),
        ("Staff tell the Head if a child sends a friend request.", ("Head",), "Head", "no"),
    ],
)
def test_the_parents_alone_can_be_told_of_a_request(says, roles, who, also):
    values = taken_from(ready_rules()["request_told"], says, (), roles)
    assert (values["who"], values["also"]) == (who, also)
