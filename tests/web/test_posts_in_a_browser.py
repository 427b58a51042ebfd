"""Writing, approving and doing by hand in a real browser: readable by everybody, with scripts and without."""

import pytest
from playwright.sync_api import Page, Route, expect

from schoolgate.core.tenancy import scope
from schoolgate.media.models import Film
from schoolgate.networks.checks import length
from schoolgate.publishing import queries
from schoolgate.publishing.models import Post
from tests.browsing import (
    DESK,
    PHONE,
    bring_session,
    complaints_of_axe,
    keep_pictures,
    open_context,
    words_of_console,
)
from tests.filming import CAPTIONS, a_film
from tests.web.posts_cast import Stage, jpeg
from tests.web.test_posts_pressed import everywhere
from tests.web.test_posts_pressed import open_as as tab_of

pytestmark = pytest.mark.browser

MOST_TAPS_OF_A_PLAIN_POST = 3
MOST_TAPS_OF_A_PHOTO_POST = 6
MOST_PIXELS = 3000
"""Taps after the text was typed, and the height of a page, that an office puts up with on a phone."""

UNITS = (
    "graphemes", "UTF-16 units", "bytes", "characters", "Mastodon characters",
    "characters, links at least 23", "weighted characters",
)  # fmt: skip
COUNTED = [
    [text, unit]
    for unit in UNITS
    for text in (
        "👩‍🏫 dŵr",
        "See https://a.test, or (https://school.test/" + "x" * 80 + ").",
        "https://school.test/a_(b) and @teacher@elsewhere.test!",
        "日本 e\u0301 “ok” www.oakwood.sch.uk/a 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 1️⃣ ©️ dŵr.test",
    )
]
COUNTS = """async (counted) => {
  const { lengthOf } = await import(document.querySelector('script[src*="web/posts"]').src)
  return counted.map(([text, unit]) => lengthOf(text, unit))
}"""


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


def open_as(world: Stage, chromium, served: str, who: str, size=PHONE, **more) -> Page:
    """A tab of that person's browser."""
    context = open_context(chromium, size, **more)
    bring_session(context, world.browser(who), served)
    return context.new_page()


def test_every_page_is_readable_by_everybody(world, eyes):
    tabs = {who: tab_of(world, who) for who in ("amina", "ben")}
    for address, who in everywhere(world):
        tabs[who].goto(address)
        assert eyes.wrong(tabs[who].content()) == [], address


class Thumb:
    """Counts each touch of somebody who writes on a phone."""

    def __init__(self, tab: Page) -> None:
        self.tab, self.taps = tab, 0

    def tap(self, what) -> None:
        """Touch a button, a box or a field. A file is chosen, and a field filled, in the same touch."""
        what.click()
        self.taps += 1


def no_page_is_long(tab: Page) -> None:
    """No page of posts is over 3,000 pixels on a phone, nor wider than it."""
    high, wide = tab.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert high <= MOST_PIXELS
    assert wide <= PHONE["width"]


def test_a_plain_post_takes_three_taps_after_its_text_at_most(world, served, chromium):
    tab = open_as(world, chromium, served, "amina", bypass_csp=False)
    said = words_of_console(tab)
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    expect(tab.get_by_text("Write the text")).to_be_visible()
    thumb = Thumb(tab)

    tab.get_by_label("Text", exact=True).fill("Sports day 👩‍👩‍👧‍👦")
    thumb.tap(tab.get_by_role("checkbox", name="Juniors on Bluesky"))
    missing = tab.get_by_role("link", name="Confirm 3 statements")
    expect(missing).to_be_visible()
    counted = tab.locator("[data-target]", has_text="Juniors on Bluesky").locator("[data-count]")
    expect(counted).to_have_text("12")
    assert tab.evaluate(COUNTS, COUNTED) == [length(*each) for each in COUNTED]  # as the program counts
    with scope(world.federation.pk):
        assert not Post.objects.exists()
    missing.click()  # leads to its field, and needs no tap
    expect(tab.locator("#id_confirmed")).to_be_focused()
    expect(tab.get_by_role("button", name="Save draft")).to_be_in_viewport()
    thumb.tap(tab.get_by_label("I confirm these 3 statements"))
    expect(tab.get_by_text("Nothing is missing")).to_be_visible()
    no_page_is_long(tab)
    thumb.tap(tab.get_by_role("button", name="Send for approval"))

    told = "Sent for approval. The approvers will see it on their Today page."
    expect(tab.get_by_text(told)).to_be_visible()
    no_page_is_long(tab)
    assert thumb.taps <= MOST_TAPS_OF_A_PLAIN_POST
    assert said == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_was_found_in_the_text_is_seen_on_a_phone_beside_what_is_missing(
    world, served, chromium, language
):
    """It stood to the right of the first thing missing, and had to be swiped to."""
    tab = open_as(world, chromium, served, "amina")
    tab.context.add_cookies([{"name": "django_language", "value": language, "url": served}])
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    tab.locator("#id_text").fill("Ring Ann on 07700 900123. We meet at the park at 9am tomorrow with Year 4.")
    tab.locator("input[name=accounts]").first.check()
    found = tab.locator('#missing a[href="#screening"]')
    expect(found).to_be_in_viewport(ratio=1)
    expect(tab.locator("#missing a").nth(1)).to_be_in_viewport(ratio=1)
    wide, shown = tab.evaluate("(e => [e.scrollWidth, e.clientWidth])(document.querySelector('#missing ul'))")
    assert wide <= shown


def test_a_photo_of_a_class_on_the_consent_list_takes_six_taps_at_most(world, served, chromium):
    tab = open_as(world, chromium, served, "amina")
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    thumb = Thumb(tab)

    tab.get_by_label("Text", exact=True).fill("Our hockey team won its first match.")
    with tab.expect_file_chooser() as chooser:
        thumb.tap(tab.locator("#id_pictures"))
    chooser.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(tab.get_by_label("Describe the picture")).to_be_focused()
    tab.keyboard.type("Eight girls in green shirts on a pitch.")
    thumb.tap(tab.get_by_label("Pupils", exact=True))
    thumb.tap(tab.get_by_label("How many pupils, all on the consent list?"))
    tab.keyboard.type("8")
    thumb.tap(tab.get_by_role("checkbox", name="Juniors on Bluesky"))
    expect(tab.get_by_role("link", name="Confirm 6 statements")).to_be_visible()
    thumb.tap(tab.get_by_label("I confirm these 6 statements"))
    expect(tab.get_by_text("Nothing is missing")).to_be_visible()
    no_page_is_long(tab)
    assert complaints_of_axe(tab) == []
    thumb.tap(tab.get_by_role("button", name="Send for approval"))

    expect(tab.get_by_text("Sent for approval.")).to_be_visible()
    no_page_is_long(tab)
    assert thumb.taps <= MOST_TAPS_OF_A_PHOTO_POST
    with scope(world.federation.pk):
        (entry,) = queries.post(Post.objects.get().pk).people.all()
    assert (entry.number, entry.relation, entry.consent) == (8, "pupil", True)


def test_an_answer_given_before_the_words_changed_is_asked_again_at_once_and_they_are_previewed(
    world, served, chromium
):
    post = world.draft()
    tab = open_as(world, chromium, served, "amina", DESK)
    tab.goto(f"{served}/posts/{post.pk}/edit")
    tab.get_by_label("Text", exact=True).fill("Something else.")
    expect(tab.get_by_text("You changed the post, so please answer again.")).to_be_visible()
    tab.get_by_label("I confirm these 3 statements").check()
    expect(tab.get_by_text("Nothing is missing")).to_be_visible()
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.get_by_role("button", name="Send for approval")).to_be_visible()

    tab.goto(f"{served}/posts/{post.pk}/edit")
    tab.get_by_label("Text", exact=True).fill("See https://example.org/day #sport")
    preview = tab.get_by_role("article")
    expect(preview).to_have_count(1)
    expect(preview).to_contain_text("34 of 300 characters · 1 hashtag")
    expect(preview).to_contain_text("Link: example.org")


def test_a_picture_arrives_at_once_and_what_is_none_is_told(world, served, chromium):
    tab = open_as(world, chromium, served, "amina")
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    file = tab.locator("#id_pictures")
    file.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    expect(tab.get_by_text("This file isn’t a picture we can use.")).to_be_visible()
    expect(tab.locator(".htmx-added")).to_have_count(0)  # from then on the new field listens
    arriving: list[Route] = []
    tab.route("**/schools/*/pictures", arriving.append)
    file.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(tab.get_by_text("Getting the pictures ready…")).to_be_visible()
    tab.locator("#id_text").focus()
    tab.keyboard.type("Our choir sang.")
    while not arriving:
        tab.wait_for_timeout(100)
    arriving[0].continue_()
    expect(tab.get_by_label("Describe the picture")).to_be_visible()
    expect(tab.locator(".sg-pic__large")).to_be_visible()
    expect(tab.locator("#id_text")).to_be_focused()  # who goes on writing keeps the cursor
    assert complaints_of_axe(tab) == []


def test_captions_chosen_as_a_file_stay_through_a_refused_film_and_the_next_save(world, served, chromium):
    tab = open_as(world, chromium, served, "amina", DESK)
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    tab.get_by_label("Text", exact=True).fill("Sports day.")
    tab.locator("#film-part > summary").click()
    tab.locator("#id_film_captions").set_input_files(
        {"name": "a.vtt", "mimeType": "text/vtt", "buffer": CAPTIONS.encode()}
    )
    tab.locator("#id_film").set_input_files({"name": "a.mp4", "mimeType": "video/mp4", "buffer": b"no film"})
    tab.get_by_role("button", name="Add film").click()
    expect(tab.get_by_label("Captions from your file")).to_have_value(CAPTIONS)
    keep_pictures(tab, "captions-of-a-refused-film")

    tab.locator("#id_film").set_input_files({"name": "a.mp4", "mimeType": "video/mp4", "buffer": a_film()})
    tab.get_by_role("button", name="Add film").click()
    expect(tab.get_by_label("Captions (WebVTT)")).to_have_value(CAPTIONS)
    tab.get_by_label("Describe the film").fill("Runners set off.")
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.get_by_text("Draft saved.")).to_be_visible()
    keep_pictures(tab, "captions-saved")
    with scope(world.federation.pk):
        assert Film.objects.get().captions == CAPTIONS


def test_two_clicks_on_a_button_are_one(world, served, chromium):
    post = world.submitted()
    tab = open_as(world, chromium, served, "ben", DESK)
    tab.goto(f"{served}/posts/{post.pk}")
    tab.get_by_role("button", name="Approve").dblclick()
    expect(tab.get_by_text("Approved. It will be posted within a minute or two.")).to_be_visible()
    assert world.read(post).state == "approved"
