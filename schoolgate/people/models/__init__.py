"""Rows of this app: users and seats (installation-level), and what belongs to one federation."""

from schoolgate.people.models.directories import Directory, DirectoryAdmits, DirectoryKind, SchoolAccount
from schoolgate.people.models.first_walk import FirstWalk, WalkStep
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
from schoolgate.people.models.year import Away, PersonTelephone, TurnWord

__all__ = [
    "ApiToken",
    "Away",
    "Directory",
    "DirectoryAdmits",
    "DirectoryKind",
    "FactorReset",
    "FirstWalk",
    "Holding",
    "ImportMapping",
    "Invitation",
    "Leave",
    "Leaving",
    "LongLeave",
    "PeopleImport",
    "Person",
    "PersonTelephone",
    "SchoolAccount",
    "Seat",
    "TurnWord",
    "User",
    "UserManager",
    "WalkStep",
]
