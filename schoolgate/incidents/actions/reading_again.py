"""Look again for the people that the words of concerns may mean: those that came before this way of reading,
and all of them when a person comes, is renamed, or does something else here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.models import Federation, VaultSecret
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.incidents.actions.keeping import SEALED
from schoolgate.incidents.actions.keeping_out import keep_out_found
from schoolgate.incidents.actions.reading import strings_in
from schoolgate.incidents.models import KeptOut, Report
from schoolgate.people.named import Names
from schoolgate.people.queries import book_of
from schoolgate.people.reading_words import NO_ONE, Hurt, words_among

AT_ONCE = 50


@action
def read_names_again(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Keep people out of concerns that may mean them, and in whose words they weren't found when these came;
    newest first, each by itself, safe to run twice. Who may know of one by now stays. Returns how many
    were read; if that is `limit`, there are more."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    names = Names(book_of(federation), on=local_day(at))
    digest = names.digest()
    rows = Report.objects.filter(destroyed_at=None).exclude(names_read=digest).order_by("-pk")
    waiting = list(
        rows.select_related("federation", "school", "by", "taken_by").select_for_update(
            skip_locked=True, of=("self",)
        )[:limit]
    )
    left = each_by_itself(
        waiting, lambda row: _read(row, names, digest, at=at), at=at, failed="a concern was not read again"
    )
    return len(waiting) - len(left)


def _read(report: Report, names: Names, digest: str, *, at: datetime) -> None:
    spared = Q(let_in_at__isnull=False) | Q(harmed=True)
    known = KeptOut.every.filter(spared, report=report).values_list("person_id", flat=True)
    without = {*known, report.by_id}
    for said in _said_by_reporter(report):
        texts = [str(said.get("what", "")), str(said.get("where", ""))]
        texts += strings_in(said.get("thing"), under="texts")
        hurt, who = _hurt(said), str(said.get("about_who", ""))
        texts += [] if hurt.who else [str(said.get("harmed_who", ""))]
        found = words_among(names, *texts, who=who, hurt=hurt)
        keep_out_found(report, found, without=[one for one in without if one], at=at)
    Report.objects.filter(pk=report.pk).update(names_read=digest)


def _hurt(said: dict[str, Any]) -> Hurt:
    """Return who was only hurt or threatened, as the reporter's own clear word was kept."""
    if not said.get("only_harmed"):
        return NO_ONE
    return Hurt(frozenset(said.get("harmed", ())), str(said.get("harmed_who", "")))


def _said_by_reporter(report: Report) -> Iterator[dict[str, Any]]:
    """Yield what the reporter wrote. The database gives rows of content only to readers of the concern; this
    is the program's own reading, shown to no one. What was written about it by those who deal with it names
    people who may know, and isn't read."""
    refs = VaultSecret.objects.filter(purpose=SEALED, about=subject_of(report)).order_by("pk")
    for ref in refs.values_list("pk", flat=True):
        text = vault.reveal(ref)
        said = json.loads(text) if text.startswith("{") else None
        if isinstance(said, dict) and ("about_who" in said or said.get("added")):
            yield said
