"""From the release in which a lead could say that someone was hurt, to this one, in which that is the
reporter's word alone: the concern may again be about a person found in the words."""

from __future__ import annotations

from django.db import connection

from schoolgate.core.management.commands.migrate import WholeMigrations
from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import KeptOut
from tests import databases
from tests.cast import someone
from tests.conftest import as_superuser
from tests.incidents.conftest import wrong

BEFORE = ("incidents", "0007_words_lost_in_a_restore")
AFTER = ("incidents", "0008_hurt_by_their_own_word")


def bring_to(name, state):
    """Bring the tables of concerns to a state, as the owner, as an upgrade does."""
    databases.connect_to(name, role="schoolgate_owner")
    WholeMigrations(connection).migrate([state])
    databases.connect_to(name)


def test_a_leads_word_that_someone_was_hurt_ends_and_the_reporters_stays(own_database, under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        lead, report = someone("Dee Lead"), wrong(at)
        hurt = {"own": (True, None), "lead": (True, lead.pk), "neither": (False, None)}
        people = {said: someone(f"{said.title()} Person") for said in hurt}
        rows = {said: KeptOut.every.create(report=report, person=people[said]).pk for said in hurt}
    bring_to(own_database, BEFORE)
    with as_superuser() as past:
        for said, (harmed, by) in hurt.items():
            past.execute(
                "UPDATE incidents_keptout SET harmed = %s, harmed_by_id = %s WHERE id = %s",
                [harmed, by, rows[said]],
            )
    bring_to(own_database, AFTER)
    with scope(federation.pk):
        now = dict(KeptOut.every.filter(pk__in=rows.values()).values_list("pk", "harmed"))
    assert {said: now[pk] for said, pk in rows.items()} == {"own": True, "lead": False, "neither": False}
    with as_superuser() as now_there:
        (forced,) = now_there.execute(
            "SELECT relforcerowsecurity FROM pg_class WHERE oid = 'incidents_keptout'::regclass"
        ).fetchone()
    assert forced, "the owner is bound by the rows' federation again"
