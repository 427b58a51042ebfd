"""A sentence whose verb doesn't say who must do it: the words that lead to its list do, or *We ask ...*."""

import pytest

from schoolgate.policy.importing.document import read_content, reading_of
from schoolgate.policy.importing.proposing import propose
from schoolgate.rulebook.kinds import Modality

STAFF, PARENTS, PUPILS = "staff", "parents and carers", "pupils"


def listed(lead, *items):
    """Each item of a list as it's proposed: who must do it, how strongly, and why it's no clause."""
    words = "\n".join(["Our policy", "", "6.1 " + lead, *(f"- {one}" for one in items)])
    found = propose(read_content(words.encode(), "policy.txt"), only_data=True)
    return [(one.actor, one.modality, one.why_not) for one in found if one.sentence.number == "6.1"]


@pytest.mark.parametrize(
    ("lead", "who"),
    [
        ("For staff, requirements include:", STAFF),
        ("Requirements for parents and carers include:", PARENTS),
        ("Parental requirements often include:", PARENTS),
        ("The responsibilities of pupils include:", PUPILS),
    ],
)
def test_each_item_of_a_list_of_requirements_is_a_duty_of_those_whom_its_lead_names(lead, who):
    found = listed(
        lead, "Not writing about other children or their parents", "Telling the office if a child writes",
        "Never using a school device for it",
    )  # fmt: skip
    assert found == [(who, Modality.MUST_NOT, ""), (who, Modality.MUST, ""), (who, Modality.MUST_NOT, "")]


def test_an_item_of_such_a_list_that_only_advises_is_advice_to_the_same_people():
    found = listed(
        "For staff, requirements include:", "Taking care when writing to parents, preferably by email"
    )
    assert found == [(STAFF, Modality.ADVISED, "")]


def test_a_list_of_expectations_is_no_list_of_duties():
    assert listed("Expectations of parents include:", "Not filming in the hall") == [
        (PARENTS, Modality.SHOULD_NOT, "")
    ]


def test_a_list_that_names_no_one_asks_for_nothing():
    assert reading_of("System requirements include a camera and a network.").why_not != ""


@pytest.mark.parametrize(
    ("says", "who", "strength"),
    [
        ("Staff are required to not accept a pupil as a friend.", STAFF, Modality.MUST_NOT),
        ("Staff are required to accept training.", STAFF, Modality.MUST),
        ("Staff are required not to share a password.", STAFF, Modality.MUST_NOT),
        ("We require staff never to share a password.", STAFF, Modality.MUST_NOT),
        ("All staff agree to avoid being friends with pupils.", STAFF, Modality.MUST_NOT),
        ("All staff agree to attend training.", STAFF, Modality.MUST),
        ("We ask parents not to film the play.", PARENTS, Modality.SHOULD_NOT),
        ("We ask parents to film from their seats.", PARENTS, Modality.SHOULD),
        ("We encourage children to tell an adult.", PUPILS, Modality.ADVISED),
        ("It is not permitted for staff to film pupils with their own phones.", STAFF, Modality.MUST_NOT),
        ("Parents are encouraged not to name other children.", PARENTS, Modality.ADVISED_NOT),
        ("Governors are required to attend training to avoid mistakes.", "governing body", Modality.MUST),
        ("Should a post go wrong the office must be told.", "", Modality.MUST),
        ("Should you be in doubt, you should ask the office.", "everyone", Modality.SHOULD),
        ("It is important for staff to keep a screenshot.", STAFF, Modality.MUST),
    ],
)  # fmt: skip
def test_who_is_asked_by_name_must_do_it_and_a_not_turns_what_is_asked(says, who, strength):
    found = reading_of(says)
    assert (found.actor, found.modality, found.why_not) == (who, strength, "")
