"""Importing a list of existing accounts: its possible columns, and the messages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.accounts.importing import ACCOUNTS, Field, look_here, offered
from schoolgate.accounts.models import AccountKind
from schoolgate.accounts.opening_facts import check_may_bring_in
from schoolgate.people.rules import can
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.list_words import NOTHING
from schoolgate.web.frame.lists import Columns, ImportPages
from schoolgate.web.frame.parts import PlaceLink, beside_accounts


def _columns(visit: Visit) -> Columns:
    schools = [(str(pk), school.name) for pk, school in look_here(visit.on).schools.items()]
    return Columns(
        fields=Field.choices,
        offered=offered,
        for_all={
            Field.SCHOOL.value: (
                _("If there’s no such column, these accounts belong to"),
                [("", _("Choose")), (NOTHING, _("The whole federation")), *schools],
            ),
            Field.KIND.value: (
                _("If there’s no such column, all accounts have this type"),
                [("", _("Not known")), *AccountKind.choices],
            ),
        },
        name=_("Our accounts"),
        name_help=_(
            "For example, Our accounts. The next list with the same headings will be read the same way."
        ),
    )


def _applied(counts: Mapping[str, int]) -> str:
    number = counts["accounts_added"]
    told = ngettext(
        "{number} account is now on the register. It can’t post yet.",
        "{number} accounts are now on the register. They can’t post yet.",
        number,
    )
    return told.format(number=number)


PAGES = ImportPages(
    kind=ACCOUNTS,
    place="accounts",
    back="accounts",
    name="accounts-import",
    path="accounts/import",
    templates="accounts_import/",
    title=_("Import existing accounts"),
    lead=_(
        "Upload one list of all your schools’ existing accounts. You’ll see the outcome for each row before "
        "you confirm."
    ),
    ended=_("Accounts list"),
    file_help=_(
        "CSV, Excel (xlsx, xls) or OpenDocument file with column headings, up to "
        "500 accounts. You’ll see all changes before anything is imported."
    ),
    columns=_columns,
    heads=(_("Account"), _("Address")),
    applied=_applied,
    after="/accounts?show=there",
)


@beside_accounts
def leads_to_lists(visit: Visit) -> PlaceLink | None:
    """Return the link for people who import such a list."""
    if not can(check_may_bring_in, visit.person, on=visit.on):
        return None
    return PlaceLink("accounts-import", _("Import existing accounts"))


urlpatterns = PAGES.urls()
