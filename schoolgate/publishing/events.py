"""Texts of events about posts in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import Event, declare

declare(
    {
        "delivery.address_mended": Event(_("The link to a post made by hand was corrected.")),
        "delivery.asked": Event(
            _("Schoolgate couldn’t confirm the status of a delivery, so it asked a person.")
        ),
        "delivery.confirmed": Event(
            _("A post was seen on its network as approved, or its removal was seen.")
        ),
        "delivery.different": Event(_("A live post was different from the approved version.")),
        "delivery.failed": Event(_("A delivery failed.")),
        "delivery.refused": Event(_("The policy didn’t allow a delivery.")),
        "delivery.removal_said": Event(_("A person took down a post by hand and confirmed it.")),
        "delivery.sent": Event(_("A post was sent to its network.")),
        "delivery.still_there": Event(_("A second person checked and the post was still there.")),
        "delivery.unknown": Event(_("A network didn’t respond, so Schoolgate checked there.")),
        "delivery.written": Event(_("A delivery to a network was prepared.")),
        "past.brought": Event(_("A network’s own download of an account’s posts was uploaded.")),
        "past.confirmed": Event(_("An import of an account’s posts was checked and confirmed.")),
        "past.dropped": Event(_("An import of an account’s posts was cancelled.")),
        "past.lapsed": Event(_("An import of an account’s posts expired, because no one confirmed it.")),
        "past.stopped": Event(_("An import of posts stopped part-way.")),
        "past.taken_in": Event(_("Posts from before Schoolgate were imported from a download.")),
        "past.unreadable": Event(_("An account’s downloaded posts could not be read.")),
        "past.went_on": Event(_("An import of posts continued.")),
        "post.conditions_said": Event(
            _("An author recorded whether a post meets the conditions of approval.")
        ),
        "post.approval_lapsed": Event(_("An approval no longer counted because something had changed.")),
        "post.approval_taken_back": Event(_("An approver undid their approval of a post.")),
        "post.approved": Event(_("A post was approved by another person.")),
        "post.asked_again": Event(_("A post was sent to its approvers again.")),
        "post.drafted": Event(_("A post was drafted.")),
        "post.edited": Event(_("A post was edited.")),
        "post.expired": Event(_("A post’s scheduled time passed before it was approved.")),
        "post.mark_judged": Event(_("A comment on the text of a post was checked and decided.")),
        "post.marked": Event(_("A comment was added to the text of a post, for someone to check.")),
        "post.not_sent": Event(_("A post wasn’t published.")),
        "post.published": Event(_("A post was published.")),
        "post.refused": Event(_("The policy didn’t allow a post to go further in its current form.")),
        "post.sent_again": Event(_("A post was sent again.")),
        "post.sent_back": Event(_("Changes to a post were requested.")),
        "post.started": Event(_("Schoolgate started sending a post.")),
        "post.submitted": Event(_("A post was sent for approval.")),
        "post.take_down_asked": Event(_("A request was made to take down a post.")),
        "post.taken_back": Event(_("An author undid sending a post for approval.")),
        "post.taken_down": Event(_("A post was taken down.")),
        "post.taken_up": Event(_("An author undid withdrawing a post.")),
        "post.taken_down_together": Event(_("Several posts were sent to be taken down together.")),
        "post.withdrawn": Event(_("A post was withdrawn.")),
    }
)
