"""One of each kind that hangs on the policy, an account, the press, the noticeboard or a stop."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

from schoolgate.accounts.models import (
    Account,
    AccountClass,
    AccountKey,
    AimResult,
    Archive,
    Closing,
    Evaluation,
    GoingOn,
    Handover,
    Notice,
    PagePicture,
    PaperKey,
    Seen,
    SiteCare,
    SiteLook,
    SiteWord,
)
from schoolgate.core.clock import local_day
from schoolgate.core.models import Stop
from schoolgate.networks.noticeboard.models import (
    NoticeboardCard,
    NoticeboardComment,
    NoticeboardFilm,
    NoticeboardPicture,
    NoticeboardPost,
)
from schoolgate.people.models import Permission
from schoolgate.policy.models import (
    Attestation,
    Lesson,
    PaperAnswer,
    PermissionAsked,
    PermissionWord,
    PolicyVersion,
    Practice,
    RulingAsked,
    Suggestion,
)
from schoolgate.press.models import Expectation
from tests.cast import someone
from tests.records.made_besides import ADDRESS, DIGEST, FAR, WORDS, decided


def account(who: SimpleNamespace, at: datetime, state: str = "closed") -> Account:
    """An account with everything that people wrote about it, closed."""
    day, by = local_day(at), who.by
    opened = {"opened_at": at, "opened_by": by}
    made = Account.objects.create(
        school=who.school, name=f"Choir {Account.objects.count()}", network="bluesky", kind="school",
        contact=WORDS, state=state, made_at=at, closed_at=at if state == "closed" else None, **opened,
    )  # fmt: skip
    decision = decided(who, at)
    Notice.objects.create(
        account=made, by=by, to_person=by, to_role_key="slt", address=ADDRESS, identity=WORDS, at=at
    )
    leave = Permission.objects.create(
        role_key="slt",
        given_by=by,
        written=True,
        at=at,
        from_day=day,
        covers="going_on",
        subject=f"accounts.account:{made.pk}",
    )
    GoingOn.objects.create(account=made, leave=leave, reason=WORDS, until=day, outstanding=1)
    review = Evaluation.objects.create(account=made, by=by, at=at, words=WORDS, decision=decision)
    AimResult.objects.create(evaluation=review, number=1, aim=WORDS, state="met", words=WORDS)
    archive = Archive.objects.create(
        account=made, by=by, at=at, state="ready", state_at=at, digest=f"{made.pk:064d}"
    )
    Archive.objects.create(account=made, by=by, at=at, state="failed", state_at=at)
    Closing.objects.create(
        account=made, by=by, at=at, state="finished", state_at=at, who=WORDS, content=WORDS, followers=WORDS,
        told_at=at, told_by=by, archive=archive, shut_at=at, shut_by=by, closed_by=by,
    )  # fmt: skip
    said = Attestation.objects.create(
        kind="profile_text", subject=f"accounts.account:{made.pk}", by=by, version=decision.version, at=at,
        answer=True, seen_digest=DIGEST,
    )  # fmt: skip
    Seen.objects.create(
        account=made, key="contact", value=WORDS, by=by, at=at, asked_digest=DIGEST, page_digest=DIGEST,
        attestation=said,
    )  # fmt: skip
    PagePicture.objects.create(account=made, by=by, at=at, digest=DIGEST, media_type="image/png")
    Handover.objects.create(
        account=made, leaver=by, left_on=day, part="lead", run_by="staying", state="taken_back", opened_at=at,
        ended_at=at, decision=decision, keeps={"keeps": WORDS},
    )  # fmt: skip
    AccountKey.objects.create(
        account=made, kind="password", note=WORDS, kept_by=by, kept_at=at, decision=decision, ended="closed",
        ended_at=at,
    )  # fmt: skip
    PaperKey.objects.create(
        account=made, number=made.pk, place=WORDS, made_by=by, made_at=at, state="void", why=WORDS,
        ended_at=at,
    )  # fmt: skip
    SiteCare.objects.create(
        account=made, answers_given_by=[WORDS], started_by=WORDS, answers_for_moderation=WORDS,
        reporting_route=WORDS, steps_in_how=WORDS, own_plan=WORDS, friends_note="pinned",
        suits={"why": WORDS}, saved_at=at, saved_by=by,
    )  # fmt: skip
    SiteLook.objects.create(account=made, by=by, at=at, note=WORDS)
    SiteWord.objects.create(
        account=made, kind="advice", by=by, at=at, words=WORDS, team=WORDS, guidance=WORDS, replaces=WORDS,
        open_points=[WORDS],
    )  # fmt: skip
    AccountClass.objects.create(
        account=made, year=2026, label="Osian", said_by=by, said_at=at, choice="stays", was="Osian"
    )
    decided(who, at, made)
    return made


def board(who: SimpleNamespace, at: datetime, state: str = "down") -> NoticeboardPost:
    """A post of the noticeboard that was taken down, with an answered comment below it."""
    number = NoticeboardPost.objects.count()
    made = NoticeboardPost.objects.create(
        school=who.school, key=f"k{number:012d}", text=WORDS, published_at=at,
        taken_down_at=at if state == "down" else None,
    )  # fmt: skip
    NoticeboardPicture.objects.create(
        post=made, place=1, digest=f"{number:064d}", media_type="image/png", alt=WORDS
    )
    NoticeboardFilm.objects.create(
        post=made, digest=DIGEST, alt=WORDS, captions=WORDS, cover="c" * 64, cover_type="image/png"
    )
    NoticeboardCard.objects.create(
        post=made, address=ADDRESS, title=WORDS, description=WORDS, digest="e" * 64
    )
    below = NoticeboardComment.objects.create(
        post=made, key=f"c{number:012d}", name="Osian", text=WORDS, written_at=at, state="released",
        state_at=at,
    )  # fmt: skip
    NoticeboardComment.objects.create(
        post=made, parent=below, key=f"a{number:012d}", ours=True, text=WORDS, written_at=at,
        state="released", state_at=at,
    )  # fmt: skip
    return made


def stop(who: SimpleNamespace, at: datetime, state: str = "lifted") -> Stop:
    """A stop that was lifted."""
    by = f"people.person:{who.by.pk}"
    over = {"lifted_at": at, "lifted_by": by} if state == "lifted" else {}
    return Stop.objects.create(school=who.school, reason=WORDS, placed_at=at, placed_by=by, **over)


def expected(who: SimpleNamespace, at: datetime, state: str = "ended") -> Expectation:
    """Attention that was expected and ended before its last day."""
    over = {"ended_at": at, "ended_by": who.by} if state == "ended" else {}
    made = Expectation.objects.create(
        school=who.school, about=WORDS, line=WORDS, until=local_day(at + FAR), by=who.by, at=at,
        decision=decided(who, at), **over,
    )  # fmt: skip
    decided(who, at, made)
    return made


def permission(who: SimpleNamespace, at: datetime, state: str = "declined") -> PermissionAsked:
    """A permission that was asked for a post, talked about and declined."""
    made = PermissionAsked.objects.create(
        about="publishing.post:900", covers=f"name_and_picture:{PermissionAsked.objects.count()}",
        subject="publishing.post:900", point="permission", roles=["slt"], named=True, words=WORDS, text=WORDS,
        school=who.school, asked_by=who.by, at=at, decision=decided(who, at), state=state, state_at=at,
        answered_by=who.by if state == "declined" else None, answer=WORDS,
    )  # fmt: skip
    PermissionWord.objects.create(asked=made, by=who.by, at=at, words=WORDS)
    decided(who, at, made)
    return made


def question(who: SimpleNamespace, at: datetime, state: str = "answered") -> RulingAsked:
    """A question for a ruling that was answered without one."""
    made = RulingAsked.objects.create(
        version=PolicyVersion.objects.get(), entry="own-account", answers={"who": WORDS}, words=WORDS,
        asked_by=who.by, at=at, decision=decided(who, at), state=state, state_at=at,
        answered_by=who.by if state == "answered" else None, answer=WORDS,
    )  # fmt: skip
    decided(who, at, made)
    return made


def suggestion(who: SimpleNamespace, at: datetime, state: str = "declined") -> Suggestion:
    """A suggestion that was not accepted."""
    return Suggestion.objects.create(
        version=PolicyVersion.objects.get(), by=who.by, at=at, words=WORDS, state=state, state_at=at,
        answered_by=who.by if state == "declined" else None, answer=WORDS,
    )  # fmt: skip


def practice(who: SimpleNamespace, at: datetime, state: str = "done") -> Practice:
    """A task of putting the policy into practice, done."""
    over = {"ended_on": local_day(at), "ended_by": who.by, "outcome": WORDS} if state == "done" else {}
    made = Practice.objects.create(
        version=PolicyVersion.objects.get(), kind="task", on=local_day(at - timedelta(days=9)), by=who.by,
        at=at, words=WORDS, advice=WORDS, reference=WORDS, school=who.school, **over,
    )  # fmt: skip
    decided(who, at, made)
    return made


def lesson(who: SimpleNamespace, at: datetime, state: str = "held") -> Lesson:
    """A lesson that was held."""
    over = {"held_on": local_day(at), "held_by": who.by, "came": 30} if state == "held" else {}
    return Lesson.objects.create(
        programme="pupil", year=2026, term="spring", group=WORDS, words=WORDS, by=who.by, at=at, **over
    )


def paper(who: SimpleNamespace, at: datetime, state: str = "left") -> PaperAnswer:
    """The scan of what someone signed who left; its type has the words that must not be left."""
    signer = someone(f"Signer {PaperAnswer.objects.count()}", "staff")
    if state == "left":
        signer.left_on = local_day(at)
        signer.save(update_fields=["left_on"])
    said = Attestation.objects.create(
        kind="policy_read", subject="policy.policyversion:1", by=who.by, about_person=signer, on_paper=True,
        version=PolicyVersion.objects.get(), at=at, answer=True, seen_digest=DIGEST,
    )  # fmt: skip
    return PaperAnswer.objects.create(
        attestation=said, dated=local_day(at), scan=f"{said.pk:064d}", scan_type="Osian"
    )


MAKERS = {
    "accounts": account, "board": board, "stops": stop, "expected": expected, "permissions": permission,
    "questions": question, "suggestions": suggestion, "practice": practice, "lessons": lesson,
    "papers": paper,
}  # fmt: skip
OPEN = {
    "accounts": "open", "board": "live", "stops": "counting", "expected": "counting", "permissions": "open",
    "questions": "open", "suggestions": "open", "practice": "open", "lessons": "planned", "papers": "here",
}  # fmt: skip
