"""What the form of a ready rule begins with for a clause: what its words say, and nothing that is laxer."""

import pytest

from schoolgate.policy.importing.roles import numbers_in_words
from schoolgate.rulebook import decide
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import filled
from schoolgate.rulebook.ready.held import left_open
from schoolgate.rulebook.ready.model import BOUND
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.ready.trying import book_with_alone

EVERYONE = ("staff", "governor", "volunteer")


def begun(key, says):
    return taken_from(ready_rules()[key], says, numbers_in_words(says), ())


@pytest.mark.parametrize("key", ready_rules())
def test_of_a_clause_that_names_nothing_no_number_and_no_choice_is_taken(key):
    values = begun(key, "Please see the handbook.")
    assert not any(value for name, value in values.items() if name != BOUND)
    assert values.get(BOUND, EVERYONE) == EVERYONE


@pytest.mark.parametrize(
    ("key", "says", "who"),
    [
        ("posts_approved", "Every post is approved by the headteacher or the deputy headteacher.",
         ["headteacher", "deputy headteacher"]),
        ("posts_approved", "Every post is approved by the headteacher and the deputy headteacher.", ["", ""]),
        ("passwords", "Passwords are known to the headteacher and the office manager only.",
         ["headteacher", "office manager"]),
        ("concerns_to", "Concerns about a child go to the headteacher or the office manager.", [""]),
        ("concerns_to", "Concerns about a child are reported to the headteacher.", ["headteacher"]),
    ],
)  # fmt: skip
def test_no_role_of_a_clause_is_lost_and_of_two_that_may_both_be_needed_none_is_enough(key, says, who):
    ready = ready_rules()[key]
    roles = ["headteacher", "deputy headteacher", "office manager"]
    values = taken_from(ready, says, (), [one for one in roles if one in says])
    assert [values[name] for name, one in ready.roles.items() if not one.agrees] == who


@pytest.mark.parametrize(
    ("says", "bound"),
    [
        ("Staff must not be friends with pupils.", ("staff",)),
        ("Staff, governors and volunteers must not be friends with pupils.", EVERYONE),
        ("Governors should not be friends with pupils.", ("governor",)),
        ("No member of staff may be friends with pupils, or with governors.", ("staff",)),
        ("Volunteers and teachers are never friends with pupils.", ("staff", "volunteer")),
        ("Everyone who works here, staff included, refuses friend requests of pupils.", EVERYONE),
        ("Do not be friends with pupils.", EVERYONE),
        ("Ni chaiff llywodraethwyr fod yn ffrindiau â disgyblion.", ("governor",)),
    ],
)
def test_a_rule_on_staff_binds_whom_its_clause_names(says, bound):
    values = {**ready_rules()["no_pupil_friends"].defaults, **begun("no_pupil_friends", says)}
    assert values[BOUND] == bound
    ready = ready_rules()["no_pupil_friends"]
    assert all(one["for"] == [*bound] for one in filled(ready, values, "a"))
    other = {"key": "ava", "relation": "pupil", "family": False, "also": []}
    asks = {
        "person": {"key": "cole", "bound_as": "governor"},
        "other": other,
        "channel": "personal",
        "act": "accept",
    }
    book = book_with_alone(ready, values, says)
    answer = answer_of(decide(book, "contact.accept", asks))
    assert (answer is Answer.NOT_ALLOWED) == ("governor" in bound)


@pytest.mark.parametrize(
    ("key", "says", "field", "read"),
    [
        ("two_people", "Two people run each account.", "number", 2),
        ("two_people", "Two people run each account, one of them a senior leader.", "number", None),
        ("two_people", "Two people run each account and look at it every day.", "number", None),
        ("two_people", "Several people run each account.", "number", None),
        ("reply_within", "Messages are answered within 3 school days.", "unit", "school_days"),
        ("reply_within", "Messages are answered promptly.", "unit", "none"),
        ("reply_within", "Messages are answered within 2 hours, and at weekends in 2 days.", "unit", ""),
        ("remove_within", "Rude comments are removed immediately.", "unit", "at_once"),
        ("remove_within", "Rude comments are removed at once, in any case within 24 hours.", "unit", "hours"),
        ("remove_within", "Rude comments are removed at once and logged within 24 hours.", "unit", ""),
        ("remove_within", "Removed as soon as seen and in all cases within 4 hours.", "number", 4),
        ("remove_within", "Rude comments in the school day are removed within four hours.", "unit", "hours"),
        ("reply_within", "Messages are answered within two school days.", "number", 2),
        ("reply_within", "Messages are answered within three weeks.", "unit", "weeks"),
        (
            "passwords",
            "The head and the office manager hold the passwords; no one else is told.",
            "known",
            "named",
        ),
        (
            "passwords",
            "Passwords are known to the staff who run the page and to the head.",
            "known",
            "runners",
        ),
        ("passwords", "Passwords must not be shared.", "known", ""),
        ("no_politics", "During the pre-election period nothing political is posted.", "when", "election"),
        ("no_politics", "No post supports a political party.", "when", "always"),
        ("blocking", "Only the head blocks a person, and only after a warning.", "after", "warning"),
        ("leavers_gone", "Pictures of pupils who left are removed within two terms.", "unit", "terms"),
        ("look_every", "Accounts are checked every half-term.", "unit", "half_terms"),
        ("look_every", "Accounts are checked weekly.", "unit", "weeks"),
        (
            "reply_off_times",
            "Messages are not answered at weekends or in the holidays.",
            "when",
            "weekends_holidays",
        ),
        (
            "picture_consent",
            "Pictures need consent from a parent, or from the student if aged 16.",
            "age",
            16,
        ),
        ("reply_within", "Messages are answered within three minutes.", "unit", ""),
        ("picture_consent", "Pictures are used only with the consent of a parent.", "form", ""),
        ("picture_consent", "Pictures are used only with a parent's signed consent.", "form", "written"),
        ("picture_consent", "Pictures are used only with a parent's signed consent.", "giver", "parent"),
        ("picture_consent", "Pictures are used only with consent.", "giver", ""),
        ("no_names_with_pictures", "A pupil's full name never stands with a picture.", "names", "full"),
        ("no_names_with_pictures", "No name without full consent.", "names", ""),
        ("no_names_with_pictures", "No full name or first name with pictures.", "names", "any"),
        ("no_pupil_friends", "Staff are not friends with pupils or their families.", "unless", ()),
        (
            "no_pupil_friends",
            "Staff aren't friends with pupils, unless they are related.",
            "unless",
            ("family",),
        ),
        ("no_leaver_friends", "No former pupil under 18 is a contact of staff.", "until", "age"),
        ("no_leaver_friends", "Nor until they are 18 years old.", "until", "age"),
        ("no_leaver_friends", "Nor in the first 2 years after they left.", "until", "years"),
        (
            "no_leaver_friends",
            "Until they have reached the age of 18 and a year has passed.",
            "until",
            "both",
        ),
        ("no_leaver_friends", "Until they are 18 and left at least two years ago.", "number", 2),
        ("no_leaver_friends", "Until they are 18 and left at least two years ago.", "until", "both"),
        ("handover", "When they leave it is handed over within 3 days.", "number", 3),
        ("handover", "When they leave it is handed over within 3 days.", "unit", "days"),
        ("handover", "When they leave it is handed over within 2 working days.", "unit", ""),
        ("handover", "When they leave it is handed over within 24 hours.", "unit", "hours"),
        ("handover", "When they leave it is handed over within 48 hours.", "unit", ""),
        (
            "withdrawn_removed",
            "If consent is withdrawn it is taken down within two working days.",
            "number",
            2,
        ),
        ("withdrawn_removed", "If consent is withdrawn it is taken down within 24 hours.", "unit", "hours"),
        ("withdrawn_removed", "If consent is withdrawn it is taken down straight away.", "unit", "at_once"),
        ("withdrawn_removed", "If consent is withdrawn it is taken down.", "unit", ""),
        ("reply_within", "Private messages are answered within five working days.", "what", "messages"),
        ("reply_within", "Comments and messages are answered within a week.", "what", "all"),
        ("handover", "It is handed over by their last day.", "unit", "last_day"),
        ("runners_ready", "They have read this policy.", "what", "read"),
        ("runners_ready", "They have read this policy and been trained.", "what", ""),
        ("concerns_to", "Concerns about a child are reported.", "about", "child"),
        ("concerns_to", "Any concern is reported.", "about", "any"),
        ("no_names_with_pictures", "Students are identified by first name only.", "names", ""),
        ("no_names_with_pictures", "No name, not even first names, with a picture.", "names", "any"),
        ("picture_consent", "In Year 7 a parent consents, from Year 9 it is the student's own.", "giver", ""),
        ("no_tags", "Pupils and their parents are never tagged.", "who", "families"),
        ("no_tags", "Pupils, parents and staff are never tagged.", "who", "people"),
        ("concerns_to", "Misuse and worries about children are reported.", "about", ""),
    ],
)
def test_a_field_is_filled_in_with_what_the_clause_says_and_left_to_a_person_where_it_says_two_things(
    key, says, field, read
):
    assert begun(key, says)[field] == read


def test_only_who_is_named_is_left_open_where_no_role_of_the_policy_is():
    ready = ready_rules()["passwords"]
    for roles, left in (((), ["who"]), (("data manager",), [])):
        values = taken_from(ready, "Passwords are kept by the data manager alone.", (), roles)
        assert (values["known"], left_open(ready, values)) == ("named", left)


@pytest.mark.parametrize("role", ["headteacher", "head teacher", "head-teacher"])
def test_a_role_is_found_however_the_clause_divides_its_name(role):
    """And one whose name only begins so isn't."""
    says = "No account may be set up without the written permission of the Head Teacher."
    begins = taken_from(ready_rules()["accounts_approved"], says, (), (role,))
    assert begins["who"] == role
    assert taken_from(ready_rules()["accounts_approved"], says, (), ("head",))["who"] == "head"
    assert taken_from(ready_rules()["accounts_approved"], says, (), ("teach",))["who"] == ""


def test_a_rule_that_asks_for_a_person_is_not_filled_in_with_everybody():
    says = "A member of staff is told of each concern."
    assert taken_from(ready_rules()["concerns_to"], says, (), ("member of staff", "staff"))["who"] == ""
    says = "The staff governor is told of each concern."
    assert taken_from(ready_rules()["concerns_to"], says, (), ("staff governor",))["who"] == "staff governor"


def test_whose_permission_a_clause_names_is_who_approves_whoever_else_is_in_it():
    says = "Staff must seek permission from the headteacher before creating any school account."
    begins = taken_from(ready_rules()["accounts_approved"], says, (), ("staff", "headteacher"))
    assert begins["who"] == "headteacher"
    both = says.replace("the headteacher", "the headteacher or the bursar")
    begins = taken_from(ready_rules()["accounts_approved"], both, (), ("staff", "headteacher", "bursar"))
    assert begins["who"] == ""
