"""Whether the role this process works as is as powerless as the program relies on."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

ASKED = """
SELECT r.rolsuper, r.rolbypassrls, has_schema_privilege(r.oid, 'public', 'CREATE'),
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')),
       EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid)
FROM pg_roles r WHERE r.rolname = current_user
"""
WRONG = (
    "is a superuser, so row security does not apply to it",
    "has BYPASSRLS, so row security does not apply to it",
    "may create tables",
    "owns tables, so it can remove their protection",
    "is a member of another role and has that role's rights",
)


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
            for number, (wrong, is_so) in enumerate(zip(WRONG, answers, strict=True), 1)
            if is_so
        ]
    return found
