"""A phone post with a class picture: stopped by a child without consent, passed on once they are out."""

import pytest
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.models import Pupil
from tests.browsing import PHONE, complaints_of_axe, keep_pictures
from tests.web.posts_cast import NOW, Stage, jpeg
from tests.web.test_picture_editing_in_a_browser import EDIT, stored, use
from tests.web.test_posts_in_a_browser import Thumb, open_as

pytestmark = pytest.mark.browser

CLASS = ("Ava", "Ben", "Cai", "Dilys", "Efa", "Ffion", "Gwen", "Huw")
DESCRIBED = "Eight children in green shirts on a pitch."
MOST_TAPS, MOST_TAPS_WITH_A_NO, MOST_PIXELS = 6, 8, 3000


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage with class 4B, of which only Huw has no consent."""
    with scope(stage.federation.pk):
        for first in CLASS:
            given = {"key": first, "first_name": first, "last_name": "Example", "form": "4B"}
            pupil = Pupil.objects.create(school=stage.school, **given)
            if first != "Huw":
                record_answer(
                    by=stage.people["sam"], at=NOW, pupil=pupil, uses=["picture"], answer="given",
                    giver="parent", form="paper",
                )  # fmt: skip
    return stage


def high(tab) -> int:
    wide, tall = tab.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert wide <= PHONE["width"]
    assert tall <= MOST_PIXELS
    return tall


def pictured(world, chromium, served, **more):
    """A phone on which the text, the picture and its description are there."""
    tab = open_as(world, chromium, served, "amina", **more)
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    tab.get_by_label("Text", exact=True).fill("Our class won its first match.")
    tab.locator("#id_pictures").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(tab.get_by_label("Describe the picture")).to_be_focused()
    tab.keyboard.type(DESCRIBED)
    return tab


def test_a_child_without_consent_stops_it_and_without_the_child_it_passes(world, served, chromium, capsys):
    tab = pictured(world, chromium, served)
    thumb = Thumb(tab)

    tab.get_by_label("Class or group").select_option("4B")
    thumb.taps += 1
    thumb.tap(tab.get_by_role("button", name="Add all"))
    expect(tab.get_by_text("8 pupils chosen")).to_be_visible()
    expect(tab.get_by_text("7 pupils may appear on Bluesky, Noticeboard")).to_be_visible()
    thumb.tap(tab.get_by_role("checkbox", name="Juniors on Bluesky"))
    told = "May not be shown on Bluesky. Leave Huw Example out of the picture."
    expect(tab.get_by_text(told)).to_be_visible()
    thumb.tap(tab.get_by_label("I confirm these 6 statements"))
    expect(tab.get_by_role("link", name="Remove pupils who may not be shown")).to_be_visible()
    tallest = high(tab)
    thumb.tap(tab.get_by_role("button", name="Send for approval"))
    expect(tab.get_by_text("Draft saved. Something is still missing")).to_be_visible()
    with scope(world.federation.pk):
        assert Post.objects.get().state == "draft"

    thumb.tap(tab.get_by_role("button", name="Remove Huw Example"))
    expect(tab.get_by_text("7 pupils may appear on Bluesky")).to_be_visible()
    expect(tab.get_by_text("Nothing is missing")).to_be_visible()
    tallest = max(tallest, high(tab))
    assert complaints_of_axe(tab) == []
    thumb.tap(tab.get_by_role("button", name="Send for approval"))
    expect(tab.get_by_text("Sent for approval.")).to_be_visible()
    with scope(world.federation.pk):
        assert Post.objects.get().people.count() == 7
    assert thumb.taps <= MOST_TAPS_WITH_A_NO
    with capsys.disabled():
        print(f"\nwith a child who may not: {thumb.taps} taps, page up to {tallest} pixels high")


def test_it_passes_once_the_child_is_cropped_out_of_the_picture(world, served, chromium):
    tab = pictured(world, chromium, served)
    tab.get_by_label("Class or group").select_option("4B")
    tab.get_by_role("button", name="Add all").click()
    tab.get_by_role("checkbox", name="Juniors on Bluesky").check()
    tab.get_by_label("I confirm these 6 statements").check()
    stopped = tab.get_by_text("May not be shown on Bluesky. Leave Huw Example out of the picture.")
    expect(stopped).to_be_visible()
    expect(tab.get_by_role("link", name="Remove pupils who may not be shown")).to_be_visible()

    tab.get_by_role("button", name=EDIT).click()
    expect(tab.get_by_role("dialog", name="Edit picture")).to_be_visible()
    tab.get_by_role("button", name="Crop to area").click()
    keep_pictures(tab, "crop")
    use(tab)
    expect(stopped).to_be_visible()
    tab.get_by_role("button", name="Remove Huw Example").click()
    expect(stopped).to_have_count(0)
    expect(tab.get_by_label("Describe the picture")).to_have_value(
        "Eight children in green shirts on a pitch."
    )
    tab.get_by_label("I confirm these 6 statements").check()
    expect(tab.get_by_text("Nothing is missing")).to_be_visible()
    tab.get_by_role("button", name="Send for approval").click()
    expect(tab.get_by_text("Sent for approval.")).to_be_visible()
    keep_pictures(tab, "cropped-and-sent")
    with scope(world.federation.pk):
        post = Post.objects.get()
        assert (post.state, post.people.count()) == ("submitted", 7)
    cropped = stored(world)
    assert cropped.width < 640
    assert cropped.height < 420


def test_a_class_of_whom_all_may_takes_six_taps_after_text_and_picture(world, served, chromium, capsys):
    with scope(world.federation.pk):
        Pupil.objects.filter(first_name="Huw").update(form="5A")
    tab = pictured(world, chromium, served)
    thumb = Thumb(tab)
    tab.get_by_label("Class or group").select_option("4B")
    thumb.taps += 1
    thumb.tap(tab.get_by_role("button", name="Add all"))
    expect(tab.get_by_text("7 pupils chosen")).to_be_visible()
    thumb.tap(tab.get_by_role("checkbox", name="Juniors on Bluesky"))
    expect(tab.get_by_text("7 pupils may appear on Bluesky")).to_be_visible()
    thumb.tap(tab.get_by_label("I confirm these 6 statements"))
    expect(tab.get_by_text("Nothing is missing")).to_be_visible()
    tallest = high(tab)
    thumb.tap(tab.get_by_role("button", name="Send for approval"))
    expect(tab.get_by_text("Sent for approval.")).to_be_visible()
    assert thumb.taps <= MOST_TAPS
    with capsys.disabled():
        print(f"\nall may: {thumb.taps} taps, page up to {tallest} pixels high")
