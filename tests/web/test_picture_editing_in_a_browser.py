"""A picture is made smaller, turned, cropped and blurred on the phone that it was taken with."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, expect

from schoolgate.core import files
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.media.proving import prove_picture
from tests.browsing import DESK, PHONE, words_of_console, wrong_with
from tests.web.test_posts_in_a_browser import open_as, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

EDIT = "Crop, turn or blur"


def stripes(width: int = 800, height: int = 600) -> bytes:
    """Fine stripes, blue to the left and red to the right, with a place in it."""
    image = Image.new("RGB", (width, height), (220, 40, 40))
    image.paste((40, 60, 220), (0, 0, width // 2, height))
    for x in range(0, width, 16):
        image.paste((250, 250, 250), (x, 0, x + 8, height))
    exif = Image.Exif()
    exif[0x010F] = "A telephone"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def choose(tab: Page, served: str, world, content: bytes) -> None:  # noqa: F811
    """Begin a post with this picture."""
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    expect(tab.locator("#write")).to_be_visible()
    tab.locator("#id_pictures").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content}
    )
    expect(tab.get_by_label("Describe the picture")).to_be_focused()


def stored(world) -> Image.Image:  # noqa: F811
    """The newest picture as it lies in the store; and only one is there."""
    with scope(world.federation.pk):
        picture = Picture.objects.get()
        return Image.open(io.BytesIO(files.read(picture.digest))).convert("RGB")


def use(tab: Page) -> None:
    """Take the edited picture, and wait until the page shows it."""
    before = tab.locator(".sg-pic__thumb").get_attribute("src")
    tab.get_by_role("button", name="Use picture").click()
    expect(tab.locator(".sg-pic__thumb")).not_to_have_attribute("src", before)
    expect(tab.get_by_role("dialog")).to_be_hidden()


def detail(image: Image.Image, box: tuple[float, float, float, float]) -> float:
    """How much neighbouring columns differ inside a box, given in parts of the picture."""
    part = image.crop(tuple(round(side * of) for side, of in zip(box, image.size * 2, strict=True)))
    moved = ImageChops.difference(part, ImageChops.offset(part, 1, 0)).crop((1, 0, part.width, part.height))
    return sum(ImageStat.Stat(moved).mean)


def test_a_large_picture_is_sent_smaller_and_without_its_place(world, served, chromium, monkeypatch):  # noqa: F811
    sent: list[bytes] = []

    def prove(upload, **how):
        sent.append(upload.read())
        return prove_picture(sent[-1], **how)

    monkeypatch.setattr("schoolgate.media.pictures.prove_picture", prove)
    tab = open_as(world, chromium, served, "amina", bypass_csp=False)
    said = words_of_console(tab)
    content = stripes(4000, 3000)

    choose(tab, served, world, content)

    assert stored(world).size == (2048, 1536)
    assert len(sent) == 1
    assert b"A telephone" in content
    assert b"A telephone" not in sent[0]
    assert tab.evaluate("[localStorage.length, Object.values(sessionStorage).join().includes('blob')]") == [
        0,
        False,
    ]
    assert said == []


def test_a_face_is_blurred_in_the_stored_file_and_the_picture_before_is_gone(world, served, chromium):  # noqa: F811
    tab = open_as(world, chromium, served, "amina", PHONE, has_touch=True, bypass_csp=False)
    said = words_of_console(tab)
    choose(tab, served, world, stripes())
    assert detail(stored(world), (0.4, 0.4, 0.6, 0.6)) > 20

    tab.get_by_role("button", name=EDIT).click()
    expect(tab.get_by_role("dialog", name="Edit picture")).to_be_visible()
    tab.get_by_role("button", name="Blur area").click()
    expect(tab.get_by_text("The area is blurred.")).to_be_visible()
    use(tab)

    after = stored(world)
    assert detail(after, (0.4, 0.4, 0.6, 0.6)) < 8
    assert detail(after, (0.02, 0.02, 0.25, 0.98)) > 20
    # The corners of the area lie outside of the oval.
    assert detail(after, (0.3, 0.3, 0.33, 0.33)) > 15
    assert said == []


def test_an_area_is_drawn_moved_and_resized_by_mouse_and_cropped(world, served, chromium):  # noqa: F811
    tab = open_as(world, chromium, served, "amina", DESK)
    choose(tab, served, world, stripes())
    tab.get_by_role("button", name=EDIT).click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    box = tab.locator("[data-part=canvas]").bounding_box()

    def drag(start: tuple[float, float], end: tuple[float, float]) -> None:
        tab.mouse.move(box["x"] + start[0] * box["width"], box["y"] + start[1] * box["height"])
        tab.mouse.down()
        tab.mouse.move(box["x"] + end[0] * box["width"], box["y"] + end[1] * box["height"], steps=4)
        tab.mouse.up()

    drag((0.05, 0.05), (0.25, 0.55))
    expect(tab.get_by_text("Area from 5% to 25% across and from 5% to 55% down.")).to_be_visible()
    drag((0.15, 0.3), (0.65, 0.3))
    expect(tab.get_by_text("Area from 55% to 75% across and from 5% to 55% down.")).to_be_visible()
    drag((0.75, 0.55), (0.95, 0.95))
    expect(tab.get_by_text("Area from 55% to 95% across and from 5% to 95% down.")).to_be_visible()
    tab.get_by_role("button", name="Crop to area").click()
    use(tab)

    after = stored(world)
    assert abs(after.width - 320) <= 4
    assert abs(after.height - 540) <= 4
    red, _green, blue = ImageStat.Stat(after).mean
    assert red > blue


def test_everything_is_done_by_keys_alone(world, served, chromium):  # noqa: F811
    tab = open_as(world, chromium, served, "amina")
    choose(tab, served, world, stripes())

    def press(name: str) -> None:
        for _each in range(30):
            if tab.evaluate("document.activeElement.textContent.trim()") == name:
                tab.keyboard.press("Enter")
                return
            tab.keyboard.press("Tab")
        raise AssertionError(f"no way to {name}")

    tab.get_by_role("button", name=EDIT).focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="Area", exact=True)).to_be_focused()
    for _each in range(10):
        tab.keyboard.press("ArrowLeft")
    for _each in range(5):
        tab.keyboard.press("Shift+ArrowDown")
    expect(tab.get_by_text("Area from 10% to 50% across and from 30% to 80% down.")).to_be_visible()
    press("Crop to area")
    press("Turn right")
    expect(tab.get_by_text("The picture is turned to the right.")).to_be_visible()
    press("Turn left")
    press("Undo change")
    expect(tab.get_by_text("The last change is undone.")).to_be_visible()
    before = tab.locator(".sg-pic__thumb").get_attribute("src")
    press("Use picture")
    expect(tab.locator(".sg-pic__thumb")).not_to_have_attribute("src", before)

    after = stored(world)
    assert abs(after.width - 300) <= 4
    assert abs(after.height - 320) <= 4
    _red, _green, blue = ImageStat.Stat(after).mean
    assert blue > _red


def test_a_picture_that_did_not_arrive_is_sent_again_and_leaving_the_editor_changes_nothing(
    world,  # noqa: F811
    served,
    chromium,
):
    tab = open_as(world, chromium, served, "amina")
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    tab.route("**/pictures", lambda route: route.abort())
    tab.locator("#id_pictures").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": stripes()}
    )
    expect(tab.get_by_text("The picture didn’t arrive. Check your connection.")).to_be_visible()
    tab.unroute("**/pictures")
    tab.get_by_role("button", name="Send picture again").click()
    expect(tab.get_by_label("Describe the picture")).to_be_focused()
    assert stored(world).size == (800, 600)

    tab.get_by_role("button", name=EDIT).click()
    tab.get_by_text("Move the area with buttons").click()  # named ones move it too
    for name in ("Move right", "Move down", "Make wider", "Make taller"):
        tab.get_by_role("button", name=name).click()
    expect(tab.get_by_text("Area from 32% to 74% across and from 32% to 74% down.")).to_be_visible()
    for name in ("Move left", "Move up", "Make narrower", "Make shorter"):
        tab.get_by_role("button", name=name).click()
    expect(tab.get_by_text("Area from 30% to 70% across and from 30% to 70% down.")).to_be_visible()
    tab.get_by_role("button", name="Cancel editing").click()

    before = tab.locator(".sg-pic__thumb").get_attribute("src")
    for leave in ("Cancel editing", "Escape", "Use picture"):
        tab.get_by_role("button", name=EDIT).click()
        expect(tab.get_by_role("dialog")).to_be_visible()
        if leave == "Escape":
            tab.get_by_role("button", name="Turn left").click()
            tab.keyboard.press("Escape")
        else:
            tab.get_by_role("button", name=leave).click()
        expect(tab.get_by_role("dialog")).to_be_hidden()
        expect(tab.get_by_role("button", name=EDIT)).to_be_focused()
        assert tab.evaluate("document.querySelector('[data-part=canvas]').width") == 0
    assert tab.locator(".sg-pic__thumb").get_attribute("src") == before
    assert stored(world).size == (800, 600)


def test_the_page_of_writing_and_the_editor_are_readable_by_everybody(world, served, chromium):  # noqa: F811
    tab = open_as(world, chromium, served, "amina")
    choose(tab, served, world, stripes())
    assert wrong_with(tab, picture="writing-with-a-picture") == []
    with scope(world.federation.pk):
        picture = Picture.objects.get()
    post = world.draft(pictures=[picture])
    for language in ("en", "cy"):
        tab.context.add_cookies([{"name": "django_language", "value": language, "url": served}])
        tab.goto(f"{served}/posts/{post.pk}/edit")
        tab.locator("[data-picture-edit]").click()
        expect(tab.locator("#picture-editor")).to_be_visible()
        assert wrong_with(tab, language, picture="picture-editor") == []
        assert tab.evaluate("document.getElementById('picture-editor').scrollWidth") <= PHONE["width"]
