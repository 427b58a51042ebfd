"""A post with a pupil's name in a real browser: stopped, answered on a phone, and sent for approval."""

import re

import pytest
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from schoolgate.pupils.models import Pupil
from tests.browsing import PHONE, bring_session, complaints_of_axe, open_context, wrong_with
from tests.web.posts_cast import Stage

pytestmark = pytest.mark.browser

NAMED = "Well done to Gwen Parry, who won the spelling prize."


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage with one pupil, on a database of its own, because a browser's requests commit."""
    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")
    return stage


def open_as(world, chromium, served, who, **more):
    context = open_context(chromium, PHONE, **more)
    bring_session(context, world.browser(who), served)
    return context.new_page()


def test_a_post_with_a_pupils_name_is_stopped_answered_and_passed(world, chromium, served):
    page = open_as(world, chromium, served, "amina")
    page.goto(f"{served}/posts/new/{world.school.pk}")
    page.get_by_role("checkbox", name="Juniors on Bluesky").check()
    page.locator("#id_text").fill(NAMED)
    hit = page.get_by_role("group", name=re.compile("“Gwen Parry”"))
    expect(hit).to_be_visible()
    expect(page.locator("#missing")).to_contain_text("“Gwen Parry”: name of a pupil")
    assert complaints_of_axe(page) == []
    page.locator("#missing").get_by_role("link", name=re.compile("Gwen Parry")).click()
    hit.get_by_label("It’s not this pupil").check()
    expect(page.locator("#missing")).to_contain_text("Gwen Parry")
    hit.get_by_label("Reason").fill("She wrote the book we read.")
    hit.get_by_label("Reason").press("Tab")
    expect(page.locator("#missing")).not_to_contain_text("Gwen Parry")
    page.locator("#id_confirmed").check()
    page.get_by_role("button", name="Send for approval").click()
    expect(
        page.get_by_text("Sent for approval. The approvers will see it on their Today page.")
    ).to_be_visible()
    expect(page.locator("#screening")).to_contain_text("It’s not this pupil")
    assert wrong_with(page) == []
