"""The rota on pages: the week, one shift, requests, setting it, and the calendar of a phone."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.incidents.handling import take
from schoolgate.incidents.models import Report
from schoolgate.people.leaving import record_departure
from schoolgate.policy.adopting import adopt
from schoolgate.rota import setting, turns
from schoolgate.rota.models import Rota, Swap
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.days import first_seen_today
from tests.incidents.conftest import wrong
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

DAY = timedelta(days=1)


@world()
def llanidloes(at):
    """A federation without training in its policy, an account, and people."""
    federation = enter_federation("llanidloes", "llanidloes")
    with scope(federation.pk):
        school = School.objects.create(name="Oakhill", slug="oakhill", country="wales")
        head = someone("Helen Marsh", "headteacher")
        tom, mair = someone("Tom Ellery", "staff"), someone("Mair Rees", "staff")
        guest = someone("Val Unteer")
        adopt(by=head, at=at - 90 * DAY)
        account = open_account_of(school, tom, mair, opened_at=at - 60 * DAY)
    return SimpleNamespace(
        at=at, federation=federation, school=school, account=account,
        people=SimpleNamespace(head=head, tom=tom, mair=mair, guest=guest),
    )  # fmt: skip


@world(llanidloes)
def rota_set(cast, at):
    """With a rota on which Tom is on duty now, all day and night, and Mair the week after."""
    with scope(cast.federation.pk):
        made = setting.make_rota(by=cast.people.head, at=at, school=None)
        setting.set_rota(by=cast.people.head, at=at, rota=made, weeks=2, check_in_minutes=15)
        for week, person in ((1, cast.people.tom), (2, cast.people.mair)):
            setting.add_shifts(
                by=cast.people.head, at=at, rota=made, weekdays=range(7), starts=time(0), nights=1,
                ends=time(0), from_day=local_day(at), week=week, person=person,
            )  # fmt: skip
    return cast


def with_browsers(found, sign_in):
    for name, person in vars(found.people).items():
        setattr(found, name, sign_in(person))
    return found


@pytest.fixture
def cast(in_world, sign_in):
    """A federation without training in its policy, an account, and people with a browser each."""
    return with_browsers(in_world(llanidloes, first_seen_today()), sign_in)


@pytest.fixture
def rota(in_world, sign_in):
    """With a rota; Tom's duty of `.now`, and a later one of his."""
    cast = with_browsers(in_world(rota_set, first_seen_today()), sign_in)
    with scope(cast.federation.pk):
        cast.now = next(one for one in turns.duties(cast.at, cast.at + DAY) if one.is_on(cast.at))
        mine = turns.mine(cast.people.tom, first=cast.at, last=cast.at + 20 * DAY)
        cast.later = next(one for one in mine if one.starts_at > cast.at)
    return cast


def page(browser, name, *args, status=200) -> str:
    response = browser.get(reverse(name, args=args))
    assert response.status_code == status
    html = response.content.decode()
    check_page(html)
    return html


def words(html: str) -> str:
    return " ".join(shown_by(html).split())


def of(one):
    return [one.shift.pk, one.day.isoformat()]


def post(browser, name, one, **data):
    return browser.post(reverse(name, args=of(one)), data)


def test_without_a_rota_the_page_says_so_and_who_sets_one_is_led_there(cast):
    assert "No rota yet" in words(page(cast.tom, "rota"))
    assert reverse("rota-set") not in page(cast.tom, "rota")
    assert reverse("rota-set") in page(cast.head, "rota")
    assert cast.guest.get(reverse("rota")).status_code == 403


def test_old_addresses_of_holiday_cover_lead_to_the_rota(cast):
    for name, args in (("cover", []), ("cover-day", ["2026-12-24"])):
        answer = cast.tom.get(reverse(name, args=args))
        assert answer.status_code == 302
        assert "/rota?week=" in answer["Location"]
    assert cast.tom.get("/rota?week=never").status_code == 404
    assert cast.tom.get("/rota?week=1999-01-01").status_code == 404


def test_a_rota_is_started_and_its_shifts_added_and_ended(cast):
    assert cast.tom.get(reverse("rota-set")).status_code == 403
    assert cast.head.post(reverse("rota-set"), {"school": str(cast.school.pk)}).status_code == 302
    with scope(cast.federation.pk):
        made = Rota.objects.get()
    today = local_day(cast.at)
    shift = {
        "person": cast.people.tom.pk, "weekdays": [0, 4], "starts": "17:00", "ends": "08:00", "nights": 1,
        "when": "always", "from_day": today.isoformat(),
    }  # fmt: skip
    add = reverse("rota-shift-new", args=[made.pk])
    assert cast.head.post(add, shift | {"nights": 0}).status_code == 422
    assert cast.head.post(add, shift | {"weekdays": []}).status_code == 422
    assert cast.head.post(add, shift).status_code == 302
    shown = words(page(cast.head, "rota-one", made.pk))
    assert "Monday, 5pm to 8am Tuesday: Tom Ellery" in shown
    with scope(cast.federation.pk):
        one = turns.shifts_of(made, on=today)[0]
    last = today - DAY
    day = {"last_day": last.isoformat()}
    end = reverse("rota-shift-end", args=[one.pk])
    assert cast.head.post(end, {"last_day": ""}).status_code == 422
    assert cast.head.post(end, day).status_code == 302
    assert "Monday, 5pm" not in words(page(cast.head, "rota-one", made.pk))
    assert cast.tom.get(reverse("rota-one", args=[made.pk])).status_code == 403


def test_the_week_says_who_is_on_duty_until_when_and_who_is_next(rota):
    """So does Today, and to a guest nothing."""
    html = words(page(rota.head, "rota"))
    assert "On duty" in html
    assert "Tom Ellery" in html
    assert "Mair Rees, from midnight" in html
    assert "On duty: Tom Ellery, until" in words(rota.head.get(reverse("today")).content.decode())
    assert "Tom Ellery" not in rota.guest.get(reverse("today")).content.decode()
    check_page(rota.head.get(f"/rota?week={(local_day(rota.at) + 30 * DAY).isoformat()}").content.decode())


def test_who_is_on_duty_checks_in_with_one_tap_from_today(rota):
    today = rota.tom.get(reverse("today")).content.decode()
    assert "You’re on duty until" in words(today)
    assert "Mair Rees" in words(today)
    assert reverse("rota-check-in", args=of(rota.now)) in today
    assert post(rota.mair, "rota-check-in", rota.now).status_code in (302, 403)  # by then it may be late
    with scope(rota.federation.pk):
        checked = turns.duty(rota.now.shift, rota.now.day)
    if not checked.checked_in:
        assert post(rota.tom, "rota-check-in", rota.now).status_code == 302
    assert post(rota.tom, "rota-check-in", rota.now).status_code == 409
    assert reverse("rota-check-in", args=of(rota.now)) not in rota.tom.get(reverse("today")).content.decode()


def test_a_shift_is_swapped_by_asking_and_accepting(rota):
    assert rota.mair.get(reverse("rota-cover", args=of(rota.later))).status_code == 403
    page(rota.tom, "rota-cover", *of(rota.later))
    asked = post(rota.tom, "rota-cover", rota.later, to=str(rota.people.mair.pk))
    with_mair = reverse("rota-swap-with", args=[*of(rota.later), rota.people.mair.pk])
    assert asked["Location"] == with_mair
    html = rota.tom.get(with_mair).content.decode()
    check_page(html)
    with scope(rota.federation.pk):
        theirs = next(
            one
            for one in turns.mine(rota.people.mair, first=rota.at, last=rota.at + 20 * DAY)
            if one.starts_at > rota.at
        )
    wanted = {"to": str(rota.people.mair.pk), "in_return": "/".join(map(str, of(theirs)))}
    assert rota.tom.post(with_mair, wanted).status_code == 302
    with scope(rota.federation.pk):
        swap = Swap.objects.get()
    page(rota.mair, "rota-swap", swap.pk)
    assert "Withdraw request" in words(page(rota.tom, "rota-swap", swap.pk))
    assert rota.head.get(reverse("rota-swap", args=[swap.pk])).status_code == 404
    assert rota.head.post(reverse("rota-accept", args=[swap.pk])).status_code == 404
    assert rota.mair.post(reverse("rota-accept", args=[swap.pk])).status_code == 302
    with scope(rota.federation.pk):
        assert turns.duty(rota.later.shift, rota.later.day).person == rota.people.mair
        assert turns.duty(theirs.shift, theirs.day).person == rota.people.tom
    assert "You" in words(page(rota.mair, "rota-turn", *of(rota.later)))


def test_anybody_who_may_is_asked_and_may_decline(rota):
    assert post(rota.tom, "rota-cover", rota.later, to="anybody").status_code == 302
    assert post(rota.tom, "rota-cover", rota.later, to="anybody").status_code == 409
    with scope(rota.federation.pk):
        swap = Swap.objects.get()
    assert rota.guest.get(reverse("rota-swap", args=[swap.pk])).status_code == 200
    assert rota.mair.post(reverse("rota-decline", args=[swap.pk])).status_code == 302
    assert rota.tom.post(reverse("rota-withdraw", args=[swap.pk])).status_code == 302


def test_who_sets_the_rota_gives_a_shift_or_calls_it_off_and_nobody_else(rota):
    assert "Give shift" in page(rota.head, "rota-turn", *of(rota.later))
    toms = page(rota.tom, "rota-turn", *of(rota.later))
    assert "Give shift" not in toms
    assert "Leave this shift" not in words(toms), "nobody comes off one alone"
    assert post(rota.tom, "rota-step-down", rota.later).status_code == 409
    given = {"person": str(rota.people.mair.pk)}
    assert post(rota.tom, "rota-give", rota.later, **given).status_code == 403
    assert post(rota.head, "rota-give", rota.later, **given).status_code == 302
    assert post(rota.head, "rota-give", rota.later, **given).status_code == 422
    assert "Given to someone else" in words(page(rota.head, "rota-turn", *of(rota.later)))
    assert post(rota.mair, "rota-call-off", rota.later).status_code == 403
    assert post(rota.head, "rota-call-off", rota.later).status_code == 302


def test_a_note_is_left_for_the_next_and_warns_of_children(rota):
    html = words(page(rota.tom, "rota-note", *of(rota.now)))
    assert "Don’t write about a child" in html
    assert post(rota.tom, "rota-note", rota.now, note="Snow post is live").status_code == 302
    assert post(rota.tom, "rota-note", rota.now, note="x" * 301).status_code == 422
    assert "Snow post is live" in page(rota.tom, "rota-turn", *of(rota.now))
    assert rota.mair.get(reverse("rota-note", args=of(rota.now))).status_code == 403


def test_a_note_that_accuses_the_next_person_is_a_lead_s_and_not_theirs(rota):
    """Whoever wrote it reads who helps; the others on the rota still find it."""
    wrong, ours = "Mae Mair Rees wedi cyffwrdd â disgybl", "note changed"
    with scope(rota.federation.pk):
        dee = someone("Dee Pugh", "staff")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=rota.at)
    assert post(rota.tom, "rota-note", rota.now, note=wrong).status_code == 302
    his = page(rota.tom, "rota-turn", *of(rota.now))
    reads = "A designated safeguarding person reads this first"
    for shown in (wrong, reads, "999", reverse("wrong"), ours):
        assert shown in his
    hers = page(rota.mair, "rota-turn", *of(rota.now))
    assert wrong not in hers
    assert ours not in hers
    assert wrong in page(rota.head, "rota-turn", *of(rota.now))
    with scope(rota.federation.pk):
        (hers_next, *_) = turns.mine(rota.people.mair, first=rota.at, last=rota.at + 9 * DAY)
        assert turns.last_note(hers_next, reader=rota.people.head) is not None
        assert turns.last_note(hers_next, reader=rota.people.mair) is None
        assert Report.objects.get().steps.filter(kind="told", person=dee).exists()


# --- the calendar -------------------------------------------------------------------------------------------


def address_of(browser) -> str:
    html = browser.post(reverse("rota-calendar")).content.decode()
    check_page(html)
    return html.partition('readonly value="')[2].partition('"')[0]


def test_the_calendar_has_ones_own_shifts_and_nobodys_name(rota):
    answer = Client().get(address_of(rota.tom))
    assert answer["Content-Type"].startswith("text/calendar")
    body = answer.content.decode()
    for name in ("Mair", "Rees", "Tom", "Ellery"):
        assert name not in body
    events = Calendar.from_ical(body).walk("VEVENT")
    assert events
    with scope(rota.federation.pk):
        mine = turns.mine(rota.people.tom, first=rota.at - 28 * DAY, last=rota.at + 182 * DAY)
    found = {(each.decoded("DTSTART"), each.decoded("DTEND")) for each in events}
    assert found >= {one.span for one in mine[1:-1]}
    assert {str(each["SUMMARY"]) for each in events} == {"On duty: Llanidloes"}
    assert len({str(each["UID"]) for each in events}) == len(events)


def test_an_event_keeps_its_name_when_it_is_read_again(rota):
    address = address_of(rota.tom)

    def names():
        return {str(each["UID"]) for each in Calendar.from_ical(Client().get(address).content).walk("VEVENT")}

    before = names()
    assert post(rota.head, "rota-give", rota.later, person=str(rota.people.mair.pk)).status_code == 302
    assert names() < before
    assert len(before - names()) == 1


def test_an_old_wrong_or_ended_address_shows_nothing(rota):
    first = address_of(rota.tom)
    second = address_of(rota.tom)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert Client().get(second.replace("/llanidloes/", "/nowhere/")).status_code == 404
    assert Client().get(second[:-8] + "AAAA.ics").status_code == 404
    assert Client().post(second).status_code == 405
    assert rota.tom.post(reverse("rota-calendar-end")).status_code == 302
    assert Client().get(second).status_code == 404
    assert rota.tom.post(reverse("rota-calendar-end")).status_code == 409


def test_who_has_left_has_no_calendar_any_more(rota):
    address = address_of(rota.mair)
    with scope(rota.federation.pk):
        record_departure(by=rota.people.head, at=rota.at, person=rota.people.mair, left_on=local_day(rota.at))
    assert Client().get(address).status_code == 404


def test_a_safeguarding_lead_sees_who_is_on_duty_and_finds_concerns_in_the_menu(rota, sign_in):
    with scope(rota.federation.pk):
        nerys = someone("Nerys Lead")
        Safeguarder.objects.create(place="lead", person_id=nerys.pk, since=rota.at)
    lead = sign_in(nerys)
    html = page(lead, "rota")
    check_page(html)
    assert "Tom Ellery" in words(html)
    assert reverse("wrong-reports") in page(lead, "menu")
    assert reverse("wrong-reports") not in page(rota.guest, "menu")


def test_a_leads_today_offers_no_one_on_duty_whom_an_open_concern_may_be_about(rota, sign_in):
    with scope(rota.federation.pk):
        nerys = someone("Nerys Lead")
        Safeguarder.objects.create(place="lead", person_id=nerys.pk, since=rota.at)
    lead = sign_in(nerys)
    assert "On duty: Tom Ellery" in words(page(lead, "today"))
    with scope(rota.federation.pk):
        report = wrong(rota.at, what="It was someone.", about_people=(rota.people.tom,))
    assert "Tom Ellery" not in words(page(lead, "today"))
    assert "On duty: Tom Ellery" in words(page(rota.head, "today")), "who may not know of it sees no gap"
    with scope(rota.federation.pk):
        take(report=report, by=nerys, at=rota.at)
    assert "Tom Ellery" not in words(page(lead, "today"))
    with scope(rota.federation.pk):
        Report.objects.update(state="closed")
    assert "On duty: Tom Ellery" in words(page(lead, "today"))


def test_numbers_of_colleagues_are_for_who_is_on_duty_and_not_for_who_is_only_named(rota, sign_in):
    with scope(rota.federation.pk):
        sioned = someone("Sioned Parry", "staff")
        open_account_of(rota.school, sioned, opened_at=rota.at, name="Clwb")
    named = sign_in(sioned)
    sheet = page(rota.tom, "duty-sheet")
    check_page(sheet)
    assert "Mair Rees" in words(sheet)
    assert reverse("duty-sheet") in page(rota.tom, "accounts")
    assert "Sioned Parry" in words(sheet)
    refused = named.get(reverse("duty-sheet"))
    assert refused.status_code == 403, "she is on the sheet, and on no shift"
    assert "from the day before you’re on duty" in words(refused.content.decode())
    assert reverse("duty-sheet") not in page(named, "accounts")
    assert rota.guest.get(reverse("duty-sheet")).status_code == 403
