"""Files lie under their digest, whole or not at all, each federation's apart."""

import hashlib
import threading

import pytest

from schoolgate.core import files
from schoolgate.core.errors import NotFound
from schoolgate.core.files import Place, the_store
from schoolgate.core.home import drafts

CONTENT = b"a picture"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def own_store(store):
    """A store of this test's own, of each kind."""


def lay(name: str, content: bytes, *, federation: int = 1) -> None:
    draft = drafts() / "draft"
    draft.write_bytes(content)
    the_store().lay(Place(federation, name), draft)


def test_a_file_is_kept_under_its_digest():
    assert files.keep(CONTENT, "image/png", federation_id=1) == files.StoredFile(DIGEST, "image/png", 9)
    assert files.read(DIGEST, federation_id=1) == CONTENT
    with files.opened(DIGEST, federation_id=1) as file:
        assert (file.seek(2), file.read(3), file.seek(0), file.read()) == (2, b"pic", 0, CONTENT)


def test_keeping_it_twice_writes_it_once():
    files.keep(CONTENT, "image/png", federation_id=1)
    (before,) = the_store().laid(1)
    files.keep(CONTENT, "image/png", federation_id=1)
    assert list(the_store().laid()) == [before]
    assert (before.place, before.size) == (Place(1, DIGEST), 9)


def test_in_a_scope_it_is_that_federations_file(scoped):
    files.keep(CONTENT, "image/png")
    assert files.read(DIGEST) == CONTENT
    assert files.read(DIGEST, federation_id=scoped.id) == CONTENT


def test_another_federation_does_not_have_it():
    files.keep(CONTENT, "image/png", federation_id=1)
    with pytest.raises(NotFound):
        files.opened(DIGEST, federation_id=2)
    assert not files.is_there(DIGEST, federation_id=2)


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
        files.opened(name, federation_id=1)


def test_a_damaged_file_is_not_used():
    files.keep(CONTENT, "image/png", federation_id=1)
    lay(DIGEST, b"another picture")
    with pytest.raises(NotFound, match="damaged"):
        files.read(DIGEST, federation_id=1)


def test_what_a_federation_has_goes_with_it():
    for federation_id in (1, 12):
        files.keep(CONTENT, "image/png", federation_id=federation_id)
        files.keep(b"another", "image/png", federation_id=federation_id)
    the_store().remove_all(1)
    assert {each.place.federation for each in the_store().laid()} == {12}
    assert list(the_store().laid(1)) == []


def test_a_write_that_fails_leaves_nothing_behind(home, monkeypatch):
    def full(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.keep(CONTENT, "image/png", federation_id=1)
    assert list(the_store().laid()) == []
    assert list(drafts().iterdir()) == []


def test_eight_at_once_leave_one_whole_file():
    threads = [
        threading.Thread(target=files.keep, args=[CONTENT, "image/png"], kwargs={"federation_id": 1})
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.place.name for each in the_store().laid()} == {DIGEST}
    assert files.read(DIGEST, federation_id=1) == CONTENT
