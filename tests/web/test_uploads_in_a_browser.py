"""A picture on a weak line in a real browser: it continues where it stopped; its words appear once read."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from schoolgate.core import pieces
from schoolgate.core.files import passing
from schoolgate.core.pieces import Owner
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.media.words import keep_words
from schoolgate.pupils.models import Pupil
from tests.browsing import PHONE, bring_session, complaints_of_axe, open_context
from tests.web.posts_cast import NOW, Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


@pytest.fixture
def tab(world, chromium, served) -> Page:
    """Amina's phone, at a new post."""
    context = open_context(chromium, PHONE)
    bring_session(context, world.browser("amina"), served)
    page = context.new_page()
    page.goto(f"{served}/posts/new/{world.school.pk}")
    return page


def grainy() -> dict[str, object]:
    """A picture of several pieces, another each time, as a person chooses it."""
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(out, "JPEG", quality=90)
    return {"name": "grain.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def choose(tab: Page) -> None:
    expect(tab.locator(".htmx-added")).to_have_count(0)  # from then on the field listens
    tab.locator("input[type=file][name=pictures]").set_input_files([grainy()])


def test_whatever_a_weak_line_does_each_picture_arrives_and_costs_one_piece_more_at_most(world, tab):
    owner = Owner(world.federation.pk, world.people["amina"].pk)
    arrived = tab.locator(".sg-pic")

    sent: list[tuple[str, str]] = []

    def breaks(route: Route) -> None:
        method, offset = route.request.method, route.request.headers.get("upload-offset", "")
        sent.append((method, offset))
        if method == "PATCH" and len([each for each in sent if each[0] == "PATCH"]) == 2:
            route.abort()
        else:
            route.continue_()

    tab.route("**/uploads/*", breaks)
    choose(tab)
    expect(arrived).to_have_count(1, timeout=60_000)
    offsets = [int(offset) for method, offset in sent if method == "PATCH"]
    assert [method for method, _offset in sent].count("HEAD") == 1
    assert offsets[1] == offsets[2] > 0
    assert tab.evaluate("document.querySelector('input[type=file][name=pictures]').files.length") == 0
    assert tab.evaluate("indexedDB.databases ? indexedDB.databases().then((all) => all.length) : 0") == 0
    assert any(each.place.name.endswith(".used") for each in passing().laid())

    # An answer that is lost: the piece is not sent twice into the file.
    lost = []

    def loses(route: Route) -> None:
        if route.request.method == "PATCH" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    tab.unroute_all()
    tab.route("**/uploads/*", loses)
    choose(tab)
    expect(arrived).to_have_count(2, timeout=60_000)
    assert lost == [204]

    # Where pieces are not taken the form sends the file.
    tab.unroute_all()
    tab.route("**/uploads", lambda route: route.fulfill(status=404, body=""))
    choose(tab)
    expect(arrived).to_have_count(3, timeout=60_000)

    # The limit of open uploads does not stop a picture.
    tab.unroute_all()
    for _each in range(pieces.PURPOSES["picture"].most_open):
        pieces.begin(owner, purpose="picture", length=10)
    choose(tab)
    expect(arrived).to_have_count(4, timeout=60_000)


def test_words_appear_without_a_touch_once_they_are_read(world, tab, reads_words):
    with scope(world.federation.pk):
        Pupil.objects.create(school=world.school, key="A1", first_name="Gwen", last_name="Parry")
    choose(tab)
    expect(tab.get_by_text("A program is reading the words")).to_be_visible(timeout=60_000)
    with scope(world.federation.pk):
        keep_words(at=NOW, picture=Picture.objects.get(), lines=["Gwen Parry", "Year 5"])

    expect(tab.locator(".sg-words").get_by_text("Gwen Parry / Year 5").first).to_be_visible(timeout=60_000)
    expect(tab.locator("#screening").get_by_text("read in picture 1")).to_be_visible(timeout=60_000)
    assert complaints_of_axe(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    if shots := os.environ.get("SCHOOLGATE_TEST_SHOTS"):
        tab.screenshot(path=Path(shots) / "words-in-picture.png", full_page=True)
