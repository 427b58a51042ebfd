"""What becomes of posts once they are out: words changed on the network, consent withdrawn, an objection."""

from functools import partial

from schoolgate.accounts.models import Account
from schoolgate.cli.demo.posts import approved, begun, client, drafted
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import current_scope
from schoolgate.media.actions import vouch
from schoolgate.media.rules import check_may_vouch
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.rules import can
from schoolgate.publishing import live, sending
from schoolgate.publishing.actions import Said, answer_hits, submit_post
from schoolgate.publishing.actions.removing import remove
from schoolgate.publishing.actions.withdrawing import list_withdrawn, pass_on
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.states import HitReply, Purpose
from schoolgate.pupils.actions import answer_by_link, make_link, record_objection
from schoolgate.pupils.models import Pupil, Withdrawal
from schoolgate.pupils.states import Answer

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
    live.look(current_scope().federation_id, board.pk, clock=lambda: stage.later(0.1), connect=client)


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
