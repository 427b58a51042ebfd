"""A clause that isn't about one question: the policy's owner says so at the answer, at once, for that
question alone, and takes it back."""

import pytest

from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt_version
from schoolgate.policy.advising import advise, advise_visitor
from schoolgate.policy.asking import elsewhere, record_decision
from schoolgate.policy.models import Attestation
from schoolgate.policy.own_policy import ClauseText, keep_clause
from schoolgate.policy.queries import in_force
from schoolgate.policy.saying import say_elsewhere
from schoolgate.policy.writing import writing
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.packs import own_policies_in
from tests.cast import someone
from tests.policy.test_writing import SIXTH, own_policy_in_force

PUPIL, FORMER, ADVERT = ENTRIES["pupil-asks"], ENTRIES["former-pupil-asks"], ENTRIES["advertising"]
FAR = "st-annes-review-2"
"""A clause without a rule that has nothing to do with a pupil's request."""


@pytest.fixture
def ben(in_world, at, tmp_path):
    """The headteacher, who looks after the policy of St Anne's; it is in force."""
    own_policies_in(SIXTH)
    there = in_world(own_policy_in_force, at)
    with scope(there.federation.pk):
        yield there.ben
    own_policies_in(tmp_path / "nowhere")


def told(entry, ben, at, **more):
    return advise(entry, {"me": ["staff"]}, by=ben, at=at, **more).decision


def test_it_is_left_out_of_that_question_alone_at_once_and_stands_below_with_who_said_so(ben, at):
    assert FAR in told(PUPIL, ben, at).unread
    others = told(FORMER, ben, at)

    (row,) = say_elsewhere(by=ben, at=at, entry=PUPIL.key, clauses=[FAR], elsewhere=True)

    found = told(PUPIL, ben, at, fitting=(FAR,))
    assert FAR not in (*found.unread, *found.first, *found.beside)
    assert found.aside == (FAR,)
    assert told(FORMER, ben, at).unread == others.unread, "another question of the same situation"
    assert (row.by, row.at) == (ben, at)
    kept = record_decision(PUPIL.situation, found.facts, at=at, by=ben, subject="policy.x:1", entry=PUPIL.key)
    assert kept.body["aside"] == [FAR]
    assert FAR in kept.wordings, "its words stay with the answer"

    say_elsewhere(by=ben, at=at, entry=PUPIL.key, clauses=[FAR], elsewhere=False)
    assert FAR in told(PUPIL, ben, at).unread
    assert [one.answer for one in Attestation.objects.order_by("id")] == [True, False], "both are recorded"


def test_an_answer_that_only_waited_for_such_clauses_waits_no_longer_and_visitors_get_the_same(ben, at):
    far = told(ADVERT, ben, at)
    assert (answer_of(far), far.near) == (Answer.SILENT, ()), "none of the clauses touches the question"
    fitting = far.unread[:1]
    found = told(ADVERT, ben, at, fitting=fitting)
    assert answer_of(found) is Answer.READ_FIRST, "one fits the words in which it was asked"
    say_elsewhere(by=ben, at=at, entry=ADVERT.key, clauses=found.unread, elsewhere=True)
    assert answer_of(told(ADVERT, ben, at, fitting=fitting)) is Answer.SILENT
    public = ENTRIES["staff-and-parent"]
    clause = advise_visitor(public, {"me": ["parent"]}, at=at).decision.unread[-1]
    say_elsewhere(by=ben, at=at, entry=public.key, clauses=[clause], elsewhere=True)
    assert advise_visitor(public, {"me": ["parent"]}, at=at).decision.aside == (clause,)


def test_a_clause_in_other_words_is_read_first_again(ben, at):
    say_elsewhere(by=ben, at=at, entry=PUPIL.key, clauses=[FAR], elsewhere=True)
    clause = writing(at.date()).text.clauses[FAR]
    version, _ = keep_clause(
        by=ben, at=at, clause=FAR, seen=writing(at.date()).seen,
        words=ClauseText(clause.section, f"{clause.says} Ask pupils first.", clause.modality, clause.actor),
    )  # fmt: skip
    assert list(elsewhere(in_force(at.date()).book, PUPIL.key)) == [FAR]
    adopt_version(by=ben, at=at, version=version, adopted_on=at.date(), stated={}, before_us=True)
    assert elsewhere(in_force(at.date()).book, PUPIL.key) == {}


def test_only_the_owner_says_so_of_a_clause_that_has_no_rule_there(ben, at):
    say = {"at": at, "entry": PUPIL.key, "clauses": [FAR], "elsewhere": True}
    with pytest.raises(NotAllowed):
        say_elsewhere(by=someone("Tom Ellery", "staff"), **say)
    assert say_elsewhere(by=ben, **{**say, "elsewhere": False}) == []
    for wrong in (
        {"entry": "no-such"},
        {"clauses": ["no-such"]},
        {"clauses": []},
        {"clauses": [FAR, "st-annes-staff-1"]},
    ):
        with pytest.raises(NotFound):
            say_elsewhere(by=ben, **{**say, **wrong})
    assert [len(say_elsewhere(by=ben, **say)) for _press in range(2)] == [1, 0], "a second press adds nothing"


def test_a_policy_that_comes_with_the_program_has_none(version, at):
    assert elsewhere(in_force(at.date()).book, PUPIL.key) == {}
