"""The calendar of posts in a browser: a month planned by keyboard alone, and a post dragged at a desk."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from schoolgate.core.clock import local_day
from tests.browsing import DESK, bring_session, open_context, wrong_with
from tests.web.posts_cast import NOW, Stage

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)
TODAY = local_day(NOW)
NEXT = (TODAY.replace(day=1) + 32 * DAY).replace(day=1)
MOST_TABS = 120


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


@pytest.fixture
def open_page(world, chromium, served):
    contexts = []

    def begin(size) -> Page:
        context = open_context(chromium, size)
        contexts.append(context)
        bring_session(context, world.browser("amina"), served)
        return context.new_page()

    yield begin
    for context in contexts:
        context.close()


def tab_to(page: Page, wanted) -> None:
    """Press Tab until this control has the focus."""
    expect(wanted).to_be_attached()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach it")


def press(page: Page, wanted) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def type_day(page: Page, field, day) -> None:
    """Type a date into the browser's own field, in the order of its parts: that is the machine's."""
    tab_to(page, field)
    for parts in (f"{day:%d%m%Y}", f"{day:%m%d%Y}"):
        page.keyboard.type(parts)
        if field.input_value() == day.isoformat():
            return
        for _ in range(2):
            page.keyboard.press("ArrowLeft")
    raise AssertionError("the date can't be typed")


def test_a_month_is_planned_by_keyboard_alone(world, open_page, served):
    texts = ["Harvest table", "Book fair"]
    posts = [world.draft(text) for text in texts]
    days = [NEXT + n * DAY for n in (2, 9)]
    page = open_page(DESK)
    page.goto(f"{served}/posts")
    press(page, page.get_by_role("link", name="Calendar", exact=True))
    expect(page.get_by_role("navigation", name="Views of the calendar")).to_be_visible()
    press(page, page.get_by_role("link", name="Later"))
    expect(page.locator(f'[data-day="{NEXT}"]')).to_be_visible()

    for text, day in zip(texts, days, strict=True):
        form = page.locator("#move")
        press(page, form.locator("summary"))
        tab_to(page, form.get_by_label("Post"))
        page.keyboard.type(f"No time: {text}")
        type_day(page, form.get_by_label("Move to"), day)
        tab_to(page, form.get_by_label("Time"))
        page.keyboard.type("1530")
        press(page, form.get_by_role("button", name="Move post"))
        expect(page.locator(f'[data-day="{day}"]')).to_contain_text(f"15:30 {text}")
    assert not wrong_with(page)

    other = days[0] + DAY
    press(page, page.get_by_role("link", name=re.compile(r"Move ?: 15:30 Harvest table")))
    form = page.locator("#move")
    expect(form).to_have_attribute("open", "")
    expect(form.get_by_label("Post")).to_have_value(str(posts[0].pk))
    type_day(page, form.get_by_label("Move to"), other)
    press(page, form.get_by_role("button", name="Move post"))
    expect(page.locator(f'[data-day="{other}"]')).to_contain_text("15:30 Harvest table")
    assert [local_day(world.read(post).planned_at) for post in posts] == [other, *days[1:]]


def test_a_post_is_dragged_to_another_day_at_a_desk(world, open_page, served):
    post = world.draft("Drag me", planned_at=NOW + timedelta(days=40))
    before = world.read(post).planned_at
    page = open_page(DESK)
    page.goto(f"{served}/posts?as=week&from={local_day(before)}")
    days = page.locator("[data-day]")
    target = next(
        each
        for each in (days.nth(n).get_attribute("data-day") for n in range(7))
        if each != local_day(before).isoformat()
    )
    page.locator("[data-post]").first.drag_to(page.locator(f'[data-day="{target}"]'))
    expect(page.locator(f'[data-day="{target}"]')).to_contain_text("Drag me")
    expect(page.locator("main")).to_contain_text("Moved to")
