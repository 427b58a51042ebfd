"""The example accounts' posts, the comments on them, and the tasks open today."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from schoolgate.accounts.connecting import credential_of
from schoolgate.accounts.models import Account
from schoolgate.cli.demo.drawing import landscape
from schoolgate.cli.demo.stage import Stage
from schoolgate.cli.demo.words import (
    ASKED,
    ASKS,
    BY_HAND,
    CARD,
    FRESH,
    PLANNED,
    POSTS,
    SHOWING,
    WAITING,
    DemoComment,
    DemoPost,
)
from schoolgate.core.clock import local_day
from schoolgate.core.leaving import Said
from schoolgate.core.tenancy import current_scope
from schoolgate.inbox import moderating, polling
from schoolgate.inbox import sending as answering
from schoolgate.inbox.actions import moderate, write_answer
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import Sight
from schoolgate.media.actions import add_picture, store, take_in
from schoolgate.media.link_pages import SeenPage
from schoolgate.media.models import Picture
from schoolgate.networks.noticeboard.actions import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.networks.port import Network
from schoolgate.networks.registry import connect
from schoolgate.policy.actions.permitting import permit
from schoolgate.publishing import queries, sending
from schoolgate.publishing.actions import (
    TargetText,
    answer_hits,
    approve_post,
    ask_for_post,
    begin_sending,
    comment_on,
    draft_post,
    look_at,
    submit_post,
)
from schoolgate.publishing.actions.link_cards import note_card
from schoolgate.publishing.actions.planning import add_slots, repeat_post
from schoolgate.publishing.hits import PostHit
from schoolgate.publishing.models import OwnerPermission, Post
from schoolgate.publishing.passages import sentences_of
from schoolgate.publishing.planning import repeat_days
from schoolgate.publishing.rules import words_to_answer
from schoolgate.publishing.states import HitReply
from schoolgate.pupils.models import Pupil

PLANS = "wildground"
"""The example whose writer sets good times and repeats a post."""
YES = (
    "suitable_for_children", "suitable_for_any_reader", "suits_ages", "professional", "confidentiality_kept",
    "privacy_kept", "signed", "author_position", "knows_safeguarding", "fit", "dressed",
)  # fmt: skip
NO = (
    "may_be_controversial", "names_somebody", "personal_view", "author_in_doubt", "rights_in_doubt",
    "tells_success_or_news", "names_partner", "discloses", "commits", "others_work", "ridicules",
    "shows_security", "swimwear", "starts_something", "calls_for_people",
)  # fmt: skip
ANSWERS = (
    dict.fromkeys(YES, True)
    | dict.fromkeys(NO, False)
    | {
        "labelled": "none",
        "purpose": "promote the school",
        "subject_school": "own",
        "school_publication": False,
        "uses_mark": "none",
    }
)
"""What a careful author answers about posts like these; each policy asks for some of it."""
OF_LINKS = {"links_fitting": True, "links_safe": True, "links_blocked": False, "links_own_business": False}
"""What they answer where a post has a link."""
SAID = {
    "to_relation": "parent", "from_press": False, "asks_for_comment": False, "about_posts": False,
    "to_offensive": False, "about_school": True, "in_doubt": False, "commits": False,
}  # fmt: skip


def tell_posts(stage: Stage, accounts: list[Account]) -> None:
    """Add the posts of the last weeks with their comments, and those that await action."""
    board, by_hand = accounts
    for told in POSTS:
        _told(stage, told, board)
    stage.go_on(days_ago=1)
    begun(stage, _approved(stage, BY_HAND, by_hand))
    tomorrow = (stage.now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    planned = _approved(stage, PLANNED, board, planned_at=tomorrow)
    if stage.key == PLANS:
        _planned(stage, planned, board)
    waiting = drafted(stage, WAITING, board, answers={**ANSWERS, **OF_LINKS})
    _with_card(stage, waiting)
    waiting = submit_post(by=stage.who("writer"), at=stage.later(), post=queries.post(waiting.pk))
    _commented(stage, waiting)
    _showing(stage, board)
    if stage.key in ASKS:
        _asked(stage, board)


def asks_now(stage: Stage, board: Account) -> None:
    """A visitor asks something below the newest post, three hours before now."""
    newest = Post.objects.filter(state="published").order_by("-id")[0]
    _comment(stage, newest, FRESH, board, at=stage.now - timedelta(hours=3))


def _with_card(stage: Stage, post: Post) -> None:
    """Keep what the page of the link tells about itself, as if it had been read: the example goes nowhere."""
    picture = take_in(landscape("A path between trees"))
    digest = store(picture, federation_id=current_scope().federation_id)
    for card in post.link_cards.all():
        note_card(at=stage.later(1), pk=card.pk, seen=SeenPage(*CARD, picture), digest=digest)


def _commented(stage: Stage, post: Post) -> None:
    """Have the approver look at a post that waits, and comment on its first sentence."""
    approver, first = stage.who("approver"), sentences_of([WAITING])[0]
    look_at(by=approver, at=stage.later(), post=post)
    comment_on(by=approver, at=stage.later(), post=post, passage=first, comment="Please add where to meet.")


def _showing(stage: Stage, account: Account) -> None:
    """Send a picture of two pupils for approval; their parents said yes to pictures."""
    two = Pupil.objects.filter(school=stage.schools[0], key__in=("1001", "1008")).order_by("key")
    people = [
        {"pupil": each, "relation": "pupil", "shown": True, "named": "no", "at_school_activity": True}
        for each in two
    ]
    alt = "Two children in green jumpers hold up carrots beside a raised bed."
    post = drafted(stage, SHOWING, account, pictures=(alt,), people=people)
    submit_post(by=stage.who("writer"), at=stage.later(), post=post)


def _planned(stage: Stage, post: Post, account: Account) -> None:
    """Set good times on an account, and repeat a post in the next two weeks: drafts, not approved yet."""
    writer = stage.who("writer")
    add_slots(by=writer, at=stage.later(), account=account, weekdays=[1, 3], clock=time(15, 30))
    assert post.planned_at is not None
    first = local_day(post.planned_at)
    days = repeat_days(first, monthly=False, until=first + timedelta(weeks=2))
    repeat_post(by=writer, at=stage.later(), post=queries.post(post.pk), days=days)


def _asked(stage: Stage, account: Account) -> None:
    """Ask for a permission. Where the writer has a line manager, they say yes; the headteacher allows what
    the school has published."""
    covers, answers, words = ASKS[stage.key]
    post = drafted(stage, ASKED, account, answers={**ANSWERS, **answers})
    asked = ask_for_post(by=stage.who("writer"), at=stage.later(), post=post, covers=covers, words=words)
    for manager, managed in stage.cast.manages:
        if managed == stage.cast.writer:
            permit(by=stage.people[manager], at=stage.later(30), asked=asked, words="Yes, since Monday.")
    if covers == "school_publication":
        permit(by=stage.who("decider"), at=stage.later(30), asked=asked, words="Yes, these two pages.")


def _told(stage: Stage, told: DemoPost, account: Account) -> None:
    stage.go_on(days_ago=told.days_ago)
    post = begun(stage, _approved(stage, told.text, account, pictures=told.pictures))
    went_out = stage.clock
    for said in told.said:
        stage.clock = max(stage.clock, went_out + timedelta(hours=said.hours))
        _comment(stage, post, said, account, at=stage.clock)


def drafted(
    stage: Stage,
    text: str,
    account: Account,
    *,
    pictures: Sequence[str] = (),
    planned_at: datetime | None = None,
    answers: Mapping[str, Any] = ANSWERS,
    people: Sequence[Mapping[str, Any]] = (),
    owners: Sequence[OwnerPermission] = (),
) -> Post:
    """Return a draft of the writer's, with a picture for each description."""
    school = stage.schools[0]
    shown = [_picture(stage, alt, shows=bool(people)) for alt in pictures]
    return draft_post(
        by=stage.who("writer"),
        at=stage.later(12),
        school=school,
        targets=[TargetText(account, text)],
        pictures=shown,
        planned_at=planned_at,
        answers=answers,
        people=people,
        owners=owners,
    )


def _approved(
    stage: Stage,
    text: str,
    account: Account,
    *,
    pictures: Sequence[str] = (),
    planned_at: datetime | None = None,
) -> Post:
    draft = drafted(stage, text, account, pictures=pictures, planned_at=planned_at)
    return approved(stage, submit_post(by=stage.who("writer"), at=stage.later(), post=draft))


def approved(stage: Stage, post: Post) -> Post:
    """Have the approver say why what was found may stay, and approve a post as it is now."""
    at, approver = stage.later(25), stage.who("approver")
    said = {each.hit.key: _why_it_may_stay(each) for each in words_to_answer(post, on=local_day(at))}
    if said:
        post = answer_hits(by=approver, at=at, post=post, said=said)
    seen = queries.seen_now(post, at=at)
    return approve_post(by=approver, at=at, post=post, seen=seen, discussed=True)


def _why_it_may_stay(found: PostHit) -> Said:
    reply = next(each for each in (HitReply.RIGHT, HitReply.NOT_PUPIL) if each in found.replies)
    return Said(reply, "Read and checked with the office.")


def begun(stage: Stage, post: Post) -> Post:
    """Send an approved post to its networks."""
    for delivery in begin_sending(at=stage.later(1), post=post):
        sending.advance(
            current_scope().federation_id, delivery.pk, clock=partial(stage.later, 0.1), connect=client
        )
    return queries.post(post.pk)


def _picture(stage: Stage, alt: str, *, shows: bool = False) -> Picture:
    proven = take_in(landscape(alt))
    school = stage.schools[0]
    return add_picture(
        by=stage.who("writer"),
        at=stage.later(),
        school=school,
        proven=proven,
        digest=store(proven, federation_id=current_scope().federation_id),
        alt=alt,
        shows_people=shows,
        shows_pupils=shows,
        read=False,
    )


def came_in(stage: Stage, post: Post, said: DemoComment, account: Account, *, at: datetime) -> Item:
    """Return a visitor's comment on the board, as it was received."""
    stage.clock = max(stage.clock, at)
    key = post.deliveries.get(account=account, purpose="publish").intent_key
    leave_comment(post=NoticeboardPost.objects.get(key=key), name=said.name, text=said.text, at=at)
    seen = Item.objects.count()
    for _minute in range(polling.MINUTES):  # an older post is read in one minute of several
        polling.poll(current_scope().federation_id, account.pk, clock=lambda: stage.later(1), connect=client)
        if Item.objects.count() > seen:
            break
    return Item.objects.select_related("account__school", "school").order_by("-id")[0]


def _comment(stage: Stage, post: Post, said: DemoComment, account: Account, *, at: datetime) -> None:
    """A visitor writes on the board; the comment is received, approved, and answered where the story says
    so."""
    item = came_in(stage, post, said, account, at=at)
    if not said.answer:
        return
    by = stage.who("answerer")
    shown = moderate(by=by, at=stage.later(20), item=item, how=Sight.SHOWN, version=item.version)
    moderating.advance(
        current_scope().federation_id, shown.pk, clock=partial(stage.later, 0.1), connect=client
    )
    answer = write_answer(
        by=by,
        at=stage.later(15),
        item=item,
        text=said.answer,
        version=item.version,
        said=SAID,
        acknowledges_only=said.acknowledges_only,
    )
    answering.advance(
        current_scope().federation_id, answer.pk, clock=partial(stage.later, 0.1), connect=client
    )


def client(account: Account) -> Network:
    """Return the client of the noticeboard, the only network here; it is in the same database and joins the
    story's transaction."""
    return connect(account.network, credential_of(account))
