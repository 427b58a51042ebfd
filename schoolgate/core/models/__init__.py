"""The rows of this room."""

from schoolgate.core.models.calendars import CalendarDay, DayKind, Term
from schoolgate.core.models.directory import Country, Federation, FederationOwned, School
from schoolgate.core.models.events import Delivery
from schoolgate.core.models.keeping import Hold, InstallationStop, Stop, VaultSecret
from schoolgate.core.models.ledger import LedgerClause, LedgerHead, LedgerRow

__all__ = [
    "CalendarDay",
    "Country",
    "DayKind",
    "Delivery",
    "Federation",
    "FederationOwned",
    "Hold",
    "InstallationStop",
    "LedgerClause",
    "LedgerHead",
    "LedgerRow",
    "School",
    "Stop",
    "Term",
    "VaultSecret",
]
