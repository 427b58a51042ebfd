"""The new school year: what rows tell, who sees it, and the pages that it leads to."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.urls import reverse

from schoolgate.accounts.models import AccountClass
from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Departure, Person, RoleAssignment, TurnWord
from schoolgate.people.queries import capacities
from schoolgate.policy.queries import in_force
from schoolgate.policy.saying import attest
from schoolgate.reports.year_turn import starters
from schoolgate.web.frame.doors import Visit
from schoolgate.web.people.year_turn import _settled, on_today
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.web.turn_cast import (
    AHEAD,
    DAY,
    FIRST,
    IN_TURN,
    NOW,
    SUMMER,
    SUMMER_ENDS,
    TODAY,
    YEAR,
    at_policy,
    day_fields,
    page,
    point,
    wildground,
)

__all__ = ["at_policy", "wildground"]


def test_term_dates_are_missing_in_part_or_entered(wildground):
    terms = ("Term dates for the new year", "Leaving")
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
    assert "Completed" in found
    assert "North School : Added" in found


def test_a_leaving_in_the_turn_shows_the_account_that_nobody_leads_then(wildground):
    """Who leaves after it is not of it."""
    assert "No one is responsible for it afterwards" not in page(wildground.owner)
    with scope(wildground.federation.pk):
        Person.objects.filter(pk=wildground.amina.pk).update(left_on=date(YEAR, 10, 1))
    assert "0 known leavers" in page(wildground.owner)
    with scope(wildground.federation.pk):
        Person.objects.filter(pk=wildground.amina.pk).update(left_on=IN_TURN)
    words = point(page(wildground.owner), "Leaving", "Starters")
    assert "1 known leaver" in words
    assert "Year 4 news . No one will be responsible for it." in words


def test_that_nobody_is_missing_is_said_by_name_and_can_be_taken_back(wildground):
    say, back = reverse("year-turn-say"), reverse("year-turn-take-back")
    assert wildground.lead.post(say, {"point": "leavers"}).status_code == 403
    assert wildground.owner.post(say, {"point": "leavers"}).status_code == 302
    assert wildground.owner.post(say, {"point": "leavers"}).status_code == 409
    words = point(page(wildground.owner), "Leaving", "Starters")
    assert "Completed" in words
    assert "Confirmed by Olwen Price" in words
    assert wildground.owner.post(back, {"point": "leavers"}).status_code == 302
    assert "To do" in point(page(wildground.owner), "Leaving", "Starters")
    assert wildground.owner.post(say, {"point": "terms"}).status_code == 422


def test_a_word_does_not_settle_what_rows_show_open(wildground):
    wildground.owner.post(reverse("year-turn-say"), {"point": "classes"})
    words = point(page(wildground.owner), "Class and year group accounts", "Expiring in this period")
    assert "To do" in words
    assert "Possible class accounts, not confirmed: 1" in words.replace(" :", ":")


def test_several_leavers_are_seen_first_and_recorded_together(wildground):
    given = {"people": [wildground.amina.pk, wildground.second.pk], **day_fields("left_on", AHEAD)}
    address = reverse("year-turn-leavers")
    assert "Amina Khan" in page(wildground.owner, "year-turn-leavers")
    answer = wildground.owner.post(address, given)
    html = answer.content.decode()
    check_page(html)
    assert "No history yet." in html
    assert "Year 4 news" in html
    with scope(wildground.federation.pk):
        assert not Departure.objects.exists()
    assert wildground.owner.post(address, {**given, "sure": "yes"}).status_code == 302
    with scope(wildground.federation.pk):
        assert Departure.objects.count() == 2


def test_leavers_that_cannot_be_recorded_are_refused_and_none_of_them_is(wildground, make_federation):
    """Nobody ticked, somebody of elsewhere, or all who look after people; and a teacher at the door."""
    address, day = reverse("year-turn-leavers"), day_fields("left_on", AHEAD)
    assert wildground.owner.post(address, day).status_code == 422
    assert wildground.lead.get(address).status_code == 403
    with scope(make_federation("other", "wildground").pk):
        stranger = someone("Eve Stranger", "staff")
    assert wildground.owner.post(address, {"people": [stranger.pk], "sure": "yes", **day}).status_code == 422
    everybody = [wildground.amina.pk, wildground.olwen.pk, wildground.second.pk]
    assert wildground.owner.post(address, {"people": everybody, "sure": "yes", **day}).status_code == 409
    with scope(wildground.federation.pk):
        assert not Departure.objects.exists()


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
    assert "You can see the progress. The person who looks after people does the tasks." in words
    assert "Enter several leavers" not in words
    assert governor.post(reverse("year-turn-say"), {"point": "leavers"}).status_code == 403
    assert wildground.lead.get(reverse("year-turn")).status_code == 403
    assert "New school year" in page(governor, "people")


def test_another_federations_rows_are_not_in_it(wildground, at_policy):
    other = at_policy("wootton", "principal", "site-author")
    with scope(other.federation.pk):
        Person.objects.filter(pk=other.amina.pk).update(left_on=AHEAD)
        TurnWord.objects.create(year=YEAR, point="leavers", by=other.olwen, at=NOW)
    words = point(page(wildground.owner), "Leaving", "Starters")
    assert "0 known leavers" in words
    assert "Confirmed by" not in words


def test_it_asks_as_often_for_many_people_accounts_and_schools(wildground, same_queries):
    def grow(number: int = 4):
        with scope(wildground.federation.pk):
            for count in range(number):
                school = School.objects.create(name=f"School {number} {count}", slug=f"s{number}{count}")
                leaver, starter = someone(f"L {number} {count}", "staff"), someone(f"S {number} {count}")
                Person.objects.filter(pk=leaver.pk).update(left_on=AHEAD)
                RoleAssignment.objects.filter(person=leaver).update(ended_on=AHEAD)
                RoleAssignment.objects.create(
                    person=starter, role_key="staff", scope_kind="federation", from_day=TODAY + DAY
                )
                account = open_account_of(school, leaver, opened_at=NOW, name=f"Class {number} {count}")
                AccountClass.objects.create(
                    account=account, year=YEAR - 1, label="4B", said_by=leaver, said_at=NOW
                )

    grow(2)
    wildground.owner.get(reverse("year-turn"))
    same_queries(lambda: wildground.owner.get(reverse("year-turn")), grow)


def starter_from(found, day: date) -> Person:
    with scope(found.federation.pk):
        person = someone("Dilys Vaughan")
        RoleAssignment.objects.create(person=person, role_key="staff", scope_kind="federation", from_day=day)
    return person


def test_who_starts_between_tomorrow_and_the_end_of_the_turn_is_listed(wildground):
    for day, is_one in (((7, 20), False), ((7, 21), True), ((9, 30), True), ((10, 1), False)):
        with rolled_back():
            starter_from(wildground, date(YEAR, *day))
            with scope(wildground.federation.pk):
                found = starters(in_force(TODAY), until=date(YEAR, 9, 30), at=SUMMER)
            assert [each.person.name for each in found.rows] == ["Dilys Vaughan"] * is_one, day


def test_what_a_starter_lacks_is_read_from_rows(wildground):
    starter = starter_from(wildground, FIRST)
    with scope(wildground.federation.pk):
        (one,) = starters(in_force(TODAY), until=date(YEAR, 9, 30), at=SUMMER).rows
        assert (one.has_read, one.lacks_nothing) == (False, False)
        attest(
            kind="policy_read", about=in_force(TODAY).version, by=starter, at=NOW, seen={},
            about_person=starter,
        )  # fmt: skip
        (one,) = starters(in_force(TODAY), until=date(YEAR, 9, 30), at=SUMMER).rows
        assert one.has_read is True


def test_more_starters_than_are_shown_settle_nothing(wildground, monkeypatch):
    monkeypatch.setattr("schoolgate.reports.year_turn.MOST", 0)
    starter_from(wildground, FIRST)
    nothing = SimpleNamespace(short=[], to_choose=[], unsaid=[], more=False)
    shown = {"words": {"starters"}, "terms": [], "endings": [], "leavers": nothing, "classes": nothing}
    with scope(wildground.federation.pk):
        none = starters(in_force(TODAY), until=SUMMER_ENDS, at=SUMMER)
        more = starters(in_force(TODAY), until=date(YEAR, 9, 30), at=SUMMER)
    assert _settled({**shown, "starters": none})["starters"] is True
    assert _settled({**shown, "starters": more})["starters"] is False
