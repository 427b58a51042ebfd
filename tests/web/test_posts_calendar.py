"""The calendar of posts on pages: month and week, moving, repeating, good times, and the calendar address."""

from datetime import UTC, datetime, time, timedelta

from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.models import CalendarDay, Term
from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post, PostState, Slot
from schoolgate.rota.feeds import renew_feed
from schoolgate.rota.models import instant
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.web.posts_cast import NOW, act, set_up

DAY = timedelta(days=1)
TODAY = local_day(NOW)
AHEAD = TODAY + 9 * DAY
AT = instant(AHEAD, time(15, 30))


def html(answer) -> str:
    return answer.content.decode()


def calendar(browser, way: str = "month", **more):
    return browser.get(reverse("posts"), {"as": way, "from": AHEAD.isoformat(), **more})


def shown_on(page, day) -> list:
    return next(each for each in page.context["days"] if each.day == day).rows


def test_a_planned_post_is_on_its_day_with_its_status_in_words(stage):
    """Without term dates no day is a gap or a holiday. Filters choose; nothing made up is found."""
    stage.draft("Draft of Amina", planned_at=AT)
    stage.submitted("Waiting on Facebook", "facebook", planned_at=AT)
    browser = stage.browser("amina")
    for way in ("month", "week"):
        page = calendar(browser, way)
        rows = [(row.time, row.text, row.state) for row in shown_on(page, AHEAD)]
        assert ("15:30", "Waiting on Facebook", "Needs approval") in rows, way
        assert len(rows) == 2, way
        check_page(html(page))
    page = calendar(browser)
    assert not any(each.gap or each.labels for each in page.context["days"] if each.day.weekday() < 5 and
                   each.day.month == AHEAD.month and "Bank holiday" not in each.labels)  # fmt: skip
    assert "Term dates not entered" in html(page)

    def texts(**filters):
        return [row.text for row in shown_on(calendar(browser, **filters), AHEAD)]

    assert texts(show="waiting") == ["Waiting on Facebook"]
    assert texts(account=stage.accounts["bluesky"].pk) == ["Draft of Amina"]
    assert texts(author=stage.people["ben"].pk) == []
    assert len(texts(school=stage.school.pk, author=stage.people["amina"].pk)) == 2
    assert texts(school=stage.school.pk + 1) == []
    for query in (
        "as=year", "as=month&from=x", "as=month&from=9999-01-01", "as=week&account=x", "as=week&show=by-hand",
    ):  # fmt: skip
        assert browser.get(f"{reverse('posts')}?{query}").status_code == 404, query


def test_school_holidays_inset_days_and_gaps_are_said_in_words(stage):
    monday = TODAY + (7 - TODAY.weekday()) * DAY
    with scope(stage.federation.pk):
        Term.objects.create(
            school=stage.school, name="Now", first_day=TODAY - 60 * DAY, last_day=monday + 2 * DAY
        )
        Term.objects.create(
            school=stage.school, name="Next", first_day=monday + 14 * DAY, last_day=monday + 60 * DAY
        )
        CalendarDay.objects.create(school=stage.school, day=monday + DAY, kind="inset")
    stage.draft("Welcome", planned_at=instant(monday, time(9)))
    browser = stage.browser("amina")
    page = browser.get(reverse("posts"), {"as": "week", "from": monday.isoformat()})
    days = {each.day: each for each in page.context["days"]}
    assert [days[monday].gap, days[monday + DAY].gap, days[monday + 2 * DAY].gap] == [False, False, True]
    assert "INSET day" in days[monday + DAY].labels[0]
    text = shown_by(html(page))
    assert "Last day of term" in text
    assert "School holiday" in text
    assert "1 school day" in text


def test_two_posts_near_each_other_on_one_account_clash_in_words(stage):
    stage.draft("One", planned_at=AT)
    stage.draft("Two", planned_at=AT + timedelta(minutes=29))
    stage.draft("Elsewhere", "facebook", planned_at=AT)
    page = calendar(stage.browser("amina"))
    assert [row.clash for row in shown_on(page, AHEAD)] == [True, False, True]
    assert "15:30 and 15:59" in html(page)
    assert "Less than 30 minutes apart" in html(page)


def test_people_without_a_part_see_no_post_of_others_and_no_form(stage):
    stage.draft("Only for staff", planned_at=AT)
    with scope(stage.federation.pk):
        stage.people["parent"] = someone("Pat Parent", relation="parent")
    page = calendar(stage.browser("parent"))
    assert "Only for staff" not in html(page)
    assert page.context["move"] is None
    answer = stage.browser("parent").post(reverse("post-move"), {"as": "month", "post": "1"})
    assert answer.status_code == 403
    answer = Client().get(address_of(stage.browser("parent")))
    assert not Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_month_costs_the_same_for_one_post_and_for_many(stage, same_queries):
    browser = stage.browser("amina")
    stage.draft("One", planned_at=AT)
    calendar(browser)

    def grow():
        for number in range(5):
            stage.draft(f"{number}", "bluesky", "facebook", planned_at=AT + timedelta(minutes=number))

    same_queries(lambda: calendar(browser), grow)
    page = calendar(browser)
    day = next(each for each in page.context["days"] if each.day == AHEAD)
    assert (len(day.rows), day.more) == (4, 2)


# --- moving ------------------------------------------------------------------------------------------------


def move(browser, post, **more):
    typed = {"as": "month", "from": AHEAD.isoformat(), "post": post.pk, "do": "move", **more}
    return browser.post(reverse("post-move"), typed)


def test_a_post_moves_by_a_form_and_keeps_its_time_and_the_view(stage, make_federation, sign_in):
    """If it was approved, it waits for approval again. Nobody moves a colleague's or another federation's."""
    post, browser = stage.approved("Move me", planned_at=AT), stage.browser("amina")
    assert move(stage.browser("cara"), post, day=AHEAD.isoformat()).status_code == 403
    other = set_up(make_federation("wildground-two", "wildground"), sign_in)
    assert move(other.browser("amina"), post, day=AHEAD.isoformat()).status_code == 404
    answer = move(browser, post, day=(AHEAD + DAY).isoformat(), show="drafts")
    assert answer.status_code == 302
    assert "as=month" in answer["Location"]
    assert "show=drafts" in answer["Location"]
    assert stage.read(post).planned_at == instant(AHEAD + DAY, time(15, 30))
    assert "needs approval of the new time" in html(browser.get(answer["Location"]))
    assert stage.read(post).state == PostState.SUBMITTED


def test_a_move_that_cannot_be_is_said_beside_its_field(stage):
    post, browser = stage.draft("Move me"), stage.browser("amina")
    for typed, said in [
        ({"day": ""}, "Enter a date"),
        ({"day": (TODAY - DAY).isoformat(), "time": "10:00"}, "Choose a time in the future"),
        ({"day": AHEAD.isoformat()}, "This post has no time yet"),
        ({"do": "slot"}, "No good time is free"),
    ]:
        answer = move(browser, post, **typed)
        assert answer.status_code == 422, typed
        assert said in html(answer), typed
        check_page(html(answer))
    written = browser.post(reverse("post-new", args=[stage.school.pk]), stage.typed(do="slot"))
    assert "No good time is free" in html(written), "while writing, too"


def test_an_hour_that_the_clocks_skip_is_refused(stage):
    spring = next(
        day
        for day in (TODAY + n * DAY for n in range(1, 400))
        if datetime.combine(day, time(12), LONDON).utcoffset() and not (
            datetime.combine(day - DAY, time(12), LONDON).utcoffset()
        )
    )  # fmt: skip
    answer = move(stage.browser("amina"), stage.draft("x"), day=spring.isoformat(), time="01:30")
    assert answer.status_code == 422
    assert "The clocks go forward then" in html(answer)


# --- good times --------------------------------------------------------------------------------------------


def test_a_good_time_is_added_used_while_writing_and_removed(stage):
    browser, account = stage.browser("amina"), stage.accounts["bluesky"]
    typed = {"as": "month", "account": account.pk, "weekdays": [AHEAD.weekday()], "clock": "08:15"}
    assert browser.post(reverse("post-slots"), typed).status_code == 302
    page = html(calendar(browser))
    assert "08:15" in page
    check_page(page)

    written = browser.post(reverse("post-new", args=[stage.school.pk]), stage.typed(do="slot"))
    assert 'value="08:15"' in html(written)
    with scope(stage.federation.pk):
        assert not Post.objects.exists()
        slot = Slot.objects.get()
    post = stage.draft("Plan me")
    assert move(browser, post, do="slot").status_code == 302
    planned_at = stage.read(post).planned_at
    assert (local_day(planned_at).weekday(), f"{planned_at.astimezone(LONDON):%H:%M}") == (
        AHEAD.weekday(), "08:15",
    )  # fmt: skip

    assert browser.post(reverse("post-slot-remove", args=[slot.pk]), {"as": "month"}).status_code == 302
    assert "08:15" not in html(browser.get(reverse("posts"), {"as": "month"})).partition('id="slots"')[2]


def test_a_good_time_without_a_day_is_refused_and_another_federations_is_not_removed(
    stage, make_federation, sign_in
):
    typed = {"as": "month", "account": stage.accounts["bluesky"].pk, "clock": "08:15"}
    answer = stage.browser("amina").post(reverse("post-slots"), typed)
    assert answer.status_code == 422
    assert "Choose at least one day" in html(answer)

    with scope(stage.federation.pk):
        slot = Slot.objects.create(account=stage.accounts["bluesky"], weekday=0, clock=time(9))
    other = set_up(make_federation("wildground-two", "wildground"), sign_in)
    answer = other.browser("amina").post(reverse("post-slot-remove", args=[slot.pk]), {"as": "month"})
    assert answer.status_code == 404


# --- repeating ---------------------------------------------------------------------------------------------


def test_the_days_of_a_repetition_are_shown_before_drafts_are_made(stage):
    post = stage.approved("Every week", planned_at=AT)
    browser, address = stage.browser("amina"), act("repeat", post.pk)
    check_page(html(browser.get(address)))
    typed = {"every": "week", "until": (AHEAD + 21 * DAY).isoformat(), "do": "show"}
    page = browser.post(address, typed)
    check_page(html(page))
    days = [each["value"] for each in page.context["offered"]]
    assert days == [(AHEAD + n * 7 * DAY).isoformat() for n in (1, 2, 3)]
    with scope(stage.federation.pk):
        assert Post.objects.count() == 1

    made = browser.post(address, {**typed, "do": "make", "days": days[:2]})
    assert made.status_code == 302
    with scope(stage.federation.pk):
        repeats = list(Post.objects.filter(repeat_of=post).order_by("planned_at"))
    assert [each.state for each in repeats] == [PostState.DRAFT] * 2
    assert [local_day(each.planned_at).isoformat() for each in repeats] == days[:2]
    again = browser.post(address, typed)
    assert [each["value"] for each in again.context["offered"]] == days[2:]


def test_no_day_no_author_and_no_time_make_no_draft(stage):
    post = stage.draft("Every week", planned_at=AT)
    address = act("repeat", post.pk)
    typed = {"every": "week", "until": (AHEAD + 21 * DAY).isoformat(), "do": "make"}
    none = stage.browser("amina").post(address, typed)
    assert (none.status_code, "Choose between 1 and 60 days" in html(none)) == (422, True)
    early = stage.browser("amina").post(address, {**typed, "until": AHEAD.isoformat(), "do": "show"})
    assert "There are no days left" in html(early)
    assert stage.browser("ben").get(address).status_code == 403
    assert stage.browser("amina").get(act("repeat", stage.draft("No time").pk)).status_code == 404


# --- the calendar address ----------------------------------------------------------------------------------


def address_of(browser) -> str:
    page = html(browser.post(reverse("posts-calendar")))
    check_page(page)
    return page.partition('readonly value="')[2].partition('"')[0]


def test_the_address_shows_ones_visible_posts_without_text_or_names(stage):
    post = stage.approved("Zebedee won the race", planned_at=AT)
    withdrawn = stage.draft("Gone", planned_at=AT)
    with scope(stage.federation.pk):
        Post.objects.filter(pk=withdrawn.pk).update(state=PostState.WITHDRAWN)
    answer = Client().get(address_of(stage.browser("ben")))
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, no-store"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("DTSTART") == AT.astimezone(UTC)
    assert str(event["SUMMARY"]) == "Scheduled: Juniors on Bluesky"
    assert str(event["URL"]).endswith(f"/posts/{post.pk}")
    for word in ("Zebedee", "Amina", "Khan", "Ben"):
        assert word not in answer.content.decode()


def test_an_old_ended_or_the_rotas_address_shows_no_posts(stage):
    browser = stage.browser("amina")
    first, second = address_of(browser), address_of(browser)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert Client().get(second.replace("/posts/", "/rota/")).status_code == 404
    assert Client().get(second.replace("/wildground/", "/nowhere/")).status_code == 404
    with scope(stage.federation.pk):
        shifts = renew_feed(by=stage.people["amina"], at=NOW)
    assert Client().get(reverse("rota-feed", args=["wildground", shifts])).status_code == 200
    assert Client().get(reverse("posts-feed", args=["wildground", shifts])).status_code == 404
    assert Client().get(second).status_code == 200
    assert browser.post(reverse("posts-calendar-end")).status_code == 302
    assert Client().get(second).status_code == 404
    assert browser.post(reverse("posts-calendar-end")).status_code == 409
