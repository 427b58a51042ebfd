"""What the import commands share: who imports and where, and what to print if it can't be done.

`schoolgate import-people FILE --federation SLUG --mapping NAME --by EMAIL`: take a list of people over.

`schoolgate import-accounts FILE --federation SLUG --by EMAIL`: import existing accounts.

`schoolgate import-posts FILE --federation SLUG --account N --by EMAIL`: take old posts in from a
network's own download, whatever its size up to four gigabytes; the page takes 250 MB.

`schoolgate directory add|admit|list|end`: schools' own sign-ins (docs/operations.md).

Only the installation's operator may use it: it works as the owner of the tables, and no page can do it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from schoolgate.accounts.access import account_for
from schoolgate.accounts.importing import ACCOUNTS, offered
from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day, now
from schoolgate.core.days import day_in
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.networks.archives import wording
from schoolgate.people import directories, list_importer, queries
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_importer import Importer, KeptList, L, ListPlan, M, P
from schoolgate.people.models import Directory, DirectoryKind, Membership, Outcome, Person
from schoolgate.people.queries import live_memberships
from schoolgate.publishing import past_import, past_posts
from schoolgate.publishing.models import PastImport, PastState, Whose

MOST_SHOWN = 200
"""Most lines printed; the list's page shows them all."""


def who_brings(command: str, options: argparse.Namespace, at: datetime) -> Membership | None:
    """The place of `--by` in `--federation`; None, with a line that says which, where the federation, the
    person or the file is not there."""
    federation = Federation.objects.filter(slug=options.federation).first()
    membership = _membership(federation, options.by, at) if federation else None
    if membership is not None and options.file.is_file():
        return membership
    missing = "file" if membership else "person" if federation else "federation"
    print(f"schoolgate {command}: there is no such {missing}. Check the spelling", file=sys.stderr)
    return None


def _membership(federation: Federation, email: str, at: datetime) -> Membership | None:
    memberships = Membership.objects.filter(live_memberships(local_day(at)), federation=federation)
    return memberships.filter(user__email__iexact=email.strip()).first()


def refused(command: str, error: SchoolgateError) -> int:
    """Say why it is not taken; returns the command's status, 1."""
    fields = error.fields.values() if isinstance(error, BadInput) else ()
    print(f"schoolgate {command}:", error, *map(str, fields), file=sys.stderr)
    return 1


def import_list(
    command: str,
    kind: Importer[L, M, P],
    options: argparse.Namespace,
    *,
    told: Callable[[Mapping[str, int], bool], Iterable[str]],
    offered: Callable[[Sequence[str]], Mapping[str, str]] | None = None,
    **choices: Any,
) -> int:
    """Import the list of `options`, or print what it would change (`--preview`).

    Args:
        told: the last lines printed: takes the counts, and whether the list was imported.
        offered: which headings mean what, where neither `--mapping` nor an earlier list says so.
        choices: what `kind` writes by.

    Returns the exit status; 0: imported or shown, 1: refused, all or some of its lines, 2: there is no such
    file, federation or person.
    """
    at = now()
    membership = who_brings(command, options, at)
    if membership is None:
        return 2
    try:
        with scope(membership.federation_id, membership.person_id):
            kind.may(queries.person(membership.person_id), on=local_day(at))
            named = _named(kind, options.mapping)
        kept = kind.read(options.file.read_bytes(), federation_id=membership.federation_id)
        with scope(membership.federation_id, membership.person_id):
            by = queries.person(membership.person_id)
            importing = list_importer.upload(kind=kind, by=by, at=at, kept=kept)
            try:
                _explain(kind, importing, named, kept, offered, by=by, at=at)
                plan = kind.preview(importing, kept.sheet, by=by, on=local_day(at))
                agreed = getattr(options, "same", ())
                asked = {line.number for line in plan.asked} - set(agreed)
                takes = not plan.unknown and (plan.changes or not plan.refused)
                applied = not options.preview and takes and not asked
                if applied:
                    list_importer.apply(
                        kind=kind,
                        by=by,
                        at=at,
                        importing=importing,
                        sheet=kept.sheet,
                        seen=plan.seen,
                        agreed=agreed,
                        **choices,
                    )
            except SchoolgateError:
                list_importer.drop(kind=kind, by=by, at=at, importing=importing)
                raise
            if not applied:
                list_importer.drop(kind=kind, by=by, at=at, importing=importing)
            lines = [*_lines(plan), *_unanswered(asked, options), *told(plan.counts, applied)]
    except SchoolgateError as error:
        return refused(command, error)
    print("\n".join(lines))
    return 0 if options.preview or (applied and not plan.refused) else 1


def _named(kind: Importer[L, M, P], name: str | None) -> M | None:
    """How lists are read under that name. Raises BadInput where none has it."""
    found = kind.mapping(name) if name else None
    if name and found is None:
        raise BadInput(
            {
                "mapping": f"There is no column mapping called {name!r} here. Name one on the import "
                "page, or leave it out."
            }
        )
    return found


def _explain(
    kind: Importer[L, M, P],
    importing: L,
    named: M | None,
    kept: KeptList,
    offered: Callable[[Sequence[str]], Mapping[str, str]] | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Read the list by a named way, by the way in which such headings were read before, or by the headings
    themselves. Raises BadInput."""
    before = importing.mapping_id  # type: ignore[attr-defined]  # each kind of list has its own
    if before is not None and (named is None or named.pk == before):
        return
    if named is not None:
        name, columns, defaults = named.name, named.columns, named.defaults
    else:
        name, defaults = f"import-{kind.lists._meta.app_label} {kept.shape[:8]}", {}
        columns = offered(kept.sheet.lines[0].cells) if offered else {}
    list_importer.explain_columns(
        kind=kind, by=by, at=at, importing=importing, sheet=kept.sheet, shape=kept.shape, name=name,
        columns=columns, defaults=defaults,
    )  # fmt: skip


def _unanswered(asked: Collection[int], options: argparse.Namespace) -> Iterator[str]:
    if asked and not options.preview:
        rows = " ".join(map(str, sorted(asked)))
        yield f"may be about someone else: {rows}. Repeat with --same {rows} where each is the same person"


def _lines(plan: ListPlan) -> Iterator[str]:
    lines = [line for line in plan.lines if line.outcome != Outcome.SAME]
    for line in lines[:MOST_SHOWN]:
        why = " ".join(str(one) for one in line.said)
        yield f"line {line.number:>5}  {line.outcome.value:<11}  {line.address or '-'}  {why}"
    if len(lines) > MOST_SHOWN:
        yield f"... and {len(lines) - MOST_SHOWN} more lines"
    yield ", ".join(f"{each.value.replace('_', ' ')} {plan.counts[each]}" for each in Outcome)


def import_people_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: which file, where, how to read it, and who imports it."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, xlsx, xls or ods, with headings")
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument(
        "--mapping", required=True, metavar="NAME", help="a saved column mapping, by its name on the page"
    )
    parser.add_argument(
        "--by", required=True, metavar="EMAIL", help="the person importing it, who manages people there"
    )
    parser.add_argument("--preview", action="store_true", help="preview the changes and change nothing")
    parser.add_argument(
        "--same", nargs="+", type=int, default=(), metavar="ROW",
        help="rows with another name that are still about the same person",
    )  # fmt: skip
    parser.add_argument("--invite", action="store_true", help="send everyone new an invitation")


def run_import_people(options: argparse.Namespace) -> int:
    """Do it; returns the exit status of `import_list`."""
    return import_list("import-people", PEOPLE, options, told=_people_told, invite=options.invite)


def _people_told(counts: Mapping[str, int], applied: bool) -> Iterator[str]:
    yield f"people here: {counts['people_before']} before, {counts['people_after']} after"
    yield f"here but not in the list: {counts['missing']}"
    yield "imported" if applied else "nothing has been changed"


def import_accounts_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: which file, where, how to read it, and who imports it."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, xlsx, xls or ods, with headings")
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument("--by", required=True, metavar="EMAIL", help="the person importing it")
    parser.add_argument(
        "--mapping",
        metavar="NAME",
        help="a saved column mapping, by its name on the page (without it, the "
        "headings must be recognisable)",
    )
    parser.add_argument("--preview", action="store_true", help="preview the result and change nothing")


def run_import_accounts(options: argparse.Namespace) -> int:
    """Do it; returns the exit status of `import_list`."""
    return import_list("import-accounts", ACCOUNTS, options, told=_accounts_told, offered=offered)


def _accounts_told(counts: Mapping[str, int], applied: bool) -> Iterator[str]:
    yield f"accounts here: {counts['accounts_before']} before, {counts['accounts_after']} after"
    yield "imported: nothing is posted to them yet" if applied else "nothing has been changed"


LARGEST = 4_000_000_000
"""Bytes. No school's download is larger once film is left out, and reading it stays within an hour."""


def import_posts_arguments(parser: argparse.ArgumentParser) -> None:
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


def run_import_posts(options: argparse.Namespace) -> int:
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
    content = past_import.digest_of(options.file)
    with scope(federation_id, person_id):
        brought = past_import.bring_download(
            by=by, at=now(), account=account, file=past_import.new_name(), content=content,
            size=options.file.stat().st_size, read_by_job=False,
        )  # fmt: skip
    past_import.read(federation_id, brought.pk, clock=now, source=options.file)
    brought = _again(federation_id, brought.pk)
    print("\n".join(_post_lines(brought)))
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
            past_import.remove(brought.file, federation_id=federation_id)
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


def _post_lines(brought: PastImport) -> Iterator[str]:
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


def directory_arguments(parser: argparse.ArgumentParser) -> None:
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


def run_directory(options: argparse.Namespace) -> int:
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
