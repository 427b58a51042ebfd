"""A clause that asks nothing of anyone, as its owner said and its words read, holds no answer back."""

from dataclasses import replace

import pytest

from schoolgate.rulebook.adviser.fitting import asked_in_words, clauses_fitting
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.clauses import asks_nothing
from schoolgate.rulebook.readings import Changes, changed
from tests.rulebook.test_own_policy_answers import LEAVERS, MUST, STATES, asked, policy

READ_SO = (
    "While recognising the benefits, this policy sets out the principles that staff are expected to follow.",
    "The primary aim of this policy is to ensure safety for employees and pupils.",
    "The term “staff” in this document should also be read to include contractors.",
    "These individuals are collectively referred to as staff members in this policy.",
    "The information posted must comply with the employment conditions outlined below.",
    "This policy covers all employees, volunteers and governors.",
    "It should be viewed as an addition to the school's Acceptable Use Policy.",
    "The main aim of this policy is to keep everyone within the school safe and within the law.",
    "The Governing Board has overall responsibility for the implementation of the Social Media Policy.",
    "The Headteacher will be responsible for the day-to-day management of this policy and procedures.",
    "Breaches of this policy may be dealt with under the disciplinary policy.",
    "Social media has become a significant part of life for many people.",
    "The Data Protection Act 2018 sets out how information about people is used.",
    "Diben y polisi hwn yw cadw pawb yn ddiogel.",
)
ASK = (
    "This policy aims to keep pupils safe, and staff must never befriend them.",
    "The information posted must comply with copyright.",
    "These individuals are referred to the headteacher, who must be told at once.",
    "This policy covers pupils, who must not open accounts.",
    "This policy applies to all staff. Staff must not befriend pupils.",
    "The Headteacher is responsible for the school's social media accounts and for this policy.",
    "The school recognises that staff use social media, but pupils are never named.",
    "Breaches of this policy must be reported to the Headteacher.",
    "Failure to report a breach of this policy within 24 hours may lead to disciplinary action.",
    "Any breach may result in the account being closed, and the parents will be told.",
    "Staff are responsible for the security of their accounts.",
    "An individual is free to talk about the school.",
    "It is recommended that all privacy settings are set to ‘friends only’.",
    "We respect your right to an opinion. Please do not name members of staff.",
    "Rhaid i staff ofyn yn gyntaf. Diben y polisi hwn yw cadw pawb yn ddiogel.",
    "",
)


@pytest.mark.parametrize("says", READ_SO)
def test_what_a_policy_says_of_itself_or_of_the_world_reads_as_if_it_asked_nothing(says):
    assert asks_nothing(says)


@pytest.mark.parametrize("says", ASK)
def test_what_asks_forbids_permits_or_promises_doesnt(says):
    assert not asks_nothing(says)


RECOGNISES = (MUST, "The school recognises that former pupils ask staff to be friends on social media.", None)
TYPED = "A former pupil asks to be my friend on social media. May I accept?"


def told(own):
    return asked_in_words(own, asked(own), clauses_fitting(own, TYPED))


def come_to(own):
    return answer_of(told(own))


def test_it_holds_no_answer_back_once_its_owner_has_said_so_and_stays_to_be_seen():
    before = policy(leavers=LEAVERS, recognises=RECOGNISES)
    assert "recognises" in clauses_fitting(before, TYPED)
    assert come_to(before) is Answer.READ_FIRST, "nothing is taken for granted"
    own = policy(leavers=LEAVERS, recognises=RECOGNISES, asides=("recognises",))
    assert come_to(own) is Answer.ALLOWED
    assert "recognises" in told(own).fits


def test_what_was_said_of_a_clause_that_asks_for_something_still_leaves_it_to_be_read_first():
    says = (STATES, "Former pupils who ask staff to be friends on social media are told to wait.", None)
    own = policy(leavers=LEAVERS, waits=says, asides=("waits",))
    assert come_to(own) is Answer.READ_FIRST


def test_a_ban_is_never_put_aside():
    own = policy(leavers=LEAVERS, recognises=RECOGNISES)
    ban = {**own.pack.clauses, "recognises": replace(own.pack.clauses["recognises"], modality=LEAVERS[0])}
    with pytest.raises(Exception, match="recognises"):
        changed(replace(own.pack, clauses=ban), Changes(asides=("recognises",)))
