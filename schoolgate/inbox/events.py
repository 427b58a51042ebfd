"""Texts of events about comments, messages and replies in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "appeal.dismissed": Event(_("Another person dismissed an appeal against removing a comment.")),
        "appeal.made": Event(_("An appeal was made against removing a comment.")),
        "appeal.settled": Event(_("A comment was shown again before its appeal was decided.")),
        "appeal.upheld": Event(_("Another person upheld an appeal against removing a comment.")),
        "item.danger_passed_on": Event(
            _("No one read a comment that may show danger, so the next people were told.")
        ),
        "item.kept_from": Event(_("A comment was read again and then hidden from people it may be about.")),
        "answer.asked": Event(_("Schoolgate couldn’t confirm the status of a reply, so it asked a person.")),
        "answer.cancelled": Event(_("A reply was cancelled before it was sent.")),
        "answer.confirmed": Event(_("Reply confirmed on the network.")),
        "answer.different": Event(_("A live reply was different from what was written.")),
        "answer.failed": Event(_("A reply couldn’t be sent.")),
        "answer.in_sight": Event(_("People can read a reply now.")),
        "answer.out_of_sight": Event(
            _("People couldn’t read a reply because the comment or post above it was hidden or removed.")
        ),
        "answer.refused": Event(_("The policy didn’t allow a reply to be sent.")),
        "answer.sent": Event(_("A reply was sent to its network.")),
        "answer.unknown": Event(_("A network didn’t respond, so Schoolgate looked for the reply there.")),
        "answer.written": Event(_("A reply was written.")),
        "author_step.agreed": Event(_("A second person agreed to a long block.")),
        "author_step.asked": Event(_("Schoolgate couldn’t confirm a block or report, so it asked a person.")),
        "author_step.cancelled": Event(_("A second person declined a long block.")),
        "author_step.confirmed": Event(_("An author was blocked or unblocked, or a comment was reported.")),
        "author_step.failed": Event(_("An author couldn’t be blocked or unblocked, or a comment reported.")),
        "author_step.kept": Event(_("A block was reviewed and kept until another day.")),
        "author_step.sent": Event(
            _("Schoolgate asked a network to block or unblock an author, or reported a comment to it.")
        ),
        "author_step.written": Event(_("A moderator asked to block or unblock an author, or to report.")),
        "item.abuse_read": Event(_("A person read the report of a comment.")),
        "item.abuse_reported": Event(_("A comment was reported to the roles that the policy names.")),
        "item.answered": Event(_("A comment or message was replied to.")),
        "item.assigned": Event(_("A comment was assigned or unassigned.")),
        "item.changed": Event(_("The author of a comment changed it.")),
        "item.closed": Event(_("A comment or message was closed without a reply, with a reason.")),
        "item.danger_again": Event(_("Someone undid “No one is in danger” on a comment.")),
        "item.evidence_kept": Event(_("A copy of a comment was kept as evidence before it was removed.")),
        "item.first_read": Event(
            _("A safeguarding lead, or the next person in line, read a comment that may show danger.")
        ),
        "item.gone": Event(_("A comment was no longer there.")),
        "item.judged": Event(_("A person judged whether anything is wrong with a comment.")),
        "item.handed_over": Event(_("A comment was handed over to the next person.")),
        "item.kept_back": Event(_("A comment was hidden or deleted, with a reason.")),
        "item.kind_set": Event(_("A person set the type of a comment, and the policy was checked again.")),
        "item.locked": Event(_("A comment was restricted to safeguarding leads.")),
        "item.name_hidden": Event(
            _("Schoolgate hid a comment with a pupil’s name, because consent had ended.")
        ),
        "item.no_danger": Event(_("A person read a comment and recorded that no one is in danger.")),
        "item.not_copied": Event(_("A comment that may show the abuse of a child was not copied.")),
        "item.noted": Event(_("A person wrote a note for colleagues on a comment.")),
        "item.notice_worded": Event(_("The school adopted its own wording of the policy’s notice.")),
        "item.notice_written": Event(_("A notice about a removed comment was written.")),
        "item.photographed": Event(_("A photo was saved with a comment.")),
        "item.readers_told": Event(
            _("A person recorded that they told readers why a comment was hidden or deleted.")
        ),
        "item.received": Event(_("A comment or message arrived and was given the policy’s deadline.")),
        "item.refused": Event(_("The policy didn’t allow a reply to a comment, or an action on it.")),
        "item.released": Event(_("A comment was shown to everyone.")),
        "item.reopened": Event(_("Closing a comment was undone.")),
        "item.removal_looked_at": Event(_("A second person checked whether a comment is gone.")),
        "item.writer_step": Event(_("A person recorded a step taken with a comment’s author.")),
        "commentlist.applied": Event(_("A list of comments was imported.")),
        "commentlist.dropped": Event(_("The import of a list of comments was cancelled.")),
        "commentlist.explained": Event(_("Import columns matched.")),
        "commentlist.lapsed": Event(_("The import of a list of comments expired.")),
        "commentlist.uploaded": Event(_("A list of comments was uploaded.")),
        "mail.filed": Event(_("An email that a member of staff forwarded was added to the inbox.")),
        "mail.refused": Event(_("An email to an account’s address was refused, with a reason.")),
        "mailaddress.ended": Event(_("An account’s email address was ended.")),
        "mailaddress.made": Event(_("An account got an email address for forwarding.")),
        "message.sent": Event(_("A person sent a message to a group by hand.")),
        "message.written": Event(_("A message from an official account to a group was allowed.")),
        "item.held": Event(
            _(
                "A comment that may accuse an adult of harming a child was held for a safeguarding "
                "lead to read."
            )
        ),
        "item.given_back": Event(
            _("A safeguarding lead read a comment that may accuse an adult, and others can see it now.")
        ),
        "item.unlocked": Event(_("A safeguarding lead unlocked a comment.")),
        "moderation.asked": Event(
            _("Schoolgate couldn’t confirm whether a comment was shown, hidden or deleted.")
        ),
        "moderation.cancelled": Event(
            _("A moderator asked for a different action before a comment was changed.")
        ),
        "moderation.confirmed": Event(
            _("Showing, hiding or deleting a comment was confirmed on the network.")
        ),
        "moderation.failed": Event(_("A comment couldn’t be shown, hidden or deleted as asked.")),
        "moderation.sent": Event(_("A network was asked to show, hide or delete a comment.")),
        "view.deleted": Event(_("A person deleted a saved view of the inbox.")),
        "view.saved": Event(_("A person saved a view of the inbox.")),
        "moderation.written": Event(_("A moderator asked for a comment to be shown, hidden or deleted.")),
        "reply_removal.asked": Event(
            _("Schoolgate couldn’t confirm that a reply was deleted, so it asked a person.")
        ),
        "reply_removal.confirmed": Event(_("Removal of a reply confirmed on the network.")),
        "reply_removal.failed": Event(_("A reply couldn’t be deleted, so a person was asked to do it.")),
        "reply_removal.sent": Event(_("A network was asked to delete a reply.")),
        "reply_removal.written": Event(_("A reply had to be deleted because a pupil’s consent had ended.")),
        "process.adopted": Event(_("A process was adopted for replies on other people’s pages.")),
        "ownphrase.added": Event(_("A phrase on a word list was added or switched off, with a reason.")),
        "ownphrase.ended": Event(_("A change to a word list was undone.")),
    }
)
