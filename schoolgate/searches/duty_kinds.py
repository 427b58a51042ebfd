"""Kinds of tasks about checks of systems and searches for candidates. Their lines name no one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

# fmt: off
AGREE = declare("searches.agree", _("Agree to or decline a check of the school’s systems"), _("Read request"),
    page="search-check", mail="other")
LOOK = declare("searches.look", _("Check the school’s systems"), _("Open check"),
    page="search-check", mail="other")
DESTROY_COPY = declare("searches.destroy_copy", _("Destroy the copies from a check of the systems"),
    _("Open check"), page="search-check", mail="other")
SEARCH = declare("searches.search", _("Search for the shortlisted candidates"), _("Open vacancy"),
    page="search-vacancy", mail="other")
DESTROY_RESULTS = declare("searches.destroy_results", _("Destroy candidates’ search results"),
    _("Open vacancy"), page="search-vacancy", mail="other")
# fmt: on
