"""Only whoever has the set-up address adds the first federation; the application has no other way."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from schoolgate.core import setting_up
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import Federation, SetUpLink
from schoolgate.core.setting_up import (
    LASTS,
    add_federation,
    add_first_federation,
    kept_link,
    link_of,
    mint_link,
)
from tests.conftest import as_owner

NOW = datetime.now(UTC)
OAKHILL = {"slug": "oakhill", "name": "Oakhill Federation", "policy_key": "wildground", "languages": ["en"]}


@pytest.fixture
def token(own_database, home):
    """The token of a fresh set-up address."""
    return mint_link(at=NOW)


def call(*values: object) -> object:
    """The database's function itself, past everything that Python checks."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT core_add_first_federation(%s, %s, %s, %s, %s)", values)
        return cursor.fetchone()[0]


def test_whoever_has_the_address_adds_the_first_federation_and_it_is_no_example(token):
    made = add_first_federation(token=token, **OAKHILL)
    assert (made.slug, made.is_example, made.languages) == ("oakhill", False, ["en"])
    assert link_of(token, at=NOW).federation == made


def test_a_wrong_token_adds_nothing(token):
    with pytest.raises(NotAllowed, match="This set-up address doesn’t work, or no longer works"):
        add_first_federation(token=token + "x", **OAKHILL)
    assert call("", "oakhill", "Oakhill", "wildground", ["en"]) == "no link"
    assert not Federation.objects.exists()


def test_the_address_works_for_a_day_and_not_a_moment_longer(own_database, home):
    fresh = mint_link(at=NOW - LASTS + timedelta(minutes=5))
    assert link_of(fresh, at=NOW)
    old = mint_link(at=NOW - LASTS - timedelta(seconds=1))
    assert link_of(old, at=NOW) is None
    with pytest.raises(NotAllowed):
        add_first_federation(token=old, **OAKHILL)


def test_a_new_address_ends_the_one_before(token):
    newer = mint_link(at=NOW)
    assert (link_of(token, at=NOW), link_of(newer, at=NOW) is None) == (None, False)
    with pytest.raises(NotAllowed):
        add_first_federation(token=token, **OAKHILL)


def test_a_second_federation_is_not_added_with_it_nor_one_beside_examples(token, make_federation):
    add_first_federation(token=token, **OAKHILL)
    with pytest.raises(NotNow, match="already"):
        add_first_federation(token=token, **OAKHILL | {"slug": "ashdown"})
    assert Federation.objects.count() == 1


def test_beside_examples_no_address_is_made_and_the_function_refuses(token, make_federation):
    make_federation("wildground", is_example=True)
    assert call(token, "oakhill", "Oakhill", "wildground", ["en"]) == "not empty"
    with pytest.raises(NotNow, match="Demo federations and real ones can’t share an installation"):
        mint_link(at=NOW)
    with pytest.raises(NotNow, match="Demo federations and real ones can’t share an installation"):
        add_federation(**OAKHILL)


def test_an_example_is_never_added_beside_a_real_federation(token):
    add_first_federation(token=token, **OAKHILL)
    with pytest.raises(NotNow, match="Demo federations and real ones can’t share an installation"):
        add_federation(slug="wildground", name="Wildground", policy_key="wildground", is_example=True)


def test_two_who_set_up_at_once_make_one_federation(token, home):
    with psycopg.connect(**connection_words()) as other:
        other.execute(
            "SELECT core_add_first_federation(%s, 'ashdown', 'Ashdown', 'wootton', '{en}')", [token]
        )
        # The first has not committed yet: the second waits for it, and is told.
        with pytest.raises(DatabaseError, match="timeout"), transaction.atomic(), connection.cursor() as mine:
            mine.execute("SET LOCAL lock_timeout = '200ms'")
            mine.execute(
                "SELECT core_add_first_federation(%s, 'oakhill', 'Oakhill', 'wootton', '{en}')", [token]
            )
    with pytest.raises(
        NotNow, match="A federation has already been added here, perhaps just now by someone else"
    ):
        add_first_federation(token=token, **OAKHILL)
    assert list(Federation.objects.values_list("slug", flat=True)) == ["ashdown"]


def connection_words() -> dict[str, object]:
    words = connection.get_connection_params()
    return {name: words[name] for name in ("dbname", "user", "password", "host", "port") if words.get(name)}


SIGNATURE = "core_add_first_federation(token text, slug text, name text, policy_key text, languages text[])"
FORBIDDEN = [
    "INSERT INTO core_federation (slug, name, policy_key) VALUES ('x', 'X', 'x')",
    "UPDATE core_federation SET is_example = false",
    "INSERT INTO core_setuplink (digest, made_at, expires_at) VALUES ('x', now(), now())",
    "UPDATE core_setuplink SET expires_at = now() + interval '9 days'",
    "DELETE FROM core_setuplink",
    f"CREATE OR REPLACE FUNCTION {SIGNATURE} RETURNS text LANGUAGE sql AS $$ SELECT 'added' $$",
    "ALTER FUNCTION core_add_first_federation(text, text, text, text, text[]) SECURITY INVOKER",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_applications_role_can_neither_add_one_itself_nor_make_an_address(token, statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


def test_nobody_but_the_application_may_call_the_function(token):
    with as_owner() as owner:
        rights = owner.execute(
            "SELECT proacl::text FROM pg_proc WHERE proname = 'core_add_first_federation'"
        ).fetchone()[0]
    assert "=X/" not in rights.replace("schoolgate_app=X/", "").replace("schoolgate_owner=X/", "")


def test_a_table_of_the_callers_own_does_not_take_the_place_of_ours(token):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE core_setuplink (id bigint, digest text, expires_at timestamptz)")
        cursor.execute("INSERT INTO core_setuplink VALUES (1, encode(sha256('x'), 'hex'), now() + '1 day')")
    assert call("x", "oakhill", "Oakhill", "wildground", ["en"]) == "no link"
    assert call(token, "oakhill", "Oakhill", "wildground", ["en"]) == "added"


def test_the_database_has_the_digest_only_and_the_file_is_the_homes_alone(token, home):
    path = home / "keys" / setting_up.KEPT_IN
    assert path.read_text() == token == kept_link(at=NOW)
    assert path.stat().st_mode & 0o077 == 0
    assert token not in str(SetUpLink.objects.values_list().get())


def test_once_ended_no_address_works(token, home):
    setting_up.end_links()
    assert (link_of(token, at=NOW), kept_link(at=NOW)) == (None, None)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"slug": "set-up"}, "slug"), ({"slug": "Oak Hill"}, "slug"), ({"slug": ""}, "slug"),
        ({"slug": "x" * 61}, "slug"), ({"name": "  "}, "name"), ({"name": "x" * 201}, "name"),
        ({"languages": []}, "languages"), ({"languages": ["fr"]}, "languages"),
    ],
)  # fmt: skip
def test_what_cannot_be_entered_is_named_by_its_field(token, given, field):
    with pytest.raises(BadInput) as refusal:
        add_first_federation(token=token, **OAKHILL | given)
    assert list(refusal.value.fields) == [field]
