"""The five federations at work: who writes, who approves, what a careful author answers, and a network in
memory."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from PIL import Image

from schoolgate.accounts.models import Account
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.media.pictures import add_picture, store, take_in, vouch
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.starting import begin_sending
from tests.cast import give, someone, someone_leads
from tests.publishing.conftest import account_on
from tests.worlds import enter_federation, world

KEYS = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")


@dataclass(frozen=True)
class Parts:
    """Role keys of one policy. `approver` approves, `refused` may not, whoever else has said yes; `manages`:
    the approver holds the role as the writer's own line manager and nowhere else."""

    owner: str
    writer: str
    approver: str
    refused: str
    answers: str
    manages: bool = False


PARTS: Mapping[str, Parts] = {
    "wildground": Parts("slt", "staff", "lead-staff-member", "staff", "lead-staff-member"),
    "boroughbridge": Parts(
        "staff-lead-director-of-business-services", "all-staff", "other-designated-lead-staff-member",
        "line-manager", "lead-member-of-staff",
    ),
    "learn-to-live": Parts("headteacher", "staff", "slt", "network-manager", "staff"),
    "wootton": Parts("principal", "staff", "line-manager", "administrator", "administrator", manages=True),
    "llanidloes": Parts("headteacher", "staff", "staff", "moderator", "moderator"),
}  # fmt: skip

YES = (
    "suitable_for_children", "suitable_for_any_reader", "suits_ages", "professional", "confidentiality_kept",
    "privacy_kept", "signed", "author_position", "knows_safeguarding", "fit", "dressed",
)  # fmt: skip
NO = (
    "may_be_controversial", "names_somebody", "personal_view", "author_in_doubt", "rights_in_doubt",
    "tells_success_or_news", "names_partner", "discloses", "commits", "others_work", "ridicules",
    "shows_security", "starts_something", "calls_for_people", "school_publication", "connected",
)  # fmt: skip
CHOSEN = {"labelled": "none", "purpose": "promote the school", "uses_mark": "none", "subject_school": "own"}
CAREFUL: Mapping[str, Any] = dict.fromkeys(YES, True) | dict.fromkeys(NO, False) | CHOSEN
"""What a careful author answers; each policy asks for some of it."""

CHILD: Mapping[str, Any] = {
    "relation": "pupil", "shown": True, "named": "no", "consent": True, "consent_written": True,
    "consent_by": "parent", "opted_out": False, "do_not_publish": False, "at_school_activity": True,
    "leadership_agrees": None,
}  # fmt: skip
COLLEAGUE = {**CHILD, "relation": "staff", "consent_by": "self"}


@dataclass
class AtWork:
    """One federation in scope. Its network is in memory."""

    key: str
    federation: Federation
    at: datetime
    school: School
    account: Account
    owner: Person
    writer: Person
    approver: Person
    refused: Person
    answerer: Person
    server: FakeServer = field(default_factory=FakeServer)

    def draft(
        self,
        *,
        shows: Mapping[str, Any] | None = None,
        vouched: bool = True,
        answers: Mapping[str, Any] | None = None,
        left_out: str = "",
        text: str = "Sports day is on Friday.",
    ) -> Post:
        """A post of the writer's; `shows`: somebody in its picture, of whom the consent list was checked."""
        someone_leads()
        said = {name: value for name, value in {**CAREFUL, **(answers or {})}.items() if name != left_out}
        picture = None
        if shows is not None:
            proven = take_in(_jpeg())
            picture = add_picture(
                by=self.writer, at=self.at, school=self.school, proven=proven, alt="Somebody on the field.",
                digest=store(proven, federation_id=self.federation.pk), shows_people=True,
                shows_pupils=shows["relation"] == "pupil",
            )  # fmt: skip
            if vouched:
                vouch(
                    by=self.approver if self.key == "boroughbridge" else self.owner, at=self.at,
                    picture=picture, channel="bluesky",
                    list_dated=self.at.date(), everybody_may=True,
                )  # fmt: skip
        return draft_post(
            by=self.writer, at=self.at, school=self.school, answers=said,
            pictures=[picture] if picture else (),
            targets=[TargetText(self.account, text)],
            people=[shows] if shows is not None else [],
        )  # fmt: skip

    def handed_in(self, **given: Any) -> Post:
        """The same, handed in."""
        return submit_post(by=self.writer, at=self.at, post=self.draft(**given))

    def approve(self, post: Post, by: Person | None = None) -> Post:
        """The post, approved as it stands, its content discussed with the approver first."""
        seen = queries.seen_now(post, at=self.at)
        return approve_post(by=by or self.approver, at=self.at, post=post, seen=seen, discussed=True)

    def send(self, post: Post) -> Delivery:
        """The post as it came out on the network."""
        (delivery,) = begin_sending(at=self.at, post=post)
        sending.advance(
            self.federation.pk, delivery.pk, clock=lambda: self.at, connect=lambda _: FakeNetwork(self.server)
        )
        with scope(self.federation.pk):
            return queries.delivery(delivery.pk)


def enter(key: str, at: datetime, *, kind: str = "school") -> AtWork:
    """The people of one federation, its policy adopted and an open account; call it inside its scope."""
    parts = PARTS[key]
    owner = someone("Olwen Owns", parts.owner)
    adopt(by=owner, at=at)
    someone_leads()
    school = School.objects.create(name="North", slug="north")
    writer = someone("Wyn Writes", parts.writer)
    approver = someone("Anwen Approves", *([] if parts.manages else [parts.approver]))
    if parts.manages:
        give(approver, parts.approver, managed=writer)
    setup = {"says_who_runs_it": True, "made_for_pupils": False}
    return AtWork(
        key=key,
        federation=writer.federation,
        at=at,
        school=school,
        account=account_on("bluesky", school, at, setup=setup, kind=kind),
        owner=owner,
        writer=writer,
        approver=approver,
        refused=someone("Rhys Refused", parts.refused),
        answerer=someone("Ann Answers", parts.answers),
    )


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#3f7d5a").save(out, "JPEG")
    return out.getvalue()


@world()
def federation_at_work(at: datetime, key: str, kind: str = "school") -> SimpleNamespace:
    """One of the five, as `enter` makes it."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        return SimpleNamespace(at_work=enter(key, at, kind=kind))
