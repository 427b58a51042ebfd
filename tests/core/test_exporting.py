"""Everything of one federation in open formats: whole, of no other, without keys, and back again."""

import csv
import io
import json
import tarfile
from collections.abc import Iterator
from gzip import GzipFile
from pathlib import Path

import psycopg
import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core import files, sealed_files, vault
from schoolgate.core.backups import federation, restoring, sealing
from schoolgate.core.backups.federation import Exported, export_federation
from schoolgate.core.backups.sealing import BackupTrouble, Piece
from schoolgate.core.backups.snapshot import Loaded, _count_rows, load
from schoolgate.core.events import record
from schoolgate.core.ledger import heads_file, public_key, read_heads, sign_heads, verify
from schoolgate.core.models import Federation, School, VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Membership, User
from tests import databases

HARD = 'Ysgol Tŵr\t"\\N", with\na second line'


@pytest.fixture
def lived_in(own_database, home, make_federation, at) -> Federation:
    """A federation with a hard name in it, words, a key, files, a sealed file, a sign-in and signed heads;
    and another one beside it."""
    here, beside = make_federation(), make_federation("wootton")
    named = files.keep(b"a picture", "image/png", federation_id=here.pk)
    sealed = sealed_files.seal_whole(b"evidence " * 300_000, federation_id=here.pk)
    for owner, word in ((here, "ours"), (beside, "theirs")):
        with scope(owner.pk):
            School.objects.create(name=HARD, slug=word)
            School.objects.create(name="", slug=f"keeper-{word}")
            vault.put("report", f"A child told {word}.", about="incidents.report:1")
            vault.put("network", f"key of {word}", about="accounts.account:1")
            for number in range(1, 4):
                record("school.added", subject=f"core.school:{number}", at=at)
        user = User(email=f"{word}@example.org")
        user.set_password("A long password 1!")
        user.save()
        Membership.objects.create(user=user, federation=owner, person_id=owner.pk, since=at)
    with scope(here.pk):
        School.objects.filter(slug="keeper-ours").update(name=f"{named.digest} {sealed.name}")
    sign_heads(at)
    return here


@pytest.fixture
def made(lived_in, tmp_path, at) -> tuple[str, Exported]:
    return export_federation(lived_in, tmp_path / "out.age", at=at)


@pytest.fixture
def empty(template_database) -> Iterator[str]:
    """Another database with all tables and no row."""
    name = databases.clone(template_database)
    yield name
    databases.drop(name)


def contents(key: str, path: Path) -> dict[str, bytes]:
    """What other programs find: age, gzip and tar, without this one."""
    plain = pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(key.strip())])
    with GzipFile(fileobj=io.BytesIO(plain)) as unzipped, tarfile.open(fileobj=unzipped, mode="r|") as tar:
        return {each.name: tar.extractfile(each).read() for each in tar}


def fill(key: str, path: Path, name: str, into: Path) -> Loaded:
    with path.open("rb") as file, sealing.opened(file, key) as opened:
        return load(
            opened, databases.url("owner", name), make_tables=lambda _: None, last=lambda *_: None, files=into
        )


def test_an_export_has_all_of_this_federation_and_nothing_of_another(made, lived_in, tmp_path):
    found = contents(made[0], tmp_path / "out.age")
    whole = b"".join(found.values())
    assert b"ours@example.org" in whole
    assert b"A child told ours." in whole
    assert b"theirs" not in whole
    schools = list(csv.reader(io.StringIO(found[f"tables/core_school/{lived_in.pk}/000000.csv"].decode())))
    assert HARD in [row[schools[0].index("name")] for row in schools]

    # Keys and passwords stay.
    assert b"key of ours" not in whole
    assert User.objects.get(email="ours@example.org").password.encode() not in whole
    assert made[1].written.left_out == 1

    # Files are as they were uploaded.
    assert b"a picture" in [content for name, content in found.items() if name.startswith("files/")]
    opened = [content for name, content in sorted(found.items()) if name.startswith("sealed/")]
    assert b"".join(opened) == b"evidence " * 300_000

    # Each table is described with its columns.
    package = json.loads(found["datapackage.json"])
    for resource in package["resources"]:
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        header = next(csv.reader(io.StringIO(found[paths[0]].decode())))
        assert set(header) <= {one["name"] for one in resource["schema"]["fields"]}, resource["name"]
        assert resource["description"]
    listed = {one["name"] for one in package["resources"]}
    assert listed == {name.split("/")[1] for name in found if name.startswith("tables/")}

    # Its end is signed.
    read = restoring.read_sealed(tmp_path / "out.age", made[0])
    assert restoring.check_signature(read, public_key()).known
    read.end["rows"]["core_school"] += 1
    with pytest.raises(BackupTrouble, match="not made by the installation"):
        restoring.check_signature(read, public_key())


def test_it_moves_into_an_installation_of_its_own(made, lived_in, empty, tmp_path, at, monkeypatch):
    before = dict(made[1].written.rows)
    (tmp_path / "new" / "keys").mkdir(parents=True)
    monkeypatch.setattr(vault, "known_keys", lambda: [b"M" * 43 + b"="])
    loaded = fill(made[0], tmp_path / "out.age", empty, tmp_path / "files")
    assert loaded.rows == {name: count for name, count in before.items() if count}
    databases.connect_to(empty)
    assert Federation.objects.get().slug == lived_in.slug
    assert not User.objects.get().has_usable_password()
    with scope(lived_in.pk):
        assert School.objects.get(slug="ours").name == HARD
        (kept,) = VaultSecret.objects.all()
        assert vault.reveal(kept.pk) == "A child told ours."
    verdict = verify(lived_in.pk, read_heads(heads_file()))
    assert (verdict.sound, verdict.rows) == (True, 3)
    with scope(lived_in.pk):
        record("school.added", subject="core.school:9", at=at)
        assert School.objects.create(name="New", slug="new").pk > 100_000
    assert verify(lived_in.pk, read_heads(heads_file())).rows == 4

    # A sealed file is sealed with the new keys.
    monkeypatch.setattr(files, "folder", lambda which: tmp_path / which)
    (sealed,) = (one.place for one in files.the_store().laid() if sealed_files.is_sealed(one.place))
    content = b"".join(sealed_files.read(sealed.name, federation_id=lived_in.pk))
    assert content == b"evidence " * 300_000


def test_a_file_that_was_cut_is_named_before_anything_is_restored(made, tmp_path):
    path = tmp_path / "out.age"
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BackupTrouble):
        restoring.read_sealed(path, made[0])


def test_where_it_fails_there_is_no_file(lived_in, tmp_path, at, monkeypatch):
    def broken(*_args, **_kwargs):
        raise psycopg.OperationalError("gone")

    monkeypatch.setattr(federation, "write_federation", broken)
    with pytest.raises(BackupTrouble, match="could not be read"):
        export_federation(lived_in, tmp_path / "out.age", at=at)
    assert not list(tmp_path.glob("*out.age*"))


def test_what_is_no_word_of_the_list_is_not_sealed(lived_in):
    with scope(lived_in.pk), pytest.raises(LookupError, match="words, or a key"):
        vault.put("something new", "x", about="core.school:1")


@given(
    st.lists(st.lists(st.text(alphabet='a",\n\r;', max_size=6), min_size=2, max_size=3), max_size=8),
    st.booleans(),
)
def test_rows_of_csv_are_counted_whatever_is_quoted(rows, begins):
    held = io.StringIO()
    csv.writer(held, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["h"] * 2] * begins + rows)
    content = held.getvalue().encode()
    name = "tables/t/1/000000.csv" if begins else "tables/t/1/000001.csv"
    assert _count_rows(Piece(name, len(content), io.BytesIO(content)), csv=True) == len(rows)


def test_a_draft_of_a_run_that_was_killed_is_written_over(lived_in, tmp_path, at):
    (tmp_path / ".out.age.draft").write_bytes(b"half of it")
    key, _made = export_federation(lived_in, tmp_path / "out.age", at=at)
    assert restoring.read_sealed(tmp_path / "out.age", key).one_federation
    assert not (tmp_path / ".out.age.draft").exists()
