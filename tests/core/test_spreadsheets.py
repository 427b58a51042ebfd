"""Workbooks that are written can be read again, and hold no formula and no broken XML."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from schoolgate.core.documents import LONGEST_NAME, write_workbook

WORDS = st.text(max_size=40)


def read(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    return {name: list(book.get_sheet_by_name(name).iter_rows()) for name in book.sheet_names}


def test_text_and_numbers_come_back_as_they_were():
    rows = [["Figure", "This period"], ["Posts & <pictures>", 48], ["=1+1", 0]]
    assert read(write_workbook([("Ffigurau ŵ", rows)])) == {"Ffigurau ŵ": rows}


@given(st.lists(st.tuples(WORDS, st.lists(st.lists(WORDS | st.integers(-(10**9), 10**9), max_size=4), max_size=4)), min_size=1, max_size=4))  # fmt: skip # noqa: E501
def test_whatever_is_written_can_be_opened_and_each_sheet_has_a_name_of_its_own(sheets):
    found = read(write_workbook(sheets))
    assert len(found) == len(sheets)
    assert all(0 < len(name) <= LONGEST_NAME for name in found)


def test_a_formula_stays_text():
    packed = zipfile.ZipFile(io.BytesIO(write_workbook([("a", [["=cmd|x"]])])))
    assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_the_same_rows_give_the_same_bytes():
    assert write_workbook([("a", [["x"]])]) == write_workbook([("a", [["x"]])])


def test_a_workbook_without_sheets_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        write_workbook([])
