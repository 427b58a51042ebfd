"""Importing a list of people: what its columns may be, what its words mean, and whether to invite."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.people import rules
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_lines import Field, Here, look_here, offered
from schoolgate.people.models import Relation
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.lists import NOTHING, Choices, Columns, ImportPages, Meanings
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.people.person import languages_of


def _choices(name: Field, here: Here) -> Choices:
    """Return what a word of this field may mean."""
    found: Mapping[Field, Choices] = {
        Field.RELATION: list(Relation.choices),
        Field.ROLE: [
            (NOTHING, _("No policy role")), *((role.key, role.name) for role in here.book.roles)
        ],
        Field.SCHOOL: [
            (NOTHING, _("The whole federation")),
            *((str(pk), school.name) for pk, school in here.schools.items()),
        ],
        Field.LANGUAGE: list(languages_of(here.federation)),
        Field.ACTIVE: [("yes", _("Active")), ("no", _("Not active"))],
    }  # fmt: skip
    return found[name]


def _meanings(visit: Visit) -> Meanings:
    here = look_here(visit.on)
    return Meanings(lambda name: _choices(Field(name), here), lambda name: Field(name).label)


def _columns(visit: Visit) -> Columns:
    here = look_here(visit.on)
    for_all = {
        Field.RELATION: _("If there’s no such column: everyone in this list is"),
        Field.SCHOOL: _("If there’s no such column: roles in this list apply to"),
        Field.LANGUAGE: _("If there’s no such column: language for new people"),
    }
    one = [str(pk) for pk in here.schools]
    return Columns(
        chosen={Field.SCHOOL.value: one[0]} if len(one) == 1 else {},
        fields=[each for each in Field.choices if each[0] != Field.MANAGER or here.names_line_managers],
        offered=offered,
        for_all={
            each.value: (label, [("", _("Choose")), *_choices(each, here)]) for each, label in for_all.items()
        },
        name_help=_("For example: Staff list. The next list with the same headings uses the same settings."),
    )


def _applied(counts: Mapping[str, int]) -> str:
    return gettext("List imported. New people: {number}.").format(number=counts["people_added"])


PAGES = ImportPages(
    kind=PEOPLE,
    place="people",
    back="people",
    name="people-import",
    path="people/import",
    templates="people/import_",
    title=_("Import people"),
    lead=_(
        "Import staff, governors or volunteers from a list you have elsewhere. You check the changes, then "
        "confirm them."
    ),
    ended=_("List of people"),
    file_help=_(
        "CSV, Excel (xlsx, xls) or OpenDocument file with column headings. At "
        "most 10,000 rows and 10 MB. You’ll see all changes before anything is "
        "changed."
    ),
    columns=_columns,
    heads=(_("Name"), _("Email address")),
    applied=_applied,
    meanings=_meanings,
    choices=lambda request: {"invite": request.POST.get("invite") == "yes"},
)


@beside_people
def leads_to_lists(visit: Visit) -> PlaceLink | None:
    """Return a link, for people who manage people."""
    if not rules.can(rules.check_may_administer, visit.person, on=visit.on):
        return None
    return PlaceLink("people-import", _("Import people"))


urlpatterns = PAGES.urls()
