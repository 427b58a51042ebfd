"""A post in Welsh and English: written on a phone, its Welsh compared by a reader, approved by a colleague
who doesn’t read Welsh."""

import pytest

from tests.eyes import expect
from tests.journeys.example.steps import answer_what_is_asked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WELSH = "Mae ffa cyntaf yr ardd yn tyfu. Dewch i’w gweld ar ôl ysgol."
ENGLISH = "The first beans are up in the garden. Come and see them after school."


def test_the_welsh_is_compared_by_a_reader_and_both_go_out_welsh_first(house, somebody):
    carys = somebody(house, "carys")
    carys.sign_in()
    carys.place("Accounts")
    carys.press("Llanidloes High School noticeboard")
    carys.page.locator("summary", has_text="Languages of posts").click()
    carys.choose("Which languages go to each account", "Welsh, then English")
    carys.press("Save languages")
    carys.sees("Languages saved.")
    carys.open("/posts/new")
    if carys.page.url.endswith("/posts/new"):
        carys.press("Llanidloes High School")
    carys.fill("Text", ENGLISH)
    carys.answer("Language of the text", "English")
    carys.page.get_by_text("The same in the other language").first.click()
    carys.fill("The same in the other language", WELSH)
    carys.page.get_by_role("checkbox", name="Llanidloes High School noticeboard").check()
    carys.press("Save draft")
    expect(carys.page.locator("[data-count]").first).to_have_text(str(len(WELSH) + 2 + len(ENGLISH)))
    carys.look("welsh-pair-written")
    answer_what_is_asked(carys)
    carys.answer("What is its purpose?", "Share pupils' work")
    carys.press("Send for approval")
    carys.sees("Sent for approval. The approvers will see it on their Today page.")
    post = carys.page.url

    rhian = somebody(house, "rhian", language="cy")
    rhian.sign_in()
    rhian.open("/me")
    rhian.page.get_by_label(rhian.say("I read Welsh")).check()
    rhian.press("Save answer")

    gethin = somebody(house, "gethin")
    gethin.sign_in()
    gethin.open(post)
    gethin.sees("This post has Welsh text, and you haven’t said that you read Welsh.")
    gethin.look("welsh-pair-told")
    gethin.press("Ask to compare")
    gethin.sees("Asked. They’ll see it on their Today page.")

    rhian.open("/today")
    rhian.takes("Compare the texts", about=WELSH[:20])
    rhian.look("welsh-pair-compared")
    rhian.press("I’ve read the Welsh and it says the same")
    rhian.sees("Your answer has been recorded under your name.")

    gethin.open(post)
    gethin.sees("Says the same as the English")
    gethin.press("Approve")
    gethin.sees("Approved. It will be posted within a minute or two.")
    gethin.look("welsh-pair-approved")
