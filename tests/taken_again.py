"""Databases of tests that commit, emptied after use and taken again.

A copy of the template takes a tenth of a second of the server's, and emptying one a quarter of that. What a
test leaves otherwise than as rows (changed tables, rights, statistics) shows in the catalogue: such a
database is dropped, and so is one in which rows of the template were touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests import databases

TIMES = 40
"""A database is emptied so often, and then dropped: what was deleted keeps its place in the files."""
CATALOGUES = (
    "pg_attribute", "pg_attrdef", "pg_constraint", "pg_db_role_setting", "pg_event_trigger", "pg_index",
    "pg_largeobject_metadata", "pg_namespace", "pg_policy", "pg_proc", "pg_rewrite", "pg_statistic",
    "pg_trigger", "pg_type",
)  # fmt: skip
TABLES = """
    SELECT sum(hashtext(concat_ws(' ', oid, relname, relkind, relowner, relacl, relrowsecurity,
        relforcerowsecurity, relhastriggers, relfilenode, reltuples, reloptions))::bigint)
    FROM pg_class WHERE relpersistence <> 't'
"""
FILES = """
    SELECT format('%I', relname), pg_relation_filepath(oid) FROM pg_class
    WHERE relkind = 'r' AND oid >= 16384 AND relpersistence <> 't'
"""
BEGIN_TO_COUNT = """
    SELECT setval(d.objid, 1, false) FROM pg_depend d JOIN pg_sequence s ON s.seqrelid = d.objid
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    AND d.refobjid = ANY(%s::regclass[])
"""
END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), %s)
"""
AS_IF_NEW = (
    "CLOSE ALL; RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES"
)
"""Said to a connection of Django's that is kept."""


@dataclass
class TakenAgain:
    """The databases of this run that are taken again."""

    template: str
    _free: list[str] = field(default_factory=list)
    _new: dict[str, tuple[object, ...]] = field(default_factory=dict)
    """What each showed when it was new."""
    _emptied: dict[str, int] = field(default_factory=dict)

    def take(self) -> str:
        """Return the name of a database that is as the template is."""
        if self._free:
            return self._free.pop()
        name = databases.clone(self.template)
        with _administrator(name) as admin:
            self._new[name], self._emptied[name] = _shown(admin, _filled(admin)), 0
        return name

    def give_back(self, name: str) -> None:
        """Empty a database, or drop it. Nobody uses it any more."""
        with _administrator(name) as admin:
            kept = databases.only_kept_connection(name)
            admin.execute(END_OTHERS, [kept.info.backend_pid if kept else 0])
            if kept:
                kept.execute(AS_IF_NEW)
            free = self._emptied[name] < TIMES and self._empty(admin, name)
        if free:
            self._emptied[name] += 1
            self._free.append(name)
        else:
            databases.drop(name)

    def _empty(self, admin: psycopg.Connection[Any], name: str) -> bool:
        """Empty the tables, unless something else than rows in empty tables has changed."""
        _shown_then, *own = self._new[name]
        if _shown(admin, [table for table, _rows in own]) != self._new[name]:
            return False
        filled = [each for each in _filled(admin) if each not in dict(own)]
        if filled:
            admin.execute("SET session_replication_role = replica")  # no trigger and no key is asked
            admin.execute("; ".join(f"DELETE FROM {each}" for each in filled))
            admin.execute(BEGIN_TO_COUNT, [filled])
        return True


def _administrator(name: str) -> psycopg.Connection[Any]:
    return psycopg.connect(databases.url("superuser", name), autocommit=True)


def _filled(admin: psycopg.Connection[Any]) -> list[str]:
    """The tables into which anybody wrote: the others' files are empty."""
    data = databases.server().data
    return [table for table, file in admin.execute(FILES) if (data / file).stat().st_size]


def _shown(admin: psycopg.Connection[Any], tables: list[str]) -> tuple[object, ...]:
    """The catalogue in a few numbers, and then each of these tables with its own."""
    changes = "count(*), coalesce(sum(xmin::text::bigint), 0)"
    catalogue = [admin.execute(TABLES).fetchall()]
    catalogue += [admin.execute(f"SELECT {changes} FROM {each}").fetchall() for each in CATALOGUES]
    rows = [(each, admin.execute(f"SELECT {changes} FROM {each}").fetchall()) for each in tables]
    return catalogue, *rows
