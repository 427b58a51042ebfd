"""Emails as Outlook, Gmail and Apple forward them: author, day and words are right, or not known."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.clock import LONDON
from schoolgate.core.outside.mails import MOST_BOUNDARIES, Mail, NoMail, read_mail
from schoolgate.inbox.forwarding import instant_of, read_forwarded
from tests.files_from_schools import BODY, EML, FORWARDS, forwarding

MORNING = datetime(2026, 11, 20, 9, 5, tzinfo=LONDON)
TEXT = "Content-Type: text/plain; charset=utf-8"
PAGE = "Content-Type: text/html; charset=utf-8"


@pytest.mark.parametrize("head", FORWARDS.values(), ids=list(FORWARDS))
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_each_programs_forward_in_each_language_tells_author_day_and_words(head, encoding):
    raw = forwarding((TEXT, encoding, f"FYI\n\n{head}{BODY}\n".encode()))
    found = read_forwarded(read_mail(raw))
    assert (found.author, found.at.replace(second=0), found.text) == ("Jane Doe", MORNING, BODY)
    assert (found.subject, found.above, found.sure, found.private) == ("School trip", "FYI", True, True)


@pytest.mark.parametrize(
    ("headers", "encoding"),
    [
        ("Content-Type: message/rfc822", "8bit"),
        ("Content-Type: message/rfc822", "base64"),
        ("Content-Type: message/rfc822", "quoted-printable"),
        ('Content-Type: application/octet-stream; name="School trip.eml"', "base64"),
        (
            'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="TRIP.EML"',
            "base64",
        ),
        ('Content-Type: text/plain; name="trip.eml"\nContent-Disposition: attachment', "quoted-printable"),
    ],
)
def test_an_attached_email_is_read_however_it_is_called_and_encoded(headers, encoding):
    found = read_forwarded(read_mail(forwarding((TEXT, "8bit", b"FYI"), (headers, encoding, EML))))
    assert (found.author, found.at, found.text) == ("Jane Doe", MORNING, BODY)
    assert (found.at.tzinfo, found.above) == (UTC, "FYI")


def test_a_file_that_is_only_called_an_email_is_a_file():
    headers = 'Content-Type: application/octet-stream; name="trip.eml"'
    mail = read_mail(forwarding((TEXT, "8bit", b"See the file"), (headers, "base64", b"\x00\x01 no email")))
    assert (mail.inside, mail.files, mail.text) == (None, ("trip.eml",), "See the file")


def test_an_attached_email_is_counted_before_it_is_read():
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(MOST_BOUNDARIES + 1)
    )
    headers = 'Content-Type: application/octet-stream; name="trip.eml"'
    with pytest.raises(NoMail) as error:
        read_mail(forwarding((headers, "base64", f"From: a@b.example\n{nested}".encode())))
    assert error.value.why == "parts"


@pytest.mark.parametrize("stub", ["This email needs a program that shows HTML.", " \n", "View in browser"])
def test_a_page_counts_where_the_plain_text_only_stands_for_it(stub):
    head = FORWARDS["outlook"].split("\n", 1)[1].replace("<", "&lt;").replace(">", "&gt;").strip()
    lines = "".join(f"<div><b>{line.replace(':', ':</b>', 1)}</div>" for line in head.split("\n"))
    page = f"<p>FYI</p>{lines}<p>When is the trip? {'We would like to know soon. ' * 9}</p><p>Jane</p>"
    found = read_forwarded(
        read_mail(forwarding((TEXT, "8bit", stub.encode()), (PAGE, "base64", page.encode())))
    )
    assert (found.author, found.at, found.text[:17], found.text[-4:]) == (
        "Jane Doe", MORNING, "When is the trip?", "Jane",
    )  # fmt: skip


def test_plain_text_counts_where_it_says_as_much_as_the_page():
    page = "<p>When is the <b>trip</b>?</p>"
    raw = forwarding((TEXT, "8bit", b"When is the trip?"), (PAGE, "8bit", page.encode()))
    assert read_mail(raw).text == "When is the trip?"


@pytest.mark.parametrize(
    ("words", "utc"),
    [
        ("20 November 2026 09:05", "09:05"),
        ("20 November 2026 at 9:05:11 am GMT", "09:05"),
        ("20 July 2026 09:05", "08:05"),
        ("20 July 2026 at 09:05 BST", "08:05"),
        ("Fri, 20 Nov 2026 04:05:00 -0500 (EST)", "09:05"),
        ("Fri, Nov 20, 2026 at 9:05 PM", "21:05"),
        ("20 November 2026 at 14:35:00 GMT+5:30", "09:05"),
        ("20 November 2026 12:05 am", "00:05"),
        ("2026-11-20 09:05", "09:05"),
    ],
)
def test_a_time_is_read_by_its_zone_and_else_by_clocks_here(words, utc):
    assert f"{instant_of(words, months_first=True).astimezone(UTC):%H:%M}" == utc


@pytest.mark.parametrize(
    ("words", "english", "day"),
    [
        ("4/5/2026 09:05", True, None),
        ("4/5/2026 09:05", False, "2026-05-04"),
        ("4/4/2026 09:05", True, "2026-04-04"),
        ("20/11/2026 09:05", True, "2026-11-20"),
        ("11/20/2026 9:05 AM", True, "2026-11-20"),
        ("11/20/2026 9:05", False, None),
        ("04.05.2026 09:05", True, "2026-05-04"),
        ("20 November 2026 09:05 IST", True, None),
        ("20 November 2026 09:05 XYZ", True, None),
        ("20 November 2026", True, None),
        ("20 Smarch 2026 09:05", True, None),
        ("31 April 2026 09:05", True, None),
    ],
)
def test_a_day_or_zone_that_may_be_another_is_not_known(words, english, day):
    found = instant_of(words, months_first=english)
    assert (found and f"{found:%Y-%m-%d}") == day


CHAIN = """One for you.

{outer}Tom, can you deal with this?

From: Jane Doe <jane@example.com>
Sent: 20 November 2026 09:05
To: Office <office@school.example>
Subject: Coat

Where is it?"""
OFFICE = """From: Office <office@school.example>
Sent: 20 November 2026 11:30
To: Ben <ben@school.example>
Subject: {subject}

"""


def test_what_a_colleague_forwarded_before_is_not_taken_for_the_colleagues_own_words():
    text = CHAIN.format(outer=OFFICE.format(subject="FW: Coat"))
    mail = Mail(sender="ben@school.example", subject="FW: FW: Coat", text=text)
    found = read_forwarded(mail)
    assert (found.author, found.at, found.above) == ("", None, "One for you.")
    below = text.partition("FW: Coat\n\n")[2]
    assert found.text == f"Office <office@school.example>:\n\n{below}"
    inside = Mail(sender="office@school.example", sender_name="Office", subject="FW: Coat", text=below)
    found = read_forwarded(Mail(sender="ben@school.example", subject="FW: Coat", inside=inside))
    assert (found.author, found.at, found.text) == ("", None, f"Office:\n\n{below}")


@pytest.mark.parametrize(
    ("subject", "sender"),
    [("RE: Coat", "ben@school.example"), ("FW: Coat", "ben@other.example"), ("FW: Coat", "ben@gmail.com")],
)
def test_who_answered_or_passed_on_from_elsewhere_is_the_author(subject, sender):
    outer = OFFICE.format(subject=subject)
    if sender.endswith("gmail.com"):
        outer = outer.replace("office@school.example", "office@gmail.com")
    found = read_forwarded(Mail(sender=sender, text=CHAIN.format(outer=outer)))
    assert (found.author, found.text[:4]) == ("Office", "Tom,")


def test_a_text_of_an_old_mac_that_is_called_windows_is_read_by_its_letters():
    text = f"{FORWARDS['outlook']}Siân’s coat is at the café – José"
    for charset, written in (("windows-1252", "mac_roman"), ("iso-8859-1", "cp850"), ("utf-8", "mac_roman")):
        part = (f"Content-Type: text/plain; charset={charset}", "8bit", text.encode(written, "ignore"))
        found = read_mail(forwarding(part))
        assert ("Siân" in found.text, "café" in found.text, found.sure) == (True, True, False), charset
    part = ("Content-Type: text/plain; charset=windows-1252", "8bit", text.encode("cp1252"))
    assert read_mail(forwarding(part)).sure


UNREAD = {
    "signed": ("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", b"0\x80\x06\t"),
    "encrypted": ("application/octet-stream; name=encrypted.asc", b"-----BEGIN PGP MESSAGE-----"),
    "armoured": ("text/plain", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"),
    "broken rich text": ("text/rtf", b"When"),
    "broken winmail.dat": ("application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22"),
    "broken message of Outlook's": ("application/octet-stream; name=Trip.msg", b"\xd0\xcf\x11\xe0"),
    "broken email": ("application/octet-stream; name=Trip.eml", b"\0\1"),
}


@pytest.mark.parametrize(("kind", "content"), UNREAD.values(), ids=list(UNREAD))
def test_an_email_of_which_nothing_but_the_subject_can_be_read_is_refused(kind, content):
    part = (f"Content-Type: {kind}", "base64", content)
    with pytest.raises(NoMail) as error:
        read_mail(forwarding((TEXT, "8bit", b" \n"), part))
    assert error.value.why == "unread"
    assert read_mail(forwarding((TEXT, "8bit", b"When is it?"), part)).text == "When is it?"


def test_a_subject_alone_is_a_comment_where_nothing_else_was_sent():
    assert read_mail(forwarding((TEXT, "8bit", b"\n"))).subject == "FW: School trip"
    photo = ("Content-Type: application/pdf; name=letter.pdf", "base64", b"%PDF")
    assert read_mail(forwarding((TEXT, "8bit", b"\n"), photo)).files == ("letter.pdf",)


def test_words_that_only_look_like_headers_stay_in_the_text():
    text = f"{FORWARDS['outlook']}Dear office,\n\nDate: Friday suits us.\nFrom: 9am\n\nJane"
    assert read_forwarded(Mail(text=text)).text == "Dear office,\n\nDate: Friday suits us.\nFrom: 9am\n\nJane"


def in_one_piece(content: bytes, *, left_open: bool = False) -> bytes:
    """What a program signs in one piece (CMS signed-data), by hand: with lengths, or left open and in pieces,
    as OpenSSL streams it."""

    def told(tag: int, inner: bytes) -> bytes:
        if left_open and tag & 0x20:
            return bytes([tag, 0x80]) + inner + b"\0\0"
        size = len(inner).to_bytes(4, "big")
        return bytes([tag, 0x84]) + size + inner

    signed_data, data = (bytes.fromhex(f"06092a864886f70d01070{last}") for last in "21")
    pieces = [told(0x04, content[:20]), told(0x04, content[20:])]
    octets = told(0x24, b"".join(pieces)) if left_open else told(0x04, content)
    inside = told(0x30, data + told(0xA0, octets))
    algorithms = told(0x31, told(0x30, bytes.fromhex("0609608648016503040201")) if not left_open else b"")
    return told(0x30, signed_data + told(0xA0, told(0x30, b"\x02\x01\x01" + algorithms + inside)))


INSIDE = b"Content-Type: text/plain; charset=utf-8\r\n\r\nWhen is it?\r\n"
WRAPPED = {
    "signed with lengths": ("application/pkcs7-mime; smime-type=signed-data", in_one_piece(INSIDE)),
    "signed and left open": ("application/x-pkcs7-mime", in_one_piece(INSIDE, left_open=True)),
    "signed by its name": ("application/octet-stream; name=smime.p7m", in_one_piece(INSIDE)),
    "enriched": ("text/enriched", b"<color><param>red</param><bold>When</bold></color>\nis it?"),
    "signed by PGP": (
        "text/plain",
        b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: X\n\nWhen is it?\n-----BEGIN PGP SIGNATURE-----\n\n=",
    ),
}


@pytest.mark.parametrize(("kind", "content"), WRAPPED.values(), ids=list(WRAPPED))
def test_what_is_wrapped_in_a_signature_or_in_marks_is_read(kind, content):
    found = read_mail(forwarding((f"Content-Type: {kind}", "base64", content)))

    assert (found.text.strip(), found.sure) == ("When is it?", True)


def test_a_signature_that_is_cut_off_or_holds_itself_is_no_email_that_can_be_read():
    whole = in_one_piece(INSIDE)
    for end in range(0, len(whole), 7):
        part = ("Content-Type: application/pkcs7-mime", "base64", whole[:end])
        with pytest.raises(NoMail):
            read_mail(forwarding((TEXT, "8bit", b" \n"), part))
    nested = INSIDE
    for _time in range(6):
        nested = b"Content-Type: application/pkcs7-mime\r\n\r\n" + in_one_piece(nested)
    with pytest.raises(NoMail):
        read_mail(forwarding((TEXT, "8bit", b" \n"), (nested.partition(b"\r\n")[0].decode(), "base64",
                                                     nested.partition(b"\r\n\r\n")[2])))  # fmt: skip


BANNERS = (
    "CAUTION: This email originated from outside of the organization. Do not click links or open files.",
    "[EXTERNAL]",
    "WARNING: This message is from an external sender.\nDo not open attachments you did not expect.",
    "You don't often get email from jane@parent.example. Learn why this is important <https://aka.ms/Learn>",
)
WORDS_OF_HERS = (
    "Caution: the gate by the field was open again. Do not open it in the morning, please.",
    "I got this from outside the school gate. My son was crying.",
)


def test_a_mail_services_warning_above_the_words_is_cut_and_the_words_never_are():
    for above in (*BANNERS, *WORDS_OF_HERS):
        text = f"{FORWARDS['outlook']}{above}\n\nWhen is the trip?\n"
        found = read_forwarded(read_mail(forwarding((TEXT, "8bit", text.encode()))))
        kept = f"{above}\n\nWhen is the trip?" if above in WORDS_OF_HERS else "When is the trip?"
        assert found.text == kept
