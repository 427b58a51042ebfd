"""`schoolgate directory add|admit|list|end`: schools' own sign-ins (docs/operations.md).

Only the installation's operator may use it: it works as the owner of the tables, and no page can do it.
"""

import argparse
import sys
from collections.abc import Callable

from schoolgate.core.clock import now
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.people import directories
from schoolgate.people.models import Directory, DirectoryKind


def arguments(parser: argparse.ArgumentParser) -> None:
    """Four words to choose from, and what each takes."""
    words = parser.add_subparsers(dest="what", required=True, metavar="add|admit|list|end")
    add = words.add_parser("add", help="add one (the client's secret is read from standard input)")
    admit = words.add_parser("admit", help="give one access to another federation")
    words.add_parser("list", help="list them all")
    end = words.add_parser("end", help="end one, so that no one can sign in through it")
    for one in (add, admit, end):
        one.add_argument("slug", help="a short name, which can never be reused")
    add.add_argument("--kind", required=True, choices=[str(kind) for kind in DirectoryKind])
    add.add_argument("--name", required=True, help="the text on the button, for example the school's name")
    add.add_argument("--tenant", default="", help="Microsoft: the tenant's id; Google: the hosted domain")
    add.add_argument("--issuer", default="", help="another service: its issuer, https://...")
    add.add_argument("--client-id", required=True, help="the id the service gave this program")
    add.add_argument("--federation", metavar="SLUG", action="append", default=[], help="may be repeated")
    admit.add_argument("federation", metavar="FEDERATION", help="the federation's slug")


def run(options: argparse.Namespace) -> int:
    """Do it; 0: done, 1: it may not be."""
    try:
        lines = DO[options.what](options)
    except SchoolgateError as error:
        fields = error.fields.values() if isinstance(error, BadInput) else ()
        print("schoolgate directory:", error, *map(str, fields), file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


def _add(options: argparse.Namespace) -> list[str]:
    made = directories.add_directory(
        at=now(),
        slug=options.slug,
        kind=options.kind,
        name=options.name,
        client_id=options.client_id,
        secret=sys.stdin.readline(),
        tenant=options.tenant,
        issuer=options.issuer,
        federations=options.federation,
    )
    return [f"Added. Enter this redirect address in that service: .../sign-in/school/{made.slug}/back"]


def _admit(options: argparse.Namespace) -> list[str]:
    directories.admit(slug=options.slug, federation=options.federation)
    return ["Admitted."]


def _list(_options: argparse.Namespace) -> list[str]:
    return [_line(each) for each in Directory.objects.prefetch_related("admits__federation").order_by("slug")]


def _line(directory: Directory) -> str:
    opens = ", ".join(each.federation.slug for each in directory.admits.all()) or "none yet"
    ended = f"  ended {directory.ended_at:%Y-%m-%d}" if directory.ended_at else ""
    whose = directory.tenant or directory.issuer
    return f"{directory.slug}  {directory.kind}  {whose}  {directory.name}  opens {opens}{ended}"


def _end(options: argparse.Namespace) -> list[str]:
    directories.end_directory(slug=options.slug, at=now())
    return ["Ended. No one can sign in through it any more."]


DO: dict[str, Callable[[argparse.Namespace], list[str]]] = {
    "add": _add,
    "admit": _admit,
    "list": _list,
    "end": _end,
}
