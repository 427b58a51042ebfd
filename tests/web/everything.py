"""One of everything of a federation, by the name of the thing: for tests that ask for it from outside."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from PIL import Image

from schoolgate.accounts.actions import ask_for_archive, begin_handovers, keep_key, offer_part, start_proposal
from schoolgate.accounts.actions.associated import enter_associated
from schoolgate.accounts.actions.contributors import enter_admission
from schoolgate.accounts.actions.fakes import Copy, report_fake
from schoolgate.accounts.actions.found import note_found
from schoolgate.accounts.models import (
    Account,
    Condition,
    Fake,
    PagePicture,
    PaperKey,
    SmallProposal,
    TeamMember,
    TrainingWanted,
)
from schoolgate.accounts.states.contributors import AskedFor
from schoolgate.cli.demo.posts import ANSWERS
from schoolgate.core.models import Federation, School
from schoolgate.core.stops import stop
from schoolgate.core.tenancy import scope
from schoolgate.inbox import polling
from schoolgate.inbox.actions import write_answer
from schoolgate.inbox.models import Item
from schoolgate.media.actions import add_picture, store, take_in
from schoolgate.networks.noticeboard.actions import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.actions import make_token, start_import
from schoolgate.people.importing.storing import keep_list
from schoolgate.policy.actions import adopt, enter_paper, plan_session, rule, suggest
from schoolgate.policy.actions.ruling import put_to_role
from schoolgate.policy.models import Kept, PolicyVersion
from schoolgate.publishing import queries, sending
from schoolgate.publishing.actions import (
    TargetText,
    approve_post,
    begin_sending,
    draft_post,
    mark_post,
    submit_post,
)
from schoolgate.publishing.models import Delivery
from schoolgate.rulebook import book
from schoolgate.rulebook.adviser import ENTRIES
from tests.cast import give, someone
from tests.publishing.conftest import account_on

NOW = datetime.now(UTC)
BEFORE = NOW - timedelta(hours=2)
OTHER_POLICY = "llanidloes"
"""Policies are the same for all who have them: another federation's is one that ours does not have."""
SAID = {"from_press": False, "asks_for_comment": False, "to_relation": "parent", "in_doubt": False}


def png(more: int = 0) -> bytes:
    """A small picture, another one for each number of pixels that it is wider."""
    out = io.BytesIO()
    Image.new("RGB", (8 + more, 8), "green").save(out, "PNG")
    return out.getvalue()


class Everything:
    """A federation under Wildground's policy, with a row of each thing that has an address.

    `value(thing)` gives what stands in an address for it: an id, a key, a digest, a slug.
    """

    def __init__(self, federation: Federation) -> None:
        self.federation = federation
        with scope(federation.pk):
            self.school = School.objects.create(name="Their school", slug=f"{federation.slug}-school")
            self.sam = someone("Sam Slater", "slt")
            adopt(by=self.sam, at=BEFORE)
            self.amina = someone("Amina Khan", "staff")
            self.ben = someone("Ben Carter", "lead-staff-member")
            self.board = account_on("noticeboard", self.school, BEFORE)
            for part, person in (("lead", self.ben), ("runner", self.sam)):
                TeamMember.objects.create(
                    account=self.board, person=person, part=part, from_day=BEFORE.date()
                )
        # In this order: some things come of others.
        self.things: dict[str, Callable[[], Any]] = {
            "school": lambda: self.school.pk,
            "school slug": lambda: self.school.slug,
            "person": lambda: self.amina.pk,
            "account": lambda: self.board.pk,
            "holding": self._holding,
            "fake": lambda: self.fake.pk,
            "copy of a fake": self._copy_of_fake,
            "found page": self._found_page,
            "page beside the school": self._page_beside,
            "list of people": self._list_of_people,
            "proposal": self._proposal,
            "condition of an approval": self._condition,
            "picture of a page": self._page_picture,
            "training asked for": self._training_wanted,
            "handover": self._handover,
            "small proposal": self._small_proposal,
            "part that was offered": self._offer,
            "archive of an account": self._archive,
            "request to be let in": self._admission,
            "picture": lambda: self.picture.pk,
            "post": lambda: self.delivery.post_id,
            "delivery": lambda: self.delivery.pk,
            "mark": self._mark,
            "noticeboard post": lambda: self.delivery.intent_key,
            "noticeboard picture": lambda: self.picture.digest,
            "item": lambda: self.item.pk,
            "answer": self._answer,
            "decision": self._decision,
            "key of a program": self._token,
            "key of an account": lambda: self.account_key.pk,
            "sealed paper": self._sealed_paper,
            "stop": self._stop,
            "session": self._session,
            "passkey": self._passkey,
            "policy": lambda: OTHER_POLICY,
            "clause": lambda: next(iter(book(OTHER_POLICY).clauses)),
            "tension": lambda: next(iter(book(OTHER_POLICY).tensions)),
            "paper": self._paper,
            "training session": self._training_session,
            "version of the policy": self._version,
            "suggestion": self._suggestion,
            "ruling": self._ruling,
            "ruling asked for": self._ruling_asked,
            "role of the policy": lambda: book(OTHER_POLICY).roles[0].key,
        }
        self.values = {thing: make() for thing, make in self.things.items()}

    def value(self, thing: str) -> Any:
        """What an address holds for this thing; AssertionError where no factory makes one."""
        return self.values[thing]

    @cached_property
    def picture(self) -> Any:
        proven = take_in(png(self.federation.pk % 100))
        digest = store(proven, federation_id=self.federation.pk)
        with scope(self.federation.pk):
            return add_picture(
                by=self.amina, at=BEFORE, school=self.school, proven=proven, digest=digest,
                alt="A green gate", shows_people=False, shows_pupils=False,
            )  # fmt: skip

    @cached_property
    def delivery(self) -> Delivery:
        with scope(self.federation.pk):
            post = draft_post(
                by=self.amina, at=BEFORE, school=self.school, picture=self.picture, answers=ANSWERS,
                targets=[TargetText(self.board, "Sports day is on Friday.")],
            )  # fmt: skip
            post = submit_post(by=self.amina, at=BEFORE, post=post)
            seen = queries.seen_now(post, at=BEFORE)
            post = approve_post(by=self.ben, at=BEFORE, post=post, seen=seen)
            written = begin_sending(at=BEFORE, post=post)[0]
        sending.drive(self.federation.pk, written.pk, clock=lambda: BEFORE)
        with scope(self.federation.pk):
            sent = queries.delivery(written.pk)
        assert sent.state == "confirmed"
        return sent

    @cached_property
    def item(self) -> Item:
        with scope(self.federation.pk):
            below = NoticeboardPost.objects.get(key=self.delivery.intent_key)
            leave_comment(post=below, name="Pat", text="What should they wear?", at=NOW)
        polling.poll(self.federation.pk, self.board.pk, clock=lambda: NOW)
        with scope(self.federation.pk):
            return Item.objects.select_related("account__school", "school").get()

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

    def _mark(self) -> int:
        with scope(self.federation.pk):
            post = draft_post(
                by=self.amina, at=BEFORE, school=self.school, answers=ANSWERS,
                targets=[TargetText(self.board, "Sports day is on Friday.")],
            )  # fmt: skip
            return mark_post(by=self.ben, at=BEFORE, post=post, kind="confidential", note="The keys.").pk

    def _holding(self) -> int:
        with scope(self.federation.pk):
            return give(self.amina, "lead-staff-member", school=self.school).pk

    def _list_of_people(self) -> int:
        kept = keep_list(b"Name,Email\nDan,dan@example.org\n", federation_id=self.federation.pk)
        with scope(self.federation.pk):
            return start_import(by=self.sam, at=BEFORE, kept=kept).pk

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

    def _page_picture(self) -> int:
        with scope(self.federation.pk):
            return PagePicture.objects.create(
                account=self.board, by=self.ben, at=NOW, digest=self.picture.digest, media_type="image/png"
            ).pk

    def _handover(self) -> int:
        with scope(self.federation.pk):
            leaver = someone("Lena Lloyd", "staff")
            leaver.left_on = NOW.date() + timedelta(days=30)
            leaver.save(update_fields=["left_on"])
            account = Account.objects.create(
                school=self.school, name="Lena's", network="noticeboard", kind="school", state="open",
                made_at=BEFORE, opened_at=BEFORE, opened_by=self.sam,
            )  # fmt: skip
            TeamMember.objects.create(account=account, person=leaver, part="lead", from_day=BEFORE.date())
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

    def _paper(self) -> int:
        with scope(self.federation.pk):
            row = enter_paper(
                by=self.sam, at=NOW, about=self.ben, answer=True, dated=NOW.date(),
                scan=("0" * 64, "image/png"),
            )  # fmt: skip
            return row.paper.pk

    def _training_session(self) -> int:
        with scope(self.federation.pk):
            return plan_session(by=self.sam, at=NOW, on=NOW.date(), topics=["The policy"]).pk

    def _version(self) -> int:
        with scope(self.federation.pk):
            return PolicyVersion.objects.get().pk

    def _ruling(self) -> int:
        with scope(self.federation.pk):
            tension = "wildground-tension-15"
            return rule(tension=tension, allows=True, words="Yes.", by=self.sam, at=BEFORE).pk

    def _ruling_asked(self) -> int:
        with scope(self.federation.pk):
            entry, answers = ENTRIES["pupil-picture-website"], {"me": ["staff"]}
            return put_to_role(by=self.amina, at=NOW, entry=entry, answers=answers, words="May I?").pk

    def _suggestion(self) -> int:
        with scope(self.federation.pk):
            return suggest(by=self.amina, at=NOW, words="Say it more plainly.").pk

    def _answer(self) -> int:
        with scope(self.federation.pk):
            answer = write_answer(
                by=self.ben, at=NOW, item=self.item, text="Anything green.", version=self.item.version,
                said=SAID,
            )  # fmt: skip
            return answer.pk

    def _decision(self) -> int:
        with scope(self.federation.pk):
            return Kept.objects.order_by("pk")[0].pk

    @cached_property
    def account_key(self) -> Any:
        with scope(self.federation.pk):
            page = account_on("facebook", self.school, BEFORE)
            TeamMember.objects.create(account=page, person=self.ben, part="lead", from_day=BEFORE.date())
            return keep_key(
                account=page, by=self.ben, at=BEFORE, kind="codes", secret="one two", the_schools_own=True
            )

    def _sealed_paper(self) -> int:
        with scope(self.federation.pk):
            return PaperKey.objects.create(
                account=self.account_key.account, number=1, made_by=self.ben, made_at=BEFORE
            ).pk

    def _token(self) -> int:
        with scope(self.federation.pk):
            return make_token(
                by=self.sam, at=NOW, name="Theirs", days=30, may_write=True, with_factor=True
            ).token.pk

    def _offer(self) -> int:
        with scope(self.federation.pk):
            return offer_part(account=self.board, by=self.ben, at=BEFORE, to=self.amina).pk

    def _archive(self) -> int:
        with scope(self.federation.pk):
            return ask_for_archive(account=self.board, by=self.ben, at=BEFORE).pk

    def _stop(self) -> int:
        with scope(self.federation.pk):
            quiet = School.objects.create(name="Their quiet school", slug=f"{self.federation.slug}-quiet")
            return stop(reason="Something is wrong", by=self.sam, at=NOW, school=quiet).pk

    def _session(self) -> int:
        return UserSession.objects.create(
            user=self.amina.user, ip="127.0.0.1", user_agent="x", session_key=f"theirs{self.federation.pk}"
        ).pk

    def _passkey(self) -> int:
        return Authenticator.objects.create(
            user=self.amina.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Theirs"}
        ).pk
