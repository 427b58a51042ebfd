"""The rows of this room."""

from schoolgate.core.models.calendars import CalendarDay, DayKind, Term
from schoolgate.core.models.directory import OTHER_SCHOOL, Country, Federation, FederationOwned, School
from schoolgate.core.models.events import Delivery
from schoolgate.core.models.keeping import (
    DestroyedFile,
    Destruction,
    Hold,
    InstallationStop,
    Stop,
    VaultSecret,
)
from schoolgate.core.models.ledger import LedgerClause, LedgerHead, LedgerRow
from schoolgate.core.models.running import Backup, BackupRehearsal, Heartbeat, Restoration
from schoolgate.core.models.setting_up import Safeguarder, SafeguardingPlace, SetUpLink, place_in_words

__all__ = [
    "OTHER_SCHOOL",
    "Backup",
    "BackupRehearsal",
    "CalendarDay",
    "Country",
    "DayKind",
    "Delivery",
    "DestroyedFile",
    "Destruction",
    "Federation",
    "FederationOwned",
    "Heartbeat",
    "Hold",
    "InstallationStop",
    "LedgerClause",
    "LedgerHead",
    "LedgerRow",
    "Restoration",
    "Safeguarder",
    "SafeguardingPlace",
    "School",
    "SetUpLink",
    "Stop",
    "Term",
    "VaultSecret",
    "place_in_words",
]
