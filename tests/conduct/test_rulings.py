"""What the policy leaves open in a saved answer goes to the role that rules; the ruling is shown on it."""

from datetime import timedelta

import pytest

from schoolgate.conduct.answers import ask_for_ruling, remove_answer, ruling_to_ask, why_no_longer
from schoolgate.conduct.models import KeptAnswer
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.policy.models import RulingAsked
from schoolgate.policy.saying import answer_in_words, end_ruling, rule_on
from tests.cast import someone
from tests.conduct.test_answers import keep, open_for
from tests.conduct.test_reminding import owner
from tests.conftest import deliver_all

OWN_LINE = {"me": ["staff"], "for_themselves": ["yes"], "at_work": ["yes"], "connection": ["own"]}
OPEN = {
    "wikipedia": OWN_LINE,
    "canvass": {"me": ["staff"], "kind": ["political solicitation"], "where": ["own_account"]},
}
DECIDED = {
    "wikipedia": {**OWN_LINE, "connection": ["school"]},
    "canvass": {"me": ["staff"], "kind": ["political solicitation"], "where": ["official_account"]},
    "recommend-somebody": {"me": ["staff"], "reference": ["positive"], "site": ["professional"]},
}


@pytest.mark.parametrize("entry", OPEN)
def test_what_the_policy_leaves_open_goes_to_the_role_it_names_and_the_ruling_decides(under, at, entry):
    federation, _school = under("wootton")
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", "staff")
        row = keep(entry, OPEN[entry], amina, at)
        assert row.decision.outcome == "refer"
        with pytest.raises(BadInput):
            ask_for_ruling(by=amina, at=at, answer=row, words=" ")
        with pytest.raises(NotFound):
            ask_for_ruling(by=ben, at=at, answer=row, words="Is it allowed?")
        assert not RulingAsked.objects.exists()

        asked = ask_for_ruling(by=amina, at=at, answer=row, words="Is it allowed?")
        assert (asked.to_role, asked.asked_by) == ("Principal", amina)
        assert [duty.role_key for duty in open_for("policy.question")] == ["principal"]
        assert ruling_to_ask(row, at=at) is None
        with pytest.raises(NotNow):
            ask_for_ruling(by=amina, at=at, answer=row, words="Is it?")
        with pytest.raises(NotAllowed):
            rule_on(by=ben, at=at, asked=asked, allows=True, words="Yes, for everyone here.")
        rule_on(by=owner(), at=at, asked=asked, allows=False, words="Not at work.")
    deliver_all(federation.pk, at)
    with scope(federation.pk):
        row = KeptAnswer.objects.get()
        assert row.decision.outcome == "not_permitted"
        assert row.ruling_asked.answer == "Not at work."
        remove_answer(by=row.person, at=at, answer=row)
        assert RulingAsked.objects.exists()


@pytest.mark.parametrize("entry", DECIDED)
def test_what_the_policy_decides_by_itself_is_only_shown(under, at, entry):
    federation, _school = under("wootton")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        row = keep(entry, DECIDED[entry], amina, at)
        assert row.decision.outcome == "not_permitted"
        assert ruling_to_ask(row, at=at) is None
        with pytest.raises(NotNow):
            ask_for_ruling(by=amina, at=at, answer=row, words="But why?")


def test_an_answer_without_a_ruling_leaves_the_saved_one_as_it_was(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        row = keep("wikipedia", OWN_LINE, someone("Amina Khan", "staff"), at)
        asked = ask_for_ruling(by=row.person, at=at, answer=row, words="Is it?")
        answer_in_words(by=owner(), at=at, asked=asked, words="Come and see me.", decline=True)
        before = row.decision_id
    deliver_all(federation.pk, at)
    with scope(federation.pk):
        row = KeptAnswer.objects.get()
        assert row.decision_id == before
        assert ruling_to_ask(row, at=at) is not None


@pytest.mark.parametrize("key", ["wildground", "boroughbridge", "learn-to-live", "llanidloes"])
def test_no_other_policy_bans_an_encyclopaedia_or_asks_anyone_to_rule_on_it(under, at, key):
    federation, _school = under(key)
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        row = keep("wikipedia", OWN_LINE, amina, at)
        assert row.decision.outcome == "silent"
        assert not [one for one in row.decision.clauses if one.startswith("wootton")]
        assert ruling_to_ask(row, at=at) is None


def test_an_answer_saved_under_a_ruling_asks_again_once_the_ruling_is_withdrawn(under, at):
    federation, _school = under("wootton")
    later = at + timedelta(days=1)
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", "staff")
        row = keep("wikipedia", OWN_LINE, amina, at)
        ruling = rule_on(
            by=owner(), at=at, asked=ask_for_ruling(by=amina, at=at, answer=row, words="Is it?"),
            allows=True, words="Yes, on your own page.",
        )  # fmt: skip
    deliver_all(federation.pk, at)
    with scope(federation.pk):
        row = KeptAnswer.objects.get()
        other = keep("wikipedia", OWN_LINE, ben, at)
        assert [row.decision.outcome, other.decision.outcome] == ["permitted", "permitted"]
        assert [why_no_longer(one, at=at) for one in (row, other)] == ["", ""]
        end_ruling(by=owner(), at=later, ruling=ruling, because="The page is the school’s.")
        assert why_no_longer(row, at=later) == "ruling"
    deliver_all(federation.pk, later)
    with scope(federation.pk):
        row.refresh_from_db()
        assert row.decision.outcome == "refer"
        assert why_no_longer(row, at=later) == ""
        assert ruling_to_ask(row, at=later) is not None
        assert why_no_longer(other, at=later) == "ruling"


def test_an_answer_does_not_hold_under_another_interpretation(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        row = keep("wikipedia", OWN_LINE, someone("Amina Khan", "staff"), at)
        assert why_no_longer(row, at=at) == ""
        row.decision.reading_id += 1  # it was decided with another one than is in force now
        assert why_no_longer(row, at=at) == "policy"
