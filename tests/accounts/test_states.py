"""The tables of moves, walked: every move is made once, every other one is refused."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.models import (
    ACCOUNT_MOVES,
    PROPOSAL_MOVES,
    Account,
    AccountState,
    Proposal,
    ProposalState,
)
from schoolgate.accounts.opening_questions import QUESTIONS, questions, read_setup
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.moves import check_moves, move
from schoolgate.policy.asking import record_decision
from schoolgate.rulebook import book, books
from schoolgate.rulebook.situations import SITUATIONS


@pytest.fixture
def cast(at_federation):
    with at_federation("wildground") as cast:
        yield cast


def test_the_tables_reach_every_state():
    check_moves(ProposalState, PROPOSAL_MOVES)
    check_moves(AccountState, ACCOUNT_MOVES)


def proposal_in(state: str, cast, at) -> Proposal:
    given = {"by": cast.owner, "started_at": at, "saved_at": at, "name": "Y4", "network": "noticeboard"}
    decided = state in ("approved", "refused", "noted")
    if state not in ("draft", "withdrawn"):
        given |= {"submitted_at": at, "version": cast.version}
    if decided:
        given |= {"decided_at": at, "decided_by": cast.owner, "reason": "No." if state == "refused" else ""}
        given["decision"] = record_decision(
            "account.decide", {}, at=at, by=cast.owner, subject="accounts.proposal:1"
        )
    return Proposal.objects.create(state=state, **given)


def account_in(state: str, cast, at) -> Account:
    given = {"name": "Y4", "network": "noticeboard", "kind": "school", "made_at": at}
    if state == "open":
        given |= {"opened_at": at, "opened_by": cast.owner}
    if state == "closed":
        given |= {"closed_at": at}
    return Account.objects.create(state=state, **given)


def test_only_the_moves_of_the_table_can_be_made(cast, at):
    for make, states, moves in (
        (proposal_in, ProposalState, PROPOSAL_MOVES),
        (account_in, AccountState, ACCOUNT_MOVES),
    ):
        for start, to in product(states, states):
            row = make(start, cast, at)
            if to in moves[start]:
                other = make(to, cast, at)
                same = ("state", "id", "proposal", "federation")
                fields = [field.name for field in row._meta.concrete_fields if field.name not in same]
                changes = {name: getattr(other, name) for name in fields}
                assert move(row, to=to, moves=moves, at=at, **changes).state == to
            else:
                with pytest.raises(NotNow):
                    move(row, to=to, moves=moves, at=at)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "noted"}, "accounts_proposal_decided_as_its_state_says"),
        ({"state": "submitted"}, "accounts_proposal_submitted_complete"),
    ],
)
def test_the_database_refuses_a_proposal_that_contradicts_itself(cast, at, change, constraint):
    row = proposal_in("draft", cast, at)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(**change)


def test_the_database_refuses_a_refusal_without_a_reason(cast, at):
    row = proposal_in("refused", cast, at)
    with pytest.raises(IntegrityError, match="accounts_refusal_gives_its_reason"), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(reason="")


def test_the_database_refuses_an_open_account_that_nobody_opened(cast, at):
    row = account_in("waiting", cast, at)
    with pytest.raises(IntegrityError, match="opened_as_its_state_says"), transaction.atomic():
        Account.objects.filter(pk=row.pk).update(state="open")


def test_the_database_refuses_two_accounts_at_one_address(cast, at):
    first, second = account_in("waiting", cast, at), account_in("waiting", cast, at)
    Account.objects.filter(pk=first.pk).update(address="https://a.example/y4")
    with pytest.raises(IntegrityError, match="accounts_address_once"), transaction.atomic():
        Account.objects.filter(pk=second.pk).update(address="https://a.example/y4")


def test_every_question_of_the_opening_is_asked_where_some_rule_listens_or_is_about_the_sign_in():
    asked = {question.key for key in books() for question in questions(book(key), "bluesky")}

    assert asked == {question.key for question in QUESTIONS}
    for question in QUESTIONS:
        assert question.asked_at or question.of_sign_in
        for situation, point in question.asked_at:
            assert point in SITUATIONS[situation].points


def test_a_setup_is_read_by_its_questions():
    given = {"login_is_private": False, "says_who_runs_it": None}

    assert read_setup(book("wildground"), given) == {"login_is_private": False}
    with pytest.raises(BadInput):
        read_setup(book("wildground"), {"says_who_runs_it": "perhaps"})
