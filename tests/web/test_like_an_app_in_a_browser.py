"""Like an app: light to load, readable offline, dark where it is wished, and nothing typed is lost."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from tests.browsing import DESK, PHONE, bring_session, complaints_of_axe, open_context
from tests.cast import someone

pytestmark = pytest.mark.browser
MOST_BYTES = 120_000


@pytest.fixture
def tess(served, make_federation, sign_in):
    """Tess Moor's browser session, and her federation."""
    federation = make_federation(languages=["en", "cy"])
    with scope(federation.pk):
        person = someone("Tess Moor", "staff")
    client = sign_in(person)
    client.person, client.federation = person, federation
    return client


@pytest.fixture
def tab(tess, served, chromium):
    """A page of her browser on a phone."""
    context = open_context(chromium, PHONE)
    bring_session(context, tess, served)
    yield context.new_page()
    context.close()


def write(page, text: str) -> None:
    field = page.locator("main textarea").first
    field.click()
    field.press_sequentially(text)
    page.wait_for_function("Object.keys(sessionStorage).some((key) => key.startsWith('sg-draft:'))")


def kept_in(page) -> list[str]:
    """What this tab keeps, but for the address that htmx notes."""
    keys = page.evaluate("Object.keys(sessionStorage)")
    return [key for key in keys if key != "htmx-current-path-for-history"]


# --- Light -------------------------------------------------------------------------------------------------


def test_the_first_page_is_light(tess, served, chromium):
    for name in ("account_login", "today", "messages"):
        context = open_context(chromium, PHONE)  # in which nothing is kept yet
        bring_session(context, tess, served)
        page, loaded = context.new_page(), []
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event, into=loaded: into.append(event))
        page.goto(served + reverse(name), wait_until="networkidle")
        weights = [each["encodedDataLength"] for each in loaded]
        assert len(weights) > 3, name
        assert 0 < sum(weights) < MOST_BYTES, f"{name}: {sum(weights):.0f} bytes in {len(weights)} files"
        context.close()


def test_a_page_that_was_there_loads_no_file_again(served, tab):
    tab.goto(served + reverse("messages"), wait_until="networkidle")
    tab.goto(served + reverse("menu"), wait_until="networkidle")
    loaded = tab.evaluate(
        """performance.getEntriesByType('resource').filter((one) => one.name.includes('/static/'))
        .map((one) => [one.name, one.transferSize])"""
    )
    assert len(loaded) > 3
    assert [name for name, size in loaded if size] == []


# --- Offline -----------------------------------------------------------------------------------------------


def test_without_a_network_the_emergency_numbers_are_there_and_nothing_else_is_kept(served, tab):
    tab.goto(served + reverse("messages"))
    tab.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tab.context.set_offline(True)
    tab.goto(served + reverse("today"))
    expect(tab.get_by_role("heading", name="You’re offline")).to_be_visible()
    assert tab.get_by_role("link", name="999").get_attribute("href") == "tel:999"
    assert "Tess" not in tab.content()
    assert complaints_of_axe(tab) == []
    kept = tab.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
    )
    assert sorted(path.rpartition("/")[2] for path in kept) == [
        *("dark.css", "language", "mark.svg", "offline", "offline"),
        "schoolgate.css",
    ]
    # And in the language of the page before.
    tab.context.set_offline(False)
    tab.goto(served + reverse("menu"))
    tab.get_by_role("button", name="Cymraeg").click()
    expect(tab.locator("h1")).to_contain_text("Dewislen")
    tab.wait_for_function(
        "caches.match('/language').then((kept) => kept?.text()).then((said) => said === 'cy')"
    )
    tab.context.set_offline(True)
    tab.goto(served + reverse("today"))
    assert tab.locator("html").get_attribute("lang") == "cy"
    tab.context.set_offline(False)


# --- Dark --------------------------------------------------------------------------------------------------


def test_a_choice_counts_more_than_the_device(served, tab):
    tab.emulate_media(color_scheme="dark")
    tab.goto(served + reverse("menu"))
    tab.get_by_role("button", name="Light").click()
    assert tab.locator("link[href*=dark]").count() == 0
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(248, 245, 239)"
    assert tab.get_by_role("button", name="Light").get_attribute("aria-pressed") == "true"
    tab.get_by_role("button", name="Same as this device").click()
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 29)"
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


# --- Focus -------------------------------------------------------------------------------------------------


def test_after_saving_the_focus_is_where_it_was_and_the_message_is_in_sight(served, tab):
    tab.goto(served + reverse("messages"))
    tab.get_by_role("button", name="Save choices").click()
    saved = tab.get_by_text("Choice saved.")
    saved.wait_for()
    tab.wait_for_function("document.activeElement.textContent.trim() === 'Save choices'")
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")
    assert saved.evaluate("(one) => one.getBoundingClientRect().top >= 0")


def test_who_is_somewhere_else_before_the_page_is_ready_stays_there(served, tab):
    tab.goto(served + reverse("messages"))
    tab.add_init_script(
        "document.addEventListener('readystatechange', () => {"
        " if (document.readyState === 'interactive') document.querySelector('main a').focus() })"
    )
    tab.get_by_role("button", name="Save choices").click()
    tab.get_by_text("Choice saved.").wait_for()
    tab.wait_for_load_state()
    assert tab.evaluate("document.activeElement === document.querySelector('main a')")


# --- Nothing is lost ---------------------------------------------------------------------------------------


def test_what_was_typed_is_asked_about_on_leaving_offered_again_and_gone_after_signing_out(served, tab):
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    tab.goto(served + reverse("wrong"))
    tab.goto(served + reverse("menu"))
    assert asked == []  # nothing was typed
    tab.goto(served + reverse("wrong"))
    write(tab, "A page pretends to be ours")
    tab.goto(served + reverse("menu"))
    assert asked == ["beforeunload"]

    tab.goto(served + reverse("wrong"))
    expect(tab.get_by_text("You have unsaved text here.")).to_be_visible()
    assert complaints_of_axe(tab) == []
    tab.get_by_role("button", name="Restore my text").click()
    expect(tab.locator("main textarea").first).to_have_value("A page pretends to be ours")

    tab.goto(served + reverse("menu"))
    assert kept_in(tab) != []
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/sign-in**")
    assert kept_in(tab) == []


def test_what_was_typed_into_a_form_that_was_refused_is_shown_and_offered_again(served, tab):
    tab.goto(served + reverse("wrong"))
    write(tab, "A page pretends to be ours")
    nowhere = served + reverse("post-withdraw", args=[404])
    tab.route("**" + reverse("wrong"), lambda route: route.continue_(url=nowhere))
    tab.locator("main form").first.evaluate("form => form.requestSubmit()")
    expect(tab.get_by_role("heading", name="What you wrote")).to_be_visible()
    expect(tab.get_by_text("A page pretends to be ours")).to_be_visible()
    assert complaints_of_axe(tab) == []
    tab.unroute_all()
    tab.goto(served + reverse("wrong"))
    tab.get_by_role("button", name="Restore my text").click()
    expect(tab.locator("main textarea").first).to_have_value("A page pretends to be ours")


def test_what_was_typed_before_signing_in_again_is_found(tess, served, tab):
    tab.goto(served + reverse("wrong"))
    write(tab, "A page pretends to be ours")
    tab.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    tab.locator("main form button[type=submit], main form button:not([type])").last.click()
    tab.wait_for_url("**/sign-in**")
    bring_session(tab.context, tess, served)
    tab.goto(served + reverse("menu"))
    tab.get_by_role("link", name="Back to my text").click()
    tab.get_by_role("button", name="Restore my text").click()
    expect(tab.locator("main textarea").first).to_have_value("A page pretends to be ours")


def test_nobody_else_is_offered_it(tess, served, tab, sign_in):
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.goto(served + reverse("wrong"))
    write(tab, "A page pretends to be ours")
    with scope(tess.federation.pk):
        other = someone("Sol West", "staff")
    tab.context.clear_cookies()
    bring_session(tab.context, sign_in(other), served)
    tab.goto(served + reverse("wrong"))
    expect(tab.get_by_text("You have unsaved text here.")).to_have_count(0)
    assert kept_in(tab) == []


def test_a_visitor_leaves_nothing_on_the_device(tess, served, chromium):
    context = open_context(chromium, DESK)
    page = context.new_page()
    page.clock.install()
    page.goto(f"{served}{reverse('wrong-public', args=[tess.federation.slug])}")
    page.locator("main textarea").first.press_sequentially("Somebody is in danger")
    page.clock.run_for(2_000)  # longer than what is typed waits to be kept
    assert kept_in(page) == []
    context.close()
