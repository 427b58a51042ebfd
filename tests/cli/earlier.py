"""A home as an earlier release left it: its tables in one of two earlier states, closed, with rows in them.

`python -m tests.cli.earlier KEY` makes the first state in SCHOOLGATE_HOME, fills it, brings it to the second,
and gives it a key for backups, the safe's half of which goes to KEY.
"""

import sys
from datetime import UTC, datetime
from typing import Any

from schoolgate.cli import database
from schoolgate.cli.main import main as command
from schoolgate.core.backups.snapshot import Loaded

AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
FIRST = {"core": "0001_initial", "people": "0001_initial"}
SECOND = FIRST | {"networks": "0001_initial", "duties": "0001_initial", "media": "0001_initial"}
"""What a release knew that had fewer parts. Once there are later migrations, name some of those here."""


def made_by(state: dict[str, str]) -> list[tuple[str, str]]:
    """Every migration that a home in this state has behind it, those of the parts included."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    ours = {each.label for each in apps.get_app_configs() if each.name.startswith("schoolgate.")}
    ends = [*state.items(), *(key for key in graph.leaf_nodes() if key[0] not in ours)]
    return sorted({key for end in ends for key in graph.forwards_plan(end)})


def models_of(state: dict[str, str]) -> Any:
    """The models as they were then."""
    from django.db.migrations.loader import MigrationLoader

    return MigrationLoader(None).project_state(list(state.items())).apps


def fill(then: Any) -> None:
    """A federation with a school, people who can sign in, an account, posts, a sealed key and a record."""
    from schoolgate.core import vault
    from schoolgate.core.events import record
    from schoolgate.core.ledger import sign_heads
    from schoolgate.core.tenancy import scope

    here = then.get_model("core", "Federation").objects.create(
        slug="wildground", name="Wildground", policy_key="wildground", languages=["en"]
    )
    with scope(here.pk):
        school = then.get_model("core", "School").objects.create(
            federation_id=here.pk, name='Ysgol Tŵr\t"\\N"', slug="twr"
        )
        vault.put("account_keys", "a key", about="accounts.account:1")
        for number in range(3):
            user = then.get_model("people", "User").objects.create(
                email=f"p{number}@example.org", password="!"
            )
            person = then.get_model("people", "Person").objects.create(
                federation_id=here.pk, name=f"Person {number}", email=user.email, user=user, relation="staff"
            )
            then.get_model("people", "Membership").objects.create(
                user=user, federation_id=here.pk, person_id=person.pk, since=AT
            )
            record("school.added", subject=f"core.school:{school.pk}", at=AT)
    sign_heads(AT)


def main() -> None:
    """Make the home."""
    database.prepare_empty(Loaded(head={"migrations": []}))
    from schoolgate.core.protect import protect

    database.make_tables(made_by(FIRST))
    protect()
    fill(models_of(FIRST))
    database.make_tables(made_by(SECOND))
    protect()
    assert command(["backup", "key-new", "--to", sys.argv[1]]) == 0
    database.leave()


if __name__ == "__main__":
    main()
