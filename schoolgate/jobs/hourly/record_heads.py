"""Sign the head of every federation's record."""

from datetime import datetime

from schoolgate.core.ledger.heads import sign_heads


def run(at: datetime) -> None:
    """Add this hour's heads to the file in the home."""
    sign_heads(at)
