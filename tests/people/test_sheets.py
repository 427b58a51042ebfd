"""Lists that were made elsewhere: what can be read, what is refused; nothing that we write runs."""

from datetime import date

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.people.sheets import MOST_COLUMNS, day_of, is_formula, read_sheet, same_word, write_csv
from tests.people.workbooks import workbook

ROWS = [["Name", "E-mail"], ["Siân Rees", "sian@example.org"]]


def cells(content, **more):
    return [list(line.cells) for line in read_sheet(content, **more).lines]


def refusal(content, **more):
    with pytest.raises(BadInput) as refused:
        read_sheet(content, **more)
    return str(refused.value.fields["file"])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Name,E-mail\nSiân Rees,sian@example.org\n".encode(), "utf-8"),
        ("Name;E-mail\r\nSiân Rees;sian@example.org\r\n".encode("utf-8-sig"), "utf-8"),
        ("Name;E-mail\nSiân Rees;sian@example.org\n".encode("cp1252"), "cp1252"),
        ("Name\tE-mail\nSiân Rees\tsian@example.org\n".encode("utf-16"), "utf-16"),
    ],
)
def test_text_is_read_however_it_was_written_and_says_how(content, encoding):
    assert (cells(content), read_sheet(content).encoding) == (ROWS, encoding)


def test_a_workbook_is_read_as_somebody_would_have_typed_it():
    content = workbook([["Name", "Room", "Active"], ["Siân Rees", 12, True]])
    assert cells(content) == [["Name", "Room", "Active"], ["Siân Rees", "12", "yes"]]


def test_a_number_with_more_digits_than_a_workbook_holds_is_not_made_up():
    assert cells(workbook([["Number"], [123456789012345], [1234567890123456]]))[1:] == [
        ["123456789012345"], ["1.234568E+15"],
    ]  # fmt: skip


def test_lines_keep_the_numbers_that_a_spreadsheet_shows():
    lines = read_sheet(b"Name,E-mail\n\n,\nCara,c@example.org\n").lines
    assert [line.number for line in lines] == [1, 4]


def test_a_comma_within_quotation_marks_parts_nothing():
    assert cells(b'"Rees, Sian";E-mail\n"Evans, Dan";d@example.org\n')[1] == ["Evans, Dan", "d@example.org"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"Name\x00E-mail\n", "This file is not a CSV or Excel file. Save it as CSV or XLSX."),
        (b"\xef\xbb\xbf\r\n<HTML><table><tr><td>Name</td></tr></table>", "is a web page with another name"),
        ('<?xml version="1.0"?><Workbook/>'.encode("utf-16"), "is a web page with another name"),
        (b"{\\rtf1\\ansi UPN\\cell Forename\\cell\\row}", "is not a CSV or Excel file"),
        (b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF", "is not a CSV or Excel file"),
        (b'Name,E-mail\n"Cara,c@example.org\n', "quotation mark"),
        (
            b"PK\x03\x04 and then nothing",
            "This file can’t be read. Save the sheet as CSV and choose that file.",
        ),
        (
            b"\xd0\xcf\x11\xe0 and then nothing",
            "This file can’t be read. Save the sheet as CSV and choose that file.",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(content, says):
    assert says in refusal(content)


def test_as_many_lines_as_allowed_are_read_and_not_one_more():
    content = b"Name\n" + b"Cara\n" * 3
    assert len(cells(content, most_rows=4)) == 4
    assert "more than 3 rows" in refusal(content, most_rows=3)


def test_as_many_columns_as_allowed_are_read_and_not_one_more():
    assert len(cells(b"a" + b",a" * (MOST_COLUMNS - 1))[0]) == MOST_COLUMNS
    assert "columns" in refusal(b"a" + b",a" * MOST_COLUMNS)


def test_a_file_of_the_largest_size_is_read_and_none_beyond():
    assert cells(b"Name", largest=4) == [["Name"]]
    assert "larger than" in refusal(b"Names", largest=4)


def test_a_hundred_thousand_lines_are_refused_both_as_text_and_as_a_workbook():
    assert "more than 10000 rows" in refusal(b"Name,E-mail\n" + b"Cara,c@example.org\n" * 100_000)
    assert "more than 10000 rows" in refusal(workbook([["Name"], *[["Cara"]] * 100_000]))


def test_a_workbook_that_asks_for_more_memory_than_there_is_harms_nobody():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "This file can’t be read. Save the sheet as CSV and choose that file." in refusal(workbook(far))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-09-01", date(2026, 9, 1)),
        ("1/9/2026", date(2026, 9, 1)),
        ("01.09.2026", date(2026, 9, 1)),
        ("31/2/2026", None),
        ("9/13/2026", None),
        ("1/9/26", None),
        ("01-Sep-26", date(2026, 9, 1)),
        ("1 September 26", date(2026, 9, 1)),
        ("14-Mar-98", date(1998, 3, 14)),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_in_britain_write_it(words, day):
    assert day_of(words) == day


def test_signs_that_no_one_sees_part_no_pupil_from_themselves():
    content = "UPN\u200b,Forename\u200e\nA1\u200b,Ga\u0308vin\u00ad\ufeff\n".encode()
    assert cells(content) == [["UPN", "Forename"], ["A1", "Gävin"]]
    joined = "\u0645\u06cc\u200c\u0634\u0648\u062f"  # a sign within a word that its spelling needs
    assert cells(f"UPN,Forename\nA1,{joined}\n".encode())[1][1] == joined


def test_words_are_compared_without_capitals_and_spaces():
    assert same_word("  Senior   LEADER ") == same_word("senior leader")


def test_nothing_that_we_write_is_a_formula():
    rows = [["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "plain", 7, None]]
    written = write_csv(rows).decode("utf-8-sig")
    assert written == "'=1+1,'+44,'-1,'@SUM(A1),'\tx,plain,7,\r\n"
    assert [is_formula(cell) for cell in ("=1", "a=1", "")] == [True, False, False]
