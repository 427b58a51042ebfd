"""A breach from its record to its end: who may know of it, the risk, the people told, closing."""

from datetime import timedelta

import pytest
from django.db import connection

from schoolgate.breaches import cases
from schoolgate.breaches.models import BREACH_MOVES, Breach, BreachState, Content, NotTold, Risk
from schoolgate.breaches.queries import (
    FILTERS,
    breach_for,
    breaches,
    check_deals_with_any,
    details_in,
    may_know,
    may_see,
    people_to_bring_in,
    steps_of,
)
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.models import Safeguarder, School, VaultSecret
from schoolgate.core.moves import check_moves
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import decision_for
from schoolgate.rulebook.situations.systems import BreachRisk
from schoolgate.rulebook.situations.systems import NotTold as InFacts
from tests.breaches.conftest import WHOLE, opened, someone, whole, wrong
from tests.conftest import recorded

HOUR = timedelta(hours=1)


@pytest.fixture
def school(under):
    federation, found = under("wildground")
    with scope(federation.pk):
        yield found


@pytest.fixture
def sam(school):
    return someone("Sam Slater", "slt")


@pytest.fixture
def cara(school):
    return someone("Cara Teacher", "staff")


def tasks(kind: str) -> list[str]:
    rows = Duty.objects.filter(kind=kind, ended_at=None).select_related("person")
    return sorted(one.person.name for one in rows)


def test_the_moves_are_whole_and_the_words_are_those_of_the_rules():
    check_moves(BreachState, BREACH_MOVES)
    assert set(Risk.values) == set(BreachRisk.__args__)
    assert set(NotTold.values) == set(InFacts.__args__)


def test_who_may_know_of_one_breach_are_those_who_find_it_in_the_list(school, sam, cara, at):
    other = School.objects.create(name="Beacon", slug="beacon")
    dee, eli, leo = (someone(f"{name} Lead") for name in ("Dee", "Eli", "Leo"))
    for person, there in ((dee, school), (eli, other), (leo, None)):
        Safeguarder.objects.create(place="lead", school=there, person_id=person.pk, since=at)
    concern = wrong(at, about_people=[sam], school=school)
    made = [opened(sam, at, school=school), opened(dee, at), opened(eli, at, school=other)]
    made.append(opened(dee, at, school=school, report=concern))
    for person in Person.objects.all():
        known = set(Breach.objects.filter(may_see(person, at.date())))
        assert {one for one in made if may_know(person, one, at.date())} == known, person.name
    assert {one.pk for one in made if not may_know(sam, one, at.date())} >= {made[3].pk}


def test_those_who_look_after_breaches_are_asked_and_nobody_else_knows(school, sam, cara, at):
    dee = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", school=school, person_id=dee.pk, since=at)
    breach = opened(sam, at, school=school)

    assert tasks("breaches.authority") == ["Dee Lead", "Olive Owner", "Sam Slater"]
    assert breach_for(dee, breach.pk, on=at.date()) == breach
    with pytest.raises(NotFound):
        breach_for(cara, breach.pk, on=at.date())
    for act in (cases.read_breach, cases.close_breach):
        with pytest.raises(NotFound):
            act(breach=breach, by=cara, at=at)
    assert list(breaches(cara, on=at.date())) == []


def test_another_school_knows_nothing_of_it(school, sam, at):
    other = School.objects.create(name="South School", slug="south", country="england")
    sue = someone("Sue South", "relevant-senior-member-of-staff", school=other)
    nora = someone("Nora North", "relevant-senior-member-of-staff", school=school)
    breach = opened(sam, at, school=school)

    assert "Sue South" not in tasks("breaches.authority")
    assert "Nora North" in tasks("breaches.authority")
    with pytest.raises(NotFound):
        breach_for(sue, breach.pk, on=at.date())
    with pytest.raises(NotAllowed):
        opened(sue, at, school=school)
    assert breach_for(nora, breach.pk, on=at.date()) == breach


def test_another_federation_finds_nothing(under, at, make_federation):
    federation, _school = under("wildground")
    with scope(federation.pk):
        breach = opened(someone("Sam Slater", "slt"), at)
    elsewhere = make_federation("elsewhere", "wootton")
    with scope(elsewhere.pk):
        theirs = someone("Petra Principal", "principal")
        assert not Breach.objects.exists()
        with pytest.raises(NotFound):
            breach_for(theirs, breach.pk, on=at.date())


def test_who_is_not_asked_about_breaches_cannot_record_one(cara, at):
    with pytest.raises(NotAllowed):
        opened(cara, at)
    with pytest.raises(NotAllowed):
        check_deals_with_any(cara, on=at.date())


def test_a_breach_of_a_concern_is_known_to_those_who_know_of_the_concern(school, sam, cara, at):
    out = someone("Olga Other", "slt")
    report = wrong(at, reporter=cara, kinds=["private"], about_people=[out], school=school)
    breach = opened(sam, at, report=report)

    assert (breach.report, breach.school) == (report, school)
    assert opened(sam, at, report=report) == breach
    assert "Olga Other" not in tasks("breaches.authority")
    assert out not in people_to_bring_in(breach, on=at.date())
    with pytest.raises(NotFound):
        breach_for(out, breach.pk, on=at.date())
    with pytest.raises(NotFound):
        opened(out, at, report=report)
    with pytest.raises(NotFound):
        opened(cara, at, report=report)


def test_who_is_brought_in_deals_with_it_too(sam, cara, at):
    breach = opened(sam, at)
    cases.bring_in(breach=breach, by=sam, at=at, person=cara)
    assert breach_for(cara, breach.pk, on=at.date()) == breach
    assert "Cara Teacher" in tasks("breaches.authority")
    with pytest.raises(BadInput):
        cases.bring_in(breach=breach, by=sam, at=at, person=cara)


def test_what_is_written_is_sealed_and_given_to_its_readers_alone(under, at):
    federation = under("wildground")[0].pk
    with scope(federation):
        sam, cara = someone("Sam Slater", "slt"), someone("Cara Teacher", "staff")
        breach = opened(sam, at)
        whole(breach, sam, at)
        stored = str([list(model.objects.values()) for model in (Breach, VaultSecret, Duty, DecisionRecord)])
        stored += str([row.stored for row in recorded()])
        assert not any(word in stored for word in ("caption", "addresses", "twenty minutes"))
    with scope(federation, sam.pk):
        assert details_in(steps_of(breach))["people"] == "11"
    for person in (cara.pk, None):
        with scope(federation, person):
            assert Content.objects.count() == 0
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM breaches_content")
                assert cursor.fetchone() == (0,)


def test_reading_is_put_on_record(sam, at):
    breach = opened(sam, at)
    cases.read_breach(breach=breach, by=sam, at=at)
    assert [row.event for row in recorded() if row.event.startswith("breach.")] == [
        "breach.opened", "breach.read",
    ]  # fmt: skip


def test_the_law_is_cited_and_never_as_the_policy(sam, cara, at):
    breach = opened(sam, at)
    kept = DecisionRecord.objects.get(situation="breach.status")
    assert set(kept.clauses) <= {"law-breach-authority", "law-breach-delay", "law-breach-documented"}
    assert kept.subject == f"breaches.breach:{breach.pk}"
    with pytest.raises(NotFound):
        decision_for(cara, kept.pk, on=at.date())


def test_an_unlikely_risk_ends_the_task_and_a_higher_one_opens_it_again(sam, at):
    breach = opened(sam, at)
    cases.judge_risk(breach=breach, by=sam, at=at, risk="none", why="Encrypted.")
    assert tasks("breaches.authority") == []
    cases.judge_risk(breach=breach, by=sam, at=at + HOUR, risk="high", why="The key was with it.")
    assert tasks("breaches.authority") == tasks("breaches.people") == ["Olive Owner", "Sam Slater"]
    duty = Duty.objects.get(kind="breaches.authority", person=sam, ended_at=None)
    assert duty.due_at == at + timedelta(hours=72)


def test_a_risk_that_changes_after_the_ico_was_told_keeps_what_was_told(sam, at):
    breach = whole(opened(sam, at), sam, at)
    cases.judge_risk(breach=breach, by=sam, at=at, risk="risk", why="Names.")
    cases.tell_authority(breach=breach, by=sam, at=at + HOUR, told_at=at + HOUR, reference="IC-7")
    assert (tasks("breaches.authority"), tasks("breaches.people")) == ([], [])

    found = cases.judge_risk(breach=breach, by=sam, at=at + 2 * HOUR, risk="high", why="An address.")
    assert found.authority_told_at == at + HOUR
    assert (tasks("breaches.authority"), tasks("breaches.people")) == ([], ["Olive Owner", "Sam Slater"])
    with pytest.raises(Refused):
        cases.close_breach(breach=breach, by=sam, at=at + 2 * HOUR)

    found = cases.judge_risk(breach=breach, by=sam, at=at + 3 * HOUR, risk="none", why="It was not read.")
    assert (found.authority_told_at, tasks("breaches.people")) == (at + HOUR, [])
    assert cases.close_breach(breach=breach, by=sam, at=at + 3 * HOUR).state == "closed"


@pytest.mark.parametrize(
    "told", [{"told_at": True, "how": "By telephone."}, {"not_told": "averted", "how": "Taken down."}]
)
def test_people_at_high_risk_are_told_or_an_exception_is_given(sam, at, told):
    breach = whole(opened(sam, at), sam, at)
    cases.judge_risk(breach=breach, by=sam, at=at, risk="high", why="An address.")
    cases.tell_authority(breach=breach, by=sam, at=at, told_at=at)
    told = told | ({"told_at": at} if "told_at" in told else {})
    cases.tell_people(breach=breach, by=sam, at=at, **told)
    assert tasks("breaches.people") == []
    assert cases.close_breach(breach=breach, by=sam, at=at).state == "closed"


@pytest.mark.parametrize(
    ("told", "field"),
    [({}, "told"), ({"not_told": "too much work"}, "not_told"), ({"not_told": "averted", "how": " "}, "how")],
)
def test_telling_the_people_wants_a_time_or_one_of_the_exceptions(sam, at, told, field):
    breach = opened(sam, at)
    with pytest.raises(BadInput) as refused:
        cases.tell_people(breach=breach, by=sam, at=at, **({"how": "By letter."} | told))
    assert list(refused.value.fields) == [field]


def test_a_breach_that_nobody_reports_is_documented_before_it_is_closed(sam, at):
    breach = opened(sam, at)
    cases.judge_risk(breach=breach, by=sam, at=at, risk="none", why="Encrypted.")
    with pytest.raises(Refused):
        cases.close_breach(breach=breach, by=sam, at=at)
    whole(breach, sam, at)
    assert cases.close_breach(breach=breach, by=sam, at=at).state == "closed"


def test_the_second_of_two_who_close_it_is_told_so(sam, at):
    breach = whole(opened(sam, at), sam, at)
    cases.judge_risk(breach=breach, by=sam, at=at, risk="none", why="Encrypted.")
    mine, theirs = Breach.objects.get(pk=breach.pk), Breach.objects.get(pk=breach.pk)
    cases.close_breach(breach=mine, by=sam, at=at)
    with pytest.raises(NotNow):
        cases.close_breach(breach=theirs, by=sam, at=at)
    with pytest.raises(NotNow):
        cases.judge_risk(breach=theirs, by=sam, at=at, risk="high", why="Late.")
    assert breach.steps.filter(kind="closed").count() == 1

    cases.reopen(breach=theirs, by=sam, at=at, words="A parent rang.")
    assert cases.judge_risk(breach=theirs, by=sam, at=at, risk="high", why="Seen.").risk == "high"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"what": ""}, "what"), ({"people": 5, "children": 6}, "children"), ({"people": -1}, "people"),
     ({"people": 10_000_001}, "people"), ({"measures": "x" * 4001}, "measures")],
)  # fmt: skip
def test_what_the_description_cannot_hold_is_said(sam, at, given, field):
    breach = opened(sam, at)
    with pytest.raises(BadInput) as refused:
        cases.describe(breach=breach, by=sam, at=at, details=WHOLE | given)
    assert list(refused.value.fields) == [field]


def test_the_log_has_all_breaches_and_filters_find_them(sam, at):
    late, told, none = (opened(sam, at) for _number in range(3))
    cases.tell_authority(breach=told, by=sam, at=at, told_at=at)
    cases.judge_risk(breach=none, by=sam, at=at, risk="none", why="Encrypted.")
    after = at + timedelta(hours=72, minutes=1)

    def shown(key):
        return set(breaches(sam, on=at.date()).filter(FILTERS[key](after)))

    assert shown("all") == {late, told, none}
    assert shown("late") == {late}
    assert shown("told") == {told}
    assert shown("untold") == {late, none}


def test_without_a_policy_in_force_the_law_still_counts(make_federation, home, db, at):
    federation = make_federation("new", "wootton")
    with scope(federation.pk):
        petra = someone("Petra Principal", "principal")
        breach = opened(petra, at)
        assert breach.due_at == at + timedelta(hours=72)
        assert tasks("breaches.authority") == ["Petra Principal"]
        with pytest.raises(NotNow):
            cases.close_breach(breach=breach, by=petra, at=at)
        assert not DecisionRecord.objects.exists()


def test_nobody_who_has_left_is_asked(school, sam, at):
    gone = someone("Gus Gone", "slt")
    gone.left_on = (at - timedelta(days=1)).date()
    gone.save(update_fields=["left_on"])
    opened(sam, at)
    assert "Gus Gone" not in tasks("breaches.authority")


def test_when_the_one_who_is_asked_leaves_the_next_is_asked_with_the_same_end(sam, at):
    breach = opened(sam, at)
    end = Duty.objects.get(kind="breaches.authority", person=sam).due_at
    Person.objects.filter(name__in=["Sam Slater", "Olive Owner"]).update(left_on=at.date())
    someone("Nia Next", "slt")
    after = at + timedelta(days=1)

    assert cases.ask_again(at=after) == 1
    assert tasks("breaches.authority") == ["Nia Next"]
    assert Duty.objects.get(kind="breaches.authority", ended_at=None).due_at == end == breach.due_at
    cases.ask_again(at=after)
    assert tasks("breaches.authority") == ["Nia Next"]
