"""What a page tells for a card: bounded, tidied, its picture redrawn; and nowhere inside our network."""

import io
import time

import pytest
from PIL import Image
from werkzeug import Response

from schoolgate.core.outside.client import CannotRead, Opener
from schoolgate.media.link_pages import LONGEST_EDGE, PAGES, PICTURES, most_bytes, see_page
from schoolgate.networks.normal import LONGEST_DESCRIPTION, LONGEST_TITLE, one_line

HEAD = """<!doctype html><html><head><title>Plain title</title>
<meta name="description" content="Plain words.">
<meta property="og:title" content="Science week"><meta property="og:description" content="Talks and rockets.">
<meta property="og:image" content="/rocket.jpg"></head><body><svg><title>Logo</title></svg></body></html>"""


def jpeg(width=640, height=360, kind="JPEG", **more):
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(buffer, kind, **more)
    return buffer.getvalue()


@pytest.fixture
def site(httpserver):
    """`site(page, picture)`: see a page that a server on this machine shows."""

    def show(page=HEAD, picture=None, kind="image/jpeg", content_type="text/html; charset=utf-8", **limits):
        httpserver.expect_request("/").respond_with_data(page, content_type=content_type)
        if picture is not None:
            httpserver.expect_request("/rocket.jpg").respond_with_data(picture, content_type=kind)
        here = {"schemes": ("http",), "ports": (), "may": lambda ip: True, "most_seconds": 30, **limits}
        pages = Opener(**here)
        pictures = Opener(**{**here, "kinds": PICTURES.kinds, "most_bytes": PICTURES.most_bytes})
        return see_page(httpserver.url_for("/"), pages=pages, pictures=pictures)

    return show


def why(see, *args, **more):
    with pytest.raises(CannotRead) as refused:
        see(*args, **more)
    return refused.value.why


def test_a_card_has_the_title_words_and_picture_that_the_page_names_for_it(site):
    seen = site(picture=jpeg())

    assert (seen.title, seen.description) == ("Science week", "Talks and rockets.")
    assert (seen.picture.width, seen.picture.height, seen.picture.media_type) == (640, 360, "image/jpeg")


def test_without_them_it_has_the_pages_own_title_and_description_and_no_picture(site):
    seen = site('<title>Plain\n title</title><meta name="Description" content="Plain words.">')

    assert (seen.title, seen.description, seen.picture) == ("Plain title", "Plain words.", None)


def test_the_first_title_counts_and_not_one_of_a_drawing_in_the_page(site):
    assert site("<title>Ours</title><svg><title>Logo</title></svg>").title == "Ours"


def test_a_page_without_a_title_gives_no_card(site):
    assert why(site, "<p>Words</p>") == "nothing_to_show"
    assert why(site, "") == "nothing_to_show"


def test_what_twitter_is_told_counts_where_nothing_else_is_said(site):
    said = '<meta name="twitter:title" content="A"><meta name="twitter:description" content="B">'
    seen = site(said)
    assert (seen.title, seen.description) == ("A", "B")


def test_a_title_of_ten_thousand_letters_is_cut(site):
    seen = site(f'<title>{"a" * 10_000}</title><meta name=description content="{"b" * 10_000}">')
    assert (len(seen.title), len(seen.description)) == (LONGEST_TITLE, LONGEST_DESCRIPTION)
    assert (seen.title[-1], seen.description[-1]) == ("…", "…")


@pytest.mark.parametrize("length", [LONGEST_TITLE, LONGEST_TITLE + 1])
def test_a_title_is_cut_from_one_letter_too_many(length):
    assert one_line("a" * length, LONGEST_TITLE).endswith("…") is (length > LONGEST_TITLE)
    assert len(one_line("a" * length, LONGEST_TITLE)) == LONGEST_TITLE


def test_script_in_a_title_is_only_text(site):
    seen = site(
        '<meta property="og:title" content="&lt;script&gt;alert(1)&lt;/script&gt; Hi"><script>x</script>'
    )
    assert seen.title == "<script>alert(1)</script> Hi"  # every page escapes it


@pytest.mark.parametrize(
    ("given", "tidy"),
    [
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("a\u2066b\u2069c\u200fd\u061ce", "abcde"),
        ("a\x00b\x07c\nd\u2028e", "abc d e"),
        ("Sia\u0302n", "Siân"),
        ("\ud800x", "x"),
        ("\u200d \u200b ", ""),
        ("👩\u200d🏫 class", "👩\u200d🏫 class"),
    ],
)
def test_hidden_characters_are_taken_out(given, tidy):
    assert one_line(given, 200) == tidy


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Siân</title>".encode(), "text/html; charset=utf-8"),
        ("<title>Siân</title>".encode(), "text/html"),
        ("<title>Siân</title>".encode("cp1252"), "text/html; charset=windows-1252"),
        (b"<meta charset=iso-8859-1>" + "<title>Siân</title>".encode("cp1252"), "text/html"),
        ("<title>Siân</title>".encode("cp1252"), "text/html"),
        ("<title>Siân</title>".encode("cp1252"), "text/html; charset=utf-8"),
        ("<title>Siân</title>".encode(), "text/html; charset=no-such-thing"),
        ("<title>Siân</title>".encode("utf-16"), "text/html; charset=utf-16"),
    ],
)
def test_a_wrong_or_missing_charset_still_gives_the_title(site, body, content_type):
    assert site(body, content_type=content_type).title == "Siân"


def test_bytes_that_are_no_text_are_survived(site):
    title = site(b"<title>a\xff\xfe\x81b</title>", content_type="text/html; charset=utf-8").title
    assert (title[0], title[-1]) == ("a", "b")


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "text/plain", "application/json", ""])
def test_what_is_no_page_gives_no_card(site, kind):
    assert why(site, b"x", content_type=kind) == "no_page"


# --- Pages made to do harm


def test_a_huge_page_is_not_read_to_its_end(site):
    assert why(site, HEAD + "x" * 50_000, most_bytes=50_000) == "too_large"
    assert PAGES.most_bytes == 2_000_000


def test_a_slow_page_is_given_up(httpserver):
    def dribble(_request):
        def pieces():
            for _ in range(100):
                yield b"<p>"
                time.sleep(0.1)

        return Response(pieces(), content_type="text/html")

    httpserver.expect_request("/").respond_with_handler(dribble)
    opener = Opener(schemes=("http",), ports=(), may=lambda ip: True, most_seconds=0.5)

    assert why(see_page, httpserver.url_for("/"), pages=opener) in ("too_slow", "unreachable")


def test_redirects_without_end_are_given_up(httpserver):
    httpserver.expect_request("/").respond_with_response(Response(status=302, headers={"location": "/"}))
    opener = Opener(schemes=("http",), ports=(), may=lambda ip: True)
    assert why(see_page, httpserver.url_for("/"), pages=opener) == "too_many_redirects"


def test_elements_inside_each_other_without_end_are_given_up(site):
    assert why(site, "<div>" * 2_000) == "unreadable"


def test_what_was_said_before_such_elements_counts(site):
    assert site("<title>Day</title>" + "<div>" * 2_000).title == "Day"


# --- Addresses around us

INSIDE = [
    "127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1", "fc00::1", "fe80::1",
    "::ffff:10.0.0.8", "64:ff9b::a00:8", "2002:a00:8::",
]  # fmt: skip


@pytest.mark.parametrize("ip", INSIDE)
def test_a_name_that_leads_inside_is_refused(ip):
    opener = Opener(resolve=lambda host, port: [ip])
    assert why(see_page, "https://inside.example/", pages=opener) == "not_public"


@pytest.mark.parametrize("address", ["https://10.0.0.8/", "https://[::1]/", "https://[::ffff:10.0.0.8]/"])
def test_an_address_of_our_network_is_refused_as_it_stands(address):
    opener = Opener(resolve=lambda host, port: [host])  # as the system answers for an address
    assert why(see_page, address, pages=opener) == "not_public"


@pytest.mark.parametrize(
    "address", ["http://example.org/", "ftp://example.org/", "https://example.org:8443/"]
)
def test_only_plain_https_is_gone_to(address):
    assert why(see_page, address) == "bad_address"


@pytest.fixture
def world(httpserver):
    """An opener for which names lead to this machine, or inside."""
    inside = {"in.example": "10.0.0.8"}
    return httpserver, Opener(
        schemes=("http",),
        ports=(),
        may=lambda ip: ip == "127.0.0.1",
        resolve=lambda host, port: [inside.get(host, "127.0.0.1")],
    )


def test_a_redirect_to_an_address_inside_is_refused(world):
    server, opener = world
    to = {"location": f"http://in.example:{server.port}/"}
    server.expect_request("/").respond_with_response(Response(status=302, headers=to))
    assert why(see_page, f"http://out.example:{server.port}/", pages=opener) == "not_public"


def test_a_picture_at_an_address_inside_is_left_out(world):
    server, opener = world
    picture = f"http://in.example:{server.port}/a.jpg"
    head = f'<title>Day</title><meta property="og:image" content="{picture}">'
    server.expect_request("/").respond_with_data(head, content_type="text/html")
    seen = see_page(f"http://out.example:{server.port}/", pages=opener, pictures=opener)
    assert (seen.title, seen.picture) == ("Day", None)


# --- Pictures


def bomb():
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    return buffer.getvalue()


BAD = {
    "a bomb": (bomb, "image/png"),
    "a drawing": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>",
        "image/svg+xml",
    ),
    "a drawing that says it is a photograph": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "image/jpeg",
    ),
    "a page": (lambda: b"<html>", "text/html"),
    "a damaged picture": (lambda: jpeg()[:2_000], "image/jpeg"),
    "a dot that counts visits": (lambda: jpeg(1, 1, "PNG"), "image/png"),
    "one too large to fetch": (lambda: b"\xff\xd8\xff" + b"0" * PICTURES.most_bytes, "image/jpeg"),
    "nothing": (lambda: b"", "image/jpeg"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_picture_that_can_not_be_used_is_left_out_and_the_card_stays(site, name):
    make, kind = BAD[name]
    seen = site(picture=make(), kind=kind)
    assert (seen.title, seen.picture) == ("Science week", None)


def test_a_picture_that_is_not_there_is_left_out(site):
    assert site().picture is None


def test_a_picture_is_made_small_enough_for_every_network_and_loses_what_lies_beside_its_pixels(site):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    picture = site(picture=jpeg(2_400, 1_600, quality=80, exif=exif)).picture

    assert max(picture.width, picture.height) <= LONGEST_EDGE
    assert len(picture.content) <= most_bytes() == 1_000_000
    assert b"taken at home" not in picture.content
