"""The commands of `schoolgate`, beside Django's own. A new one is two functions and a line here."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module


class Needs(StrEnum):
    """What a command needs before it runs. Nothing: it starts in no time and takes little memory."""

    NOTHING = "nothing"
    DJANGO = "django"
    DATABASE = "database"
    DATABASE_AS_OWNER = "database as owner"


@dataclass(frozen=True)
class Command:
    """What a command takes and does, as its module has it: `audit_arguments` and `run_audit`."""

    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    """Returns the exit status: 0 done, 1 not done, 2 asked wrongly."""


@dataclass(frozen=True)
class Entry:
    """A line of the registry: what `schoolgate help` says, and what the command needs."""

    says: str
    needs: Needs
    module: str = ""
    """Where it isn't called after the command."""
    begins: bool = False
    """Whether it may be the first in a new home; the others make nothing in one."""
    examines: bool = False
    """Whether it only looks, and says itself what is wrong with the database's role."""

    def load(self, name: str) -> Command:
        """The command, its module read when it is called."""
        word = name.replace("-", "_")
        module = import_module(f"schoolgate.cli.{self.module or word}")
        return Command(getattr(module, f"{word}_arguments"), getattr(module, f"run_{word}"))


COMMANDS: dict[str, Entry] = {
    "up": Entry("Run everything: database, web and worker under one supervisor", Needs.NOTHING),
    "down": Entry("Stop everything that `up` started", Needs.NOTHING, module="up"),
    "web": Entry("Run the web server", Needs.NOTHING),  # prepares in the process that serves
    "worker": Entry("Run the background worker", Needs.DATABASE),
    "migrate": Entry("Run database migrations", Needs.DATABASE_AS_OWNER, module="database", begins=True),
    "backup": Entry(
        "Make an encrypted backup of everything (keys: backup key-new, backup keys)", Needs.DATABASE
    ),
    "restore": Entry("Restore a backup to a new installation, which starts stopped", Needs.NOTHING),
    "export": Entry(
        "Export everything of one federation in open formats, sealed", Needs.DATABASE, module="federations"
    ),
    "leave": Entry(
        "Remove a federation that was exported from this installation",
        Needs.DATABASE_AS_OWNER,
        module="federations",
    ),
    "release": Entry(
        "Check the networks, then release a restored installation", Needs.DATABASE, module="posting"
    ),
    "upgrade": Entry("Make a backup, then upgrade to this release", Needs.NOTHING, module="database"),
    "move-database": Entry("Move the database to your own server, or back", Needs.NOTHING, module="database"),
    "move-files": Entry("Move pictures and documents to a bucket, or back", Needs.DATABASE, module="stores"),
    "audit": Entry("Verify that the record is unchanged (audit verify)", Needs.DATABASE, module="record"),
    "evidence": Entry(
        "Show the evidence recorded for a clause of a federation's policy", Needs.DATABASE, module="record"
    ),
    "data-map": Entry(
        "Show whose data is stored where, why, how long, and how it ends", Needs.DJANGO, module="record"
    ),
    "check": Entry("Check that this installation is healthy", Needs.DATABASE, examines=True),
    "setup": Entry(
        "Set up an installation for a real school, or list what is left to do (setup --list)",
        Needs.DATABASE,
        begins=True,
    ),
    "demo": Entry("Fill a new installation with the example federations", Needs.DATABASE),
    "code": Entry(
        "Print a two-step verification code for a person in an example federation",
        Needs.DATABASE,
        module="examples",
    ),
    "reset-second-step": Entry(
        "Confirm the reset of an administrator's lost two-step verification where no second one can",
        Needs.DATABASE,
        module="access",
    ),
    "sign-ins": Entry(
        "List the people you can sign in as in the example federations", Needs.DATABASE, module="demo"
    ),
    "directory": Entry(
        "Manage schools' own sign-in services: add, admit, list, end",
        Needs.DATABASE_AS_OWNER,
        module="importing",
    ),
    "token": Entry(
        "Manage access keys that let another program act for a person: make, list, end",
        Needs.DATABASE,
        module="access",
    ),
    "mail": Entry(
        "Check email delivery, or record a bounced address (mail standing, mail bounced)", Needs.DATABASE
    ),
    "mail-in": Entry(
        "Add an email that staff forwarded to an account’s address to its inbox (mail servers pipe to it)",
        Needs.DATABASE,
        module="mail",
    ),
    "networks": Entry("Try an account on a network, step by step (networks list, try)", Needs.DATABASE),
    "import-people": Entry(
        "Import a list of people, or preview the changes", Needs.DATABASE, module="importing"
    ),
    "import-accounts": Entry("Import a list of existing accounts", Needs.DATABASE, module="importing"),
    "import-posts": Entry(
        "Import old posts from a network's own download", Needs.DATABASE, module="importing"
    ),
    "situations": Entry(
        "List the situations a policy can decide, and their facts", Needs.NOTHING, module="deciding"
    ),
    "decide": Entry("Get a policy's decision", Needs.NOTHING, module="deciding"),
    "replay": Entry(
        "Repeat a federation's decisions under another policy, or another version", Needs.DATABASE
    ),
    "policy": Entry("List policies, show what proves each clause, or start your own", Needs.NOTHING),
    "vault": Entry(
        "Change the encryption key for stored secrets (vault rotate)", Needs.DATABASE, module="stores"
    ),
    "stop": Entry("Stop all posting, in every federation, until `go`", Needs.DATABASE, module="posting"),
    "go": Entry("Resume posting after `stop` (nothing is sent late)", Needs.DATABASE, module="posting"),
    "database-url": Entry("Print the address of the embedded database", Needs.NOTHING, module="database"),
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
