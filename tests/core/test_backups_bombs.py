"""A backup or a file of keys that is damaged, or was put in the place of a real one, ends in a sentence."""

import gzip
import io
import tarfile

import pytest

from schoolgate.core.backups import archive
from tests.limited import in_limits

READ = """
import sys
from schoolgate.core.backups.loading import read_through
from schoolgate.core.backups.trouble import BackupTrouble
try:
    print(read_through(open(sys.argv[1], "rb")))
except BackupTrouble as error:
    print(error.code)
"""
KEYS = """
import sys
from schoolgate.core.backups.keys import keys_in
from schoolgate.core.backups.trouble import BackupTrouble
try:
    print(sorted(keys_in(open(sys.argv[1], "rb").read())))
except BackupTrouble as error:
    print(error.code)
"""


def head(size: int, kind: bytes = tarfile.REGTYPE, name: str = archive.HEAD) -> bytes:
    told = tarfile.TarInfo(name)
    told.size, told.type = size, kind
    return told.tobuf(tarfile.GNU_FORMAT)


def packed(path, *parts: bytes) -> str:
    with gzip.open(path, "wb", compresslevel=1) as file:
        for part in parts:
            file.write(part)
    return str(path)


@pytest.mark.parametrize(
    "parts",
    [
        [head(1_000_000_000), *[bytes(1 << 20)] * 600],
        [head(1_000_000, tarfile.XHDTYPE), b"1" * 1_000_000],
        [head(1 << 40, tarfile.XGLTYPE), *[bytes(1 << 20)] * 600],
        [head(1_000_000), b"[" * 1_000_000],
        [head(2), b"[]"],
        [b"nothing of the kind"],
    ],
    ids=["a head of a gigabyte", "figures", "a header of a terabyte", "brackets", "a list", "no tar"],
)
def test_a_backup_that_would_fill_the_machine_or_keep_it_busy_is_told_as_damaged(tmp_path, parts):
    assert in_limits(READ, packed(tmp_path / "backup", *parts), seconds=8) == "damaged"


@pytest.mark.parametrize(("more", "taken"), [(0, True), (1, False)])
def test_a_piece_is_taken_into_memory_up_to_its_limit(monkeypatch, more, taken):
    monkeypatch.setattr(archive, "LARGEST_WHOLE", 100)
    out = io.BytesIO()
    writer = archive.Writer(out)
    writer.add("record/heads.jsonl", b"x" * (100 + more))
    writer.add_json(archive.END, {"digest": writer.digest()})
    writer.close()
    out.seek(0)

    coming = archive.pieces(out)  # closed once nobody holds it
    piece = next(coming)
    if taken:
        assert piece.content() == b"x" * 100
    else:
        with pytest.raises(archive.BackupTrouble):
            piece.content()


@pytest.mark.parametrize(
    "content",
    [head(1_000_000, tarfile.XHDTYPE) + b"1" * 1_000_000, head(1 << 40), b"no tar".ljust(512)],
    ids=["figures", "a terabyte", "no tar"],
)
def test_a_file_of_keys_that_is_none_is_told(tmp_path, content):
    path = tmp_path / "keys"
    path.write_bytes(content)
    assert in_limits(KEYS, str(path), seconds=8) == "damaged"
