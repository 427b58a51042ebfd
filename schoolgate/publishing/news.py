"""News that was sent in: who may send it and who decides about it; sent, used for a post, declined,
withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.core.rows import reserve
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.media.models import Picture
from schoolgate.media.pictures import check_may_send_in
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.outside import check_read_first, take_in
from schoolgate.people.queries import all_schools, book_for, capacities, held_by, holders, roles_of
from schoolgate.people.rules import can
from schoolgate.policy.asking import record_decision, require
from schoolgate.publishing.drafting import draft_post
from schoolgate.publishing.duty_kinds import READ_NEWS
from schoolgate.publishing.looked_for import names_here
from schoolgate.publishing.models import (
    MOST_PICTURES,
    NEWS_MOVES,
    MadeBy,
    News,
    NewsKind,
    NewsPicture,
    NewsState,
    Post,
)
from schoolgate.publishing.rules import CONTROLS, check_may_write
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.items import NewsPassOn
from schoolgate.triage import may_not_be_named

DECIDES = frozenset({"write_post", "approve_post"})
"""With one of these at a school, people see what was sent in for it and may decline it; only those who write
posts can use it."""


def check_sends(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless `person` has some role at a school of the federation."""
    if not schools_to_send_for(person, on=on):
        raise NotAllowed(
            _("You have no role at a school, so you can’t send in news."),
            next_step=_("Ask the person who looks after people and roles."),
        )


def check_may_send(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` has some role at this school."""
    check_may_send_in(person, school, on=on)


def check_may_use(person: Person, news: News, *, on: date) -> None:
    """Raise NotFound where it may be about `person`, NotAllowed unless they write posts for the school that
    it was sent in for, NotNow while a safeguarding lead reads it first."""
    _check_not_about(person, news)
    check_may_write(person, news.school, on=on)
    check_read_first(news)


def check_may_decline(person: Person, news: News, *, on: date) -> None:
    """Raise NotFound where it may be about `person`, NotAllowed unless they write or approve posts for the
    school that it was sent in for, NotNow while a safeguarding lead reads it first."""
    _check_not_about(person, news)
    if not capacities(person, on=on, school=news.school) & DECIDES:
        check_may_write(person, news.school, on=on)
    check_read_first(news)


def _check_not_about(person: Person, news: News) -> None:
    if not News.objects.filter(not_meant("publishing.news", person), pk=news.pk).exists():
        raise NotFound


def check_may_withdraw(person: Person, news: News) -> None:
    """Raise NotAllowed for everyone but its sender."""
    if news.by_id != person.pk:
        raise NotAllowed(
            _("Only the person who sent this in can withdraw it."),
            next_step=_("If it isn’t wanted, say “Not this time”."),
        )


def schools_to_send_for(person: Person, *, on: date) -> list[School]:
    """Return the schools at which this person has a role, by name. Two queries."""
    places = {(one.scope_kind, one.school_id) for one in held_by(person, on=on)}
    if any(kind == ScopeKind.FEDERATION for kind, _school in places):
        return all_schools()
    there = {pk for kind, pk in places if kind == ScopeKind.SCHOOL}
    return [school for school in all_schools() if school.pk in there]


def schools_decided_for(person: Person, *, on: date) -> list[School]:
    """Return the schools for which this person sees what was sent in, by name."""
    schools = School.objects.order_by("name", "pk")
    return [each for each in schools if capacities(person, on=on, school=each) & DECIDES]


def uses_at(person: Person, schools: list[School], *, on: date) -> set[int]:
    """Return the ids of those of these schools for which this person writes posts."""
    return {each.pk for each in schools if can(check_may_write, person, each, on=on)}


def _whole() -> QuerySet[News]:
    placed = NewsPicture.objects.select_related("picture").order_by("place")
    return News.objects.select_related("school", "by__federation", "decided_by", "post").prefetch_related(
        Prefetch("placed", placed)
    )


def news_waiting(schools: list[School], person: Person) -> QuerySet[News]:
    """Return what no one has decided about yet at these schools, to be paged by key; nothing that may be
    about this person."""
    return _whole().filter(not_meant("publishing.news", person), state=NewsState.NEW, school__in=schools)


def news_sent_by(person: Person) -> QuerySet[News]:
    """Return what this person sent in, to be paged by key."""
    return _whole().filter(not_meant("publishing.news", person), by=person)


def news_for(person: Person, pk: int, *, on: date) -> News:
    """Return one piece of news, for its sender and for those who decide about it at its school; what was
    withdrawn for its sender alone. Raises NotFound for anyone else."""
    decided = Q(school__in=schools_decided_for(person, on=on)) & ~Q(state=NewsState.WITHDRAWN)
    rows = _whole().filter(not_meant("publishing.news", person), pk=pk)
    found = rows.filter(Q(by=person) | decided).first()
    if found is None:
        raise NotFound
    return found


def facts_of_news(by: Person, *, school: School, kind: str, at: datetime) -> NewsPassOn:
    """Return news as the policy is asked about it: who has it, at which school, and its kind."""
    relation: Any = by.relation
    what: Any = kind
    person = known.Person(
        key=person_key(by.pk), relation=relation, roles=tuple(roles_of(by, on=local_day(at), school=school))
    )
    return NewsPassOn(now=at, by=person, school=school.name, kind=what)


def answers_from(news: News) -> dict[str, Any]:
    """Return what the sender stated about whose work it is, as answers of the post's author: a beginning that
    the author reads and changes. What the sender left open stays open, and so does all else: that nothing
    was made by others is the author's own statement, about the finished post."""
    if news.made_by == MadeBy.ME:
        return {}
    answers: dict[str, Any] = {"others_work": True}
    if news.owner_agreed is not None:
        answers["permission"] = news.owner_agreed
        answers["origin"] = "permission_obtained" if news.owner_agreed else "someone_elses"
    return answers


def text_from(news: News) -> str:
    """Return the text with which a post begins: the sender's, and the name to show below it."""
    return f"{news.text}\n\n{news.by_line}" if news.by_line else news.text


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
    check_may_send(by, school, on=local_day(at))
    texts = {"text": text, "by_line": by_line, "owner": owner}
    _check(by, school, {"kind": kind, "made_by": made_by}, pictures, texts)
    _check_names(text, by_line, on=local_day(at))
    others = made_by == MadeBy.OTHER
    number = reserve(News, 1)[0]
    asked = facts_of_news(by, school=school, kind=kind, at=at)
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
    check_may_use(by, news, on=local_day(at))
    _lock(news, to=NewsState.USED)
    post = draft_post(
        by=by, at=at, school=news.school, targets=(), pictures=news.pictures,
        answers=answers_from(news), text=text_from(news),
    )  # fmt: skip
    move(news, to=NewsState.USED, moves=NEWS_MOVES, at=at, decided_by=by, post=post)
    discharge(kind=READ_NEWS, subject=news, by=by, at=at, how="used")
    record("news.used", subject=news, at=at, actor=by, post=post.pk)
    return post


@action
def decline_news(*, by: Person, at: datetime, news: News, reason: str) -> News:
    """Don't use it, for a reason that its sender reads. Raises NotAllowed, BadInput on `reason`, NotNow."""
    check_may_decline(by, news, on=local_day(at))
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
    check_may_withdraw(by, news)
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
