"""The addresses of the static files: kept for a year with this release's digest, compressed."""

import gzip

import pytest
from django.templatetags.static import static
from django.test import Client

from schoolgate.web.frame import static_files


@pytest.fixture
def browser():
    return Client()


def test_a_file_of_this_release_is_kept_for_a_year(browser):
    answer = browser.get(static("web/schoolgate.css"))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("before", ["", "000000000000/"])
def test_a_file_of_another_release_is_served_and_kept_for_a_short_time(browser, before):
    answer = browser.get(f"/static/{before}web/site.mjs")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_a_browser_that_can_gets_it_compressed(browser):
    plain = browser.get(static("web/schoolgate.css"))
    squeezed = browser.get(static("web/schoolgate.css"), headers={"accept-encoding": "br, gzip"})
    assert gzip.decompress(squeezed.content) == plain.content
    assert squeezed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert squeezed.headers["ETag"] != plain.headers["ETag"]
    refused = browser.get(static("web/schoolgate.css"), headers={"accept-encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_what_a_browser_has_already_is_not_sent_again(browser):
    address = static("web/icons.svg")
    tag = browser.get(address).headers["ETag"]
    again = browser.get(address, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"].endswith("immutable")


@pytest.mark.parametrize("name", ["web/../../settings.py", "web/", "", "nothing.css", "%2e%2e/forms.py"])
def test_nothing_else_is_there(browser, name):
    assert browser.get(f"/static/{name}").status_code == 404


def test_static_files_are_only_read(browser):
    assert browser.post(static("web/site.mjs")).status_code == 405


def test_the_digest_changes_with_a_file(monkeypatch):
    before = static_files.digest.__wrapped__()
    changed = {**static_files._sources(), "web/site.mjs": lambda: b"changed"}
    monkeypatch.setattr(static_files, "_sources", lambda: changed)
    assert static_files.digest.__wrapped__() != before
