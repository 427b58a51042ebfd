"""Schoolgate as an app: the manifest, the service worker, and the page for when there is no network."""

import io
import json
import re

import pytest
from django.urls import reverse
from PIL import Image

from schoolgate.config.settings import CONTENT_SECURITY_POLICY
from tests.web.plain import check_page


def manifest(client, *args) -> dict:
    name = "manifest-of" if args else "manifest"
    answer = client.get(reverse(name, args=args))
    assert answer["Content-Type"] == "application/manifest+json"
    return json.loads(answer.content)


@pytest.fixture
def own(db):
    """The home is there, and nobody is signed in."""


def test_the_app_is_named_after_the_federation(client, federation):
    assert manifest(client, federation.slug)["name"] == "Schoolgate: Wildground"
    assert manifest(client)["name"] == manifest(client, "nowhere")["name"] == "Schoolgate"
    assert manifest(client)["display"] == "standalone"


def test_its_icons_are_there_in_the_sizes_that_they_say(client, own):
    for icon in manifest(client)["icons"]:
        with Image.open(io.BytesIO(client.get(icon["src"]).content)) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
    assert {icon["purpose"] for icon in manifest(client)["icons"]} == {"any", "maskable"}


def test_every_page_inside_and_the_sign_in_name_it_and_public_pages_do_not(client, federation):
    assert 'rel="manifest"' in client.get(reverse("account_login")).content.decode()
    assert 'rel="manifest"' not in client.get(reverse("register", args=[federation.slug])).content.decode()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_offline_page_has_the_numbers_and_asks_nobody(client, django_assert_num_queries, own, language):
    with django_assert_num_queries(0):
        answer = client.get(f"{reverse('offline')}?language={language}")
    html = answer.content.decode()
    check_page(html, language)
    for number in ("999", "101", "08088005000", "08001111"):
        assert f'href="tel:{number}"' in html
    assert "<script" not in html


def test_the_service_worker_keeps_the_offline_page_and_what_it_is_drawn_with(client, own):
    answer = client.get(reverse("service-worker"))
    offline, kept = (
        json.loads(re.search(rf"^const {name} = (.*)$", answer.content.decode(), re.MULTILINE)[1])
        for name in ("OFFLINE", "KEPT")
    )
    assert offline == {"en": "/offline?language=en", "cy": "/offline?language=cy"}
    assert [client.get(one).status_code for one in (*offline.values(), *kept)] == [200] * 5
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript; charset=utf-8", "no-cache")


def test_the_offline_page_in_a_language_that_there_is_not_is_english(client, own):
    html = client.get(f"{reverse('offline')}?language=%22;alert(1)").content.decode()
    check_page(html, "en")
    assert "alert" not in html


def test_the_strict_policy_allows_a_worker_and_a_manifest_of_ours_only():
    directives = CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["worker-src"] == directives["manifest-src"] == ["'self'"]


# --- Light and dark -----------------------------------------------------------------------------------------

AS_THE_DEVICE_HAS_IT = "screen and (prefers-color-scheme: dark)"


def _dark_on(html: str) -> str:
    """The screens on which a page takes the colours of the dark sheet."""
    found = re.search(r'dark\.css" media="([^"]+)"', html)
    return found.group(1) if found else ""


def test_a_choice_of_light_or_dark_is_remembered_and_taken_back(client, own):
    there = reverse("account_login")
    answer = client.post(reverse("theme"), {"theme": "dark", "next": there})
    assert answer["Location"] == there
    html = client.get(there).content.decode()
    assert (_dark_on(html), html.count("dark.css")) == ("screen", 1)
    assert html.count('name="theme-color"') == 1
    client.post(reverse("theme"), {"theme": "device", "next": there})
    assert _dark_on(client.get(there).content.decode()) == AS_THE_DEVICE_HAS_IT


@pytest.mark.parametrize(("theme", "following"), [("purple", "/"), ("dark", "https://evil.example/")])
def test_nothing_else_can_be_chosen_and_nobody_is_led_away(client, own, theme, following):
    assert client.post(reverse("theme"), {"theme": theme, "next": following})["Location"] == "/"
    client.cookies["theme"] = '"><script>'
    assert _dark_on(client.get(reverse("account_login")).content.decode()) == AS_THE_DEVICE_HAS_IT
