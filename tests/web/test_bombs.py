"""Requests that were made to keep the program busy or to fill it are answered at once, and say what to do."""

import json

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from schoolgate.config.bounds import LARGEST_ADDRESS_FORM, LARGEST_BODY, LONGEST, LONGEST_COOKIES, MOST_FIELDS
from schoolgate.core.outside import LONGEST_HEADERS
from tests.limited import in_limits

pytestmark = pytest.mark.django_db

READ = """
import io, json, sys
import django
django.setup()
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from schoolgate.config.bounds import Bounds
def page(request):
    return HttpResponse(f"{len(request.COOKIES)} {len(request.POST)} {len(request.FILES)}")
for name, content_type, cookies, path in json.load(open(sys.argv[1])):
    print("now:", name, file=sys.stderr, flush=True)
    body = open(path, "rb").read() if path else b""
    request = WSGIRequest({
        "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/x", "SERVER_NAME": "x", "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": content_type,
        "HTTP_COOKIE": cookies,
    })
    try:
        answer = Bounds(page)(request)
        print(answer.status_code if answer.status_code != 200 else answer.content.decode())
    except Exception as error:
        print(type(error).__name__)
"""


def read(folder, asked: dict[str, tuple[bytes, str, str]], *, seconds: int) -> dict[str, str]:
    """What each request brought, all read in one process that may be ended: body, type and cookies."""
    listed = []
    for number, (name, (body, content_type, cookies)) in enumerate(asked.items()):
        (folder / str(number)).write_bytes(body)
        listed.append((name, content_type, cookies, str(folder / str(number))))
    (folder / "asked").write_text(json.dumps(listed))
    told = in_limits(READ, str(folder / "asked"), seconds=seconds).splitlines()
    return dict(zip(asked, told, strict=True))


FORM = "multipart/form-data; boundary=x"


def part(body: bytes, *headers: bytes, name: bytes = b"a") -> bytes:
    lines = [b"Content-Disposition: form-data; name=" + name, *headers, b"", body]
    return b"--x\r\n" + b"\r\n".join(lines) + b"\r\n"


@pytest.fixture
def browser():
    cache.clear()
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 431)])
@pytest.mark.parametrize(
    "header", ["Cookie", "Accept-Language", "User-Agent", "X-Something", "If-None-Match"]
)
def test_headers_have_a_longest_length(browser, header, more, status):
    most = LONGEST_COOKIES if header == "Cookie" else LONGEST
    answer = browser.get("/sign-in", headers={header: "a" * (most + more)})

    assert answer.status_code == status
    if status == 431:
        assert "Delete this site’s cookies in your browser" in answer.content.decode()


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 431)])
def test_all_headers_together_have_a_longest_length(browser, more, status):
    given = {f"X-{number}": "a" * 8_000 for number in range(4)}
    left = LONGEST_HEADERS - sum(len(f"HTTP_X_{number}") + 8_000 for number in range(4)) - len("HTTP_COOKIE")
    answer = browser.get("/sign-in", headers={**given, "Cookie": "a" * (left + more)})

    assert answer.status_code == status


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 431)])
def test_the_query_has_a_longest_length(browser, more, status):
    assert browser.get("/sign-in?" + "a" * (LONGEST + more)).status_code == status


def test_the_page_that_says_so_speaks_to_programs_as_a_problem(browser):
    answer = browser.get("/api/v1/me", headers={"X-Something": "a" * (LONGEST + 1)})

    assert (answer.status_code, answer["Content-Type"]) == (431, "application/problem+json")
    assert answer.json()["next_step"] == "Shorten it and send it again."


def test_a_cookie_that_cannot_be_ours_is_not_read_and_the_others_are(browser):
    name = settings.LANGUAGE_COOKIE_NAME
    given = f'other="{chr(92) * 10_000}"; {name}=cy'
    answer = browser.get("/sign-in", headers={"Cookie": given})

    assert (answer.status_code, answer["Content-Language"]) == (200, "cy")
    assert set(answer.wsgi_request.COOKIES) == {name}


def test_more_fields_than_any_form_has_are_told_as_too_much(browser):
    many = {f"field{number}": "x" for number in range(MOST_FIELDS + 1)}
    assert browser.post("/sign-in", many).status_code == 413
    body = "&".join(f"{name}=x" for name in many)
    assert browser.post("/sign-in", body, content_type="application/x-www-form-urlencoded").status_code == 413
    del many["field0"]
    assert browser.post("/sign-in", many).status_code == 200


def test_more_text_than_any_form_has_is_told_as_too_much(browser):
    assert browser.post("/sign-in", {"login": "x" * LARGEST_BODY}).status_code == 413
    assert browser.post("/sign-in", {"login": "x" * (LARGEST_BODY - 1000)}).status_code == 200


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "Application/X-WWW-Form-urlencoded; charset=utf-8"]
)
def test_a_form_like_an_address_has_a_largest_size(browser, content_type, more, status):
    body = "login=".ljust(LARGEST_ADDRESS_FORM + more, "x")
    assert browser.post("/sign-in", body, content_type=content_type).status_code == status


@pytest.mark.parametrize("writing", ["punycode", "utf-16", "latin-1", "no such thing"])
def test_a_form_in_another_writing_than_browsers_use_for_us_is_not_read(browser, writing):
    answer = browser.generic(
        "POST", "/sign-in", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--\r\n",
        content_type=f"multipart/form-data; boundary=x; charset={writing}",
    )  # fmt: skip
    assert answer.status_code == (200 if writing == "no such thing" else 400)  # not known: read as UTF-8


def test_a_form_nested_without_end_is_told(browser):
    answer = browser.post("/sign-in/passkey", {"credential": "[" * 100_000})
    assert answer.status_code == 400


# --- What comes in as a form, in a process that may be ended ---

FORMS = {
    "nothing but a beginning": (b"\r\n--" * 1_000_000, FORM),
    "ends of parts": (b"--x\r\n" * 600_000, FORM),
    "an unfinished header": (b"--x\r\n" + b"A: b\r\n" * 600_000, FORM),
    "parameters without end": (part(b"b", b"X: a" + b";" * 2_000_000) + b"--x--", FORM),
    "a boundary without end": (b"x" * 2_000_000, "multipart/form-data; boundary=" + "x" * 8000),
    "spaces in a part that is packed": (
        part(b" " * 2_000_000, b"Content-Transfer-Encoding: base64") + b"--x--", FORM,
    ),
    "spaces in a file that is packed": (
        part(b" " * 4_000_000, b"Content-Transfer-Encoding: base64", name=b"a; filename=b") + b"--x--", FORM,
    ),
    "a boundary that nearly comes": (part(b"\r\n-" * 600_000) + b"--x--", FORM),
    "another writing": (part(b"aa-" + b"9" * 2_000_000) + b"--x--", FORM + "; charset=punycode"),
    "fields of an address": (b"a=b&" * 600_000, "application/x-www-form-urlencoded"),
    "signs of an address": (b"a=" + b"%" * 900_000, "application/x-www-form-urlencoded"),
    "more signs of an address": (b"a=" + b"%" * 2_000_000, "application/x-www-form-urlencoded"),
}  # fmt: skip


COOKIES = {
    "too long": ('a="' + chr(92) * 60_000 + '"', "431"),
    "one": ('a="' + chr(92) * 16_000 + '"; b=c', "1 0 0"),
    "many": ("; ".join(f'a{n}="{chr(92) * 900}"' for n in range(17)), "0 0 0"),
    "separators": (";" * 16_000, "0 0 0"),
    "an ordinary lot": ("; ".join(f"a{n}=b" for n in range(1500)), "1500 0 0"),
}


ORDINARY = part(b"b") + part(b"c" * 5_000_000, name=b"d; filename=e") + b"--x--"


def test_forms_and_cookies_that_were_made_to_keep_us_busy_do_not_and_ordinary_ones_are_read(tmp_path):
    asked = {name: (*form, "") for name, form in FORMS.items()}
    asked["ordinary"] = (ORDINARY, FORM, "f=g")
    asked |= {f"cookies: {name}": (b"", "text/plain", given) for name, (given, _told) in COOKIES.items()}
    told = read(tmp_path, asked, seconds=15)

    assert {name: told.pop(f"cookies: {name}") for name in COOKIES} == {
        name: expected for name, (_given, expected) in COOKIES.items()
    }
    assert told.pop("ordinary") == "1 1 1"
    assert (told["another writing"], told["more signs of an address"]) == ("400", "413")
    refused = {"MultiPartParserError", "TooManyFieldsSent", "TooManyFilesSent", "RequestDataTooBig"}
    assert set(told.values()) <= {"400", "413", "0 0 0", "0 1 0", "0 0 1", *refused}
