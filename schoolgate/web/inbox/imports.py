"""Importing a list of comments, messages or reviews: its possible columns, and what their words mean."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.inbox.actions.importing import COMMENTS
from schoolgate.inbox.importing.fields import KINDS, Field, accounts_for, offered
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.lists import Choices, Columns, ImportPages, Meanings


def _accounts(visit: Visit) -> Choices:
    return [(str(pk), one.name) for pk, one in accounts_for(visit.person, on=visit.on).items()]


def _columns(visit: Visit) -> Columns:
    accounts = _accounts(visit)
    return Columns(
        fields=Field.choices,
        offered=offered,
        for_all={
            Field.ACCOUNT.value: (
                _("If there’s no such column, the comments were on"),
                [("", _("Choose")), *accounts],
            ),
            Field.KIND.value: (
                _("If there’s no such column, the comments are"),
                [("", _("Choose")), *KINDS.items()],
            ),
        },
        chosen={Field.ACCOUNT.value: accounts[0][0]} if len(accounts) == 1 else {},
        name=_("Comments"),
        name_help=_("For example, Comments. The next list with the same headings will be read the same way."),
    )


def _meanings(visit: Visit) -> Meanings:
    choices: Mapping[str, Choices] = {Field.ACCOUNT: _accounts(visit), Field.KIND: list(KINDS.items())}
    return Meanings(lambda field: choices[field], lambda field: Field(field).label)


def _applied(counts: Mapping[str, int]) -> str:
    number = counts["added"]
    told = ngettext("List imported. {number} new comment.", "List imported. {number} new comments.", number)
    return told.format(number=number)


PAGES = ImportPages(
    kind=COMMENTS,
    place="inbox",
    back="inbox",
    name="comments-import",
    path="inbox/import",
    templates="inbox/import/",
    title=_("Import comments and messages"),
    lead=_("For downloads from networks that Schoolgate can’t read. You check the list, then confirm it."),
    ended=_("List of comments"),
    file_help=_(
        "CSV, Excel (xlsx, xls) or OpenDocument file with column headings. At most 2,000 rows and 10 MB."
    ),
    columns=_columns,
    heads=(_("Author"), _("Comment")),
    applied=_applied,
    after="inbox",
    choices=lambda request: {"dealt_with": request.POST.get("dealt_with") == "yes"},
    meanings=_meanings,
    asks_again=(Field.ACCOUNT,),
)
