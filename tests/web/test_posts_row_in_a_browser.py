"""The list of posts has its two buttons and a few links, on a phone and at a desk."""

import pytest
from playwright.sync_api import Page, expect

from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post
from tests.browsing import DESK, PHONE, bring_session, open_context, too_wide, wrong_words
from tests.web.posts_cast import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


@pytest.fixture
def tab(world, served, chromium) -> Page:
    """Amina's browser."""
    context = open_context(chromium, PHONE)
    bring_session(context, world.browser("amina"), served)
    return context.new_page()


def test_what_else_there_is_about_posts_is_a_few_links_that_all_show(world, served, tab):
    world.submitted()
    for language, size in (("en", PHONE), ("en", DESK), ("cy", PHONE)):
        tab.context.add_cookies([{"name": "django_language", "value": language, "url": served}])
        tab.set_viewport_size(size)
        tab.goto(f"{served}/posts")
        row = tab.locator(".sg-links")
        expect(row.get_by_role("link")).to_have_count(4)
        expect(tab.locator(".sg-head__side .govuk-button")).to_have_count(2)
        tops = row.evaluate("row => [...row.children].map(each => each.getBoundingClientRect().top)")
        assert len(set(tops)) == 1 or (size is PHONE and len(set(tops)) == 2), "none lies beside the screen"
        assert wrong_words(tab, language) + too_wide(tab, size) == []


def test_a_draft_is_written_on_the_left_of_a_desk_with_its_preview_and_what_is_missing_beside_it(
    world, served, tab
):
    tab.set_viewport_size(DESK)
    for path in (f"/posts/{world.draft().pk}/edit", "/posts/new"):
        tab.goto(served + path)
        main, strip = (tab.locator(f".sg-write__{each}").bounding_box() for each in ("main", "strip"))
        assert main["x"] + main["width"] <= strip["x"]
        assert main["width"] > strip["width"]
        assert strip["y"] + strip["height"] <= DESK["height"]
        preview = tab.locator("#previews").bounding_box()
        assert preview["x"] >= strip["x"], "how it will look stands above, in the same column"
        assert preview["y"] + preview["height"] <= strip["y"]


def test_what_an_approver_answers_has_a_line_of_its_own_below_the_status_on_a_phone(world, served, chromium):
    post = world.draft("Ring the office on 0115 496 0123 to book a place.")
    with scope(world.federation.pk):
        Post.objects.filter(pk=post.pk).update(state="submitted")
    context = open_context(chromium, PHONE)
    bring_session(context, world.browser("ben"), served)
    tab = context.new_page()
    tab.goto(f"{served}/posts?show=waiting")
    status, found, link = (
        tab.locator(f".sg-rows tbody {each}").bounding_box()
        for each in (".sg-tag", ".sg-rows__found", "th a")
    )
    assert found["y"] >= status["y"] + status["height"]
    assert found["x"] == link["x"]
    assert too_wide(tab, PHONE) == []
