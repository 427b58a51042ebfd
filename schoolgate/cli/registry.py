"""The commands of `schoolgate`, beside Django's own. A new one is a module and a line here."""

import argparse
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Protocol, cast


class Needs(StrEnum):
    """What has to stand before a command runs. Nothing: it starts in no time and takes little memory."""

    NOTHING = "nothing"
    DJANGO = "django"
    DATABASE = "database"
    DATABASE_AS_OWNER = "database as owner"


class Command(Protocol):
    """What the module of a command holds."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; returns the exit status: 0 done, 1 not done, 2 asked wrongly."""


@dataclass(frozen=True)
class Entry:
    """A line of the registry: what `schoolgate help` says, and what the command needs."""

    says: str
    needs: Needs
    module: str = ""

    def load(self, name: str) -> Command:
        """The command's module, read when it is called."""
        return cast("Command", import_module(self.module or f"schoolgate.cli.{name.replace('-', '_')}"))


COMMANDS: dict[str, Entry] = {
    "up": Entry("Run everything: database, web and worker under one supervisor", Needs.NOTHING),
    "down": Entry("Stop what `up` runs or has left", Needs.NOTHING),
    "web": Entry("Serve the pages", Needs.NOTHING),  # it prepares by itself, in the process that serves
    "worker": Entry("Do the work that waits in the database", Needs.DATABASE),
    "migrate": Entry("Bring the database's tables up to date", Needs.DATABASE_AS_OWNER),
    "backup": Entry("Back everything up, sealed; its keys: backup key-new, backup keys", Needs.DATABASE),
    "restore": Entry("Make a home from a backup; it starts stopped", Needs.NOTHING),
    "release": Entry("Look at the networks, then let a restored home go", Needs.DATABASE),
    "upgrade": Entry("Take a backup, then bring the home to this release", Needs.NOTHING),
    "move-database": Entry("Move the database to a server of your own, or back", Needs.NOTHING),
    "audit": Entry("Check that the record is as it was written (audit verify)", Needs.DATABASE),
    "evidence": Entry("The record's rows that rest on a clause of a federation's policy", Needs.DATABASE),
    "data-map": Entry("Whose data is kept where, why, how long, and what ends it", Needs.DJANGO),
    "check": Entry("Say what of this home is sound, and what to look at", Needs.DATABASE),
    "setup": Entry("Set a home up for a real school; what is still open (setup --list)", Needs.DATABASE),
    "demo": Entry("Fill a fresh home with the example federations", Needs.DATABASE),
    "code": Entry("The code for the second step of somebody in an example federation", Needs.DATABASE),
    "sign-ins": Entry("List the people of the example federations to sign in as", Needs.DATABASE),
    "directory": Entry("Schools' own sign-ins: add, admit, list, end", Needs.DATABASE_AS_OWNER),
    "token": Entry("Keys with which another program speaks for a person: make, list, end", Needs.DATABASE),
    "mail": Entry("How mail goes; a mail that came back (mail standing, mail bounced)", Needs.DATABASE),
    "import-people": Entry("Take a list of people over, or show what would change", Needs.DATABASE),
    "import-accounts": Entry("Take in a list of the accounts that are there already", Needs.DATABASE),
    "import-posts": Entry("Take old posts in from a network's own download", Needs.DATABASE),
    "situations": Entry("What a policy can be asked, and with what facts", Needs.NOTHING),
    "decide": Entry("What a policy answers to a question", Needs.NOTHING),
    "policy": Entry(
        "The policies that are there, and what proves each clause; begin one of your own", Needs.NOTHING
    ),
    "vault": Entry("Change the key that seals what the program keeps (vault rotate)", Needs.DATABASE),
    "stop": Entry("Let nothing new go out, in every federation, until `go`", Needs.DATABASE),
    "go": Entry("Lift what `stop` has stopped; nothing is sent late by it", Needs.DATABASE),
    "database-url": Entry("Print the address of the embedded database", Needs.NOTHING),
}

AS_OWNER = frozenset({"createcachetable", "sqlmigrate", "showmigrations", "sqlflush"})
"""Django's own commands that look at or make tables."""

WITHOUT_DATABASE = frozenset(
    {
        "makemessages",
        "compilemessages",
        "diffsettings",
        "startapp",
        "findstatic",
        "collectstatic",
        "help",
    }
)
"""Django's own commands that never ask the database."""
