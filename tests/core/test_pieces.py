"""Uploads in pieces: taken in order, continued after a break, and never another person's."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core import pieces
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.files import passing
from schoolgate.core.pieces import KEPT_FOR, LARGEST_PIECE, PURPOSES, USED, Owner, WrongOffset

AMINA = Owner(1, 1)
LARGEST = PURPOSES["picture"].most_bytes
A_TICK = 1.1
"""Seconds: some stores tell when a file came to the second."""


@pytest.fixture(autouse=True)
def somewhere(store):
    """In the home, and in a bucket."""


def begun(length=6, owner=AMINA):
    return pieces.begin(owner, purpose="picture", length=length)


def test_pieces_in_order_make_the_file():
    upload = begun()
    assert pieces.add(upload, offset=0, piece=b"abc") == 3
    assert pieces.add(upload, offset=3, piece=b"def") == 6

    assert pieces.take(AMINA, upload.key, purpose="picture").read() == b"abcdef"


@pytest.mark.parametrize("offset", [0, 2, 4, 6])
def test_a_piece_that_does_not_follow_is_refused_and_told_where_to_go_on(offset):
    upload = begun()
    pieces.add(upload, offset=0, piece=b"abc")

    with pytest.raises(WrongOffset) as refused:
        pieces.add(upload, offset=offset, piece=b"")
    assert refused.value.offset == 3
    assert upload.offset == 3


def test_a_piece_whose_answer_was_lost_is_not_added_twice():
    upload = begun()
    pieces.add(upload, offset=0, piece=b"abc")
    with pytest.raises(WrongOffset):
        pieces.add(upload, offset=0, piece=b"abc")

    assert upload.offset == 3


def test_more_than_announced_is_refused_and_not_written():
    upload = begun(5)
    pieces.add(upload, offset=0, piece=b"abc")
    with pytest.raises(BadInput):
        pieces.add(upload, offset=3, piece=b"def")

    assert upload.offset == 3


def test_a_piece_may_be_as_large_as_allowed_and_no_larger():
    upload = begun(3 * LARGEST_PIECE)
    assert pieces.add(upload, offset=0, piece=bytes(LARGEST_PIECE)) == LARGEST_PIECE
    with pytest.raises(BadInput):
        pieces.add(upload, offset=LARGEST_PIECE, piece=bytes(LARGEST_PIECE + 1))


@pytest.mark.parametrize(("length", "taken"), [(0, False), (1, True), (LARGEST, True), (LARGEST + 1, False)])
def test_the_announced_length_has_bounds(length, taken):
    if taken:
        assert begun(length).length == length
        return
    with pytest.raises(BadInput):
        begun(length)


def test_an_unknown_purpose_is_refused():
    with pytest.raises(BadInput):
        pieces.begin(AMINA, purpose="../film", length=5)


def test_a_file_of_which_a_part_is_missing_is_not_used():
    upload = begun()
    pieces.add(upload, offset=0, piece=b"abc")
    with pytest.raises(BadInput):
        pieces.take(AMINA, upload.key, purpose="picture")


@pytest.mark.parametrize("other", [Owner(1, 2), Owner(2, 1)])
def test_another_person_and_another_federation_find_nothing(other):
    with pytest.raises(NotFound):
        pieces.find(other, begun().key)


@pytest.mark.parametrize("key", ["", "..", "../1/x", "0" * 31, "0" * 33, "g" * 32, "*" * 32, "0" * 32])
def test_a_key_that_is_none_finds_nothing(key):
    begun()
    with pytest.raises(NotFound):
        pieces.find(AMINA, key)


def test_an_upload_for_one_purpose_is_not_taken_for_another():
    with pytest.raises(NotFound):
        pieces.find(AMINA, begun().key, purpose="film")


def test_two_windows_do_not_mix_their_pieces():
    one, other = begun(), begun()
    pieces.add(one, offset=0, piece=b"abcdef")
    pieces.add(other, offset=0, piece=b"ghi")

    assert (one.read(), other.read()) == (b"abcdef", b"ghi")


def test_two_windows_that_send_the_same_piece_at_once_add_it_once(monkeypatch):
    upload, looked = begun(), pieces._there(AMINA)
    pieces.add(upload, offset=0, piece=b"abc")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(pieces, "_there", lambda _owner: looked)
        assert pieces.add(upload, offset=0, piece=b"abc") == 3
    assert (upload.offset, pieces.add(upload, offset=3, piece=b"def"), upload.read()) == (3, 6, b"abcdef")


def test_a_person_has_so_many_open_uploads_and_no_more():
    for _each in range(PURPOSES["picture"].most_open):
        mine = begun()
    with pytest.raises(NotNow):
        begun()

    assert begun(owner=Owner(1, 2))
    pieces.use(mine)
    assert begun()


def test_what_a_form_took_can_be_taken_again_until_others_follow():
    first = begun(1)
    pieces.add(first, offset=0, piece=b"a")
    pieces.use(first)
    assert pieces.take(AMINA, first.key, purpose="picture").read() == b"a"

    time.sleep(A_TICK)
    for _each in range(USED):
        pieces.use(begun(1))
    begun(1)
    with pytest.raises(NotFound):
        pieces.find(AMINA, first.key)
    assert sum(laid.place.name.startswith(first.key) for laid in passing().laid()) == 0


def test_an_upload_that_was_given_up_is_deleted_after_a_day(systems_clock):
    first = datetime.now(UTC)
    old = begun()
    pieces.add(old, offset=0, piece=b"abc")

    assert pieces.sweep(first + KEPT_FOR - timedelta(minutes=1)) == 0
    assert pieces.find(AMINA, old.key)
    assert pieces.sweep(first + KEPT_FOR + timedelta(minutes=1)) == 1
    with pytest.raises(NotFound):
        pieces.find(AMINA, old.key)
    assert list(passing().laid()) == []


WRITES = """
import os, signal, sys
from schoolgate.core import files, pieces
upload = pieces.find(pieces.Owner(1, 1), sys.argv[1])
pieces.add(upload, offset=0, piece=b"abc")
for kind in (files.FolderStore, files.BucketStore):
    kind.lay = lambda *_said: os.kill(os.getpid(), signal.SIGKILL)
pieces.add(upload, offset=3, piece=b"de")
"""


def test_after_a_kill_in_the_middle_of_a_piece_the_rest_follows_what_is_there():
    upload = begun(10)
    ended = subprocess.run([sys.executable, "-c", WRITES, upload.key], check=False)
    assert ended.returncode == -signal.SIGKILL

    assert pieces.find(AMINA, upload.key).offset == 3
    assert pieces.add(upload, offset=3, piece=b"defghij") == 10
    assert pieces.take(AMINA, upload.key, purpose="picture").read() == b"abcdefghij"


def test_two_requests_of_one_form_may_use_the_same_upload_at_once():
    upload = begun()
    pieces.add(upload, offset=0, piece=b"abcdef")
    first, second = (pieces.take(AMINA, upload.key, purpose="picture") for _request in range(2))

    pieces.use(first)

    assert (second.offset, second.read()) == (6, b"abcdef")
    pieces.use(second)
    pieces.use(first)
    assert pieces.take(AMINA, upload.key, purpose="picture").used


def test_an_upload_that_is_gone_cannot_be_read():
    upload = begun()
    pieces.add(upload, offset=0, piece=b"abcdef")
    pieces.drop(upload)

    with pytest.raises(FileNotFoundError):
        upload.read()
    with pytest.raises(NotFound):
        pieces.add(upload, offset=6, piece=b"")
    pieces.use(upload)
    assert list(passing().laid()) == []
