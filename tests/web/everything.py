"""One of everything of a federation, by the name of the thing: for tests that ask for it from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from schoolgate.cli.demo.posts import ANSWERS
from schoolgate.core import files
from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation, Safeguarder, School
from schoolgate.core.stops import stop
from schoolgate.core.tenancy import scope
from schoolgate.inbox import ingesting
from schoolgate.inbox.models import Item, ItemPhoto
from schoolgate.inbox.replying import write_answer
from schoolgate.media.pictures import store, take_in
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.notices.pushing import add_device
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_importer import keep_list, upload
from schoolgate.people.models import Absence, LeadChange
from schoolgate.people.sessions import make_token
from schoolgate.policy.acknowledging import enter_paper
from schoolgate.policy.documents import add_document, read_pasted
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.reviewing import suggest
from schoolgate.policy.saying import put_to_role, rule
from schoolgate.policy.training import plan_session
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, ask_for_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Delivery, PastImport, PastToGo, TakeDown
from schoolgate.publishing.reviewing import mark_post
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils.models import Pupil
from schoolgate.rota.models import Rota, Shift, Swap, Turn, span_of
from schoolgate.rulebook import book
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.searches.checks import CheckAsked, ask_check
from schoolgate.searches.recruiting import VacancyEntered, enter_vacancy
from tests.cast import give, someone, someone_leads
from tests.notices.push_service import Browser
from tests.web.addresses import Address
from tests.web.things import BEFORE, NOW, png
from tests.web.things_of_accounts import OfAccounts
from tests.web.things_of_concerns import OfConcerns
from tests.web.things_of_posts import OfPosts
from tests.web.things_of_pupils import OfPupils
from tests.worlds import enter_federation, world

OTHER_POLICY = "llanidloes"
"""Policies are the same for all who have them: another federation's is one that ours does not have."""
SAID = {"from_press": False, "asks_for_comment": False, "to_relation": "parent", "in_doubt": False}


class Everything(OfAccounts, OfConcerns, OfPosts, OfPupils):
    """A federation under Wildground's policy, with a row of each thing that has an address.

    `value(thing)` gives what stands in an address for it: an id, a key, a digest, a slug.
    """

    def __init__(self, federation: Federation) -> None:
        super().__init__(federation)
        # In this order: some things come of others.
        things: dict[str, Callable[[], Any]] = {
            "school": lambda: self.school.pk,
            "school slug": lambda: self.school.slug,
            "person": lambda: self.amina.pk,
            "account": lambda: self.board.pk,
            "assignment": self._assignment,
            "days away": self._days_away,
            "rota": lambda: self.turn.shift.rota_id,
            "shift": lambda: self.turn.shift_id,
            "turn": lambda: self.turn.pk,
            "request for cover": self._request_for_cover,
            "entry on safeguarding": self._safeguarder,
            "change of a safeguarding lead": self._lead_change,
            "fake": lambda: self.fake.pk,
            "copy of a fake": self._copy_of_fake,
            "report of what is wrong": lambda: self.report.pk,
            "picture of a report": self._picture_of_report,
            "evidence of a report": self._evidence_of_report,
            "opening of a report": self._opening_of_report,
            "breach": self._breach,
            "found page": self._found_page,
            "page beside the school": self._page_beside,
            "list of people": self._list_of_people,
            "list of accounts": self._list_of_accounts,
            "list of comments": self._list_of_comments,
            **self.things_of_pupils(),
            "leave to go on": self._permission_to_go_on,
            "download of old posts": self._download,
            "older post to take down": self._older_post,
            "proposal": self._proposal,
            "condition of an approval": self._condition,
            "picture of a page": self._page_picture,
            "part in an account": self._part,
            "training asked for": self._training_wanted,
            "handover": self._handover,
            "small proposal": self._small_proposal,
            "part that was offered": self._offer,
            "archive of an account": self._archive,
            "request to be let in": self._admission,
            "picture": lambda: self.picture.pk,
            "post": lambda: self.delivery.post_id,
            "delivery": lambda: self.delivery.pk,
            "key of a sending": lambda: self.delivery.intent_key,
            "act of taking down": self._take_down,
            "mark": self._mark,
            **self.things_of_posts(),
            "noticeboard post": lambda: self.delivery.intent_key,
            "noticeboard picture": lambda: self.picture.digest,
            "item": lambda: self.item.pk,
            "photograph of a comment": self._photo,
            "answer": self._answer,
            "decision": self._decision,
            "key of a program": self._token,
            "key of an account": lambda: self.account_key.pk,
            "sealed paper": self._sealed_paper,
            "stop": self._stop,
            "session": self._session,
            "device for notifications": self._device,
            "passkey": self._passkey,
            "policy": lambda: OTHER_POLICY,
            "clause": lambda: next(iter(book(OTHER_POLICY).clauses)),
            "tension": lambda: next(iter(book(OTHER_POLICY).tensions)),
            "paper": self._paper,
            "training session": self._training_session,
            "version of the policy": self._version,
            "suggestion": self._suggestion,
            "check of systems": self._check_of_systems,
            "vacancy": self._vacancy,
            "ruling": self._ruling,
            "ruling asked for": self._ruling_asked,
            "saved answer": self._saved_answer,
            "reminder at leaving": self._reminder_at_leaving,
            "post to remove": self._post_to_remove,
            "permission asked for": self._permission_asked,
        }
        self.values = {thing: make() for thing, make in things.items()}

    def value(self, thing: str) -> Any:
        """What an address holds for this thing; AssertionError where no factory makes one."""
        return self.values[thing]

    def path(self, address: Address) -> str:
        """An address with these things in it."""
        return address.path(**{key: self.value(thing) for key, thing in address.things.items()})

    @cached_property
    def delivery(self) -> Delivery:
        with scope(self.federation.pk):
            someone_leads()
            post = draft_post(
                by=self.amina, at=BEFORE, school=self.school, pictures=[self.picture], answers=ANSWERS,
                targets=[TargetText(self.board, "Sports day is on Friday.")],
            )  # fmt: skip
            post = submit_post(by=self.amina, at=BEFORE, post=post)
            seen = queries.seen_now(post, at=BEFORE)
            post = approve_post(by=self.ben, at=BEFORE, post=post, seen=seen)
            written = begin_sending(at=BEFORE, post=post)[0]
        sending.advance(self.federation.pk, written.pk, clock=lambda: BEFORE)
        with scope(self.federation.pk):
            sent = queries.delivery(written.pk)
        assert sent.state == "confirmed"
        return sent

    @cached_property
    def item(self) -> Item:
        with scope(self.federation.pk):
            below = NoticeboardPost.objects.get(key=self.delivery.intent_key)
            leave_comment(post=below, name="Pat", text="What should they wear?", at=NOW)
        ingesting.poll(self.federation.pk, self.board.pk, clock=lambda: NOW)
        with scope(self.federation.pk):
            return Item.objects.select_related("account__school", "school").get()

    def _mark(self) -> int:
        with scope(self.federation.pk):
            post = draft_post(
                by=self.amina, at=BEFORE, school=self.school, answers=ANSWERS,
                targets=[TargetText(self.board, "Sports day is on Friday.")],
            )  # fmt: skip
            return mark_post(by=self.ben, at=BEFORE, post=post, kind="confidential", note="The keys.").pk

    def _safeguarder(self) -> int:
        with scope(self.federation.pk):
            made = Safeguarder.objects.create(place="lead", person_id=self.amina.pk, since=BEFORE)
            return made.pk

    def _lead_change(self) -> int:
        with scope(self.federation.pk):
            its = {"person": self.ben, "place": "deputy", "by": self.amina, "at": BEFORE, "state_at": BEFORE}
            return LeadChange.objects.create(**its).pk

    def _assignment(self) -> int:
        with scope(self.federation.pk):
            return give(self.amina, "lead-staff-member", school=self.school).pk

    def _days_away(self) -> int:
        with scope(self.federation.pk):
            days = {"from_day": date(2026, 12, 24), "to_day": date(2026, 12, 28)}
            return Absence.objects.create(person=self.amina, said_by=self.amina, at=BEFORE, **days).pk

    @cached_property
    def turn(self) -> Turn:
        """A shift of a rota on one day."""
        with scope(self.federation.pk):
            day = date(2026, 12, 24)
            rota = Rota.objects.create(monday=date(2026, 12, 21), made_by=self.amina, made_at=BEFORE)
            shift = Shift.objects.create(
                rota=rota, weekday=day.weekday(), starts=clock(8), nights=0, ends=clock(17),
                person=self.amina, from_day=day, set_by=self.amina, at=BEFORE,
            )  # fmt: skip
            starts_at, ends_at = span_of(shift.pattern, day)
            return Turn.objects.create(shift=shift, day=day, starts_at=starts_at, ends_at=ends_at)

    def _request_for_cover(self) -> int:
        with scope(self.federation.pk):
            given = {"turn": self.turn, "by": self.amina, "asked_at": BEFORE, "state_at": BEFORE}
            return Swap.objects.create(**given).pk

    def _list_of_people(self) -> int:
        kept = keep_list(b"Name,Email\nDan,dan@example.org\n", federation_id=self.federation.pk)
        with scope(self.federation.pk):
            return upload(kind=PEOPLE, by=self.sam, at=BEFORE, kept=kept).pk

    def _download(self) -> int:
        with scope(self.federation.pk):
            return PastImport.objects.create(
                account=self.board, by=self.sam, at=BEFORE, content="0" * 64, size=1, state="found",
                state_at=BEFORE, heard_at=BEFORE,
            ).pk  # fmt: skip

    def _older_post(self) -> int:
        with scope(self.federation.pk):
            return PastToGo.objects.create(
                account=self.board, pupil_id=Pupil.objects.order_by("pk")[0].pk, at=BEFORE, due_at=NOW
            ).pk

    def _paper(self) -> int:
        with scope(self.federation.pk):
            row = enter_paper(
                by=self.sam, at=NOW, about=self.ben, answer=True, dated=local_day(NOW),
                scan=("0" * 64, "image/png"),
            )  # fmt: skip
            return row.paper.pk

    def _device(self) -> int:
        browser = Browser("https://fcm.googleapis.com/fcm/send/everything")
        with scope(self.federation.pk):
            return add_device(by=self.amina, at=NOW, subscription=browser.subscription, name="Phone").pk

    def _training_session(self) -> int:
        with scope(self.federation.pk):
            return plan_session(by=self.sam, at=NOW, on=local_day(NOW), topics=["The policy"]).pk

    def _version(self) -> int:
        with scope(self.federation.pk):
            found = PolicyVersion.objects.get()
            if not found.document:
                read = read_pasted("# Accounts\n\nThe SLT must consider each application.")
                digest = files.keep(read.content, read.media_type).digest
                add_document(by=self.sam, at=NOW, version=found, read=read, digest=digest)
            return found.pk

    def _ruling(self) -> int:
        with scope(self.federation.pk):
            tension = "wildground-tension-15"
            return rule(
                tension=tension, allows=True, words="Yes, for everyone here.", by=self.sam, at=BEFORE
            ).pk

    def _ruling_asked(self) -> int:
        with scope(self.federation.pk):
            entry, answers = ENTRIES["pupil-picture-website"], {"me": ["staff"]}
            return put_to_role(by=self.amina, at=NOW, entry=entry, answers=answers, words="May I?").pk

    def _check_of_systems(self) -> int:
        asked = CheckAsked(
            doer=self.ben, act="review", target="postings", purpose="rule compliance",
            done="off duty at work", on_systems=True, own_account=False, range_from=local_day(NOW),
            range_to=local_day(NOW), make_by=local_day(NOW), what="Posts", why="The rules",
            policy_named="IT policy",
            policy_of="Federation policies",
        )  # fmt: skip
        with scope(self.federation.pk):
            return ask_check(by=self.sam, at=NOW, asked=asked).pk

    def _vacancy(self) -> int:
        entered = VacancyEntered(
            title="Teacher", searcher=self.ben, panel=[self.sam], terms="Name and town",
            shortlisted_on=local_day(NOW), on_shortlist=1, names=["Ida Example"],
        )  # fmt: skip
        with scope(self.federation.pk):
            return enter_vacancy(by=self.sam, at=NOW, entered=entered).pk

    def _permission_asked(self) -> int:
        with scope(self.federation.pk):
            unsuitable = {**ANSWERS, "suitable_for_children": False}
            post = draft_post(
                by=self.amina, at=BEFORE, school=self.school, answers=unsuitable,
                targets=[TargetText(self.board, "Sports day is on Friday.")],
            )  # fmt: skip
            return ask_for_post(by=self.amina, at=NOW, post=post, covers="wildground-rights-2").pk

    def _suggestion(self) -> int:
        with scope(self.federation.pk):
            return suggest(by=self.amina, at=NOW, words="Say it more plainly.").pk

    def _take_down(self) -> int:
        with scope(self.federation.pk):
            return TakeDown.objects.create(by=self.ben, at=BEFORE, reason="mistake").pk

    def _photo(self) -> int:
        digest = store(take_in(png(3)), federation_id=self.federation.pk)
        with scope(self.federation.pk):
            return ItemPhoto.objects.create(
                item=self.item,
                digest=digest,
                media_type="image/png",
                width=11,
                height=8,
                by=self.ben,
                at=BEFORE,
            ).pk

    def _answer(self) -> int:
        with scope(self.federation.pk):
            answer = write_answer(
                by=self.ben, at=NOW, item=self.item, text="Anything green.", version=self.item.version,
                said=SAID,
            )  # fmt: skip
            return answer.pk

    def _token(self) -> int:
        with scope(self.federation.pk):
            return make_token(
                by=self.sam, at=NOW, name="Theirs", days=30, may_write=True, with_factor=True
            ).token.pk

    def _stop(self) -> int:
        with scope(self.federation.pk):
            quiet = School.objects.create(name="Their quiet school", slug=f"{self.federation.slug}-quiet")
            return stop(reason="Report a concern", by=self.sam, at=NOW, school=quiet).pk

    def _session(self) -> int:
        return UserSession.objects.create(
            user=self.amina.user, ip="127.0.0.1", user_agent="x", session_key=f"theirs{self.federation.pk}"
        ).pk

    def _passkey(self) -> int:
        return Authenticator.objects.create(
            user=self.amina.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Theirs"}
        ).pk


@world()
def everything(at: datetime) -> SimpleNamespace:
    """Wildground with one of everything."""
    return SimpleNamespace(everything=Everything(enter_federation(languages=["en", "cy"])))


@world(everything)
def one_of_everything(there: SimpleNamespace, _at: datetime) -> SimpleNamespace:
    """Wildground with one of everything, for pages: its own clauses, and somebody who has every role."""
    here, ours = there.everything, book("wildground")
    with scope(here.federation.pk):
        vera = someone("Vera Visitor", *(role.key for role in ours.roles))
    Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).delete()  # a key that no device made
    here.values |= {"clause": next(iter(ours.clauses)), "tension": next(iter(ours.tensions))}
    return SimpleNamespace(here=here, people=[vera, here.amina, here.ben, here.sam])
