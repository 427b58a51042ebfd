"""One of each thing that belongs to an account, is like one, or is on the way to one."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

from schoolgate.accounts.closing import ask_for_archive
from schoolgate.accounts.contributors import enter_admission
from schoolgate.accounts.handover import begin_handovers
from schoolgate.accounts.importing import ACCOUNTS
from schoolgate.accounts.keys import keep_key
from schoolgate.accounts.models import (
    Account,
    AskedFor,
    Condition,
    Fake,
    GoingOn,
    PagePicture,
    PaperKey,
    SmallProposal,
    TeamMember,
    TrainingWanted,
)
from schoolgate.accounts.opening import offer_part
from schoolgate.accounts.proposing import start_proposal
from schoolgate.accounts.register import enter_associated
from schoolgate.accounts.unofficial import Copy, note_found, report_fake
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.people.assignments import give_permission
from schoolgate.people.list_importer import keep_list, upload
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.things import BEFORE, NOW, Cast, png


class OfAccounts(Cast):
    """What has an address below accounts, proposals, the register and keys."""

    @cached_property
    def fake(self) -> Fake:
        with scope(self.federation.pk):
            return report_fake(
                at=BEFORE, address="https://www.facebook.com/fake", words="It sells.", where=lambda _: "",
                copy=Copy(png(), "image/png"),
            )  # fmt: skip

    def _copy_of_fake(self) -> int:
        with scope(self.federation.pk):
            return self.fake.notes.get().pk

    def _found_page(self) -> int:
        with scope(self.federation.pk):
            address = "https://www.facebook.com/found"
            return note_found(by=self.amina, at=BEFORE, address=address, where=lambda _: "").pk

    def _page_beside(self) -> int:
        with scope(self.federation.pk):
            address = "https://www.facebook.com/friends"
            return enter_associated(by=self.sam, at=BEFORE, name="Friends", address=address).pk

    def _list_of_accounts(self) -> int:
        kept = keep_list(b"Address,Since\nexample.org,2016\n", federation_id=self.federation.pk)
        with scope(self.federation.pk):
            return upload(kind=ACCOUNTS, by=self.sam, at=BEFORE, kept=kept).pk

    def _permission_to_go_on(self) -> int:
        with scope(self.federation.pk):
            leave = give_permission(
                by=self.sam, at=BEFORE, role_key="slt", written=True, covers="go_on",
                subject=subject_of(self.board), from_day=local_day(BEFORE), to_day=local_day(NOW),
            )  # fmt: skip
            return GoingOn.objects.create(
                account=self.board, leave=leave, reason="The form is on its way.", until=local_day(NOW),
                outstanding=1,
            ).pk  # fmt: skip

    def _proposal(self) -> int:
        with scope(self.federation.pk):
            return start_proposal(by=self.amina, at=NOW, school=self.school).pk

    def _condition(self) -> int:
        with scope(self.federation.pk):
            proposal = start_proposal(by=self.amina, at=NOW, school=self.school)
            return Condition.objects.create(
                proposal=proposal, type="requirement", words="Two pairs of eyes.", by=self.sam, at=NOW
            ).pk

    def _training_wanted(self) -> int:
        with scope(self.federation.pk):
            return TrainingWanted.objects.create(person=self.ben, topic="Film", by=self.sam, at=NOW).pk

    def _part(self) -> int:
        with scope(self.federation.pk):
            return TeamMember.objects.create(
                account=self.board, person=self.ben, part="moderator", from_day=local_day(BEFORE)
            ).pk

    def _page_picture(self) -> int:
        with scope(self.federation.pk):
            return PagePicture.objects.create(
                account=self.board, by=self.ben, at=NOW, digest=self.picture.digest, media_type="image/png"
            ).pk

    def _handover(self) -> int:
        with scope(self.federation.pk):
            leaver = someone("Lena Lloyd", "staff")
            leaver.left_on = local_day(NOW) + timedelta(days=30)
            leaver.save(update_fields=["left_on"])
            account = Account.objects.create(
                school=self.school, name="Lena's", network="noticeboard", kind="school", state="open",
                made_at=BEFORE, opened_at=BEFORE, opened_by=self.sam,
            )  # fmt: skip
            TeamMember.objects.create(account=account, person=leaver, part="lead", from_day=local_day(BEFORE))
            return begin_handovers(person=leaver, at=NOW)[0].pk

    def _small_proposal(self) -> int:
        with scope(self.federation.pk):
            small = SmallProposal.objects.create(
                kind="call", by=self.amina, account=self.board, name="Writers", words="Write with us.",
                submitted_at=NOW,
            )  # fmt: skip
            return small.pk

    def _admission(self) -> int:
        with scope(self.federation.pk):
            return enter_admission(
                by=self.ben, at=NOW, account=self.board, asked_for=AskedFor.FRIEND, who="D. Frey",
                relation="other",
            ).pk  # fmt: skip

    @cached_property
    def account_key(self) -> Any:
        with scope(self.federation.pk):
            page = account_on("facebook", self.school, BEFORE)
            TeamMember.objects.create(account=page, person=self.ben, part="lead", from_day=local_day(BEFORE))
            return keep_key(
                account=page, by=self.ben, at=BEFORE, kind="codes", secret="one two", the_schools_own=True
            )

    def _sealed_paper(self) -> int:
        with scope(self.federation.pk):
            return PaperKey.objects.create(
                account=self.account_key.account, number=1, made_by=self.ben, made_at=BEFORE
            ).pk

    def _offer(self) -> int:
        with scope(self.federation.pk):
            return offer_part(account=self.board, by=self.ben, at=BEFORE, to=self.amina).pk

    def _archive(self) -> int:
        with scope(self.federation.pk):
            return ask_for_archive(account=self.board, by=self.ben, at=BEFORE).pk
