"""The record: one chain of events a federation, only ever added to, that anybody can check again."""

from schoolgate.core.ledger.queries import rows_for_clause, rows_for_subject

__all__ = ["rows_for_clause", "rows_for_subject"]
