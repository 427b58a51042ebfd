"""The database keeps federations apart whatever the program forgets."""

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from schoolgate.core.errors import BadInput
from schoolgate.core.models import Federation, School, Term
from schoolgate.core.protect import INSTALLATION_TABLES, federation_tables, protect
from schoolgate.core.setting_up import add_federation
from schoolgate.core.tenancy import scope
from tests.conftest import as_owner

RLS = """
SELECT relname, relrowsecurity AND relforcerowsecurity,
       EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid AND polname = 'federation_scope')
FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""
PLAIN_REFERENCES = """
SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND cardinality(c.conkey) = 1
AND EXISTS (SELECT 1 FROM pg_attribute f WHERE f.attrelid = c.confrelid AND f.attname = 'federation_id')
AND EXISTS (SELECT 1 FROM pg_attribute f WHERE f.attrelid = c.conrelid AND f.attname = 'federation_id')
AND NOT EXISTS (
    SELECT 1 FROM pg_constraint w WHERE w.contype = 'f' AND w.conrelid = c.conrelid
    AND w.confrelid = c.confrelid AND cardinality(w.conkey) = 2 AND w.conkey[2] = c.conkey[1])
"""


def rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


@pytest.fixture
def two(make_federation):
    """Two federations with a school each."""
    here, there = make_federation("wildground"), make_federation("wootton", "wootton")
    for one in (here, there):
        with scope(one.id):
            School.objects.create(name=f"School of {one.slug}", slug="school")
    return here, there


def school_of(federation: Federation) -> School:
    with scope(federation.id):
        return School.objects.get()


# --- The catalogue


def test_every_table_is_closed_by_federation_or_on_the_installations_list(db):
    closed = {name for name, forced, has_policy in rows(RLS) if forced and has_policy}
    others = {name for name, *_ in rows(RLS)} - closed
    assert closed == {table.name for table in federation_tables()}
    assert others == set(INSTALLATION_TABLES)


def test_every_reference_between_federations_tables_names_the_federation(db):
    assert rows(PLAIN_REFERENCES) == []


def test_the_application_owns_nothing_and_is_no_member_of_who_does(db):
    assert rows("SELECT relname FROM pg_class WHERE relowner = current_user::regrole") == []
    assert rows("SELECT proname FROM pg_proc WHERE proowner = current_user::regrole") == []
    assert rows("SELECT pg_has_role(current_user, 'schoolgate_owner', 'MEMBER')") == [(False,)]
    assert rows("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]


def test_the_application_has_exactly_the_rights_that_are_written_down(db):
    kinds = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    wanted = {t.name: t.rights for t in federation_tables()} | INSTALLATION_TABLES
    for table, rights in wanted.items():
        if table == "core_cache":  # made after the migrations, under the owner's default rights
            continue
        given = {k for k in kinds if rows("SELECT has_table_privilege(%s, %s)", table, k) == [(True,)]}
        assert given == {right for right in rights if "(" not in right}, table


@pytest.fixture
def owning(own_database):
    """The test's connection, as the owner's."""
    connection.close()
    connection.settings_dict["USER"] = "schoolgate_owner"
    yield
    connection.close()
    connection.settings_dict["USER"] = "schoolgate_app"


def test_closing_the_tables_again_changes_nothing(owning):
    before = rows("SELECT conrelid::regclass::text, conname FROM pg_constraint ORDER BY 1, 2")
    policies = rows("SELECT tablename, policyname, qual FROM pg_policies ORDER BY 1, 2")
    protect()
    protect()
    assert rows("SELECT conrelid::regclass::text, conname FROM pg_constraint ORDER BY 1, 2") == before
    assert rows("SELECT tablename, policyname, qual FROM pg_policies ORDER BY 1, 2") == policies


def test_closing_the_tables_again_waits_for_nobody_who_is_at_work(owning):
    """Else a start beside workers of another machine, and they, would wait for each other."""
    tables = ", ".join(sorted({table.name for table in federation_tables()} | set(INSTALLATION_TABLES)))
    with as_owner() as at_work:
        at_work.execute(f"LOCK TABLE {tables} IN ROW EXCLUSIVE MODE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        protect()


# --- Rows


def test_another_federations_row_cannot_be_read(two):
    here, there = two
    with scope(here.id):
        assert [school.name for school in School.objects.all()] == ["School of wildground"]
        assert School.objects.filter(federation_id=there.id).count() == 0


def test_another_federations_row_cannot_be_changed_or_removed(two):
    here, there = two
    stranger = school_of(there)
    with scope(here.id):
        assert School.objects.filter(pk=stranger.pk).update(name="Ours") == 0
        assert School.objects.filter(pk=stranger.pk).delete() == (0, {})
    assert school_of(there).name == "School of wootton"


def test_a_row_cannot_be_written_for_another_federation(two):
    here, there = two
    with scope(here.id):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            School.objects.create(federation_id=there.id, name="Planted", slug="planted")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            School.objects.update(federation_id=there.id)


def test_another_federations_row_cannot_be_referred_to(two, at):
    here, there = two
    stranger = school_of(there)
    with scope(here.id):
        with pytest.raises(IntegrityError, match="same_federation"), transaction.atomic():
            Term.objects.create(school_id=stranger.pk, name="Autumn", first_day=at.date(), last_day=at.date())
        assert Term.objects.count() == 0


def test_nothing_can_be_written_without_a_scope(two):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        School.objects.create(federation=two[0], name="Nobody's", slug="nobody")


def test_switching_row_security_off_only_brings_an_error(two):
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
        cursor.execute("SELECT * FROM core_school")


def test_the_application_cannot_become_the_owner_or_open_a_table(two):
    for attempt in (
        "SET ROLE schoolgate_owner",
        "ALTER TABLE core_school NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE core_school DISABLE ROW LEVEL SECURITY",
        "DROP POLICY federation_scope ON core_school",
        "CREATE TABLE loot (x int)",
        "DROP TRIGGER only_added_to ON core_ledgerrow",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt)


def test_the_scope_does_not_outlive_its_transaction(own_database, make_federation):
    here = make_federation()
    with scope(here.id):
        School.objects.create(name="Juniors", slug="juniors")
    assert School.objects.count() == 0
    assert rows("SELECT coalesce(current_setting('schoolgate.federation', true), '')") == [("",)]


# --- The directory


def test_the_application_cannot_add_or_remove_a_federation(federation):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Federation.objects.create(slug="new", name="New", policy_key="wootton")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows("DELETE FROM core_federation")


def test_a_federation_changes_its_own_entry_and_no_other(two):
    here, there = two
    with scope(here.id):
        assert Federation.objects.filter(pk=here.pk).update(name="Renamed") == 1
        assert Federation.objects.filter(pk=there.pk).update(name="Renamed") == 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Federation.objects.filter(pk=here.pk).update(policy_key="wootton")
    assert Federation.objects.get(pk=there.pk).name == "Wootton"


def test_the_owner_adds_a_federation_once(own_database, home):
    made = add_federation(
        slug="llanidloes", name="Llanidloes", policy_key="llanidloes", languages=["cy", "en"]
    )
    assert (made.slug, made.languages) == ("llanidloes", ["cy", "en"])
    with pytest.raises(BadInput) as refused:
        add_federation(slug="llanidloes", name="Again", policy_key="llanidloes")
    assert list(refused.value.fields) == ["slug"]


def test_the_owner_is_bound_by_the_same_rows(own_database, make_federation):
    here = make_federation()
    with scope(here.id):
        School.objects.create(name="Juniors", slug="juniors")
    with as_owner() as owner:
        assert owner.execute("SELECT count(*) FROM core_school").fetchone() == (0,)
        with pytest.raises(psycopg.errors.CheckViolation, match="only ever added to"), owner.transaction():
            owner.execute("DELETE FROM core_ledgerrow")
        with pytest.raises(psycopg.errors.CheckViolation, match="only ever added to"), owner.transaction():
            owner.execute("TRUNCATE core_ledgerrow")
