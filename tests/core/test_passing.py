"""What passes through lies in the store of all machines, and what an older release left is brought there."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core import files
from schoolgate.core.files import PASSING, Place, in_the_home, lay_bytes, the_bucket, the_store
from schoolgate.core.home import folder
from tests.core.test_stores import moved

HOUR = timedelta(hours=1)


def laid():
    return sorted(each.place for each in files.passing().laid())


def lay(*places):
    for place in places:
        lay_bytes(files.passing(), place, b"said")
    return list(places)


def test_a_key_goes_with_all_its_files_once_the_newest_is_old(store, systems_clock):
    one = lay(Place(1, "a.picture.6", "uploads-1"), Place(1, "a.000000000000", "uploads-1"))
    other = lay(Place(1, "a.posts", "posts"), Place(2, "b.picture.6", "uploads-7"))
    now = datetime.now(UTC)
    assert files.sweep("uploads", at=now + HOUR, older_than=2 * HOUR) == 0
    assert files.sweep("uploads", at=now + 3 * HOUR, older_than=2 * HOUR, keep=["b"]) == 1
    assert files.sweep("posts", at=now + 3 * HOUR, older_than=2 * HOUR, federation_id=2) == 0
    assert laid() == sorted(other)
    assert set(one).isdisjoint(laid())


def test_a_group_is_listed_alone_and_a_federation_goes_with_all_its_groups(store):
    mine = lay(Place(1, "a.picture.6", "uploads-1"))
    lay(Place(1, "b.picture.6", "uploads-11"), Place(11, "c.picture.6", "uploads-1"))
    assert [each.place for each in files.passing().laid(1, "uploads-1")] == mine
    files.passing().remove_all(1)
    assert laid() == [Place(11, "c.picture.6", "uploads-1")]


def test_what_passes_through_is_not_among_the_files_that_are_kept(store):
    lay(Place(1, "a.posts", "posts"))
    assert list(the_store().laid()) == []


def test_it_moves_to_the_bucket_with_the_files(home, bucket, told):
    told(SCHOOLGATE_FILES="")
    places = lay(Place(1, "a.posts", "posts"), Place(0, "0" * 64, "handed"))
    told(SCHOOLGATE_FILES=bucket)
    assert laid() == sorted(places)
    assert moved(to="bucket") == 0
    assert list(in_the_home(PASSING).laid()) == []
    assert sorted(each.place for each in the_bucket(PASSING).laid()) == sorted(places)


@pytest.mark.parametrize("times", [1, 2])
def test_what_an_older_release_left_in_the_home_is_brought_or_erased(home, times):
    left = {"before/3/a.posts": b"sealed", "before/3/b.download": b"private", "uploads/3/1/c.picture.6": b""}
    for path, said in {**left, "handed-over/d": b"a picture"}.items():
        (folder(*path.split("/")[:-1]) / path.rpartition("/")[2]).write_bytes(said)
    for _each in range(times):
        files.take_over()
    assert laid() == [Place(3, "a.posts", "posts")]
    assert [name for name in ("before", "uploads", "handed-over") if (home / name).exists()] == []
