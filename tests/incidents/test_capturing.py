"""A public page as evidence: fetched from public addresses alone, kept with each hash, tried again after a
kill."""

import shutil
import socket
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug import Response

from schoolgate.core import sealed_files
from schoolgate.core.errors import BadInput
from schoolgate.core.outside.client import Opener
from schoolgate.core.tenancy import scope
from schoolgate.incidents import capturing, gathering
from schoolgate.incidents.capturing import Drawn, NoPicture, draw, gate
from schoolgate.incidents.gathering import begin_capture, evidence_of
from schoolgate.incidents.models import Capture, EvidenceFile
from tests.cast import someone
from tests.incidents.conftest import wrong

PAGE = "<!doctype html><title>Chat</title><p>Tomos is a fool.</p>"
TEN_MINUTES = timedelta(minutes=10)
DRAWN = Drawn(b"\x89PNG the picture", b"%PDF-1.7 the page")


def drawn(_address, _opener):
    return DRAWN


def no_browser(_address, _opener):
    raise NoPicture("no_browser")


@pytest.fixture
def asked(under, at):
    """`asked(address)`: a concern of which Sam has had a page asked for: federation, Sam, concern, row."""
    federation, _school = under("wildground")
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        report = wrong(at)

    def ask(address):
        with scope(federation.pk, sam.pk):
            row = gathering.ask_capture(report=report, by=sam, at=at, address=address)
        return federation, sam, report, row

    return ask


def run(given, at, **how):
    federation, sam, _report, row = given
    capturing.capture(federation.pk, sam.pk, row.pk, clock=lambda: at, **{"draws": drawn, **how})
    with scope(federation.pk):
        return Capture.objects.get(pk=row.pk)


def local(**more) -> Opener:
    return Opener(
        schemes=("http",), ports=(), may=lambda ip: ip == "127.0.0.1", any_status=True, most_seconds=5, **more
    )


def test_a_page_is_kept_with_its_way_its_headers_a_picture_and_a_pdf(asked, at, httpserver):
    httpserver.expect_request("/short").respond_with_response(
        Response(status=302, headers={"location": "/long"})
    )
    httpserver.expect_request("/long").respond_with_data(PAGE, content_type="text/html")
    given = asked(httpserver.url_for("/short"))
    capture = run(given, at, opener=local())
    assert (capture.state, capture.why) == ("kept", "")
    federation, sam, report, _row = given
    with scope(federation.pk, sam.pk):
        [piece] = evidence_of(report)
    assert [one["status"] for one in piece.found["way"]] == [302, 200]
    assert piece.found["address"] == httpserver.url_for("/long")
    content = {
        one.part: b"".join(sealed_files.read(one.file, federation_id=federation.pk)) for one in piece.files
    }
    assert content["html"] == PAGE.encode()
    assert (content["picture"], content["pdf"]) == (DRAWN.picture, DRAWN.pdf)
    for said in (b"Status: 302", b"location: /long", b"Status: 200", b"content-type: text/html"):
        assert said in content["answers"]
    assert run(given, at, opener=local()).tries == 1, "a second run leaves it alone"


def test_where_there_is_no_browser_the_answers_are_kept_and_it_says_so(asked, at, httpserver):
    httpserver.expect_request("/").respond_with_data(PAGE, content_type="text/html")
    given = asked(httpserver.url_for("/"))
    capture = run(given, at, opener=local(), draws=no_browser)
    assert (capture.state, capture.why) == ("kept", "no_browser")
    federation, sam, _report, _row = given
    with scope(federation.pk, sam.pk):
        assert set(EvidenceFile.objects.values_list("part", flat=True)) == {"answers", "html"}


@pytest.mark.parametrize(
    ("address", "ips", "why"),
    [
        ("http://127.0.0.1/", ["127.0.0.1"], "not_public"),
        ("https://10.0.0.1/", ["10.0.0.1"], "not_public"),
        ("http://169.254.169.254/latest/meta-data", ["169.254.169.254"], "not_public"),
        ("http://inside.example/", ["192.168.1.1"], "not_public"),
        ("http://inside.example/", ["93.184.216.34", "::1"], "not_public"),
        ("http://example.org:22/", ["93.184.216.34"], "bad_address"),
        ("http://a:b@example.org/", ["93.184.216.34"], "bad_address"),
        ("https://exa mple/", ["93.184.216.34"], "bad_address"),
    ],
)
def test_nothing_is_fetched_from_addresses_that_are_not_public(asked, at, address, ips, why):
    opener = Opener(
        schemes=capturing.OPENER.schemes, ports=capturing.OPENER.ports, resolve=lambda _host, _port: ips
    )
    capture = run(asked(address), at, opener=opener)
    assert (capture.state, capture.why) == ("failed", why)


def test_a_redirect_to_this_network_a_round_trip_a_huge_page_and_no_page_are_refused(asked, at, httpserver):
    sent_on = Response(status=302, headers={"location": "http://10.0.0.1/"})
    httpserver.expect_request("/in").respond_with_response(sent_on)
    httpserver.expect_request("/round").respond_with_response(
        Response(status=302, headers={"location": "/round"})
    )
    httpserver.expect_request("/huge").respond_with_data("x" * 5000, content_type="text/html")
    httpserver.expect_request("/zip").respond_with_data(b"PK", content_type="application/zip")
    expected = {"in": "not_public", "round": "too_many_redirects", "huge": "too_large", "zip": "no_page"}
    found = {
        path: run(asked(httpserver.url_for(f"/{path}")), at, opener=local(most_bytes=1000)).why
        for path in expected
    }
    assert found == expected


def test_only_a_web_address_is_asked_for(asked):
    for address in ("", "file:///etc/passwd", "javascript:alert(1)", "example.org", "https://" + "x" * 3000):
        with pytest.raises(BadInput) as refused:
            asked(address)
        assert list(refused.value.fields) == ["address"]


def test_a_capture_that_a_killed_worker_left_is_begun_again_and_given_up_after_three_times(asked, at):
    federation, sam, _report, row = asked("https://example.org/")
    when = at
    for tries in (1, 2, 3):
        with scope(federation.pk, sam.pk):
            assert begin_capture(pk=row.pk, at=when) == "https://example.org/"
        assert capturing.look_after(federation.pk, at=when + timedelta(minutes=9)) == 0
        when += TEN_MINUTES
        assert capturing.look_after(federation.pk, at=when) == 1
        with scope(federation.pk):
            assert Capture.objects.get().tries == tries
    with scope(federation.pk):
        assert (Capture.objects.get().state, Capture.objects.get().why) == ("failed", "gave_up")


def test_files_that_were_stopped_meanwhile_are_not_kept(asked, at, httpserver, home):
    httpserver.expect_request("/").respond_with_data(PAGE, content_type="text/html")
    given = asked(httpserver.url_for("/"))
    federation, sam, report, _row = given

    def stopped_meanwhile(_address, _opener):
        with scope(federation.pk, sam.pk):
            gathering.stop_pictures(report=report, by=sam, at=at)
        return DRAWN

    assert run(given, at, opener=local(), draws=stopped_meanwhile).state == "failed"
    assert not [path for path in (home / "files").rglob("*") if path.is_file()]


def test_the_browser_gets_out_through_the_gate_alone_which_refuses_this_network(httpserver):
    asked_for = []

    def page(request):
        asked_for.append(request.path)
        inside = "http://inside.example/secret"
        return Response(
            f'<h1>Hello</h1><div style="height:3000px">x</div><img src="{inside}"><iframe src="{inside}">',
            content_type="text/html",
        )

    httpserver.expect_request("/page").respond_with_handler(page)
    ips = {"page.example": ["127.0.0.1"]}
    opener = Opener(
        schemes=("http",), ports=(), may=lambda ip: ip == "127.0.0.1",
        resolve=lambda host, _port: ips.get(host, ["10.0.0.1"]),
    )  # fmt: skip
    found = draw(f"http://page.example:{httpserver.port}/page", opener)
    assert found.picture.startswith(b"\x89PNG")
    assert found.pdf.startswith(b"%PDF-")
    assert asked_for == ["/page"]
    assert not list(Path(tempfile.gettempdir()).glob("schoolgate-page-*/*/*"))


def test_a_page_that_never_ends_costs_no_more_than_its_time(httpserver):
    given_up = threading.Event()
    wait = httpserver.expect_request("/slow").respond_with_handler
    wait(lambda _request: given_up.wait(300) and Response("x"))
    with pytest.raises(NoPicture):
        draw(httpserver.url_for("/slow"), local(), seconds=4)
    given_up.set()


def test_the_gate_goes_nowhere_else(httpserver):
    httpserver.expect_request("/").respond_with_data("inside")
    opener = Opener(schemes=("https", "http"), ports=(443, 80))
    with gate(opener, ends=time.monotonic() + 20) as proxy:
        for line in (
            f"GET http://127.0.0.1:{httpserver.port}/ HTTP/1.1",
            "GET http://127.0.0.1/ HTTP/1.1",
            f"CONNECT 127.0.0.1:{httpserver.port} HTTP/1.1",
            "CONNECT 127.0.0.1:443 HTTP/1.1",
            "CONNECT localhost:443 HTTP/1.1",
            "GET file:///etc/passwd HTTP/1.1",
        ):
            with socket.create_connection(("127.0.0.1", proxy.server_address[1]), timeout=5) as there:
                there.sendall(line.encode() + b"\r\nHost: x\r\n\r\n")
                assert there.recv(1000).startswith(b"HTTP/1.1 403"), line
    assert len(proxy.refused) == 6


def test_there_is_a_chromium_to_test_with():
    assert shutil.which("chromium-headless-shell") or shutil.which("chromium")
