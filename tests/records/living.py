"""A federation whose transactions commit, for tests of what a crash or two people at once leave."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.inbox.replying import close_item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.adopting import adopt
from schoolgate.records import setting
from schoolgate.records.destroying import destroy_due
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.records.conftest import SECRET, kind


class Living:
    """One federation with its people and an account."""

    def __init__(self, federation: Federation, at: datetime) -> None:
        self.federation, self.at = federation, at
        with scope(federation.pk):
            self.sam, self.ben = someone("Sam Slater", "slt"), someone("Ben Carter", "lead-staff-member")
            adopt(by=self.sam, at=at)
            school = School.objects.create(name="North", slug="north")
            self.account = account_on("bluesky", school, at)

    def closed(self, key: str) -> int:
        """A comment that was closed; its number."""
        with scope(self.federation.pk):
            each = IncomingItem(
                "bluesky",
                Ref("bluesky", key),
                Author("did:1", "o", "Osian"),
                SECRET,
                self.at,
                attachments=(),
                visibility="public",
            )
            ingest(at=self.at, account=self.account, items=[each])
            item = Item.objects.get(network_id=key)
            close_item(by=self.ben, at=self.at, item=item, reason="no_answer_needed")
            return item.pk

    def start(self) -> None:
        """Start the destruction of comments after the suggested period."""
        with scope(self.federation.pk):
            setting.start(by=self.sam, at=self.at, kind=kind(), months=kind().months, seen=None)

    def sweep(self, at: datetime) -> int:
        """The daily sweep."""
        return destroy_due(self.federation.pk, at=at)
