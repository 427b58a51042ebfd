"""Tar archives are read as Python's library reads them, but in linear time, and no size is believed."""

import io
import tarfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.outside.tars import LONGEST_NAME, MOST_EXTENDED, MOST_RECORDS, BrokenTar, members
from tests.limited import in_limits

FORMATS = [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]
LETTERS = st.characters(exclude_characters="\0/", exclude_categories=["Cs"])
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=1, max_size=6).map("/".join)


def archive(files: dict[str, bytes], how: int, **more) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=how) as tar:
        for name, content in files.items():
            told = tarfile.TarInfo(name)
            told.size = len(content)
            told.pax_headers = more
            tar.addfile(told, io.BytesIO(content))
    return out.getvalue()


def read(content: bytes) -> dict[str, bytes]:
    return {each.name: each.content.read() for each in members(io.BytesIO(content))}


def header(kind: bytes, size: int, name: str = "x") -> bytes:
    told = tarfile.TarInfo(name)
    told.type, told.size = kind, size
    return told.tobuf(tarfile.GNU_FORMAT)


def padded(content: bytes) -> bytes:
    return content.ljust(-(-len(content) // 512) * 512, b"\0")


@given(st.dictionaries(NAMES, st.binary(max_size=1500), max_size=5), st.sampled_from(FORMATS[1:]))
def test_what_the_library_writes_is_read(files, how):
    assert read(archive(files, how)) == files


@pytest.mark.parametrize("how", FORMATS)
def test_a_name_in_two_parts_and_folders_are_read(how):
    name = "/".join(["folder" * 8] * 4)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=how) as tar:
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
        tar.addfile(tarfile.TarInfo(name))

    assert [(each.name, each.kind) for each in members(io.BytesIO(out.getvalue()))] == [
        ("folder", "folder"), (name, "file"),
    ]  # fmt: skip


@pytest.mark.parametrize("how", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_file_of_more_than_eight_gigabytes_has_its_size(how):
    told = tarfile.TarInfo("film")
    told.size = 9 << 30

    assert next(members(io.BytesIO(told.tobuf(how)))).size == 9 << 30


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.GNUTYPE_SPARSE]
)
def test_what_is_no_file_and_no_folder_is_told(kind):
    assert [each.kind for each in members(io.BytesIO(header(kind, 0)))] == ["other"]


def test_a_file_with_holes_is_told():
    content = archive({"x": b"1"}, tarfile.PAX_FORMAT, **{"GNU.sparse.major": "1"})
    assert [each.kind for each in members(io.BytesIO(content))] == ["other"]


def test_what_is_not_read_is_passed_over():
    content = archive({"a": b"1" * 1000, "b": b"2"}, tarfile.PAX_FORMAT)
    assert [each.name for each in members(io.BytesIO(content))] == ["a", "b"]


@pytest.mark.parametrize(("length", "taken"), [(LONGEST_NAME, True), (LONGEST_NAME + 1, False)])
def test_names_have_a_longest_length(length, taken):
    content = archive({"x" * length: b""}, tarfile.PAX_FORMAT)
    if taken:
        assert read(content) == {"x" * length: b""}
    else:
        with pytest.raises(BrokenTar):
            read(content)


@pytest.mark.parametrize(("more", "taken"), [(0, True), (1, False)])
def test_extended_headers_have_a_largest_size(more, taken):
    says = b"path=film\n"
    filler = MOST_EXTENDED + more - len(b"13 " + says) - len(b"1048576 comment=\n")
    record = b" comment=" + b"x" * filler + b"\n"
    text = str(len(record) + 7).encode() + record + b"13 " + says
    assert len(text) == MOST_EXTENDED + more
    content = header(b"x", len(text)) + padded(text) + header(b"0", 0)
    if taken:
        assert read(content) == {"film": b""}
    else:
        with pytest.raises(BrokenTar):
            read(content)


GOOD = archive({"a": b"1" * 700, "b": b"2"}, tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    "content",
    [
        GOOD[:300], GOOD[:600], GOOD[:1300], b"x" * 512, GOOD[:100] + b"\1" + GOOD[101:],
        GOOD[:1536] + b"\1" + GOOD[1537:],
        header(b"x", 100), header(b"x", 10) + padded(b"10 path=ab") + header(b"0", 0),
        header(b"x", 12) + padded(b"999 path=ab\n") + header(b"0", 0),
        header(b"x", 9) + padded(b"9 pathab\n") + header(b"0", 0),
        header(b"x", 9) + padded(b"9 size=x\n") + header(b"0", 0), header(b"x", 11) + padded(b"11 path=ab\n"),
        header(b"x", 1 << 33), header(b"L", 1 << 33), header(b"g", 1 << 33),
    ],
)  # fmt: skip
def test_an_archive_that_is_damaged_anywhere_is_told_and_not_taken_for_shorter(content):
    with pytest.raises(BrokenTar):
        read(content)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_no_byte_can_be_changed_into_another_error(place, byte):
    changed = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    with suppress(BrokenTar):
        assert len(read(changed)) <= 2


@pytest.mark.parametrize(("more", "read"), [(0, True), (1, False)])
def test_an_extended_header_has_as_many_records_as_a_file_may_need_and_no_more(tmp_path, more, read):
    text = b"5 a=\n" * (MOST_RECORDS + more)
    (tmp_path / "many.tar").write_bytes(header(b"x", len(text)) + padded(text) + header(b"0", 0))
    with (tmp_path / "many.tar").open("rb") as archive:
        if read:
            assert len(list(members(archive))) == 1
        else:
            with pytest.raises(BrokenTar, match="a header is damaged"):
                list(members(archive))


BOMBS = {
    "figures": b"1" * 1_000_000,
    "records": b"5 a=\n" * 200_000,
    "records without equals": b"3 \n" * 300_000,
    "spaces": b" " * 1_000_000,
}


@pytest.mark.parametrize("kind", BOMBS)
@pytest.mark.parametrize("typed", ["x", "g", "L", "K"])
def test_an_extended_header_that_was_made_to_keep_us_busy_does_not(tmp_path, kind, typed):
    one = header(typed.encode(), len(BOMBS[kind])) + padded(BOMBS[kind])
    (tmp_path / "bomb.tar").write_bytes(one * 20 + header(b"0", 0))
    code = """
import sys
from schoolgate.core.outside.tars import BrokenTar, members
try:
    print(sum(1 for _ in members(open(sys.argv[1], "rb"))))
except BrokenTar:
    print("broken")
"""
    assert in_limits(code, str(tmp_path / "bomb.tar"), megabytes=150, seconds=5) in ("1", "broken")
