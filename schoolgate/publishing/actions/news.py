"""Send in news for those who write posts; use it for a post, decline it, withdraw it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.core.rows import reserve
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.media.models import Picture
from schoolgate.people.models import Person
from schoolgate.people.outside import take_in
from schoolgate.people.queries import book_for, holders
from schoolgate.policy.asking import record_decision, require
from schoolgate.publishing import news as sent_in
from schoolgate.publishing.actions.drafting import draft_post
from schoolgate.publishing.duty_kinds import READ_NEWS
from schoolgate.publishing.models import MOST_PICTURES, News, NewsPicture, Post
from schoolgate.publishing.names_known import names_here
from schoolgate.publishing.news_models import MadeBy, NewsKind
from schoolgate.publishing.rules import CONTROLS
from schoolgate.publishing.states import NEWS_MOVES, NewsState
from schoolgate.triage import may_not_be_named

LIMITS: Mapping[str, tuple[int, Text]] = {
    "text": (3_000, _("Use up to 3,000 characters.")),
    "by_line": (120, _("Use up to 120 characters.")),
    "owner": (120, _("Use up to 120 characters.")),
    "reason": (1_000, _("Use up to 1,000 characters.")),
}
"""The most characters of each text, and the sentence for a longer one."""


@action
def send_news(
    *,
    by: Person,
    at: datetime,
    school: School,
    kind: str,
    text: str,
    made_by: str,
    pictures: Sequence[Picture] = (),
    by_line: str = "",
    owner: str = "",
    owner_agreed: bool | None = None,
    agreed_in_writing: bool | None = None,
) -> News:
    """Send in news for a school's posts. Those who approve posts there get a task; nothing goes out.

    `owner` and what follows count only where another person made it (`made_by`), `agreed_in_writing` only
    where they agreed. Raises NotAllowed without a role at the school, BadInput by field, Refused where the
    policy doesn't want it passed on.
    """
    sent_in.check_may_send(by, school, on=local_day(at))
    texts = {"text": text, "by_line": by_line, "owner": owner}
    _check(by, school, {"kind": kind, "made_by": made_by}, pictures, texts)
    _check_names(text, by_line, on=local_day(at))
    others = made_by == MadeBy.OTHER
    number = reserve(News, 1)[0]
    asked = sent_in.facts_of_news(by, school=school, kind=kind, at=at)
    kept = record_decision("news.pass_on", asked, at=at, by=by, subject=f"publishing.news:{number}")
    require(kept)
    news = News.objects.create(
        pk=number,
        school=school,
        by=by,
        at=at,
        kind=kind,
        text=text.strip(),
        by_line=by_line.strip(),
        made_by=made_by,
        owner=owner.strip() if others else "",
        owner_agreed=owner_agreed if others else None,
        agreed_in_writing=agreed_in_writing if others and owner_agreed else None,
        state_at=at,
        decision=kept,
    )
    NewsPicture.objects.bulk_create(
        [NewsPicture(news=news, picture=each, place=place) for place, each in enumerate(pictures, start=1)]
    )
    record("news.sent", subject=news, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    take_in(
        news, news.text, at=at, federation=news.federation, writer=[news.by_line, news.owner], school=school,
    )  # fmt: skip
    for role in _who_reads(news):
        open_duty(
            kind=READ_NEWS, subject=news, at=at, due=Due.none_promised(), role=role, school=school,
            clauses=kept.clauses, decision=kept,
        )  # fmt: skip
    return news


@action
def use_news(*, by: Person, at: datetime, news: News) -> Post:
    """Start a draft with what was sent in; `by` is its author. Everything that a post goes through is still
    to come. Raises NotAllowed, NotNow once it was used, declined or withdrawn."""
    sent_in.check_may_use(by, news, on=local_day(at))
    _lock(news, to=NewsState.USED)
    post = draft_post(
        by=by, at=at, school=news.school, targets=(), pictures=news.pictures,
        answers=sent_in.answers_from(news), text=sent_in.text_from(news),
    )  # fmt: skip
    move(news, to=NewsState.USED, moves=NEWS_MOVES, at=at, decided_by=by, post=post)
    discharge(kind=READ_NEWS, subject=news, by=by, at=at, how="used")
    record("news.used", subject=news, at=at, actor=by, post=post.pk)
    return post


@action
def decline_news(*, by: Person, at: datetime, news: News, reason: str) -> News:
    """Don't use it, for a reason that its sender reads. Raises NotAllowed, BadInput on `reason`, NotNow."""
    sent_in.check_may_decline(by, news, on=local_day(at))
    said = reason.strip()
    if not said:
        raise BadInput({"reason": _("Say why, for the person who sent it in.")})
    _check_text("reason", said)
    _lock(news, to=NewsState.DECLINED)
    move(news, to=NewsState.DECLINED, moves=NEWS_MOVES, at=at, decided_by=by, reason=said)
    discharge(kind=READ_NEWS, subject=news, by=by, at=at, how="declined")
    record("news.declined", subject=news, at=at, actor=by)
    return news


@action
def withdraw_news(*, by: Person, at: datetime, news: News) -> News:
    """Take back what one sent in, before anyone has decided about it. Raises NotAllowed, NotNow."""
    sent_in.check_may_withdraw(by, news)
    _lock(news, to=NewsState.WITHDRAWN)
    move(news, to=NewsState.WITHDRAWN, moves=NEWS_MOVES, at=at)
    cancel(kind=READ_NEWS, subject=news, because="withdrawn", at=at, by=by)
    record("news.withdrawn", subject=news, at=at, actor=by)
    return news


def _lock(news: News, *, to: NewsState) -> None:
    """Reread its state and keep others from deciding until this transaction ends, so that two people never
    start two posts. Raises NotNow where it is decided, AlreadyDone where that was `to`."""
    news.refresh_from_db(fields=["state"], from_queryset=News.objects.select_for_update())
    if news.state != NewsState.NEW:
        raise done_before(
            news,
            _("Someone has decided about this already."),
            _("Open the list again to see what happened to it."),
            otherwise=NotNow(
                _("This was decided differently or withdrawn."),
                _("Open the list again to see what happened to it."),
            ),
            state=to,
        )


def _who_reads(news: News) -> list[str]:
    """Return the roles that approve posts and that someone has at its school; all of them where no one has
    one."""
    roles = [role.key for role in book_for(news.by).roles if "approve_post" in role.capacities]
    on = local_day(news.at)
    return [key for key in roles if holders(key, on=on, school=news.school)] or roles


def _check(
    by: Person, school: School, said: Mapping[str, str], pictures: Sequence[Picture], texts: Mapping[str, str]
) -> None:
    wrong: dict[str, Text] = {}
    if said["kind"] not in NewsKind.values:
        wrong["kind"] = _("Choose what kind of news it is.")
    if said["made_by"] not in MadeBy.values:
        wrong["made_by"] = _("Choose who made the words and pictures.")
    if not texts["text"].strip():
        wrong["text"] = _("Say what happened.")
    if len(pictures) > MOST_PICTURES:
        wrong["pictures"] = _("Choose up to 4 pictures.")
    elif len({each.digest for each in pictures}) < len(pictures):
        wrong["pictures"] = _("The same picture is there twice. Remove one of them.")
    elif any(each.school_id != school.pk or each.added_by_id != by.pk for each in pictures):
        wrong["pictures"] = _("Choose the pictures again.")
    if wrong:
        raise BadInput(wrong)
    for name, text in texts.items():
        _check_text(name, text)


def _check_names(*texts: str, on: date) -> None:
    """Everyone who posts for the school reads what is sent in: the whole name of a child on the
    do-not-publish list isn't spread there."""
    if may_not_be_named("\n".join(texts), names_here(on=on))[1]:
        raise BadInput({"text": _("This names a child who can’t be named in posts. Take the name out.")})


def _check_text(name: str, text: str) -> None:
    most, too_long = LIMITS[name]
    if "\x00" in text:
        raise BadInput({name: CONTROLS})
    if len(text) > most:
        raise BadInput({name: too_long})
