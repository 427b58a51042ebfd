"""What a forwarded email brings: the comment, its author, its time, its kind."""

from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.clock import LONDON
from schoolgate.core.outside.mails import MOST_BOUNDARIES, MOST_BYTES, Mail, NoMail, read_mail
from schoolgate.inbox.forwarding import read_forwarded

MORNING = datetime(2026, 11, 20, 9, 5, tzinfo=LONDON)
GMAIL = """For the inbox.

---------- Forwarded message ---------
From: Jane Doe <jane@example.com>
Date: Fri, 20 Nov 2026 at 09:05
Subject: School trip
To: <office@school.example>

When is the trip?

Jane
"""
OUTLOOK = """
________________________________
From: Jane Doe <jane@example.com>
Sent: 20 November 2026 09:05
To: Office <office@school.example>
Subject: School trip

When is the trip?

Jane"""
APPLE = """Begin forwarded message:

> From: Jane Doe <jane@example.com>
> Subject: School trip
> Date: 20 November 2026 at 9:05:11 am GMT
> To: office@school.example
>
> When is the trip?
>
> Jane"""
WELSH = """
Oddi wrth: Jane Doe <jane@example.com>
Anfonwyd: 20 Tachwedd 2026 09:05
At: swyddfa@ysgol.example
Pwnc: Trip

When is the trip?

Jane"""
AMERICAN = OUTLOOK.replace("20 November 2026 09:05", "Friday, November 20, 2026 9:05 AM")


@pytest.mark.parametrize("text", [GMAIL, OUTLOOK, APPLE, WELSH, AMERICAN])
def test_each_mail_programs_way_of_forwarding_is_read(text):
    found = read_forwarded(Mail(text=text))
    assert (found.text, found.author) == ("When is the trip?\n\nJane", "Jane Doe")
    assert (found.at, found.private, found.kind) == (MORNING, True, "query")


def test_an_author_with_a_short_address_wrote_to_the_school_alone_too():
    found = read_forwarded(Mail(text=GMAIL.replace("jane@example.com", "j@example.com")))
    assert (found.author, found.private) == ("Jane Doe", True)


def test_an_email_attached_as_a_whole_is_read():
    inside = Mail("jane@example.com", "Jane Doe", text="When is the trip?", at=MORNING)
    found = read_forwarded(Mail("ben@school.example", subject="Fwd", inside=inside))
    assert (found.text, found.author, found.at) == ("When is the trip?", "Jane Doe", MORNING)


def test_words_without_a_forwarded_email_are_the_comment_and_its_author_is_not_known():
    found = read_forwarded(Mail("ben@school.example", "Ben", subject="Seen today", text="What a mess.\n"))
    assert (found.text, found.author, found.at, found.private) == ("What a mess.", "", None, True)


@pytest.mark.parametrize(
    ("subject", "author", "private"),
    [
        ("Jane Doe commented on your post", "Jane Doe", False),
        ("Fwd: Jane Doe sent you a message", "Jane Doe", True),
        ("You have notifications", "", True),
        ("Jane Doe sent you a photo", "Jane Doe", True),
        ("Mae Jane Doe wedi gwneud sylw", "", True),
    ],
)
def test_a_networks_own_notice_is_no_email_of_the_author(subject, author, private):
    text = f"From: Facebook <notify@facebookmail.com>\nSubject: {subject}\nTo: office@x.example\n\nWell done!"
    found = read_forwarded(Mail(text=text))
    assert (found.text, found.author, found.private) == ("Well done!", author, private)


@pytest.mark.parametrize(
    ("subject", "author"),
    [
        ("Jane Doe reviewed Oakhill School", "Jane Doe"),
        ("Jane Doe recommended your Page", "Jane Doe"),
        ("Jane Doe left a review for Oakhill School", "Jane Doe"),
        ("Fwd: Jane Doe left you a 5-star review", ""),
        ("You have a new review", ""),
        ("New 2-star review for Oakhill School: the message from a parent", ""),
    ],
)
def test_a_networks_notice_of_a_review_says_so_and_no_one_wrote_it_to_the_school_alone(subject, author):
    text = f"From: Google <noreply@google.com>\nSubject: {subject}\nTo: office@x.example\n\nWhen is the trip?"
    found = read_forwarded(Mail(text=text))
    assert (found.text, found.author) == ("When is the trip?", author)
    assert (found.kind, found.private) == ("review", False)


@pytest.mark.parametrize(
    "subject",
    [
        "Jane Doe commented on your post",
        "Jane Doe left a comment",
        "We reviewed your report",
        "Jane Doe recommended your comment",
        "We have recommended you some pages",
        "A new review process for adverts",
        "Preview of the new season",
    ],
)
def test_a_notice_that_does_not_plainly_tell_of_a_review_brings_none(subject):
    text = f"From: Google <noreply@google.com>\nSubject: {subject}\nTo: office@x.example\n\nWell done!"
    assert read_forwarded(Mail(text=text)).kind == "comment"


def test_an_email_from_a_person_about_a_review_is_an_email_to_the_school():
    text = "From: Jane <j@example.com>\nSubject: Ann reviewed Oakhill\nTo: office@x.example\n\nWell done!"
    found = read_forwarded(Mail(text=text))
    assert (found.kind, found.private) == ("comment", True)


def test_what_a_member_of_staff_says_that_it_is_goes_before_what_the_notice_says():
    text = "From: Google <noreply@google.com>\nSubject: You have a new review\nTo: a@x.example\n\nBus!"
    assert read_forwarded(Mail(subject="Complaint: bus", text=text)).kind == "complaint"
    private = read_forwarded(Mail(subject="Message: bus", text=text))
    assert (private.kind, private.private) == ("comment", True)


@pytest.mark.parametrize(
    ("subject", "kind", "private"),
    [
        ("Complaint: bus", "complaint", True),
        ("Review: bus", "review", False),
        ("Ymlaen: Adolygiad: bws", "review", True),
        ("Reviews: bus", "comment", True),
        ("Fwd: Question: bus", "query", True),
        ("Cwyn: bws", "complaint", True),
        ("Comment: bus", "comment", False),
        ("Message: bus", "comment", True),
        ("Neges: bws", "comment", True),
        ("Complaintive: bus", "comment", True),
    ],
)
def test_the_first_word_of_the_subject_says_what_it_is(subject, kind, private):
    found = read_forwarded(Mail(subject=subject, text="The bus came."))
    assert (found.kind, found.private) == (kind, private)


@pytest.mark.parametrize(
    "block",
    [
        "Lähettäjä: Jane Doe <jane@example.com>\nLähetetty: 20. marraskuuta 2026\nAihe: Tom",
        "Feladó: Jane Doe <jane@example.com>\nElküldve: 2026. november 20.\nTárgy: Tom",
        "",
    ],
)
def test_an_email_whose_headers_no_one_taught_us_is_kept_whole_and_private(block):
    text = f"{block}\n\nTom has epilepsy. Please tell his teacher."
    found = read_forwarded(Mail(subject="TR: Tom", text=text))
    assert (found.text, found.private, found.author) == (text.strip(), True, "")


def test_only_who_forwards_an_email_can_say_that_everyone_can_read_it():
    parents = "From: Jane <j@example.com>\nSubject: Comment: Tom\nTo: a@b.example\n\nTom has epilepsy."
    assert read_forwarded(Mail(subject="Fwd: Comment: Tom", text=parents)).private
    assert not read_forwarded(Mail(subject="Comment: Fwd: Tom", text=parents)).private
    inside = Mail("j@example.com", "Jane", subject="Comment: Tom", text="Tom has epilepsy.")
    assert read_forwarded(Mail(subject="Comment: Tom", inside=inside)).private


@pytest.mark.parametrize("date", ["yesterday", "31 February 2026 10:00", "20 Nov 2026 25:00", ""])
def test_a_date_that_is_none_stays_unknown(date):
    text = f"From: Jane <j@example.com>\nDate: {date or 'x'}\nTo: a@b.example\n\nHi"
    found = read_forwarded(Mail(text=text))
    assert (found.at, found.text) == (None, "Hi")


@given(st.text(max_size=400), st.text(max_size=100))
def test_any_text_is_read_and_nothing_is_added_to_it(text, subject):
    found = read_forwarded(Mail(text=text, subject=subject))
    assert len(found.text) <= len(text)
    assert len(found.author) <= 300


# --- The email itself --------------------------------------------------------------------------------------


def email(**parts):
    message = EmailMessage()
    message["From"], message["To"] = "Ben Hall <ben@school.example>", "in+1.abc@school.example"
    message["Subject"], message["Date"] = "Sylw: Tŷ", "Fri, 20 Nov 2026 09:05:00 +0000"
    message.set_content(parts.get("text", "What a mess."))
    if "html" in parts:
        message.add_alternative(parts["html"], subtype="html")
    return message


def test_plain_text_comes_before_html_and_headers_are_decoded():
    mail = read_mail(bytes(email(html="<p>What a <b>big</b> mess.</p>")))
    assert (mail.text, mail.subject, mail.sender) == ("What a mess.", "Sylw: Tŷ", "ben@school.example")
    assert (mail.at, mail.to) == (MORNING, ("in+1.abc@school.example",))


def test_html_alone_becomes_lines_without_scripts():
    message = EmailMessage()
    message["From"] = "ben@school.example"
    html = "<style>x{}</style><p>One</p><div>Two<br>Three</div><script>no()</script>"
    message.set_content(html, subtype="html")
    assert read_mail(bytes(message)).text == "One\n\nTwo\nThree"


def test_an_attached_email_is_kept_apart_and_pictures_come_along():
    inner, outer = email(text="Inside"), email(text="Outside")
    outer.add_attachment(inner)
    outer.add_attachment(b"\x89PNG....", maintype="image", subtype="png")
    mail = read_mail(bytes(outer))
    assert (mail.text, mail.inside.text, mail.pictures) == ("Outside", "Inside", (b"\x89PNG....",))


def test_an_unknown_charset_and_broken_transfer_encoding_are_read_as_far_as_they_go():
    raw = b"From: a@b.example\nContent-Type: text/plain; charset=klingon\n\nCaf\xc3\xa9"
    assert read_mail(raw).text == "Café"
    raw = b"From: a@b.example\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!"
    assert read_mail(raw).sender == "a@b.example"


def head(charset=""):
    return b"From: a@b.example\nContent-Type: text/plain" + charset.encode() + b"\n\n"


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("", b"Caf\xe9 \x93x\x94 \x81", "Café “x” \ufffd"),
        ("; charset=us-ascii", b"Caf\xe9", "Café"),
        ("; charset=klingon", b"Caf\xe9", "Café"),
        ("; charset=klingon", b"Caf\xc3\xa9", "Café"),
        ("; charset=utf-7", b"Caf+AOk-", "Caf+AOk-"),
        ("; charset=utf-8", b"T\xc5\xb7 Caf\xe9", "Tŷ Caf\ufffd"),
        ("; charset=utf-8", b"The Caf\xe9 was shut", "The Café was shut"),
        ("; charset=iso-8859-1", "Siân’s café".encode(), "Siân’s café"),
        ("; charset=windows-1252", "Łukasz".encode(), "Łukasz"),
        ("", "Łukasz Wiśniewski".encode("cp1250"), "Łukasz Wiśniewski"),
        ("; charset=us-ascii", "Siân, Zoë, Renée".encode("mac_roman"), "Siân, Zoë, Renée"),
        ("; charset=shift_jis", b"a\xff", "a\ufffd"),
    ],
)
def test_an_email_that_does_not_say_truly_how_it_is_written_is_read_and_not_sure(charset, body, text):
    mail = read_mail(head(charset) + body)
    assert (mail.text, mail.sure, read_forwarded(mail).sure) == (text, False, False)


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("", "Tŷ".encode(), "Tŷ"),
        ("; charset=us-ascii", b"Cafe", "Cafe"),
        ("; charset=iso-8859-1", b"Caf\xe9 \x93x\x94", "Café “x”"),
        ("; charset=windows-1252", b"Caf\xe9", "Café"),
        ("; charset=utf-8", "Tŷ 学校".encode(), "Tŷ 学校"),
        ("; charset=utf-8", b"x" + "\nŷŷŷ".encode() * 400_000, ("x" + "\nŷŷŷ" * 30_000)[:100_000]),
    ],
    ids=["none", "ascii", "latin", "windows", "utf-8", "long"],
)
def test_an_email_that_says_how_it_is_written_is_sure(charset, body, text):
    mail = read_mail(head(charset) + body)
    assert (mail.text, mail.sure) == (text, True)


@pytest.mark.parametrize(
    ("given", "name", "sure"),
    [
        (b"Ren\xe9e", "Renée", False),
        ("Renée".encode(), "Renée", True),
        (b"=?iso-8859-1?q?Ren=E9e?=", "Renée", True),
        (b"=?klingon?q?Ren=E9e?=", "Renée", False),
    ],
)
def test_a_senders_name_is_read_as_far_as_it_goes(given, name, sure):
    mail = read_mail(b"From: " + given + b" <a@b.example>\n\nHi")
    assert (mail.sender_name, mail.sender, mail.sure) == (name, "a@b.example", sure)


def test_the_letters_of_an_attached_email_count_and_not_those_around_it():
    outer = email(text="Outside")
    outer.add_attachment(email(text="Inside"))
    mail = read_mail(bytes(outer).replace(b"Inside", b"Insid\xe9"))
    assert (mail.sure, mail.inside.sure, read_forwarded(mail).sure) == (True, False, False)


def nested(depth):
    begins = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(depth))
    return f"From: a@b.example\n{begins}Content-Type: text/plain\n\nDeep".encode()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "broken"),
        (b"\x00" * 100, "broken"),
        (b"x" * (MOST_BYTES + 1), "size"),
        (b"From: a@b.example\n\n" + b"\n" * 600_000, "parts"),
        (nested(MOST_BOUNDARIES + 1), "parts"),
    ],
)
def test_what_is_no_email_is_refused_with_a_reason(raw, why):
    with pytest.raises(NoMail) as error:
        read_mail(raw)
    assert error.value.why == why


def test_an_email_nested_as_deep_as_allowed_is_read():
    assert read_mail(nested(MOST_BOUNDARIES)).text == "Deep"


@given(st.binary(max_size=500))
def test_any_bytes_are_read_or_refused(raw):
    with suppress(NoMail):
        assert read_mail(b"From: a@b.example\n" + raw).at is not raw
