"""News in a real browser: sent in from a phone, made into a post by the account lead, approved by another."""

import pytest
from playwright.sync_api import Page, expect

from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.publishing.models import News
from schoolgate.publishing.news import send_news
from tests.browsing import PHONE, bring_session, complaints_of_axe, keep_pictures, open_context, wrong_words
from tests.cast import someone
from tests.web.posts_cast import NOW, Stage, jpeg

pytestmark = pytest.mark.browser

MOST_PIXELS = 3000
MOST_FIELDS = 5
"""Questions on the page of a person who sends something in, before anything is unfolded."""


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, with a teaching assistant who doesn't post, and a second lead."""
    with scope(stage.federation.pk):
        stage.people["tess"] = someone("Tess Assistant", "federation-leadership-team", school=stage.school)
        stage.people["lea"] = someone("Lea Lead", "lead-staff-member", school=stage.school)
    return stage


def open_as(world: Stage, chromium, served: str, who: str, **more) -> Page:
    """A tab of that person's phone."""
    context = open_context(chromium, PHONE, **more)
    bring_session(context, world.browser(who), served)
    return context.new_page()


def test_the_page_is_readable_by_everybody_and_not_long(world, served, chromium):
    with scope(world.federation.pk):
        given = {"at": NOW, "school": world.school, "kind": "news", "by": world.people["tess"]}
        for _time in range(6):
            send_news(**given, made_by="other", owner="A parent", text="They won the relay. " * 60)
    for who in ("tess", "ben"):
        tab = open_as(world, chromium, served, who)
        for language in ("en", "cy"):
            tab.context.add_cookies([{"name": "django_language", "value": language, "url": served}])
            for address in ("/news", "/news?show=sent"):
                answer = tab.goto(served + address)
                assert (address, answer.status) == (address, 200)
                assert wrong_words(tab, language) == []
                size = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
                high, wide = tab.evaluate(size)
                assert (high <= MOST_PIXELS, wide <= PHONE["width"]) == (True, True), (who, address, high)
        assert complaints_of_axe(tab) == []


def test_a_large_picture_is_made_smaller_sent_in_pieces_and_let_go_by_the_browser(world, served, chromium):
    tess = open_as(world, chromium, served, "tess")
    sent: list[tuple[str, int]] = []
    tess.on(
        "request",
        lambda asked: (
            sent.append((asked.method, len(asked.post_data_buffer or b"")))
            if "/uploads" in asked.url or asked.url.endswith("/news")
            else None
        ),
    )
    tess.goto(f"{served}/news")
    original = jpeg(3000, 2000)
    tess.get_by_label("What happened?").fill("Our new pond.")
    tess.get_by_label("Pictures").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": original}
    )

    expect(tess.get_by_role("checkbox", name="Picture 1")).to_be_checked()
    expect(tess.get_by_label("What happened?")).to_have_value("Our new pond.")
    assert tess.evaluate("document.querySelector('input[type=file]').files.length") == 0
    assert any(method == "PATCH" for method, _size in sent)
    with scope(world.federation.pk):
        assert max(Picture.objects.values_list("width", flat=True)) <= 2048
    size = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    assert tess.evaluate(size)[1] <= PHONE["width"]
    tess.get_by_label("News", exact=True).check()
    tess.get_by_label("I did").check()
    tess.get_by_role("button", name="Send in", exact=True).click()
    expect(tess.get_by_text("Not looked at yet")).to_be_visible()
    keep_pictures(tess, "news-sent-in")
    with scope(world.federation.pk):
        assert len(News.objects.get().pictures) == 1
    posted = [size for method, size in sent if method == "POST"]
    assert max(posted) < 10_000
