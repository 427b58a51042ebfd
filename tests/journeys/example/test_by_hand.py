"""A network that the program holds no key for: copied, put out by a person, its address pasted back."""

import hashlib

import pytest

from tests.browsing import PHONE
from tests.journeys.example import setting_up
from tests.journeys.example.setting_up import ALT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TEXT = "Bunting is up! Côr yr ysgol sings at two."
ADDRESS = "https://www.facebook.com/wildground-juniors/posts/1234567890"


def test_text_picture_and_description_are_taken_and_the_link_comes_back(house, somebody):
    with setting_up.inside(house):
        post = setting_up.approved(TEXT, "facebook", picture=True)
        digest = post.pictures[0].digest
    house.minute_passes()
    priya = somebody(
        house, "priya", browser=True, size=PHONE, permissions=["clipboard-read", "clipboard-write"]
    )
    priya.sign_in()
    priya.takes("Show me how", about=priya.say("Post by hand"))
    priya.page.goto(delivery_of(house, post))
    priya.look("by-hand-with-picture")

    priya.named("Copy the text").click()
    priya.named("Copied").wait_for()
    assert priya.page.evaluate("navigator.clipboard.readText()") == TEXT
    with priya.page.expect_download() as coming:
        priya.named("Download the picture").click()
    assert hashlib.sha256(coming.value.path().read_bytes()).hexdigest() == digest
    priya.named("Copy the description").click()
    assert priya.page.evaluate("navigator.clipboard.readText()") == ALT

    priya.fill("Link to the post", "https://example.org/elsewhere")
    priya.press("Mark as posted")
    priya.look("wrong-address")
    assert setting_up.state_of(house, post) == "sending"
    priya.fill("Link to the post", ADDRESS)
    priya.press("Mark as posted")
    priya.sees("Thank you. Saved under your name.")
    assert setting_up.state_of(house, post) == "published"
    priya.page.goto(delivery_of(house, post))
    there = priya.named("View on %(network)s", network="Facebook Page")
    assert there.get_attribute("href") == ADDRESS


def delivery_of(house, post) -> str:
    with setting_up.inside(house):
        return f"/deliveries/{post.deliveries.get(by_hand=True).pk}"
