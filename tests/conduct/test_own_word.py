"""People's word on their own contacts and pages: asked by each policy's own clauses, and of no one else."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.conduct import answers, reminding, wording
from schoolgate.conduct.answers import forget_leavers_answers
from schoolgate.conduct.models import OwnWord
from schoolgate.conduct.reminding import remind_of_own_accounts
from schoolgate.conduct.wording import ask_for_words, give_word
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt_version, start_version
from schoolgate.policy.choices import choose_reminders
from schoolgate.policy.models import DecisionFacts
from schoolgate.policy.queries import decision_for, in_force
from schoolgate.rulebook import book
from schoolgate.rulebook.one_file import to_yaml
from tests.cast import someone
from tests.conduct.test_answers import open_for
from tests.conduct.test_reminding import carrying, owner
from tests.conftest import recorded

ASKED = {
    ("wildground", "staff"): ["pupils", "former_pupil", "disclaimer"],
    ("wildground", "governor"): [],
    ("wildground", "volunteer"): [],
    ("boroughbridge", "staff"): ["pupils", "former_pupil", "parent", "disclaimer"],
    ("learn-to-live", "staff"): ["pupils", "former_pupil", "parent"],
    ("learn-to-live", "governor"): [],
    ("learn-to-live", "volunteer"): ["pupils"],
    ("wootton", "staff"): ["pupils", "disclaimer"],
    ("llanidloes", "staff"): ["pupils", "disclaimer"],
    ("llanidloes", "governor"): [],
} | {
    (key, relation): []
    for key in ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")
    for relation in ("parent", "friend")
}


def topics(person: Person, at, *, open_only: bool = False) -> list[str]:
    asked = wording.asked_of([person], at=at)[person.pk]
    return [str(one.topic) for one in asked if one.open or not open_only]


@pytest.mark.parametrize(("key", "relation"), ASKED)
def test_each_policy_asks_only_whom_its_clauses_bind_and_only_what_they_say(under, at, key, relation):
    federation, _school = under(key)
    with scope(federation.pk):
        amina = someone("Amina Khan", relation=relation)
        assert topics(amina, at) == ASKED[key, relation]
        ask_for_words(at=at)
        asked = [duty for duty in open_for("conduct.own_word") if duty.person == amina]
        assert bool(asked) is bool(ASKED[key, relation])
        for duty in asked:
            assert all(clause.startswith(key) for clause in duty.clauses)


@pytest.mark.parametrize("day", ["2026-11-25", "2027-02-28", "2028-02-29", "2028-03-01"])
def test_the_former_pupil_asked_about_turned_fifteen_that_day_and_left_the_day_before(day):
    amina, noon = Person(pk=7, relation="staff"), datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    known = reminding.contact_facts(amina, "former_pupil", "accept", at=noon)
    assert (known.other.age(known), known.other.left_on) == (15, local_day(noon) - timedelta(days=1))


def test_a_word_is_saved_with_its_version_and_clauses_and_ends_the_task(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        for _again in range(2):
            ask_for_words(at=at)
        assert len([duty for duty in open_for("conduct.own_word") if duty.person == amina]) == 1

        give_word(by=amina, at=at, said={"pupils": "none", "former_pupil": "none"})
        assert topics(amina, at, open_only=True) == ["disclaimer"]
        assert [duty for duty in open_for("conduct.own_word") if duty.person == amina]

        row = give_word(by=amina, at=at, said={"disclaimer": "shown"})[0]
        assert (row.said, row.version.number, row.decision.outcome) == ("shown", 1, "permitted")
        assert "wildground-roles-26" in row.wordings
        assert not [duty for duty in open_for("conduct.own_word") if duty.person == amina]
        assert not DecisionFacts.objects.filter(kept=row.decision).exists()
        told = [one for one in recorded() if one.event == "ownword.given"]
        assert {one.actor for one in told} == {""}
        assert {one.subject for one in told} == {f"conduct.ownword:{one.pk}" for one in OwnWord.objects.all()}


def test_clauses_on_following_and_on_accepting_are_both_in_the_word(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        row = give_word(by=amina, at=at, said={"former_pupil": "none"})[0]
        assert list(row.wordings) == ["boroughbridge-pupils-3", "boroughbridge-pupils-4"]


def test_only_the_person_sees_the_decision_and_a_word_against_the_policy_ends_nothing_but_the_task(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina, on = someone("Amina Khan", "staff"), local_day(at)
        said = dict.fromkeys(topics(amina, at), "against")
        ask_for_words(at=at)
        row = give_word(by=amina, at=at, said=said)[0]
        assert (row.said, row.decision.outcome) == ("against", "not_permitted")
        assert not [duty for duty in open_for("conduct.own_word") if duty.person == amina]
        assert decision_for(amina, row.decision_id, on=on) == row.decision
        with pytest.raises(NotFound):
            decision_for(owner(), row.decision_id, on=on)


def test_no_word_is_taken_on_what_the_policy_does_not_ask_nor_an_answer_that_is_none(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        amina, pat = someone("Amina Khan", "staff"), someone("Pat Parent", relation="parent")
        with pytest.raises(NotNow):
            give_word(by=amina, at=at, said={"parent": "none"})
        with pytest.raises(NotNow):
            give_word(by=pat, at=at, said={"pupils": "none"})
        for said in ({"pupils": "shown"}, {"pupils": "maybe"}, {"disclaimer": ""}):
            with pytest.raises(BadInput):
                give_word(by=amina, at=at, said=said)
        assert not OwnWord.objects.exists()


FORMER_PUPILS = "wildground-pupils-4"
OTHERWISE = "Staff must not interact from a private account with a former pupil who is under 18."


def adopts(at, *changes: tuple[str, str]):
    """Olive adopts another version of Wildground's policy, in which these sentences are replaced."""
    text = to_yaml(book("wildground").pack)
    for was, is_now in changes:
        assert was in text
        text = text.replace(was, is_now)
    version = start_version(by=owner(), at=at, text=text, material_changes="Another sentence.")
    step = {"step": "adopted", "roles": ["Governing body"], "on": "2026-03-01", "signed": True}
    return adopt_version(
        by=owner(), at=at, version=version, adopted_on=local_day(at), minute_reference="Minute 12",
        stated={"steps": [step]},
    )  # fmt: skip


def test_another_version_asks_again_only_where_its_words_on_this_are_others(under, at):
    federation, _school = under("wildground")
    says = {one: book("wildground").clauses[one].says for one in ("wildground-monitoring-1", FORMER_PUPILS)}
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        give_word(by=amina, at=at, said=dict.fromkeys(topics(amina, at), "none"))
        first = in_force(local_day(at)).version

        elsewhere = (says["wildground-monitoring-1"], "Accounts are looked at each day.")
        later = at + timedelta(days=1)
        second = adopts(later, elsewhere)
        ask_for_words(at=later)
        assert (in_force(local_day(later)).version, topics(amina, later, open_only=True)) == (second, [])
        assert not [duty for duty in open_for("conduct.own_word") if duty.person == amina]
        assert {row.version for row in OwnWord.objects.filter(person=amina)} == {first}

        later += timedelta(days=1)
        third = adopts(later, elsewhere, (says[FORMER_PUPILS], OTHERWISE))
        ask_for_words(at=later)
        assert topics(amina, later, open_only=True) == ["former_pupil"]
        [asked] = [duty for duty in open_for("conduct.own_word") if duty.person == amina]
        assert asked.clauses == ["wildground-pupils-3", FORMER_PUPILS]

        row = give_word(by=amina, at=later, said={"former_pupil": "none"})[0]
        assert (row.version, topics(amina, later, open_only=True)) == (third, [])
        assert not [duty for duty in open_for("conduct.own_word") if duty.person == amina]
        assert OwnWord.objects.filter(person=amina).count() == 3


def test_the_rhythm_of_the_federation_asks_again_and_the_word_ends_its_task(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        give_word(by=amina, at=at, said=dict.fromkeys(topics(amina, at), "none"))
        later = at + timedelta(days=1)
        choose_reminders(by=owner(), at=later, topic="connections", each_term=False, days=180)
        remind_of_own_accounts(at=later)
        contacts = ["pupils", "former_pupil", "parent"]
        assert topics(amina, later, open_only=True) == contacts
        ask_for_words(at=later)
        give_word(by=amina, at=later, said=dict.fromkeys(contacts, "none"))
        assert topics(amina, later, open_only=True) == []
        for kind in ("conduct.own_word", "conduct.own_connections"):
            assert not [duty for duty in open_for(kind) if duty.person == amina]


def test_who_is_not_asked_any_more_has_no_task_any_more(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        ask_for_words(at=at)
        Person.objects.filter(pk=amina.pk).update(relation="parent")
        ask_for_words(at=at + timedelta(hours=1))
        assert not [duty for duty in open_for("conduct.own_word") if duty.person == amina]


def test_the_word_of_a_leaver_goes_after_thirty_days(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        admin, amina = (
            someone("Ada Admin", *carrying("administer", federation)),
            someone("Amina Khan", "staff"),
        )
        give_word(by=amina, at=at, said={"pupils": "none"})
        record_departure(by=admin, at=at, person=amina, left_on=local_day(at))
        forget_leavers_answers(at=at + timedelta(days=29))
        assert OwnWord.objects.exists()
        forget_leavers_answers(at=at + timedelta(days=30))
        assert not OwnWord.objects.exists()


def test_the_words_of_many_leavers_go_in_pieces_and_the_sweep_is_told_that_there_are_more(
    under, at, monkeypatch
):
    monkeypatch.setattr(answers, "AT_ONCE", 2)
    federation, _school = under("wildground")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        give_word(by=amina, at=at, said={"pupils": "none", "former_pupil": "none", "disclaimer": "none"})
        assert OwnWord.objects.count() == 3
        Person.objects.filter(pk=amina.pk).update(left_on=local_day(at))
        went = [forget_leavers_answers(at=at + timedelta(days=30)) for _again in range(2)]
        assert went == [True, False]
        assert not OwnWord.objects.exists()


def test_many_people_take_no_more_queries_than_few(under, at, queries):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        few = [someone("Amina Khan", "staff"), someone("Ben Carter", "staff")]
        many = [*few, *(someone(f"Teacher {number}", "staff") for number in range(8))]
        wording.asked_of(few, at=at)
        counted = []
        for people in (few, many):
            with queries() as seen:
                wording.asked_of(people, at=at)
            counted.append(len(seen))
        assert counted[0] == counted[1]
