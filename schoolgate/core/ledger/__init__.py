"""The record: one append-only chain of events per federation, which anyone can verify."""

from schoolgate.core.ledger.verifying import Verdict, rows_for_clause, rows_for_subject, verify, verify_all

__all__ = ["Verdict", "rows_for_clause", "rows_for_subject", "verify", "verify_all"]
