"""Pages that were made to keep the program busy, or to fill it: read in linear time, or given up."""

import contextlib
import gzip

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response

from schoolgate.accounts.looking import LONGEST_LINK, MOST_LINKS, Opener
from schoolgate.core.outside.client import MOST_BYTES, CannotRead
from schoolgate.core.outside.texts import DEEPEST_MARKUP, TooDeep, read_page
from tests.limited import in_limits

LOOK = """
import sys
from schoolgate.accounts.looking import Opener
from schoolgate.core.outside.client import CannotRead
opener = Opener(schemes=("http",), ports=(), may=lambda ip: True, most_seconds=60)
for address in sys.argv[1:]:
    try:
        print(len(opener(address).text), flush=True)
    except CannotRead as error:
        print(error.why, flush=True)
"""
SIZE = MOST_BYTES - 100_000


def filled(*parts: str) -> str:
    """A page of nearly the largest size from parts of which each has the same share."""
    return "".join(part * (SIZE // len(parts) // len(part.encode())) for part in parts)


BOMBS = {
    "tags that are never closed": filled("<a"),
    "attributes that are never closed": filled("<a b='"),
    "elements without end": filled("<div>"),
    "ends of what never began, deep inside": filled("<div>", "</p>"),
    "ends of what never began, as deep as we read": "<div>" * (DEEPEST_MARKUP - 10) + filled("</x>"),
    "formatting for every paragraph": "".join(f"<b x={n}>" for n in range(30_000)) + "<p>" * 100_000,
    "tables in tables": filled("<table><tr><td>"),
    "lists deep inside": "<div>" * (DEEPEST_MARKUP - 10) + filled("<li>"),
    "attributes without number": "<a " + " ".join(f"a{n}=1" for n in range(SIZE // 9)) + ">",
    "one attribute": "<a href='" + filled("x") + "'>",
    "attributes of the body": "".join(f"<body a{n}=1>" for n in range(SIZE // 16)),
    "comments that are never closed": filled("<!--"),
    "marked sections": filled("<!["),
    "instructions": filled("<?"),
    "a script that is never closed": "<script>" + filled("</"),
    "a script in a comment in a script": "<script><!--<script>" + filled("</script"),
    "a title that is never closed": "<title>" + filled("</tit"),
    "signs without end": filled("&#"),
    "a sign of a million figures": "&#" + filled("1") + ";",
    "ampersands": filled("&"),
    "names of signs that stand for each other": "<!DOCTYPE x [" + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 20)
    ) + "]>&a19;",
    "paragraphs": filled("<p>"),
}  # fmt: skip


def served(
    httpserver, page: str | bytes, content_type: str = "text/html; charset=utf-8", encoding: str = "",
    at: str = "/",
) -> str:  # fmt: skip
    headers = {"Content-Encoding": encoding} if encoding else {}
    httpserver.expect_request(at).respond_with_response(
        Response(page, headers=headers, content_type=content_type)
    )
    return httpserver.url_for(at)


def looked_at(addresses: dict[str, str], seconds: int = 12) -> dict[str, str]:
    """What a process of its own says of each; where one takes too long, those before it are told."""
    said = in_limits(LOOK, *addresses.values(), seconds=seconds).splitlines()
    return dict(zip(addresses, said, strict=True))


def seen(page: str | bytes, content_type: str = "text/html; charset=utf-8"):
    content = page.encode() if isinstance(page, str) else page
    answer = httpx.Response(200, headers={"content-type": content_type}, content=content)
    opener = Opener(
        resolve=lambda host, port: ["93.184.216.34"], transport=httpx.MockTransport(lambda request: answer)
    )
    return opener("https://social.example/")


def test_a_page_that_was_made_to_keep_us_busy_does_not(httpserver):
    told = looked_at(
        {kind: served(httpserver, page, at=f"/{number}") for number, (kind, page) in enumerate(BOMBS.items())}
    )
    assert {kind for kind, said in told.items() if said != "unreadable" and not said.isdigit()} == set()


def test_a_page_in_a_writing_that_no_page_has_is_read_as_utf_8(httpserver):
    charsets, page = ("punycode", "idna", "zip", "rot13", "no such thing", "\x00"), "aa-" + filled("9")
    told = looked_at({
        one: served(
            httpserver, page, f"text/html; charset={one!r}".replace("'", '"'), at=f"/{number}"
        )
        for number, one in enumerate(charsets)
    })  # fmt: skip
    assert told == dict.fromkeys(charsets, str(SIZE + 3))


@pytest.mark.parametrize(
    ("charset", "page"),
    [(charset, "Côr y".encode(charset)) for charset in ("iso-8859-1", "windows-1252", "UTF-8", "utf-16")]
    + [("", "Côr y".encode())],
)  # fmt: skip
def test_a_page_in_an_ordinary_writing_is_read_in_it(charset, page):
    assert seen(page, f"text/html; charset={charset}").text == "Côr y"


def test_what_a_page_says_inside_of_its_writing_is_not_asked():
    assert seen("<meta charset=koi8-r><p>Côr</p>").text == "Côr"


def test_a_packed_page_that_would_fill_the_machine_or_cannot_be_bounded_is_given_up(httpserver):
    page = gzip.compress(b"<p>" * 100_000_000, compresslevel=1)
    assert len(page) < 2_000_000
    addresses = {"a bomb": served(httpserver, page, encoding="gzip", at="/bomb")}
    for number, encoding in enumerate(("zstd", "br", "deflate", "gzip, gzip")):
        addresses[encoding] = served(httpserver, b"x" * 1000, encoding=encoding, at=f"/{number}")

    told = looked_at(addresses, seconds=10)

    assert told.pop("a bomb") == "too_large"
    assert set(told.values()) == {"unreadable"}, told


def test_a_packed_page_is_read(httpserver):
    page = gzip.compress(b'<title>North</title><a rel="me" href="https://social.example/x">us</a>')
    opener = Opener(schemes=("http",), ports=(), may=lambda ip: True)

    found = opener(served(httpserver, page, encoding="gzip"))
    assert (found.mine, found.text) == (("https://social.example/x",), "North us")


@pytest.mark.parametrize(("inside", "read"), [(DEEPEST_MARKUP - 3, True), (DEEPEST_MARKUP - 2, False)])
def test_elements_are_read_as_deep_as_browsers_do(inside, read):
    """Beside those that are written there are html and body, and the one that the words stand in."""
    page = "<div>" * inside + "<p>here"
    if read:
        assert seen(page).says("here")
    else:
        with pytest.raises(CannotRead, match="unreadable"):
            seen(page)


def test_only_so_many_links_of_an_ordinary_length_are_kept():
    many = "".join(f'<a rel=me href="https://social.example/{n}">' + "</a>" for n in range(MOST_LINKS + 1))
    start = "https://social.example/"
    long = "".join(f'<a rel=me href="{start.ljust(LONGEST_LINK + more, "x")}"></a>' for more in (0, 1))

    assert (len(seen(many).mine), len(seen(long).mine)) == (MOST_LINKS, 1)


@pytest.mark.parametrize("before", [0, 1, 16_370, 16_380, 100_000])
def test_words_are_whole_wherever_they_stand(before):
    """The reader takes a page in pieces."""
    page = "<p>" + "x " * (before // 2) + "sg-7k3m-9qxa &amp; more<b>x</b>y"
    assert seen(page).text == ("x " * (before // 2) + "sg-7k3m-9qxa & more x y")


def test_words_that_nobody_sees_are_no_words():
    page = (
        "<script>one</script><style>two</style><template>three<p>four</p></template><!-- five --><p>six</p>"
    )
    assert seen(page).text == "six"


class Nothing:
    def start(self, tag, given):
        assert all(isinstance(text, str) for text in (tag, *given, *given.values()))

    def end(self, tag):
        pass

    def data(self, text):
        assert isinstance(text, str)


class Counting(Nothing):
    """Counts what a reader is told."""

    def __init__(self):
        self.told = 0

    def start(self, tag, given):
        self.told += 1 + len(given)

    def end(self, tag):
        self.told += 1

    def data(self, text):
        self.told += 1


def test_a_reader_is_told_no_more_parts_than_a_page_has_letters():
    for kind, page in BOMBS.items():
        reads, few = Counting(), page[:200_000]
        with contextlib.suppress(TooDeep):
            read_page(few, reads)
        assert reads.told <= len(few), kind


PARTS = [
    "<a", "<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "&", "&#", "&#x", "1", ";", "\0", "'", '"',
    "<script>", "</script>", "<template>", "<meta name=description content=x>", " ", "\n", "é", "\ud800",
    "<!DOCTYPE html>", "<?", "?>", "<svg>", "<html a=1>", "<x:y a:b=1>", "\ufeff", "</body>", "</html>",
    "<title>", "<!", "=", "\x01",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=20).map("".join))
def test_whatever_a_page_says_is_read_or_given_up(page):
    try:
        read_page(page, Nothing())
    except TooDeep:
        pytest.fail("twenty elements are not too deep")
