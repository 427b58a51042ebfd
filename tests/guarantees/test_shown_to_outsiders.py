"""What people outside can read has a door: every text of the database is marked, and whatever of it comes to
a page that needs no sign-in, or stands there to be copied out, leaves by one of `core/doors.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import psycopg
import pytest
from django.apps import apps
from django.db.models import CharField, Field, Model, TextField
from django.test import Client
from lxml import html
from psycopg import sql

from schoolgate.accounts.closing import begin_closing
from schoolgate.core.data_map.entries import Kind, load
from schoolgate.core.tenancy import scope
from tests.conftest import as_superuser
from tests.web.addresses import ALL
from tests.web.conftest import sign_in
from tests.web.everything import one_of_everything
from tests.web.signing import show_second_step
from tests.web.things import NOW

__all__ = ["sign_in"]
MARK = re.compile(r"qz(\d{4})zq")
TO_COPY = re.compile(r"\bcopy (?:this|the) text\b|\bto copy\b", re.IGNORECASE)
UNMARKED = {
    "accounts.Account.address": "each has its own: the register shows it, and `leaves` has it",
    "accounts.Archive.digest": "no words",
    "publishing.News.owner": "only where another owns it: staff alone read it",
    "inbox.ItemWord.word": "each once: words by which staff find a comment",
}
"""Fields whose rows the database doesn't let change."""

Column = tuple[type[Model], Field]


def texts() -> list[Column]:
    """Every field that holds words a person typed, as the data map has it."""
    content = {(field.table, field.name) for field in load().fields() if field.kind is Kind.CONTENT}
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if (model._meta.label, field.name) in content
        and isinstance(field, CharField | TextField)
        and not (field.choices or field.unique)
    ]


def mark_all(columns: list[Column]) -> set[str]:
    """Put its mark into every row of each; return those that didn't take one."""
    unmarked = set()
    with as_superuser() as there:
        there.execute("SET session_replication_role = replica")
        for number, (model, field) in enumerate(columns):
            names = map(sql.Identifier, (model._meta.db_table, field.column))
            try:
                with there.transaction():
                    there.execute(sql.SQL("UPDATE {} SET {} = %s").format(*names), [f"qz{number:04}zq"])
            except psycopg.errors.IntegrityError:
                unmarked.add(f"{model._meta.label}.{field.name}")
    return unmarked


def seen_in(words: str) -> set[int]:
    return {int(number) for number in MARK.findall(words)}


def copied_from(words: str) -> set[int]:
    """The marks in what a page gives to be copied out: its boxes for that, and what is beside such words."""
    if "data-copy" not in words and not TO_COPY.search(words):
        return set()
    page = html.fromstring(words.encode())
    boxes = page.xpath("//*[@data-copy]")
    boxes += [each.getparent() for each in page.xpath("//body//*") if TO_COPY.search(each.text or "")]
    return {number for box in boxes for number in seen_in(box.text_content())}


def without_a_door(numbers: Iterable[int], columns: list[Column]) -> set[str]:
    leaves = {(field.table, field.name): field.leaves for field in load().fields()}
    shown = ((model._meta.label, field.name) for model, field in (columns[number] for number in numbers))
    return {".".join(each) for each in shown if leaves[each] is None}


def pages(here, client: Client) -> Iterator[str]:
    for address in ALL:
        if "GET" in getattr(address.view, "methods", ("GET",)):
            answer = client.get(here.path(address))
            if answer.status_code == 200 and not answer.streaming:
                yield answer.content.decode(errors="replace")


@pytest.mark.usefixtures("own_database")
def test_what_a_stranger_can_read_and_what_is_there_to_be_copied_leaves_by_a_door(in_world, sign_in):
    found = in_world(one_of_everything, NOW)
    with scope(found.here.federation.pk):
        begin_closing(account=found.here.board, by=found.people[0], at=NOW)
    columns = texts()
    assert mark_all(columns) == set(UNMARKED)
    client, stranger = sign_in(found.people[0]), Client()
    show_second_step(client, found.people[0])
    client.raise_request_exception = stranger.raise_request_exception = False
    read = {number for page in pages(found.here, stranger) for number in seen_in(page)}
    copied = {number for page in pages(found.here, client) for number in copied_from(page)}
    names = {f"{columns[number][0]._meta.label}.{columns[number][1].name}" for number in read | copied}
    assert names >= {
        "accounts.Closing.followers",
        "accounts.Account.purpose",
        "networks.NoticeboardPost.text",
    }
    assert without_a_door(read | copied, columns) == set(), (
        "Outsiders can read these. Say in schoolgate/core/data_map/tables/<room>.yaml by which door they "
        "leave (`leaves`, core/doors.py), and have `check_leaving` read them."
    )


def test_what_has_no_door_is_found_in_a_box_and_beside_words_about_copying():
    columns = texts()
    labels = [f"{model._meta.label}.{field.name}" for model, field in columns]
    who, followers = labels.index("accounts.Closing.who"), labels.index("accounts.Closing.followers")
    box = f"<div data-copy><textarea>qz{who:04}zq</textarea></div><p>qz0000zq</p>"
    beside = (
        f"<section><p>Copy this text and publish it.</p><p>qz{followers:04}zq</p></section><p>qz0000zq</p>"
    )
    assert copied_from(f"<html><body>{box}{beside}</body></html>") == {who, followers}
    assert without_a_door({who, followers}, columns) == {"accounts.Closing.who"}
