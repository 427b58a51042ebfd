"""Something was seen, suffered or done that ought to be known. Who has to tell whom, and by when?"""

from datetime import timedelta
from typing import Literal

from schoolgate.rulebook.facts import Act, Attested, Day, Facts, Instant, Relation, Tri, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.chosen_time import ChosenTime, due_by_choice, is_over
from schoolgate.rulebook.situations.incident import ChildPart, Harmed, IncidentKind, Told, found_unacceptable
from schoolgate.rulebook.working_time import Calendar, in_utc, local_day


@moment(
    "incident.report",
    _("Something has happened that ought to be known"),
    """senior_told line_manager_told time_to_report safeguarding_officer_told authorities_told
    abuse_by_colleague mistake_reported advice_sought way_to_report staff_may_report account_put_right
    staff_protected""",
)
class IncidentReport(Act, asked_of="incident.reporter", prefix="incident."):
    """`by` saw it, suffered it or did it: `part` says which. `kinds`: what they say it is, one or several.

    `unacceptable`: somebody's answer whether it is unacceptable conduct of another kind. `breach`: whether
    the policy was broken, as far as `by` can say. `done_by`: what whoever did it is to the school;
    `aimed_at_account`: whether it is aimed at an official account or its people;
    `line_manager_involved`: whether it is about the line manager of `by`. `child`: what a child has to do
    with it, empty where none has; `child_is_family`: a child or relative of `by`, no unless somebody says so.
    `noticed_at`: when `by` noticed it; `first_happened`: the day of the first time. `told`: who was told so
    far, empty where nobody was; `agreed_route`: whether that went by the school's own agreed way of
    reporting. `put_right`: whether the abuse of an account was undone. `chosen`: times that the federation
    chose: "child_concern", "illegal", "breach"."""

    part: Literal["suffered", "saw", "did"] | None = fact(_("whether you suffered it, saw it or did it"))
    kinds: tuple[IncidentKind, ...] | None = fact()
    unacceptable: Attested | None = None
    breach: Literal["discovered", "suspected", "none"] | None = fact()
    done_by: Relation | None = fact(
        _("what whoever did it is to the school"), _("What is whoever did it to the school?")
    )
    aimed_at_account: Tri = fact(
        _("whether it is aimed at an official account or at those who run it"),
        _("Is it aimed at an account of the school, or at those who run it?"),
    )
    harmed: tuple[Harmed, ...] | None = fact()
    line_manager_involved: Tri = fact(
        _("whether it is about the line manager"), _("Is it about your own line manager?")
    )
    child: tuple[ChildPart, ...] | None = fact()
    child_is_family: Tri = fact(_("whether the child is of the reporter's own family"), default=False)
    may_be_illegal: Tri = fact(_("whether it may be against the law"))
    noticed_at: Instant | None = None
    first_happened: Day | None = None
    told: tuple[Told, ...] | None = fact()
    agreed_route: Tri = fact(_("whether it was reported by the agreed way"))
    put_right: Tri = fact(_("undoing the abuse of the account"), of="account_team")
    chosen: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None

    @derived("incident.unacceptable")
    def held_unacceptable(self, _facts: Facts) -> bool | None:
        """Whether somebody found it unacceptable conduct of another kind."""
        return found_unacceptable(self.unacceptable)

    @derived("incident.child")
    def perhaps_a_child(self, _facts: Facts) -> bool:
        """Whether a child may have to do with it: yes as long as nobody knows."""
        return self.child != ()

    @derived("incident.told")
    def told_somebody_else(self, _facts: Facts) -> bool | None:
        """Whether anybody but the person themselves was told."""
        if self.told is None or (self.told and self.by is None):
            return None
        return any(self.by is None or one.key != self.by.key for one in self.told)

    @derived("incident.told")
    def days_known(self, _facts: Facts) -> bool:
        """Whether it can be told how many days the report took."""
        return self.days_to_report(self) is not None

    @derived("incident.told")
    def days_to_report(self, _facts: Facts) -> int | None:
        """The days from the first time to the first report."""
        told = min((one.at for one in self.told or () if one.at is not None), default=None)
        if told is None or self.first_happened is None:
            return None
        return max((local_day(told) - self.first_happened).days, 0)

    @derived("day", of="office")
    def at_once(self, _facts: Facts) -> Due:
        """At once: when it was noticed; where that is not known, now."""
        since = self.noticed_at or self.now
        return Due(instant=in_utc(since)) if since is not None else Due(day=self.day)

    @derived("day", of="office")
    def at_once_over(self, _facts: Facts) -> bool | None:
        """Whether any time has passed since it was noticed."""
        return is_over(self.at_once(self), self.noticed_at, self.now)

    @derived("day", of="office")
    def hours_since(self, _facts: Facts) -> int:
        """The whole hours since it was noticed."""
        return self._minutes_gone // 60

    @derived("day", of="office")
    def minutes_since(self, _facts: Facts) -> int:
        """The minutes since it was noticed that make no whole hour."""
        return self._minutes_gone % 60

    @property
    def _minutes_gone(self) -> int:
        if self.noticed_at is None or self.now is None:
            return 0
        return max((in_utc(self.now) - in_utc(self.noticed_at)) // timedelta(minutes=1), 0)

    @derived("calendar", of="office")
    def breach_due(self, _facts: Facts) -> Due | None:
        """By when a breach has to be made known."""
        return due_by_choice(self.chosen, "breach", self.noticed_at, self.day, self.calendar)

    @derived("calendar", of="office")
    def child_concern_due(self, _facts: Facts) -> Due | None:
        """By when the authorities hear of what worries about a child."""
        return due_by_choice(self.chosen, "child_concern", self.noticed_at, self.day, self.calendar)

    @derived("calendar", of="office")
    def illegal_due(self, _facts: Facts) -> Due | None:
        """By when the authorities hear of what may be against the law."""
        return due_by_choice(self.chosen, "illegal", self.noticed_at, self.day, self.calendar)
