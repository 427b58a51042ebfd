"""Why something may be left out of an answer: a closed list, each with its place in the law."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.rights.states import Kind


@dataclass(frozen=True)
class Exemption:
    """One reason. `source`: where the law has it; "" where nothing is withheld, because it isn't asked for.
    `weighed`: only if the public interest in leaving it out is greater (FOIA 2000 s.2)."""

    key: str
    kind: str
    name: Promise
    source: str
    weighed: bool = False


_ACCESS, _PUBLIC = Kind.ACCESS.value, Kind.INFORMATION.value
NOT_ASKED = "not_asked"
"""What the search found, and the request isn't about."""
# fmt: off
EXEMPTIONS = (
    Exemption(NOT_ASKED, "", _("Not about this request"), ""),
    Exemption("others", _ACCESS, _("Data of other people"), "DPA 2018 Sch. 2 para. 16"),
    Exemption("serious_harm", _ACCESS, _("Serious harm: education data"), "DPA 2018 Sch. 3 para. 19"),
    Exemption("child_abuse", _ACCESS, _("Child abuse data"), "DPA 2018 Sch. 3 para. 21"),
    Exemption("health_harm", _ACCESS, _("Serious harm: health data"), "DPA 2018 Sch. 3 para. 5"),
    Exemption("social_work", _ACCESS, _("Serious harm: social work data"), "DPA 2018 Sch. 3 para. 11"),
    Exemption("crime", _ACCESS, _("Crime prevention and detection"), "DPA 2018 Sch. 2 para. 2"),
    Exemption("privilege", _ACCESS, _("Legal advice"), "DPA 2018 Sch. 2 para. 19"),
    Exemption("planning", _ACCESS, _("Management planning"), "DPA 2018 Sch. 2 para. 22"),
    Exemption("negotiating", _ACCESS, _("Negotiations with the person"), "DPA 2018 Sch. 2 para. 23"),
    Exemption("reference", _ACCESS, _("Confidential reference"), "DPA 2018 Sch. 2 para. 24"),
    Exemption("exams", _ACCESS, _("Exam marks before they are published"), "DPA 2018 Sch. 2 para. 25"),
    Exemption("by_law", _ACCESS, _("Another law forbids it: adoption, special needs"), "DPA 2018 Sch. 4"),
    Exemption("elsewhere", _PUBLIC, _("Available elsewhere"), "FOIA 2000 s.21"),
    Exemption("to_publish", _PUBLIC, _("Will be published"), "FOIA 2000 s.22", weighed=True),
    Exemption("enforcement", _PUBLIC, _("Law enforcement"), "FOIA 2000 s.31", weighed=True),
    Exemption("affairs", _PUBLIC, _("Harm to the conduct of public affairs"), "FOIA 2000 s.36", weighed=True),
    Exemption("safety", _PUBLIC, _("Health and safety"), "FOIA 2000 s.38", weighed=True),
    Exemption("personal", _PUBLIC, _("Personal data"), "FOIA 2000 s.40"),
    Exemption("confidence", _PUBLIC, _("Given in confidence"), "FOIA 2000 s.41"),
    Exemption("advice", _PUBLIC, _("Legal advice"), "FOIA 2000 s.42", weighed=True),
    Exemption("commercial", _PUBLIC, _("Commercial interests"), "FOIA 2000 s.43", weighed=True),
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
