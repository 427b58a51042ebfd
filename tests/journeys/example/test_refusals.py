"""What the program does not let people do, as they meet it on its pages."""

import pytest
from playwright.sync_api import expect

from schoolgate.rulebook import book
from tests.journeys.example import setting_up, steps

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_the_author_cannot_approve_and_is_told_why_on_the_page_and_at_the_door(house, somebody):
    with setting_up.inside(house):
        post = setting_up.handed_in("The pond is clean again.", "noticeboard", by="tom")
        seen = "anything"
    tom = somebody(house, "tom")
    tom.sign_in()
    tom.open(f"/posts/{post.pk}")

    tom.sees("Someone other than the author must approve this post.")
    expect(tom.named("Approve")).to_have_count(0)
    # A form made by hand is refused as well, with the same sentence.
    token = tom.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    answer = tom.page.request.post(
        f"/posts/{post.pk}/approve",
        form={"csrfmiddlewaretoken": token, "seen": seen},
        headers={"Referer": house.address},
    )
    assert answer.status == 403
    assert "Someone other than the author must approve this post." in answer.text()
    assert setting_up.state_of(house, post) == "submitted"


def test_who_does_not_decide_is_told_who_does(house, somebody):
    priya = somebody(house, "priya")
    priya.sign_in()
    priya.place("Accounts")
    priya.press("Proposals")
    priya.press("Year 4 learning diary")
    expect(priya.named("Decide")).to_have_count(0)
    answer = priya.page.goto(priya.page.url + "/decide")
    priya.look("not-allowed")

    assert answer.status == 403
    priya.reads("Ask Helen Marsh.")


def test_what_is_missing_in_a_proposal_is_named_with_its_clause(house, somebody):
    priya = somebody(house, "priya")
    priya.sign_in()
    priya.place("Accounts")
    priya.press("Propose an account")
    priya.fill("Account name", "Year 5")
    priya.press("Save and continue")
    priya.press("Save and continue")
    where = priya.page.url
    priya.press("Send for approval")
    priya.look("not-ready")
    priya.press("Back to where you were")
    assert priya.page.url == where
    priya.press("Network")
    priya.choose("School", "Wildground Juniors")
    priya.choose("Network", "Noticeboard")
    priya.answer("What kind of account is it?", "For teaching pupils")
    priya.answer("Is it meant for pupils?", "No")
    priya.press("Save and continue")
    priya.pick("People who will look after it", "Tom Ellery")
    priya.press("Save and continue")
    priya.press("Send for approval")

    priya.look("refused")
    for clause in ("wildground-accounts-3", "wildground-accounts-5", "wildground-accounts-7"):
        priya.reads(book("wildground").clause(clause).says)
    priya.open(where)
    priya.headed("Check your answers")


def test_an_approval_after_its_time_approves_nothing(house, somebody, hours_ago):
    with setting_up.inside(house):
        post = setting_up.handed_in(
            "The bus leaves at two.", "noticeboard", at=hours_ago(3), planned_at=hours_ago(1)
        )
    tom = somebody(house, "tom")
    tom.sign_in()
    tom.open(f"/posts/{post.pk}")
    tom.press("Approve")

    tom.sees("Not approved, because its scheduled time has passed. The author needs to set a new time.")
    tom.look("post-expired")
    house.minute_passes()
    assert "The bus leaves at two." not in house.public("noticeboard/wildground-juniors/")
    priya = somebody(house, "priya")
    priya.sign_in()
    priya.open(f"/posts/{post.pk}")
    priya.named("Set a new time").wait_for()


def test_what_changed_after_it_was_read_is_not_approved(house, somebody):
    with setting_up.inside(house):
        post = setting_up.handed_in("The hall is open.", "noticeboard")
    tom, priya = somebody(house, "tom"), somebody(house, "priya")
    tom.sign_in()
    tom.open(f"/posts/{post.pk}")
    priya.sign_in()
    priya.open(f"/posts/{post.pk}")
    priya.press("Edit")
    priya.fill("Text", "The hall is closed.")
    priya.press("Save draft")
    priya.sees("Draft saved. You changed it after answering, so please answer again.")
    steps.answer_what_is_asked(priya)
    priya.press("Save draft")
    steps.hand_in(priya)
    tom.named("Approve").click()
    tom.page.wait_for_load_state()

    tom.look("changed-meanwhile")
    tom.sees("Read it again, then decide.")
    assert setting_up.state_of(house, post) == "submitted"
