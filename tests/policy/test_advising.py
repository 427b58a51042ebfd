"""What a person can act as, what the policy in force answers, and questions put to the role that rules."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.adopting import adopt
from schoolgate.policy.advising import advise, advise_visitor, entries, entry_for, hats_of
from schoolgate.policy.models import DecisionRecord, Ruling, RulingAsked
from schoolgate.policy.queries import latest_rulings, rulings_of
from schoolgate.policy.saying import answer_in_words, end_ruling, note_answer_seen, put_to_role, rule, rule_on
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.kinds import Outcome
from tests.cast import give, someone

FAMILY = ENTRIES["family-pupil"]
STAFF = {"me": ["staff"]}


def put(by, at, **more) -> RulingAsked:
    given = {"entry": FAMILY, "answers": STAFF, "words": "She is my niece.", **more}
    return put_to_role(by=by, at=at, **given)


def open_duties(kind: str) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, state="open"))


def test_a_person_acts_as_what_they_are_with_their_roles_or_as_a_parent(ben, amina, at):
    assert [(hat.key, hat.relation, hat.roles) for hat in hats_of(ben, at=at)] == [
        ("staff", "staff", ("SLT",)),
        ("parent", "parent", ()),
    ]
    assert [hat.key for hat in hats_of(amina, at=at)] == ["staff", "parent"]


def test_where_roles_differ_from_school_to_school_each_is_a_hat(amina, at):
    north = School.objects.create(name="North", slug="north")
    School.objects.create(name="South", slug="south")
    give(amina, "lead-staff-member", school=north)

    found = {hat.key: (hat.roles, hat.school) for hat in hats_of(amina, at=at)}
    assert found["staff-north"][1] == "North"
    assert "staff-south" not in found


def test_in_the_one_school_there_is_a_person_stands_once(amina, at):
    north = School.objects.create(name="North", slug="north")
    give(amina, "lead-staff-member", school=north)
    assert [hat.key for hat in hats_of(amina, at=at)] == ["staff-north", "parent"]


def test_what_staff_and_what_the_public_may_ask(scoped):
    assert entry_for("is-it-covered", public=True).public
    with pytest.raises(NotFound):
        entry_for("account-password", public=True)
    with pytest.raises(NotFound):
        entry_for("write-a-comment")
    assert {one.key for one in entries(public=True)} < set(ENTRIES)


def test_before_a_policy_is_in_force_nothing_is_advised(amina, at):
    with pytest.raises(NotNow):
        advise(FAMILY, STAFF, by=amina, at=at)


def test_advice_is_not_kept(amina, version, at):
    advise(FAMILY, STAFF, by=amina, at=at)

    assert DecisionRecord.objects.count() == 0


def test_a_visitor_is_answered_without_being_known(version, at):
    entry = ENTRIES["am-i-bound"]
    told = advise_visitor(entry, {"me": ["parent"]}, at=at)
    again = advise_visitor(entry, {"me": ["parent"]}, at=at + timedelta(minutes=1))

    assert told.answers == {"me": "parent"}
    assert again.decision is told.decision  # of the same hour: kept ready


def test_what_the_policy_leaves_open_goes_to_who_rules(amina, ben, version, at):
    asked = put(amina, at)
    (duty,) = open_duties("policy.question")

    assert (asked.tension, asked.to_role, asked.state) == ("wildground-tension-15", "", "open")
    assert asked.answers == {"me": ["staff"]}
    assert duty.role_key == "slt"
    assert asked.decision.subject == f"policy.rulingasked:{asked.pk}"


@pytest.mark.parametrize("words", ["", "   "])
def test_a_question_is_put_in_words(amina, version, at, words):
    with pytest.raises(BadInput):
        put(amina, at, words=words)
    assert RulingAsked.objects.count() == 0


def test_what_the_policy_answers_or_still_asks_is_not_put(amina, version, at):
    with pytest.raises(NotNow):
        put(amina, at, answers={"me": ["parent"]})
    with pytest.raises(NotNow):
        put(amina, at, answers={})
    assert open_duties("policy.question") == []


def test_a_ruling_answers_every_question_that_waits_for_it_and_the_next_like_one(amina, ben, version, at):
    first, second = put(amina, at), put(someone("Megan Rees", "staff"), at)
    ruling = rule_on(by=ben, at=at, asked=first, allows=True, words="Family is not a pupil.")
    second.refresh_from_db()
    advised = advise(FAMILY, STAFF, by=amina, at=at)

    assert {first.state, second.state} == {"ruled"}
    assert second.ruling == ruling
    assert open_duties("policy.question") == []
    assert {duty.person for duty in open_duties("policy.question_answered")} == {amina, second.asked_by}
    assert advised.decision.outcome is Outcome.PERMITTED
    assert list(advised.rulings) == [ruling]
    assert not advised.needs_ruling


def test_a_ruling_that_says_no_is_told_as_well(amina, ben, version, at):
    rule_on(by=ben, at=at, asked=put(amina, at), allows=False, words="Not from a private account.")
    advised = advise(FAMILY, STAFF, by=amina, at=at)

    assert advised.decision.outcome is Outcome.NOT_PERMITTED
    assert [row.answer for row in advised.rulings] == ["not_permitted"]


def test_only_who_rules_answers(amina, version, at):
    asked = put(amina, at)
    with pytest.raises(NotAllowed):
        rule_on(by=amina, at=at, asked=asked, allows=True, words="Yes, for everyone here.")
    with pytest.raises(NotAllowed):
        answer_in_words(by=amina, at=at, asked=asked, words="Yes.", decline=False)
    assert Ruling.objects.count() == 0


def test_a_question_is_answered_once(amina, ben, version, at):
    asked = put(amina, at)
    rule_on(by=ben, at=at, asked=asked, allows=True, words="Yes, for everyone here.")
    with pytest.raises(NotNow):
        rule_on(by=ben, at=at, asked=asked, allows=False, words="No, not for staff.")
    with pytest.raises(NotNow):
        answer_in_words(by=ben, at=at, asked=asked, words="No.", decline=True)


@pytest.mark.parametrize(("decline", "state"), [(True, "declined"), (False, "answered")])
def test_who_rules_may_answer_without_a_ruling_with_a_reason(amina, ben, version, at, decline, state):
    asked = put(amina, at)
    with pytest.raises(BadInput):
        answer_in_words(by=ben, at=at, asked=asked, words=" ", decline=decline)
    answer_in_words(by=ben, at=at, asked=asked, words="Let us talk about it.", decline=decline)

    assert (asked.state, asked.answer, asked.ruling) == (state, "Let us talk about it.", None)
    assert advise(FAMILY, STAFF, by=amina, at=at).needs_ruling


def test_the_asker_is_told_until_they_have_read_it(amina, ben, version, at):
    asked = put(amina, at)
    rule_on(by=ben, at=at, asked=asked, allows=True, words="Yes, for everyone here.")
    note_answer_seen(by=amina, at=at, asked=asked)

    assert open_duties("policy.question_answered") == []


def test_a_ruling_that_is_taken_back_counts_no_more_and_none_before_it_comes_back(amina, ben, version, at):
    rule(tension="wildground-tension-15", allows=False, words="No, not for staff.", by=ben, at=at)
    last = rule(tension="wildground-tension-15", allows=True, words="Yes, for everyone here.", by=ben, at=at)
    with pytest.raises(NotAllowed):
        end_ruling(by=amina, at=at, ruling=last, because="I disagree.")
    with pytest.raises(BadInput):
        end_ruling(by=ben, at=at, ruling=last, because="")
    end_ruling(by=ben, at=at, ruling=last, because="It went too far.")

    assert latest_rulings(version) == {}
    assert rulings_of(version) == ()
    assert advise(FAMILY, STAFF, by=amina, at=at).needs_ruling
    with pytest.raises(NotNow):
        end_ruling(by=ben, at=at, ruling=Ruling.objects.get(pk=last.pk), because="Again.")


def test_a_ruling_ends_with_its_version(amina, ben, version, at):
    ruling = rule(
        tension="wildground-tension-15", allows=True, words="Yes, for everyone here.", by=ben, at=at
    )
    type(version).objects.filter(pk=version.pk).update(state="superseded", superseded_at=at)
    type(version).objects.create(
        pack_key="wildground", number=2, state="in_force", adopted_on=local_day(at), in_force_from=at,
        text_digest="x",
    ).readings.create(number=1, bindings_digest="x")  # fmt: skip
    from schoolgate.core.tenancy import current_scope

    current_scope().memo.clear()

    assert advise(FAMILY, STAFF, by=amina, at=at).needs_ruling
    with pytest.raises(NotNow, match="ended with its version"):
        end_ruling(by=ben, at=at, ruling=ruling, because="Anyhow.")


def test_what_no_clause_answers_goes_to_the_role_that_the_policy_names_for_it(make_federation, at):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        owner = someone("Olwen Price", "principal")
        adopt(by=owner, at=at)
        amina, entry = someone("Amina Khan"), ENTRIES["former-pupil-asks"]
        answers = {"me": ["staff"], "other.family": ["no"], "other.also": ["none"]}
        advised = advise(entry, answers, by=amina, at=at)
        asked = put(amina, at, entry=entry, answers=answers, words="May I say yes?")
        (duty,) = open_duties("policy.question")
        kept = DecisionRecord.objects.get(pk=duty.decision)

        assert (advised.decision.outcome, advised.to_role) == (Outcome.SILENT, "Principal")
        assert (asked.tension, asked.to_role, duty.role_key) == ("", "Principal", "principal")
        assert (kept.situation, kept.clauses) == ("policy.ask", duty.clauses)
        with pytest.raises(NotNow):
            rule_on(by=owner, at=at, asked=asked, allows=True, words="Yes, for everyone here.")
        answer_in_words(by=owner, at=at, asked=asked, words="Talk to me first.", decline=False)
        assert asked.state == "answered"


def test_where_the_policy_names_nobody_for_it_what_no_clause_answers_is_put_to_nobody(amina, version, at):
    entry = ENTRIES["wikipedia"]

    assert advise(entry, {}, by=amina, at=at).can_be_put is False
    with pytest.raises(NotNow):
        put(amina, at, entry=entry, answers={})
