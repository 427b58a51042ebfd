"""Bytes that don't say how they are written are told apart by their letters, or a person is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.outside.texts import tell_apart

NAMES = "Forename,Surname\r\nSiân,Rees\r\nZoë,O’Brien\r\nRenée,Müller\r\nJosé,Núñez\r\nFrançois,Bjørn\r\n"
DOS = NAMES.replace("’", "'")
POLISH = "Forename,Surname\r\nŁukasz,Wiśniewski\r\nMałgorzata,Kołodziej\r\n"


@pytest.mark.parametrize(
    ("text", "written", "encoding"),
    [
        ("Ava,Thomas", "ascii", "utf-8"),
        (NAMES, "utf-8", "utf-8"),
        (NAMES, "utf-8-sig", "utf-8"),
        (NAMES, "utf-16", "utf-16"),
        (NAMES, "utf-16-le", "utf-16-le"),
        (NAMES, "utf-16-be", "utf-16-be"),
        (NAMES, "utf-32", "utf-32"),
        (NAMES, "cp1252", "cp1252"),
        (NAMES.upper(), "cp1252", "cp1252"),
        (NAMES, "mac_roman", "mac_roman"),
        (DOS, "cp850", "cp850"),
        (POLISH, "cp1250", "cp1250"),
        ("“Half-term” – £5 a child, 10½ days…", "cp1252", "cp1252"),
    ],
)
def test_a_text_is_read_as_it_was_written(text, written, encoding):
    told = tell_apart(text.encode(written))
    assert told is not None
    assert (told.text, told.encoding, told.others, told.clean) == (text, encoding, (), True)


def test_what_reads_well_in_two_code_pages_is_left_for_a_person_to_say():
    told = tell_apart("Siân,Rees\n".encode("mac_roman"))
    assert told is not None
    assert {told.encoding, *told.others} == {"mac_roman", "cp850"}
    assert "Siân" in told.text


@pytest.mark.parametrize(
    ("word", "written"), [("Tŷ Gŵyn", "iso8859_14"), ("Łukasz", "cp1250"), ("ZOË", "cp1252")]
)
def test_the_way_in_which_it_was_written_is_among_those_that_are_asked(word, written):
    told = tell_apart(word.encode(written))
    assert told is not None
    assert told.others
    assert written in (told.encoding, *told.others)


def test_lines_that_only_macs_end_like_that_settle_it():
    told = tell_apart("Name\rSiân Rees\r".encode("mac_roman"))
    assert told is not None
    assert (told.text, told.others) == ("Name\rSiân Rees\r", ())


def test_utf_8_with_a_lost_letter_is_not_read_as_something_else():
    told = tell_apart("Siân, Zoë, Tŷ".encode() + b", Ren\xe9e")
    assert told is not None
    assert (told.text, told.encoding, told.clean) == ("Siân, Zoë, Tŷ, Ren\ufffde", "utf-8", False)


@pytest.mark.parametrize("content", [b"Name\x00E-mail", b"\x00\x01\x02\x03", b"\xff\xfeN"])
def test_what_is_no_text_is_not_read_at_all(content):
    assert tell_apart(content) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_told_and_another_reading_needs_the_same_bytes(content):
    told = tell_apart(content)
    if told is not None and told.others:
        assert all(told.text.encode(told.encoding).decode(each) != told.text for each in told.others)
