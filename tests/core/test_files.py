"""Files lie under their digest, whole or not at all, each federation's apart."""

import hashlib
import threading

import pytest

from schoolgate.core import files
from schoolgate.core.errors import NotFound

CONTENT = b"a picture"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def own_store(home):
    """A store of this test's own."""


def test_a_file_is_kept_under_its_digest():
    assert files.keep(CONTENT, "image/png", federation_id=1) == files.StoredFile(DIGEST, "image/png", 9)
    assert files.read(DIGEST, federation_id=1) == CONTENT
    assert files.path_of(DIGEST, federation_id=1).name == DIGEST


def test_keeping_it_twice_writes_it_once():
    files.keep(CONTENT, "image/png", federation_id=1)
    before = files.path_of(DIGEST, federation_id=1).stat().st_ino
    files.keep(CONTENT, "image/png", federation_id=1)
    assert files.path_of(DIGEST, federation_id=1).stat().st_ino == before


def test_in_a_scope_it_is_that_federations_file(scoped):
    files.keep(CONTENT, "image/png")
    assert files.read(DIGEST) == CONTENT
    assert files.read(DIGEST, federation_id=scoped.id) == CONTENT


def test_another_federation_does_not_have_it():
    files.keep(CONTENT, "image/png", federation_id=1)
    with pytest.raises(NotFound):
        files.path_of(DIGEST, federation_id=2)


def test_erasing_it_for_one_leaves_the_others():
    for federation_id in (1, 2):
        files.keep(CONTENT, "image/png", federation_id=federation_id)
    files.remove(DIGEST, federation_id=1)
    files.remove(DIGEST, federation_id=1)
    with pytest.raises(NotFound):
        files.read(DIGEST, federation_id=1)
    assert files.read(DIGEST, federation_id=2) == CONTENT


@pytest.mark.parametrize("name", ["", "../../etc/passwd", DIGEST.upper(), DIGEST + "0", DIGEST[:-1] + "/"])
def test_a_text_that_is_no_digest_leads_nowhere(name):
    with pytest.raises(NotFound):
        files.path_of(name, federation_id=1)


def test_a_damaged_file_is_not_used():
    files.keep(CONTENT, "image/png", federation_id=1)
    files.path_of(DIGEST, federation_id=1).write_bytes(b"another picture")
    with pytest.raises(NotFound, match="damaged"):
        files.read(DIGEST, federation_id=1)


def test_a_write_that_fails_leaves_nothing_behind(home, monkeypatch):
    def full(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.keep(CONTENT, "image/png", federation_id=1)
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []


def test_eight_at_once_leave_one_whole_file(home):
    threads = [
        threading.Thread(target=files.keep, args=[CONTENT, "image/png"], kwargs={"federation_id": 1})
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.name for path in (home / "files").rglob("*") if path.is_file()] == [DIGEST]
