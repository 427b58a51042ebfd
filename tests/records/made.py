"""One thing of each declared kind, over on a day, with everything that can hang on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from schoolgate.core import vault
from schoolgate.core.clock import local_day
from schoolgate.core.retention import beyond_readers
from schoolgate.incidents.models import Capture, Content, Evidence, EvidenceFile, EvidenceNote, Reader, Report
from schoolgate.incidents.models import Step as ConcernStep
from schoolgate.press.models import Enquiry, EnquiryStep, Statement
from schoolgate.publishing.models import (
    Approval,
    HitAnswer,
    LinkCard,
    Look,
    News,
    PassageComment,
    PastImport,
    PastPost,
    PastWord,
    Post,
    PostMark,
    PostPerson,
    PostTarget,
)
from schoolgate.pupils.models import (
    Consent,
    NotPublished,
    ParentLink,
    Pupil,
    PupilChange,
    PupilGroup,
    PupilInGroup,
    Withdrawal,
)
from tests.records import made_besides, made_of_rooms
from tests.records.made_besides import DIGEST, WORDS, decided


def post(who: SimpleNamespace, at: datetime, state: str = "withdrawn", **more: Any) -> Post:
    """A post with its text, who is in it, and who approved it."""
    made = Post.objects.create(
        school=who.school, author=who.by, text=WORDS, other_text=WORDS, answers={"what": WORDS},
        sent_back_because=WORDS, state=state, state_at=at, created_at=at, **more,
    )  # fmt: skip
    PostTarget.objects.create(post=made, account=who.account, text=WORDS)
    PostPerson.objects.create(post=made, place=1, relation="pupil")
    LinkCard.objects.create(post=made, address="https://osian.test", asked_at=at)
    PostMark.objects.create(post=made, kind="wrong", note=WORDS, seen=DIGEST, raised_by=who.by, at=at)
    Look.objects.create(post=made, by=who.by, version=1, at=at, shown={"text": WORDS})
    PassageComment.objects.create(
        post=made, version=1, passage=WORDS, comment=WORDS, by=who.by, at=at, answer=WORDS, answered_at=at
    )
    HitAnswer.objects.create(post=made, hit="h", kind="name", reply="ours", words=WORDS, by=who.by, at=at)
    Approval.objects.create(post=made, by=who.by, roles=["slt"], at=at, seen=DIGEST, decision=1)
    return made


def news(who: SimpleNamespace, at: datetime, state: str = "declined") -> News:
    """News that was declined."""
    over = {"decided_by": who.by, "reason": WORDS} if state == "declined" else {}
    return News.objects.create(
        school=who.school, by=who.by, at=at, kind="news", text=WORDS, by_line=WORDS, made_by="other",
        owner=WORDS, state=state, state_at=at, decision=decided(who, at), **over,
    )  # fmt: skip


def past(who: SimpleNamespace, at: datetime, state: str = "") -> PastPost:
    """A post from before."""
    source = PastImport.objects.create(
        account=who.account, by=who.by, at=at, content=DIGEST, size=1, state_at=at, heard_at=at
    )
    made = PastPost.objects.create(
        account=who.account,
        source=source,
        key=f"k{at}",
        version="v",
        at=at,
        text=WORDS,
        words=WORDS,
        taken_at=at,
    )
    PastWord.objects.create(token="osian", at=at, post=made)
    return made


def pupil(who: SimpleNamespace, at: datetime, state: str = "left") -> Pupil:
    """A pupil who left, with a parent who answered and withdrew."""
    day = local_day(at)
    made = Pupil.objects.create(
        school=who.school, key="1234", first_name=WORDS, last_name=WORDS, known_as=WORDS, year=WORDS[:20],
        form=WORDS, born_on=day, left_on=day if state == "left" else None,
    )  # fmt: skip
    link = ParentLink.objects.create(
        pupil=made, giver="parent", who=WORDS, email="osian@example.org", digest=DIGEST, by=who.by, at=at,
        expires_at=at + timedelta(days=9),
    )  # fmt: skip
    Consent.objects.create(
        pupil=made, use="picture", answer="given", giver="parent", who=WORDS, form="here", from_day=day,
        link=link, at=at, scan=DIGEST,
    )  # fmt: skip
    Withdrawal.objects.create(pupil=made, cause="answer", uses=["picture"], who=WORDS, at=at)
    NotPublished.objects.create(
        pupil=made, why_ref=vault.put("do_not_publish", WORDS, about=made), by=who.by, at=at, ended_at=at,
        ended_by=who.by, ended_why_ref=vault.put("do_not_publish", WORDS, about=made),
    )  # fmt: skip
    PupilChange.objects.create(
        pupil=made, before=dict.fromkeys(("first_name", "last_name", "known_as"), WORDS), state="made",
        by=who.by, at=at,
    )  # fmt: skip
    group = PupilGroup.objects.create(school=who.school, name=f"Choir {at}", by=who.by, at=at)
    PupilInGroup.objects.create(group=group, pupil=made)
    return made


def enquiry(who: SimpleNamespace, at: datetime, state: str = "closed") -> Enquiry:
    """An enquiry with its statement, closed."""
    made = Enquiry.objects.create(
        how="phone", outlet=WORDS, journalist=WORDS, contact=WORDS, wants=WORDS, received_at=at,
        kept_by=who.by, kept_at=at, state=state, state_at=at, outcome="answered" if state == "closed" else "",
    )  # fmt: skip
    said = Statement.objects.create(enquiry=made, number=1, text=WORDS, digest=DIGEST, by=who.by, at=at)
    EnquiryStep.objects.create(enquiry=made, kind="drafted", by=who.by, at=at, statement=said, words=WORDS)
    return made


def concern(who: SimpleNamespace, at: datetime, state: str = "closed") -> Report:
    """A concern with its content and evidence, closed."""
    made = Report.objects.create(
        reference=f"C-{Report.objects.count()}", once=f"{at}{Report.objects.count()}"[:64], by=who.by,
        inside=True, said=["bullying"], answers={"when": WORDS}, reported_at=at, state=state, state_at=at,
        taken_by=who.by, taken_at=at, passed_at=at, passed_to="CPOMS", passed_reference=WORDS,
    )  # fmt: skip
    Reader.objects.create(report=made, person=who.by, since=at)
    step = ConcernStep.objects.create(report=made, kind="reported", at=at)

    def sealed() -> int:
        return vault.put("report", WORDS, about=made)

    with beyond_readers():
        Content.objects.create(
            step=step, report=made, words_ref=sealed(), picture_ref=sealed(), picture_type="image/png"
        )
        found = Evidence.objects.create(
            report=made, number=1, kind="file", by=who.by, added_at=at, obtained_at=at, words_ref=sealed(),
            words_digest=DIGEST,
        )  # fmt: skip
        EvidenceFile.objects.create(
            evidence=found, report=made, part="file", file="f" * 20, group="image", media_type="image/png",
            ending="png", size=1, digest=DIGEST,
        )  # fmt: skip
        EvidenceNote.objects.create(
            evidence=found, report=made, by=who.by, at=at, words_ref=sealed(), words_digest=DIGEST
        )
        Capture.objects.create(evidence=found, person=who.by, state_at=at)
    return made


MAKERS = {
    "posts": post, "news": news, "past": past, "pupils": pupil, "press": enquiry, "concerns": concern,
    **made_besides.MAKERS, **made_of_rooms.MAKERS,
}  # fmt: skip
OPEN = {
    "posts": "published", "news": "new", "pupils": "here", "press": "open", "concerns": "taken",
    **made_besides.OPEN, **made_of_rooms.OPEN,
}  # fmt: skip
"""A state in which it is not over."""
