"""A list of people is brought, explained, and taken over: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.people import queries, rules
from schoolgate.people.actions.importing_rows import write_people
from schoolgate.people.actions.persons import check_still_staffed
from schoolgate.people.importing.fields import WITH_WORDS, Field, check_columns, headings_of
from schoolgate.people.importing.here import look_here, names_line_managers
from schoolgate.people.importing.planning import Plan, plan_import
from schoolgate.people.lists.columns import Meaning
from schoolgate.people.lists.importing import (
    check_school,
    drop,
    enter,
    free_name,
    keep_mapping,
    let_lapse,
    note_erased,
    take_over,
)
from schoolgate.people.lists.storing import KeptList
from schoolgate.people.lists.taking import (
    check_taken,
    ended,
    look_again,
    not_explained,
    wait_for_others,
)
from schoolgate.people.models import ImportMapping, PeopleImport, Person
from schoolgate.people.sheets import Sheet
from schoolgate.people.states import Relation
from schoolgate.people.states.importing import ImportState


@action
def start_import(*, by: Person, at: datetime, kept: KeptList) -> PeopleImport:
    """Enter a list that was put away (`storing.keep_list`); one with the same headings is read like the one
    before. Raises NotAllowed."""
    rules.check_may_administer(by, on=local_day(at))
    importing = enter(PeopleImport, ImportMapping, kept, by=by, at=at)
    record("people.import_started", subject=importing, at=at, actor=by, lines=importing.lines)
    return importing


@action
def explain_columns(
    *,
    by: Person,
    at: datetime,
    importing: PeopleImport,
    sheet: Sheet,
    name: str,
    columns: Mapping[str, str],
    defaults: Mapping[str, str],
    shape: str,
) -> ImportMapping:
    """Say what the columns of a list are, under a name; the words explained before are kept.

    A mapping of that name, for the same headings, is changed. Raises NotAllowed, NotNow (no longer open),
    BadInput (name_of_mapping, or a field).
    """
    _check_open(by, importing, at=at)
    name = free_name(ImportMapping, name, shape)
    book = queries.book_of(by.federation)
    if Field.MANAGER in columns and not names_line_managers(book):
        raise BadInput({"manager": _("This policy doesn’t mention line managers. Leave this column out.")})
    check_columns(columns, defaults, headings_of(sheet))
    check_school(defaults)
    mapping = keep_mapping(
        ImportMapping, importing, name=name, shape=shape, columns=columns, defaults=defaults, by=by, at=at
    )
    record("people.mapping_kept", subject=mapping, at=at, actor=by)
    return mapping


@action
def explain_words(
    *, by: Person, at: datetime, importing: PeopleImport, words: Mapping[str, Mapping[str, str]]
) -> ImportMapping:
    """Say what words of a list mean here: field -> {word as `same_word` has it: ours}; other words stay.

    Raises NotAllowed, NotNow (no longer open, or no columns yet), BadInput (a word that is none of ours).
    """
    _check_open(by, importing, at=at)
    mapping = importing.mapping
    if mapping is None:
        raise not_explained()
    allowed = _allowed(by)
    kept = {field: dict(each) for field, each in mapping.words.items()}
    for field, each in words.items():
        if field not in WITH_WORDS or set(each.values()) - allowed[field]:
            raise BadInput({field: _("Choose one of the meanings offered.")})
        kept[field] = kept.get(field, {}) | dict(each)
    mapping.words, mapping.changed_by, mapping.changed_at = kept, by, at
    mapping.save(update_fields=["words", "changed_by", "changed_at"])
    record("people.mapping_kept", subject=mapping, at=at, actor=by)
    return mapping


def _allowed(by: Person) -> Mapping[str, set[str]]:
    """What a word may mean, by field."""
    return {
        Field.RELATION: set(Relation.values),
        Field.ROLE: {"", *(role.key for role in queries.book_of(by.federation).roles)},
        Field.SCHOOL: {"", *map(str, School.objects.values_list("pk", flat=True))},
        Field.LANGUAGE: set(by.federation.languages),
        Field.ACTIVE: {"yes", "no"},
    }


def what_comes_of(importing: PeopleImport, sheet: Sheet, *, by: Person, on: date) -> Plan:
    """What would come of an import on a day, line by line. Raises NotNow where the columns are not
    explained."""
    if importing.mapping is None:
        raise not_explained()
    meaning = Meaning.of(importing.mapping)
    return plan_import(sheet, meaning, look_here(on), by=by, content=importing.content)


@action
def import_people(
    *, by: Person, at: datetime, importing: PeopleImport, sheet: Sheet, seen: str, invite: bool = False
) -> PeopleImport:
    """Take a list over, exactly as it was shown: `seen` is `Plan.seen` of what `by` looked at.

    All of it or nothing: while one line is refused, nothing is taken over. Nobody is removed and no role is
    ended. Nobody can sign in by it, unless `invite` asks for an invitation to each who is new. Raises
    NotAllowed, NotNow (ended, something changed meanwhile, a line is refused, nobody would look after
    people any more).
    """
    importing = _check_open(by, importing, at=at)
    wait_for_others()
    plan = what_comes_of(importing, sheet, by=by, on=local_day(at))
    check_taken(refused=plan.refused, shown=plan.seen, seen=seen)
    try:
        with transaction.atomic():
            write_people(plan, by=by, at=at, invite=invite)
    except IntegrityError:
        # Somebody was added, at this federation or with another one's sign-in, while we were writing.
        raise look_again() from None
    check_still_staffed(by.federation, on=local_day(at))
    over = take_over(importing, at=at, counts=plan.counts)
    record(
        "people.import_done",
        subject=importing,
        at=at,
        actor=by,
        added=plan.counts["people_added"],
        roles=plan.counts["roles_given"],
        content=importing.content,
    )
    return over


@action
def drop_import(*, by: Person, at: datetime, importing: PeopleImport) -> PeopleImport:
    """Do not take a list over; its lines are erased. Raises NotAllowed, NotNow (no longer open)."""
    importing = _check_open(by, importing, at=at)
    over = drop(importing, at=at)
    record("people.import_dropped", subject=importing, at=at, actor=by)
    return over


@action
def let_imports_lapse(*, at: datetime) -> list[str]:
    """End the imports that nobody confirmed in a day; returns the files of all that have ended and still
    have one, for the sweep to erase once the transaction is over."""
    return let_lapse(PeopleImport, "people.import_lapsed", at=at)


@action
def note_lists_erased(*, at: datetime, files: list[str]) -> None:
    """The files are gone: nothing points to them any more. `at` is the sweep's instant."""
    note_erased(PeopleImport, files)


def _check_open(by: Person, importing: PeopleImport, *, at: datetime) -> PeopleImport:
    """The import, locked. Raises NotAllowed, NotFound (somebody else's), NotNow (no longer open)."""
    rules.check_may_administer(by, on=local_day(at))
    found = queries.import_for(by, importing.pk, lock=True)
    if found.state != ImportState.OPEN:
        raise ended()
    return found
