"""On the rota page: who is there for each account, where nobody is, what falls due, and days away."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.models import LedgerRow, School, Term
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Absence, RoleAssignment
from schoolgate.policy.adopting import adopt
from schoolgate.rota import setting
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.days import today
from tests.web.plain import check_page, shown_by
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
BEGINS = local_day(NOW) + (14 - local_day(NOW).weekday()) * DAY
"""A Monday one to two weeks from now."""
LAST = BEGINS + 15 * DAY


def day_fields(name: str, day: date) -> dict[str, int]:
    return {name: day.isoformat()}


@pytest.fixture(autouse=True)
def _no_bank_holiday_comes_first(monkeypatch):
    """A long weekend is a holiday too, and would be the next one on some days of the year."""
    monkeypatch.setattr("schoolgate.core.calendars.bank_holidays", lambda *_asked: set())


@world()
def holiday_soon(at, key, owner, role):
    """A federation with an account, its leads, and two weeks of holiday soon."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        Term.objects.create(school=school, name="Now", first_day=BEGINS - 60 * DAY, last_day=BEGINS - DAY)
        Term.objects.create(school=school, name="Next", first_day=LAST + DAY, last_day=LAST + 60 * DAY)
        owner_person = someone("Olwen Price", owner)
        amina, bryn = someone("Amina Khan", role), someone("Bryn Ellis", role)
        adopt(by=owner_person, at=at - 90 * DAY)
        account = open_account_of(school, amina, bryn, opened_at=at - 60 * DAY)
    people = SimpleNamespace(owner=owner_person, amina=amina, bryn=bryn)
    return SimpleNamespace(federation=federation, school=school, account=account, people=people)


@pytest.fixture
def wildground(in_world, sign_in):
    return There(**vars(in_world(holiday_soon, NOW, "wildground", "slt", "staff")), sign_in=sign_in)


def page(browser, name="rota", *args, week: date = BEGINS) -> str:
    weeks = f"?week={week.isoformat()}" if name == "rota" else ""
    response = browser.get(reverse(name, args=args) + weeks)
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return html


def say(browser, person, first: date, last: date):
    fields = day_fields("from_day", first) | day_fields("to_day", last)
    return browser.post(reverse("person-away", args=[person.pk]), fields)


def test_the_page_names_who_is_there_and_the_clauses_on_holidays_and_weekends_or_none(
    wildground, monkeypatch
):
    html = page(wildground.owner)
    assert "Lead Amina Khan Bryn Ellis" in in_a_line(html)
    assert "in school holidays too" in html
    assert "no later than the following working day" in html

    monkeypatch.setattr("schoolgate.web.duty.rota.SAYS", {"account.watch": ("nothing",)})
    words = in_a_line(page(wildground.owner))
    assert "This policy doesn’t say when accounts are checked" in words


def test_another_policy_speaks_of_moderators_on_hand_and_not_of_times(db, sign_in):
    there = holiday_soon.build(NOW, "wootton", "principal", "site-author")
    html = page(sign_in(there.people.owner))
    assert "The site team should have enough approved moderators on hand to cover leave and absence." in html
    assert "in school holidays too" not in html


def test_the_days_without_a_lead_and_without_anybody_are_named(wildground):
    olwen, amina, bryn = vars(wildground.people).values()
    say(wildground.amina, amina, BEGINS, BEGINS + 3 * DAY)
    assert "Year 4" not in missing(page(wildground.owner))
    say(wildground.bryn, bryn, BEGINS + 2 * DAY, BEGINS + 5 * DAY)
    both = f"Year 4 : {short(BEGINS + 2 * DAY)} – {short(BEGINS + 3 * DAY)}"
    assert f"No lead {both}" in in_a_line(page(wildground.owner))
    say(wildground.owner, olwen, BEGINS, LAST)
    found = missing(page(wildground.owner))
    assert f"No one {both}" in found
    assert "No one to decide" in found


def test_who_is_on_duty_by_the_rota_closes_the_gap(wildground, monkeypatch):
    olwen, amina, bryn = vars(wildground.people).values()
    monkeypatch.setattr("schoolgate.rota.rules.wants_training", lambda _book: False)
    with scope(wildground.federation.pk):
        joe = someone("Joe Lister", "administrator-moderator")
        rota = setting.make_rota(by=olwen, at=NOW, school=None)
        setting.add_shifts(
            by=olwen, at=NOW, rota=rota, weekdays=range(7), starts=time(8), nights=0, ends=time(20),
            from_day=BEGINS, person=joe,
        )  # fmt: skip
    for browser, person in ((wildground.amina, amina), (wildground.bryn, bryn), (wildground.owner, olwen)):
        say(browser, person, BEGINS, LAST)
    html = page(wildground.owner)
    assert "Year 4" not in missing(html)
    assert "On duty Joe Lister" in in_a_line(html)


def short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def missing(html: str) -> str:
    """The words of the card with what is missing."""
    return in_a_line(html).partition("Missing")[2].partition("Week of")[0]


def in_a_line(html: str) -> str:
    return " ".join(shown_by(html).split())


def test_days_away_are_said_once_for_others_by_who_looks_after_people_and_taken_back(wildground):
    amina = wildground.people.amina
    assert wildground.bryn.get(reverse("person-away", args=[amina.pk])).status_code == 403
    assert say(wildground.bryn, amina, BEGINS, LAST).status_code == 403
    assert say(wildground.owner, amina, BEGINS, BEGINS + 3 * DAY).status_code == 302
    assert "Olwen Price" in shown_by(page(wildground.amina, "person-away", amina.pk))
    assert say(wildground.amina, amina, BEGINS + 3 * DAY, LAST).status_code == 409
    with scope(wildground.federation.pk):
        row = Absence.objects.get()
    address = reverse("person-away-take-back", args=[amina.pk, row.pk])
    assert wildground.bryn.post(address).status_code == 403
    assert wildground.amina.post(address).status_code == 302
    assert wildground.amina.post(address).status_code == 409
    with scope(wildground.federation.pk):
        assert Absence.objects.get().ended_by_id == amina.pk
        events = LedgerRow.objects.filter(event__startswith="people.days_away").order_by("pk")
        assert [row.event for row in events] == ["people.days_away_said", "people.days_away_taken_back"]
    assert say(wildground.amina, amina, BEGINS, BEGINS + 3 * DAY).status_code == 302
    assert say(wildground.amina, amina, BEGINS + 4 * DAY, LAST).status_code == 302


def test_days_away_lie_ahead_in_order_and_are_not_long(wildground):
    cases = [(-1, 3, True), (3, -1, True), (0, 70, True), (551, 1, True), (0, 0, False), (1, 69, False)]
    amina = wildground.people.amina
    for first, days, wrong in cases:
        answer = say(wildground.amina, amina, today() + first * DAY, today() + (first + days) * DAY)
        assert answer.status_code == (422 if wrong else 302), (first, days)


def test_a_sign_in_that_lapses_in_the_week_is_named_on_its_day(wildground):
    with scope(wildground.federation.pk):
        at = datetime.combine(BEGINS + 6 * DAY, datetime.min.time(), UTC) + 12 * timedelta(hours=1)
        Account.objects.update(keys_run_out_at=at)
    falls = shown_by(page(wildground.owner)).partition("Due this week")[2]
    assert "Expires" in falls
    assert "Year 4" in falls
    with scope(wildground.federation.pk):
        Account.objects.update(keys_run_out_at=at + DAY)
    assert "Expires" not in shown_by(page(wildground.owner))


def test_who_neither_runs_nor_decides_does_not_see_it(wildground, sign_in):
    with scope(wildground.federation.pk):
        outsider = sign_in(someone("Cai Rees", relation="governor"))
    assert outsider.get(reverse("rota")).status_code == 403
    assert wildground.amina.get(reverse("rota")).status_code == 200


def test_what_is_no_day_or_far_away_is_not_found(wildground):
    for day in ("tomorrow", "2026-13-01", (today() + 400 * DAY).isoformat()):
        assert wildground.owner.get(reverse("rota") + f"?week={day}").status_code == 404
    page(wildground.owner, week=LAST)


def test_today_tells_of_it_in_the_two_weeks_before_and_the_page_which_term_dates_are_missing(wildground):
    assert "A holiday is coming up" in shown_by(page(wildground.owner, "today"))
    with scope(wildground.federation.pk):
        Term.objects.filter(name="Now").update(last_day=BEGINS + 12 * DAY)
    assert "A holiday is coming up" not in shown_by(page(wildground.owner, "today"))

    with scope(wildground.federation.pk):
        Term.objects.filter(name="Next").delete()
        Term.objects.filter(name="Now").update(last_day=BEGINS - DAY)
    assert "end date not entered" in shown_by(page(wildground.owner))
    with scope(wildground.federation.pk):
        Term.objects.all().delete()
    html = page(wildground.owner)
    assert "No term dates entered" in shown_by(html)
    assert reverse("set-up-schools") in html


def test_it_asks_as_often_for_many_accounts_people_and_days(wildground, same_queries):
    def grow():
        with scope(wildground.federation.pk):
            for number in range(4):
                person = someone(f"Person {number}", "staff")
                open_account_of(wildground.school, person, opened_at=NOW, name=f"Class {number}")
                Absence.objects.create(
                    person=person, said_by=person, at=NOW, from_day=BEGINS, to_day=BEGINS + number * DAY
                )
            Term.objects.filter(name="Next").update(first_day=LAST + 20 * DAY)
            assert RoleAssignment.objects.count() > 4

    say(wildground.amina, wildground.people.amina, BEGINS, BEGINS)
    week = reverse("rota") + f"?week={BEGINS.isoformat()}"
    wildground.owner.get(week)
    same_queries(lambda: wildground.owner.get(week), grow)
