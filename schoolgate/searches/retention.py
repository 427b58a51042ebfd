"""Checks of systems and vacancies that are over: what is due, and how it is destroyed.

Their rows stay: who asked, agreed, searched and destroyed, and when. Copies from a check and what was found
about candidates go earlier, on the day that the federation's policy gives (`actions`).
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.retention import NUMBERED, SIX_YEARS, Area, Declared, Part, Public, Row
from schoolgate.policy.models import DECIDED_ON
from schoolgate.searches.models import (
    Candidate,
    CheckCopy,
    CheckState,
    CopyUsed,
    SystemCheck,
    Vacancy,
    VacancyState,
)

STORED = CheckCopy.objects.filter(check_made=OuterRef("pk"), destroyed_at=None)


class Checks(Declared):
    """Checks of the school's systems that were done or declined."""

    key, number, endings = "checks", 14, ("check_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Checks of school systems")
    thing = _("Check of systems")
    counted = _("From the day it was done or declined.")
    goes = _("What was looked at and why, whose use it was, the result, and who received copies.")
    stays = _(
        "The check’s dates, and who asked for it, agreed to it and did it. A check stays "
        "while a copy from it is stored."
    )
    because = SIX_YEARS
    first = _("Enter the result, destroy its copies, and finish every task about it.")
    row = Row(
        SystemCheck,
        over=Q(state__in=(CheckState.DONE, CheckState.DECLINED)) & ~Q(Exists(STORED)),
        since="state_at",
        empties={"words_ref": None, "result_ref": None, "policy_named": "", "about": None},
        sealed=("words_ref", "result_ref"),
        parts=(
            Part(CopyUsed, "copy__check_made", {"words_ref": None}, sealed=("words_ref",)),
            DECIDED_ON,
        ),
    )


class Vacancies(Declared):
    """Vacancies for which the appointment was decided."""

    key, number, endings = "vacancies", 15, ("vacancy_period",)
    area = Area.PEOPLE
    public = Public.NOWHERE
    name = _("Vacancies and candidate searches")
    thing = _("Vacancy")
    counted = _("From the day the appointment was decided, or what was found was destroyed.")
    goes = _("The job, the search terms, and what is still stored of candidates’ names, results and answers.")
    stays = _("The vacancy’s dates, who searched, and who was on the panel.")
    because = _(
        "Our suggestion: one year. No law sets a number; most claims about recruitment must be made within "
        "three months (Equality Act 2010, section 123)."
    )
    first = _("Record the decision on the appointment, and destroy what was found.")
    row = Row(
        Vacancy,
        over=Q(state__in=(VacancyState.DECIDED, VacancyState.DESTROYED)),
        since="state_at",
        empties={"title": NUMBERED, "terms": "-"},
        parts=(
            Part(
                Candidate, "vacancy", {"name_ref": None, "found_ref": None, "answer_ref": None},
                sealed=("name_ref", "found_ref", "answer_ref"),
            ),
            DECIDED_ON,
        ),
    )  # fmt: skip
