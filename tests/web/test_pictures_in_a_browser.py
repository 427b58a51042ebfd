"""Several pictures of a post in a real browser: put in order by keyboard, approved, and on the noticeboard as
they were approved."""

import pytest
from playwright.sync_api import Page, expect

from schoolgate.core.tenancy import scope
from schoolgate.networks import registry
from schoolgate.networks.port import Credential
from schoolgate.publishing import queries, sending
from schoolgate.publishing.models import Post
from schoolgate.publishing.starting import begin_sending
from tests.browsing import PHONE, bring_session, open_context, too_wide, wrong_with
from tests.web.posts_cast import NOW, TEXT, Stage, jpeg

pytestmark = pytest.mark.browser

FIELD, GATE, HALL = "An empty field in the sun.", "The green gate.", "The hall, chairs in rows."
MOST_PIXELS = 3000
ROW_PIXELS = 100
"""What one described picture may take of a phone's page."""


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


def open_as(world: Stage, chromium, served: str, who: str, **more) -> Page:
    """A tab of that person's phone."""
    context = open_context(chromium, PHONE, **more)
    bring_session(context, world.browser(who), served)
    return context.new_page()


def files(*colours: str) -> list[dict[str, object]]:
    """Pictures of these colours, as a person chooses them."""
    return [
        {"name": f"{each}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(colour=each)} for each in colours
    ]


def write(tab: Page, served: str, world: Stage) -> None:
    """Begin a post for the noticeboard."""
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    tab.get_by_label("Text", exact=True).fill(TEXT)
    tab.get_by_role("checkbox", name="Juniors' noticeboard").check()


def describe(tab: Page, *words: str) -> None:
    """Describe each picture in order and say that no one can be seen in it: the next then opens by itself."""
    rows = tab.locator(".sg-pic")
    for place, alt in enumerate(words):
        row = rows.nth(place)
        row.get_by_role("textbox").fill(alt)
        row.get_by_label("No one recognisable", exact=True).check()


def described_on(tab: Page) -> list[str | None]:
    """The descriptions of the pictures of a page, from the first to the last."""
    return [
        each.get_attribute("alt")
        for each in tab.locator("main .sg-pictures img, main .sg-side__pictures img").all()
    ]


def colours_on(tab: Page) -> list[str]:
    """The colours of the pictures of the form, from the first to the last, as the eye tells them apart."""
    return tab.locator(".sg-pic__thumb").evaluate_all(
        """async (all) => Promise.all(all.map(async (each) => {
            await each.decode()
            const canvas = new OffscreenCanvas(1, 1).getContext('2d')
            canvas.drawImage(each, 0, 0, 1, 1)
            const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data
            return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue'
        }))"""
    )


def to_the_board(world: Stage, post: Post) -> str:
    """Send the approved post, and return where it is."""
    board = Credential(federation_id=world.federation.pk, school_id=world.school.pk)
    with scope(world.federation.pk):
        (delivery,) = begin_sending(at=NOW, post=queries.post(post.pk))
    sending.advance(
        world.federation.pk, delivery.pk, clock=lambda: NOW,
        connect=lambda _account: registry.connect("noticeboard", board),
    )  # fmt: skip
    with scope(world.federation.pk):
        return queries.delivery(delivery.pk).ref.address


def test_three_pictures_put_in_order_by_keyboard_are_on_the_noticeboard_in_that_order(
    world, served, chromium, monkeypatch
):
    amina = open_as(world, chromium, served, "amina")
    write(amina, served, world)
    amina.locator("#id_pictures").set_input_files(files("#3f7d5a", "#7d3f5a", "#5a3f7d"))
    expect(amina.locator(".sg-pic")).to_have_count(3)
    assert colours_on(amina) == ["green", "red", "blue"]
    expect(amina.get_by_label("Describe picture 1")).to_be_focused()
    describe(amina, FIELD, GATE, HALL)

    amina.get_by_role("button", name="Move up picture 3").focus()
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("button", name="Move up picture 2")).to_be_focused()
    expect(amina.locator(".htmx-added")).to_have_count(0)  # from then on the new button listens
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("button", name="Move down picture 1")).to_be_focused()
    expect(amina.locator(".sg-pic").first.locator("textarea")).to_have_value(HALL)
    assert amina.locator(".sg-pic__say[open]").count() == 1
    folded = amina.locator(".sg-pic:not(:has(> [open]))").all()
    assert max(each.bounding_box()["height"] for each in folded) <= ROW_PIXELS
    high, wide = amina.evaluate(
        "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert (high <= MOST_PIXELS, wide) == (True, PHONE["width"])

    amina.get_by_label("I confirm these 4 statements").check()
    expect(amina.get_by_text("Nothing is missing")).to_be_visible()
    amina.get_by_role("button", name="Send for approval").click()
    expect(amina.get_by_text("Sent for approval.")).to_be_visible()
    with scope(world.federation.pk):
        post = Post.objects.get()

    ben = open_as(world, chromium, served, "ben")
    ben.goto(f"{served}/posts/{post.pk}")
    assert described_on(ben) == [HALL, FIELD, GATE]
    assert wrong_with(ben) == []
    ben.get_by_role("button", name="Approve").click()
    expect(ben.get_by_text("Approved. It will be posted within a minute or two.")).to_be_visible()

    monkeypatch.setattr("tests.web.test_pictures_in_a_browser.NOW", world.read(post).state_at)
    there = to_the_board(world, post)
    visitor = open_context(chromium, PHONE).new_page()
    visitor.goto(served + there)
    assert described_on(visitor) == [HALL, FIELD, GATE]
    assert too_wide(visitor, PHONE) == []
