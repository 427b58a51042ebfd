"""Apply a list of people. Its steps are those of every list (`people.lists.importer`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School
from schoolgate.people import queries, rules
from schoolgate.people.actions.importing_rows import write_people
from schoolgate.people.actions.persons import check_still_staffed
from schoolgate.people.importing.fields import HEADINGS, Field, check_columns
from schoolgate.people.importing.here import names_line_managers
from schoolgate.people.importing.planning import Plan, plan_import
from schoolgate.people.lists.columns import known_headings
from schoolgate.people.lists.importer import Events, Importer
from schoolgate.people.lists.storing import Shape
from schoolgate.people.models import ImportMapping, PeopleImport, Person
from schoolgate.people.states import Relation


def _check_columns(
    by: Person, columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]
) -> None:
    if Field.MANAGER in columns and not names_line_managers(queries.book_for(by)):
        raise BadInput({"manager": _("This policy doesn’t mention line managers. Leave this column out.")})
    check_columns(columns, defaults, headings)


def _meanings(by: Person) -> Mapping[str, set[str]]:
    return {
        Field.RELATION: set(Relation.values),
        Field.ROLE: {"", *(role.key for role in queries.book_for(by).roles)},
        Field.SCHOOL: {"", *map(str, School.objects.values_list("pk", flat=True))},
        Field.LANGUAGE: set(by.federation.languages),
        Field.ACTIVE: {"yes", "no"},
    }


def _write(plan: Plan, importing: PeopleImport, *, by: Person, at: datetime, invite: bool = False) -> None:
    """Write the plan of an import. Removes no one and ends no role. People can't sign in because of it,
    unless `invite` sends an invitation to each new person. Raises NotNow where no one would be left to manage
    people."""
    write_people(plan, by=by, at=at, invite=invite)
    check_still_staffed(by.federation, on=local_day(at))


PEOPLE = Importer(
    lists=PeopleImport,
    mappings=ImportMapping,
    events=Events(
        uploaded="people.import_started",
        explained="people.mapping_kept",
        applied="people.import_done",
        dropped="people.import_dropped",
        lapsed="people.import_lapsed",
    ),
    may=rules.check_may_administer,
    check_columns=_check_columns,
    plan=plan_import,
    write=_write,
    ids={"added": "people_added", "roles": "roles_given"},
    meanings=_meanings,
    shape=Shape(known=known_headings(HEADINGS)),
)
