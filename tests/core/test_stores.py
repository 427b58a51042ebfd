"""A bucket that several machines share, beside the home's folder: moved there and back, and away."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.cli import stores
from schoolgate.cli.checking import files as check_files
from schoolgate.core import files, sealed_files
from schoolgate.core.env import env
from schoolgate.core.files import PIECE, Place, StoreTrouble, in_the_home, the_bucket, the_store
from schoolgate.core.surroundings import SurroundingsTrouble
from tests.core.buckets import KEY, SECRET, served

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LARGE = bytes(range(256)) * 12_000
"""Three parts."""


def moved(*, to: str) -> int:
    return stores.run_move_files(_Options(to))


class _Options:
    def __init__(self, to: str) -> None:
        self.to_bucket, self.to_folder = to == "bucket", to == "folder"


def names(store) -> set[str]:
    return {each.place.name for each in store.laid()}


def test_what_the_home_has_is_found_until_it_is_moved_and_erased_wherever_it_is(home, bucket, told):
    told(SCHOOLGATE_FILES="")
    kept, erased = (files.keep(said, "image/png", federation_id=1) for said in (LARGE, b"a child"))
    sealed = sealed_files.seal_whole(LARGE, federation_id=1)
    told(SCHOOLGATE_FILES=bucket)
    assert files.read(kept.digest, federation_id=1) == LARGE
    assert check_files(NOW).says.startswith("3 files are still in")
    files.remove(erased.digest, federation_id=1)
    assert moved(to="bucket") == 0
    assert names(in_the_home()) == set()
    assert names(the_bucket()) == {kept.digest, sealed.name}
    assert files.read(kept.digest, federation_id=1) == LARGE
    assert b"".join(sealed_files.read(sealed.name, federation_id=1)) == LARGE
    assert check_files(NOW).ok


def test_it_moves_back(home, bucket, told):
    kept = files.keep(LARGE, "video/mp4", federation_id=3)
    assert moved(to="folder") == 0
    assert names(the_bucket()) == set()
    told(SCHOOLGATE_FILES="")
    assert files.read(kept.digest, federation_id=3) == LARGE


def test_what_the_bucket_has_is_newer_than_what_was_left_in_the_home(home, bucket, told):
    told(SCHOOLGATE_FILES="")
    sealed = sealed_files.seal_whole(b"before", federation_id=1)
    before = in_the_home().path(Place(1, sealed.name)).read_bytes()
    told(SCHOOLGATE_FILES=bucket)
    draft = home / "draft"
    draft.write_bytes(b"sealed anew")
    the_store().lay(Place(1, sealed.name), draft)
    in_the_home().path(Place(1, sealed.name)).write_bytes(before)
    assert moved(to="bucket") == 0
    with the_store().open(Place(1, sealed.name)) as file:
        assert file.read() == b"sealed anew"
    assert names(in_the_home()) == set()


def test_a_part_of_a_film_is_read_without_the_rest(bucket, monkeypatch):
    kept = files.keep(LARGE, "video/mp4", federation_id=1)
    asked = []
    monkeypatch.setattr(
        type(the_store()), "part",
        lambda _self, place, begin, end: asked.append((begin, end)) or LARGE[begin:end],
    )  # fmt: skip
    with files.opened(kept.digest, federation_id=1) as file:
        file.seek(2_000_000)
        assert file.read(10) == LARGE[2_000_000:2_000_010]
    assert asked == [(2_000_000, 2_000_000 + PIECE)]
    asked.clear()
    assert files.read(kept.digest, federation_id=1) == LARGE
    assert asked == [(0, len(LARGE))]


def test_a_server_that_gives_no_parts_gives_the_whole(bucket):
    kept = files.keep(LARGE, "video/mp4", federation_id=1)
    place = Place(1, kept.digest)
    assert the_store().part(place, 0, 10) is None, "this server answers 200 to a request for a part"
    with files.opened(kept.digest, federation_id=1) as file:
        file.seek(-20, 2)
        assert file.read() == LARGE[-20:]
        assert hashlib.file_digest(_from_the_start(file), "sha256").hexdigest() == kept.digest


def _from_the_start(file):
    file.seek(0)
    return file


def test_where_the_bucket_is_away_nothing_is_kept_and_nothing_is_taken_for_gone(
    home, bucket, told, monkeypatch
):
    monkeypatch.setattr("schoolgate.core.files.AGAIN", timedelta(seconds=0.2))
    told(SCHOOLGATE_FILES=f"http://{KEY}:{KEY}@127.0.0.1:1/schools")
    for ask in (
        lambda: files.keep(b"a picture", "image/png", federation_id=1),
        lambda: files.read("0" * 64, federation_id=1),
        lambda: files.is_there("0" * 64, federation_id=1),
        lambda: files.remove("0" * 64, federation_id=1),
        lambda: list(the_store().laid()),
    ):
        with pytest.raises(StoreTrouble, match="can’t be reached just now"):
            ask()
    assert not check_files(NOW).ok
    assert moved(to="folder") == 1


def test_a_key_that_may_not_is_told_by_the_check(home, told):
    with served(home / "served", checks_keys=True) as server:
        told(SCHOOLGATE_FILES=server.address("files").replace(KEY, "AKIASOMEBODY"))
        line = check_files(NOW)
    assert (line.ok, "Check its address, key and rights" in line.to_do) == (False, True)
    assert SECRET not in line.says + line.to_do


def test_without_the_optional_part_the_start_says_which(told, monkeypatch):
    monkeypatch.setattr("schoolgate.core.env.find_spec", lambda _name: None)
    told(SCHOOLGATE_FILES=f"https://{KEY}:x@s3.example.org/schools")
    with pytest.raises(SurroundingsTrouble, match=r"schoolgate\[bucket\]: `make bucket`"):
        env()
