"""The noticeboard, as a visitor comments on it and reads the answer."""

import io

import pytest
from PIL import Image

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.networks import registry
from schoolgate.networks.port import Credential, OutgoingPicture, OutgoingReply
from tests.networks.contract import a_post, new_key, now
from tests.web.scriptless import expect, open_context


@pytest.fixture
def board(make_federation, home):
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
    return network, receipt


def test_a_visitor_comments_and_reads_the_answer(board):
    network, receipt = board
    page = open_context().new_page()
    page.goto(f"{receipt.ref.address}")

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
    page.goto(f"{receipt.ref.address}")
    expect(page.locator("article h3")).to_have_text(["A parent", "Wildground Juniors"])
    expect(page.get_by_text("Yes, on the field.")).to_be_visible()
