"""The steps of every brought list, whatever stands in it: entered, explained, taken over, dropped, let go.

Each area's own actions check who may, say what the lines mean, and name the events.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.people.lists.storing import KeptList
from schoolgate.people.lists.taking import remove_after_commit
from schoolgate.people.models import Person
from schoolgate.people.models.lists import BroughtList, ListMapping
from schoolgate.people.states.importing import FILE_LASTS, IMPORT_MOVES, ImportState

L = TypeVar("L", bound=BroughtList)
M = TypeVar("M", bound=ListMapping)
LONGEST_NAME = 80


def enter(lists: type[L], mappings: type[ListMapping], kept: KeptList, *, by: Person, at: datetime) -> L:
    """A row for a list that was put away; one with headings that were read before is read like that one."""
    mapping = mappings._default_manager.filter(shape=kept.shape).order_by("-changed_at", "-pk").first()
    return lists._default_manager.create(
        by=by,
        at=at,
        file=kept.file,
        content=kept.content,
        encoding=kept.sheet.encoding,
        lines=len(kept.sheet.lines) - 1,
        mapping=mapping,
    )


def free_name(mappings: type[ListMapping], name: str, shape: str) -> str:
    """The name as it is kept. Raises BadInput where it is none, or that of lists with other headings."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput({"name_of_mapping": _("Give these settings a name of 80 characters or fewer.")})
    if mappings._default_manager.filter(name=name).exclude(shape=shape).exists():
        raise BadInput(
            {
                "name_of_mapping": _(
                    "Settings with this name are for other column headings. Choose another name."
                )
            }
        )
    return name


def check_school(defaults: Mapping[str, str]) -> None:
    """Raise BadInput where the school that holds for the whole list is none of ours."""
    school = defaults.get("school")
    if school and not School.objects.filter(pk=int(school)).exists():
        raise BadInput({"school": _("Choose one of the schools.")})


def keep_mapping(
    mappings: type[M],
    importing: BroughtList,
    *,
    name: str,
    shape: str,
    columns: Mapping[str, str],
    defaults: Mapping[str, str],
    by: Person,
    at: datetime,
) -> M:
    """Keep what the columns are under that name, and read this list by it."""
    said = {"shape": shape, "columns": dict(columns), "defaults": dict(defaults)}
    mapping, _new = mappings._default_manager.update_or_create(
        name=name, defaults={**said, "changed_by": by, "changed_at": at}
    )
    importing.mapping = mapping  # type: ignore[attr-defined]  # each kind of list has its own
    importing.save(update_fields=["mapping"])  # type: ignore[misc]
    return mapping


def take_over(importing: L, *, at: datetime, counts: Mapping[str, int]) -> L:
    """The list is taken over, with what came of it in numbers; its lines go once that is committed."""
    over = move(importing, to=ImportState.DONE, moves=IMPORT_MOVES, at=at, ended_at=at, counts=dict(counts))
    remove_after_commit(importing.file)
    return over


def drop(importing: L, *, at: datetime) -> L:
    """The list is dropped; its lines go once that is committed."""
    over = move(importing, to=ImportState.DROPPED, moves=IMPORT_MOVES, at=at, ended_at=at)
    remove_after_commit(importing.file)
    return over


def let_lapse(lists: type[BroughtList], event: str, *, at: datetime) -> list[str]:
    """End the lists that nobody confirmed in a day, each with its event; returns the files of all that have
    ended and still have one."""
    waiting = lists._default_manager.filter(state=ImportState.OPEN, at__lte=at - FILE_LASTS)
    for old in waiting.order_by("pk"):
        move(old, to=ImportState.LAPSED, moves=IMPORT_MOVES, at=at, ended_at=at)
        record(event, subject=old, at=at)
    over = lists._default_manager.exclude(state=ImportState.OPEN).exclude(file="")
    return list(over.values_list("file", flat=True))


def note_erased(lists: type[BroughtList], files: list[str]) -> None:
    """These files are gone: nothing points to them any more."""
    ended = lists._default_manager.exclude(state=ImportState.OPEN)
    ended.filter(file__in=files).update(file="")
