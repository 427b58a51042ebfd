"""A clause that its owner put beside questions on a subject is read there, whatever its words are."""

from dataclasses import replace

import pytest

from schoolgate.policy.knowing import Place, _place
from schoolgate.rulebook import decide
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.adviser.fitting import asked_in_words, clauses_fitting
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import READ_AT, Clause
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs.blank import blank_pack

TOOLS = "Whoever chooses a tool fills in the blue form first."
LESSONS = "Networks are used only under the direction of a teacher with a learning objective."


def own(says, *subjects):
    """A school's own policy with one clause."""
    parameters = {READ_AT: list(subjects)} if subjects else {}
    clause = Clause("own-1", "8 Pupils", says, Modality.MUST, "staff", "policy", Enforce.GUIDE, parameters)
    return book_of(replace(blank_pack("Bryn"), clauses={"own-1": clause}))


def told(book, entry):
    """What a question of the catalogue is answered."""
    asked = ENTRIES[entry].situation
    return asked_in_words(book, decide(book, asked, {}), (), entry=entry)


@pytest.mark.parametrize(("subjects", "read"), [(("accounts",), True), (("pictures",), False), ((), False)])
def test_it_is_read_at_questions_of_that_subject_alone(subjects, read):
    decision = told(own(TOOLS, *subjects), "teaching-account")
    assert ("own-1" in (decision.near or ()), answer_of(decision) is Answer.READ_FIRST) == (read, read)


def test_a_question_on_a_lesson_finds_the_clause_on_teachers_and_learning():
    book = own(LESSONS)
    assert clauses_fitting(book, "May I use TikTok with my Year 5 class in a lesson?") == ("own-1",)
    assert clauses_fitting(book, "May I put a picture of the trip on our page?") == ()


def test_whom_a_policy_binds_isnt_known_where_only_its_words_may_say_so():
    staff = {"person": {"key": "p", "relation": "staff"}}
    says = own("This policy applies to all staff, governors, pupils and parents.")
    assert _place(decide(says, "policy.binds", staff)) is Place.NOT_KNOWN
    assert _place(decide(book_of(blank_pack("Bryn")), "policy.binds", staff)) is Place.NOT_BOUND
