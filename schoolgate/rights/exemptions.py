"""Why something may be left out of an answer: a closed list, each with its place in the law."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.rights.states import Kind


@dataclass(frozen=True)
class Exemption:
    """One reason. `source`: where the law has it; "" where nothing is withheld, because it isn't asked for.
    `weighed`: only if the public interest in leaving it out is greater (FOIA 2000 s.2)."""

    key: str
    kind: str
    name: Promise
    source: str | Promise
    weighed: bool = False


def _dpa(schedule: int, paragraph: int) -> Promise:
    return format_lazy(
        _("DPA 2018 Sch. {schedule} para. {paragraph}"), schedule=schedule, paragraph=paragraph
    )


def _foia(section: int) -> Promise:
    return format_lazy(_("FOIA 2000 s.{section}"), section=section)


_ACCESS, _PUBLIC = Kind.ACCESS.value, Kind.INFORMATION.value
NOT_ASKED = "not_asked"
"""What the search found, and the request isn't about."""
UNSPOKEN = frozenset({"serious_harm", "child_abuse", "health_harm", "social_work", "crime"})
"""Exemptions that a letter leaves out: that they apply may be what does the harm."""
# fmt: off
EXEMPTIONS = (
    Exemption(NOT_ASKED, "", _("Not about this request"), ""),
    Exemption("others", _ACCESS, _("Data of other people"), _dpa(2, 16)),
    Exemption("serious_harm", _ACCESS, _("Serious harm: education data"), _dpa(3, 19)),
    Exemption("child_abuse", _ACCESS, _("Child abuse data"), _dpa(3, 21)),
    Exemption("health_harm", _ACCESS, _("Serious harm: health data"), _dpa(3, 5)),
    Exemption("social_work", _ACCESS, _("Serious harm: social work data"), _dpa(3, 11)),
    Exemption("crime", _ACCESS, _("Crime prevention and detection"), _dpa(2, 2)),
    Exemption("privilege", _ACCESS, _("Legal advice"), _dpa(2, 19)),
    Exemption("planning", _ACCESS, _("Management planning"), _dpa(2, 22)),
    Exemption("negotiating", _ACCESS, _("Negotiations with the person"), _dpa(2, 23)),
    Exemption("reference", _ACCESS, _("Confidential reference"), _dpa(2, 24)),
    Exemption("exams", _ACCESS, _("Exam marks before they are published"), _dpa(2, 25)),
    Exemption("by_law", _ACCESS, _("Another law forbids it: adoption, special needs"), _("DPA 2018 Sch. 4")),
    Exemption("elsewhere", _PUBLIC, _("Available elsewhere"), _foia(21)),
    Exemption("to_publish", _PUBLIC, _("Will be published"), _foia(22), weighed=True),
    Exemption("enforcement", _PUBLIC, _("Law enforcement"), _foia(31), weighed=True),
    Exemption("affairs", _PUBLIC, _("Harm to the conduct of public affairs"), _foia(36), weighed=True),
    Exemption("safety", _PUBLIC, _("Health and safety"), _foia(38), weighed=True),
    Exemption("personal", _PUBLIC, _("Personal data"), _foia(40)),
    Exemption("confidence", _PUBLIC, _("Given in confidence"), _foia(41)),
    Exemption("advice", _PUBLIC, _("Legal advice"), _foia(42), weighed=True),
    Exemption("commercial", _PUBLIC, _("Commercial interests"), _foia(43), weighed=True),
)
# fmt: on
COVERED = {_ACCESS: "others", _PUBLIC: "personal"}
"""Why words are covered: they are other people's."""


def exemptions_for(kind: str) -> list[Exemption]:
    """Return what may be chosen for a kind of request."""
    return [one for one in EXEMPTIONS if one.kind in ("", kind)]


def exemption(key: str) -> Exemption | None:
    """Return one by its key."""
    return next((one for one in EXEMPTIONS if one.key == key), None)
