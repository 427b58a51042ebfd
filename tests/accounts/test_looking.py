"""The program goes to public https pages and nowhere else, reads little, and for no longer than it may."""

import socket

import httpx
import pytest
from werkzeug import Response

from schoolgate.accounts.looking import Opener
from schoolgate.core.outside.client import CannotRead, is_public

OURS = "https://social.example/wildground/register"
PAGE = f"""<!doctype html><html><head><title>North</title><link rel="me" href="{OURS}/">
<meta property="og:description" content="Official: sg-7k3m-9qxa"><script>"sg-in-script"</script></head>
<body><a rel="me nofollow" href="/elsewhere">x</a><a href="https://other.example">y</a></body></html>"""


@pytest.fixture
def here(httpserver):
    """An opener that may go to this machine, and the address of a server on it."""
    opener = Opener(schemes=("http",), ports=(), may=lambda ip: True, most_seconds=3)
    return opener, httpserver


def why(opener, address) -> str:
    with pytest.raises(CannotRead) as refused:
        opener(address)
    return refused.value.why


def test_a_page_shows_its_links_back_and_the_code_in_its_description(here):
    opener, server = here
    server.expect_request("/@north").respond_with_data(PAGE, content_type="text/html; charset=utf-8")
    seen = opener(server.url_for("/@north"))

    assert seen.links_back_to(OURS)
    assert not seen.links_back_to("https://social.example/llanidloes/register")
    assert seen.says("SG-7K3M-9QXA")
    assert not seen.says("sg-in-script")


def test_a_link_without_rel_me_proves_nothing(here):
    opener, server = here
    server.expect_request("/").respond_with_data(f'<a href="{OURS}">ours</a>', content_type="text/html")

    assert not opener(server.url_for("/")).links_back_to(OURS)


@pytest.mark.parametrize(
    "address",
    [
        "http://social.example/", "https://social.example:8443/", "https://a:b@social.example/", "file:///etc/passwd",
        "https://", "gopher://x", "https://exa mple/", "",
    ],
)  # fmt: skip
def test_only_plain_https_addresses_are_gone_to(address):
    assert why(Opener(resolve=lambda host, port: ["93.184.216.34"]), address) == "bad_address"


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
     "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "2001:0:0::1"],
)  # fmt: skip
def test_an_address_around_this_machine_is_never_gone_to(ip):
    assert not is_public(ip)
    assert why(Opener(resolve=lambda host, port: [ip]), "https://inside.example/") == "not_public"


def test_one_address_inside_among_public_ones_is_enough_to_stay_away():
    opener = Opener(resolve=lambda host, port: ["93.184.216.34", "10.0.0.1"])

    assert why(opener, "https://inside.example/") == "not_public"


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_gone_to(ip):
    assert is_public(ip)


def test_each_redirect_is_checked_anew(httpserver):
    there = f"http://inside.example:{httpserver.port}/secret"
    httpserver.expect_request("/").respond_with_response(Response(status=302, headers={"location": there}))
    names = {"social.example": ["127.0.0.1"], "inside.example": ["10.0.0.8"]}
    opener = Opener(
        schemes=("http",), ports=(), may=lambda ip: ip == "127.0.0.1", resolve=lambda host, port: names[host]
    )

    assert why(opener, f"http://social.example:{httpserver.port}/") == "not_public"


def test_servers_that_the_operator_named_for_networks_are_no_pages(httpserver):
    httpserver.expect_request("/").respond_with_data(PAGE, content_type="text/html")
    opener = Opener(schemes=("http",), ports=())

    assert why(opener, httpserver.url_for("/")) == "not_public"


def test_a_redirect_to_plain_http_is_not_followed():
    opener = Opener(
        resolve=lambda host, port: ["93.184.216.34"],
        transport=httpx.MockTransport(
            lambda request: httpx.Response(301, headers={"location": "http://x.example/"})
        ),
    )

    assert why(opener, "https://social.example/") == "bad_address"


def test_it_does_not_go_round_in_circles(here):
    opener, server = here
    server.expect_request("/round").respond_with_response(
        Response(status=302, headers={"location": "/round"})
    )

    assert why(opener, server.url_for("/round")) == "too_many_redirects"


def test_too_much_is_not_read_to_its_end(httpserver):
    httpserver.expect_request("/").respond_with_data("x" * 5000, content_type="text/html")
    opener = Opener(schemes=("http",), ports=(), may=lambda ip: True, most_bytes=4999)

    assert why(opener, httpserver.url_for("/")) == "too_large"


@pytest.mark.parametrize(
    ("status", "kind", "told"),
    [(404, "text/html", "not_there"), (403, "text/html", "refused"), (200, "application/pdf", "no_page")],
)
def test_an_answer_that_is_no_page_says_nothing(here, status, kind, told):
    opener, server = here
    server.expect_request("/").respond_with_data("x", status=status, content_type=kind)

    assert why(opener, server.url_for("/")) == told


def test_a_name_that_leads_nowhere_says_nothing():
    def nothing(*args, **kwargs):
        raise socket.gaierror

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", nothing)
        assert why(Opener(), "https://nowhere.example/") == "no_such_host"
