"""The powers that the application's role must not have, by the database's own catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

ASKED: Final = """
SELECT r.rolsuper, r.rolbypassrls, has_schema_privilege(r.oid, 'public', 'CREATE'),
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')),
       EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid)
FROM pg_roles r WHERE r.rolname = current_user
"""
UNBOUND: Final = {
    "is a superuser, so row security does not apply to it": (
        "Make a role for the program alone, and name that one"
    ),
    "has BYPASSRLS, so row security does not apply to it": "Run: ALTER ROLE {role} NOBYPASSRLS",
}
"""With one of these every federation's rows are open to all, so nothing is done with such a role: what to do
instead."""
WRONG: Final = (
    *UNBOUND,
    "may create tables",
    "owns tables, so it can remove their protection",
    "is a member of another role and has that role's rights",
)


def wrong_with(answers: Sequence[bool]) -> list[tuple[int, str]]:
    """Return what is wrong with a role by what the database answered to ASKED, each with its number."""
    return [(number, wrong) for number, (wrong, so) in enumerate(zip(WRONG, answers, strict=True), 1) if so]


def unbound(answers: Sequence[bool], role: str) -> str:
    """Return why row security doesn't apply to a role, and what to do; empty where it does."""
    for _number, wrong in wrong_with(answers):
        if wrong in UNBOUND:
            return f"user {role} {wrong}. {UNBOUND[wrong].format(role=role)}"
    return ""
