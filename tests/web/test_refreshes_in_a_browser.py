"""A refresh that comes late takes nothing back: what was typed or chosen meanwhile stays, a file too."""

import pytest
from playwright.sync_api import expect

from tests.browsing import PHONE, close_contexts, comes, open_context, serving

pytestmark = pytest.mark.browser

FIELDS = """<div id="fields">
  <label for="words">Words</label><textarea id="words" name="words">{words}</textarea>
  <fieldset><legend>Is it urgent?</legend>
    <input type="radio" name="urgent" value="yes" id="yes" checked><label for="yes">Yes</label>
    <input type="radio" name="urgent" value="no" id="no"><label for="no">No</label></fieldset>
  <span id="says">{says}</span>
  <input type="checkbox" name="confirmed" id="confirmed" aria-describedby="says">
  <label for="confirmed">I confirm this</label>
  <label for="who">Who</label><select id="who" name="who"><option>A</option><option>B</option></select>
  <label for="file">File</label><input type="file" id="file" name="file">
  <input type="hidden" name="version" id="version" value="{version}">
</div>"""
BEFORE = FIELDS.format(words="", says="Everyone agreed.", version=1)
BRING = """html => {
  document.getElementById('late')?.remove()
  const form = document.createElement('form')
  form.id = 'late'
  form.setAttribute('hx-sync', 'this:replace')
  form.innerHTML = html + `<button type="button" id="ask" hx-post="/refreshed" hx-include="#late"
    hx-target="#fields" hx-swap="outerHTML">Ask</button><button type="button" id="look" hx-get="/refreshed"
    hx-params="none" hx-target="#fields" hx-swap="outerHTML">Look</button>`
  document.getElementById('main').append(form)
  htmx.process(form)
}"""


@pytest.fixture(scope="module")
def alone(chromium, django_db_setup, django_db_blocker):
    """A page with all scripts."""
    with django_db_blocker.unblock(), serving() as port:
        page = open_context(chromium, PHONE, service_workers="block").new_page()
        page.goto(f"http://127.0.0.1:{port}/sign-in")
        page.wait_for_function("'htmx' in window")
        page.asked = []

        def hold(route):
            page.asked.append(route)

        page.route("**/refreshed", hold)
        yield page
        close_contexts()


@pytest.fixture
def late(alone):
    """A page with a form whose refreshes are answered when the test says so."""
    alone.asked.clear()
    alone.evaluate(BRING, BEFORE)
    return alone


def ask(page, button="#ask"):
    """Let a request leave."""
    page.locator(button).click()
    comes(page, lambda: page.asked)


def answer(page, **said):
    """Answer the request with fields as they were before."""
    given = {"words": "", "says": "Everyone agreed.", "version": 2, **said}
    status = given.pop("status", 200)
    page.asked.pop(0).fulfill(status=status, content_type="text/html", body=FIELDS.format(**given))
    if status == 200:
        expect(page.locator("#version")).to_have_value(str(given["version"]))


def test_what_was_typed_and_chosen_since_the_request_left_stays(late):
    ask(late)
    late.locator("#words").press_sequentially("Typed meanwhile")
    late.locator("#no").check()
    late.locator("#confirmed").check()
    late.locator("#who").select_option("B")
    answer(late)

    expect(late.locator("#words")).to_have_value("Typed meanwhile")
    expect(late.locator("#words")).not_to_be_focused()
    expect(late.locator("#no")).to_be_checked()
    expect(late.locator("#confirmed")).to_be_checked()
    expect(late.locator("#who")).to_have_value("B")


def test_the_caret_stays_where_somebody_is_typing(late):
    ask(late)
    late.locator("#words").press_sequentially("Typd")
    late.keyboard.press("ArrowLeft")
    answer(late)
    late.keyboard.type("e")

    expect(late.locator("#words")).to_have_value("Typed")


def test_what_the_request_carried_is_answered_by_the_server(late):
    late.locator("#words").press_sequentially("  untidy ")
    late.locator("#no").check()
    ask(late)
    answer(late, words="tidy")

    expect(late.locator("#words")).to_have_value("tidy")
    expect(late.locator("#yes")).to_be_checked()


def test_a_refresh_that_carries_nothing_takes_nothing_back(late):
    late.locator("#words").press_sequentially("Typed before")
    late.locator("#no").check()
    ask(late, "#look")
    answer(late)

    expect(late.locator("#words")).to_have_value("Typed before")
    expect(late.locator("#no")).to_be_checked()


def test_a_tick_is_not_carried_to_words_that_nobody_has_read(late):
    ask(late)
    late.locator("#confirmed").check()
    answer(late, says="Everyone agreed in writing.")

    expect(late.locator("#confirmed")).not_to_be_checked()


def test_a_chosen_file_stays_through_a_refresh_that_did_not_carry_it(late):
    late.locator("#file").set_input_files({"name": "a.vtt", "mimeType": "text/vtt", "buffer": b"WEBVTT"})
    ask(late, "#look")
    answer(late)

    assert late.locator("#file").evaluate("field => field.files[0].name") == "a.vtt"
