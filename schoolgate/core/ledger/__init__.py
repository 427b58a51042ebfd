"""The record: one chain of events a federation, only ever added to, that anybody can check again."""

from schoolgate.core.ledger.queries import rows_for_clause, rows_for_subject
from schoolgate.core.ledger.verifying import Verdict, verify

__all__ = ["Verdict", "rows_for_clause", "rows_for_subject", "verify"]
