"""A clause isn't read first for a word that means something else there, nor for what is told besides."""

import pytest

from schoolgate.rulebook.adviser.fitting import clauses_fitting, says_nothing
from schoolgate.rulebook.kinds import Modality
from tests.guarantees.test_read_first import written

MUST, MUST_NOT, SHOULD = Modality.MUST, Modality.MUST_NOT, Modality.SHOULD
ELMS = written(
    {
        "breaks": (MUST, "Anyone who breaks the rules of a network is reported to it."),
        "network": (MUST_NOT, "Social media is not used privately on our computers, networks or systems."),
        "changes": (MUST, "The governors make recommendations for change to this policy each summer."),
        "references": (
            MUST_NOT,
            "No one gives a professional reference for others without the head's leave.",
        ),
        "trained": (MUST, "The accounts are used by staff who were trained."),
        "phone": (MUST_NOT, "Staff have no phone contact with pupils."),
        "surname": (MUST_NOT, "The surname of a pupil is not given when a success is praised."),
        "press": (MUST, "All media enquiries go to the head."),
        "monitor": (MUST, "Staff must look at posts and respond to them."),
        "risks": (
            SHOULD,
            "Use of networks for personal and business purposes should be considered with care.",
        ),
        "keep": (SHOULD, "Networks should help people to keep in touch with friends."),
        "harm": (MUST, "Anything that points to harm to a child is told to the lead."),
        "tags": (MUST_NOT, "No person is tagged in a picture or film."),
        "chats": (MUST_NOT, "The school's accounts do not take part in private discussions."),
        "event": (MUST, "Parents must stand where they are shown at an event."),
        "details": (MUST_NOT, "Personal information of staff is not published."),
    }
)


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ("May I look at my Facebook over the school wifi in my lunch break?", "network"),
        ("A student teacher wants me to write her a reference, may I?", "references"),
        ("Could I recommend a colleague on LinkedIn?", "references"),
        ("The newspaper wants to know about our post. May I answer?", "press"),
        ("Can we tag a mother in our post about the summer fair?", "tags"),
        ("A father sent our page a private message about a detention, may we answer there?", "chats"),
        ("A child says in a comment that she is hurt at home. What must I do?", "harm"),
    ],
)
def test_the_clause_that_says_it_is_read_first(asked, clause):
    assert clauses_fitting(ELMS, asked)[:1] == (clause,)


@pytest.mark.parametrize(
    ("asked", "not_first"),
    [
        ("May I look at my Facebook in my lunch break?", "breaks"),
        ("Could I recommend a colleague on LinkedIn?", "changes"),
        ("A student teacher wants me to write her a reference, may I?", "trained"),
        ("Can we advertise on Facebook?", "risks"),
    ],
)
def test_a_clause_with_its_word_in_another_sense_is_not_read_first(asked, not_first):
    assert not_first not in clauses_fitting(ELMS, asked)[:1]


def test_a_policy_without_a_clause_on_it_is_silent_and_with_one_is_not():
    assert says_nothing(ELMS, "May we pay for an advert on Facebook for our open evening?")
    advert = (MUST_NOT, "The school does not pay for adverts.")
    policy = written({"tags": (MUST_NOT, "No person is tagged in a picture or film."), "advert": advert})
    assert not says_nothing(policy, "May we pay for an advert on Facebook for our open evening?")
    assert clauses_fitting(policy, "May we pay for an advert on Facebook for our open evening?") == (
        "advert",
    )
