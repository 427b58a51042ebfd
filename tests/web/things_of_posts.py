"""News, texts, good times and details of a school's own, for the walk through every address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation, School
from schoolgate.core.pieces import Owner, begin
from schoolgate.core.tenancy import scope
from schoolgate.inbox.desk import save_view
from schoolgate.inbox.importing import COMMENTS
from schoolgate.inbox.listing import Filters
from schoolgate.inbox.models import GroupMessage
from schoolgate.inbox.ranking import add_phrase
from schoolgate.listening.finding import add_by_hand
from schoolgate.listening.models import Watch
from schoolgate.listening.watching import Wanted, start_watch
from schoolgate.people.list_importer import keep_list, upload
from schoolgate.people.models import Person
from schoolgate.press.keeping import Entered, expect_attention, keep_by_hand
from schoolgate.publishing.models import Delivery, LiveChange, OwnDetail, Slot
from schoolgate.publishing.news import send_news
from schoolgate.publishing.owners import record_owner_permission
from schoolgate.publishing.ready import keep_text
from schoolgate.rights.models import Gathering, Request
from tests.web.things import BEFORE


class OfPosts:
    """What the walk needs of posts beyond the posts themselves."""

    federation: Federation
    school: School
    amina: Person
    sam: Person
    board: Account
    delivery: Delivery

    def things_of_posts(self) -> dict[str, Callable[[], int | str]]:
        """What a school has beside its posts themselves, by what the addresses call it."""
        return {
            "good time": self._slot,
            "upload": self._upload,
            "change of a post on its network": self._live_change,
            "detail of a school's own": self._own_detail,
            "text that is ready for use": self._ready_text,
            "news that was sent in": self._news,
            "permission of an owner": self._owner_permission,
            "enquiry of the press": self._enquiry,
            "expected attention of the press": self._expected,
            "saved view of the inbox": self._saved_view,
            "message to a group": self._message,
            "request about data": self._request_about_data,
            "phrase of a list": self._phrase,
            "watch": lambda: self._watch().pk,
            "public post": self._public_post,
        }

    def _news(self) -> int:
        with scope(self.federation.pk):
            return send_news(
                by=self.amina, at=BEFORE, school=self.school, kind="news", text="We won.", made_by="me"
            ).pk

    def _enquiry(self) -> int:
        with scope(self.federation.pk):
            entered = Entered(how="letter", wants="Is the pool open?", school=self.school)
            return keep_by_hand(by=self.amina, at=BEFORE, entered=entered).pk

    def _message(self) -> int:
        with scope(self.federation.pk):
            return GroupMessage.objects.create(
                account=self.board, school=self.school, to="parent", group="Year 9", people=30, public=False,
                purpose="school_business", text="Hello.", decision=1, by=self.sam, at=BEFORE,
            ).pk  # fmt: skip

    def _request_about_data(self) -> int:
        with scope(self.federation.pk):
            row = Request.objects.create(
                kind="access", received_on=local_day(BEFORE), identity="known", words_ref=0, state_at=BEFORE,
                entered_by=self.sam, entered_at=BEFORE, due_on=local_day(BEFORE),
            )  # fmt: skip
            Gathering.objects.create(request=row, by=self.sam, at=BEFORE, sought_ref=0)
            return row.pk

    def _list_of_comments(self) -> int:
        kept = keep_list(b"Date,Comment\n1/9/2026,Hello\n", federation_id=self.federation.pk)
        with scope(self.federation.pk):
            return upload(kind=COMMENTS, by=self.amina, at=BEFORE, kept=kept).pk

    def _expected(self) -> int:
        with scope(self.federation.pk):
            return expect_attention(
                by=self.sam, at=BEFORE, about="The pool", until=local_day(BEFORE), school=self.school
            ).pk

    def _phrase(self) -> int:
        with scope(self.federation.pk):
            return add_phrase(
                by=self.sam, at=BEFORE, lane="spam", language="en", words="fresh kebabs"
            ).pk  # fmt: skip

    def _watch(self) -> Watch:
        with scope(self.federation.pk):
            wanted = Wanted(
                name="Our name", phrases=[self.school.name], purpose="To answer.", until=local_day(BEFORE),
                school=self.school,
            )  # fmt: skip
            return start_watch(by=self.sam, at=BEFORE, wanted=wanted)

    def _public_post(self) -> int:
        watch = self._watch()
        with scope(self.federation.pk):
            return add_by_hand(by=self.sam, at=BEFORE, watch=watch, text="Well done.", public=True).pk

    def _owner_permission(self) -> int:
        with scope(self.federation.pk):
            return record_owner_permission(
                by=self.amina, at=BEFORE, school=self.school, what="text", title="The Pool", owner="R. Hale",
                form="written", given_on=local_day(BEFORE),
            ).pk  # fmt: skip

    def _ready_text(self) -> int:
        with scope(self.federation.pk):
            return keep_text(
                by=self.amina, at=BEFORE, school=self.school, title="Trip", english="We visit {place}."
            ).pk

    def _live_change(self) -> int:
        """That the post was removed on its network."""
        with scope(self.federation.pk):
            return LiveChange.objects.create(delivery=self.delivery, at=BEFORE, gone=True).pk

    def _upload(self) -> str:
        """A picture of which nothing has arrived."""
        return begin(Owner(self.federation.pk, self.amina.pk), purpose="picture", length=10).key

    def _slot(self) -> int:
        """A good time to post on the board."""
        with scope(self.federation.pk):
            return Slot.objects.create(account=self.board, weekday=0, clock=time(9)).pk

    def _own_detail(self) -> int:
        with scope(self.federation.pk):
            return OwnDetail.objects.create(
                school=self.school, kind="phone", words="01632 960001", plain="01632960001", by=self.amina,
                at=BEFORE,
            ).pk  # fmt: skip

    def _saved_view(self) -> int:
        with scope(self.federation.pk):
            return save_view(by=self.amina, at=BEFORE, name="Questions", chosen=Filters(kind="query")).pk
