"""How colleagues of the examples share the work of the inbox: a comment with a note is given to one of them,
a view is saved for all, and a message goes to families where the policy has nothing against it."""

from schoolgate.accounts.models import Account
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.inbox.actions import assign_item, message_sent, save_view, write_message, write_note
from schoolgate.inbox.actions.messaging import Written, message_facts
from schoolgate.inbox.filters import Filters
from schoolgate.inbox.models import Item
from schoolgate.inbox.rules import check_may_sort
from schoolgate.inbox.states import ItemState, MessagePurpose, Relation
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.rulebook.kinds import Outcome
from schoolgate.triage import Lane

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
