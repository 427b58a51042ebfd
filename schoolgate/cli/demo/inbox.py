"""What comes in at the examples: comments moderated, appealed and shared among colleagues, a public post
that a watch found, and a journalist who rings.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from schoolgate.accounts.models import Account
from schoolgate.cli.demo.cast import Stage
from schoolgate.cli.demo.posts import SAID, DemoComment, came_in, client
from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import current_scope
from schoolgate.inbox import moderating, replying
from schoolgate.inbox.blocking import author_step_by_hand, block_author, report_comment
from schoolgate.inbox.desk import assign_item, save_view, write_note
from schoolgate.inbox.judging import look_after_removal
from schoolgate.inbox.listing import Filters
from schoolgate.inbox.messaging import Written, adopt_process, message_facts, message_sent, write_message
from schoolgate.inbox.models import (
    CloseReason,
    Item,
    ItemState,
    MessagePurpose,
    Relation,
    Removal,
    Sight,
    WhyKeptBack,
)
from schoolgate.inbox.moderating import moderate, moderation_done_by_hand
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.removal_notices import (
    OWN,
    PRESCRIBED,
    adopt_wording,
    decide_appeal,
    make_appeal,
    prescribed_notice,
    send_notice,
)
from schoolgate.inbox.removals import hearers
from schoolgate.inbox.replying import close_item
from schoolgate.inbox.seeing import check_may_moderate, check_may_sort
from schoolgate.inbox.seeing import item as item_now
from schoolgate.listening.finding import add_by_hand, check_sets_up
from schoolgate.listening.watching import Wanted, start_watch
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of, holders
from schoolgate.people.rules import can, check_capacity
from schoolgate.policy.asking import verdict
from schoolgate.policy.permitting import permit
from schoolgate.policy.queries import in_force
from schoolgate.press import keeping, statements
from schoolgate.press.enquiries import judged, lacking_of_statement, passed_to, stops
from schoolgate.press.models import Enquiry
from schoolgate.publishing.models import Post
from schoolgate.rulebook.kinds import Outcome
from schoolgate.triage import Lane

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
    replying.advance(
        current_scope().federation_id, answer.pk, clock=partial(stage.later, 0.1), connect=client
    )
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


NOTE = "I’ve asked the office. They’ll know by lunchtime."
VIEW = "Questions about the juniors"
MESSAGE = Written(
    to=Relation.PARENT,
    group="Families of Year 3",
    people=27,
    purpose=MessagePurpose.TEACHING,
    text="Tomorrow’s walk starts at the school gate at 9:15am. Please bring a coat and a pencil.",
    reason="The walk is part of the local history lessons.",
    implications="Families may ask about the weather. The office answers.",
)


def colleagues_share(stage: Stage, board: Account) -> None:
    """Write a note on the oldest open comment and give it to a colleague, save a view, send a message."""
    by = stage.who("answerer")
    item = Item.objects.select_related("account", "school").filter(state=ItemState.OPEN).order_by("id")[0]
    write_note(by=by, at=stage.later(4), item=item, text=NOTE)
    assign_item(by=by, at=stage.later(1), item=item, to=_colleague(stage, item, by), seen=None)
    lane = Filters(lane=Lane.QUESTION, school=stage.schools[0].pk)
    save_view(by=by, at=stage.later(2), name=VIEW, chosen=lane, shared=True)
    facts = message_facts(board, MESSAGE, by=by, at=stage.clock)
    if verdict("message.send", facts, on=local_day(stage.clock)).outcome in (
        Outcome.PERMITTED,
        Outcome.SILENT,
    ):
        sent = write_message(by=by, at=stage.later(6), account=board, written=MESSAGE)
        message_sent(by=by, at=stage.later(3), message=sent)


def _colleague(stage: Stage, item: Item, by: Person) -> Person:
    """Return a colleague who may deal with it; the person themselves where there is none."""
    on = local_day(stage.clock)
    others = (each for each in stage.people.values() if each.pk != by.pk)
    return next((each for each in others if can(check_may_sort, each, item, on=on)), by)


PROCESS = (
    "We reply once, within a working day, and give a link to our own page. Complaints go to the office. "
    "We don’t argue, and we never discuss a child."
)
POST = "The parking outside {school} was chaos again this morning. Is anyone doing anything about it?"


def a_watch_finds_a_post(stage: Stage) -> None:
    """Start a watch for the school's name, and add what was found on a forum. Where the policy wants a
    process for replies, adopt one first."""
    federation = stage.schools[0].federation
    if book_of(federation).at("item.answer", "response_process"):
        on = local_day(stage.clock)
        owner = next(one for one in stage.people.values() if can(check_capacity, one, "own_policy", on=on))
        adopt_process(by=owner, at=stage.later(2), words=PROCESS)
    school, by = stage.schools[0], _listener(stage)
    watch = start_watch(
        by=by, at=stage.later(3), wanted=Wanted(
            name=f"Posts about {school.name}", phrases=[school.name], school=school,
            purpose="To answer what people ask or criticise in public.",
            until=local_day(stage.clock) + timedelta(days=180),
        ),
    )  # fmt: skip
    add_by_hand(
        by=by, at=stage.later(5), watch=watch, text=POST.format(school=school.name), public=True,
        address="https://forum.example/parking", place="The valley forum", author="A resident",
    )  # fmt: skip


def _listener(stage: Stage) -> Person:
    """Return who replies, if they may set up watches there; else the first who may."""
    on = local_day(stage.clock)
    some = [stage.who("answerer"), *stage.people.values()]
    return next(one for one in some if can(check_sets_up, one, stage.schools[0], on=on))


POINTS = ("pass_on", "answer", "media_policy", "request_for_comment")
WANTS = "Why did the school post that the footpath is closed, and until when?"
WORDS = "The footpath is closed for repairs until Friday. The school stays open as usual."


def a_journalist_rings(stage: Stage) -> None:
    """Record a call, pass it on, and give a statement; where the policy speaks of expected calls, note them
    too."""
    book, by = in_force(local_day(stage.clock)).book, stage.who("answerer")
    if not any(book.clauses_at("media.enquiry", point) for point in POINTS):
        return
    if book.clauses_at("media.expected", "press_expected"):
        keeping.expect_attention(
            by=by, at=stage.later(3), about="The closed footpath", line=WORDS,
            until=local_day(stage.now) + timedelta(days=4), school=stage.schools[0],
        )  # fmt: skip
    found = keeping.keep_by_hand(
        by=by, at=stage.later(6), entered=keeping.Entered(
            how="telephone", wants=WANTS, outlet="The Valley Herald", journalist="Kim Reporter",
            contact="01632 960 123", school=stage.schools[0], about_posts=True, asks_for_comment=True,
        ),
    )  # fmt: skip
    statements.give_holding_line(by=by, at=stage.later(1), enquiry=found)
    statements.draft(by=by, at=stage.later(12), enquiry=found, text=WORDS, version=0)
    giver, steps = _giver(found, stage), None
    for lacks in lacking_of_statement(judged(found, by=by, at=stage.clock, act="answer", text=WORDS)):
        asked = statements.ask_for_statement(by=by, at=stage.later(2), enquiry=found, covers=lacks.covers)
        permit(by=giver, at=stage.later(9), asked=asked)
        giver = by
    if stops(judged(found, by=giver, at=stage.clock, act="answer", text=WORDS)):
        steps = True
    statements.release(
        by=giver, at=stage.later(4), enquiry=found, version=1, how="telephone", steps_taken=steps
    )


def _giver(found: Enquiry, stage: Stage) -> Person:
    """Return the person who has the enquiry by the policy; else the one who answers."""
    on = local_day(stage.clock)
    for role in passed_to(found):
        for person in holders(role, on=on, school=found.school):
            return person
    return stage.who("answerer")
