"""Answers of *May I ...?* that people save for themselves, and contacts talked over with the role named."""

from datetime import timedelta

import pytest

from schoolgate.conduct.answers import (
    answer_for,
    answers_kept,
    answers_of,
    ask_to_talk,
    asked_of_page,
    forget_leavers_answers,
    keep_answer,
    note_talk,
    note_talk_seen,
    remove_answer,
    sentence_to_copy,
    talk_wanted,
    wants_disclaimer,
)
from schoolgate.conduct.models import KeptAnswer
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.advising import advise
from schoolgate.policy.models import DecisionFacts, DecisionRecord
from schoolgate.policy.queries import decision_for
from schoolgate.rulebook.adviser import ENTRIES
from tests.cast import someone
from tests.conftest import recorded

AUTHORISER = "senior-network-manager-senior-authoriser"
FORMER = {
    "me": ["staff"], "channel": ["personal"], "other.family": ["no"], "other.also": ["none"],
    "other.left_on": ["2024-07-19"], "other.date_of_birth": ["2008-03-14"],
}  # fmt: skip
PARENT = {
    "me": ["staff"], "channel": ["personal"], "other.child_on_roll": ["yes"], "other.family": ["no"],
    "other.also": ["none"], "other.of_other_school": ["no"],
}  # fmt: skip


def walked(entry: str, said: dict[str, list[str]], by, at) -> dict[str, list[str]]:
    """Answer every question; what `said` leaves out is not known."""
    given: dict[str, list[str]] = {}
    while (question := advise(ENTRIES[entry], given, by=by, at=at).question) is not None:
        given[question.leaf.path] = said.get(question.leaf.path, ["-"])
    return given


def keep(entry: str, said: dict[str, list[str]], by, at, **more) -> KeptAnswer:
    return keep_answer(by=by, at=at, entry=ENTRIES[entry], answers=walked(entry, said, by, at), **more)


def open_for(kind: str) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, state="open"))


def test_an_answer_is_saved_for_its_person_without_the_date_of_birth_or_the_facts(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        row = keep("former-pupil-asks", FORMER, amina, at)

        assert list(answers_kept(amina)) == [row]
        assert row.decision.outcome == "not_permitted"
        assert "other.date_of_birth" in walked("former-pupil-asks", FORMER, amina, at)
        assert "other.date_of_birth" not in answers_of(row)
        assert answers_of(row)["other.left_on"] == ["2024-07-19"]
        assert not DecisionFacts.objects.filter(kept=row.decision).exists()
        assert row.decision.by is None
        told = [one for one in recorded() if one.event == "keptanswer.kept"]
        assert [one.actor for one in told] == [""]


def test_no_one_else_sees_it_and_the_owner_of_the_policy_does_not_see_its_decision(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", AUTHORISER)
        owner = someone("Una Owner", "staff-lead-director-of-business-services")
        row = keep("former-pupil-asks", FORMER, amina, at)
        on = local_day(at)

        assert answer_for(amina, row.pk, on=on) == row
        assert decision_for(amina, row.decision_id, on=on) == row.decision
        for other in (ben, owner):
            with pytest.raises(NotFound):
                answer_for(other, row.pk, on=on)
            with pytest.raises(NotFound):
                decision_for(other, row.decision_id, on=on)


def test_an_answer_that_is_still_being_asked_or_is_no_own_conduct_is_not_saved(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        with pytest.raises(NotNow):
            keep_answer(by=amina, at=at, entry=ENTRIES["former-pupil-asks"], answers={})
        with pytest.raises(NotNow):
            keep_answer(by=amina, at=at, entry=ENTRIES["school-watches"], answers={})
        assert not KeptAnswer.objects.exists()


def test_a_doubt_about_a_parent_is_talked_over_with_the_senior_authoriser(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", AUTHORISER)
        row = keep("parent-asks", PARENT, amina, at, unsure=True)
        assert talk_wanted(row.decision.body) == "Senior Network Manager/Senior Authoriser"

        ask_to_talk(by=amina, at=at, answer=row)
        assert [duty.role_key for duty in open_for("conduct.talk")] == [AUTHORISER]
        assert answer_for(ben, row.pk, on=local_day(at)).pk == row.pk
        before = row.decision_id

        note_talk(by=ben, at=at + timedelta(hours=1), answer=row, on=local_day(at))
        assert not open_for("conduct.talk")
        assert row.decision_id != before
        assert talk_wanted(row.decision.body) == ""
        assert "boroughbridge-pupils-7" in row.decision.clauses
        assert [duty.person_id for duty in open_for("conduct.talked")] == [amina.pk]

        note_talk_seen(by=amina, at=at + timedelta(hours=2), answer=row)
        assert not open_for("conduct.talked")


def test_only_the_role_named_records_the_conversation_on_a_day_since_the_request(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", AUTHORISER)
        row = keep("parent-asks", PARENT, amina, at, unsure=True)
        ask_to_talk(by=amina, at=at, answer=row)
        today = local_day(at)

        for other in (amina, someone("Cara Jones", "staff")):
            with pytest.raises(NotAllowed):
                note_talk(by=other, at=at, answer=row, on=today)
        for day in (today - timedelta(days=1), today + timedelta(days=1)):
            with pytest.raises(BadInput):
                note_talk(by=ben, at=at, answer=row, on=day)
        with pytest.raises(NotNow):
            ask_to_talk(by=amina, at=at, answer=row)


def test_the_senior_authoriser_does_not_record_a_conversation_with_themselves(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        ben = someone("Ben Carter", "staff", AUTHORISER)
        row = keep("parent-asks", PARENT, ben, at, unsure=True)
        ask_to_talk(by=ben, at=at, answer=row)
        with pytest.raises(NotAllowed):
            note_talk(by=ben, at=at, answer=row, on=local_day(at))


def test_where_the_policy_names_no_conversation_none_is_asked_for(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        row = keep("former-pupil-asks", FORMER, amina, at)
        with pytest.raises(NotNow):
            ask_to_talk(by=amina, at=at, answer=row)
        assert not Duty.objects.filter(kind="conduct.talk").exists()


def test_a_person_deletes_a_saved_answer_with_what_was_sealed_and_no_one_elses(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", AUTHORISER)
        row = keep("parent-asks", PARENT, amina, at, unsure=True)
        ask_to_talk(by=amina, at=at, answer=row)
        with pytest.raises(NotFound):
            remove_answer(by=ben, at=at, answer=row)

        number, ref, decision = row.pk, row.answers_ref, row.decision_id
        remove_answer(by=amina, at=at, answer=row)
        assert not KeptAnswer.objects.filter(pk=number).exists()
        assert not VaultSecret.objects.filter(pk=ref).exists()
        assert not open_for("conduct.talk")
        assert DecisionRecord.objects.filter(pk=decision).exists()
        with pytest.raises(NotFound):
            decision_for(ben, decision, on=local_day(at))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            "llanidloes",
            (
                "The views and opinions expressed here are my own and do not necessarily represent those of "
                "Llanidloes Schools' Federation"
            ),
        ),
        ("wootton", "the views in this posting do not represent the views of my employer"),
        ("boroughbridge", ""),
        ("wildground", ""),
        ("learn-to-live", ""),
    ],
)
def test_the_disclaimer_to_copy_is_in_the_words_of_the_policy_or_not_there(under, at, key, words):
    federation, _school = under(key)
    with scope(federation.pk):
        asked = asked_of_page(someone("Amina Khan", "staff"), at=at)
        assert sentence_to_copy(asked)[0] == words
        assert wants_disclaimer(asked) is (key != "learn-to-live")


def test_a_blog_under_llanidloes_waits_for_the_sentence_until_its_owner_says_it_is_there(under, at):
    federation, _school = under("llanidloes")
    said = {
        "kind": ["blog"], "shows": ["none"], "disclaimer_easily_seen": ["yes"], "fits_own_picture": ["yes"],
        "related_fits_own_picture": ["yes"], "fits_conduct_expected": ["yes"],
        "related_fits_conduct_expected": ["yes"], "me": ["staff"],
    }  # fmt: skip
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        without = keep("check-own-profile", said, amina, at)
        carried = keep("check-own-profile", said, amina, at, carries=True)
        assert without.decision.points["own_disclaimer_text"] == "hold"
        assert carried.decision.points["own_disclaimer_text"] == "permitted"


def test_a_leavers_answers_go_thirty_days_after_they_left(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", "staff")
        for person in (amina, ben):
            keep("former-pupil-asks", FORMER, person, at)
        amina.left_on = local_day(at)
        amina.save(update_fields=["left_on"])
        assert forget_leavers_answers(at=at + timedelta(days=29)) is False
        assert KeptAnswer.objects.count() == 2
        forget_leavers_answers(at=at + timedelta(days=30))
        assert [one.person for one in KeptAnswer.objects.all()] == [ben]
