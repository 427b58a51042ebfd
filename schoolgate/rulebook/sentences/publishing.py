"""Sentences about posts, what they carry, and who approves them."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "post.approved_by": gettext_noop("{roles} has approved it."),
    "post.needs_approval": gettext_noop("This needs the approval of {roles}, who is not its author."),
    "post.answered_yes": gettext_noop("Somebody has looked at this and said yes: {what}."),
    "post.answered_no": gettext_noop("Somebody has looked at this and said no: {what}."),
    "post.not_answered": gettext_noop("Somebody has to answer this for the post as it stands: {what}."),
    "post.purpose_given": gettext_noop("A purpose from the school's list has been picked."),
    "post.no_purpose": gettext_noop("A purpose from the school's list has to be picked."),
    "post.own_affairs": gettext_noop("The post is about the school's own affairs."),
    "post.other_schools_affairs": gettext_noop(
        "A school speaks of its own affairs only, not of another school's."
    ),
    "post.author_shown": gettext_noop("Readers can tell who has posted."),
    "post.author_not_shown": gettext_noop("Readers have to be able to tell who has posted."),
    "post.no_position": gettext_noop("It has to say what post its author has in the school."),
    "post.no_disclaimer": gettext_noop("A personal view needs a disclaimer."),
    "post.doubt_settled": gettext_noop("{role} has been asked and has answered."),
    "post.in_doubt": gettext_noop("Its author is unsure. {role} has to answer before it goes out."),
    "post.authority": gettext_noop("Its author has authority for this: {kind}."),
    "post.no_authority": gettext_noop("Its author has no authority for this yet: {kind}."),
    "post.partner_not_asked": gettext_noop("The body that it mentions has to give its permission first."),
    "post.partner_not_in_writing": gettext_noop(
        "The body that it mentions has given its permission, but not in writing."
    ),
    "post.safeguarding_not_confirmed": gettext_noop(
        "Its author has to confirm that they know the safeguarding procedure as it stands now."
    ),
    "material.origin_given": gettext_noop("It is said where this comes from."),
    "material.no_origin": gettext_noop("It has to be said where this comes from."),
    "material.permitted": gettext_noop("Its owner has given permission."),
    "material.not_permitted": gettext_noop("This is someone else's, and its owner has to be asked first."),
    "material.credited": gettext_noop("Whoever made this is named."),
    "material.not_credited": gettext_noop("Whoever made this has to be named."),
    "material.labelled": gettext_noop("This is marked “{label}” and must not go out."),
    "material.not_labelled": gettext_noop("Nothing on this keeps it back."),
    "material.released": gettext_noop("Written leave for this was given beforehand."),
    "material.needs_leave": gettext_noop(
        "Reusing this needs the leave of {role}, in writing and beforehand."
    ),
    "material.logo_allowed": gettext_noop("Leave to use this is on record for the account."),
    "material.logo_not_allowed": gettext_noop("No leave to use this is on record for the account."),
    "link.judged": gettext_noop("Somebody has looked at the page that this links to."),
    "link.not_judged": gettext_noop("Somebody has to look at the page that this links to."),
    "link.unfit": gettext_noop("Somebody has looked at the page that this links to and said no."),
    "link.blocked": gettext_noop("This leads to a site on the school's list of blocked ones."),
    "link.not_blocked": gettext_noop("This is on no list of blocked sites."),
    "people.colleague_agreed": gettext_noop("The colleague has agreed in writing."),
    "people.colleague_not_asked": gettext_noop("The colleague has to agree in writing first."),
    "house.second_person": gettext_noop("Somebody other than its author has approved it as it stands."),
    "house.needs_second_person": gettext_noop(
        "Somebody other than its author has to approve it as it stands."
    ),
    "house.author_approved": gettext_noop("An author never approves their own post."),
    "house.own_answer": gettext_noop("Nobody approves an answer of their own."),
}
