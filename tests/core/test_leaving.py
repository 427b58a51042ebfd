"""A federation leaves: only with an export that has all of it, and nothing of another goes."""

import psycopg
import pytest
from django.db import connection

from schoolgate.core import files
from schoolgate.core import home as home_files
from schoolgate.core.backups import restoring
from schoolgate.core.backups.federation import (
    OWNED,
    check_export,
    cut_off,
    export_federation,
    remove_files,
    remove_rows,
)
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.events import record
from schoolgate.core.ledger import verify
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Membership, User
from tests import databases


@pytest.fixture
def two(own_database, home, make_federation, at) -> tuple[Federation, Federation]:
    """Two federations with rows, a record and a file each, a sign-in of their own, and one in both."""
    both = (make_federation(), make_federation("wootton"))
    shared = User.objects.create(email="both@example.org")
    for owner in both:
        kept = files.keep(f"picture of {owner.slug}".encode(), "image/png", federation_id=owner.pk)
        with scope(owner.pk):
            School.objects.create(name=f"Keeper of {kept.digest}", slug="keeper")
            record("school.added", subject="core.school:1", at=at)
        user = User.objects.create(email=f"{owner.slug}@example.org")
        for number, one in enumerate((user, shared)):
            Membership.objects.create(user=one, federation=owner, person_id=owner.pk * 10 + number, since=at)
    return both


@pytest.fixture
def url() -> str:
    return databases.url("owner", connection.settings_dict["NAME"])


def exported(federation, folder, at):
    key, _made = export_federation(federation, folder / f"{federation.slug}.age", at=at)
    return restoring.read_sealed(folder / f"{federation.slug}.age", key)


def test_all_of_it_goes_and_nothing_of_another(two, url, tmp_path, at):
    here, beside = two
    check_export(exported(here, tmp_path, at), url, federation=here.pk, slug=here.slug)
    left = remove_rows(url, federation=here.pk, slug=here.slug, at=at)
    remove_files(left)
    assert list(Federation.objects.all()) == [beside]
    assert set(User.objects.values_list("email", flat=True)) == {"wootton@example.org", "both@example.org"}
    assert verify(beside.pk).sound
    with scope(beside.pk):
        assert School.objects.count() == 1
    assert [path.parts[-3] for path in home_files.files().glob("*/??/*")] == [str(beside.pk)]
    with psycopg.connect(databases.url("superuser", connection.settings_dict["NAME"])) as all_seeing:
        owned = [table for table, _column in all_seeing.execute(OWNED).fetchall()]
        left_over = [
            table
            for table in owned
            if all_seeing.execute(
                f'SELECT 1 FROM "{table}" WHERE federation_id = %s LIMIT 1', [here.pk]
            ).fetchone()
        ]
    assert "core_ledgerrow" in owned
    assert left_over == []


def test_the_record_is_guarded_again_afterwards(two, url, at):
    here, beside = two
    remove_rows(url, federation=here.pk, slug=here.slug, at=at)
    with psycopg.connect(url) as owner:
        owner.execute("SELECT set_config('schoolgate.federation', %s, true)", [str(beside.pk)])
        with pytest.raises(psycopg.errors.CheckViolation, match="only ever added to"):
            owner.execute("DELETE FROM core_ledgerrow")


def test_an_export_that_lacks_what_happened_since_is_refused(two, url, tmp_path, at):
    here, _beside = two
    found = exported(here, tmp_path, at)
    with scope(here.pk):
        record("school.added", subject="core.school:2", at=at)
    with pytest.raises(BackupTrouble, match="Something happened"):
        check_export(found, url, federation=here.pk, slug=here.slug)


def test_another_federations_export_is_refused(two, url, tmp_path, at):
    here, beside = two
    with pytest.raises(BackupTrouble, match="not an export of wildground"):
        check_export(exported(beside, tmp_path, at), url, federation=here.pk, slug=here.slug)


def test_one_that_was_killed_before_its_files_went_is_finished(two, url, at):
    here, _beside = two
    left = remove_rows(url, federation=here.pk, slug=here.slug, at=at)
    found = cut_off(here.slug)
    assert found is not None
    assert found.signed_bytes() == left.signed_bytes()
    remove_files(found)
    assert cut_off(here.slug) is None
    assert not (home_files.files() / str(here.pk)).exists()
