"""One of each thing that belongs to a concern, a data breach, or somebody's own account."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from schoolgate.accounts.unofficial import Copy
from schoolgate.breaches.cases import open_breach
from schoolgate.conduct.answers import keep_answer
from schoolgate.conduct.models import LeavingReminder, Removal
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.incidents.gathering import add_quotation
from schoolgate.incidents.models import Opening, Report
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.people.models import Departure
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook.adviser import ENTRIES
from tests.cast import someone
from tests.web.things import BEFORE, NOW, Cast, png


class OfConcerns(Cast):
    """What has an address below concerns, breaches and people's own accounts."""

    @cached_property
    def report(self) -> Report:
        with scope(self.federation.pk):
            said = ReportContent(what="Somebody is nasty.", mark=f"form {self.federation.pk}")
            return report_wrong(at=BEFORE, said_here=said, copy=Copy(png(), "image/png"))

    def _opening_of_report(self) -> int:
        with scope(self.federation.pk):
            opening = Opening.objects.create(
                reference=self.report.reference, by=self.sam, second=self.amina, words_ref=0,
                asked_at=NOW, state_at=NOW, state="agreed", report=self.report,
            )  # fmt: skip
        return opening.pk

    def _breach(self) -> int:
        with scope(self.federation.pk):
            return open_breach(by=self.sam, at=BEFORE, what="A list was sent out.", aware_at=BEFORE).pk

    def _picture_of_report(self) -> int:
        with scope(self.federation.pk):
            return self.report.steps.order_by("id")[0].pk

    def _evidence_of_report(self) -> int:
        with scope(self.federation.pk):
            lead = someone("Edda Evidence", "staff")
            Safeguarder.objects.create(place="deputy", person_id=lead.pk, since=BEFORE)
        with scope(self.federation.pk, lead.pk):
            words = {"said": "Tomos is a fool.", "source": "A chat"}
            return add_quotation(report=self.report, by=lead, at=NOW, obtained_at=BEFORE, words=words).pk

    def _saved_answer(self) -> int:
        with scope(self.federation.pk):
            entry = ENTRIES["own-account"]
            return keep_answer(by=self.amina, at=BEFORE, entry=entry, answers={"me": ["staff"]}).pk

    def _reminder_at_leaving(self) -> int:
        with scope(self.federation.pk):
            leaver = someone("Lena Leaver", "staff")
            departure = Departure.objects.create(
                person=leaver, left_on=date(2027, 7, 1), how="sign_in", noted_at=BEFORE
            )
            made = LeavingReminder.objects.create(
                departure=departure, person=leaver, state_at=BEFORE, decision_id=self._decision()
            )
            return made.pk

    def _post_to_remove(self) -> int:
        with scope(self.federation.pk):
            made = Removal.objects.create(
                person=self.amina, told_by=self.sam, told_at=BEFORE, decision_id=self._decision()
            )
            return made.pk

    def _decision(self) -> int:
        with scope(self.federation.pk):
            return DecisionRecord.objects.order_by("pk")[0].pk
