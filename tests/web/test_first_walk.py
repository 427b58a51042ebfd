"""The first walk of each part: what it shows, what ticks a step, setting it aside and taking it up."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from schoolgate.web.today.steps import WALKS
from tests.web.plain import check_page

NOW = datetime.now(UTC)


@pytest.fixture
def amina(cast, federation):
    """A teacher, under a policy in force: she writes."""
    sam = cast("Sam Slater", "slt")
    with scope(federation.pk):
        adopt(by=sam, at=NOW)
    return cast("Amina Khan", "staff")


def today(browser) -> str:
    html = browser.get(reverse("today")).content.decode()
    check_page(html)
    return html


def shown(browser):
    return browser.get(reverse("today")).context["walk"]


def ticked(browser) -> list[str]:
    return [each.step.key for each in shown(browser).steps if each.done]


def test_every_walk_has_three_to_six_steps_that_say_why():
    for walk in WALKS:
        assert 3 <= len(walk.steps) <= 6
        assert len({step.key for step in walk.steps}) == len(walk.steps)
        assert all(step.title and step.why and step.button for step in walk.steps)


def test_who_is_new_is_shown_the_walk_of_their_part(amina, sign_in):
    html = today(sign_in(amina))

    assert "Your first post" in html
    assert "0 of 5 done" in html
    assert "Your first morning on duty" not in html


def test_a_page_that_was_opened_from_the_card_is_ticked(amina, sign_in):
    browser = sign_in(amina)
    response = browser.post(reverse("first-walk-step", args=["write", "ask"]))

    assert response.url == reverse("may-i")
    assert ticked(browser) == ["ask"]
    browser.post(reverse("first-walk-step", args=["write", "ask"]))
    assert ticked(browser) == ["ask"]


def test_what_rows_can_show_is_not_ticked_by_looking(stage):
    browser = stage.browser("amina")
    browser.post(reverse("first-walk-step", args=["write", "draft"]))
    assert "draft" not in ticked(browser)

    stage.draft()
    assert ticked(browser) == ["draft"]


def test_the_last_step_says_that_it_was_the_last(cast, sign_in, amina):
    browser = sign_in(cast("Grace Obi", "federation-leadership-team", relation="governor"))
    for step in ("policy", "evidence", "overview"):
        response = browser.post(reverse("first-walk-step", args=["oversee", step]), follow=True)
        assert (
            "You’ve finished these steps. You can find them again in the menu, under Getting started."
            not in response.content.decode()
        )
    response = browser.post(reverse("first-walk-step", args=["oversee", "ask"]), follow=True)

    assert (
        "You’ve finished these steps. You can find them again in the menu, under Getting started."
        in response.content.decode()
    )
    assert shown(browser) is None


def test_it_is_set_aside_and_taken_up_again(amina, sign_in):
    browser = sign_in(amina)
    browser.post(reverse("first-walk-aside", args=["write"]))
    assert shown(browser) is None

    page = browser.get(reverse("first-walks"))
    check_page(page.content.decode())
    assert "Show on Today again" in page.content.decode()
    browser.post(reverse("first-walk-again", args=["write"]))
    assert shown(browser).walk.key == "write"


def test_a_walk_of_somebody_elses_part_is_not_there(amina, sign_in):
    browser = sign_in(amina)

    assert browser.post(reverse("first-walk-step", args=["oversee", "evidence"])).status_code == 404
    assert browser.post(reverse("first-walk-aside", args=["none"])).status_code == 404
    assert browser.post(reverse("first-walk-step", args=["write", "none"])).status_code == 404


def test_another_persons_steps_are_not_mine(amina, cast, sign_in):
    sign_in(amina).post(reverse("first-walk-step", args=["write", "ask"]))

    assert ticked(sign_in(cast("Beth Colleague", "staff"))) == []


@pytest.mark.parametrize(
    ("roles", "title"),
    [
        (["lead-staff-member"], "Your first morning on duty"),
        (["federation-leadership-team"], "Your first look at oversight"),
        (["relevant-senior-member-of-staff"], "Dealing with concerns"),
        ([], "Your first visit"),
    ],
)
def test_each_part_has_its_own(amina, cast, sign_in, roles, title):
    assert title in today(sign_in(cast("Nia New", *roles)))


def test_before_any_policy_was_adopted_the_page_is_there(cast, sign_in):
    html = today(sign_in(cast("Sam Slater", "slt")))

    assert "No policy has been adopted here yet" in html
