"""The commands of `schoolgate`, beside Django's own. A new one is a module and a line here."""

import argparse
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Protocol, cast


class Needs(StrEnum):
    """What a command needs before it runs. Nothing: it starts in no time and takes little memory."""

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
    begins: bool = False
    """Whether it may be the first in a new home; the others make nothing in one."""
    examines: bool = False
    """Whether it only looks, and says itself what is wrong with the database's role."""

    def load(self, name: str) -> Command:
        """The command's module, read when it is called."""
        return cast("Command", import_module(self.module or f"schoolgate.cli.{name.replace('-', '_')}"))


COMMANDS: dict[str, Entry] = {
    "up": Entry("Run everything: database, web and worker under one supervisor", Needs.NOTHING),
    "down": Entry("Stop everything that `up` started", Needs.NOTHING),
    "web": Entry("Run the web server", Needs.NOTHING),  # prepares in the process that serves
    "worker": Entry("Run the background worker", Needs.DATABASE),
    "migrate": Entry("Run database migrations", Needs.DATABASE_AS_OWNER, begins=True),
    "backup": Entry(
        "Make an encrypted backup of everything (keys: backup key-new, backup keys)", Needs.DATABASE
    ),
    "restore": Entry("Restore a backup to a new installation, which starts stopped", Needs.NOTHING),
    "export": Entry("Export everything of one federation in open formats, sealed", Needs.DATABASE),
    "leave": Entry("Remove a federation that was exported from this installation", Needs.DATABASE_AS_OWNER),
    "release": Entry("Check the networks, then release a restored installation", Needs.DATABASE),
    "upgrade": Entry("Make a backup, then upgrade to this release", Needs.NOTHING),
    "move-database": Entry("Move the database to your own server, or back", Needs.NOTHING),
    "move-files": Entry("Move pictures and documents to a bucket, or back", Needs.DATABASE),
    "audit": Entry("Verify that the record is unchanged (audit verify)", Needs.DATABASE),
    "evidence": Entry("Show the evidence recorded for a clause of a federation's policy", Needs.DATABASE),
    "data-map": Entry("Show whose data is stored where, why, how long, and how it ends", Needs.DJANGO),
    "check": Entry("Check that this installation is healthy", Needs.DATABASE, examines=True),
    "setup": Entry(
        "Set up an installation for a real school, or list what is left to do (setup --list)",
        Needs.DATABASE,
        begins=True,
    ),
    "demo": Entry("Fill a new installation with the example federations", Needs.DATABASE),
    "code": Entry("Print a two-step verification code for a person in an example federation", Needs.DATABASE),
    "reset-second-step": Entry(
        "Confirm the reset of an administrator's lost two-step verification where no second one can",
        Needs.DATABASE,
    ),
    "sign-ins": Entry("List the people you can sign in as in the example federations", Needs.DATABASE),
    "directory": Entry(
        "Manage schools' own sign-in services: add, admit, list, end", Needs.DATABASE_AS_OWNER
    ),
    "token": Entry(
        "Manage access keys that let another program act for a person: make, list, end", Needs.DATABASE
    ),
    "mail": Entry(
        "Check email delivery, or record a bounced address (mail standing, mail bounced)", Needs.DATABASE
    ),
    "mail-in": Entry(
        "Add an email that staff forwarded to an account’s address to its inbox (mail servers pipe to it)",
        Needs.DATABASE,
    ),
    "networks": Entry("Try an account on a network, step by step (networks list, try)", Needs.DATABASE),
    "import-people": Entry("Import a list of people, or preview the changes", Needs.DATABASE),
    "import-accounts": Entry("Import a list of existing accounts", Needs.DATABASE),
    "import-posts": Entry("Import old posts from a network's own download", Needs.DATABASE),
    "situations": Entry("List the situations a policy can decide, and their facts", Needs.NOTHING),
    "decide": Entry("Get a policy's decision", Needs.NOTHING),
    "replay": Entry(
        "Repeat a federation's decisions under another policy, or another version", Needs.DATABASE
    ),
    "policy": Entry("List policies, show what proves each clause, or start your own", Needs.NOTHING),
    "vault": Entry("Change the encryption key for stored secrets (vault rotate)", Needs.DATABASE),
    "stop": Entry("Stop all posting, in every federation, until `go`", Needs.DATABASE),
    "go": Entry("Resume posting after `stop` (nothing is sent late)", Needs.DATABASE),
    "database-url": Entry("Print the address of the embedded database", Needs.NOTHING),
    "files": Entry(
        "Print a file for the machine: the service, a proxy, the tested versions (docs/how-to/install.md)",
        Needs.NOTHING,
    ),
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
