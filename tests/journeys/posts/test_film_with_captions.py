"""A film from a phone: with its captions it is checked, approved, and played on the noticeboard with them."""

from __future__ import annotations

import pytest

from schoolgate.core import files
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Film
from tests.browsing import keep_pictures
from tests.eyes import expect
from tests.filming import CAPTIONS, PLACE, TITLE, a_film
from tests.journeys.example.house import in_a_thread
from tests.journeys.posts.phones import Thumb, a_minute_passes

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TEXT = "Sports day in half a minute."
SAID = "Welcome to our sports day."
BOARD = "Juniors' noticeboard"


def test_a_film_goes_out_with_its_captions(stage, phone):
    amina = Thumb(phone("amina", browser=True))
    page = amina.page
    page.goto(f"/posts/new/{stage.school.pk}")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("checkbox", name=BOARD).check()
    page.locator("summary").filter(has_text="Add a film").click()
    film = {"name": "sports.mp4", "mimeType": "video/mp4", "buffer": a_film(told=True)}
    page.locator("#id_film").set_input_files(film)
    amina.tap("button", "Add film")
    # The preview shows it too, once it has come.
    expect(page.get_by_role("list", name="Pictures, in the order").locator("video")).to_be_visible()
    page.get_by_label("Describe the film").fill("Runners set off on the field.")
    page.get_by_label("No one recognisable").check()
    page.locator("#id_confirmed").check()
    keep_pictures(page, "film-without-captions")
    amina.tap("button", "Send for approval")
    expect(page.get_by_text("This film has sound. Add captions").first).to_be_visible()
    keep_pictures(page, "film-refused")

    page.get_by_label("Captions (WebVTT)").fill(CAPTIONS)
    expect(page.get_by_role("link", name="This film has sound. Add captions")).to_have_count(0)
    page.locator("#id_confirmed").check()
    expect(page.get_by_role("link", name="Say whether a pupil can be heard in this film.")).to_be_visible()
    heard = page.get_by_role("group", name="Who can be heard in it?")
    heard.get_by_label("No pupil recognisable").check()
    expect(page.get_by_text("Nothing is missing")).to_be_visible()
    amina.tap("button", "Send for approval")
    expect(page.get_by_text("Sent for approval.")).to_be_visible()

    ben = Thumb(phone("ben"))
    ben.page.goto(parts_of(page.url).path)
    expect(ben.page.get_by_text("Film 0:02, with sound and captions").first).to_be_visible()
    expect(ben.page.get_by_text(SAID).first).to_be_attached()
    assert ben.page.eyes.wrong(ben.page.content()) == []
    ben.tap("button", "Approve")
    expect(ben.page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    in_a_thread(lambda: a_minute_passes(stage, {}))

    ben.page.reload()
    address = ben.page.get_by_role("link", name="View on Noticeboard").get_attribute("href")
    page.goto(address)
    film = page.locator("video")
    expect(film).to_be_visible()
    expect(film.locator("track")).to_have_attribute("kind", "captions")
    # Chromium reads film and captions as a visitor's browser does.
    page.wait_for_function("document.querySelector('video').readyState >= 1")
    film.evaluate("film => { film.textTracks[0].mode = 'showing' }")
    page.wait_for_function(
        f"[...(document.querySelector('video').textTracks[0].cues || [])].some(cue => cue.text === {SAID!r})"
    )
    keep_pictures(page, "film-on-the-noticeboard")
    in_a_thread(lambda: check_kept(stage))


def check_kept(stage) -> None:
    """What is kept tells neither the place nor the name that the telephone wrote."""
    with scope(stage.federation.pk):
        (film,) = Film.objects.all()
        kept = files.read(film.digest, federation_id=stage.federation.pk)
    assert PLACE.encode() not in kept
    assert TITLE.encode() not in kept
    assert PLACE.encode() in a_film(told=True)
