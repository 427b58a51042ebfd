"""The first walk of each part: what it shows, what ticks a step, setting it aside and taking it up."""

import pytest
from django.urls import reverse

from schoolgate.web.today.getting_started import WALKS
from tests.web.plain import check_page


@pytest.fixture
def amina(in_force, cast):
    """A teacher, under a policy in force: she writes."""
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


def test_who_is_new_ticks_the_walk_of_their_part_sets_it_aside_and_takes_it_up_again(amina, cast, sign_in):
    browser = sign_in(amina)
    response = browser.get(reverse("today"))
    check_page(response.content.decode())
    assert response.context["walk"].walk.key == "write"
    assert "0 of 5 done" in response.content.decode()

    opened = browser.post(reverse("first-walk-step", args=["write", "ask"]))
    assert opened.url == reverse("may-i")
    assert ticked(browser) == ["ask"]
    browser.post(reverse("first-walk-step", args=["write", "ask"]))
    assert ticked(browser) == ["ask"]
    assert ticked(sign_in(cast("Beth Colleague", "staff"))) == [], "another person's"

    assert browser.post(reverse("first-walk-step", args=["oversee", "evidence"])).status_code == 404
    assert browser.post(reverse("first-walk-aside", args=["none"])).status_code == 404
    assert browser.post(reverse("first-walk-step", args=["write", "none"])).status_code == 404

    browser.post(reverse("first-walk-aside", args=["write"]))
    assert shown(browser) is None
    page = browser.get(reverse("first-walks"))
    check_page(page.content.decode())
    assert "Show on Today again" in page.content.decode()
    browser.post(reverse("first-walk-again", args=["write"]))
    assert shown(browser).walk.key == "write"


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
        assert "You’ve finished these steps" not in response.content.decode()
    response = browser.post(reverse("first-walk-step", args=["oversee", "ask"]), follow=True)

    assert "You’ve finished these steps" in response.content.decode()
    assert shown(browser) is None


PARTS = [
    (["lead-staff-member"], "duty"),
    (["federation-leadership-team"], "oversee"),
    (["relevant-senior-member-of-staff"], "safeguard"),
    ([], "help"),
]


def test_each_part_has_its_own(in_force, cast, sign_in):
    for roles, key in PARTS:
        assert shown(sign_in(cast(f"Nia {key}", *roles))).walk.key == key


def test_before_any_policy_was_adopted_the_page_is_there(cast, sign_in):
    html = today(sign_in(cast("Sam Slater", "slt")))

    assert "No policy has been adopted here yet" in html


def test_a_second_person_who_manages_people_ticks_that_step(in_force, cast, sign_in):
    browser = sign_in(in_force.sam)

    def second():
        walks = browser.get(reverse("first-walks")).context["walks"]
        (found,) = [each for walk in walks for each in walk.steps if each.step.key == "second"]
        return found.done

    before = second()
    cast("Pat Second", "slt")
    assert (before, second()) == (False, True)
