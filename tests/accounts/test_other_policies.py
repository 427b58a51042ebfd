"""The same walk under the other four policies, each by its own rules."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.actions import (
    check_account,
    decide_proposal,
    give_notice,
    open_account,
    record_talk,
    save_setup,
    sign_proposal,
    submit_proposal,
)
from schoolgate.accounts.models import Account, Proposal, Signature
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.subjects import subject_of
from schoolgate.duties import queries as duties
from schoolgate.people.actions import give_leave
from tests.accounts.conftest import case, drafted, ready, seen
from tests.cast import give, someone

OPEN_TO_ALL = {"login_is_private": False, "says_who_runs_it": True}


def points_in_the_way(refused) -> set[str]:
    return {
        point
        for point, outcome in refused.value.kept.points.items()
        if outcome not in ("permitted", "silent")
    }


# --- Boroughbridge ---


@pytest.fixture
def boroughbridge(at_federation, at):
    with at_federation("boroughbridge") as cast:
        cast.authoriser = someone("Sue Hart", "senior-network-manager-senior-authoriser")
        cast.lead = someone("Tom Reed", "lead-member-of-staff", "all-staff")
        cast.amina = someone("Amina Khan", "all-staff")
        yield cast


def test_boroughbridge_also_asks_what_will_be_put_on_the_account(boroughbridge, at):
    cast = boroughbridge
    answers = case(cast.lead, cast.amina)
    proposal = drafted(cast.amina, at, school=cast.school, answers=answers)
    with pytest.raises(Refused) as refused:
        submit_proposal(proposal=proposal, by=cast.amina, at=at)

    assert points_in_the_way(refused) == {"content"}
    assert "boroughbridge-accounts-9" in refused.value.kept.clauses


def test_boroughbridges_authoriser_decides_and_its_lead_opens(boroughbridge, at):
    cast = boroughbridge
    answers = case(cast.lead, cast.amina, content_description="Pictures of displays.")
    proposal = drafted(cast.amina, at, school=cast.school, answers=answers)
    submit_proposal(proposal=proposal, by=cast.amina, at=at)
    for person in (cast.lead, cast.amina):
        ready(person, cast.version, trained_by=cast.authoriser, at=at)

    with pytest.raises(NotAllowed):
        decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))
    decide_proposal(proposal=proposal, by=cast.authoriser, at=at, approve=True, seen=seen(proposal))

    account = Account.objects.get()
    setup = {**OPEN_TO_ALL, "says_not_always_watched": True, "says_where_concerns_go": True}
    save_setup(account=account, by=cast.lead, at=at, answers=setup)
    with pytest.raises(NotAllowed):
        open_account(account=account, by=cast.authoriser, at=at)
    open_account(account=account, by=cast.lead, at=at)
    assert account.state == "open"


# --- Llanidloes ---


@pytest.fixture
def llanidloes(at_federation, at):
    with at_federation("llanidloes") as cast:
        cast.carys = someone("Carys Huws", "staff")
        yield cast


def proposed_at_llanidloes(cast, at, network="noticeboard") -> Proposal:
    proposal = drafted(cast.carys, at, school=cast.school, network=network)
    return submit_proposal(proposal=proposal, by=cast.carys, at=at)


SHOWN = {
    "login_is_private": False,
    "real_name": True,
    "function_stated": True,
    "school_named": "Llanidloes High School",
}


def test_at_llanidloes_the_headteacher_is_asked_and_nothing_else_has_to_be_stated(llanidloes, at):
    cast = llanidloes
    proposal = proposed_at_llanidloes(cast, at)
    assert [duty.role_key for duty in duties.about(proposal)] == ["headteacher"]

    decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))

    account = Account.objects.get()
    save_setup(account=account, by=cast.carys, at=at, answers=SHOWN)
    open_account(account=account, by=cast.carys, at=at)
    assert account.state == "open"


def test_at_llanidloes_staff_cannot_decide(llanidloes, at):
    cast = llanidloes
    proposal = proposed_at_llanidloes(cast, at)
    with pytest.raises(NotAllowed):
        decide_proposal(proposal=proposal, by=cast.carys, at=at, approve=True, seen=seen(proposal))


def test_the_federations_name_alone_is_not_enough_at_llanidloes(llanidloes, at):
    cast = llanidloes
    proposal = proposed_at_llanidloes(cast, at)
    decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))
    account = Account.objects.get()
    save_setup(account=account, by=cast.carys, at=at, answers={**SHOWN, "school_named": "Llanidloes Schools"})

    with pytest.raises(Refused) as refused:
        open_account(account=account, by=cast.carys, at=at)
    assert points_in_the_way(refused) == {"school_named"}


# --- Learn to Live ---


@pytest.fixture
def learn_to_live(at_federation, at):
    with at_federation("learn-to-live") as cast:
        cast.rob = someone("Rob Keane", "staff")
        cast.network_manager = someone("Nia Webb", "network-manager")
        cast.assistant = someone("Jo Dean", "staff")
        yield cast


def made_at_learn_to_live(cast, at, *, kind: str = "teaching") -> Account:
    proposal = drafted(cast.rob, at, school=cast.school, kind=kind)
    submit_proposal(proposal=proposal, by=cast.rob, at=at)
    return Account.objects.get(proposal=proposal)


TEACHING = {
    "login_is_private": False,
    "lets_pupils_in": True,
    "uses_name": True,
    "uses_logo": False,
    "separate_account": True,
    "shares_with_personal": False,
    "acceptable_use_link": "school_website",
}


def test_learn_to_live_approves_no_proposal(learn_to_live, at):
    account = made_at_learn_to_live(learn_to_live, at)

    assert (account.proposal.state, account.state) == ("noted", "waiting")
    assert duties.about(account.proposal) == []


def test_pupils_are_let_in_after_notice_and_written_leave_for_the_name(learn_to_live, at):
    cast = learn_to_live
    account = made_at_learn_to_live(cast, at)
    save_setup(account=account, by=cast.rob, at=at, answers=TEACHING)
    with pytest.raises(Refused) as refused:
        open_account(account=account, by=cast.rob, at=at)
    assert points_in_the_way(refused) == {"notified", "notice_recipient", "name_and_logo"}

    notice = {
        "account": account,
        "by": cast.rob,
        "at": at,
        "address": "https://a.example/y4",
        "identity": "@y4",
    }
    give_notice(to=cast.network_manager, **notice)
    give_leave(
        by=cast.owner, at=at, role_key="headteacher", written=True, covers="name",
        subject=subject_of(account), from_day=at.date(),
    )  # fmt: skip

    open_account(account=account, by=cast.rob, at=at)
    assert account.state == "open"


def test_a_notice_to_an_assistant_reaches_nobody_whom_the_policy_names(learn_to_live, at):
    cast = learn_to_live
    account = made_at_learn_to_live(cast, at)
    save_setup(account=account, by=cast.rob, at=at, answers={**TEACHING, "uses_name": False})
    give_notice(
        account=account, by=cast.rob, at=at, to=cast.assistant, address="https://a.example/y4", identity="@y4"
    )

    with pytest.raises(Refused) as refused:
        open_account(account=account, by=cast.rob, at=at)
    assert points_in_the_way(refused) == {"notice_recipient"}


def test_leave_that_is_not_in_writing_is_not_enough(learn_to_live, at):
    cast = learn_to_live
    account = made_at_learn_to_live(cast, at)
    save_setup(account=account, by=cast.rob, at=at, answers={**TEACHING, "lets_pupils_in": False})
    give_leave(
        by=cast.owner, at=at, role_key="headteacher", written=False, covers="name",
        subject=subject_of(account), from_day=at.date(),
    )  # fmt: skip

    with pytest.raises(Refused) as refused:
        open_account(account=account, by=cast.rob, at=at)
    assert points_in_the_way(refused) == {"name_and_logo"}


def test_a_notice_needs_an_address_and_somebody_else(learn_to_live, at):
    cast = learn_to_live
    account = made_at_learn_to_live(cast, at)
    with pytest.raises(BadInput) as wrong:
        give_notice(account=account, by=cast.rob, at=at, to=cast.rob, address="y4", identity=" ")
    assert set(wrong.value.fields) == {"address", "identity", "to"}


# --- Wootton ---


@pytest.fixture
def wootton(at_federation, at):
    with at_federation("wootton") as cast:
        cast.author = someone("Ann Field", "site-author", "staff")
        cast.line_manager = someone("Lou Grant")
        give(cast.line_manager, "line-manager", managed=cast.author)
        cast.senior = someone("Pat Moor", "other-senior-manager")
        cast.team = [someone("Di Rook", "administrator"), someone("Ed Shaw", "administrator")]
        yield cast


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


def test_somebody_without_a_part_cannot_sign(wootton, at):
    proposal = handed_in(wootton, at)
    with pytest.raises(NotAllowed, match="Line Manager"):
        sign_proposal(proposal=proposal, by=wootton.team[0], at=at, seen=seen(proposal))


def test_a_signature_of_something_else_than_was_shown_is_refused(wootton, at):
    proposal = handed_in(wootton, at)
    with pytest.raises(NotNow, match="has changed"):
        sign_proposal(proposal=proposal, by=wootton.line_manager, at=at, seen="0" * 64)


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
    setup = {
        "login_is_private": False,
        "made_for_pupils": False,
        "terms_of_use": True,
        "house_rules": True,
        "shows_logo_or_brand": True,
    }
    save_setup(account=account, by=cast.team[0], at=at, answers=setup)

    missing = check_account(account=account, by=cast.team[0], at=at)
    assert {point for point, outcome in missing.points.items() if outcome == "hold"} == {"trained"}
    for person in cast.team:
        ready(person, cast.version, trained_by=cast.owner, at=at)
    open_account(account=account, by=cast.team[0], at=at)

    assert account.state == "open"
