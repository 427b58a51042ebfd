"""Wootton: Appendix B in full, three signatures in order, two administrators and two moderators."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.before_opening import save_setup
from schoolgate.accounts.deciding import decide_proposal, record_talk, sign_proposal
from schoolgate.accounts.models import Account, Proposal, Signature
from schoolgate.accounts.opening import check_account, open_account
from schoolgate.accounts.proposing import submit_proposal
from schoolgate.core.errors import NotAllowed, Refused
from schoolgate.core.subjects import subject_of
from schoolgate.duties import queries as duties
from schoolgate.policy.training import record_training
from tests.accounts.conftest import drafted, points_in_the_way, ready, seen
from tests.accounts.openings import WOOTTON_SETUP, settled_at_wootton
from tests.cast import give, someone

TEXTS = (
    "purpose_reason",
    "effort_weighed",
    "success_measure",
    "under_age_prevention",
    "under_age_response",
    "department",
    "aim",
    "content_description",
    "contributor_advertising",
    "security_contributing",
    "security_friends",
    "ending.what_happens_to_content",
    "ending.who_closes_it",
    "ending.what_followers_are_told",
    "host.name",
)


def appendix_b(cast, at, **changes) -> dict[str, object]:
    """Appendix B filled in for a page that only staff write on."""
    words = dict.fromkeys(TEXTS, "As we agreed.")
    team = [person.pk for person in cast.team]
    return {
        **words,
        "reason_kind": "pedagogical",
        "hours_per_week": 2,
        "accountable_manager": cast.owner.pk,
        "author": cast.author.pk,
        "line_manager": cast.line_manager.pk,
        "administrators": team,
        "moderators": team,
        "audience": ["own_staff"],
        "contributors": ["own_staff"],
        "contributors.what_each_may_do": ["own_staff"],
        "vulnerable_adults_contribute": False,
        "host": "school",
        "go_live_date": (at + timedelta(days=30)).date().isoformat(),
        "closure_date": (at + timedelta(days=400)).date().isoformat(),
        "evaluation_date": (at + timedelta(days=200)).date().isoformat(),
        **changes,
    }


def handed_in(cast, at, **changes) -> Proposal:
    proposal = drafted(cast.author, at, school=cast.school, answers=appendix_b(cast, at, **changes))
    return submit_proposal(proposal=proposal, by=cast.author, at=at)


def test_woottons_form_goes_through_three_hands_in_order(wootton, at):
    cast = wootton
    proposal = handed_in(cast, at)
    assert [duty.subject for duty in duties.mine(cast.line_manager, at.date())[0]] == [subject_of(proposal)]

    sign_proposal(proposal=proposal, by=cast.line_manager, at=at, seen=seen(proposal))
    assert [duty.kind for duty in duties.mine(cast.senior, at.date())[0]] == ["accounts.sign"]
    sign_proposal(proposal=proposal, by=cast.senior, at=at, seen=seen(proposal))
    assert [duty.kind for duty in duties.mine(cast.owner, at.date())[0]] == ["accounts.decide"]
    record_talk(
        proposal=proposal, by=cast.owner, at=at, covers=["audience", "contributors", "purpose", "content"]
    )
    decide_proposal(
        proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal), reason_is_strong=True
    )

    assert proposal.state == "approved"
    assert list(proposal.signatures.order_by("step").values_list("step", "role_key", "by")) == [
        (1, "line-manager", cast.line_manager.pk),
        (2, "other-senior-manager", cast.senior.pk),
        (3, "principal", cast.owner.pk),
    ]
    assert sorted(Account.objects.get().team.values_list("part", flat=True)) == [
        "administrator", "administrator", "lead", "moderator", "moderator",
    ]  # fmt: skip


def test_the_second_signature_does_not_come_first(wootton, at):
    proposal = handed_in(wootton, at)
    with pytest.raises(Refused) as refused:
        sign_proposal(proposal=proposal, by=wootton.senior, at=at, seen=seen(proposal))
    assert points_in_the_way(refused) == {"order"}
    assert "wootton-b-51" in refused.value.kept.clauses


def test_the_principal_does_not_approve_before_both_managers_have_signed(wootton, at):
    proposal = handed_in(wootton, at)
    with pytest.raises(Refused) as refused:
        decide_proposal(
            proposal=proposal,
            by=wootton.owner,
            at=at,
            approve=True,
            seen=seen(proposal),
            reason_is_strong=True,
        )
    assert {"order", "talked_over"} <= points_in_the_way(refused)


def test_nobody_signs_twice(wootton, at):
    cast = wootton
    give(cast.line_manager, "other-senior-manager")
    proposal = handed_in(cast, at)
    sign_proposal(proposal=proposal, by=cast.line_manager, at=at, seen=seen(proposal))

    with pytest.raises(Refused) as refused:
        sign_proposal(proposal=proposal, by=cast.line_manager, at=at, seen=seen(proposal))
    assert points_in_the_way(refused) == {"signers"}


def test_the_database_refuses_a_second_signature_of_one_person(wootton, at):
    cast = wootton
    proposal = handed_in(cast, at)
    first = sign_proposal(proposal=proposal, by=cast.line_manager, at=at, seen=seen(proposal))
    with pytest.raises(IntegrityError, match="accounts_signs_once"), transaction.atomic():
        Signature.objects.create(
            proposal=proposal, step=2, role_key="other-senior-manager", by=cast.line_manager, at=at,
            seen_digest=seen(proposal), decision=first.decision,
        )  # fmt: skip


def test_somebody_without_a_part_is_refused_by_the_clause_of_the_part(wootton, at):
    proposal = handed_in(wootton, at)
    with pytest.raises(Refused) as refused:
        sign_proposal(proposal=proposal, by=wootton.team[0], at=at, seen=seen(proposal))
    assert points_in_the_way(refused) == {"decider"}
    assert {"wootton-b-53", "wootton-b-54"} <= set(refused.value.kept.clauses)
    assert not Signature.objects.exists()


def test_another_line_manager_than_the_one_named_is_refused(wootton, at):
    other = someone("Obi Hall")
    give(other, "line-manager", managed=wootton.author)
    proposal = handed_in(wootton, at)
    with pytest.raises(Refused) as refused:
        sign_proposal(proposal=proposal, by=other, at=at, seen=seen(proposal))
    assert points_in_the_way(refused) == {"decider"}
    assert "wootton-b-53" in refused.value.kept.clauses


def test_somebody_who_left_yesterday_signs_no_more(wootton, at):
    cast = wootton
    proposal = handed_in(cast, at)
    cast.line_manager.left_on = at.date() - timedelta(days=1)
    cast.line_manager.save()

    with pytest.raises(Refused) as refused:
        sign_proposal(proposal=proposal, by=cast.line_manager, at=at, seen=seen(proposal))
    assert "decider" in points_in_the_way(refused)
    assert "wootton-b-54" in refused.value.kept.clauses


def test_a_signature_of_something_else_than_was_shown_is_refused(wootton, at):
    proposal = handed_in(wootton, at)
    with pytest.raises(Refused) as refused:
        sign_proposal(proposal=proposal, by=wootton.line_manager, at=at, seen="0" * 64)
    assert points_in_the_way(refused) == {"weighing"}
    assert "wootton-b-50" in refused.value.kept.clauses


def test_one_administrator_is_not_enough_at_wootton(wootton, at):
    cast = wootton
    with pytest.raises(Refused) as refused:
        handed_in(cast, at, administrators=[cast.team[0].pk])
    assert points_in_the_way(refused) == {"administrator_number"}
    assert "wootton-b-33" in refused.value.kept.clauses


def test_the_author_does_not_say_that_it_was_talked_over(wootton, at):
    proposal = handed_in(wootton, at)
    with pytest.raises(NotAllowed):
        record_talk(proposal=proposal, by=wootton.author, at=at, covers=["audience"])


def test_wootton_opens_with_terms_rules_and_logo_shown_and_two_trained(wootton, at):
    cast = wootton
    proposal = handed_in(cast, at)
    for person in (cast.line_manager, cast.senior):
        sign_proposal(proposal=proposal, by=person, at=at, seen=seen(proposal))
    record_talk(
        proposal=proposal, by=cast.owner, at=at, covers=["audience", "contributors", "purpose", "content"]
    )
    decide_proposal(
        proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal), reason_is_strong=True
    )
    account = Account.objects.get()
    save_setup(account=account, by=cast.team[0], at=at, answers=WOOTTON_SETUP)
    settled_at_wootton(account, by=cast.team[0], at=at)

    missing = check_account(account=account, by=cast.team[0], at=at)
    assert {point for point, outcome in missing.points.items() if outcome == "hold"} == {"trained"}
    for person in (*cast.team, cast.author):
        ready(person, cast.version, trained_by=cast.owner, at=at)
    with pytest.raises(Refused) as refused:
        open_account(account=account, by=cast.team[0], at=at)
    assert points_in_the_way(refused) == {"training_fits"}
    for person in cast.team:
        record_training(person=person, by=cast.owner, at=at, topics=["approval and moderation"])
    open_account(account=account, by=cast.team[0], at=at)

    assert account.state == "open"
