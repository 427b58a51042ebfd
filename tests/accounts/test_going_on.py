"""An account that was there before: nothing goes out on it until it is in order, or goes on by leave."""

from datetime import timedelta

import pytest

from schoolgate.accounts.before_opening import save_setup
from schoolgate.accounts.deciding import decide_proposal
from schoolgate.accounts.models import Account
from schoolgate.accounts.opening import open_account, readers_listed, say_what_it_is_for
from schoolgate.accounts.opening_facts import going_on_by_permission, standing_of, waits
from schoolgate.accounts.proposing import (
    ask_before_permission_ends,
    let_go_on,
    propose_account_there,
    save_proposal,
    submit_proposal,
    take_back_going_on,
)
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.duties.models import Duty
from schoolgate.people.assignments import give_assignment
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from tests.accounts.conftest import case, points_in_the_way, ready, seen
from tests.accounts.there import line, taken_in
from tests.cast import someone
from tests.second_presses import done_already, not_done

DAY = timedelta(days=1)
WHY = "The newsletter links to it, and the form is with the SLT."


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


@pytest.fixture
def there(at_federation, at):
    """Wildground; Cara runs two pages that were there before, for grown-ups."""
    with at_federation("wildground") as cast:
        cast.cara = someone("Cara", "staff")
        cast.first, cast.second = taken_in(
            cast.owner, at,
            *[line(f"https://www.facebook.com/{name}", "Cara", school="North", pupils="no", kind="school")
              for name in ("first", "second")],
        )  # fmt: skip
        cast.until = local_day(at) + 60 * DAY
        yield cast


def leave(cast, at, **more):
    given = {"account": cast.first, "by": cast.owner, "at": at, "until": cast.until, "reason": WHY}
    return let_go_on(**given | more)


def test_nothing_goes_out_until_leave_is_given_and_again_after_it_has_ended(there, at):
    on, both = local_day(at), [there.first.pk, there.second.pk]
    assert waits(both, on=on) == set(both)
    given = leave(there, at)
    assert waits(both, on=on) == {there.second.pk}
    assert waits(both, on=there.until) == {there.second.pk}
    assert waits(both, on=there.until + DAY) == set(both)
    assert (given.leave.role_key, given.leave.given_by, given.outstanding > 0) == ("slt", there.owner, True)


def test_leave_is_counted_until_it_is_over(there, at):
    on = local_day(at)
    given = leave(there, at)
    assert [row.account for row in going_on_by_permission(on)] == [there.first]
    told = standing_of(on)
    assert (told.there, told.regular, told.by_permission, told.waiting) == (2, 0, 1, 1)
    assert going_on_by_permission(there.until + DAY).count() == 0
    with not_done("has expired"):
        take_back_going_on(given=given, by=there.owner, at=at + (there.until - on + DAY))
    take_back_going_on(given=given, by=there.owner, at=at)
    assert going_on_by_permission(on).count() == 0
    with done_already():
        take_back_going_on(given=given, by=there.owner, at=at)


def test_only_the_role_that_decides_gives_leave(there, at):
    with pytest.raises(NotAllowed, match="SLT"):
        leave(there, at, by=there.cara)
    assert going_on_by_permission(local_day(at)).count() == 0


def test_a_leave_has_a_reason_and_an_end_within_a_year(there, at):
    on = local_day(at)
    for more, field in (
        ({"until": on}, "until"),
        ({"until": on + 367 * DAY}, "until"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 601}, "reason"),
    ):
        with pytest.raises(BadInput) as told:
            leave(there, at, **more)
        assert set(told.value.fields) == {field}
    assert leave(there, at, until=on + 366 * DAY).until == on + 366 * DAY


def test_what_the_law_asks_no_leave_covers(there, at):
    young, unknown = taken_in(
        there.owner, at,
        line("https://www.facebook.com/young", "Cara", school="North", pupils="yes", youngest="8"),
        line("https://www.facebook.com/unknown", "Cara", school="North"),
    )  # fmt: skip
    for account, outcome in ((young, "not_permitted"), (unknown, "hold")):
        with pytest.raises(Refused) as refused:
            leave(there, at, account=account)
        assert refused.value.kept.points["network_age"] == outcome
    say_what_it_is_for(
        account=unknown, by=there.cara, at=at, purpose="News", audience="Families", pupils=False
    )
    assert leave(there, at, account=unknown).account == unknown


def test_whoever_gave_it_is_asked_again_two_weeks_before_the_end(there, at):
    leave(there, at)
    early = at + 45 * DAY
    assert ask_before_permission_ends(at=early) == 0
    assert (ask_before_permission_ends(at=early + DAY), ask_before_permission_ends(at=early + DAY)) == (1, 0)
    duty = Duty.objects.get(kind="accounts.leave_ends")
    assert (duty.role_key, duty.due_day, duty.subject_account) == ("slt", there.until, there.first.pk)
    leave(there, early + 2 * DAY, until=there.until + 90 * DAY)
    duty.refresh_from_db()
    assert duty.state != "open"


def test_a_short_leave_asks_again_at_once(there, at):
    leave(there, at, until=local_day(at) + 14 * DAY)
    assert Duty.objects.filter(kind="accounts.leave_ends").count() == 1


def test_the_decision_is_asked_for_afterwards_and_then_the_account_is_in_order(there, at):
    dan, opener = someone("Dan", "staff"), someone("Mari", "administrator-moderator")
    with pytest.raises(Refused) as refused:
        open_account(account=there.first, by=opener, at=at)
    assert "approved" in points_in_the_way(refused)
    for person in (there.cara, dan):
        ready(person, there.version, trained_by=there.owner, at=at)
    proposal = propose_account_there(account=there.first, by=there.cara, at=at)
    assert (proposal.network, proposal.name) == ("facebook", there.first.name)
    with pytest.raises(NotNow, match="already"):
        propose_account_there(account=there.first, by=there.cara, at=at)
    save_proposal(
        proposal=proposal, by=there.cara, at=at, answers=case(there.cara, dan), pupils_in_audience=False
    )
    submit_proposal(proposal=proposal, by=there.cara, at=at)
    decide_proposal(proposal=proposal, by=there.owner, at=at, approve=True, seen=seen(proposal))
    assert Account.objects.count() == 2
    there.first.refresh_from_db()
    assert there.first.proposal == proposal
    account = Account.objects.get(pk=there.first.pk)
    save_setup(
        account=account, by=opener, at=at, handle=account.handle, address=account.address,
        answers={"says_who_runs_it": True, "login_is_private": False},
    )  # fmt: skip
    leave(there, at, account=account)
    open_account(account=account, by=opener, at=at)
    assert not Account.objects.get(pk=account.pk).being_set_up
    assert standing_of(local_day(at)).regular == 1
    assert going_on_by_permission(local_day(at)).count() == 0
    assert not Duty.objects.filter(kind="accounts.regular", subject_account=account.pk, state="open").exists()
    with pytest.raises(
        NotNow, match="This account meets the policy or is closed, so it needs no permission to continue"
    ):
        leave(there, at, account=account)


def test_what_an_account_is_for_is_asked_of_the_policy_that_lists_purposes(at_federation, at):
    with at_federation("llanidloes") as cast:
        cara = someone("Cara")
        (account,) = taken_in(cast.owner, at, line(run_by="Cara", school=cast.school.name))
        said = {"account": account, "by": cara, "at": at, "purpose": "News", "audience": "Families"}
        answers = say_what_it_is_for(**said, listed=["promote the school"], readers=["existing parents"])
        assert [kept.points for kept in answers] == [
            {"school_purpose": "permitted", "written_for": "silent"},
            {"school_purpose": "silent", "written_for": "permitted"},
        ]
        assert DecisionRecord.objects.filter(situation="account.purpose").count() == 2
        with pytest.raises(BadInput):
            say_what_it_is_for(**said, listed=["sell cakes"])
        with pytest.raises(BadInput):
            say_what_it_is_for(**said, readers=["readers"])


def test_only_readers_that_the_policy_names_are_offered(at_federation, at):
    with at_federation("llanidloes") as cast:
        someone("Cara")
        (account,) = taken_in(cast.owner, at, line(run_by="Cara", school=cast.school.name))
        assert readers_listed(account, book_in_scope()) == (
            "existing parents", "potential parents", "existing pupils", "potential pupils", "wider community",
        )  # fmt: skip


def test_where_only_the_own_word_counts_nobody_gives_leave_for_the_head(at_federation, at):
    with at_federation("learn-to-live") as cast:
        someone("Cara")
        deputy = someone("Dee")
        (account,) = taken_in(cast.owner, at, line(run_by="Cara", school="North", pupils="no"))
        give_assignment(
            by=cast.owner, at=at, person=deputy, role_key="headteacher", from_day=local_day(at),
            acting_for=cast.owner,
        )  # fmt: skip
        with pytest.raises(NotAllowed, match="permission can only come from"):
            let_go_on(account=account, by=deputy, at=at, until=local_day(at) + DAY, reason=WHY)
        let_go_on(account=account, by=cast.owner, at=at, until=local_day(at) + DAY, reason=WHY)
        with pytest.raises(NotNow, match="no one decides"):
            propose_account_there(account=account, by=cast.owner, at=at)
