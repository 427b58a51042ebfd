"""People who aren't employed take a part in a site once someone who decides on it has allowed it."""

from datetime import timedelta

import pytest

from schoolgate.accounts.deciding import decide_proposal, record_talk, sign_proposal
from schoolgate.accounts.proposals import allow_part, end_part, people_to_allow
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.policy.queries import in_force
from tests.accounts.conftest import case, drafted, points_in_the_way, seen
from tests.accounts.test_wootton import handed_in
from tests.cast import someone
from tests.conftest import recorded


@pytest.fixture
def parent(wootton):
    return someone("Ray Hill", relation="parent")


@pytest.fixture
def waiting(wootton, parent, at):
    """Wootton's form with a parent among its moderators, signed by both managers and talked over."""
    proposal = handed_in(wootton, at, moderators=[wootton.team[0].pk, parent.pk])
    for person in (wootton.line_manager, wootton.senior):
        sign_proposal(proposal=proposal, by=person, at=at, seen=seen(proposal))
    covers = ["audience", "contributors", "purpose", "content"]
    record_talk(proposal=proposal, by=wootton.owner, at=at, covers=covers)
    return proposal


def approved(proposal, cast, at):
    return decide_proposal(
        proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal), reason_is_strong=True
    )


def shown(proposal, at):
    return people_to_allow(proposal, in_force(at.date()).book, on=at.date())


def test_a_parent_without_permission_holds_the_last_signature_up(wootton, waiting, parent, at):
    assert [(one.person, one.leave) for one in shown(waiting, at)] == [(parent, None)]
    with pytest.raises(Refused) as refused:
        approved(waiting, wootton, at)
    assert points_in_the_way(refused) == {"approved_people"}
    assert "wootton-b-37" in refused.value.kept.clauses


def test_with_permission_the_parent_takes_the_part(wootton, waiting, parent, at):
    allow_part(proposal=waiting, person=parent, by=wootton.owner, at=at, to_day=None)
    assert approved(waiting, wootton, at).state == "approved"
    (row,) = [one for one in recorded() if one.event == "proposal.part_allowed"]
    assert row.clauses == ["wootton-b-37", "wootton-a3-3"]


def test_permission_counts_up_to_and_including_its_last_day(wootton, waiting, parent, at):
    last = at.date() + timedelta(days=3)
    allow_part(proposal=waiting, person=parent, by=wootton.owner, at=at, to_day=last)
    with pytest.raises(Refused) as refused:
        approved(waiting, wootton, at + timedelta(days=4))
    assert points_in_the_way(refused) == {"approved_people"}
    assert approved(waiting, wootton, at + timedelta(days=3)).state == "approved"


def test_a_permission_that_was_ended_counts_no_more(wootton, waiting, parent, at):
    allow_part(proposal=waiting, person=parent, by=wootton.owner, at=at, to_day=None)
    end_part(proposal=waiting, person=parent, by=wootton.owner, at=at)
    assert shown(waiting, at)[0].leave is None
    with pytest.raises(NotNow):
        end_part(proposal=waiting, person=parent, by=wootton.owner, at=at)
    with pytest.raises(Refused):
        approved(waiting, wootton, at)


def test_only_who_decides_on_it_allows_a_part(wootton, waiting, parent, at):
    for person in (wootton.author, wootton.team[0], wootton.senior):
        with pytest.raises(NotAllowed):
            allow_part(proposal=waiting, person=parent, by=person, at=at, to_day=None)


def test_nobody_allows_a_person_who_is_employed_or_not_named(wootton, waiting, at):
    for person in (wootton.team[0], someone("Not Named", relation="parent")):
        with pytest.raises(NotFound):
            allow_part(proposal=waiting, person=person, by=wootton.owner, at=at, to_day=None)


def test_the_last_day_is_not_in_the_past(wootton, waiting, parent, at):
    with pytest.raises(BadInput):
        allow_part(
            proposal=waiting, person=parent, by=wootton.owner, at=at, to_day=at.date() - timedelta(days=1)
        )


def test_a_second_permission_replaces_the_first(wootton, waiting, parent, at):
    allow_part(proposal=waiting, person=parent, by=wootton.owner, at=at, to_day=None)
    last = at.date() + timedelta(days=30)
    allow_part(proposal=waiting, person=parent, by=wootton.owner, at=at, to_day=last)
    assert shown(waiting, at)[0].leave.to_day == last


def test_a_policy_that_asks_for_no_permission_asks_for_none(at_federation, at):
    with at_federation("wildground") as cast:
        parent = someone("Ray Hill", relation="parent")
        staff = someone("Amina Khan", "staff")
        proposal = drafted(staff, at, school=cast.school, answers=case(parent))
        assert shown(proposal, at) == []
