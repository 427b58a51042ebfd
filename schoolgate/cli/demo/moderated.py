"""What moderators of the examples did: a comment hidden with its notice and an appeal that another person
decided, and a comment elsewhere whose author was blocked for a time and reported."""

from datetime import timedelta
from functools import partial

from schoolgate.accounts.models import Account
from schoolgate.cli.demo.posts import SAID, came_in, client
from schoolgate.cli.demo.stage import Stage
from schoolgate.cli.demo.words import DemoComment
from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import current_scope
from schoolgate.inbox import moderating, sending
from schoolgate.inbox.actions import (
    adopt_wording,
    author_step_by_hand,
    block_author,
    close_item,
    decide_appeal,
    look_after_removal,
    make_appeal,
    moderate,
    moderation_done_by_hand,
    paste_in,
    report_comment,
    send_notice,
)
from schoolgate.inbox.models import Item, Removal
from schoolgate.inbox.queries import item as item_now
from schoolgate.inbox.removal_texts import OWN, PRESCRIBED, prescribed_notice
from schoolgate.inbox.removals import hearers
from schoolgate.inbox.rules import check_may_moderate
from schoolgate.inbox.states import CloseReason, ItemState, Sight, WhyKeptBack
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing.models import Post

RUDE = DemoComment(0, "A neighbour", "Your writer is an idiot, and so is everyone who works there.")
NOTICE = "We took a comment out of sight because it insulted people who work here."
IN_WELSH = "Tynnwyd y sylw hwn oherwydd bod y cymedrolwyr wedi gweld y cynnwys yn sarhaus."
APPEAL = "It was a joke between friends. Please show it again."
REASONS = (
    "It insults people who work here, and they aren’t your friends. You can write it without the insult."
)
AGAIN = "You lot are a disgrace. I will write this under every single post until you answer."
NUMBER = "FB-20417"
BLOCKED = timedelta(days=28)


def moderators_act(stage: Stage, board: Account, elsewhere: Account) -> None:
    """Hide a comment on the noticeboard, tell readers why and decide an appeal; hide one elsewhere by hand,
    block its author and report it."""
    newest = Post.objects.filter(state="published", targets__account=board).order_by("-id")[0]
    item = came_in(stage, newest, RUDE, board, at=stage.later(20))
    _hidden(stage, item)
    _told(stage, item)
    _appealed(stage, item)
    _elsewhere(stage, elsewhere)


def _hidden(stage: Stage, item: Item) -> None:
    row = moderate(
        by=stage.who("answerer"), at=stage.later(6), item=item, how=Sight.HIDDEN, because=WhyKeptBack.IMPROPER
    )
    moderating.advance(current_scope().federation_id, row.pk, clock=partial(stage.later, 0.1), connect=client)


def _told(stage: Stage, item: Item) -> None:
    """Send the policy's own notice where it has one, in its words; else the school's."""
    by, removal = stage.who("answerer"), Removal.objects.get(item=item)
    found = prescribed_notice(removal, by=by, at=stage.clock)
    for language in found.missing if found else ():
        adopt_wording(
            by=stage.people[stage.cast.first.key], at=stage.later(4), item=item, language=language,
            words=IN_WELSH,
        )  # fmt: skip
    answer = send_notice(
        by=by, at=stage.later(5), item=item, wording=PRESCRIBED if found else OWN,
        text="" if found else NOTICE, version=item.version, said=SAID,
    )  # fmt: skip
    sending.advance(current_scope().federation_id, answer.pk, clock=partial(stage.later, 0.1), connect=client)
    _close(stage, item)


def _appealed(stage: Stage, item: Item) -> None:
    """The author appeals on the public page; someone else than the moderator dismisses it, with reasons."""
    appeal = make_appeal(at=stage.later(90), item=item, words=APPEAL)
    by = hearers(appeal.removal, on=local_day(stage.clock))[0]
    decide_appeal(by=by, at=stage.later(40), item=item, uphold=False, reasons=REASONS)


def _elsewhere(stage: Stage, account: Account) -> None:
    """A comment that no program reads is pasted in, hidden, its author blocked and it is reported, each by
    hand on the network; where a second person moderates, they check that it is gone."""
    by, at = stage.who("answerer"), stage.later(12)
    item = paste_in(
        by=by,
        at=at,
        account=account,
        text=AGAIN,
        appeared_at=at - timedelta(hours=1),
        author="J. Doe",
        private=False,
    )
    row = moderate(by=by, at=stage.later(2), item=item, how=Sight.HIDDEN, because=WhyKeptBack.IMPROPER)
    moderation_done_by_hand(by=by, at=stage.later(3), moderation=row)
    second = _another(stage, item, by)
    if second is not None:
        look_after_removal(by=second, at=stage.later(9), item=item, gone=True)
    report = report_comment(by=by, at=stage.later(2), item=item, because=WhyKeptBack.IMPROPER)
    author_step_by_hand(by=by, at=stage.later(2), step=report, number=NUMBER)
    until = local_day(stage.clock) + BLOCKED
    block = block_author(by=by, at=stage.later(2), item=item, because=WhyKeptBack.IMPROPER, until=until)
    author_step_by_hand(by=by, at=stage.later(2), step=block)
    _close(stage, item)


def _another(stage: Stage, item: Item, person: Person) -> Person | None:
    """Return another of the cast who moderates here; None where there is no one."""
    on = local_day(stage.clock)
    others = (each for each in stage.people.values() if each.pk != person.pk)
    return next((each for each in others if can(check_may_moderate, each, item, on=on)), None)


def _close(stage: Stage, item: Item) -> None:
    now = item_now(item.pk)
    if now.state == ItemState.OPEN:
        close_item(by=stage.who("answerer"), at=stage.later(1), item=now, reason=CloseReason.NO_ANSWER_NEEDED)
