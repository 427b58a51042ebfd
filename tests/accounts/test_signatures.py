"""Wootton's form once it is signed: a change ends signatures, and they are given again in order."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.deciding import decide_proposal, record_talk, send_back, sign_proposal
from schoolgate.accounts.models import Signature, SignatureVoided
from schoolgate.accounts.proposing import change_proposal, would_change
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.tenancy import current_scope
from schoolgate.duties import queries as duties
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.models import DecisionRecord
from tests.accounts.conftest import points_in_the_way, seen
from tests.accounts.test_wootton import appendix_b, handed_in
from tests.cast import give, someone

LATER = timedelta(days=2)


def kinds(person, at) -> list[str]:
    return [duty.kind for duty in duties.mine(person, at.date())[0] if duty.kind.startswith("accounts.")]


@pytest.fixture
def signed(wootton, at):
    """Signed by both managers; `.proposal`."""
    wootton.proposal = handed_in(wootton, at)
    for person in (wootton.line_manager, wootton.senior):
        sign_proposal(proposal=wootton.proposal, by=person, at=at, seen=seen(wootton.proposal))
    return wootton


def changed(cast, at, **fields):
    """The author changes the form, having seen which signatures fall."""
    given = {"answers": appendix_b(cast, at, **fields)}
    told = would_change(proposal=cast.proposal, by=cast.author, at=at + LATER, given=given)
    change_proposal(
        proposal=cast.proposal, by=cast.author, at=at + LATER,
        falling=[one.pk for one in told.falling], **given,
    )  # fmt: skip
    return told


def test_what_falls_is_told_with_its_clauses_before_anything_is_saved(signed, at):
    given = {"answers": appendix_b(signed, at, aim="To sell tickets.")}
    told = would_change(proposal=signed.proposal, by=signed.author, at=at, given=given)

    assert [(one.key, one.before, one.after) for one in told.fields] == [
        ("aim", "As we agreed.", "To sell tickets.")
    ]
    assert [row.step for row in told.falling] == [1, 2]
    assert {"wootton-b-56", "wootton-b-61"} <= set(told.said.clauses)
    signed.proposal.refresh_from_db()
    assert signed.proposal.answers["aim"] == "As we agreed."
    assert not SignatureVoided.objects.exists()


def test_a_change_that_was_not_told_is_not_saved(signed, at):
    with pytest.raises(NotNow, match="weren’t told about"):
        change_proposal(
            proposal=signed.proposal, by=signed.author, at=at,
            answers=appendix_b(signed, at, aim="To sell tickets."),
        )  # fmt: skip
    assert signed.proposal.signatures.filter(voided=None).count() == 2


def test_a_changed_aim_ends_both_signatures_and_they_stay_on_record(signed, at):
    changed(signed, at, aim="To sell tickets.")

    assert Signature.objects.count() == 2
    assert list(SignatureVoided.objects.order_by("id").values_list("signature__step", "changed")) == [
        (1, ["aim"]), (2, ["aim"]),
    ]  # fmt: skip
    kept = DecisionRecord.objects.filter(situation="account.sign").latest("id")
    assert {"wootton-b-56", "wootton-b-61"} <= set(kept.clauses)
    events = [row.event for row in current_scope().pending]
    assert events.count("proposal.signature_voided") == 2
    assert kinds(signed.line_manager, at + LATER) == ["accounts.sign_again"]
    assert kinds(signed.senior, at + LATER) == ["accounts.sign_again"]
    assert kinds(signed.owner, at + LATER) == []


def test_signed_again_in_order_it_goes_on_to_the_principal(signed, at):
    changed(signed, at, aim="To sell tickets.")
    proposal, later = signed.proposal, at + LATER
    with pytest.raises(Refused) as early:
        sign_proposal(proposal=proposal, by=signed.senior, at=later, seen=seen(proposal))
    assert points_in_the_way(early) == {"order"}

    for person in (signed.line_manager, signed.senior):
        sign_proposal(proposal=proposal, by=person, at=later, seen=seen(proposal))

    assert kinds(signed.line_manager, later) == []
    assert kinds(signed.owner, later) == ["accounts.decide"]
    record_talk(
        proposal=proposal,
        by=signed.owner,
        at=later,
        covers=["audience", "contributors", "purpose", "content"],
    )
    decide_proposal(
        proposal=proposal, by=signed.owner, at=later, approve=True, seen=seen(proposal), reason_is_strong=True
    )
    standing = proposal.signatures.filter(voided=None).order_by("step")
    assert [(row.step, row.edition.number, row.round) for row in standing] == [
        (1, 2, 2),
        (2, 2, 2),
        (3, 2, 2),
    ]


def test_the_principal_does_not_decide_on_signatures_that_fell(signed, at):
    changed(signed, at, content_description="Adverts.")
    with pytest.raises(Refused) as refused:
        decide_proposal(
            proposal=signed.proposal, by=signed.owner, at=at + LATER, approve=True,
            seen=seen(signed.proposal), reason_is_strong=True,
        )  # fmt: skip
    assert "order" in points_in_the_way(refused)


def test_the_principal_who_read_the_old_text_is_refused_by_the_clause(signed, at):
    shown = seen(signed.proposal)
    changed(signed, at, aim="To sell tickets.")
    with pytest.raises(Refused) as refused:
        decide_proposal(
            proposal=signed.proposal, by=signed.owner, at=at + LATER, approve=True, seen=shown,
            reason_is_strong=True,
        )  # fmt: skip
    assert {"weighing", "order"} <= points_in_the_way(refused)
    assert "wootton-b-50" in refused.value.kept.clauses


def test_a_new_line_manager_signs_in_place_of_the_one_before(signed, at):
    new = someone("Obi Hall")
    give(new, "line-manager", managed=signed.author)
    changed(signed, at, line_manager=new.pk)

    assert kinds(new, at + LATER) == ["accounts.sign"]
    sign_proposal(proposal=signed.proposal, by=new, at=at + LATER, seen=seen(signed.proposal))
    assert kinds(signed.line_manager, at + LATER) == []
    assert signed.proposal.signatures.get(step=1, voided=None).by == new


def test_where_the_signer_lost_the_role_the_next_holder_is_asked(signed, at):
    RoleAssignment.objects.filter(person=signed.senior).delete()
    new = someone("Kit Dale", "other-senior-manager")
    changed(signed, at, aim="To sell tickets.")
    sign_proposal(proposal=signed.proposal, by=signed.line_manager, at=at + LATER, seen=seen(signed.proposal))
    assert kinds(new, at + LATER) == ["accounts.sign"]
    sign_proposal(proposal=signed.proposal, by=new, at=at + LATER, seen=seen(signed.proposal))
    assert kinds(signed.senior, at + LATER) == []


def test_nothing_changed_changes_nothing(signed, at):
    told = changed(signed, at)
    assert (told.fields, told.falling) == ((), ())
    assert signed.proposal.editions.count() == 1


def test_a_change_that_leaves_something_out_is_refused_like_a_handing_in(signed, at):
    with pytest.raises(Refused) as refused:
        changed(signed, at, administrators=[signed.team[0].pk])
    assert points_in_the_way(refused) == {"administrator_number"}
    assert signed.proposal.signatures.filter(voided=None).count() == 2


def test_only_its_writer_changes_a_proposal_and_only_while_it_waits(signed, at):
    with pytest.raises(NotFound):
        change_proposal(proposal=signed.proposal, by=signed.senior, at=at, name="Mine now")
    decide_proposal(
        proposal=signed.proposal, by=signed.owner, at=at, approve=False, seen=seen(signed.proposal),
        reason="Not this year.",
    )  # fmt: skip
    with pytest.raises(NotNow):
        change_proposal(proposal=signed.proposal, by=signed.author, at=at, name="Late")


@pytest.mark.parametrize("left_out", ["aims", "content"])
def test_one_declaration_is_not_signed_in_part(wootton, at, left_out):
    proposal = handed_in(wootton, at)
    with pytest.raises(Refused) as refused:
        sign_proposal(
            proposal=proposal, by=wootton.line_manager, at=at, seen=seen(proposal), leaves_out=[left_out]
        )
    assert points_in_the_way(refused) == {"signature_covers"}
    assert {"aims": "wootton-b-56", "content": "wootton-b-57"}[left_out] in refused.value.kept.clauses
    assert not Signature.objects.exists()


def test_a_signature_rests_on_the_clauses_of_its_day_and_of_what_it_approves(wootton, at):
    proposal = handed_in(wootton, at)
    sign_proposal(proposal=proposal, by=wootton.line_manager, at=at, seen=seen(proposal))
    row = next(row for row in current_scope().pending if row.event == "proposal.signed")
    assert {"wootton-b-55", "wootton-b-56", "wootton-b-57"} <= set(row.clauses)


def test_who_does_not_sign_says_why_and_the_author_puts_it_right(wootton, at):
    wootton.proposal = handed_in(wootton, at)
    with pytest.raises(BadInput):
        send_back(proposal=wootton.proposal, by=wootton.line_manager, at=at, words=" ")
    send_back(proposal=wootton.proposal, by=wootton.line_manager, at=at, words="Say who reads it.")
    assert kinds(wootton.author, at) == ["accounts.put_right"]

    changed(wootton, at, aim="To tell families.")
    assert kinds(wootton.author, at + LATER) == []


def test_somebody_without_a_part_sends_nothing_back(wootton, at):
    proposal = handed_in(wootton, at)
    with pytest.raises(NotAllowed):
        send_back(proposal=proposal, by=wootton.team[0], at=at, words="No.")


def test_the_database_keeps_one_standing_signature_a_step(signed, at):
    changed(signed, at, aim="To sell tickets.")
    proposal = signed.proposal
    again = sign_proposal(proposal=proposal, by=signed.line_manager, at=at + LATER, seen=seen(proposal))
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            proposal=proposal, step=1, role_key="line-manager", by=signed.team[0], at=at, round=2,
            seen_digest=seen(proposal), decision=again.decision, instead_of=again.instead_of,
        )  # fmt: skip
