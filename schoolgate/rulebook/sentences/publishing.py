"""Sentences about posts, what they carry, and who approves them."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "post.approved_by": gettext_noop("{roles} has approved it."),
    "post.needs_approval": gettext_noop("This needs approval from {roles}, who can’t be its author."),
    "post.answered_yes": gettext_noop("Someone has checked this and said yes: {what}."),
    "post.answered_no": gettext_noop("Someone has checked this and said no: {what}."),
    "post.not_answered": gettext_noop("Someone must answer this for this version of the post: {what}."),
    "post.purpose_given": gettext_noop("A purpose from the school’s list has been chosen."),
    "post.no_purpose": gettext_noop("A purpose from the school’s list must be chosen."),
    "post.own_affairs": gettext_noop("The post is about the school’s own affairs."),
    "post.other_schools_affairs": gettext_noop(
        "A school posts only about its own affairs, not about another school’s."
    ),
    "post.author_shown": gettext_noop("Readers can tell who posted it."),
    "post.author_not_shown": gettext_noop("Readers must be able to tell who posted it."),
    "post.no_position": gettext_noop("It must state its author’s position in the school."),
    "post.no_disclaimer": gettext_noop("A personal view needs a disclaimer."),
    "post.doubt_settled": gettext_noop("{role} was asked and has answered."),
    "post.in_doubt": gettext_noop("The author is unsure. {role} must answer before it is posted."),
    "post.authority": gettext_noop("The author has authority for this: {kind}."),
    "post.no_authority": gettext_noop("The author has no authority for this yet: {kind}."),
    "post.partner_not_asked": gettext_noop("The organisation it mentions must give permission first."),
    "post.partner_not_in_writing": gettext_noop(
        "The organisation it mentions has given permission, but not in writing."
    ),
    "post.safeguarding_not_confirmed": gettext_noop(
        "The author must confirm that they know the current safeguarding procedure."
    ),
    "material.origin_given": gettext_noop("It says where this comes from."),
    "material.no_origin": gettext_noop("Say where this comes from."),
    "material.permitted": gettext_noop("Its owner has given permission."),
    "material.not_permitted": gettext_noop("This is someone else’s. Ask its owner first."),
    "material.credited": gettext_noop("The person who made this is named."),
    "material.not_credited": gettext_noop("Name the person who made this."),
    "material.labelled": gettext_noop("This is marked “{label}”. Don’t post it."),
    "material.not_labelled": gettext_noop("No marking on this prevents posting."),
    "material.released": gettext_noop("Written permission for this was given in advance."),
    "material.needs_leave": gettext_noop("Reusing this needs written permission from {role} in advance."),
    "material.logo_allowed": gettext_noop("Permission to use this is on record for the account."),
    "material.logo_not_allowed": gettext_noop("No permission to use this is on record for the account."),
    "link.judged": gettext_noop("Someone has checked the linked page."),
    "link.not_judged": gettext_noop("Someone must check the linked page."),
    "link.unfit": gettext_noop("Someone has checked the linked page and said no."),
    "link.blocked": gettext_noop("This links to a site on the school’s blocked list."),
    "link.not_blocked": gettext_noop("This isn’t on any list of blocked sites."),
    "removal.not_theirs_to_block": gettext_noop("Whether someone is blocked is decided by: {roles}."),
    "removal.theirs_to_block": gettext_noop("The person who decides this blocks them."),
    "people.pupil_in_full": gettext_noop("It gives a pupil’s surname."),
    "people.no_surname": gettext_noop("It gives no pupil’s surname."),
    "picture.of_a_leaver": gettext_noop("It shows a pupil who has left the school."),
    "picture.of_no_leaver": gettext_noop("It shows no pupil who has left the school."),
    "picture.consent_too_old": gettext_noop("Consent must be given or renewed first: it may be too old."),
    "picture.consent_recent": gettext_noop("The consent is as recent as the policy requires."),
    "picture.withdrawn_gone": gettext_noop("The picture is down everywhere."),
    "post.trip_not_over": gettext_noop("This waits until everyone is back from the trip."),
    "post.trip_over": gettext_noop("It reveals nothing about a trip that isn’t over."),
    "post.tags_someone": gettext_noop("It tags someone who must not be tagged."),
    "post.tags_no_one": gettext_noop("It doesn’t tag anyone who must not be tagged."),
    "post.political": gettext_noop("It takes sides in party politics."),
    "post.not_political": gettext_noop("It takes no side in party politics."),
    "post.is_live": gettext_noop("It is a live stream."),
    "post.not_live": gettext_noop("It isn’t a live stream."),
    "answer.wrong_hour": gettext_noop("It would be sent outside the hours for replies."),
    "answer.right_hour": gettext_noop("It is sent within the hours for replies."),
    "post.wrong_day": gettext_noop("It would go out on a day when posting isn’t allowed."),
    "post.right_day": gettext_noop("It goes out on a day when posting is allowed."),
    "post.wrong_hour": gettext_noop("It would go out at a time when posting isn’t allowed."),
    "post.right_hour": gettext_noop("It goes out at a time when posting is allowed."),
    "post.emergency_text": gettext_noop("It is an emergency text that was approved beforehand."),
    "people.colleague_agreed": gettext_noop("The colleague has agreed in writing."),
    "people.colleague_not_asked": gettext_noop("The colleague must agree in writing first."),
    "house.second_person": gettext_noop("Someone other than the author has approved this version."),
    "house.needs_second_person": gettext_noop("Someone other than the author must approve this version."),
    "house.author_approved": gettext_noop("An author can’t approve their own post."),
    "house.own_answer": gettext_noop("You can’t approve your own reply."),
    "house.other_views": gettext_noop(
        "A school is a public body, so people may disagree with it and criticise it. That is no reason to "
        "hide, delete or report a comment, or to block its author. Reply to it, or give another reason if "
        "one applies."
    ),
}
