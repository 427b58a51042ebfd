"""Wildground: the SLT decides, two staff run it, all have read, understood and been trained."""

import pytest

from schoolgate.accounts import proposal_form
from schoolgate.accounts.before_opening import save_setup
from schoolgate.accounts.deciding import decide_proposal
from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.opening import check_account, open_account
from schoolgate.accounts.proposing import submit_proposal, withdraw_proposal
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.tenancy import current_scope
from schoolgate.duties import queries as duties
from schoolgate.duties.models import Duty
from schoolgate.policy.queries import in_force
from schoolgate.policy.rules import role_for_training
from tests.accounts.conftest import case, drafted, ready, seen
from tests.cast import someone


@pytest.fixture
def cast(at_federation, at):
    with at_federation("wildground") as cast:
        cast.amina = someone("Amina Khan", "staff")
        cast.bryn = someone("Bryn Ellis", "staff", "lead-staff-member")
        cast.moderator = someone("Mari Lewis", "administrator-moderator")
        yield cast


def submitted(cast, at, **changes) -> Proposal:
    answers = case(cast.amina, cast.bryn, **changes)
    return submit_proposal(
        proposal=drafted(cast.amina, at, school=cast.school, answers=answers), by=cast.amina, at=at
    )


def everybody_is_ready(cast, at) -> None:
    for person in (cast.amina, cast.bryn):
        ready(person, cast.version, trained_by=cast.owner, at=at)


def clauses(refused) -> list[str]:
    return [clause for found in refused.value.kept.body["findings"]
            if found["kind"] in ("requires", "forbids") for clause in found["clauses"]]  # fmt: skip


def test_a_complete_case_waits_for_the_slt(cast, at):
    proposal = submitted(cast, at)

    assert proposal.state == "submitted"
    assert [duty.kind for duty in duties.about(proposal)] == ["accounts.decide"]
    [duty] = duties.standing("accounts.decide", [proposal]).popitem()[1]
    assert (duty.role_key, duty.due_kind, "wildground-accounts-10" in duty.clauses) == (
        "slt", "none_promised", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("left_out", "clause"),
    [
        ("aim", "wildground-accounts-3"),
        ("intended_audience", "wildground-accounts-4"),
        ("promotion", "wildground-accounts-5"),
        ("run_by", "wildground-accounts-6"),
        ("visibility", "wildground-accounts-8"),
    ],
)
def test_a_missing_point_names_the_clause_that_asks_for_it(cast, at, left_out, clause):
    answers = {key: value for key, value in case(cast.amina, cast.bryn).items() if key != left_out}
    proposal = drafted(cast.amina, at, school=cast.school, answers=answers)

    with pytest.raises(Refused) as refused:
        submit_proposal(proposal=proposal, by=cast.amina, at=at)

    assert clause in clauses(refused)
    assert Proposal.objects.get().state == "draft"
    assert [row.event for row in current_scope().pending][-1] == "proposal.refused"


def test_the_program_needs_a_name_and_a_network_of_any_account(cast, at):
    proposal = drafted(
        cast.amina, at, school=cast.school, name="", network="", answers=case(cast.amina, cast.bryn)
    )

    with pytest.raises(BadInput) as wrong:
        submit_proposal(proposal=proposal, by=cast.amina, at=at)
    assert set(wrong.value.fields) == {"name", "network"}


def test_those_who_are_to_run_it_are_asked_to_read_and_the_slt_for_training(cast, at):
    submitted(cast, at)

    assert [duty.kind for duty in duties.mine(cast.amina, at.date())[0]] == [
        "policy.policy_read", "policy.policy_understood",
    ]  # fmt: skip
    assert sorted(duty.kind for duty in duties.mine(cast.owner, at.date())[0]) == [
        "accounts.decide", "policy.trained", "policy.trained",
    ]  # fmt: skip

    everybody_is_ready(cast, at)

    assert duties.mine(cast.amina, at.date())[0] == []
    assert [duty.kind for duty in duties.mine(cast.owner, at.date())[0]] == ["accounts.decide"]


def test_the_slt_approves_when_all_are_ready(cast, at):
    proposal = submitted(cast, at)
    everybody_is_ready(cast, at)

    decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))

    account = Account.objects.get()
    assert (proposal.state, proposal.decided_by, account.state) == ("approved", cast.owner, "waiting")
    assert "wildground-roles-10" in proposal.decision.clauses
    assert [(member.person, member.part) for member in account.team.order_by("id")] == [
        (cast.amina, "lead"), (cast.bryn, "lead"),
    ]  # fmt: skip
    assert duties.standing("accounts.decide", [proposal]).popitem()[1] == []


@pytest.mark.parametrize("kind", ["has_read", "has_understood", "trained"])
def test_without_proof_there_is_no_yes(cast, at, kind):
    proposal = submitted(cast, at)

    with pytest.raises(Refused) as refused:
        decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))

    wanted = {need["what"] for found in refused.value.kept.body["findings"] for need in found["needs"]}
    assert kind in wanted
    assert Proposal.objects.get().state == "submitted"


def test_a_no_needs_no_proof_but_a_reason(cast, at):
    proposal = submitted(cast, at)

    with pytest.raises(BadInput):
        decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=False, seen=seen(proposal))
    decide_proposal(
        proposal=proposal,
        by=cast.owner,
        at=at,
        approve=False,
        seen=seen(proposal),
        reason="There is one already.",
    )

    assert (proposal.state, proposal.reason, Account.objects.count()) == (
        "refused",
        "There is one already.",
        0,
    )


def test_staff_cannot_decide(cast, at):
    proposal = submitted(cast, at)
    with pytest.raises(NotAllowed):
        decide_proposal(proposal=proposal, by=cast.bryn, at=at, approve=True, seen=seen(proposal))


def test_a_member_of_the_slt_does_not_approve_their_own_proposal(cast, at):
    sian = someone("Sian Parry", "slt", "staff")
    answers = case(cast.amina, cast.bryn)
    proposal = submit_proposal(
        proposal=drafted(sian, at, school=cast.school, answers=answers), by=sian, at=at
    )
    everybody_is_ready(cast, at)

    with pytest.raises(Refused) as refused:
        decide_proposal(proposal=proposal, by=sian, at=at, approve=True, seen=seen(proposal))
    assert refused.value.kept.points["own_proposal"] == "not_permitted"


def test_what_changed_since_it_was_shown_is_not_decided_on(cast, at):
    proposal = submitted(cast, at)
    shown = seen(proposal)
    Proposal.objects.filter(pk=proposal.pk).update(name="Something else")
    proposal.refresh_from_db()

    with pytest.raises(NotNow, match="has changed"):
        decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=shown)


def test_a_decided_proposal_is_not_decided_again(cast, at):
    proposal = submitted(cast, at)
    decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=False, seen=seen(proposal), reason="No.")

    with pytest.raises(NotNow):
        decide_proposal(
            proposal=proposal, by=cast.owner, at=at, approve=False, seen=seen(proposal), reason="No."
        )


def test_of_two_copies_of_a_proposal_only_one_is_decided(cast, at):
    proposal = submitted(cast, at)
    stale = Proposal.objects.get(pk=proposal.pk)
    decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=False, seen=seen(proposal), reason="No.")

    with pytest.raises(NotNow):
        decide_proposal(proposal=stale, by=cast.owner, at=at, approve=False, seen=seen(stale), reason="No.")


def test_somebody_elses_proposal_cannot_be_handed_in_or_withdrawn(cast, at):
    proposal = drafted(cast.amina, at, school=cast.school)
    with pytest.raises(NotFound):
        submit_proposal(proposal=proposal, by=cast.bryn, at=at)
    with pytest.raises(NotFound):
        withdraw_proposal(proposal=proposal, by=cast.bryn, at=at)


def test_a_withdrawn_proposal_is_nobodys_duty(cast, at):
    proposal = submitted(cast, at)

    withdraw_proposal(proposal=proposal, by=cast.amina, at=at)

    assert [(duty.kind, duty.state) for duty in duties.about(proposal)] == [("accounts.decide", "cancelled")]


@pytest.fixture
def account(cast, at) -> Account:
    proposal = submitted(cast, at)
    everybody_is_ready(cast, at)
    decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))
    return Account.objects.get()


def test_the_administrator_opens_it_once_it_says_who_runs_it(cast, account, at):
    save_setup(
        account=account,
        by=cast.moderator,
        at=at,
        answers={"login_is_private": False, "says_who_runs_it": True},
    )

    open_account(account=account, by=cast.moderator, at=at)

    assert (account.state, account.opened_by) == ("open", cast.moderator)
    assert duties.mine(cast.moderator, at.date())[0] == []


def test_opening_lists_what_is_missing_and_from_whom(cast, account, at):
    kept = check_account(account=account, by=cast.moderator, at=at)

    held = {point for point, outcome in kept.points.items() if outcome == "hold"}
    assert held == {"says_who_runs_it", "private_login"}
    with pytest.raises(Refused):
        open_account(account=account, by=cast.moderator, at=at)


def test_staff_cannot_open_an_account(cast, account, at):
    with pytest.raises(NotAllowed):
        open_account(account=account, by=cast.amina, at=at)


def test_no_account_runs_under_a_private_login(cast, account, at):
    save_setup(
        account=account,
        by=cast.moderator,
        at=at,
        answers={"login_is_private": True, "says_who_runs_it": True},
    )
    with pytest.raises(Refused) as refused:
        open_account(account=account, by=cast.moderator, at=at)
    assert refused.value.kept.points["private_login"] == "not_permitted"


def test_a_question_that_this_policy_does_not_ask_is_refused(cast, account, at):
    with pytest.raises(BadInput) as wrong:
        save_setup(account=account, by=cast.moderator, at=at, answers={"uses_logo": True})
    assert list(wrong.value.fields) == ["uses_logo"]


def test_where_no_role_decides_training_is_asked_of_one_that_may_record_it(cast, at, monkeypatch):
    monkeypatch.setattr(proposal_form, "deciders", lambda book: ())
    submitted(cast, at)
    asked = {duty.role_key for duty in Duty.objects.filter(kind="policy.trained")}
    assert asked == {role_for_training(in_force(at.date()).book)}
