"""`schoolgate COMMAND ...`: our own commands and Django's.

The program, read once: by a command as far as it needs, and whole by a process that is then copied. What
was read before that, the copies share.
"""

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

from schoolgate import __version__
from schoolgate.cli.registry import AS_OWNER, COMMANDS, WITHOUT_DATABASE, Entry, Needs
from schoolgate.core.env import choose, env, use_settings
from schoolgate.core.home import home, nothing_yet, unusable_home
from schoolgate.core.postgres.server import ensure_server
from schoolgate.core.surroundings import SurroundingsTrouble
from schoolgate.patterns import compile_lazy_patterns

PAGES = (
    "schoolgate.config.wsgi",
    "schoolgate.config.urls",
    # What settings name, and only the first page that's asked for would read:
    "django.contrib.auth.context_processors",
    "django.contrib.messages.context_processors",
    "django.contrib.messages.storage.fallback",
    "django.contrib.sessions.serializers",
    "django.template.context_processors",
    "schoolgate.web.signin.adapters",
    "schoolgate.web.signin.forms",
)


@contextmanager
def what_is_read_stays() -> Iterator[None]:
    """Look for no garbage in what is read here, neither now nor later: nearly all of it stays to the end, and
    to look through it took a quarter of a start, most of that when the command had ended."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def read_to_be_copied(modules: Iterable[str] = PAGES) -> None:
    """Import these modules, and read what each copy would read at once: both languages, every address, one
    page, the jobs and sweeps of a minute, and the patterns that others compile when they use them.

    Garbage is left where it lies, a few megabytes that the copies share: taken out, it leaves holes in every
    page of memory, and what a copy puts into them makes each such page its own (docs/adr/0080).
    """
    with what_is_read_stays():
        for module in modules:
            import_module(module)
        _read_what_all_need()
        compile_lazy_patterns()


def _read_what_all_need() -> None:
    from django.conf import settings  # they want the settings, and what was read above
    from django.template.loader import get_template
    from django.urls import reverse
    from django.utils import translation
    from procrastinate.contrib.django import app

    for language, _name in settings.LANGUAGES:
        with translation.override(language, deactivate=True):
            translation.gettext("Sign in")
            reverse("account_login")
    get_template("account/login.html")
    app.perform_import_paths()  # type: ignore[no-untyped-call]


ONLY_LOOKS = frozenset({"--list", "--check", "--plan"})
"""Words with which a command that may begin a home only looks at one."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status. A setting or home that can't be used gives one clear line, and
    1."""
    words = list(sys.argv[1:] if words is None else words)
    if not words or words[0] in ("-h", "--help") or words == ["help"]:
        print(overview())
        return 0 if words else 2
    if words in (["--version"], ["version"]):
        print(f"schoolgate {__version__}")
        return 0
    try:
        entry = COMMANDS.get(words[0])
        return run_django(words) if entry is None else run_own(words[0], entry, words[1:])
    except SurroundingsTrouble as trouble:
        print(f"schoolgate: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    except Exception as error:
        said = _in_our_words(error)
        if said is None:
            raise
        print(f"schoolgate: {said}", file=sys.stderr)
        return 1


def _in_our_words(error: Exception) -> str | None:
    """Return what is wrong with the home or the database where that is what an error is about."""
    if isinstance(error, OSError):
        return unusable_home(error, env().home.expanduser().absolute())
    if "psycopg" not in sys.modules:
        return None
    from schoolgate.core.postgres.reaching import in_our_words  # reads Django

    return in_our_words(error, env())


def overview() -> str:
    """What `schoolgate help` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {entry.says}" for name, entry in COMMANDS.items()]
    return "\n".join(
        [
            "usage: schoolgate COMMAND ...",
            "",
            *lines,
            "",
            "You can also run Django's own commands, such as `schoolgate shell`.",
        ]
    )


def run_own(name: str, entry: Entry, words: Sequence[str]) -> int:
    """Run one of our commands once its needs are met. Its help needs no database."""
    asks_for_help = bool({"-h", "--help"} & set(words))
    needs = Needs.DJANGO if asks_for_help and entry.needs is not Needs.NOTHING else entry.needs
    prepare(needs, begins=entry.begins and not ONLY_LOOKS & set(words), examines=entry.examines)
    with what_is_read_stays():
        command = entry.load(name)
    parser = argparse.ArgumentParser(prog=f"schoolgate {name}", description=entry.says)
    command.arguments(parser)
    given = parser.parse_args(words)
    with _said_where_no_tables_are():
        return command.run(given)


@contextmanager
def _said_where_no_tables_are() -> Iterator[None]:
    """A home in which nothing was ever started is worth a line: mostly another one was meant."""
    try:
        yield
    except Exception as trouble:
        if type(trouble.__cause__).__name__ != "UndefinedTable":
            raise
        raise SurroundingsTrouble(nothing_yet(env().home)) from trouble


def run_django(words: Sequence[str]) -> int:
    """Run one of Django's commands; it gets the database (and the owner's role) where it needs them."""
    from django.core.management import execute_from_command_line

    asks_for_help = {"-h", "--help"} & set(words)
    if words[0] in WITHOUT_DATABASE or asks_for_help:
        needs = Needs.NOTHING
    elif words[0] == "makemigrations" or words[0] in AS_OWNER:
        needs = Needs.DATABASE_AS_OWNER
    else:
        needs = Needs.DATABASE
    prepare(needs, begins=words[0] == "makemigrations")
    execute_from_command_line(["schoolgate", *words])
    return 0


def prepare(needs: Needs, *, set_up: bool = True, begins: bool = False, examines: bool = False) -> None:
    """Choose the database role, have the embedded server run, and set Django up, as far as a command needs
    it. Raises SurroundingsTrouble where the database can't be used, or a home is new and this command is
    not one that begins it.
    """
    choose(database_role="owner" if needs is Needs.DATABASE_AS_OWNER else "app")
    use_settings()
    if needs in (Needs.DATABASE, Needs.DATABASE_AS_OWNER):
        from schoolgate.core.postgres.reaching import Role, check_database  # reads Django

        roles: tuple[Role, ...] = ("owner", "app") if needs is Needs.DATABASE_AS_OWNER else ("app",)
        check_database(env(), *roles, begins=begins, examines=examines)
        if env().embedded_database:
            ensure_server(home())
    elif needs is Needs.DJANGO and not env().home.expanduser().exists():
        choose(passing_key=True)
    if needs is not Needs.NOTHING and set_up:
        import django

        with what_is_read_stays():
            django.setup()
