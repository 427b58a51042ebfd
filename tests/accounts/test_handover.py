"""Somebody who answers for accounts leaves: who runs the handover, how it may end, what is left behind."""

from datetime import date

import pytest

from schoolgate.accounts.connecting import close_account
from schoolgate.accounts.handover import end_handover, name_successor
from schoolgate.accounts.handover_facts import at_risk, handover_for, meant_by_leaving, runners_of
from schoolgate.accounts.models import HANDOVER_MOVES, Account, Handover, HandoverState, TeamMember
from schoolgate.accounts.opening import change_team
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.events import record
from schoolgate.core.moves import check_moves
from schoolgate.core.tenancy import scope
from schoolgate.duties import queries as duties
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due, Duty
from schoolgate.people.leaving import record_return, start_extended_absence
from tests.accounts.conftest import points_in_the_way, ready
from tests.accounts.leavers import DAY, house, wildground
from tests.cast import give, someone

__all__ = ["house", "wildground"]

RUN = "accounts.handover"


def test_every_state_can_be_reached():
    check_moves(HandoverState, HANDOVER_MOVES)


def test_wildground_has_its_administrator_run_it_and_promises_no_time(wildground):
    home = wildground
    home.leaves(home.priya, days=7)

    with scope(home.id):
        handover = home.handover()
        [duty] = duties.standing(RUN, [handover]).popitem()[1]
        assert (handover.run_by, handover.role_key, handover.clauses) == (
            "role", "administrator-moderator", ["wildground-roles-17"],
        )  # fmt: skip
        assert (duty.role_key, duty.due_kind, duty.clauses, duty.then_role_key) == (
            "administrator-moderator", "none_promised", ["wildground-roles-17"], "",
        )  # fmt: skip
        assert at_risk([home.forest], on=home.on) == {home.forest.pk}
        assert runners_of(handover, on=home.on) == [home.joe]
        assert [duty.kind for duty in duties.mine(home.joe, home.on)[0]] == [RUN]


def test_it_cannot_be_left_as_it_is(wildground):
    home = wildground
    home.leaves(home.priya)

    with scope(home.id), pytest.raises(Refused) as refused:
        end_handover(handover=home.handover(), by=home.joe, at=home.at, ends="as it is")
    assert points_in_the_way(refused) >= {"handover_result"}
    with scope(home.id):
        assert home.handover().state == "open"


def test_new_hands_have_read_understood_and_been_trained_first(wildground):
    home = wildground
    home.leaves(home.priya)

    with scope(home.id):
        handover = name_successor(handover=home.handover(), by=home.joe, at=home.at, person=home.tom)
        assert {duty.kind for duty in duties.mine(home.tom, home.on)[0]} == {
            "policy.policy_read", "policy.policy_understood",
        }  # fmt: skip
        assert "policy.trained" in {duty.kind for duty in duties.mine(home.head, home.on)[0]}
        with pytest.raises(Refused) as refused:
            end_handover(handover=handover, by=home.joe, at=home.at, ends="transfer")
        assert points_in_the_way(refused) == {"proofs"}
        ready(home.tom, home.cast.version, trained_by=home.head, at=home.at)
        end_handover(handover=handover, by=home.joe, at=home.at, ends="transfer")

        assert (home.handover().state, home.handover().ended_by) == ("transferred", home.joe)
        assert "wildground-roles-18" in home.handover().end_decision.clauses
        assert at_risk([home.forest], on=home.on) == set()
        assert duties.standing(RUN, [handover]).popitem()[1] == []
        lead = TeamMember.objects.filter(account=home.forest, to_day=None, part="lead")
        assert [row.person for row in lead] == [home.tom]


def test_nobody_is_named_nothing_is_handed_over(wildground):
    home = wildground
    home.leaves(home.priya)

    with scope(home.id), pytest.raises((BadInput, Refused)):
        end_handover(handover=home.handover(), by=home.joe, at=home.at, ends="transfer")


def test_shutting_the_account_ends_it(wildground):
    home = wildground
    home.leaves(home.priya)

    with scope(home.id):
        with pytest.raises(NotNow, match="The account isn’t closed yet"):
            end_handover(handover=home.handover(), by=home.joe, at=home.at, ends="close")
        close_account(account=home.forest, by=home.joe, at=home.at)
    home.happens()

    with scope(home.id):
        assert home.handover().state == "closed"
        assert at_risk([home.forest], on=home.on) == set()


@pytest.mark.parametrize("who", ["priya", "tom", "head"])
def test_nobody_else_runs_it(wildground, who):
    home = wildground
    home.leaves(home.priya, days=3)

    with scope(home.id):
        for act in (
            lambda by: end_handover(handover=home.handover(), by=by, at=home.at, ends="transfer"),
            lambda by: name_successor(handover=home.handover(), by=by, at=home.at, person=home.tom),
        ):
            with pytest.raises(NotAllowed):
                act(getattr(home, who))


def test_a_handover_is_seen_by_those_whom_it_concerns(wildground):
    home = wildground
    home.leaves(home.priya, days=3)

    with scope(home.id):
        pk = home.handover().pk
        assert [handover_for(one, pk, on=home.on).pk for one in (home.joe, home.head, home.priya)] == [pk] * 3
        with pytest.raises(NotFound):
            handover_for(home.tom, pk, on=home.on)


def test_the_leaver_is_no_successor(wildground):
    home = wildground
    home.leaves(home.priya, days=3)

    with scope(home.id):
        home.priya.refresh_from_db()
        with pytest.raises(BadInput):
            name_successor(handover=home.handover(), by=home.joe, at=home.at, person=home.priya)


def test_a_leaving_that_is_taken_back_undoes_what_is_not_done(wildground):
    home = wildground
    home.leaves(home.priya, days=3)
    with scope(home.id):
        record_return(by=home.head, at=home.at, person=home.priya)
    home.happens()

    with scope(home.id):
        [duty] = Duty.objects.filter(kind=RUN)
        assert (home.handover().state, duty.state, duty.cancelled_because) == (
            "taken_back", "cancelled", "stays",
        )  # fmt: skip
        assert at_risk([home.forest], on=home.on) == set()
    home.day_comes(4)
    with scope(home.id):
        assert TeamMember.objects.get(person=home.priya).to_day is None


def test_another_day_moves_the_handover_and_begins_no_second_one(wildground):
    home = wildground
    home.leaves(home.priya, days=3)
    home.leaves(home.priya, days=9)

    with scope(home.id):
        assert home.handover().left_on == home.on + 9 * DAY
        assert Duty.objects.filter(kind=RUN).count() == 1


def test_on_the_day_the_parts_end_and_the_policy_is_asked_again(wildground):
    home = wildground
    home.leaves(home.priya, days=3)
    home.day_comes(2)
    with scope(home.id):
        assert TeamMember.objects.get(person=home.priya).to_day is None
    home.day_comes(3)

    with scope(home.id):
        assert TeamMember.objects.get(person=home.priya).to_day == home.on + 2 * DAY
        assert home.handover().state == "open"
        assert at_risk([home.forest], on=home.on + 3 * DAY) == {home.forest.pk}


def test_who_only_helps_is_not_handed_over(wildground):
    home = wildground
    with scope(home.id):
        TeamMember.objects.create(account=home.forest, person=home.tom, part="runner", from_day=home.on)
    home.leaves(home.tom)

    with scope(home.id):
        assert Handover.objects.count() == 0
        assert TeamMember.objects.get(person=home.tom).to_day is not None


def test_what_the_leaver_had_to_do_goes_on(wildground):
    home = wildground
    with scope(home.id):
        given = {"at": home.at, "due": Due.day(home.on + DAY)}
        open_duty(kind="post.put_right", subject="publishing.post:1", person=home.priya, **given)
        open_duty(
            kind="item.answer", subject="inbox.item:1", person=home.priya, account=home.forest.pk, **given
        )
        open_duty(kind="policy.policy_read", subject="policy.policyversion:1", person=home.priya, **given)
        TeamMember.objects.create(account=home.forest, person=home.tom, part="lead", from_day=home.on)
    home.leaves(home.priya)

    with scope(home.id):
        ended = Duty.objects.filter(person=home.priya)
        assert {(duty.state, duty.cancelled_because) for duty in ended} == {("cancelled", "left")}
        again = Duty.objects.filter(state="open").exclude(kind=RUN)
        assert {(duty.kind, duty.person_id, duty.role_key, duty.due_day) for duty in again} == {
            ("post.put_right", None, "staff", home.on + DAY),
            ("item.answer", home.tom.pk, "", home.on + DAY),
        }


def test_boroughbridge_has_the_lead_who_stays_run_it(house):
    home = house("boroughbridge")
    with scope(home.id):
        kemp, stead = (someone(name, "lead-member-of-staff") for name in ("Laura Kemp", "Rachel Stead"))
        home.account(kemp, stead)
    home.leaves(kemp, days=2)
    with scope(home.id):
        assert (home.handover().run_by, runners_of(home.handover(), on=home.on)) == ("staying", [stead])
        assert [duty.person for duty in Duty.objects.filter(kind=RUN, state="open")] == [stead]

    home.leaves(stead, days=2)

    with scope(home.id):
        assert {row.run_by for row in Handover.objects.all()} == {"house"}
        assert {duty.person_id for duty in Duty.objects.filter(kind=RUN, state="open")} == {None}
        body = home.handover(leaver=stead).decision.body
        assert any(
            found["message"].startswith(
                "Everyone who leads this account is leaving, so no one can run the handover as"
            )
            for found in body["findings"]
        )


def test_wootton_asks_the_manager_for_a_successor_and_what_would_be_taken_along(house):
    home = house("wootton")
    with scope(home.id):
        sato, poole = someone("Mr Sato", "administrator"), someone("Ms Poole", "administrator")
        patel = someone("Mrs Patel", "line-manager")
        give(patel, "line-manager", managed=sato)
        account = home.account(sato, poole, part="administrator")
    home.leaves(sato)

    with scope(home.id):
        handover = home.handover()
        assert (handover.run_by, handover.clauses) == ("manager", ["wootton-a1-13"])
        assert runners_of(handover, on=home.on) == [patel]
        assert at_risk([account], on=home.on) == {account.pk}
        end = {"handover": handover, "by": patel, "at": home.at, "ends": "as it is"}
        for keeps in (None, ["media"]):
            with pytest.raises(Refused) as refused:
                end_handover(keeps=keeps, **end)
            assert points_in_the_way(refused) >= {"stays_with_school"}
        end_handover(keeps=[], **end)
        assert (home.handover().state, home.handover().keeps) == ("stays", [])


@pytest.mark.parametrize("key", ["learn-to-live", "llanidloes"])
def test_where_the_policy_is_silent_the_programs_own_rule_asks_a_role_that_opens_accounts(house, key):
    home = house(key)
    with scope(home.id):
        carys, dewi = someone("Carys Rees", "staff"), someone("Dewi Puw", "staff")
        account = home.account(carys)
    home.leaves(carys)

    with scope(home.id):
        handover = home.handover()
        assert (handover.run_by, handover.clauses, handover.decision.outcome) == ("house", [], "silent")
        runners = runners_of(handover, on=home.on)
        assert runners
        assert carys not in runners
        with pytest.raises(NotNow, match="Then no one would be responsible for the account"):
            end_handover(handover=handover, by=runners[0], at=home.at, ends="as it is")
        TeamMember.objects.create(account=account, person=dewi, part="lead", from_day=home.on)
        assert at_risk([account], on=home.on) == set()
        end_handover(handover=handover, by=runners[0], at=home.at, ends="as it is")


@pytest.mark.parametrize("key", ["learn-to-live", "llanidloes"])
def test_where_it_is_silent_and_others_stay_nothing_is_asked(house, key):
    home = house(key)
    with scope(home.id):
        leads = [someone(name, "staff") for name in ("Carys Rees", "Dewi Puw", "Eira Wyn")]
        home.account(*leads)
    home.leaves(leads[0])

    with scope(home.id):
        assert Handover.objects.count() == 0


def test_long_leave_hands_nothing_over_and_asks_who_covers(wildground):
    home = wildground
    with scope(home.id):
        start_extended_absence(
            by=home.head, at=home.at, person=home.priya, kind="study", from_day=home.on, to_day=None
        )
    home.happens()

    with scope(home.id):
        [duty] = duties.standing("accounts.cover", [home.forest]).popitem()[1]
        assert (Handover.objects.count(), duty.role_key, duty.clauses) == (0, "administrator-moderator", [])
        TeamMember.objects.create(account=home.forest, person=home.tom, part="lead", from_day=home.on)
        record("account.team_changed", subject=home.forest, at=home.at, person=home.tom.pk)
    home.happens()
    with scope(home.id):
        assert duties.standing("accounts.cover", [home.forest]).popitem()[1] == []


def test_what_a_leaving_means_costs_the_same_for_one_account_and_for_many(wildground, same_queries):
    home = wildground

    def look():
        meant_by_leaving(home.priya, left_on=home.on, at=home.at)
        at_risk(Account.objects.all(), on=home.on)

    with scope(home.id):
        look()

        def grow():
            for number in range(12):
                home.account(home.priya, name=f"Account {number}")

        same_queries(look, grow)


def test_the_day_of_a_leaving_is_its_first_day_without_the_person(wildground):
    home = wildground
    with scope(home.id):
        [meant] = meant_by_leaving(home.priya, left_on=date(2026, 11, 28), at=home.at)
    [duty] = meant.decision.duties
    [found] = [one for one in meant.decision.findings if one.message == "handover.to_run"]
    assert (duty.who, found.args["day"]) == ("Administrator / Moderator", date(2026, 11, 27))


def test_who_is_added_to_an_open_account_has_given_the_same_proofs(wildground):
    home = wildground
    given = {"account": home.forest, "by": home.joe, "at": home.at, "person": home.tom, "part": "lead"}
    with scope(home.id), pytest.raises(Refused) as refused:
        change_team(**given)
    assert points_in_the_way(refused) == {"proofs"}
    with scope(home.id):
        ready(home.tom, home.cast.version, trained_by=home.head, at=home.at)
        change_team(**given)
        assert TeamMember.objects.filter(account=home.forest, person=home.tom, part="lead").exists()
