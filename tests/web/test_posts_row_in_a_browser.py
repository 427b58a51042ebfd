"""The list of posts has one button and one row of links, on a phone and at a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browsing import PHONE, bring_session, open_context, wrong_with
from tests.web.posts_cast import Stage

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


@pytest.mark.parametrize(("language", "size"), [("en", PHONE), ("cy", PHONE), ("en", DESK)])
def test_what_else_there_is_about_posts_is_one_row(world, served, chromium, language, size):
    world.submitted()
    context = open_context(chromium, size)
    bring_session(context, world.browser("amina"), served)
    context.add_cookies([{"name": "django_language", "value": language, "url": served}])
    tab = context.new_page()

    tab.goto(f"{served}/posts")

    row = tab.locator(".sg-beside-posts")
    expect(row.get_by_role("link")).to_have_count(5)
    expect(tab.locator(".sg-head__side .govuk-button")).to_have_count(1)
    if shots := os.environ.get("SCHOOLGATE_TEST_SHOTS"):
        tab.screenshot(path=Path(shots) / f"posts-{language}-{size['width']}.png", full_page=True)
    tops = row.evaluate("row => [...row.children].map(each => each.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    assert wrong_with(tab, language) == []


@pytest.mark.parametrize("saved", [False, True])
def test_a_draft_is_written_on_the_left_of_a_desk_with_what_is_missing_beside_it(
    world, served, chromium, saved
):
    context = open_context(chromium, DESK)
    bring_session(context, world.browser("amina"), served)
    tab = context.new_page()

    tab.goto(f"{served}/posts/{world.draft().pk}/edit" if saved else f"{served}/posts/new")

    main, strip = (tab.locator(f".sg-write__{each}").bounding_box() for each in ("main", "strip"))
    assert main["x"] + main["width"] <= strip["x"]
    assert main["width"] > strip["width"]
    assert strip["y"] < DESK["height"] / 2
