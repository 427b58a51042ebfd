"""What every answer tells browsers, and what pages and scripts leave alone."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from schoolgate.core.env import Env
from tests.gates.files import ROOT
from tests.web.signin.conftest import empty_cache, teacher
from tests.web.signing import PASSWORD, is_signed_in, sign_in

__all__ = ["empty_cache", "teacher"]

SCRIPTS = sorted((ROOT / "schoolgate/web/static/web").glob("*.*js"))
AS_MARKUP_OR_CODE = re.compile(
    r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\("
    r"|new Function|setTimeout\(\s*['\"`]|javascript:|__proto__|\.prototype\b|Object\.setPrototypeOf"
)


def doors(federation) -> list[str]:
    return [
        reverse("account_login"), reverse("account_reset_password"), "/healthz", "/no-such-page",
        f"/{federation.slug}/register", "/api/v1/me", "/api/v1/openapi.json", "/static/web/mark.svg",
        "/static/no-such-file", reverse("me"), reverse("menu"), reverse("running"), "/metrics",
    ]  # fmt: skip


def test_every_answer_has_the_headers_that_hold_browsers_back(federation, teacher):
    inside, stranger = sign_in(teacher), Client(enforce_csrf_checks=True)
    asked = [(client, "get", door) for client in (inside, stranger) for door in doors(federation)]
    asked += [(stranger, "post", door) for door in doors(federation)]
    asked.append((stranger, "get", "/sign-in?a=" + "b" * 9_000))
    statuses = set()
    for client, method, door in asked:
        answer = getattr(client, method)(door, headers={"Origin": "https://elsewhere.example"})
        statuses.add(answer.status_code)
        policy = {part.split(" ", 1)[0]: part for part in answer["Content-Security-Policy"].split("; ")}
        assert policy["default-src"] == "default-src 'none'", door
        for one in ("object-src", "base-uri", "frame-ancestors"):
            assert policy[one] == f"{one} 'none'", door
        assert "unsafe" not in answer["Content-Security-Policy"], door
        assert answer["X-Content-Type-Options"] == "nosniff", door
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")], door
        said = answer.get("Content-Type", "")
        assert not said.startswith("text/") or "charset=utf-8" in said.lower(), door
        assert bool(said) or not answer.getvalue(), door
    assert {200, 302, 401, 403, 404, 405, 431} <= statuses


def test_no_script_of_ours_reads_text_as_markup_or_code():
    assert len(SCRIPTS) > 10
    found = {path.name: AS_MARKUP_OR_CODE.findall(path.read_text()) for path in SCRIPTS}
    assert {name: each for name, each in found.items() if each} == {}
    listening = {path.name for path in SCRIPTS if "addEventListener('message'" in path.read_text()}
    assert listening == {"service-worker.js"}


@pytest.mark.parametrize(
    "line", ["box.innerHTML = said", "eval(said)", "a.__proto__ = b", "setTimeout('go()')"]
)
def test_a_line_that_does_would_be_found(line):
    assert AS_MARKUP_OR_CODE.search(line)


def test_a_password_manager_knows_what_each_field_is(teacher):
    shown = Client().get(reverse("account_login")).content.decode()
    for wanted in ("current-password", "email"):
        assert f'autocomplete="{wanted}"' in shown
    shown = sign_in(teacher).get(reverse("account_change_password")).content.decode()
    fields = re.findall(r'<input[^>]+type="password"[^>]*>', shown)
    assert len(fields) == 3
    assert [re.search(r'autocomplete="([^"]+)"', each)[1] for each in fields] == [
        "current-password", "new-password", "new-password",
    ]  # fmt: skip
    pasting = {path.name for path in SCRIPTS if re.search(r"['\"]paste['\"]", path.read_text())}
    assert pasting <= {"pictures.mjs", "upload.mjs"}


def test_signing_out_is_one_press_from_every_page(teacher):
    browser = sign_in(teacher)
    out = f'action="{reverse("account_logout")}"'
    menu = f'href="{reverse("menu")}"'
    assert out in browser.get(reverse("menu")).content.decode()
    for page in (reverse("me"), reverse("may-i")):
        shown = browser.get(page, follow=True).content.decode()
        assert out in shown or menu in shown, page


def test_nothing_turns_debugging_on():
    assert settings.DEBUG is False
    assert [name for name in Env.model_fields if "debug" in name] == []


def test_no_address_repeats_a_request(federation, teacher):
    for client in (sign_in(teacher), Client()):
        for door in doors(federation):
            answer = client.trace(door, headers={"X-Said": "canary7f3a91"})
            assert "canary7f3a91" not in answer.getvalue().decode(), door
            assert answer.status_code == 405, door


def test_a_value_given_twice_counts_once_and_the_query_is_no_form(teacher):
    here, email = reverse("account_login"), teacher.user.email
    browser = Client()
    browser.post(f"{here}?login={email}&password={PASSWORD}", {})
    assert is_signed_in(browser) is False
    browser.post(here, {"login": [email, "no.one@school.example"], "password": PASSWORD})
    assert is_signed_in(browser) is False
    browser.post(here, {"login": ["no.one@school.example", email], "password": PASSWORD})
    assert is_signed_in(browser) is True
