"""What shows that an account is ours: the program looks each week, a person where it cannot."""

from datetime import timedelta

import pytest

from schoolgate.accounts import connecting
from schoolgate.accounts.looking import Opener, PageSeen
from schoolgate.accounts.models import Account, AccountMark, FormerAddress, Mark, SeenThere, TeamMember
from schoolgate.accounts.register import give_code, move_account, vouch_for_mark
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.outside.client import CannotRead
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.jobs.daily import marks
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import DecisionRecord
from tests.cast import someone
from tests.conftest import recorded
from tests.working import do_jobs

WEEK = timedelta(days=7)


@pytest.fixture
def open_one(at):
    """`open_one(network, **more)`: an open account with its lead, in scope."""

    def make(network="mastodon", **more):
        lead = someone(f"Lena {network}", "staff")
        fields = {"address": f"https://{network}.example/@north", **more}
        account = Account.objects.create(
            name="North", network=network, kind="school", made_at=at, state="open", opened_at=at,
            opened_by=lead, **fields,
        )  # fmt: skip
        TeamMember.objects.create(account=account, person=lead, part="lead", from_day=at.date())
        return account, lead

    return make


def page(ours: str, code: str = "") -> PageSeen:
    return PageSeen("https://mastodon.example/@north", (ours,) if ours else (), f"Our school. {code}")


def test_the_program_sees_the_link_and_the_code_and_looks_again_after_a_week(federation, open_one, at):
    with scope(federation.pk):
        account, lead = open_one()
        code = give_code(account=account, by=lead, at=at).code
    ours = connecting.register_address(federation)
    seen = connecting.look(federation.pk, account.pk, at=at, opener=lambda _: page(ours, code))

    assert seen == {Mark.LINK: SeenThere.THERE, Mark.TEXT: SeenThere.THERE}
    with scope(federation.pk):
        assert connecting.due_for_a_look(at=at + WEEK - timedelta(seconds=1)) == []
        assert connecting.due_for_a_look(at=at + WEEK) == [account.pk]


def test_loss_of_the_mark_is_told_to_the_lead_once_and_over_when_it_is_back(federation, open_one, at):
    with scope(federation.pk):
        _account, lead = open_one()
    ours = connecting.register_address(federation)
    for day, there in enumerate([ours, "", "", ours]):
        marks(at + day * WEEK)
        do_jobs(at + day * WEEK, opener=lambda _, there=there: page(there))
        with scope(federation.pk):
            states = list(Duty.objects.filter(kind="accounts.mark_lost").values_list("state", "person"))
        assert states == [[], [("open", lead.pk)], [("open", lead.pk)], [("discharged", lead.pk)]][day]
    with scope(federation.pk):
        told = [row.event for row in recorded() if row.event.startswith("account.mark")]
    assert told == ["account.mark_seen", "account.mark_lost", "account.mark_seen"]


def test_a_page_that_cannot_be_read_is_no_loss_and_keeps_the_day_of_the_last_look(federation, open_one, at):
    with scope(federation.pk):
        account, _lead = open_one()
    ours = connecting.register_address(federation)

    def closed_door(_address):
        raise CannotRead("unreachable")

    connecting.look(federation.pk, account.pk, at=at, opener=lambda _: page(ours))
    connecting.look(federation.pk, account.pk, at=at + WEEK, opener=closed_door)
    with scope(federation.pk):
        mark = AccountMark.objects.get(account=account, mark=Mark.LINK)

        assert (mark.seen, mark.looked_at, mark.tried_at) == (SeenThere.THERE, at, at + WEEK)
        assert not Duty.objects.exists()


def test_trouble_with_one_page_keeps_no_other_from_its_turn(federation, open_one, at):
    with scope(federation.pk):
        first, _ = open_one()
        second = Account.objects.create(
            name="B", network="mastodon", kind="school", made_at=at, state="open", opened_at=at,
            opened_by=first.opened_by, address="https://b.example/@b",
        )  # fmt: skip
    ours = connecting.register_address(federation)
    seen = []

    def opener(address):
        seen.append(address)
        if address == first.address:
            raise CannotRead("too_slow")
        return page(ours)

    marks(at)
    do_jobs(at, opener=opener)
    assert seen == [first.address, second.address]
    with scope(federation.pk):
        assert AccountMark.objects.get(account=second, mark=Mark.LINK).seen == SeenThere.THERE


def test_on_a_real_server_of_this_machine_through_an_opener_that_may_go_there(
    federation, open_one, at, httpserver
):
    ours = connecting.register_address(federation)
    httpserver.expect_request("/@north").respond_with_data(
        f'<a rel="me" href="{ours}">register</a>', content_type="text/html"
    )
    with scope(federation.pk):
        account, _lead = open_one(address=httpserver.url_for("/@north"))
    opener = Opener(schemes=("http",), ports=(), may=lambda ip: True)

    assert connecting.look(federation.pk, account.pk, at=at, opener=opener)[Mark.LINK] == SeenThere.THERE
    assert connecting.look(federation.pk, account.pk, at=at)[Mark.LINK] == SeenThere.UNREADABLE


def test_networks_are_not_looked_at_inside_a_transaction(federation, open_one, at):
    with scope(federation.pk), pytest.raises(RuntimeError):
        connecting.look(federation.pk, 1, at=at)


def test_a_person_vouches_where_no_program_can_look(federation, open_one, at):
    with scope(federation.pk):
        account, lead = open_one("facebook", address="https://www.facebook.com/north")
        with pytest.raises(BadInput):
            vouch_for_mark(account=account, by=lead, at=at, mark=Mark.TEXT, there=True)
        code = give_code(account=account, by=lead, at=at)
        assert give_code(account=account, by=lead, at=at + WEEK).code == code.code
        mark = vouch_for_mark(account=account, by=lead, at=at, mark=Mark.TEXT, there=True)

        assert (mark.by, mark.looked_at, mark.seen) == (lead, at, SeenThere.THERE)
        assert connecting.due_for_a_look(at=at + 10 * WEEK) == []


def test_who_has_no_part_in_the_account_vouches_for_nothing(federation, open_one, at):
    with scope(federation.pk):
        account, _lead = open_one("facebook", address="https://www.facebook.com/north")
        stranger = someone("Noel Stranger", "staff")
        with pytest.raises(NotAllowed):
            give_code(account=account, by=stranger, at=at)
        with pytest.raises(NotAllowed):
            vouch_for_mark(account=account, by=stranger, at=at, mark=Mark.POLICY_LINK, there=True)


def test_the_loss_of_the_policys_own_link_is_kept_with_its_clause(make_federation, open_one, at):
    with scope(make_federation("learn-to-live", "learn-to-live").pk):
        adopt(by=someone("Hana Head", "headteacher"), at=at)
        account, lead = open_one("facebook", address="https://www.facebook.com/north")
        Account.objects.filter(pk=account.pk).update(kind="teaching")
        account.refresh_from_db()
        vouch_for_mark(account=account, by=lead, at=at, mark=Mark.POLICY_LINK, there=True)
        vouch_for_mark(account=account, by=lead, at=at + WEEK, mark=Mark.POLICY_LINK, there=False)
        kept = DecisionRecord.objects.get(situation="account.looked_up")

        assert kept.points["official_mark"] == "hold"
        assert "learn-to-live-sanctioned-23" in Duty.objects.get(kind="accounts.mark_lost").clauses


def test_an_account_that_moves_is_proven_anew_and_its_old_address_stays_on_record(federation, open_one, at):
    with scope(federation.pk):
        account, _lead = open_one()
        opener = someone("Adam Admin", "administrator-moderator")
        AccountMark.objects.create(
            account=account, mark=Mark.LINK, seen=SeenThere.THERE, looked_at=at, tried_at=at
        )
        for wrong in ("http://x.example/@n", account.address):
            with pytest.raises(BadInput):
                move_account(account=account, by=opener, at=at, address=wrong)
        move_account(account=account, by=opener, at=at, address="https://new.example/@north")

        assert FormerAddress.objects.get().address == "https://mastodon.example/@north"
        assert not AccountMark.objects.exists()


def test_only_who_opens_accounts_moves_one_and_only_an_open_one(federation, open_one, at):
    with scope(federation.pk):
        account, lead = open_one()
        with pytest.raises(NotAllowed):
            move_account(account=account, by=lead, at=at, address="https://new.example/@north")
        Account.objects.filter(pk=account.pk).update(state="closed", closed_at=at)
        account.refresh_from_db()
        opener = someone("Adam Admin", "administrator-moderator")
        with pytest.raises(NotNow):
            move_account(account=account, by=opener, at=at, address="https://new.example/@north")
