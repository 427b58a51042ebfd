"""The same walk under the other three policies, each by its own rules."""

import pytest

from schoolgate.accounts.before_opening import save_setup
from schoolgate.accounts.connecting import close_account
from schoolgate.accounts.deciding import decide_proposal
from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.opening import give_notice, open_account, say_what_it_is_for
from schoolgate.accounts.proposing import submit_proposal
from schoolgate.accounts.sites import settle_site
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.subjects import subject_of
from schoolgate.duties import queries as duties
from schoolgate.people.assignments import give_permission
from tests.accounts.conftest import case, drafted, points_in_the_way, ready, seen
from tests.cast import someone

OPEN_TO_ALL = {"login_is_private": False, "says_who_runs_it": True}


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
    settle_site(account=account, by=cast.carys, at=at, answers={"answers_given_by": ["Carys Huws"]})
    open_account(account=account, by=cast.carys, at=at)
    assert account.state == "open"


def test_at_llanidloes_the_purpose_of_a_new_account_is_chosen_from_the_policys_list(llanidloes, at):
    cast = llanidloes
    proposal = proposed_at_llanidloes(cast, at)
    decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))
    account = Account.objects.get()
    said = {"account": account, "by": cast.carys, "at": at, "purpose": "News", "audience": "Families"}

    answers = say_what_it_is_for(**said, listed=["share pupils' work"], readers=["existing parents"])

    assert [kept.clauses for kept in answers] == [["llanidloes-high-3"], ["llanidloes-high-5"]]
    account.refresh_from_db()
    assert (account.purpose, account.audience, account.kind) == ("News", "Families", proposal.kind)
    with pytest.raises(BadInput):
        say_what_it_is_for(**said, listed=["local activities"])
    with pytest.raises(NotAllowed):
        say_what_it_is_for(**{**said, "by": someone("Nia Pugh", relation="parent")})
    close_account(account=account, by=cast.carys, at=at)
    with pytest.raises(NotNow):
        say_what_it_is_for(**said)


def test_where_the_form_says_the_purpose_the_proposal_keeps_it(at_federation, at):
    with at_federation("wildground") as cast:
        amina, bryn = someone("Amina Khan", "staff"), someone("Bryn Ellis", "staff")
        for person in (amina, bryn):
            ready(person, cast.version, trained_by=cast.owner, at=at)
        proposal = drafted(amina, at, school=cast.school, answers=case(amina, bryn))
        submit_proposal(proposal=proposal, by=amina, at=at)
        decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))
        with pytest.raises(NotNow, match="proposal states its purpose"):
            say_what_it_is_for(
                account=Account.objects.get(), by=amina, at=at, purpose="Cakes", audience="Everyone"
            )


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
    give_permission(
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
    give_permission(
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
