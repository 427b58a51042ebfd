"""The new school year: what rows tell, who sees it, and the pages that it leads to."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from schoolgate.accounts.actions.classes import choose_at_turn, say_class
from schoolgate.accounts.models import AccountClass
from schoolgate.accounts.queries.classes import class_of
from schoolgate.accounts.states.classes import AtTurn
from schoolgate.core.models import School, Term
from schoolgate.core.school_year import turn_of
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Holding, Leaving, LongLeave, Person, TurnWord
from schoolgate.people.queries import capacities
from schoolgate.policy.actions import adopt
from schoolgate.reports.year_turn.roles import days_without
from schoolgate.web.doors import Visit
from schoolgate.web.year_turn import on_today
from schoolgate.web.year_turn_classes import ChoiceForm
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.web.plain import check_page, shown_by

NOW = datetime.now(UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
YEAR = TODAY.year + (TODAY.month > 9)
SUMMER_ENDS = date(YEAR, 7, 20)
FIRST = date(YEAR, 9, 1)
AHEAD = max(FIRST, TODAY + DAY)
"""The first of September of the turn, or tomorrow where that is over."""


@pytest.fixture
def at_policy(make_federation, sign_in):
    """`at_policy(key, head, role)`: a federation before its summer, with an account led by one."""

    def enter(key: str, head: str, role: str) -> SimpleNamespace:
        federation = make_federation(key, key)
        with scope(federation.pk):
            school = School.objects.create(name="North School", slug="north")
            Term.objects.create(
                school=school, name="Summer", first_day=date(YEAR, 6, 7), last_day=SUMMER_ENDS
            )
            olwen, second = someone("Olwen Price", head), someone("Sian Rees", head)
            amina = someone("Amina Khan", role)
            adopt(by=olwen, at=NOW - 90 * DAY)
            account = open_account_of(school, amina, opened_at=NOW - 60 * DAY, name="Year 4 news")
        return SimpleNamespace(
            federation=federation, school=school, account=account, olwen=olwen, second=second, amina=amina,
            head=head, owner=sign_in(olwen), lead=sign_in(amina),
        )  # fmt: skip

    return enter


@pytest.fixture
def wildground(at_policy):
    return at_policy("wildground", "slt", "lead-staff-member")


def page(browser, name="year-turn", *args) -> str:
    response = browser.get(reverse(name, args=args))
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return in_a_line(html)


def in_a_line(html: str) -> str:
    return " ".join(shown_by(html).split())


def day_fields(name: str, day: date) -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def point(words: str, title: str, following: str = "") -> str:
    found = words.partition(title)[2]
    return found.partition(following)[0] if following else found


def test_term_dates_are_missing_in_part_or_entered(wildground):
    terms = ("Term dates of the new year", "Who leaves")
    assert "North School : Missing" in point(page(wildground.owner), *terms)
    with scope(wildground.federation.pk):
        Term.objects.create(
            school=wildground.school, name="Autumn", first_day=FIRST, last_day=date(YEAR, 12, 17)
        )
    assert "In part" in point(page(wildground.owner), *terms)
    with scope(wildground.federation.pk):
        Term.objects.create(
            school=wildground.school, name="Rest", first_day=date(YEAR + 1, 1, 4),
            last_day=date(YEAR + 1, 7, 20),
        )  # fmt: skip
    found = point(page(wildground.owner), *terms)
    assert "Settled" in found
    assert "Entered" in found


def test_a_leaving_in_the_turn_shows_the_account_that_nobody_leads_then(wildground):
    assert "Nobody answers for it" not in page(wildground.owner)
    with scope(wildground.federation.pk):
        Person.objects.filter(pk=wildground.amina.pk).update(left_on=AHEAD)
    words = point(page(wildground.owner), "Who leaves", "Who starts")
    assert "1 leaving is known" in words
    assert "Year 4 news . Nobody answers for it afterwards." in words


def test_who_leaves_after_the_turn_is_not_of_it(wildground):
    with scope(wildground.federation.pk):
        Person.objects.filter(pk=wildground.amina.pk).update(left_on=date(YEAR, 10, 1))
    assert "0 leavings are known" in page(wildground.owner)


def test_that_nobody_is_missing_is_said_by_name_and_can_be_taken_back(wildground):
    say, back = reverse("year-turn-say"), reverse("year-turn-take-back")
    assert wildground.lead.post(say, {"point": "leavers"}).status_code == 403
    assert wildground.owner.post(say, {"point": "leavers"}).status_code == 302
    assert wildground.owner.post(say, {"point": "leavers"}).status_code == 409
    words = point(page(wildground.owner), "Who leaves", "Who starts")
    assert "Settled" in words
    assert "Said by Olwen Price" in words
    assert wildground.owner.post(back, {"point": "leavers"}).status_code == 302
    assert "To do" in point(page(wildground.owner), "Who leaves", "Who starts")
    assert wildground.owner.post(say, {"point": "terms"}).status_code == 422


def test_a_word_does_not_settle_what_rows_show_open(wildground):
    wildground.owner.post(reverse("year-turn-say"), {"point": "classes"})
    words = point(page(wildground.owner), "Accounts of a class", "What lapses")
    assert "To do" in words
    assert "Look like a class, and nobody has said so: 1" in words.replace(" :", ":")


def test_several_leavers_are_seen_first_and_recorded_together(wildground):
    given = {"people": [wildground.amina.pk, wildground.second.pk], **day_fields("left_on", AHEAD)}
    address = reverse("year-turn-leavers")
    assert "Amina Khan" in page(wildground.owner, "year-turn-leavers")
    answer = wildground.owner.post(address, given)
    html = answer.content.decode()
    check_page(html)
    assert "Nothing is recorded yet." in html
    assert "Year 4 news" in html
    with scope(wildground.federation.pk):
        assert not Leaving.objects.exists()
    assert wildground.owner.post(address, {**given, "sure": "yes"}).status_code == 302
    with scope(wildground.federation.pk):
        assert Leaving.objects.count() == 2


def test_where_nobody_would_look_after_people_none_of_them_is_recorded(wildground):
    everybody = [wildground.amina.pk, wildground.olwen.pk, wildground.second.pk]
    given = {"people": everybody, "sure": "yes", **day_fields("left_on", AHEAD)}
    assert wildground.owner.post(reverse("year-turn-leavers"), given).status_code == 409
    with scope(wildground.federation.pk):
        assert not Leaving.objects.exists()


def test_nobody_ticked_is_refused_beside_the_field_and_a_teacher_at_the_door(wildground):
    address = reverse("year-turn-leavers")
    assert wildground.owner.post(address, day_fields("left_on", AHEAD)).status_code == 422
    assert wildground.lead.get(address).status_code == 403


def test_somebody_of_another_federation_cannot_be_ticked(wildground, make_federation):
    with scope(make_federation("other", "wildground").pk):
        stranger = someone("Eve Stranger", "staff")
    given = {"people": [stranger.pk], "sure": "yes", **day_fields("left_on", AHEAD)}
    assert wildground.owner.post(reverse("year-turn-leavers"), given).status_code == 422


def test_who_starts_is_listed_with_what_is_missing(wildground):
    with scope(wildground.federation.pk):
        starter = someone("Dilys Vaughan")
        Holding.objects.create(
            person=starter, role_key="staff", scope_kind="federation", from_day=TODAY + DAY
        )
    words = point(page(wildground.owner), "Who starts", "Roles that end")
    assert "1 person begins in a role" in words
    assert "Dilys Vaughan" in words
    assert "Has not said that the policy is read" in words
    with scope(wildground.federation.pk):
        Holding.objects.filter(person=starter).update(from_day=date(YEAR, 10, 1))
    assert "Dilys Vaughan" not in point(page(wildground.owner), "Who starts", "Roles that end")


def own(person: Person) -> Holding:
    return Holding.objects.get(person=person, acting_for=None)


def test_a_role_that_ends_with_nobody_after_is_named_until_somebody_follows(wildground):
    with scope(wildground.federation.pk):
        holding = own(wildground.amina)
        Holding.objects.filter(pk=holding.pk).update(to_day=AHEAD)
    ending = ("Roles that end with nobody after", "A new head")
    assert "Lead staff member" in point(page(wildground.owner), *ending)
    answer = wildground.owner.post(reverse("renew-role", args=[wildground.amina.pk, holding.pk]), {})
    assert answer.status_code == 302
    assert "Lead staff member" not in point(page(wildground.owner), *ending)


@pytest.mark.parametrize(
    ("key", "head", "role", "name"),
    [
        ("wildground", "slt", "lead-staff-member", "SLT"),
        ("learn-to-live", "headteacher", "staff", "Headteacher"),
        ("wootton", "principal", "site-author", "Principal"),
        ("llanidloes", "headteacher", "staff", "headteacher"),
    ],
)
def test_the_head_is_called_as_the_policy_calls_it(at_policy, key, head, role, name):
    found = at_policy(key, head, role)
    words = point(page(found.owner), "A new head", "Accounts of a class")
    assert f"{name} Olwen Price" in words
    assert ("Principal" in words) is (key == "wootton")


def hand_on(found, first: date = AHEAD, **more):
    with scope(found.federation.pk):
        holding = own(found.second)
    address = reverse("hand-on-role", args=[found.second.pk, holding.pk])
    return found.owner.post(address, {"to": found.amina.pk, **day_fields("first_day", first), **more})


def test_a_new_head_is_seen_first_and_then_handed_on(at_policy):
    found = at_policy("learn-to-live", "headteacher", "staff")
    html = hand_on(found).content.decode()
    check_page(html)
    assert "Nothing is changed yet." in html
    assert "Neither of them" not in html
    assert hand_on(found, sure="yes").status_code == 302
    with scope(found.federation.pk):
        new = Holding.objects.get(person=found.amina, role_key="headteacher")
        assert (new.from_day, own(found.second).to_day) == (AHEAD, AHEAD - DAY)


def test_days_between_are_shown_with_what_the_policy_says_and_have_to_be_meant(at_policy):
    found = at_policy("learn-to-live", "headteacher", "staff")
    with scope(found.federation.pk):
        Holding.objects.filter(role_key="headteacher").update(to_day=TODAY)
        someone("Nia Ward", "slt")
    first = TODAY + 30 * DAY
    words = in_a_line(hand_on(found, first).content.decode())
    assert "Neither of them" in words
    assert "Nobody at all has this role, and nobody decides in its place" in words
    assert hand_on(found, first, sure="yes").status_code == 422
    assert hand_on(found, first, sure="yes", gap_is_meant="yes").status_code == 302


def test_the_days_on_which_nobody_else_has_the_role_are_told_to_the_day(wildground):
    first, last = TODAY + 10 * DAY, TODAY + 20 * DAY
    with scope(wildground.federation.pk):
        mine, other = own(wildground.second), own(wildground.olwen)
        assert days_without(mine, first, last) == []
        Holding.objects.filter(pk=other.pk).update(to_day=first + DAY)
        assert days_without(mine, first, last) == [(first + 2 * DAY, last)]
        third = someone("Nia Ward", "slt")
        Holding.objects.filter(person=third).update(from_day=first + 4 * DAY)
        assert days_without(mine, first, last) == [(first + 2 * DAY, first + 3 * DAY)]
        LongLeave.objects.create(
            person=third, kind="study", from_day=last, noted_by=wildground.olwen, noted_at=NOW
        )
        assert days_without(mine, first, last)[-1] == (last, last)
        Person.objects.filter(pk=third.pk).update(left_on=last - DAY)
        assert days_without(mine, first, last)[-1] == (last - DAY, last)


def test_only_who_looks_after_people_hands_on_and_another_persons_role_is_not_found(wildground):
    with scope(wildground.federation.pk):
        holding = own(wildground.second)
    assert (
        wildground.lead.get(reverse("hand-on-role", args=[wildground.second.pk, holding.pk])).status_code
        == 403
    )
    assert (
        wildground.owner.get(reverse("hand-on-role", args=[wildground.amina.pk, holding.pk])).status_code
        == 404
    )
    assert (
        wildground.owner.get(reverse("renew-role", args=[wildground.second.pk, holding.pk])).status_code
        == 404
    )


def test_the_class_of_an_account_is_said_by_its_lead(wildground, sign_in):
    address = reverse("account-class", args=[wildground.account.pk])
    assert "Year 4" in page(wildground.lead, "account-class", wildground.account.pk)
    assert wildground.lead.post(address, {"label": "Year 4"}).status_code == 302
    words = point(page(wildground.owner), "Accounts of a class", "What lapses")
    assert "Waiting for a choice: 1" in words
    assert "Leads it: Amina Khan" in words
    with scope(wildground.federation.pk):
        outsider = sign_in(someone("Cai Rees", "staff"))
    assert outsider.get(address).status_code == 403
    assert outsider.post(address, {"label": ""}).status_code == 403
    with scope(wildground.federation.pk):
        assert AccountClass.objects.get().label == "Year 4"


def test_outside_the_turn_nothing_is_chosen(wildground):
    with scope(wildground.federation.pk):
        say_class(account=wildground.account, by=wildground.amina, at=NOW, label="Year 4")
        is_open = turn_of(TODAY).is_open(TODAY)
    answer = wildground.lead.post(
        reverse("account-class-choose", args=[wildground.account.pk]),
        {"choice": "moves_up", "label": "Year 5"},
    )
    assert answer.status_code == (302 if is_open else 409)


def visit_of(found, person: Person, at: datetime) -> Visit:
    held = capacities(person, on=at.date(), anywhere=True)
    return Visit(found.federation, at, who=person, capacities=held)


def test_today_leads_there_in_the_turn_for_who_looks_after_people(wildground):
    noon = datetime(YEAR, 7, 20, 12, tzinfo=UTC)
    days = {-43: False, -42: True, 72: True, 73: False}
    with scope(wildground.federation.pk):
        for days_away, shown in days.items():
            visit = visit_of(wildground, wildground.olwen, noon + days_away * DAY)
            assert (on_today(visit) is not None) is shown
        assert on_today(visit_of(wildground, wildground.amina, noon)) is None
        Term.objects.all().delete()
        assert on_today(visit_of(wildground, wildground.olwen, noon)) is None


def test_who_oversees_reads_it_and_finds_no_button(wildground, sign_in):
    with scope(wildground.federation.pk):
        governor = sign_in(someone("Gwen Hughes", "federation-leadership-team", relation="governor"))
    words = page(governor)
    assert "You see how it stands." in words
    assert "Enter several leavers" not in words
    assert governor.post(reverse("year-turn-say"), {"point": "leavers"}).status_code == 403
    assert wildground.lead.get(reverse("year-turn")).status_code == 403
    assert "The new school year" in page(governor, "people")


def test_another_federations_rows_are_not_in_it(wildground, at_policy):
    other = at_policy("wootton", "principal", "site-author")
    with scope(other.federation.pk):
        Person.objects.filter(pk=other.amina.pk).update(left_on=AHEAD)
        TurnWord.objects.create(year=YEAR, point="leavers", by=other.olwen, at=NOW)
    words = point(page(wildground.owner), "Who leaves", "Who starts")
    assert "0 leavings are known" in words
    assert "Said by" not in words


def test_it_asks_as_often_for_many_people_accounts_and_schools(wildground, same_queries):
    def grow(number: int = 8):
        with scope(wildground.federation.pk):
            for count in range(number):
                school = School.objects.create(name=f"School {number} {count}", slug=f"s{number}{count}")
                leaver, starter = someone(f"L {number} {count}", "staff"), someone(f"S {number} {count}")
                Person.objects.filter(pk=leaver.pk).update(left_on=AHEAD)
                Holding.objects.filter(person=leaver).update(ended_on=AHEAD)
                Holding.objects.create(
                    person=starter, role_key="staff", scope_kind="federation", from_day=TODAY + DAY
                )
                account = open_account_of(school, leaver, opened_at=NOW, name=f"Class {number} {count}")
                AccountClass.objects.create(
                    account=account, year=YEAR - 1, label="4B", said_by=leaver, said_at=NOW
                )

    grow(2)
    wildground.owner.get(reverse("year-turn"))
    same_queries(lambda: wildground.owner.get(reverse("year-turn")), grow)


def choice_shown(found, row) -> str:
    """The card of the choice as it stands in the turn, for who may choose."""
    shown = {
        "account": found.account, "found": row, "turn": turn_of(TODAY), "is_open": True, "may_choose": True,
        "inside": 2, "chosen": ChoiceForm(initial={"label": "Year 5"}),
    }  # fmt: skip
    return in_a_line(f"<main>{render_to_string('year_turn/_choice.html', shown)}</main>")


def test_in_the_turn_the_three_ways_are_offered_and_afterwards_what_was_chosen(wildground):
    with scope(wildground.federation.pk):
        say_class(account=wildground.account, by=wildground.amina, at=NOW, label="Year 4")
        offered = choice_shown(wildground, class_of(wildground.account, YEAR))
        summer = datetime(YEAR, 7, 20, 12, tzinfo=UTC)
        choose_at_turn(account=wildground.account, by=wildground.amina, at=summer, choice="stays")
        chosen = choice_shown(wildground, class_of(wildground.account, YEAR))
    for words in AtTurn.labels:
        assert str(words) in offered
    assert "2 are in now." in offered
    assert "It stays with the room or the year group: Year 4" in chosen.replace(" :", ":")
    assert "0 who had been let in are out again." in chosen


def test_more_starters_than_are_shown_settle_nothing(wildground, monkeypatch):
    monkeypatch.setattr("schoolgate.reports.year_turn.starters.MOST", 0)
    wildground.owner.post(reverse("year-turn-say"), {"point": "starters"})
    assert "Settled" in point(page(wildground.owner), "Who starts", "Roles that end")
    with scope(wildground.federation.pk):
        starter = someone("Dilys Vaughan")
        Holding.objects.create(
            person=starter, role_key="staff", scope_kind="federation", from_day=TODAY + DAY
        )
    assert "To do" in point(page(wildground.owner), "Who starts", "Roles that end")
