"""Something was seen, suffered or done that ought to be known. Who has to tell whom, and by when?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Day, Facts, Instant, Person, Relation, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import ChosenTime
from schoolgate.rulebook.situations.incident import ChildPart, Harmed, IncidentKind, Told
from schoolgate.rulebook.working_time import Calendar


class IncidentReport(Facts):
    """`by` saw it, suffered it or did it: `part` says which. `kinds`: what they say it is, one or several.

    `unacceptable`: somebody's answer whether it is unacceptable conduct of another kind. `breach`: whether
    the policy was broken, as far as `by` can say. `done_by`: what whoever did it is to the school;
    `line_manager_involved`: whether it is about the line manager of `by`. `child`: what a child has to do
    with it, empty where none has; `child_is_family`: a child or relative of `by`, no unless somebody says so.
    `noticed_at`: when `by` noticed it; `first_happened`: the day of the first time. `told`: who was told so
    far, empty where nobody was; `agreed_route`: whether that went by the school's own agreed way of
    reporting. `put_right`: whether the abuse of an account was undone. `chosen`: times that the federation
    chose: "child_concern", "illegal", "breach"."""

    by: Person | None = None
    part: Literal["suffered", "saw", "did"] | None = None
    kinds: tuple[IncidentKind, ...] | None = None
    unacceptable: Attested | None = None
    breach: Literal["discovered", "suspected", "none"] | None = None
    done_by: Relation | None = None
    harmed: tuple[Harmed, ...] | None = None
    line_manager_involved: Tri = None
    child: tuple[ChildPart, ...] | None = None
    child_is_family: Tri = False
    may_be_illegal: Tri = None
    noticed_at: Instant | None = None
    first_happened: Day | None = None
    told: tuple[Told, ...] | None = None
    agreed_route: Tri = None
    put_right: Tri = None
    chosen: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


INCIDENT_REPORT = Situation(
    key="incident.report",
    title=gettext_noop("Something has happened that ought to be known"),
    facts=IncidentReport,
    points=points(
        """
        senior_told line_manager_told time_to_report safeguarding_officer_told authorities_told
        abuse_by_colleague mistake_reported advice_sought way_to_report staff_may_report account_put_right
        staff_protected
        """
    ),
)
