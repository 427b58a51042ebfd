"""A backup or a file of keys that is damaged, or was put in the place of a real one, ends in a sentence."""

import gzip
import io
import tarfile

import pytest

from schoolgate.core.backups import sealing
from tests.limited import in_limits

READ = """
import sys
from schoolgate.core.backups.snapshot import read_through
from schoolgate.core.backups.sealing import BackupTrouble
for name in sys.argv[1:]:
    try:
        print(read_through(open(name, "rb")), flush=True)
    except BackupTrouble as error:
        print(error.code, flush=True)
"""
KEYS = """
import sys
from schoolgate.core.backups.sealing import keys_in
from schoolgate.core.backups.sealing import BackupTrouble
for name in sys.argv[1:]:
    try:
        print(sorted(keys_in(open(name, "rb").read())), flush=True)
    except BackupTrouble as error:
        print(error.code, flush=True)
"""


def head(size: int, kind: bytes = tarfile.REGTYPE, name: str = sealing.HEAD) -> bytes:
    told = tarfile.TarInfo(name)
    told.size, told.type = size, kind
    return told.tobuf(tarfile.GNU_FORMAT)


def packed(path, *parts: bytes) -> str:
    with gzip.open(path, "wb", compresslevel=1) as file:
        for part in parts:
            file.write(part)
    return str(path)


BACKUPS = {
    "a head of a gigabyte": [head(1_000_000_000), *[bytes(1 << 20)] * 600],
    "figures": [head(1_000_000, tarfile.XHDTYPE), b"1" * 1_000_000],
    "a header of a terabyte": [head(1 << 40, tarfile.XGLTYPE), *[bytes(1 << 20)] * 600],
    "brackets": [head(1_000_000), b"[" * 1_000_000],
    "a list": [head(2), b"[]"],
    "no tar": [b"nothing of the kind"],
}


def test_a_backup_that_would_fill_the_machine_or_keep_it_busy_is_told_as_damaged(tmp_path):
    files = {name: packed(tmp_path / name, *parts) for name, parts in BACKUPS.items()}
    said = in_limits(READ, *files.values(), seconds=8).splitlines()
    assert dict(zip(files, said, strict=True)) == dict.fromkeys(files, "damaged")


@pytest.mark.parametrize(("more", "taken"), [(0, True), (1, False)])
def test_a_piece_is_taken_into_memory_up_to_its_limit(monkeypatch, more, taken):
    monkeypatch.setattr(sealing, "LARGEST_WHOLE", 100)
    out = io.BytesIO()
    writer = sealing.Writer(out)
    writer.add("record/heads.jsonl", b"x" * (100 + more))
    writer.add_json(sealing.END, {"digest": writer.digest()})
    writer.close()
    out.seek(0)

    coming = sealing.pieces(out)  # closed once nobody holds it
    piece = next(coming)
    if taken:
        assert piece.content() == b"x" * 100
    else:
        with pytest.raises(sealing.BackupTrouble):
            piece.content()


def test_a_file_of_keys_that_is_none_is_told(tmp_path):
    given = {
        "figures": head(1_000_000, tarfile.XHDTYPE) + b"1" * 1_000_000,
        "a terabyte": head(1 << 40),
        "no tar": b"no tar".ljust(512),
    }
    for name, content in given.items():
        (tmp_path / name).write_bytes(content)
    said = in_limits(KEYS, *(str(tmp_path / name) for name in given), seconds=8).splitlines()
    assert dict(zip(given, said, strict=True)) == dict.fromkeys(given, "damaged")
