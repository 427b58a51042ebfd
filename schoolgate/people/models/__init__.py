"""Rows of this room: users and seats (installation-level), and what belongs to one federation."""

from schoolgate.people.models.directories import Directory, DirectoryAdmits, DirectoryKind, SchoolAccount
from schoolgate.people.models.importing import ImportMapping, PeopleImport
from schoolgate.people.models.leaving import Leaving, LongLeave
from schoolgate.people.models.people import (
    ApiToken,
    FactorReset,
    Holding,
    Invitation,
    Leave,
    Person,
    Seat,
    User,
    UserManager,
)

__all__ = [
    "ApiToken",
    "Directory",
    "DirectoryAdmits",
    "DirectoryKind",
    "FactorReset",
    "Holding",
    "ImportMapping",
    "Invitation",
    "Leave",
    "Leaving",
    "LongLeave",
    "PeopleImport",
    "Person",
    "SchoolAccount",
    "Seat",
    "User",
    "UserManager",
]
