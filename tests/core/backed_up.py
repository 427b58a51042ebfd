"""A federation that was backed up, the key in the safe, and a database to fill: for the tests of backups."""

import io
import tarfile
from collections.abc import Callable, Iterator
from gzip import GzipFile
from pathlib import Path

import psycopg
import pyrage
import pytest

from schoolgate.core import files, vault
from schoolgate.core.backups import sealing
from schoolgate.core.backups.making import Made, make_backup
from schoolgate.core.backups.snapshot import Loaded, load
from schoolgate.core.events import record
from schoolgate.core.ledger import sign_heads
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from tests import databases

Last = Callable[[psycopg.Connection, Loaded], None]
HARD = 'Ysgol Tŵr\t"\\N"\nwith a second line'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def lived_in(own_database, home, make_federation, at) -> Federation:
    """A federation with rows, a stored file that a row names and one that none does, a "
    "secret, signed heads."""
    here = make_federation()
    named = files.keep(b"a picture", "image/png", federation_id=here.pk)
    files.keep(b"nobody speaks of this one", "image/png", federation_id=here.pk)
    with scope(here.pk):
        School.objects.create(name=HARD, slug="juniors")
        vault.put("network", "a key", about="accounts.account:1")
        School.objects.create(name=f"Keeper of {named.digest}", slug="keeper")
        for number in range(1, 6):
            record("school.added", subject=f"core.school:{number}", at=at)
    sign_heads(at)
    return here


@pytest.fixture
def safe(home, at) -> str:
    """The private key, as it lies in the safe."""
    return sealing.new_key(at)[0]


@pytest.fixture
def made(lived_in, safe, place, at) -> Made:
    return make_backup(at=at, to=place)


@pytest.fixture
def empty(template_database) -> Iterator[str]:
    """Another database with all tables and no row."""
    name = databases.clone(template_database)
    yield name
    databases.drop(name)


def fill(made: Made, key: str, name: str, into: Path, last: Last = lambda *_: None) -> Loaded:
    with made.on.path.open("rb") as file, sealing.opened(file, key) as opened:
        return load(opened, databases.url("owner", name), make_tables=lambda _: None, last=last, files=into)


def pieces_of(made: Made, key: str) -> dict[str, bytes]:
    """What other programs find: age, gzip and tar, without this one."""
    identity = pyrage.x25519.Identity.from_str(key.strip().splitlines()[-1])
    plain = pyrage.decrypt(made.on.path.read_bytes(), [identity])
    with GzipFile(fileobj=io.BytesIO(plain)) as unzipped, tarfile.open(fileobj=unzipped, mode="r|") as tar:
        return {each.name: tar.extractfile(each).read() for each in tar}
