"""Large files are sealed as they arrive: nothing open on the disk, nothing half under its name."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core import files, sealed_files, vault
from schoolgate.core.files import Place, the_store
from schoolgate.core.home import drafts
from schoolgate.core.outside.texts import Proving
from schoolgate.core.sealed_files import PIECE, Draft, Lost

WORDS = b"The secret of the staff room. "
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def here(store):
    """A store of this test's own, of each kind."""


def lay(file: sealed_files.SealedFile, content: bytes) -> None:
    draft = drafts() / "draft"
    draft.write_bytes(content)
    the_store().lay(Place(7, file.name), draft)


def lies(file: sealed_files.SealedFile) -> bytes:
    with the_store().open(Place(7, file.name)) as there:
        return there.read()


def kept(content: bytes, *, federation_id: int = 7) -> sealed_files.SealedFile:
    return sealed_files.seal_whole(content, federation_id=federation_id)


def on_disk(home) -> list:
    return sorted(path for path in home.rglob("*") if path.is_file() and "keys" not in path.parts)


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17])
def test_what_was_sealed_opens_as_it_was_and_lies_nowhere_open(home, size):
    content = (WORDS * (size // len(WORDS) + 1))[:size]
    file = kept(content)
    assert b"".join(sealed_files.read(file.name, federation_id=7)) == content
    assert file.size == size
    open_ones = [path for path in on_disk(home) if WORDS[: min(size, 20)] in path.read_bytes()]
    assert size == 1 or (open_ones == [] and WORDS[: min(size, 20)] not in lies(file))


def test_it_does_not_open_for_another_federation_and_not_as_another_file(home):
    one, other = kept(b"one"), kept(b"other")
    with pytest.raises(Lost):
        list(sealed_files.read(one.name, federation_id=8))
    lay(one, lies(other))
    with pytest.raises(Lost):
        list(sealed_files.read(one.name, federation_id=7))
    with pytest.raises(Lost):
        list(sealed_files.read("../../keys/vault.keys", federation_id=7))


def test_pieces_cannot_be_cut_off_or_change_places(home):
    file = kept(bytes(2 * PIECE))
    lay(file, lies(file)[:-5])
    with pytest.raises(Lost):
        list(sealed_files.read(file.name, federation_id=7))


def test_an_upload_that_was_killed_leaves_nothing_after_the_sweep(home):
    draft = Draft()
    draft.write(WORDS * 100_000)
    orphan, named = kept(b"no row names it"), kept(b"a row names it")
    now = datetime.now(UTC)
    for path in on_disk(home):  # the disk knows no other day
        os.utime(path, (now.timestamp(), now.timestamp()))
    named_now = {named.name}
    assert sealed_files.sweep(named_now, federation_id=7, at=now, older_than=HOUR) == 0, "too young"
    assert sealed_files.sweep(named_now, federation_id=7, at=now + 2 * HOUR, older_than=HOUR) == 2
    assert [each.place.name for each in the_store().laid()] == [named.name]
    assert on_disk(home / "evidence") == []
    with pytest.raises(Lost):
        list(sealed_files.read(orphan.name, federation_id=7))
    draft.drop()


def test_the_sweep_leaves_alone_what_is_not_sealed(home):
    picture = files.keep(b"a picture of a post", "image/png", federation_id=7)
    sealed_files.sweep(set(), federation_id=7, at=datetime.now(UTC) + 2 * HOUR, older_than=HOUR)
    assert files.read(picture.digest, federation_id=7) == b"a picture of a post"


def test_a_draft_that_is_dropped_is_gone_and_one_that_was_kept_stays(home):
    draft = Draft()
    draft.write(b"x")
    draft.drop()
    draft.drop()
    assert on_disk(home) == []
    with pytest.raises(Lost):
        sealed_files.keep(draft.name, federation_id=7)


def test_a_new_key_seals_every_piece_anew_and_the_old_key_opens_nothing(home):
    file = kept(WORDS * 100_000)
    old = vault.known_keys()
    vault.add_key()
    assert list(sealed_files.seal_anew(lambda _text: None)) == []
    vault.write_keys(vault.known_keys()[:1])
    assert b"".join(sealed_files.read(file.name, federation_id=7)) == WORDS * 100_000
    vault.write_keys(old)
    with pytest.raises(Lost):
        list(sealed_files.read(file.name, federation_id=7))
    assert list(sealed_files.seal_anew(lambda _text: None)) == [f"file {file.name}"]


@pytest.mark.parametrize(
    ("content", "group"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\nxx", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"RIFF....WEBP", "picture"),
        (b"RIFF....WAVE", "audio"),
        (b"....ftypM4A ", "audio"),
        (b"....ftypisom", "film"),
        (b"PK\x03\x04....xl/workbook.xml", "sheet"),
        (b"PK\x03\x04....word/document.xml", "document"),
        (b"PK\x03\x04....something", "archive"),
        ("Tomos wrote: na, ŵyr neb.\n".encode(), "text"),
        (b"name;mark\nTomos;3\n", "text"),
        (b"<script>alert(1)</script>", "text"),
    ],
)
def test_the_content_says_what_a_file_is(content, group):
    proving = Proving()
    for byte in content:
        proving.see(bytes([byte]))
    found = proving.kind()
    assert found is not None
    assert found.group == group


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00\x03", b"\x7fELF\x02\x01", b"text\x00with a zero", b"RIFF....XXXX", b"\xc3"]
)
def test_what_is_no_kind_that_we_know_is_none(content):
    proving = Proving()
    proving.see(content)
    assert proving.kind() is None
