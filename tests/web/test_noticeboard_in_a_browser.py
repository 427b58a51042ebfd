"""The noticeboard in a real browser: a visitor on a phone or at a desk, in either language, with scripts and
without."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.networks import registry
from schoolgate.networks.port import Credential, OutgoingPicture, OutgoingReply
from tests.browsing import PHONE, open_context, wrong_with
from tests.networks.contract import a_post, new_key, now

pytestmark = pytest.mark.browser


@pytest.fixture
def board(served, make_federation, home):
    """A board with a picture, a long word, a comment that was let through and its answer."""
    federation = make_federation("wildground", languages=["en", "cy"])
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
    network = registry.connect("noticeboard", Credential(federation_id=federation.pk, school_id=school.pk))
    buffer = io.BytesIO()
    Image.new("RGB", (1600, 900), (60, 120, 60)).save(buffer, "PNG")
    network.publish(
        a_post(
            "Open day on Friday at ten. See https://school.test/open-day.\n\nParking is on the field.",
            pictures=(
                OutgoingPicture(
                    buffer.getvalue(), "image/png", "An empty hall, the chairs in rows.", 1600, 900
                ),
            ),
        )
    )
    network.publish(a_post("مرحبا بكم في المدرسة"))
    receipt = network.publish(a_post("Long: " + "Llanfairpwllgwyngyll" * 6))
    return served, network, receipt


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_board_is_readable_by_everybody(board, chromium, language):
    served, _, receipt = board
    page = open_context(chromium, locale=f"{language}-GB").new_page()
    for path in ("/wildground/noticeboard/juniors/", receipt.ref.address):
        page.goto(f"{served}{path}")
        assert wrong_with(page, language) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_visitor_comments_and_reads_the_answer(board, chromium, scripts):
    served, network, receipt = board
    page = open_context(chromium, PHONE, java_script_enabled=scripts).new_page()
    page.goto(f"{served}{receipt.ref.address}")

    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("link", name="Write your comment")).to_have_count(1)
    page.get_by_label("Your name").fill("A parent")
    page.get_by_label("Your comment").fill("Is there parking?")
    page.get_by_role("button", name="Send comment").click()

    thanks = "Thank you. A member of school staff will read your comment before it’s shown."
    expect(page.get_by_text(thanks)).to_be_visible()
    expect(page.get_by_text("Is there parking?")).to_have_count(0)
    item = network.replies(receipt.ref)[0]
    network.release(item)
    network.reply(OutgoingReply(new_key(), "Yes, on the field.", now(), item.ref, receipt.ref))
    page.goto(f"{served}{receipt.ref.address}")
    expect(page.locator("article h3")).to_have_text(["A parent", "Wildground Juniors"])
    expect(page.get_by_text("Yes, on the field.")).to_be_visible()
