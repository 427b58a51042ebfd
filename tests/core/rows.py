"""Rows of the record for tests, and someone who changes them behind its back."""

from schoolgate.core.ledger_rows import Entry, append
from schoolgate.core.tenancy import scope
from tests.conftest import as_superuser


def entry(at, number=1, **changes):
    return Entry(event="post.approved", subject=f"publishing.post:{number}", at=at, **changes)


def fill(federation, at, count=5):
    with scope(federation.id):
        append(federation.id, [entry(at, n, clauses=("wootton-posts-1",)) for n in range(1, count + 1)])


def tamper(statement, *values):
    """As somebody who owns the whole server and knows how to switch triggers off."""
    with as_superuser() as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute(statement, values)
