"""Reads of posts with a name, each with a number of queries that does not grow with its rows: one, lists,
those that wait for a person, those that are live, and what is told beside one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import product
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.clock import begins, local_day
from schoolgate.core.errors import NotFound, Text
from schoolgate.core.models import InstallationStop, School, Stop
from schoolgate.core.reading_once import A_NUMBER, FixedQuery, with_parts
from schoolgate.core.subjects import number_of
from schoolgate.core.tenancy import current_scope
from schoolgate.media.models import ConsentCheck, Picture
from schoolgate.media.pictures import newest_checks, picture
from schoolgate.networks.handshake import STANDING, Intent
from schoolgate.networks.intents import TO_DRIVE, Waiting, waiting
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import book_for, capacities_by_school, held_by, roles_of
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import lead_of
from schoolgate.policy.asking import verdicts
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.queries import in_force
from schoolgate.publishing import rules
from schoolgate.publishing.digest import approval_digest
from schoolgate.publishing.facts import Approver, facts_of
from schoolgate.publishing.hits import PostHit, why_words_wait
from schoolgate.publishing.models import (
    HELD,
    Approval,
    Delivery,
    Post,
    PostMark,
    PostPicture,
    PostState,
    PostTarget,
    PostWriter,
    Purpose,
    RemovalSaid,
    TakeDown,
)
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.publishing.post_parts import PARTS
from schoolgate.publishing.rules import waits_for_lead
from schoolgate.publishing.sights import may_see_picture, sights, visible_to
from schoolgate.rulebook import Decision
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.kinds import REFUSED

OPEN = (PostState.SENDING, PostState.PUBLISHED)
"""States in which a network's answer about publishing still needs someone. What was sent nowhere is
"not sent" already; what is being taken down needs no more sending."""


def refusals() -> QuerySet[Delivery]:
    """Return the deliveries that wait for a person's decision."""
    later = Delivery.objects.filter(
        post=OuterRef("post"), account=OuterRef("account"), purpose=Purpose.PUBLISH, pk__gt=OuterRef("pk")
    )
    said = RemovalSaid.objects.filter(delivery=OuterRef("pk"), gone=None)
    not_sent = Q(state=Intent.FAILED) & ~Exists(later)
    sent = Q(purpose=Purpose.PUBLISH, post__state__in=OPEN)
    still_there = Q(by_hand=True, state=Intent.WRITTEN) & ~Exists(said)
    gone = Q(purpose=Purpose.TAKE_DOWN, post__state__in=[*OPEN, PostState.TAKING_DOWN])
    asked = Q(state__in=[Intent.ASKED, Intent.DIFFERENT])
    return Delivery.objects.filter(sent & (asked | not_sent) | gone & (asked | still_there))


def are_stuck() -> Q:
    """Return the condition for posts with such a delivery."""
    return Q(pk__in=refusals().values("post"))


def with_stuck(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Return these posts, each with whether it is `stuck`, and whether all that is left is `by_hand`."""
    left = Delivery.objects.filter(post=OuterRef("pk"), purpose=Purpose.PUBLISH, state__in=TO_DRIVE)
    return posts.annotate(
        is_stuck=Exists(refusals().filter(post=OuterRef("pk"))),
        is_by_hand=Exists(left.filter(by_hand=True)) & ~Exists(left.filter(by_hand=False)),
    )


def asking_if_stuck(post: Post) -> Post:
    """Return the post, which finds out whether it is `stuck` when its `stuck` is first read.

    Most code that reads one post doesn't, and finding out takes longer than the post itself. Raises NoScope
    where that is outside the scope.
    """
    vars(post)["is_stuck"] = partial(_is_stuck, post.pk)
    return post


def _is_stuck(pk: int) -> bool:
    current_scope()
    return refusals().filter(post=pk).exists()


def lines_of_posts() -> QuerySet[Post]:
    """Return every post with what a line of a list shows: two queries, where a whole post takes a dozen."""
    return with_stuck(Post.objects.select_related("school", "author")).prefetch_related(
        Prefetch("targets", PostTarget.objects.select_related("account").order_by("account_id"))
    )


def first_pictures(posts: Iterable[Post | int]) -> dict[int, int]:
    """Return the id of the first picture by the id of its post, of those posts (or ids) that have one that
    isn't erased."""
    placed = PostPicture.objects.filter(post__in=posts, place=1, picture__destroyed_at=None)
    return dict(placed.values_list("post_id", "picture_id"))


MOST_SHOWN = 100
"""How many posts on their way one page lists."""


def _rows() -> QuerySet[Post]:
    return Post.objects.select_related("school", "author__federation", "emergency_text__by__federation")


def _one(rows: QuerySet[Post]) -> Post:
    return _first(rows[:1])


def _first(rows: Iterable[Post]) -> Post:
    found = with_parts(rows, PARTS)
    if not found:
        raise NotFound
    return asking_if_stuck(found[0])


def post(pk: int) -> Post:
    """Return the post with everything that belongs to it. Raises NotFound, also for another federation's."""
    return _first(_by_id().ask({A_NUMBER: pk}))


@cache
def _by_id() -> FixedQuery[Post]:
    return FixedQuery(_rows().filter(pk=A_NUMBER))


def writer_of(of: Post, person: Person) -> PostWriter:
    """Return the row of a colleague who writes this post too. Raises NotFound for anyone else."""
    for each in of.writers.all():
        if each.person_id == person.pk and each.added_by_id is not None and each.ended_at is None:
            return each
    raise NotFound


def saved_by(of: Post, person: Person) -> datetime | None:
    """Return when this person last saved the post, as it was read."""
    return next((each.wrote_at for each in of.writers.all() if each.person_id == person.pk), None)


def mark_of(of: Post, pk: int) -> PostMark:
    """Return one mark of this post. Raises NotFound, also for another post's mark."""
    found = next((mark for mark in of.marks.all() if mark.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def posts_by_id(ids: Collection[int], *, seen_by: Person | None = None, on: date | None = None) -> list[Post]:
    """These posts, newest first; with `seen_by` and `on` those that this person may see on that day."""
    rows = with_stuck(_rows()).filter(pk__in=ids)
    if seen_by is not None and on is not None:
        rows = rows.filter(visible_to(seen_by, on))
    return with_parts(rows.order_by("-id"), PARTS)


def post_for(person: Person, pk: int, *, on: date) -> Post:
    """Return the post, for people involved in it. Raises NotFound for anyone else."""
    return _one(_rows().filter(visible_to(person, on), pk=pk))


def stop(pk: int) -> Stop:
    """Return a stop of this federation or one of its schools. Raises NotFound."""
    found = Stop.objects.select_related("school").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def all_stops() -> QuerySet[Stop]:
    """Return every stop there was in this federation, to be paged by key."""
    return Stop.objects.select_related("school")


def newest_stops_of_the_installation(limit: int) -> QuerySet[InstallationStop]:
    """Return the newest stops that its operator placed on every federation."""
    return InstallationStop.objects.order_by("-placed_at", "-pk")[:limit]


def names_of_actors(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of those of these actors who are people, by actor. One query."""
    known = {number_of(actor): actor for actor in actors if actor.startswith("people.person:")}
    return {known[pk]: name for pk, name in Person.objects.filter(pk__in=known).values_list("pk", "name")}


def schools_by_id(ids: Collection[int] | None = None) -> QuerySet[School]:
    """These schools, or all of the federation, by name."""
    rows = School.objects.order_by("name", "pk")
    return rows if ids is None else rows.filter(pk__in=ids)


def schools_to_write_for(person: Person, *, on: date) -> list[School]:
    """Return the schools for which this person writes posts, by name: those with an open account, or all of
    them where none has one."""
    found = [school for school in schools_by_id() if can(rules.check_may_write, person, school, on=on)]
    posted = set(open_accounts().order_by().values_list("school_id", flat=True))
    return [school for school in found if posted & {school.pk, None}] or found


def school_to_write_for(person: Person, pk: int, *, on: date) -> School:
    """This school. Raises NotFound where there is none, NotAllowed where the person doesn't write for it."""
    school = School.objects.filter(pk=pk).first()
    if school is None:
        raise NotFound
    rules.check_may_write(person, school, on=on)
    return school


def accounts_to_post_on(school: School) -> list[Account]:
    """The open accounts of this school and of the federation, on which its posts may go out."""
    return list(open_accounts().filter(Q(school=school) | Q(school=None)))


def picture_for(person: Person, pk: int, *, on: date) -> Picture:
    """Return the picture, for those who may see it. Raises NotFound for anyone else."""
    found = picture(pk)
    if not may_see_picture(person, found, on=on):
        raise NotFound
    return found


NOTHING_MORE = Q()


def accounts_of_posts(person: Person, *, on: date) -> list[Account]:
    """Return the accounts of the posts that this person may see, by name. One query beside those of their
    roles."""
    targets = PostTarget.objects.filter(post__in=_seen(person, on))
    return list(Account.objects.filter(pk__in=targets.values("account")).order_by("name", "pk"))


def posts_page(
    *,
    before: int | None = None,
    limit: int = 50,
    state: PostState | None = None,
    states: Collection[PostState] = (),
    stuck: bool = False,
    seen_by: Person | None = None,
    on: date | None = None,
    words: str = "",
    narrowed: Q = NOTHING_MORE,
    lines: bool = False,
) -> tuple[list[Post], int | None]:
    """Posts, newest first, older than the id `before`; with the id to ask the next page with, None on the
    last. With `seen_by` and `on`: only those that this person may see then. With `words`: if its text has
    each. `narrowed`: a further condition. `stuck`: also those that need a person. `lines`: as a list shows.

    Asked state by state and part by part, so that each answer is the head of an index.
    """
    rows = Post.objects.filter(narrowed)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    for word in words.split():
        texts = PostTarget.objects.filter(text__icontains=word).values("post")
        rows = rows.filter(Q(text__icontains=word) | Q(pk__in=texts))
    parts = sights(seen_by, on) if seen_by is not None and on is not None else [Q()]
    of_states = [Q(state=each) for each in ([state] if state is not None else states)] or [Q()]
    of_states += [are_stuck()] if stuck else []
    found: set[int] = set()
    for condition in product(parts, of_states):
        found |= set(rows.filter(*condition).order_by("-id").values_list("pk", flat=True)[: limit + 1])
    newest = sorted(found, reverse=True)
    these = (lines_of_posts() if lines else with_stuck(_rows())).filter(pk__in=newest[:limit]).order_by("-id")
    shown = list(these) if lines else with_parts(these, PARTS)
    return shown, newest[limit - 1] if len(newest) > limit else None


def checks_of(of: Post) -> dict[tuple[int, str], ConsentCheck]:
    """Return the newest statement that the consent list was checked, by picture and network."""
    return newest_checks(of.pictures, [target.account.network for target in of.targets.all()])


def seen_now(of: Post, *, at: datetime) -> str:
    """Return the digest that an approval of this post would be bound to now."""
    on = local_day(at)
    noes = noes_in(of, on=on)
    return approval_digest(of, reading=in_force(on).reading, checks=checks_of(of).values(), noes=noes)


def standing_approval(of: Post) -> Approval | None:
    """Return the last approval that has not lapsed, or None."""
    return next((each for each in of.approvals.all() if each.lapsed_at is None), None)


def approvers_of(of: Post, *, at: datetime) -> tuple[Approver, ...]:
    """Return the current approvals as facts, with whether they cover the post as it is now."""
    standing = [each for each in of.approvals.all() if each.lapsed_at is None]
    now = seen_now(of, at=at) if standing else ""
    return tuple(
        Approver(each.by, tuple(each.roles), each.at, of_this_version=each.seen == now) for each in standing
    )


@dataclass(frozen=True)
class Judged:
    """The decision of the policy in force about a post on one account."""

    target: PostTarget
    decision: Decision


def judged(of: Post, *, at: datetime, approver: Person | None = None) -> list[Judged]:
    """Return the live answer for each account: advice while writing, never saved.

    With `approver`: as it would be if that person, too, approved the current post at `at`.
    """
    approvers = approvers_of(of, at=at)
    if approver is not None:
        approvers = (*approvers, as_if(approver, of, at=at))
    asked = facts_of(of, at=at, approvers=approvers)
    decisions = verdicts("post.publish", [facts for _target, facts in asked], on=local_day(at))
    return [Judged(target, decision) for (target, _), decision in zip(asked, decisions, strict=True)]


def as_if(person: Person, of: Post, *, at: datetime) -> Approver:
    """Return the approval that this person would give of the current post."""
    roles = tuple(roles_of(person, on=local_day(at), school=of.school, about=of.author))
    return Approver(person, roles, at, of_this_version=True)


def author_still_owes(decision: Decision) -> list[str]:
    """Return what the author must answer before sending for approval: keys of needs, in order, each once."""
    wanted = [
        need.what
        for finding in decision.findings
        if finding.stands
        for need in finding.needs
        if need.source == "author"
    ]
    return list(dict.fromkeys(wanted))


def is_ready(
    of: Post,
    *,
    at: datetime,
    now: list[Judged] | None = None,
    problems: Mapping[str, Text] | None = None,
) -> bool:
    """Return whether its author may send it for approval: the networks can take it, the policy does not rule
    it out, and the author has answered everything. `now`, `problems`: what `judged` and `rules.problems_of`
    answered for it just now."""
    if rules.problems_of(of, on=local_day(at)) if problems is None else problems:
        return False
    decisions = [each.decision for each in (judged(of, at=at) if now is None else now)]
    return not any(each.outcome in REFUSED or author_still_owes(each) for each in decisions)


def goes_back(of: Post, *, at: datetime, now: list[Judged]) -> bool:
    """Return whether an approved post would go back for approval instead of going out, if nothing is
    changed: what `begin_sending` checks at its time, asked before. `now`: what `judged` answered for it."""
    on, approval = local_day(at), standing_approval(of)
    return (
        approval is None
        or approval.seen != seen_now(of, at=at)
        or bool(rules.words_to_answer(of, on=on))
        or rules.waits_for_order(of, on=on)
        or waits_for_lead(on=on)
        or any(each.decision.outcome not in GOES_AHEAD for each in now)
    )


def deliveries_to_advance(at: datetime) -> list[Waiting]:
    """Return the intents for which the program has to take a step by now."""
    return waiting(Delivery.objects.all(), at)


def delivery(pk: int) -> Delivery:
    """One intent with its post and account. Raises NotFound."""
    rows = Delivery.objects.select_related("post__school", "post__author", "account", "of", "done_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def live_copies(of: Post) -> list[Delivery]:
    """Return where the post is live, as far as is known, and has not been taken down."""
    rows = Delivery.objects.filter(post=of, purpose=Purpose.PUBLISH, receipt__isnull=False).exclude(
        take_downs__state=Intent.CONFIRMED
    )
    return list(rows.select_related("account").order_by("id"))


def delivery_for(person: Person, pk: int, *, on: date) -> Delivery:
    """Return one intent, for people involved in its post. Raises NotFound for anyone else."""
    found = delivery(pk)
    post_for(person, found.post_id, on=on)
    return found


def by_hand_page(
    *, after: int | None = None, limit: int = 50, seen_by: Person | None = None, on: date | None = None
) -> list[Delivery]:
    """What waits for a person to do on a network's own pages, oldest first; `seen_by`, `on`: as in
    `posts_page`."""
    rows = (
        Delivery.objects.filter(state=Intent.WRITTEN, by_hand=True)
        .select_related("post__school", "post__author", "account", "of")
        .prefetch_related(Prefetch("removals_said", RemovalSaid.objects.select_related("by")), "take_downs")
    )
    if seen_by is not None and on is not None:
        rows = rows.filter(post__in=Post.objects.filter(visible_to(seen_by, on)).values("pk"))
    return list((rows.filter(pk__gt=after) if after else rows).order_by("id")[:limit])


def in_flight(*, seen_by: Person, on: date) -> list[Delivery]:
    """What is on its way to a network by the program at this moment, or waits to be, oldest first; of the
    posts that this person may see on that day; one more than MOST_SHOWN where there are more."""
    rows = Delivery.objects.filter(state__in=TO_DRIVE, by_hand=False, post__in=_seen(seen_by, on))
    shown = rows.select_related("post__school", "account").prefetch_related("take_downs")
    return list(shown.order_by("id")[: MOST_SHOWN + 1])


def waiting_for_their_time(*, seen_by: Person, on: date) -> list[Post]:
    """Approved posts that have not started, the soonest first; those without a time go out at once. As in
    `in_flight`."""
    rows = with_stuck(_rows()).filter(visible_to(seen_by, on), state=PostState.APPROVED)
    return with_parts(rows.order_by(F("planned_at").asc(nulls_first=True), "id")[: MOST_SHOWN + 1], PARTS)


def _seen(person: Person, on: date) -> QuerySet[Post, Any]:
    return Post.objects.filter(visible_to(person, on)).values("pk")


STANDS = frozenset({PostState.APPROVED, PostState.SENDING, PostState.PUBLISHED})
"""The states in which a post can be taken down: one that waits is withdrawn, one being sent is removed once
it has arrived."""


def to_take_down(
    person: Person,
    *,
    on: date,
    account: Account | None = None,
    day: date | None = None,
    among: Collection[int] | None = None,
    limit: int,
    lines: bool = False,
) -> list[Post]:
    """Return the live posts that this person may take down, newest first: on an account, of a day, or `among`
    these ids. `lines`: with what a list shows.

    One row more than `limit` says that there are more.
    """
    sent = Delivery.objects.filter(purpose=Purpose.PUBLISH, state__in=STANDING)
    if account is not None:
        sent = sent.filter(account=account)
    if day is not None:
        sent = sent.filter(written_at__gte=begins(day), written_at__lt=begins(day + timedelta(days=1)))
    out = [PostState.SENDING, PostState.PUBLISHED]
    rows = Post.objects.filter(takes_down(person, on=on), state__in=out, pk__in=sent.values("post"))
    if among is not None:
        rows = rows.filter(pk__in=among)
    ids = list(rows.order_by("-id").values_list("pk", flat=True)[: limit + 1])
    if lines:
        return list(lines_of_posts().filter(pk__in=ids).order_by("-id"))
    return posts_by_id(ids)


def takes_down(person: Person, *, on: date) -> Q:
    """Return the posts that the person may take down by `rules.check_may_take_down`."""
    leads = lead_of(person, held_by(person, on=on))
    if None in leads:
        return Q()
    able = capacities_by_school(person, on=on)
    over = [school.pk for school, may in able.items() if may & {"stop_everything", "approve_post"}]
    own = [school.pk for school, may in able.items() if "write_post" in may]
    over += [pk for pk in leads if pk is not None]
    return Q(school__in=over) | Q(author=person, school__in=own) | _of_those_managed(person, on=on)


def may_take_down(person: Person, posts: list[Post], *, on: date) -> set[int]:
    """Return the ids of those of these posts that are live and that the person may take down; one check per
    school."""
    standing = [post.pk for post in posts if post.state in STANDS]
    if not standing:
        return set()
    rows = Post.objects.filter(takes_down(person, on=on), pk__in=standing)
    return set(rows.values_list("pk", flat=True))


def sent_under_key(key: str) -> Delivery:
    """Return the publication with this key on its network. Raises NotFound."""
    found = Delivery.objects.filter(intent_key=key, purpose=Purpose.PUBLISH).first()
    if found is None:
        raise NotFound
    return found


def act_for(person: Person, pk: int, *, on: date) -> TakeDown:
    """Return a take-down of several posts, for the person who did it and people who see one of its posts.
    Raises NotFound."""
    found = TakeDown.objects.select_related("by", "account").filter(pk=pk).first()
    if found is None or not (found.by_id == person.pk or posts_of(found, seen_by=person, on=on)):
        raise NotFound
    return found


def posts_of(act: TakeDown, *, seen_by: Person, on: date) -> list[tuple[Post, bool]]:
    """Return its posts that the person may see, with whether it requested the removal of each."""
    asked = dict(act.posts.values_list("post_id", "asked"))
    seen = posts_by_id(list(asked), seen_by=seen_by, on=on)
    return [(post, asked[post.pk]) for post in seen]


def acts_on(post: Post) -> list[TakeDown]:
    """Return every take-down that included this post, the oldest first. One query."""
    return list(TakeDown.objects.filter(posts__post=post).select_related("by").order_by("posts__id"))


def began(post: Post) -> TakeDown | None:
    """Return the take-down that began the removal of this post; None where none did."""
    return TakeDown.objects.filter(posts__post=post, posts__asked=True).select_related("by").last()


def next_by_hand(person: Person, *, on: date) -> Delivery | None:
    """Return the oldest post that waits to be posted by hand and that this person may post."""
    able = capacities_by_school(person, on=on)
    schools = [school.pk for school, may in able.items() if may & {"write_post", "approve_post"}]
    theirs = Post.objects.filter(Q(school__in=schools) | _of_those_managed(person, on=on))
    rows = Delivery.objects.filter(
        purpose=Purpose.PUBLISH, by_hand=True, state=Intent.WRITTEN, post__in=theirs.values("pk")
    )
    return rows.order_by("id").first()


def beside_it(of: Delivery) -> list[Delivery]:
    """Return the other accounts on which the same post waits to be posted by hand."""
    rows = Delivery.objects.filter(
        post=of.post_id, purpose=Purpose.PUBLISH, by_hand=True, state=Intent.WRITTEN
    )
    return list(rows.exclude(pk=of.pk).select_related("account").order_by("id"))


def may_go_again(of: Delivery) -> bool:
    """Return whether a failed publication can be sent again: it is the last one on its account, and none of
    the post stands there."""
    if of.state != Intent.FAILED or of.purpose != Purpose.PUBLISH:
        return False
    beside = Delivery.objects.filter(post=of.post_id, account=of.account_id, purpose=Purpose.PUBLISH)
    return not beside.filter(Q(pk__gt=of.pk) | Q(state__in=STANDING)).exists()


def may_be_left(of: Delivery) -> bool:
    """Return whether a refused post may stay off its account: it is out, or on its way, on another."""
    elsewhere = Delivery.objects.filter(post=of.post_id, purpose=Purpose.PUBLISH, state__in=STANDING)
    out = of.post.state in (PostState.SENDING, PostState.PUBLISHED)
    return out and may_go_again(of) and elsewhere.exists()


def sent_again(among: Collection[Delivery]) -> set[int]:
    """Return the ids of those of a post's publications that another one followed on the same account."""
    last = {each.account_id: each.pk for each in sorted(among, key=lambda one: one.pk) if each.of_id is None}
    return {each.pk for each in among if each.of_id is None and each.pk != last[each.account_id]}


def _of_those_managed(person: Person, *, on: date) -> Q:
    """Return the posts of the person's own staff, where a line manager approves posts."""
    approving = [role.key for role in book_for(person).pack.roles_with("approve_post")]
    held = [
        one.managed_id
        for one in held_by(person, on=on)
        if one.scope_kind == ScopeKind.LINE_MANAGER_OF and one.role_key in approving
    ]
    return Q(author__in=held)


# What is told beside a post: the policy's answer, unless something else keeps the post back. A post goes
# out whole, so what keeps it back on one account keeps it back on all.

SAYS_GO = frozenset({Answer.ALLOWED, Answer.ALLOWED_IF, Answer.ADVISED_AGAINST, Answer.MET})
"""Answers that a reader takes for a yes."""


def answer_beside(decision: Decision, *, held: bool) -> Answer:
    """Return the strongest answer about a post on an account: a yes only where nothing keeps the post back.
    `held`: whether `kept_back` says why."""
    own = answer_of(decision)
    return Answer.NOT_YET if held and own in SAYS_GO else own


def kept_back(
    judged: Sequence[Judged],
    *,
    school: int | None,
    problems: Mapping[str, Text],
    left: Sequence[PostHit],
    at: datetime,
) -> tuple[Text, ...]:
    """Return why a post can't go out whatever the policy allows on one of its accounts, each reason once.
    `problems`: as `rules.problems_of` gives them; `left`: words that wait for an answer."""
    said: list[Text] = [HELD] if rules.stopped(school, at=at) else []
    said += problems.values()
    if left and "screening" not in problems:
        said.append(why_words_wait(left))
    if any(each.decision.outcome not in GOES_AHEAD for each in judged):
        said.append(_("The policy stops it on another of its accounts, so the whole post waits."))
    return tuple(dict.fromkeys(said))


def kept_back_now(post: Post, judged: Sequence[Judged], *, at: datetime) -> tuple[Text, ...]:
    """Return the same of a saved post as it is. `judged`: what the policy says about it."""
    on = local_day(at)
    said = kept_back(
        judged,
        school=post.school_id,
        problems=rules.problems_of(post, on=on),
        left=rules.words_to_answer(post, on=on),
        at=at,
    )
    if not said and post.state == PostState.APPROVED and goes_back(post, at=at, now=list(judged)):
        return (_("Something has changed since it was approved, so it goes back for approval."),)
    return said
