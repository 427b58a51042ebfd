"""A message of Outlook's that was attached as its own file (.msg) is read as any other email."""

import struct
import time

import pytest

from schoolgate.core.outside.mails import NoMail, read_mail
from schoolgate.core.outside.outlook import unpacked, words_of
from schoolgate.inbox.forwarding import read_forwarded
from tests.files_from_schools import forwarding
from tests.other_workbooks import xls
from tests.outlook_files import AT, RICH, RICH_SAYS, msg, packed, winmail
from tests.web.posts_cast import jpeg

TEXT = "Content-Type: text/plain; charset=utf-8"
NAMED = 'Content-Type: application/octet-stream; name="School trip.msg"'


def mail(content, headers=NAMED, above=b"FYI"):
    return read_mail(forwarding((TEXT, "8bit", above), (headers, "base64", content)))


@pytest.mark.parametrize(
    "headers", [NAMED, "Content-Type: application/vnd.ms-outlook", NAMED.replace("trip.msg", "TRIP.MSG")]
)
def test_it_is_read_however_it_is_called(headers):
    found = read_forwarded(mail(msg(), headers))
    assert (found.author, found.at, found.text) == ("Jane Doe", AT, "When is the trip?\n\nJane")
    assert (found.subject, found.above, found.private, found.sure) == ("School trip", "FYI", True, True)


@pytest.mark.parametrize(
    ("words", "code_page"),
    [("Mae Siân ac Ŵyn yn dod", 0), ("Pan są Łukasz", 1250), ("Café at 5, José", 1252), ("Привет", 1251)],
)
def test_its_letters_are_those_of_its_code_page(words, code_page):
    inside = mail(msg(text=words, name=words, code_page=code_page)).inside
    assert (inside.text, inside.sender_name, inside.sure) == (words, words, True)


def test_a_page_counts_where_there_is_no_plain_text():
    inside = mail(msg(text="", page="<html><body><p>When is<br>the trip?</p></body></html>")).inside
    assert inside.text == "When is\nthe trip?"


def test_headers_of_the_internet_say_who_and_when_and_exchanges_own_address_is_none():
    headers = "From: =?utf-8?q?Si=C3=A2n?= <sian@example.com>\nDate: Fri, 20 Nov 2026 04:05:00 -0500\n"
    inside = mail(msg(headers=headers, name="EX", address="/O=SCHOOL/CN=X", at=None)).inside
    assert (inside.sender, inside.sender_name, inside.at) == ("sian@example.com", "Siân", AT)
    inside = mail(msg(address="/O=SCHOOL/CN=X", at=None)).inside
    assert (inside.sender, inside.sender_name, inside.at) == ("", "Jane Doe", None)


def test_its_pictures_and_the_names_of_its_files_come_along():
    picture = jpeg()
    inside = mail(msg(pictures=(picture,), files=("Letter from dad.pdf",))).inside
    assert (inside.pictures, inside.files) == ((picture,), ("shot.jpg", "Letter from dad.pdf"))


def test_an_email_beside_it_is_read_first():
    inner = b"From: a@b.example\nSubject: x\n\nThe email\n"
    raw = forwarding(
        (TEXT, "8bit", b"FYI"), ("Content-Type: message/rfc822", "8bit", inner), (NAMED, "base64", msg())
    )
    assert read_mail(raw).inside.text.strip() == "The email"


@pytest.mark.parametrize(
    "content",
    [
        b"no message",
        xls({"Pupils": []}),
        msg()[:700],
        msg()[:512] + b"\xff" * 4096,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000,
    ],
)
def test_a_file_that_is_only_called_one_is_a_file(content):
    found = mail(content, above=b"See the file")
    assert (found.inside, found.files, found.text) == (None, ("School trip.msg",), "See the file")


@pytest.mark.parametrize("kind", [b"LZFu", b"MELA"])
def test_a_message_in_rich_text_alone_is_read_with_its_letters_and_without_its_tags(kind):
    inside = mail(msg(text="", rich=packed(RICH, kind=kind))).inside
    assert (inside.text, inside.sure) == (RICH_SAYS, True)


def test_text_that_outlook_packed_tightly_comes_out_whole():
    hello = (
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(bytes.fromhex(hello)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    with pytest.raises(ValueError, match="damaged"):
        unpacked(bytes.fromhex(hello.replace("6865", "6866")))


BESIDE = 'Content-Type: application/ms-tnef; name="winmail.dat"'


@pytest.mark.parametrize(
    "headers",
    [
        BESIDE,
        'Content-Type: application/octet-stream; name="WINMAIL.DAT"',
        "Content-Type: application/ms-tnef",
    ],
)
def test_what_outlook_puts_beside_an_email_is_read_where_the_email_says_nothing(headers):
    for said, words in (({"rich": RICH}, RICH_SAYS), ({"page": "<p>When is<br>it?</p>"}, "When is\nit?")):
        found = mail(winmail(**said, picture=jpeg()), headers, above=b"")
        assert (found.text, found.sure, found.files, len(found.pictures)) == (words, True, ("shot.png",), 1)
    found = mail(winmail(text="Pan są Łukasz", code_page=1250), headers, above=b"")
    assert (found.text, found.sure) == ("Pan są Łukasz", True)
    assert mail(winmail(rich=RICH), headers, above=b"When is it?").text == "When is it?"


def test_a_message_that_is_attached_within_it_is_the_comment():
    inner = winmail(rich=RICH, name="Siân", address="sian@example.com", at=AT, subject="Our trip")
    found = read_forwarded(mail(winmail(inside=inner), BESIDE, above=b"FYI"))
    assert (found.author, found.at, found.subject, found.text) == ("Siân", AT, "Our trip", RICH_SAYS)
    assert (found.above, found.sure) == ("School trip\nFYI", True)


@pytest.mark.parametrize(
    "headers", ["Content-Type: text/rtf", 'Content-Type: application/rtf; name="message.rtf"']
)
def test_an_email_in_rich_text_is_read_and_a_document_attached_to_one_is_none(headers):
    assert mail(RICH, headers, above=b"").text == RICH_SAYS
    assert mail(RICH, headers, above=b"When is it?").text == "When is it?"
    assert mail(RICH, f"{headers}\nContent-Disposition: attachment", above=b"").text == ""


@pytest.mark.parametrize(
    "content",
    [
        b"no message",
        winmail(rich=RICH)[:60],
        winmail(rich=RICH)[:4] + b"\xff" * 4096,
        winmail(rich=RICH).replace(b"LZFu", b"LZFx"),
        winmail(rich=b"no rich text"),
    ],
)
def test_what_cannot_be_read_of_it_is_never_gibberish(content):
    found = mail(content, BESIDE, above=b"See the file")
    assert (found.inside, found.text) == (None, "See the file")
    with pytest.raises(NoMail) as error:
        mail(content, BESIDE, above=b"")
    assert error.value.why == "unread"


@pytest.mark.parametrize(
    "content",
    [
        b"{\\rtf1" * 100_000,
        b"{\\rtf1 " + b"\\u1" * 500_000,
        b"{\\rtf1 " + b"\\'e9" * 400_000,
        b"{\\rtf1 " + b"{}" * 900_000,
        b"{\\rtf1 \\bin999999999 x",
        b"{\\rtf1 " + b"\\" * 1_000_001,
    ],
)
def test_rich_text_that_was_made_to_keep_us_busy_does_not(content):
    began = time.process_time()
    words_of(content)
    assert time.process_time() - began < 8
    with pytest.raises(ValueError, match="too large"):
        unpacked(struct.pack("<II4sI", 100, 2**31, b"LZFu", 0))
