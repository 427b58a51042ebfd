"""Sentences about private contact, messages, friends of a site, and those who are searched for or listened
to."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "contact.pupil_follow": gettext_noop(
        "Staff do not follow a present pupil from a private account. Leave it, or stop following."
    ),
    "contact.pupil_engage": gettext_noop(
        "Staff do not deal with a present pupil from a private account: no answer, no accepting, no inviting."
    ),
    "contact.pupil_invite": gettext_noop(
        "Staff do not invite a child of the school to a connection or a talk on a private account."
    ),
    "contact.pupil_accept": gettext_noop(
        "Staff do not accept an approach from a child of the school on a private account. Decline it."
    ),
    "contact.pupil_any": gettext_noop(
        "Staff have no contact with any pupil through their private social media. Decline it."
    ),
    "contact.pupil_connection": gettext_noop(
        "Staff are advised not to let a present pupil connect to a private account in any form, be it as a"
        " friend, a follower or a subscriber."
    ),
    "contact.pupil_tied": gettext_noop(
        "The policy rules out private contact with a present pupil and has no exception in words for a "
        "family tie."
    ),
    "contact.pupil_elsewhere": gettext_noop(
        "The policy rules out private contact with a pupil of the school and does not say whether it means"
        " the federation's other school as well."
    ),
    "contact.pupil_of_age": gettext_noop(
        "The policy rules out private contact with pupils, and its bracket about those under {age} may or "
        "may not belong to present pupils. This one is {age} or older."
    ),
    "contact.pupil_left_advice": gettext_noop(
        "One sentence of the policy rules this out, another only advises against it. There is leave from "
        "the advice, and the policy does not say whether that is enough."
    ),
    "contact.former_tied": gettext_noop(
        "The policy rules out private contact with this former pupil for now and has no exception in words"
        " for a family tie."
    ),
    "contact.former_elsewhere": gettext_noop(
        "The policy rules out private contact with this former pupil for now and does not say whether it "
        "means the federation's other school as well."
    ),
    "contact.parent_tied": gettext_noop(
        "The policy rules out private contact with a parent and has no exception in words for one to whom "
        "there is a tie."
    ),
    "contact.parent_elsewhere": gettext_noop(
        "The policy rules out private contact with a parent at the school and does not say whether it "
        "means the federation's other school as well."
    ),
    "contact.leaver_tied": gettext_noop(
        "Whoever has left does not contact pupils of the place that they left. The policy does not repeat "
        "its exception for family here."
    ),
    "contact.leaver_former": gettext_noop(
        "Whoever has left does not contact pupils of the place that they left. The policy does not say "
        "when somebody stops counting as a pupil."
    ),
    "contact.earlier_tied": gettext_noop(
        "Staff do not contact pupils of the school where they worked before. The policy does not repeat "
        "its exception for family here."
    ),
    "contact.earlier_gone": gettext_noop(
        "Staff do not contact pupils of the school where they worked before. This one has left it, and the"
        " policy does not say when somebody stops counting as a pupil."
    ),
    "contact.former_any": gettext_noop(
        "Staff have no contact with a former pupil through their private social media before the policy lets "
        "them."
    ),
    "contact.former_any_until": gettext_noop(
        "Not before {day}: until then staff have no contact with this former pupil through their private "
        "social media."
    ),
    "contact.former_follow": gettext_noop(
        "Staff do not follow a former pupil from a private account before the policy lets them."
    ),
    "contact.former_follow_until": gettext_noop(
        "Not before {day}: until then staff do not follow this former pupil from a private account."
    ),
    "contact.former_engage": gettext_noop(
        "Staff do not deal with a former pupil from a private account before the policy lets them."
    ),
    "contact.former_engage_until": gettext_noop(
        "Not before {day}: until then staff do not deal with this former pupil from a private account."
    ),
    "contact.former_connection": gettext_noop(
        "Staff are advised not to let a former pupil connect to a private account, however long ago the "
        "pupil left."
    ),
    "contact.former_free": gettext_noop(
        "What the policy asks for has been fulfilled since {day}: it no longer stands against this contact."
    ),
    "contact.parent_follow": gettext_noop(
        "Staff do not follow a parent of a present pupil from a private account."
    ),
    "contact.parent_engage": gettext_noop(
        "Staff do not deal with a parent of a present pupil from a private account, not even where neither"
        " follows the other."
    ),
    "contact.parent_invite": gettext_noop(
        "Staff do not invite a parent of the school to a connection or a talk on a private account."
    ),
    "contact.parent_accept": gettext_noop(
        "Staff do not accept an approach from a parent of the school on a private account. Decline it."
    ),
    "contact.parent_free": gettext_noop(
        "This parent has no child at the school any more: the policy no longer stands against this contact."
    ),
    "contact.family": gettext_noop("The policy takes a family tie such as this into account."),
    "contact.leaver": gettext_noop(
        "Whoever has left does not contact pupils of the place that they left through private social media."
    ),
    "contact.earlier_school": gettext_noop(
        "Staff do not contact pupils of the school where they worked before through private social media, "
        "for as long as those count as pupils."
    ),
    "contact.student_friend": gettext_noop(
        "Staff are not expected to be friends with students on social networks."
    ),
    "contact.student_not_mentioned": gettext_noop(
        "Staff are not expected to be friends with students on social networks. Relatives and other kinds of "
        "connection are not mentioned."
    ),
    "contact.work_connection": gettext_noop(
        "This is a network of the school or a department that is used for work: there students may be "
        "connected."
    ),
    "contact.colleague": gettext_noop(
        "Think twice before you ask a colleague to be friends on a private profile."
    ),
    "contact.talked_over": gettext_noop("The doubt has been talked over with the {role}."),
    "contact.doubt_parent": gettext_noop(
        "Who is in doubt about contact with a parent talks it over with the {role} first."
    ),
    "contact.doubt_family": gettext_noop(
        "Who is in doubt about contact with a pupil who is family talks it over with the {role} first."
    ),
    "contact.while_employed": gettext_noop(
        "What the policy says about private contact with parents and children binds for as long as the "
        "employment lasts."
    ),
    "contact.while_employed_until": gettext_noop(
        "What the policy says about private contact with parents and children binds for as long as the "
        "employment lasts, here up to and including {day}."
    ),
    "contact.children": gettext_noop(
        "Neither staff nor volunteers are in touch with children over social networks."
    ),
    "message.approved_account": gettext_noop(
        "Staff may reach learners over social media from an account that the school approved. This is one."
    ),
    "message.not_own_account": gettext_noop(
        "Learners are not written to from one's own account. Use an account that the school approved."
    ),
    "message.unapproved_account": gettext_noop(
        "Learners are only written to from an account that the school approved. This one is not."
    ),
    "message.for_learning": gettext_noop("The message serves teaching and learning."),
    "message.not_for_learning": gettext_noop(
        "Staff may reach learners over social media for teaching and learning, and for nothing else."
    ),
    "message.no_appropriateness_reason": gettext_noop(
        "Before learners are written to over social media, weigh whether it is the right means, and put "
        "down why."
    ),
    "message.no_implications_note": gettext_noop(
        "Before learners are written to over social media, think through what may follow from it, and put "
        "that down."
    ),
    "message.to_group": gettext_noop("The message goes to a group."),
    "message.one_pupil": gettext_noop("A message to learners goes to a group, not to a single pupil."),
    "message.alone": gettext_noop("No pupil is written to on their own over social media."),
    "message.unseen": gettext_noop(
        "Staff take no part in social media messages with pupils that the public cannot see."
    ),
    "message.official_email": gettext_noop("It goes out from an official school address."),
    "message.not_own_email": gettext_noop(
        "An e-mail on school business comes from an official school address. Send it from there."
    ),
    "message.email_written": gettext_noop(
        "Staff are advised not to write about school business from their own e-mail address, unless there "
        "is leave beforehand."
    ),
    "message.email_taken_up": gettext_noop(
        "Staff are advised not to take up school business that reaches their own e-mail address, unless "
        "there is leave beforehand. Point the writer to the school's address."
    ),
    "message.phone_written": gettext_noop(
        "Staff are advised not to get in touch about school business from their own telephone, unless "
        "there is leave beforehand."
    ),
    "message.phone_taken_up": gettext_noop(
        "Staff are advised not to take up school business that reaches their own telephone, unless there "
        "is leave beforehand. Point the caller to the school."
    ),
    "message.channel_leave": gettext_noop(
        "The {role} gave leave beforehand for these circumstances and this way."
    ),
    "message.parents_own_profile": gettext_noop(
        "Nobody talks to parents about school matters from a personal profile. Use the school's own account."
    ),
    "message.work_profile": gettext_noop(
        "School matters are dealt with from a profile of the school or of its service area that fits. Use "
        "that one."
    ),
    "message.private_contact_pupil": gettext_noop(
        "This would go to a pupil from a private account, and for such contact there are rules of its own."
        " Ask about the contact first, or use an account of the school."
    ),
    "message.private_contact_parent": gettext_noop(
        "This would go to a parent from a private account, and for such contact there are rules of its "
        "own. Ask about the contact first, or use an account of the school."
    ),
    "message.school_from_own": gettext_noop(
        "A personal account is not used to talk about school matters, whoever it is with. Use the school's"
        " own."
    ),
    "message.work_account_personal": gettext_noop("A work account is not used for personal messages."),
    "message.work_account_unrelated": gettext_noop(
        "A work account is not used for messages that have nothing to do with its work."
    ),
    "message.work_email": gettext_noop("Work e-mail is not used for private mail."),
    "message.from_work_profile": gettext_noop("This is a profile that fits."),
    "message.children_in_mind": gettext_noop(
        "You are talking with children here: answer in the open and as a teacher, and keep in mind all the"
        " time what you owe them."
    ),
    "friend.vetted": gettext_noop("Whoever wants to become a friend of the site has been vetted."),
    "friend.not_vetted": gettext_noop("Whoever becomes a friend of the site is vetted first."),
    "friend.turned_down": gettext_noop("Whoever vetted this request said no."),
    "friend.checked": gettext_noop("The check says all that it has to say."),
    "friend.check_incomplete": gettext_noop(
        "Whoever wants to be a friend of the site is checked with care before they are let in. The check "
        "does not say everything yet."
    ),
    "friend.not_real": gettext_noop("The check found that they are not who they say they are."),
    "friend.organisation_approved": gettext_noop("The contact with this organisation is approved."),
    "friend.organisation_not_approved": gettext_noop(
        "The site befriends an organisation only with the approval of one of: {roles}."
    ),
    "friend.recognisable": gettext_noop(
        "Nobody who takes part in a site made for pupils can be recognised. A name has to be picked that "
        "does not say who it is."
    ),
    "friend.not_recognisable": gettext_noop("Nobody can tell from name and picture who this is."),
    "friend.name_not_looked_at": gettext_noop(
        "Nobody who takes part in a site made for pupils can be recognised. Somebody has to look at the "
        "name and picture that would be shown."
    ),
    "friend.grooming": gettext_noop(
        "Staff reckon with adults who groom young people. Close private messages between the members first."
    ),
    "friend.no_private_messages": gettext_noop("Members of the site cannot write to each other unseen."),
    "recruitment.search_allowed": gettext_noop(
        "When it recruits, the school may search the internet about candidates. Searcher, day, terms and "
        "what was found belong in the record of the vacancy."
    ),
    "recruitment.informed": gettext_noop("The candidate was told that searches may be made."),
    "recruitment.not_informed": gettext_noop(
        "A search on a candidate keeps to data protection: the candidate has to be told first."
    ),
    "recruitment.delete_by": gettext_noop(
        "The record of the search is deleted by {day}, the day that the federation set."
    ),
    "recruitment.delete_no_day": gettext_noop(
        "The record of the search is deleted. The policy names no day; the federation sets one."
    ),
    "recruitment.alike": gettext_noop("This candidate was searched for like all the others."),
    "recruitment.unequal_searched": gettext_noop(
        "A search keeps to equal opportunities: nobody reads what was found before everybody on the "
        "shortlist was searched for."
    ),
    "recruitment.unequal_same_terms": gettext_noop(
        "A search keeps to equal opportunities: everybody on the shortlist is searched for with the same "
        "terms."
    ),
    "recruitment.unequal_by_panel": gettext_noop(
        "A search keeps to equal opportunities: somebody who does not sit on the panel makes it."
    ),
    "recruitment.not_all": gettext_noop(
        "A search keeps to equal opportunities: search for everybody on the shortlist or for nobody. Of {of} "
        "people, {searched} would be searched for."
    ),
    "listening.no_search": gettext_noop(
        "It is good practice to look for public posts about the federation. No search is set up."
    ),
    "listening.no_school_search": gettext_noop(
        "It is good practice to look for public posts about each school. None is set up for {school}."
    ),
    "listening.search_there": gettext_noop(
        "Public posts are looked for. The policy names no number of days."
    ),
    "listening.search_in_time": gettext_noop("Public posts are looked for. The next time is due by {day}."),
    "listening.search_overdue": gettext_noop(
        "Public posts were to be looked for by {day}: the federation chose to do so every {days} days."
    ),
    "listening.covered": gettext_noop(
        "The policy says that public posts about the school are watched. This search reads nothing else."
    ),
    "listening.told": gettext_noop("The {role} knows of it."),
    "listening.tell": gettext_noop(
        "Whoever sees something online that puts the school or its people in a bad light tells the {role}."
        " The policy names no time."
    ),
    "listening.several_routes": gettext_noop(
        "This goes to the {role} as something that harms the school's name. Other sentences of the policy "
        "send misuse and breaches elsewhere."
    ),
    "listening.whistleblowing": gettext_noop("The {policy} can be followed instead."),
    "listening.whistleblowing_chosen": gettext_noop(
        "This goes the way of the {policy}. Nothing is shown to the line manager."
    ),
    "listening.everybodys_job": gettext_noop(
        "Looking after the school's name is everybody's job here, yours as well: say what you have seen."
    ),
    "media.may_draw_press": gettext_noop(
        "A site, or what stands on it, can draw the press. Reckon with a call, and find out now to whom "
        "you would pass it on."
    ),
}
