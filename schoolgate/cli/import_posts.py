"""`schoolgate import-posts FILE --federation SLUG --account N --by EMAIL`: take old posts in from a
network's own download, whatever its size up to four gigabytes; the page takes 250 MB."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from schoolgate.accounts.access import account_for
from schoolgate.accounts.models import Account
from schoolgate.cli.bringing import refused, who_brings
from schoolgate.core.clock import local_day, now
from schoolgate.core.days import day_in
from schoolgate.core.errors import SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.networks.archives import wording
from schoolgate.people import queries
from schoolgate.people.models import Person
from schoolgate.publishing import past_files, past_import, past_posts
from schoolgate.publishing.models import PastImport, PastState, Whose

LARGEST = 4_000_000_000
"""Bytes. No school's download is larger once film is left out, and reading it stays within an hour."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, for which account, who brings it, and what the page would ask."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="the network's download, which is not moved or deleted"
    )
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument(
        "--account", required=True, type=int, metavar="N", help="the number in the account's page address"
    )
    parser.add_argument("--by", required=True, metavar="EMAIL", help="the account lead importing it")
    parser.add_argument("--made-on", type=day_in, metavar="DAY", help="the date the network made it")
    parser.add_argument(
        "--because", default="", metavar="WHY", help="why it belongs to this account, if the file doesn't say"
    )
    parser.add_argument("--preview", action="store_true", help="print what was found and import nothing")


def run(options: argparse.Namespace) -> int:
    """Do it; 0: imported or shown, 1: refused, 2: there is no such file, federation or person."""
    membership = who_brings("import-posts", options, now())
    if membership is None:
        return 2
    if options.file.stat().st_size > LARGEST:
        print(
            "schoolgate import-posts: the file is larger than 4 GB. Ask the network "
            "for a download covering fewer years",
            file=sys.stderr,
        )
        return 1
    if not options.preview and options.made_on is None:
        print("schoolgate import-posts: give the date it was made with --made-on YYYY-MM-DD", file=sys.stderr)
        return 2
    try:
        return _bring(options, membership.federation_id, membership.person_id)
    except SchoolgateError as error:
        return refused("import-posts", error)


def _bring(options: argparse.Namespace, federation_id: int, person_id: int) -> int:
    by, account = _who_and_where(options, federation_id, person_id)
    content = past_files.digest_of(options.file)
    with scope(federation_id, person_id):
        brought = past_import.bring_download(
            by=by, at=now(), account=account, file=past_files.new_name(), content=content,
            size=options.file.stat().st_size, read_by_job=False,
        )  # fmt: skip
    past_import.read(federation_id, brought.pk, clock=now, source=options.file)
    brought = _again(federation_id, brought.pk)
    print("\n".join(_lines(brought)))
    if brought.state == PastState.UNREADABLE:
        return 1
    try:
        with scope(federation_id, person_id):
            if options.preview:
                past_import.drop_download(by=by, at=now(), brought=brought)
            else:
                past_import.take_in(
                    by=by, at=now(), brought=brought, made_on=options.made_on, because=options.because,
                    by_job=False,
                )  # fmt: skip
    except SchoolgateError:
        with scope(federation_id, person_id):
            past_import.drop_download(by=by, at=now(), brought=brought)
        raise
    finally:
        if _again(federation_id, brought.pk).state == PastState.DROPPED:
            past_files.remove(brought.file, federation_id=federation_id)
    return 0 if options.preview else _take(federation_id, brought.pk)


def _take(federation_id: int, import_id: int) -> int:
    def says(done: int, pieces: int) -> None:
        if done % 20 == 0 or done == pieces:
            print(f"{done} of {pieces} pieces", flush=True)

    past_import.take(federation_id, import_id, clock=now, says=says)
    ended = _again(federation_id, import_id)
    print(f"new {ended.taken}, already here {ended.already}. {ended.get_state_display()}")
    return 0 if ended.state == PastState.DONE else 1


def _who_and_where(options: argparse.Namespace, federation_id: int, person_id: int) -> tuple[Person, Account]:
    with scope(federation_id, person_id):
        by = queries.person(person_id)
        account = account_for(by, options.account)
        past_posts.check_may_bring(by, account, on=local_day(now()))
        past_posts.check_takes_downloads(account)
    return by, account


def _again(federation_id: int, import_id: int) -> PastImport:
    with scope(federation_id):
        return PastImport.objects.select_related("account").get(pk=import_id)


def _lines(brought: PastImport) -> Iterator[str]:
    yield f"download {brought.pk} for {brought.account.name}"
    if brought.state == PastState.UNREADABLE:
        code, _, network = brought.because.partition(":")
        yield f"{wording.unreadable(code, network)} {wording.next_step(code)}".strip()
        return
    found = brought.found
    yield f"posts {found['posts']}, including replies {found['replies']}, pictures {found['pictures']}"
    yield f"from {found['first'][:10]} to {found['last'][:10]}"
    for why, number in sorted(found["left_out"].items()):
        yield f"left out {number}: {wording.left_out(why)}"
    if brought.whose != Whose.SAME:
        yield f"owner: {Whose(brought.whose).label}. Say why it belongs to this account with --because"
