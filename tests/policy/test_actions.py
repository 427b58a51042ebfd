"""A policy is adopted by its owner, a reading signed, words vouched for and rulings kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.moves import check_moves
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy import queries as policy
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import VERSION_MOVES, Attestation, PolicyVersion, VersionState
from schoolgate.policy.readings import sign_reading
from schoolgate.policy.saying import attest, rule
from schoolgate.policy.training import record_training
from tests.cast import someone

WHO_RULES = "wildground-tension-2"  # SLT
NOBODY_NAMED = "wildground-tension-3"


def events() -> list[str]:
    return [entry.event for entry in current_scope().pending]


def test_the_moves_lead_through_every_state():
    check_moves(VersionState, VERSION_MOVES)


def test_the_owner_puts_the_policy_in_force(ben, at):
    version = adopt(by=ben, at=at)

    found = policy.in_force(at.date())
    assert (found.version, found.pack_key, found.adopted_on, found.overdue) == (
        version, "wildground", at.date(), False,
    )  # fmt: skip
    assert events() == ["policyversion.started", "policyversion.adopted", "policyversion.in_force"]


def test_staff_cannot_adopt_the_policy(amina, ben, at):
    with pytest.raises(NotAllowed):
        adopt(by=amina, at=at)
    assert PolicyVersion.objects.count() == 0


def test_the_same_text_is_not_adopted_twice(version, ben, at):
    with pytest.raises(NotNow, match="already in force"):
        adopt(by=ben, at=at)


def test_a_changed_text_takes_the_place_of_the_one_before(version, ben, at):
    PolicyVersion.objects.filter(pk=version.pk).update(text_digest="of a text that was since changed")

    second = adopt(by=ben, at=at + timedelta(days=30))

    version.refresh_from_db()
    assert (second.number, version.state, version.superseded_at) == (2, "superseded", at + timedelta(days=30))


def test_a_policy_is_not_adopted_on_a_day_to_come(ben, at):
    with pytest.raises(BadInput) as refused:
        adopt(by=ben, at=at, adopted_on=at.date() + timedelta(days=1))
    assert list(refused.value.fields) == ["adopted_on"]


def test_without_a_policy_in_force_nothing_can_be_asked(scoped, at):
    with pytest.raises(NotNow, match="No policy has been adopted"):
        policy.in_force(at.date())


def test_a_policy_past_its_review_still_binds_and_says_so(make_federation, at):
    boroughbridge = make_federation("boroughbridge", "boroughbridge")
    with scope(boroughbridge.id):
        owner = someone("Dilys Moss", "staff-lead-director-of-business-services")
        adopt(by=owner, at=at, adopted_on=at.date() - timedelta(days=2000))

        found = policy.in_force(at.date())

    assert (found.version.review_words, found.overdue) == ("2023-05", True)


def test_the_owner_signs_the_reading_once(version, ben, at):
    reading = sign_reading(by=ben, at=at)

    assert (reading.signed_by, reading.signed_at) == (ben, at)
    with pytest.raises(NotNow, match="already been signed"):
        sign_reading(by=ben, at=at)


def test_staff_cannot_sign_the_reading(version, amina, at):
    with pytest.raises(NotAllowed):
        sign_reading(by=amina, at=at)


def test_reading_and_understanding_are_vouched_for_by_oneself(version, amina, at):
    attest(kind="policy_read", about=version, by=amina, at=at, seen={"version": version.pk})

    assert policy.vouched([amina], version, on=at.date()) == {amina.pk: {"policy_read": True}}


def test_nobody_reads_for_another(version, amina, ben, at):
    with pytest.raises(NotAllowed, match="Only the person concerned"):
        attest(kind="policy_read", about=version, about_person=amina, by=ben, at=at, seen={})


def test_a_signed_paper_is_marked_as_one(version, amina, ben, at):
    row = attest(kind="policy_read", about=version, about_person=amina, by=ben, at=at, seen={}, on_paper=True)

    said = policy.vouched([amina], version, on=at.date())
    assert (row.on_paper, said) == (True, {amina.pk: {"policy_read": True}})


def test_declining_is_kept_and_a_later_yes_is_a_row_of_its_own(version, amina, at):
    attest(kind="policy_understood", about=version, by=amina, at=at, seen={}, answer=False)
    declined = policy.vouched([amina], version, on=at.date())
    attest(kind="policy_understood", about=version, by=amina, at=at, seen={})

    assert declined == {amina.pk: {"policy_understood": False}}
    assert policy.vouched([amina], version, on=at.date()) == {amina.pk: {"policy_understood": True}}
    assert [row.answer for row in policy.attestations(version)] == [True, False]


def test_what_was_said_of_one_version_says_nothing_of_the_next(version, amina, ben, at):
    attest(kind="policy_read", about=version, by=amina, at=at, seen={})
    PolicyVersion.objects.filter(pk=version.pk).update(text_digest="of a text that was since changed")
    second = adopt(by=ben, at=at)

    assert policy.vouched([amina], second, on=at.date()) == {amina.pk: {}}


def test_training_is_recorded_by_those_who_decide_on_accounts(version, amina, ben, at):
    record_training(person=amina, by=ben, at=at)

    assert policy.vouched([amina], version, on=at.date()) == {amina.pk: {"trained": True}}
    with pytest.raises(NotAllowed):
        record_training(person=amina, by=amina, at=at)


def test_an_unknown_statement_is_refused(version, amina, at):
    with pytest.raises(BadInput):
        attest(kind="rule_kept", about=version, by=amina, at=at, seen={})


def test_attestations_are_only_added_to(version, amina, at):
    row = attest(kind="policy_read", about=version, by=amina, at=at, seen={})
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Attestation.objects.filter(pk=row.pk).update(answer=False)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        row.delete()


def test_the_database_refuses_a_reading_for_another(version, amina, ben, at):
    with pytest.raises(IntegrityError, match="nobody_reads_for_another"), transaction.atomic():
        Attestation.objects.create(
            kind="policy_read", subject="policy.policyversion:1", by=ben, about_person=amina, version=version,
            at=at, answer=True, seen_digest="0" * 64,
        )  # fmt: skip


def test_the_role_that_rules_rules_and_it_becomes_a_fact(version, ben, at):
    rule(tension=WHO_RULES, allows=True, words="One name will do for a class page.", by=ben, at=at)

    [fact] = policy.rulings_of(version)
    assert (fact.tension, fact.allows, fact.role, fact.from_day) == (WHO_RULES, True, "SLT", at.date())


def test_a_later_ruling_on_the_same_question_takes_over(version, ben, at):
    rule(tension=WHO_RULES, allows=True, words="One name will do.", by=ben, at=at)
    rule(tension=WHO_RULES, allows=False, words="Two names, after all.", by=ben, at=at)

    assert [fact.allows for fact in policy.rulings_of(version)] == [False]


def test_another_role_cannot_rule(version, amina, at):
    with pytest.raises(NotAllowed, match="SLT"):
        rule(tension=WHO_RULES, allows=True, words="I think so.", by=amina, at=at)


def test_where_nobody_is_named_the_owner_rules_for_the_federation(version, ben, amina, at):
    assert rule(tension=NOBODY_NAMED, allows=True, words="It means all users.", by=ben, at=at).role == "SLT"
    with pytest.raises(NotAllowed):
        rule(tension=NOBODY_NAMED, allows=True, words="It means all users.", by=amina, at=at)


def test_a_ruling_needs_words_and_a_question_of_this_policy(version, ben, at):
    for nothing in ("  ", "Yes."):
        with pytest.raises(BadInput):
            rule(tension=WHO_RULES, allows=True, words=nothing, by=ben, at=at)
    with pytest.raises(NotFound):
        rule(tension="wootton-tension-1", allows=True, words="Yes, for everyone here.", by=ben, at=at)


def test_rulings_end_with_the_version(version, ben, at):
    rule(tension=WHO_RULES, allows=True, words="One name will do.", by=ben, at=at)
    PolicyVersion.objects.filter(pk=version.pk).update(text_digest="of a text that was since changed")

    assert policy.rulings_of(adopt(by=ben, at=at)) == ()


def test_another_federation_sees_nothing_of_it(version, make_federation):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('schoolgate.federation', '0', true)")
        cursor.execute("SELECT count(*) FROM policy_policyversion")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT set_config('schoolgate.federation', %s, true)", [str(version.federation_id)])
