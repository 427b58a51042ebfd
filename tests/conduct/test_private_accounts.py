"""What staff do on private accounts: each of the policies' questions about it can be asked, its answer saved
for oneself, and no answer is a yes by silence."""

import pytest

from schoolgate.conduct.answers import answers_kept
from schoolgate.core.tenancy import scope
from schoolgate.policy.advising import advise
from schoolgate.rulebook import Outcome
from schoolgate.rulebook.adviser import ENTRIES
from tests.cast import someone
from tests.conduct.test_answers import keep

ALL = ("boroughbridge", "learn-to-live", "llanidloes", "wildground", "wootton")
ASKED = {
    "pupil-picture-own-page": ALL,
    "pupil-asks": ALL,
    "check-own-profile": ALL,
    "school-computer": ("boroughbridge", "llanidloes", "wildground", "wootton"),
    "wikipedia": ("wootton",),
    "recommend-somebody": ("boroughbridge", "learn-to-live", "llanidloes", "wootton"),
}
EACH = [(key, entry) for entry, keys in ASKED.items() for key in keys]
SAYS_NOTHING = [(key, entry) for entry, keys in ASKED.items() for key in ALL if key not in keys]


@pytest.mark.parametrize(("key", "entry"), EACH)
def test_a_question_about_a_private_account_is_answered_by_clauses_and_saved_for_oneself(
    under, at, key, entry
):
    federation, _school = under(key)
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", "staff")
        row = keep(entry, {}, amina, at)
        assert row.decision.outcome != Outcome.SILENT
        assert row.decision.clauses
        assert list(answers_kept(amina)) == [row]
        assert not answers_kept(ben)


@pytest.mark.parametrize(("key", "entry"), SAYS_NOTHING)
def test_where_a_policy_has_no_clause_about_it_the_answer_says_so(under, at, key, entry):
    federation, _school = under(key)
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        assert advise(ENTRIES[entry], {}, by=amina, at=at).asked.situation
        row = keep(entry, {}, amina, at)
        assert row.decision.outcome == Outcome.SILENT
