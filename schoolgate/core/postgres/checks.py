"""Whether the role this process works as is as powerless as the program relies on."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from schoolgate.core.postgres.reaching import ASKED, wrong_with


@register(Tags.database)
def check_role(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """One error for each power that the application's role has and must not have."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(ASKED)
            answers = cursor.fetchone()
        found += [
            Error(
                f"The database role {connections[alias].settings_dict['USER']} {wrong}.",
                hint="docs/operations.md explains how to make the two roles.",
                id=f"schoolgate.E10{number}",
            )
            for number, wrong in wrong_with(answers)
        ]
    return found
