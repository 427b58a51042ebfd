"""Importing a list of pupils: its possible columns, what consent words mean, and who has left."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.core.models import School
from schoolgate.pupils.consents import channels_here
from schoolgate.pupils.importing import PUPILS
from schoolgate.pupils.list_lines import Field, can_mean, consent_fields, label_of, offered
from schoolgate.pupils.models import Answer
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.list_words import Meanings
from schoolgate.web.frame.lists import Columns, ImportPages


def _columns(visit: Visit) -> Columns:
    schools = [(str(school.pk), school.name) for school in School.objects.order_by("name")]
    consents = consent_fields(channels_here())
    return Columns(
        fields=[*Field.choices, *((name, label_of(name)) for name in consents)],
        offered=offered,
        for_all={
            Field.SCHOOL.value: (
                _("If there’s no such column, these pupils are at"),
                [("", _("Choose")), *schools],
            ),
        },
        rare=consents[len(consent_fields([])) :],
        chosen={Field.SCHOOL.value: schools[0][0]} if len(schools) == 1 else {},
        name=_("Pupils"),
        name_help=_("For example, Pupils. The next list with the same headings will be read the same way."),
    )


def _applied(counts: Mapping[str, int]) -> str:
    number = counts["pupils_added"]
    told = ngettext("List imported. {number} new pupil.", "List imported. {number} new pupils.", number)
    told = told.format(number=number)
    if not (held := counts.get("held", 0)):
        return told
    waits = ngettext(
        "{number} change waits for a safeguarding lead, because the pupil is on the do-not-publish list.",
        "{number} changes wait for a safeguarding lead, because the pupils are on the do-not-publish list.",
        held,
    )
    return f"{told} {waits.format(number=held)}"


PAGES = ImportPages(
    kind=PUPILS,
    place="people",
    back="pupils",
    name="pupils-import",
    path="pupils/import",
    templates="pupils/",
    title=_("Import pupils and consents"),
    lead=_("Import a report from your school’s records. You check the changes, then confirm them."),
    ended=_("List of pupils"),
    file_help=_(
        "CSV, Excel (xlsx, xls) or OpenDocument file with column headings. At most 5,000 rows and 10 MB."
    ),
    columns=_columns,
    heads=(_("Name"), _("Pupil number")),
    applied=_applied,
    after="pupils",
    choices=lambda request: {name: request.POST.get(name) == "yes" for name in ("left", "emptied")},
    meanings=lambda _visit: Meanings(lambda _field: Answer.choices, label_of, can_mean),
    asks_again=(Field.SCHOOL,),
)
