"""A message of Outlook's that was attached as its own file (.msg) is read as any other email."""

import pytest

from schoolgate.core.outside.mails import read_mail
from schoolgate.inbox.forwarding import read_forwarded
from tests.files_from_schools import forwarding
from tests.other_workbooks import xls
from tests.outlook_files import AT, msg
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
