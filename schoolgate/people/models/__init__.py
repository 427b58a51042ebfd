"""Rows of this app: users and memberships (installation-level), and what belongs to one federation."""

from schoolgate.people.models.directories import Directory, DirectoryAdmits, DirectoryKind, SchoolAccount
from schoolgate.people.models.first_walk import FirstWalk, WalkStep
from schoolgate.people.models.importing import ImportMapping, PeopleImport
from schoolgate.people.models.leads import LeadChange
from schoolgate.people.models.leaving import Departure, ExtendedAbsence
from schoolgate.people.models.people import (
    ApiCall,
    ApiToken,
    FactorReset,
    Invitation,
    Membership,
    Permission,
    Person,
    RoleAssignment,
    User,
    UserManager,
)
from schoolgate.people.models.year import Absence, PersonTelephone, TurnWord

__all__ = [
    "Absence",
    "ApiCall",
    "ApiToken",
    "Departure",
    "Directory",
    "DirectoryAdmits",
    "DirectoryKind",
    "ExtendedAbsence",
    "FactorReset",
    "FirstWalk",
    "ImportMapping",
    "Invitation",
    "LeadChange",
    "Membership",
    "PeopleImport",
    "Permission",
    "Person",
    "PersonTelephone",
    "RoleAssignment",
    "SchoolAccount",
    "TurnWord",
    "User",
    "UserManager",
    "WalkStep",
]
