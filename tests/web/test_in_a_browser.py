"""The frame in a real browser: readable by everybody, on a phone and on a desk, with scripts and without."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from tests.browsing import DESK, PHONE, bring_session, open_context, words_of_console, wrong_with
from tests.cast import someone
from tests.conftest import as_owner

pytestmark = pytest.mark.browser


@pytest.fixture
def example(own_database):
    """A home with one example federation in it and nothing else."""
    with as_owner() as owner:
        row = owner.execute(
            "INSERT INTO core_federation (slug, name, policy_key, languages, is_example)"
            " VALUES ('wildground', 'Wildground Federation', 'wildground', '{en,cy}', true) RETURNING id"
        ).fetchone()
    return row[0]


def visit(chromium, served, path, size, language="en", **more):
    context = open_context(chromium, size, locale="cy-GB" if language == "cy" else "en-GB", **more)
    page = context.new_page()
    page.said = words_of_console(page)
    page.goto(f"{served}{path}")
    return page


def test_every_component_and_the_page_of_an_error_are_readable_by_everybody(example, served, chromium):
    page = visit(chromium, served, "/style", DESK)
    assert wrong_with(page) == []
    page.goto(f"{served}/nowhere/at/all")
    assert wrong_with(page) == []
    assert wrong_with(visit(chromium, served, "/style", DESK, "cy"), "cy") == []


def test_the_strict_policy_stops_nothing_and_an_error_summary_takes_the_focus_and_leads_to_its_field(
    example, served, chromium
):
    page = visit(chromium, served, "/style", PHONE, bypass_csp=False)
    page.wait_for_selector("body.js-enabled")
    page.wait_for_function("document.activeElement.className.includes('govuk-error-summary')")
    page.get_by_role("link", name="Fill in this field: What is the account for?").click()
    page.wait_for_function("document.activeElement.id === 'id_purpose'")
    assert page.said == []

    for size in (PHONE, DESK):  # and the foot is not hidden behind the places
        page.set_viewport_size(size)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        box = page.locator(".sg-foot p").bounding_box()
        covered = page.evaluate(
            "([x, y]) => !!document.elementFromPoint(x, y).closest('.sg-nav')", [box["x"] + 5, box["y"] + 5]
        )
        assert not covered, size


def test_the_first_key_offers_to_skip_to_the_content(example, served, chromium):
    page = visit(chromium, served, "/nowhere", DESK)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")


def test_a_person_changes_the_language_and_comes_back_to_the_same_page(example, served, chromium):
    with scope(example):
        cara = someone("Cara", "staff")
    client = Client()
    client.force_login(cara.user)
    context = open_context(chromium, PHONE)
    bring_session(context, client, served)
    page = context.new_page()
    page.goto(f"{served}/menu")
    for _again in range(3):  # more than once, while the service worker starts
        page.get_by_role("button", name="Cymraeg").click()
        expect(page.locator("h1")).to_contain_text("Dewislen")
        page.get_by_role("button", name="English").click()
        expect(page.locator("h1")).to_contain_text("Menu")
        assert page.url == f"{served}/menu"
