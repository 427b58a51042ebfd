"""Texts of events about posts in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "delivery.address_mended": Event(
            _("The link to a post made by hand was corrected."), _("Link corrected")
        ),
        "delivery.asked": Event(
            _("Schoolgate couldn’t confirm what a network did, so it asked a person."),
            _("Result unknown: a person must check the network"),
            look="wait",
        ),
        "delivery.as_approved_again": Event(
            _("A live post that was changed on its network is back to the approved version."),
            _("Back to the approved version on the network"),
        ),
        "delivery.change_settled": Event(
            _("A person dealt with a change that was made to a live post on its network."),
            _("Change on the network dealt with"),
        ),
        "delivery.changed": Event(
            _("A live post was changed on its network, not through Schoolgate."),
            _("Changed on the network"),
            look="wait",
        ),
        "delivery.gone": Event(
            _("A live post was removed on its network, not through Schoolgate."),
            _("Removed on the network"),
            look="wait",
        ),
        "delivery.confirmed": Event(
            _("Post or removal confirmed on the network."),
            _("Confirmed on the network"),
        ),
        "delivery.different": Event(
            _("A live post was different from the approved version."),
            _("Posted with differences"),
            look="wait",
        ),
        "delivery.failed": Event(
            _("Sending to a network failed."), _("Not accepted by the network"), look="no"
        ),
        "delivery.left": Event(
            _("A person decided not to send a post on an account whose network had refused it."),
            _("Left off this account"),
        ),
        "delivery.refused": Event(
            _("The policy didn’t allow sending to a network."),
            _("Not sent again: the policy did not allow it"),
            look="no",
        ),
        "delivery.not_there_said": Event(
            _("Someone looked for a copy that must be removed and didn’t find it. A second person checks."),
            _("Not found"),
        ),
        "delivery.removal_said": Event(
            _("A person took down a post by hand and confirmed it."), _("Taken down by hand")
        ),
        "delivery.rest_asked": Event(
            _("A person sent the rest of a thread."), _("Rest of the thread to be sent")
        ),
        "delivery.sent": Event(_("A post was sent to its network."), _("Sent to the network")),
        "delivery.still_there": Event(
            _("A second person checked and the post was still there."), _("Second check: still there")
        ),
        "delivery.unknown": Event(
            _("A network didn’t respond, so Schoolgate checked there."), _("The network did not respond")
        ),
        "delivery.written": Event(_("Sending to a network was prepared."), _("Ready to send to the network")),
        "news.declined": Event(_("News that was sent in was not used."), _("Not used")),
        "news.refused": Event(
            _("The policy didn’t allow news to be sent in."),
            _("Not done: the policy did not allow it"),
            look="no",
        ),
        "news.sent": Event(_("Someone sent in news for the school’s posts."), _("Sent in")),
        "news.used": Event(_("A post was started from news that was sent in."), _("Used for a post")),
        "news.withdrawn": Event(_("Someone withdrew news that they had sent in."), _("Withdrawn")),
        "ownerpermission.ended": Event(_("An owner’s permission for posts was ended."), _("Ended")),
        "ownerpermission.recorded": Event(
            _("A permission that an owner gave for posts was recorded."), _("Recorded")
        ),
        "past.brought": Event(_("A network’s own download of an account’s posts was uploaded.")),
        "past.confirmed": Event(_("An import of an account’s posts was checked and confirmed.")),
        "past.dropped": Event(_("An import of an account’s posts was cancelled.")),
        "past.lapsed": Event(_("An import of an account’s posts expired, because no one confirmed it.")),
        "past.must_go": Event(
            _("People were asked to take down an older post that may name or show a pupil without consent."),
            _("Older post to be taken down"),
            look="wait",
        ),
        "past.went": Event(
            _("Two people confirmed that an older post was taken down or doesn’t show this pupil."),
            _("Older post dealt with"),
        ),
        "past.went_said": Event(_("An older post was dealt with and needs a second check.")),
        "past.still_there": Event(
            _("A check found an older post still online that should have been taken down."),
            _("Still there"),
            look="no",
        ),
        "past.stopped": Event(_("An import of posts stopped part-way.")),
        "past.taken_in": Event(_("Posts from before Schoolgate were imported from a download.")),
        "past.unreadable": Event(_("An account’s downloaded posts could not be read.")),
        "past.went_on": Event(_("An import of posts continued.")),
        "post.emergency": Event(
            _("An emergency text approved beforehand was sent."), _("Sent as an emergency text")
        ),
        "readytext.changed": Event(_("A template for posts was changed.")),
        "readytext.kept_in_use": Event(_("An emergency text was kept in use.")),
        "readytext.retired": Event(_("A template for posts was retired.")),
        "readytext.retiring_asked": Event(_("Someone asked to retire an emergency text.")),
        "readytext.used": Event(_("A post was started from a template.")),
        "readytext.written": Event(_("A template for posts was written.")),
        "readyversion.approved": Event(_("An emergency text was approved, word for word.")),
        "readyversion.approved_in_part": Event(
            _("An emergency text was approved, but another role must agree too.")
        ),
        "readyversion.refused": Event(_("The policy didn’t allow an emergency text."), look="no"),
        "readyversion.sent_back": Event(_("Changes to an emergency text were requested.")),
        "readyversion.submitted": Event(_("An emergency text was sent for approval.")),
        "post.conditions_said": Event(
            _("An author recorded whether a post meets the conditions of approval.")
        ),
        "post.approval_lapsed": Event(
            _("An approval no longer counted because something had changed."),
            _("Approval no longer valid: something changed"),
        ),
        "post.approval_taken_back": Event(
            _("An approver withdrew their approval of a post."), _("Approval withdrawn")
        ),
        "post.approved": Event(_("A post was approved by another person."), _("Approved")),
        "post.approved_in_part": Event(
            _("A post was approved, but another role must agree too."),
            _("Approved; another role must also agree"),
        ),
        "post.asked_again": Event(
            _("A post was sent to its approvers again."),
            _("Needs approval again"),
            look="wait",
        ),
        "post.comment_answered": Event(
            _("An author answered a comment on words of a post."), _("Comment on the wording answered")
        ),
        "post.comment_done": Event(
            _("A comment on words of a post was marked as done."), _("Comment on the wording done")
        ),
        "post.card_chosen": Event(_("The author chose what to show of a link card."), _("Link card changed")),
        "post.card_read": Event(_("A linked page was read to make a link card."), _("Link card added")),
        "post.card_words_read": Event(_("A program read the picture of a link card for words.")),
        "post.no_card": Event(
            _("The linked page gave no card, so the post goes out without one."), _("No link card")
        ),
        "post.drafted": Event(_("A post was drafted."), _("Draft written")),
        "post.edited": Event(_("A post was edited."), _("Changed")),
        "post.exported": Event(_("Several posts from the archive were downloaded.")),
        "post.expired": Event(
            _("A post’s scheduled time passed before it was approved."),
            _("Scheduled time passed: needs a new time"),
            look="wait",
        ),
        "post.looked_at": Event(
            _("A person checked a live post again and found that it is still right."),
            _("Checked: still right"),
        ),
        "post.mark_judged": Event(
            _("A comment on the text of a post was checked and decided."), _("Comment on the text checked")
        ),
        "post.marked": Event(
            _("A comment was added to the text of a post, for someone to check."),
            _("Comment added to the text"),
        ),
        "post.own_detail_added": Event(_("A detail was added to what a school publishes about itself.")),
        "post.own_detail_agreed": Event(
            _("A second person or the office agreed that a detail is the school’s.")
        ),
        "post.own_detail_removed": Event(
            _("A detail was removed from what a school publishes about itself.")
        ),
        "post.may_stay": Event(
            _("A person said that a post may stay although the day it announces has passed."),
            _("May stay although its day has passed"),
        ),
        "post.out_of_date": Event(
            _("A live post was listed as out of date: the day it announces has passed."),
            _("Out of date: the day it announces has passed"),
            look="wait",
        ),
        "post.moved": Event(_("A post was moved to another time."), _("Moved to another time")),
        "post.not_sent": Event(_("A post wasn’t published."), _("Not accepted by any network"), look="no"),
        "post.published": Event(_("A post was published."), _("Published")),
        "post.refused": Event(
            _("The policy didn’t allow a post to go further in its current form."),
            _("Not done: the policy did not allow it"),
            look="no",
        ),
        "post.repeated": Event(_("Drafts that repeat a post were created."), _("Repeated on other days")),
        "post.sent_again": Event(_("A post was sent again."), _("Sent again")),
        "post.sent_back": Event(_("Changes to a post were requested."), _("Changes requested"), look="wait"),
        "post.words_commented": Event(
            _("An approver commented on words of a post."), _("Comment on the wording added")
        ),
        "words.answered": Event(
            _("Someone gave a reason to send or publish words that were flagged."),
            _("Words found in a text were answered"),
        ),
        "post.words_answered": Event(
            _("Someone gave a reason to keep what was flagged in a post."),
            _("Text and picture check answered"),
        ),
        "post.started": Event(_("Schoolgate started sending a post."), _("Sending started")),
        "post.submitted": Event(_("A post was sent for approval."), _("Sent for approval")),
        "post.take_down_asked": Event(_("A request was made to take down a post."), _("Take-down requested")),
        "post.taken_back": Event(
            _("An author undid sending a post for approval."), _("Sending for approval undone")
        ),
        "post.taken_down": Event(_("A post was taken down."), _("Taken down everywhere")),
        "post.taken_up": Event(_("An author undid withdrawing a post."), _("Withdrawal undone")),
        "post.taken_down_together": Event(_("Several posts were sent to be taken down together.")),
        "picture.printed_anew": Event(
            _("Schoolgate now also looks for parts of a picture that may not be shown.")
        ),
        "picture.no_longer_withheld": Event(
            _("Schoolgate no longer looks for pictures that could not be shown."),
            _("Pictures may be shown again"),
        ),
        "takedown.opened": Event(_("Posts were listed to be taken down after a withdrawal of consent.")),
        "takedown.told": Event(_("The outcome of a withdrawal of consent was passed on.")),
        "post.withdrawn": Event(_("A post was withdrawn."), _("Withdrawn")),
        "post.welsh_asked": Event(
            _("A reader of Welsh was asked to compare the texts of a post."), _("Welsh reader asked")
        ),
        "post.welsh_read": Event(
            _("A reader of Welsh compared the texts of a post."), _("Welsh compared with the English")
        ),
        "post.writer_added": Event(
            _("An author let a colleague help write a post."), _("A colleague can also write")
        ),
        "post.writer_ended": Event(
            _("An author stopped a colleague helping to write a post."), _("A colleague no longer writes")
        ),
        "slot.added": Event(_("A good time to post on an account was added.")),
        "slot.removed": Event(_("A good time to post on an account was removed.")),
    }
)
