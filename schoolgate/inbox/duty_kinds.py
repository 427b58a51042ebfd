"""Kinds of tasks about comments, messages and our replies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.duty_kinds import ACCOUNTS
from schoolgate.duties.kinds import Named, declare
from schoolgate.inbox.models import Answer, Item

ITEMS = Named(Item, ("account__name",))
"""The account on which the item arrived. What the author wrote is shown only on the item's own page."""
ANSWERS = Named(Answer, ("item__account__name",))

# fmt: off
ANSWER = declare("item.answer", _("Reply to a comment or message"), _("Read and reply"),
    page="item", mail="comments", named=ITEMS)
DANGER = declare("item.danger", _("A comment may show that someone is in danger: read it now"),
    _("Read it now"),
    page="item", mail="incidents", named=ITEMS, harm=True)
READ_FIRST = declare("item.read_first",
    _("Comments to read first: they may be about a child’s safety"),
    _("Read them"),
    page="inbox", view="as=locked&account=", mail="incidents.morning", named=ACCOUNTS)
OF_COLLEAGUE = declare("item.of_colleague",
    _("Read a comment about a colleague, who can’t see it"), _("Read it"),
    page="item", mail="incidents", named=ITEMS)
READ = declare("item.read", _("Check a new comment"), _("Check"),
    page="item", mail="comments", named=ITEMS)
READ_AGAIN = declare("item.read_again", _("Read an edited comment again"), _("Read"),
    page="item", mail="comments", named=ITEMS)
GIVEN = declare("item.given", _("Deal with a comment that a colleague assigned to you"), _("Read and reply"),
    page="item", mail="comments", named=ITEMS)
REMOVE = declare("item.remove_by_hand", _("Delete a comment by hand: it’s still there"), _("Go to this task"),
    page="item", mail="comments", harm=True)
TAKE_DOWN = declare("item.take_down", _("Deal with a comment that breaks the policy"), _("Go to this task"),
    page="item", mail="comments", named=ITEMS, harm=True)
NO_PICTURE = declare("item.no_picture", _("Take down a picture today: a comment or message refuses consent"),
    _("See which picture"),
    page="item", mail="comments", named=ITEMS)
NAME_OFF = declare("item.name_off",
    _("Check a comment that is hidden because a pupil’s consent has ended"), _("Check"),
    page="item", mail="comments", named=ITEMS)
ABUSE_REPORTED = declare("item.abuse_reported", _("Read a report of a comment"), _("Read it"),
    page="item", mail="comments", named=ITEMS)
WRITER = declare("item.writer", _("Take the steps the policy asks for with the author of a comment"),
    _("Go to this task"),
    page="item", mail="comments", named=ITEMS)
TELL = declare("item.tell_readers", _("Finish the steps the policy asks for after acting on a comment"),
    _("Go to this task"),
    page="item", mail="comments")
MODERATION_FAILED = declare("moderation.failed", _("A comment couldn’t be shown"), _("See what to do"),
    page="item", mail="comments")
SHOW_AGAIN = declare("item.show_by_hand", _("Show a comment again by hand: its appeal was upheld"),
    _("Go to this task"),
    page="item", mail="comments", named=ITEMS)
APPEAL = declare("item.appeal", _("Decide an appeal against removing a comment"), _("Read and decide"),
    page="item", mail="comments", named=ITEMS)
CONFIRM_GONE = declare("item.confirm_gone", _("Check that a comment is gone"), _("Check"),
    page="item", mail="comments")
BLOCK_BY_HAND = declare("author.block_by_hand", _("Block or unblock an author by hand"), _("Go to this task"),
    page="item", mail="comments", named=ITEMS)
REPORT_BY_HAND = declare("author.report_by_hand", _("Report a comment to its network by hand"),
    _("Go to this task"),
    page="item", mail="comments", named=ITEMS)
AGREE_TO_BLOCK = declare("author.agree_to_block", _("Agree to a long block, or decline it"), _("Read it"),
    page="item", mail="comments", named=ITEMS)
REVIEW_BLOCK = declare("author.review_block", _("Decide whether a block should go on"), _("Read it"),
    page="item", mail="comments", named=ITEMS)
BY_HAND = declare("answer.by_hand", _("Post a reply by hand"), _("Show me how"),
    page="answer", mail="comments", named=ANSWERS)
LOOK = declare("answer.look", _("Check whether a reply arrived"), _("Check"),
    page="answer", mail="comments", named=ANSWERS)
REPLY_OFF = declare("answer.delete_by_hand",
    _("Delete a reply by hand: a pupil’s consent has ended"), _("Go to this task"),
    page="answer", mail="comments", named=ANSWERS, harm=True)
FAILED = declare("answer.failed", _("A reply couldn’t be sent"), _("See what to do"),
    page="answer", mail="comments", named=ANSWERS)
RECONNECT = declare("account.reconnect", _("Connect an account again: its network refuses the saved keys"),
    _("Go to the account"),
    page="account", mail="accounts", named=ACCOUNTS)
# fmt: on
