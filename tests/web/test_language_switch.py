"""The language button of a public page: what was typed stays, without scripts, and nothing is sent."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import Report
from schoolgate.networks import registry
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.networks.port import Credential
from tests.networks.contract import a_post
from tests.web.scriptless import bring_session, expect, open_context

pytestmark = pytest.mark.django_db
WORDS = "They took my phone & laughed <b>"
SHOWN = "They took my phone &amp; laughed &lt;b&gt;"


@pytest.fixture
def post(federation, home):
    """The address of a post on a noticeboard."""
    cache.clear()
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
    network = registry.connect("noticeboard", Credential(federation_id=federation.pk, school_id=school.pk))
    return network.publish(a_post("Open day.")).ref.address


def button(page):
    """The form that the button sends, and where to."""
    found = re.search(
        r'<button type="submit" form="([^"]+)"[^>]*formaction="([^"]+)"[^>]*name="read-in"', page
    )
    assert found, "the button takes the form along"
    assert f'<form class="sg-form" id="{found[1]}"' in page
    return found[2].replace("&amp;", "&")


def in_welsh(browser, address, **typed):
    """Type into the page's form and press *Cymraeg*."""
    there = button(browser.get(address).content.decode())
    return browser.post(there, {**typed, "read-in": "cy"})


FORMS = [
    ("/wildground/something-is-wrong", "what"),
    ("/wildground/something-is-wrong?on=school:juniors", "what"),
    ("/wildground/register/fake", "words"),
    ("board", "text"),
]


@pytest.mark.parametrize(("address", "field"), FORMS)
def test_what_was_typed_stays_on_the_page_in_welsh_and_nothing_is_sent(
    client, federation, post, address, field
):
    address = post if address == "board" else address
    answer = in_welsh(client, address, **{field: WORDS})
    page = answer.content.decode()
    assert (answer.status_code, '<html lang="cy"' in page) == (200, True)
    assert SHOWN in page
    assert client.cookies["django_language"].value == "cy"
    with scope(federation.pk):
        assert not Report.objects.exists()
        assert not NoticeboardComment.objects.exists()
    again = client.get(address).content.decode()
    assert ('<html lang="cy"' in again, SHOWN in again) == (True, False)


def test_a_refused_comment_keeps_its_words_in_the_other_language(client, post):
    """Its address only takes forms: the page is the one that it was sent from."""
    sent_from = {"Referer": f"http://testserver{post}"}
    refused = client.post(f"{post}comment", {"name": WORDS, "text": ""}, headers=sent_from)
    answer = client.post(button(refused.content.decode()), {"name": WORDS, "text": "", "read-in": "cy"})
    assert (answer.status_code, SHOWN in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("sent_from", [{}, {"Referer": "https://elsewhere.example/post"}])
def test_where_nobody_knows_what_page_a_form_was_sent_from_the_button_leads_home(client, post, sent_from):
    refused = client.post(f"{post}comment", {"name": WORDS, "text": ""}, headers=sent_from).content.decode()
    assert ('name="read-in"' in refused, 'name="next" value="/"' in refused) == (False, True)


def test_no_other_site_puts_words_on_a_page_of_ours(federation, post):
    answer = Client(enforce_csrf_checks=True).post(post, {"text": WORDS, "read-in": "cy"})
    assert answer.status_code == 403
    there = "/wildground/something-is-wrong"
    answer = Client().post(there, {"what": WORDS, "read-in": "cy"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert SHOWN not in answer.content.decode()


def test_pressing_the_button_is_counted_where_codes_are_guessed(client, post):
    answers = [
        client.post("/wildground/something-is-wrong/answer", {"code": "x", "words": WORDS, "read-in": "cy"})
        for _try in range(31)
    ]
    assert [one.status_code for one in answers][-1] == 429


def test_a_person_comes_back_to_the_same_page(browser):
    context = open_context()
    bring_session(context, browser)
    page = context.new_page()
    page.goto("/menu")
    for name, heading in (("Cymraeg", "Dewislen"), ("English", "Menu")):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        assert page.url == "/menu"
