"""A new guide starts from a suggestion: it fills the form, saves nothing, and goes out without gaps only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import GuideVersion
from tests import days
from tests.accounts.conftest import OWNER
from tests.browsing import PHONE, bring_session, open_context, wrong_with
from tests.cast import someone
from tests.web import scriptless
from tests.web.plain import check_page, shown_by

NOW = datetime.now(UTC)
PAGE = f"{reverse('policy')}?as=guides"
NEW = f"{PAGE}&guide=new"
GAP = "[write here who pupils can talk to]"
YEAR = timedelta(days=365)
ONE_LINE = 30
"""CSS pixels: paragraphs are a line apart, not several."""


@pytest.fixture
def home(make_federation):
    """`home("wootton", ["en"])`: a federation with its policy in force, and its headteacher."""

    def make(key="wildground", languages=("en", "cy")):
        federation = make_federation(key, key, languages=list(languages))
        with scope(federation.pk):
            owner = someone("Sam Slater", OWNER[key])
            adopt(by=owner, at=NOW - timedelta(days=9))
        return federation, owner

    return make


@pytest.fixture
def sam(home, sign_in):
    federation, owner = home()
    client = sign_in(owner)
    client.federation = federation
    return client


def asked(**given):
    empty = {"title": "", "text": "", "title_cy": "", "text_cy": ""}
    check_by = f"{days.today() + YEAR}"
    return {"do": "suggest", "audience": "ks2", "about": "help", "check_by": check_by, **empty, **given}


def shown(response, status=200):
    html = response.content.decode()
    assert response.status_code == status, shown_by(html)[:600]
    check_page(html)
    return html, response.context["form"]


def test_the_form_is_filled_without_replacing_what_the_person_wrote_and_nothing_is_saved(sam):
    assert "Start from a suggestion" in shown(sam.get(NEW))[0]
    html, form = shown(sam.post(NEW, asked()))
    assert "This is a suggestion" in html
    assert GAP in form["text"].value()
    assert "0800 1111" in form["text"].value()
    assert form["title"].value() == "If something upsets you online"
    assert "[ysgrifennwch yma" in form["text_cy"].value()
    assert (form["audience"].value(), form["about"].value()) == ("ks2", "help")

    html, form = shown(sam.post(NEW, asked(text="Our own words.")), 422)
    assert "You’ve already written something." in html
    assert form["text"].value() == "Our own words."
    assert list(form.errors) == ["text"]
    _html, form = shown(sam.post(NEW, asked(title="Talk to us")))
    assert form["title"].value() == "Talk to us"
    with scope(sam.federation.pk):
        assert not GuideVersion.objects.exists()


def test_a_suggestion_is_saved_as_a_draft_and_published_once_its_gaps_are_filled(sam):
    _html, form = shown(sam.post(NEW, asked()))
    typed = {name: form[name].value() for name in form.fields if name != "public"}
    address = sam.post(NEW, typed).url
    html = sam.get(address).content.decode()
    assert "Not ready to publish" in html
    assert 'value="publish"' not in html
    refused = sam.post(address, {"do": "publish", "number": "1"})
    assert refused.status_code == 409
    assert "This guide still has text in square brackets." in refused.content.decode()
    typed |= {name: typed[name].replace("[", "").replace("]", "") for name in ("text", "text_cy")}
    sam.post(f"{address}&write=1", typed)
    assert 'value="ask"' in sam.get(address).content.decode()
    with scope(sam.federation.pk):
        someone("Kim Second", "slt")
    assert sam.post(address, {"do": "ask", "number": "2"}).status_code == 302
    assert "suggestion" not in sam.get(f"{address}&write=1").content.decode()


def test_another_suggestion_replaces_one_that_nobody_changed(sam):
    _html, form = shown(sam.post(NEW, asked()))
    sent = {
        name: form[name].value().replace("\n", "\r\n") for name in ("title", "text", "title_cy", "text_cy")
    }
    _html, form = shown(sam.post(NEW, asked(audience="ks3", **sent)))
    assert form["title"].value() == "Where to get help with life online"
    sent["text"] = sent["text"].replace(GAP, "Mrs Hale")
    shown(sam.post(NEW, asked(audience="ks3", **sent)), 422)


NONE = [
    ({"audience": ""}, "audience", "Choose who it is for"),
    ({"audience": "everybody"}, "audience", "Choose who it is for"),
    ({"about": "other"}, "about", "There is no suggestion for this."),
    ({"about": "../help"}, "about", "There is no suggestion for this."),
]


def test_without_readers_for_something_else_or_for_a_teacher_there_is_none(sam, sign_in):
    for given, field, words in NONE:
        html, form = shown(sam.post(NEW, asked(**given)), 422)
        assert words in html
        assert list(form.errors) == [field], given
    with scope(sam.federation.pk):
        tom = someone("Tom Teacher", "staff")
    assert sign_in(tom).post(NEW, asked()).status_code == 403


def test_one_about_privacy_settings_is_checked_sooner_unless_a_day_was_chosen(sam):
    day = days.today()
    _html, form = shown(sam.post(NEW, asked(about="privacy")))
    assert form["check_by"].value() == f"{day + timedelta(days=120)}"
    assert f"Written in {day:%B %Y}" in form["text"].value()
    _html, form = shown(sam.post(NEW, asked(about="privacy", check_by="2030-01-01")))
    assert form["check_by"].value() == "2030-01-01"


def test_another_federation_without_welsh_gets_the_english_alone(home, sign_in):
    _federation, owner = home("wootton", ["en"])
    _html, form = shown(sign_in(owner).post(NEW, asked(audience="staff", about="misuse")))
    assert form["title"].value() == "Misuse of social media: a summary for staff"
    assert "text_cy" not in form.fields


def draft_from_suggestion(tab, language):
    """Press for a suggestion, and save it as it is; returns where the draft is."""
    tab.locator("input[name=audience][value=ks2]").check()
    tab.locator("select[name=about]").select_option("reporting")
    tab.locator("button[value=suggest]").click()
    tab.wait_for_load_state()
    assert "[write here who pupils can tell]" in tab.locator("textarea[name=text]").input_value()
    wrong = scriptless.wrong_with if isinstance(tab, scriptless.Page) else wrong_with
    assert wrong(tab, language) == []
    tab.locator("input[name=check_by]").press("Enter")
    tab.wait_for_load_state()
    assert "guide=new" not in tab.url
    assert tab.locator("button[value=publish], input[value=publish]").count() == 0
    assert wrong(tab, language) == []


def test_it_is_one_press_without_scripts_and_in_welsh(home, sign_in):
    _federation, owner = home()
    context = scriptless.open_context()
    scriptless.bring_session(context, sign_in(owner))
    context.add_cookies([{"name": "django_language", "value": "cy"}])
    tab = context.new_page()
    tab.goto(NEW)
    draft_from_suggestion(tab, "cy")
    tab.goto(f"{tab.url}&write=1")
    assert tab.locator("button[value=suggest]").count() == 0


@pytest.mark.browser
def test_it_is_one_press_in_a_browser(own_database, home, served, chromium, sign_in):
    _federation, owner = home()
    context = open_context(chromium, PHONE)
    bring_session(context, sign_in(owner), served)
    tab = context.new_page()
    tab.goto(f"{served}{NEW}")
    draft_from_suggestion(tab, "en")
    expect(tab.locator("#main > .sg-note[role=status]")).to_be_focused()  # and not on "Withdraw guide"
    assert gaps_of_paragraphs(tab) < ONE_LINE


def gaps_of_paragraphs(tab):
    """How far the second paragraph of the guide is below the first one, in CSS pixels."""
    first, second = (tab.locator(".sg-text p").nth(place).bounding_box() for place in (0, 1))
    return second["y"] - first["y"] - first["height"]
