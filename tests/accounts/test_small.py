"""Taking part elsewhere, looking for contributors, befriending an organisation: a yes where the policy wants
one."""

from datetime import date

import pytest

from schoolgate.accounts.models import Account, SmallKind, SmallProposal, TeamMember
from schoolgate.accounts.small import (
    approvers,
    decide_small,
    do_small,
    guidance,
    put_in_small,
    small_for,
    small_proposals,
    withdraw_small,
    words_digest,
)
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.tenancy import current_scope
from schoolgate.duties import queries as duties
from schoolgate.policy.queries import in_force
from schoolgate.policy.saying import rule
from tests.accounts.conftest import give, points_in_the_way
from tests.cast import someone

CHECKED = date(2026, 11, 2)


def account_of(cast, at, *team, name="PE club", **more) -> Account:
    """An open account of the school; `team`: (person, part)."""
    account = Account.objects.create(
        name=name, network="facebook", kind="school", school=cast.school, state="open",
        made_at=at, opened_at=at, opened_by=cast.owner, **more,
    )  # fmt: skip
    for person, part in team:
        TeamMember.objects.create(account=account, person=person, part=part, from_day=at.date())
    return account


@pytest.fixture
def wootton(at_federation, at):
    with at_federation("wootton") as cast:
        cast.sato = someone("Ken Sato", "staff")
        cast.senior = someone("Pat Moor", "nominated-senior-manager")
        cast.account = account_of(cast, at, (cast.sato, "moderator"))
        yield cast


def part_taken(cast, at, **changes) -> SmallProposal:
    given = {
        "kind": SmallKind.TAKE_PART,
        "name": "Town museum forum",
        "words": "To tell what our history club finds.",
        "for_school": True,
        "checked_on": CHECKED,
        "open_points": ["No word on who moderates at night"],
        **changes,
    }
    return put_in_small(by=cast.sato, at=at, **given)


def call(cast, at, **changes) -> SmallProposal:
    given = {
        "kind": SmallKind.CALL,
        "name": "Guest writers",
        "words": "We are looking for guest writers.",
        "account": cast.account,
        "through_social_media": True,
        **changes,
    }
    return put_in_small(by=cast.sato, at=at, **given)


def say_yes(cast, small, at, **more) -> SmallProposal:
    return decide_small(small=small, by=cast.owner, at=at, approve=True, seen=words_digest(small), **more)


def open_duties(small) -> list[tuple[str, str, str]]:
    return [(duty.role_key, duty.state, duty.due_kind) for duty in duties.about(small)]


def test_taking_part_elsewhere_waits_for_whoever_the_policy_names_with_no_time(wootton, at):
    small = part_taken(wootton, at)

    assert small.state == "waiting"
    assert open_duties(small) == [
        ("principal", "open", "none_promised"),
        ("nominated-senior-manager", "open", "none_promised"),
    ]
    [duty, _other] = duties.about(small)
    assert duty.clauses == ["wootton-a3-6"]


def test_the_check_against_the_guidance_is_asked_for_with_its_clause(wootton, at):
    with pytest.raises(Refused) as refused:
        part_taken(wootton, at, checked_on=None)

    assert "site_guidance" in points_in_the_way(refused)
    assert SmallProposal.objects.count() == 0
    assert [row.event for row in current_scope().pending][-1] == "smallproposal.refused"


def test_a_yes_is_kept_with_its_clause_and_ends_the_waiting_of_both_roles(wootton, at):
    small = say_yes(wootton, part_taken(wootton, at), at)

    assert (small.state, small.decided_by, small.decided_role_key) == ("approved", wootton.owner, "principal")
    assert "wootton-a3-6" in small.decision.clauses
    assert [state for _role, state, _due in open_duties(small)] == ["discharged", "discharged"]
    [row] = [row for row in current_scope().pending if row.event == "smallproposal.approved"]
    assert "wootton-a3-6" in row.clauses


def test_the_nominated_senior_manager_may_say_yes_too(wootton, at):
    small = part_taken(wootton, at)
    decide_small(small=small, by=wootton.senior, at=at, approve=True, seen=words_digest(small))
    assert small.state == "approved"


def test_a_no_gives_its_reason_and_a_second_try_names_the_first(wootton, at):
    small = call(wootton, at)
    with pytest.raises(BadInput):
        decide_small(small=small, by=wootton.owner, at=at, approve=False, seen=words_digest(small))
    decide_small(
        small=small, by=wootton.owner, at=at, approve=False, seen=words_digest(small), reason="Not now."
    )

    again = call(wootton, at, words="We are looking for two guest writers.", again_of=small)

    assert (small.state, small.reason, again.again_of) == ("refused", "Not now.", small)


def test_staff_cannot_decide_and_nobody_decides_their_own(wootton, at):
    give(wootton.sato, "nominated-senior-manager")
    small = call(wootton, at)
    other = someone("Amy Reed", "staff")

    for person in (other, wootton.sato):
        with pytest.raises(NotAllowed):
            decide_small(small=small, by=person, at=at, approve=True, seen=words_digest(small))
    assert SmallProposal.objects.get().state == "waiting"


def test_words_that_changed_since_they_were_shown_are_not_decided_on(wootton, at):
    small = call(wootton, at)
    shown = words_digest(small)
    small.words = "Something else"

    with pytest.raises(NotNow, match="has changed"):
        decide_small(small=small, by=wootton.owner, at=at, approve=True, seen=shown)


def test_an_approved_call_goes_out_and_is_kept_as_done(wootton, at):
    small = say_yes(wootton, call(wootton, at), at)
    do_small(small=small, by=wootton.sato, at=at)
    assert (small.state, small.done_by) == ("done", wootton.sato)


def test_a_call_that_nobody_approved_does_not_go_out(wootton, at):
    small = call(wootton, at)
    with pytest.raises(Refused) as refused:
        do_small(small=small, by=wootton.sato, at=at)
    assert points_in_the_way(refused) == {"call_approved"}


def test_a_yes_to_other_words_does_not_count(wootton, at):
    small = say_yes(wootton, call(wootton, at), at)
    SmallProposal.objects.filter(pk=small.pk).update(words="Anybody may write, come along.")
    small.refresh_from_db()

    with pytest.raises(Refused):
        do_small(small=small, by=wootton.sato, at=at)


def test_a_call_that_stays_off_social_media_needs_no_yes(wootton, at):
    small = call(wootton, at, through_social_media=False)
    assert (small.state, open_duties(small)) == ("noted", [])


def test_whether_the_long_form_is_needed_as_well_waits_for_a_ruling(wootton, at):
    small = say_yes(wootton, part_taken(wootton, at), at)

    with pytest.raises(Refused) as refused:
        do_small(small=small, by=wootton.sato, at=at)
    assert refused.value.kept.points["form_approved"] == "refer"

    rule(tension="wootton-tension-13", allows=True, words="The yes is enough.", by=wootton.owner, at=at)
    do_small(small=small, by=wootton.sato, at=at)
    assert small.state == "done"


def test_what_is_withdrawn_is_nobodys_task(wootton, at):
    small = call(wootton, at)
    with pytest.raises(NotFound):
        withdraw_small(small=small, by=wootton.owner, at=at)

    withdraw_small(small=small, by=wootton.sato, at=at)

    assert {state for _role, state, _due in open_duties(small)} == {"cancelled"}


def test_a_small_proposal_is_seen_by_who_is_concerned(wootton, at):
    small = call(wootton, at)
    outsider = someone("Amy Reed", "staff")

    assert list(small_proposals(wootton.senior, at.date())) == [small]
    assert list(small_proposals(outsider, at.date())) == []
    with pytest.raises(NotFound):
        small_for(outsider, small.pk, on=at.date())


@pytest.mark.parametrize("key", ["wildground", "boroughbridge", "learn-to-live", "llanidloes"])
@pytest.mark.parametrize("kind", list(SmallKind))
def test_where_the_policy_asks_for_no_approval_nothing_is_opened(at_federation, at, key, kind):
    with at_federation(key) as cast:
        cast.sato = cast.owner
        book = in_force(at.date()).book
        assert (approvers(book, kind), guidance(book)) == ((), None)
        account = None if kind is SmallKind.TAKE_PART else account_of(cast, at, (cast.owner, "lead"))
        give(cast.owner, next(role.key for role in book.roles if "propose_account" in role.capacities))

        with pytest.raises(NotNow, match="doesn’t ask for approval"):
            put_in_small(by=cast.owner, at=at, kind=kind, name="A", words="B", account=account)
        assert SmallProposal.objects.count() == 0
