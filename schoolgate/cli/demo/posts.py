"""The example accounts' posts, invented, with drawn pictures, the comments on them and the tasks open
today; texts that are ready; what goes out of date; and what becomes of posts once they are out.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from schoolgate.accounts.before_opening import watch_feeds
from schoolgate.accounts.connecting import credential_of
from schoolgate.accounts.models import Account
from schoolgate.cli.demo.cast import Stage
from schoolgate.conduct.answers import speaks_of
from schoolgate.core.clock import local_day
from schoolgate.core.leaving import Said
from schoolgate.core.tenancy import current_scope
from schoolgate.inbox import ingesting, moderating, replying
from schoolgate.inbox.models import Item, Sight
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.replying import write_answer
from schoolgate.media.link_pages import SeenPage
from schoolgate.media.models import Picture
from schoolgate.media.pictures import add_picture, check_may_vouch, store, take_in, vouch
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.networks.port import Network
from schoolgate.networks.registry import connect
from schoolgate.people.rules import can
from schoolgate.policy.choices import choose_feed_days, leaves_feed_days_open
from schoolgate.policy.permitting import permit
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing import queries, ready, sending
from schoolgate.publishing.approving import approve_post, ask_for_post, submit_post
from schoolgate.publishing.calendar import add_slots, repeat_post
from schoolgate.publishing.cards import note_card
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.emergency import approve_text, ask_for_text
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import PostHit, hits_of
from schoolgate.publishing.live import list_outlived, read_days
from schoolgate.publishing.models import Delivery, HitReply, OwnerPermission, Post, Purpose
from schoolgate.publishing.news import send_news
from schoolgate.publishing.planning import repeat_days
from schoolgate.publishing.ready import keep_text
from schoolgate.publishing.reviewing import comment_on, look_at, sentences_of
from schoolgate.publishing.rules import words_to_answer
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import remove
from schoolgate.publishing.withdrawn import list_withdrawn, pass_on
from schoolgate.pupils.answering import record_objection
from schoolgate.pupils.linking import answer_by_link, make_link
from schoolgate.pupils.models import Answer, Pupil, Withdrawal

SIZE = (1200, 800)
FLAGS = ("#c9543f", "#e2a63a", "#3f7f78", "#58679a", "#f4ecd8")


def landscape(seed: str) -> bytes:
    """A drawn landscape as JPEG bytes; the same seed gives the same picture, another is rarely taken for
    it."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    _sky(draw, chance)
    things = [_hill, _trees, _house, _pond, _hill, _trees, _house]
    chance.shuffle(things)
    for draw_thing in things:
        draw_thing(draw, chance)
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    _bunting(ImageDraw.Draw(picture), chance)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86)
    return out.getvalue()


def _sky(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    width, height = SIZE
    warm, dark = chance.random(), chance.uniform(0.45, 1)
    for y in range(height):
        share = y / height
        sky = (150 + 90 * share, 190 + 40 * share, 225 - (30 + 40 * warm) * share)
        draw.line([(0, y), (width, y)], fill=_shaded(sky, dark))
    left, top, half = chance.uniform(0, width), chance.uniform(0, height / 2), chance.uniform(60, 220)
    draw.ellipse([left - half, top - half, left + half, top + half], fill=_shaded((255, 236, 190), dark))


def _hill(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    width, height = SIZE
    base = height * chance.uniform(0.35, 0.9)
    waves = [(chance.uniform(60, 200), chance.uniform(150, 700), chance.uniform(0, 6)) for _ in range(3)]
    ridge = [
        (x, base - sum(high * math.sin(x / long + shift) for high, long, shift in waves) / 2)
        for x in range(0, width + 10, 10)
    ]
    green = _shaded((150, 190, 110), chance.uniform(0.35, 1.2))
    draw.polygon([(0, height), *ridge, (width, height)], fill=green)


def _trees(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    width, height = SIZE
    middle, ground = chance.uniform(0, width), height * chance.uniform(0.5, 1)
    for _ in range(chance.randrange(2, 6)):
        x, tall = middle + chance.uniform(-250, 250), chance.uniform(150, 480)
        draw.rectangle([x - tall / 20, ground - tall / 2, x + tall / 20, ground], fill="#4d3b2a")
        leaves = _shaded((70, 120, 60), chance.uniform(0.4, 1.1))
        draw.ellipse([x - tall / 3, ground - tall, x + tall / 3, ground - tall / 3], fill=leaves)


def _house(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    width, height = SIZE
    left, ground = chance.uniform(-50, width - 250), height * chance.uniform(0.55, 1)
    wide, tall = chance.uniform(200, 480), chance.uniform(120, 300)
    walls = _shaded((240, 226, 196), chance.uniform(0.5, 1))
    draw.rectangle([left, ground - tall, left + wide, ground], fill=walls)
    eaves = ground - tall
    roof = [(left - 20, eaves), (left + wide + 20, eaves), (left + wide / 2, eaves - tall / 2)]
    draw.polygon(roof, fill=_shaded((150, 80, 60), chance.uniform(0.4, 1.1)))


def _pond(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    width, height = SIZE
    x, y = chance.uniform(0, width), height * chance.uniform(0.7, 1)
    wide, deep = chance.uniform(150, 450), chance.uniform(40, 120)
    draw.ellipse(
        [x - wide, y - deep, x + wide, y + deep], fill=_shaded((120, 170, 200), chance.uniform(0.5, 1))
    )


def _shaded(colour: Sequence[float], shade: float) -> tuple[int, int, int]:
    red, green, blue = (min(255, int(each * shade)) for each in colour)
    return red, green, blue


def _bunting(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    width, height = SIZE
    left, right = (chance.uniform(0, height / 3) for _ in range(2))
    sag = chance.uniform(30, 160)
    line = [
        (x, left + (right - left) * x / width + sag * math.sin(math.pi * x / width))
        for x in range(0, width + 40, 40)
    ]
    draw.line(line, fill="#6b5d4d", width=4)
    for place, (x, y) in enumerate(line[1:-1:2]):
        colour = FLAGS[place % len(FLAGS)]
        draw.polygon([(x - 22, y), (x + 22, y), (x, y + 54)], fill=colour)


@dataclass(frozen=True)
class DemoComment:
    """A visitor's comment: so many hours after the post, and the answer to it, if it gets one."""

    hours: float
    name: str
    text: str
    answer: str = ""
    acknowledges_only: bool = False


@dataclass(frozen=True)
class DemoPost:
    """A post: so many days ago, with what people said below it. `picture` draws one with that description."""

    days_ago: int
    text: str
    pictures: tuple[str, ...] = ()
    said: tuple[DemoComment, ...] = ()


POSTS: tuple[DemoPost, ...] = (
    DemoPost(
        12,
        "Our harvest table is full. Thank you to every family who brought something for the food bank.",
        said=(
            DemoComment(
                5,
                "A grandparent",
                "How lovely. Can we still bring tins next week?",
                "Yes, until Friday at three.",
            ),
        ),
    ),
    DemoPost(
        8,
        "The crossing outside the main gate is closed for repairs this week. "
        "Please use the gate by the field.",
        said=(
            DemoComment(
                2, "", "Is that gate open for pushchairs?", "It is, and it stays open from eight until nine."
            ),
            DemoComment(
                6,
                "A neighbour",
                "Thank you for telling us.",
                "Thank you for your patience.",
                acknowledges_only=True,
            ),
        ),
    ),
    DemoPost(
        4,
        "The bunting is up and the grass is cut. We look forward to seeing you at the fair on Saturday.",
        pictures=(
            "Green hills under a wide sky, with a line of coloured bunting across the top.",
            "The same hills from the other side of the field, the bunting hanging lower.",
            "The field at midday, with the bunting over the grass.",
        ),
    ),
    DemoPost(
        2,
        "The choir is singing in the market hall on Thursday at two o'clock. Everyone is welcome.",
        said=(DemoComment(1.5, "A parent", "Do we need tickets?"),),
    ),
)

WAITING = (
    "Forest school starts again after the holidays. Wellies and waterproofs, whatever the weather: "
    "https://forest-school.example/what-to-bring"
)
"""Sent for approval with the card of its link, and waiting for it."""

CARD = ("What to bring to forest school", "Old clothes in layers, a hat, and a snack without nuts.")
"""What the page tells about itself: its title and its description."""

SHOWING = "Two of our gardeners with the first carrots from the raised beds. The soup is on Friday."
"""Sent for approval, with a picture of two pupils of the list."""

ASKED = "Our prospectus for next year is here, and so is the film about the new science block."
"""A draft for which a permission was asked."""

ASKS = {
    "learn-to-live": ("school_publication", {"school_publication": True}, "Two pages of the prospectus."),
    "wootton": ("doubt", {"author_in_doubt": True}, "Is the film ours to announce yet?"),
}
"""Federation -> the permission that it waits for, what its author said about it, and what they asked."""

PLANNED = "Parents' evening is next week. Book your slot through the school office."
"""Approved, and planned for tomorrow."""

BY_HAND = "Lost property is on the rail by the hall until the end of term."
"""Approved for a network that a person has to post on by hand."""

FRESH = DemoComment(0, "A parent", "What time does the fair start?")
"""Came in a while ago and waits for an answer."""

PROPOSED = ("Year 4 learning diary", "To show families what Year 4 learns each week.")
"""A proposal that waits."""


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
    for _minute in range(ingesting.MINUTES):  # an older post is read in one minute of several
        ingesting.poll(
            current_scope().federation_id, account.pk, clock=lambda: stage.later(1), connect=client
        )
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
    replying.advance(
        current_scope().federation_id, answer.pk, clock=partial(stage.later, 0.1), connect=client
    )


def client(account: Account) -> Network:
    """Return the client of the noticeboard, the only network here; it is in the same database and joins the
    story's transaction."""
    return connect(account.network, credential_of(account))


SNOW = """{school} is closed on {date} because of snow. Please don’t travel to school. \
We’ll post here when we open again."""
SNOW_IN_WELSH = """Mae {school} ar gau {date} oherwydd eira. Peidiwch â theithio i’r ysgol. \
Byddwn yn rhoi gwybod yma pan fyddwn yn ailagor."""
TRIP = "{class} are back from {place}. Thank you to everyone who helped. #SchoolTrip"


def keeps_texts(stage: Stage, accounts: Sequence[Account]) -> None:
    """Keep a reusable text, and an emergency text for both accounts that the approver has approved. Schools
    that write in Welsh have the words in both languages."""
    writer, school = stage.who("writer"), stage.schools[0]
    welsh = "cy" in school.languages
    keep_text(by=writer, at=stage.later(), school=school, title="Back from a trip", english=TRIP)
    text = keep_text(
        by=writer,
        at=stage.later(),
        school=school,
        title="Closed: snow",
        english=SNOW,
        welsh=SNOW_IN_WELSH if welsh else "",
        emergency=True,
        accounts=accounts,
        senders=[writer],
        until=local_day(stage.now) + timedelta(days=180),
    )
    ask_for_text(by=writer, at=stage.later(), text=text, answers=ANSWERS)
    found = ready.read_text(text.pk)
    seen = ready.seen_of(ready.newest(found))
    approve_text(by=stage.who("approver"), at=stage.later(20), text=found, seen=seen)


EVENING = "Come and see our school at work: the open evening is on {day}, from five until seven."
AHEAD = timedelta(days=3)
SEVEN = 7


def announces_day(stage: Stage, board: Account) -> None:
    """Publish a post about an open evening, and choose for the second school how many days may pass between
    two posts; nothing where the policy says nothing of it."""
    book = book_in_scope()
    if book.at("post.upkeep", "up_to_date"):
        stage.go_on(days_ago=13)
        day = local_day(stage.clock) + AHEAD
        draft = drafted(stage, EVENING.format(day=f"{day.day} {day:%B %Y}"), board)
        begun(stage, approved(stage, submit_post(by=stage.who("writer"), at=stage.later(), post=draft)))
    if leaves_feed_days_open(book):
        choose_feed_days(
            by=stage.people[stage.cast.first.key], at=stage.later(), school=stage.schools[-1], days=SEVEN,
            from_day=local_day(stage.clock),
        )  # fmt: skip


def goes_out_of_date(stage: Stage) -> None:
    """The sweep of the morning finds the post whose day has passed, and the account without a new post."""
    at = stage.later(1)
    read_days(at=at)
    list_outlived(at=at)
    watch_feeds(at=at)


CHANGED = "The choir is singing in the market hall on Thursday at three o'clock. Everyone is welcome."
"""What someone wrote over the newest post on the noticeboard itself."""
SHOWN = ("1004", "1006")
PLANTING = "The hedge by the bike shed is in. Two of our planters with the last of the hawthorn."
MENTIONS = {"boroughbridge": " Thank you, @boroughbridge.example."}
"""Federation whose post mentions an account -> the words."""
ALT = "Two children in boots hold a young hawthorn beside a long bare hedge."
RING = "Seats for the summer play are booked with the office, on 01632 960145."
"""A draft with a number that is found in it, and that is the school's own."""


def what_became(stage: Stage, board: Account) -> None:
    """A change on the network is noticed, a parent withdraws consent and the copies go, a pupil says no for
    today, and a writer answers what was found in a draft."""
    changed_there(stage, board)
    consent_withdrawn(stage, board)
    record_objection(by=stage.who("writer"), at=stage.later(), pupil=Pupil.objects.get(key="1008"))
    hit_answered(stage, board)


def changed_there(stage: Stage, board: Account) -> None:
    """Change the words of the newest post on the noticeboard itself, and have it read back."""
    delivery = Delivery.objects.filter(
        account=board, purpose=Purpose.PUBLISH, post__state="published"
    ).order_by("-id")[0]
    NoticeboardPost.objects.filter(key=delivery.intent_key).update(text=CHANGED)
    stage.later(6)
    sending.read_back(current_scope().federation_id, board.pk, clock=lambda: stage.later(0.1), connect=client)


def consent_withdrawn(stage: Stage, board: Account) -> None:
    """Publish a picture of two pupils; a parent of one says no on their own page, the post is taken down, and
    the parent is told."""
    pupils = Pupil.objects.filter(school=stage.schools[0], key__in=SHOWN).order_by("key")
    people = [
        {"pupil": each, "relation": "pupil", "shown": True, "named": "no", "at_school_activity": True}
        for each in pupils
    ]
    draft = drafted(stage, PLANTING + MENTIONS.get(stage.key, ""), board, pictures=(ALT,), people=people)
    on = local_day(stage.clock)
    vouch(
        by=next(
            each
            for each in stage.people.values()
            if each != draft.author and can(check_may_vouch, each, draft.school, on=on)
        ),
        at=stage.later(2), picture=draft.pictures[0], channel=board.network,
        list_dated=on, everybody_may=True,
    )  # fmt: skip
    waiting = submit_post(by=stage.who("writer"), at=stage.later(), post=draft)
    post = begun(stage, approved(stage, waiting))
    link = make_link(
        by=stage.people[stage.cast.first.key], at=stage.later(), pupil=pupils[0], giver="parent",
        who="Jo Bright", email=f"jo.bright@{stage.key}.example",
    )  # fmt: skip
    answer_by_link(at=stage.later(30), link=link, uses=["picture", "film"], answer=Answer.REFUSED)
    act = list_withdrawn(at=stage.later(0.1), withdrawal=Withdrawal.objects.order_by("-id")[0])
    for listed in act.copies.select_related("delivery__post"):
        remove(at=stage.later(0.1), copy=listed.delivery)
    for each in post.deliveries.filter(purpose=Purpose.TAKE_DOWN):
        sending.advance(
            current_scope().federation_id, each.pk, clock=partial(stage.later, 0.1), connect=client
        )
    pass_on(at=stage.later(1), act=act)


def hit_answered(stage: Stage, board: Account) -> None:
    """Write a draft with a telephone number in it, and say that it is the school's own."""
    post = drafted(stage, RING, board)
    on = local_day(stage.clock)
    said = {
        each.hit.key: Said(HitReply.OURS, "The office, as on our website.")
        for each in hits_of(post, on=on).hits
    }
    answer_hits(by=stage.who("writer"), at=stage.later(1), post=post, said=said)


def sends_news(stage: Stage) -> None:
    """A colleague who doesn't post sends in a success with a picture, and it waits."""
    if not speaks_of(book_in_scope(), "news.pass_on"):
        return
    by, school = stage.who("answerer"), stage.schools[0]
    proven = take_in(landscape("The river below the school"))
    digest = store(proven, federation_id=current_scope().federation_id)
    picture = add_picture(
        by=by, at=stage.later(), school=school, proven=proven, digest=digest, sent_in=True, read=False
    )
    send_news(
        by=by,
        at=stage.later(),
        school=school,
        kind="interesting project",
        text="Year 8 measured how clean the river is, and the council wants to see their figures.",
        made_by="me",
        pictures=[picture],
    )
