"""Sentences about private contact, messages, friends of a site, searches, and where a picture may go."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "contact.request_told": gettext_noop("Tell someone of this request: {roles}."),
    "contact.request_told_to_parents": gettext_noop(
        "Tell the child’s parents of this request, and also: {roles}."
    ),
    "contact.request_told_to_parents_alone": gettext_noop("Tell the child’s parents of this request."),
    "contact.young_follower_told": gettext_noop("Tell someone of this follower: {roles}."),
    "contact.young_follower_told_to_parents": gettext_noop(
        "Tell the child’s parents that they follow our account, and also: {roles}."
    ),
    "contact.young_follower_told_to_parents_alone": gettext_noop(
        "Tell the child’s parents that they follow our account."
    ),
    "contact.pupil_follow": gettext_noop(
        "Staff must not follow a current pupil from a private account. Don’t follow them, or unfollow them."
    ),
    "contact.pupil_engage": gettext_noop(
        "Staff must not interact with a current pupil from a private account: no "
        "replying, accepting or inviting."
    ),
    "contact.pupil_invite": gettext_noop(
        "Staff must not invite a child at the school to connect or talk on a private account."
    ),
    "contact.pupil_accept": gettext_noop(
        "Staff must not accept an approach from a child at the school on a private account. Decline it."
    ),
    "contact.pupil_any": gettext_noop(
        "Staff must have no contact with any pupil through their private social media. Decline it."
    ),
    "contact.pupil_connection": gettext_noop(
        "Staff should not let a current pupil connect to a private account in "
        "any form, whether as a friend, follower or subscriber."
    ),
    "contact.pupil_tied": gettext_noop(
        "The policy rules out private contact with a current pupil, and states no exception for a family tie."
    ),
    "contact.pupil_elsewhere": gettext_noop(
        "The policy rules out private contact with a pupil of the school, but "
        "doesn’t say whether this includes the federation’s other school."
    ),
    "contact.pupil_of_age": gettext_noop(
        "The policy rules out private contact with pupils. Its note in brackets "
        "about those under {age} may or may not apply to current pupils. This "
        "one is {age} or older."
    ),
    "contact.pupil_left_advice": gettext_noop(
        "One sentence of the policy rules this out, and another only advises "
        "against it. There is permission to depart from the advice, but the "
        "policy doesn’t say whether that’s enough."
    ),
    "contact.former_tied": gettext_noop(
        "The policy rules out private contact with this former pupil for now, "
        "and states no exception for a family tie."
    ),
    "contact.former_elsewhere": gettext_noop(
        "The policy rules out private contact with this former pupil for now, "
        "but doesn’t say whether this includes the federation’s other school."
    ),
    "contact.parent_tied": gettext_noop(
        "The policy rules out private contact with a parent, and states no "
        "exception for family, colleagues or friends."
    ),
    "contact.parent_elsewhere": gettext_noop(
        "The policy rules out private contact with a parent at the school, but "
        "doesn’t say whether this includes the federation’s other school."
    ),
    "contact.leaver_tied": gettext_noop(
        "Former staff must not contact pupils of the school they left. The policy doesn’t repeat "
        "its exception for family here."
    ),
    "contact.leaver_former": gettext_noop(
        "Former staff must not contact pupils of the school they left. The policy doesn’t say when "
        "someone stops being a pupil."
    ),
    "contact.earlier_tied": gettext_noop(
        "Staff must not contact pupils of a school where they worked before. The "
        "policy doesn’t repeat its exception for family here."
    ),
    "contact.earlier_gone": gettext_noop(
        "Staff must not contact pupils of a school where they worked before. This pupil has left, "
        "and the policy doesn’t say when someone stops being a pupil."
    ),
    "contact.former_any": gettext_noop(
        "Staff must have no contact with a former pupil through their private "
        "social media until the policy allows it."
    ),
    "contact.former_any_until": gettext_noop(
        "Staff must have no contact with this former pupil through their private social media before {day}."
    ),
    "contact.former_follow": gettext_noop(
        "Staff must not follow a former pupil from a private account until the policy allows it."
    ),
    "contact.former_follow_until": gettext_noop(
        "Staff must not follow this former pupil from a private account before {day}."
    ),
    "contact.former_engage": gettext_noop(
        "Staff must not interact with a former pupil from a private account until the policy allows it."
    ),
    "contact.former_engage_until": gettext_noop(
        "Staff must not interact with this former pupil from a private account before {day}."
    ),
    "contact.former_connection": gettext_noop(
        "Staff should not let a former pupil connect to a private account, however long ago the pupil left."
    ),
    "contact.former_free": gettext_noop(
        "The policy’s conditions have been met since {day}, so it no longer rules out this contact."
    ),
    "contact.parent_follow": gettext_noop(
        "Staff must not follow a parent of a current pupil from a private account."
    ),
    "contact.parent_engage": gettext_noop(
        "Staff must not interact with a parent of a current pupil from a private "
        "account, even if neither follows the other."
    ),
    "contact.parent_invite": gettext_noop(
        "Staff must not invite a parent at the school to connect or talk on a private account."
    ),
    "contact.parent_accept": gettext_noop(
        "Staff must not accept an approach from a parent at the school on a private account. Decline it."
    ),
    "contact.parent_free": gettext_noop(
        "This parent no longer has a child at the school, so the policy no longer rules out this contact."
    ),
    "contact.family": gettext_noop("The policy takes family ties like this into account."),
    "contact.leaver": gettext_noop(
        "Former staff must not contact pupils of the school they left through private social media."
    ),
    "contact.earlier_school": gettext_noop(
        "Staff must not use private social media to contact pupils of a school where they worked "
        "before, while they are still pupils there."
    ),
    "contact.student_friend": gettext_noop(
        "Staff are not expected to be friends with students on social networks."
    ),
    "contact.student_not_mentioned": gettext_noop(
        "Staff are not expected to be friends with students on social networks. "
        "The policy doesn’t mention relatives or other kinds of connection."
    ),
    "contact.work_connection": gettext_noop(
        "This is a school or department network used for work, so a connection with students is allowed here."
    ),
    "contact.colleague": gettext_noop(
        "Think twice before you ask a colleague to be friends on a private profile."
    ),
    "contact.talked_over": gettext_noop("The doubt has been discussed with the {role}."),
    "contact.doubt_parent": gettext_noop(
        "If you are in doubt about contact with a parent, you should discuss it with the {role} first."
    ),
    "contact.doubt_family": gettext_noop(
        "If you are in doubt about contact with a pupil who is family, you "
        "should discuss it with the {role} first."
    ),
    "contact.while_employed": gettext_noop(
        "The policy’s rules on private contact with parents and children apply while you work here."
    ),
    "contact.while_employed_until": gettext_noop(
        "The policy’s rules on private contact with parents and children apply while the person "
        "works here, until the end of {day}."
    ),
    "contact.children_unpaid": gettext_noop(
        "Paid employees and volunteers must not be in touch with children on "
        "social media. The policy doesn’t say whether governors and Friends of "
        "the school are volunteers in this sense, so the federation must decide. "
        "Don’t get in touch until then."
    ),
    "contact.child_safety_in_mind": gettext_noop(
        "Everyone, governors and Friends included, must keep child safety in "
        "mind on social networks in their own time."
    ),
    "contact.children": gettext_noop(
        "Staff and volunteers must not be in touch with children over social networks."
    ),
    "message.approved_account": gettext_noop(
        "Staff may contact learners on social media from an account the school has approved. This is one."
    ),
    "message.not_own_account": gettext_noop(
        "You can’t message learners from your own account. Use an account the school has approved."
    ),
    "message.unapproved_account": gettext_noop(
        "Learners can only be messaged from an account the school has approved. This one is not approved."
    ),
    "message.for_learning": gettext_noop("The message is for teaching and learning."),
    "message.not_for_learning": gettext_noop(
        "Staff may contact learners on social media for teaching and learning, and for nothing else."
    ),
    "message.no_appropriateness_reason": gettext_noop(
        "Before you message learners on social media, decide whether it’s the "
        "right way to contact them, and write down why."
    ),
    "message.no_implications_note": gettext_noop(
        "Before you message learners on social media, think about the possible consequences and "
        "write them down."
    ),
    "message.to_group": gettext_noop("The message goes to a group."),
    "message.one_pupil": gettext_noop("A message to learners must go to a group, not to one pupil."),
    "message.alone": gettext_noop("You can’t message a pupil on their own on social media."),
    "message.unseen": gettext_noop(
        "Staff must not take part in social media messages with pupils that the public can’t see."
    ),
    "message.official_email": gettext_noop("It is sent from an official school address."),
    "message.not_own_email": gettext_noop(
        "Email about school business must come from an official school address. Send it from there."
    ),
    "message.email_written": gettext_noop(
        "Staff should not write about school business from their own email "
        "address, unless they have permission first."
    ),
    "message.email_taken_up": gettext_noop(
        "Staff should not deal with school business sent to their own email "
        "address, unless they have permission first. Give the sender the "
        "school’s address."
    ),
    "message.phone_written": gettext_noop(
        "Staff should not get in touch about school business from their own "
        "phone, unless they have permission first."
    ),
    "message.phone_taken_up": gettext_noop(
        "Staff should not deal with school business that comes to their own "
        "phone, unless they have permission first. Direct the caller to the "
        "school."
    ),
    "message.channel_leave": gettext_noop(
        "The {role} gave permission first for these circumstances and this way of contact."
    ),
    "message.parents_own_profile": gettext_noop(
        "You can’t talk to parents about school matters from a personal profile. "
        "Use the school’s own account."
    ),
    "message.work_profile": gettext_noop(
        "School matters must be dealt with from the right profile of the school "
        "or its service area. Use that one."
    ),
    "message.school_from_own": gettext_noop(
        "You can’t use a personal account to talk to anyone about school "
        "matters. Use the school’s own account."
    ),
    "message.work_account_personal": gettext_noop("You can’t use a work account for personal messages."),
    "message.work_account_unrelated": gettext_noop(
        "You can’t use a work account for messages unrelated to its work."
    ),
    "message.work_email": gettext_noop("You can’t use work email for private mail."),
    "message.from_work_profile": gettext_noop("This is the right profile."),
    "message.children_in_mind": gettext_noop(
        "You are talking with children here. Reply openly and as a teacher, and "
        "keep your duties to them in mind at all times."
    ),
    "friend.vetted": gettext_noop("The person who wants to become a friend of the site has been vetted."),
    "friend.not_vetted": gettext_noop("Anyone who becomes a friend of the site must be vetted first."),
    "friend.turned_down": gettext_noop("The person who vetted this request said no."),
    "friend.checked": gettext_noop("The check says everything it must."),
    "friend.check_incomplete": gettext_noop(
        "Anyone who wants to be a friend of the site must be checked carefully "
        "before they are accepted. The check is not complete yet."
    ),
    "friend.not_real": gettext_noop("The check showed that they are not who they say they are."),
    "friend.organisation_approved": gettext_noop("Contact with this organisation has been approved."),
    "friend.organisation_not_approved": gettext_noop(
        "The site may befriend an organisation only with approval from one of: {roles}."
    ),
    "friend.organisation_not_approved.one": gettext_noop(
        "The site may befriend an organisation only with approval from the {roles}."
    ),
    "friend.recognisable": gettext_noop(
        "No one taking part in a site made for pupils may be recognisable. "
        "Choose a name that doesn’t say who it is."
    ),
    "friend.not_recognisable": gettext_noop("No one can tell who this is from the name and picture."),
    "friend.name_not_looked_at": gettext_noop(
        "No one taking part in a site made for pupils may be recognisable. "
        "Someone must check the name and picture that would be shown."
    ),
    "friend.grooming": gettext_noop(
        "Staff must be alert to adults who groom young people. Turn off private "
        "messages between members first."
    ),
    "friend.no_private_messages": gettext_noop("Members of the site can’t message each other privately."),
    "recruitment.search_allowed": gettext_noop(
        "When recruiting, the school may search the internet about candidates. "
        "Record who searched, the date, the search terms and the results with "
        "the vacancy."
    ),
    "recruitment.data_duties": gettext_noop(
        "Keep to your data protection duties when you look up a candidate."
    ),
    "recruitment.equality_duties": gettext_noop(
        "Keep to your equal opportunities duties when you look up a candidate."
    ),
    "recruitment.informed": gettext_noop("The candidate was told that searches may be made."),
    "recruitment.not_informed": gettext_noop(
        "A search on a candidate must comply with data protection, so you must tell the candidate first."
    ),
    "recruitment.delete_by": gettext_noop(
        "The record of the search must be deleted by {day}, the date the federation set."
    ),
    "recruitment.delete_no_day": gettext_noop(
        "The record of the search must be deleted. The policy gives no date, so the federation sets one."
    ),
    "recruitment.alike": gettext_noop("This candidate was searched for in the same way as all the others."),
    "recruitment.unequal_searched": gettext_noop(
        "A search must comply with equal opportunities. No one may read the "
        "results until everyone on the shortlist has been searched for."
    ),
    "recruitment.unequal_same_terms": gettext_noop(
        "A search must comply with equal opportunities, so use the same terms for everyone on the shortlist."
    ),
    "recruitment.unequal_by_panel": gettext_noop(
        "A search must comply with equal opportunities, so someone who isn’t on the panel must do it."
    ),
    "recruitment.not_all": gettext_noop(
        "A search must comply with equal opportunities: search for everyone on "
        "the shortlist or for no one. Of {of} people, {searched} would be "
        "searched for."
    ),
    "listening.no_search": gettext_noop(
        "It is good practice to look for public posts about the federation. No search is set up."
    ),
    "listening.no_school_search": gettext_noop(
        "It is good practice to look for public posts about each school. No search is set up for {school}."
    ),
    "listening.search_there": gettext_noop(
        "A search for public posts is set up. The policy sets no number of days."
    ),
    "listening.search_in_time": gettext_noop(
        "A search for public posts is set up. The next is due by {day}."
    ),
    "listening.search_overdue": gettext_noop(
        "The search for public posts was due by {day}. The federation chose to search every {days} days."
    ),
    "listening.covered": gettext_noop(
        "The policy says that public posts about the school are monitored. This search reads nothing else."
    ),
    "listening.told": gettext_noop("The {role} has been told about it."),
    "listening.tell": gettext_noop(
        "Anyone who sees something online that shows the school or its people in "
        "a bad light should tell the {role}. The policy sets no deadline."
    ),
    "listening.several_routes": gettext_noop(
        "This should go to the {role} as something that harms the school’s name. "
        "Other sentences of the policy send misuse and breaches elsewhere."
    ),
    "listening.whistleblowing": gettext_noop("You may follow the {policy} instead."),
    "listening.whistleblowing_chosen": gettext_noop(
        "This follows the {policy}. The line manager is not shown anything."
    ),
    "listening.everybodys_job": gettext_noop(
        "Looking after the school’s name is everyone’s job, including yours. Say what you have seen."
    ),
    "media.may_draw_press": gettext_noop(
        "A site or its content can attract the press. Find out now who to pass a press call to."
    ),
    "image.official_account": gettext_noop(
        "It goes to an official account, where every other rule on pictures also applies."
    ),
    "image.pupils_upload": gettext_noop(
        "Staff must not upload pictures of pupils anywhere online except to the "
        "official social media accounts."
    ),
    "image.pupils_share": gettext_noop(
        "Staff must not share pictures of pupils anywhere online except through "
        "the official social media accounts."
    ),
    "image.school_shown": gettext_noop(
        "You can’t post photos, videos or other pictures that show which school "
        "it is on private social media."
    ),
    "image.asked": gettext_noop("This person was asked first and agreed."),
    "image.asked_without_yes": gettext_noop(
        "Someone asked first, but this person has not agreed. The policy doesn’t say whether "
        "asking is enough, or whether a parent may answer for a pupil."
    ),
    "image.asked_too_late": gettext_noop(
        "Asked too late. You must ask the person shown before their picture goes on a personal page."
    ),
    "image.not_asked": gettext_noop(
        "You can’t put a picture of this person on a personal page until you have asked them. Ask them first."
    ),
    "image.school_photo_shown_staff": gettext_noop(
        "You can’t put a school photo showing staff on a personal page, even if they have agreed."
    ),
    "image.school_photo_shown_student": gettext_noop(
        "You can’t put a school photo showing students on a personal page, even if they have agreed."
    ),
    "image.school_photo_details_staff": gettext_noop(
        "You can’t put anything personal about staff beside a school photo on a personal page. "
        "Remove it. The rule doesn’t cover a photo without people and without personal details."
    ),
    "image.school_photo_details_student": gettext_noop(
        "You can’t put anything personal about students, such as a name, with a school photo on a personal "
        "page. Remove it."
    ),
    "image.deleted": gettext_noop("The picture has been deleted everywhere."),
    "image.delete_at_once": gettext_noop(
        "Delete at once a picture taken by accident that could be misread or "
        "misused. Delete every copy, including the one on the device."
    ),
    "image.accidental_keep": gettext_noop(
        "You can’t keep a picture taken by accident that could be misread or misused. Delete it at once."
    ),
    "image.accidental_use": gettext_noop(
        "You can’t use a picture taken by accident that could be misread or "
        "misused for anything. Delete it at once."
    ),
    "image.accidental_close_report": gettext_noop(
        "The report stays open until every copy of the picture is deleted, including the one on the device."
    ),
    "image.told": gettext_noop("The {role} has been told about the picture."),
    "image.tell": gettext_noop(
        "The person who took such a picture must tell the {role}, without "
        "showing it. The policy sets no deadline."
    ),
    "image.tell_timely": gettext_noop(
        "The person who took such a picture must tell the {role} without undue delay, without showing it."
    ),
    "image.every_rule_met": gettext_noop("Every rule on pictures is met, so this one may be used."),
    "image.permission_sought": gettext_noop(
        "This person was asked but has not answered yet. The policy doesn’t say whether asking is enough."
    ),
    "image.more_advice": gettext_noop("There is more advice on pictures in the {policy}."),
    "image.tagging_off": gettext_noop(
        "Consider switching off the tagging of people in pictures, where the network lets you."
    ),
}


NEEDS = {
    "appropriateness_reason": gettext_noop("a line on why this is the right way to contact learners"),
    "implications_note": gettext_noop("a line on the possible consequences"),
    "friend_grown_up": gettext_noop("whether it is an adult or a child"),
    "friend_how_known": gettext_noop("how the school knows them"),
    "friend_real_person": gettext_noop("whether they are who they say they are"),
    "image_deletion": gettext_noop("deleting the picture and every copy"),
    "image_telling": gettext_noop("telling the person who must know about the picture"),
    "image_yes": gettext_noop("agreement from the person shown"),
    "listening_saved_search": gettext_noop("a search for public posts"),
    "listening_telling": gettext_noop("reporting what was seen"),
    "listening_whistleblowing": gettext_noop("following the whistleblowing policy"),
    "recruitment_equal_search": gettext_noop("the same search as for all the others"),
    "recruitment_telling": gettext_noop("telling the candidate that searches may be made"),
}

SOURCES = {
    "contact_asker": gettext_noop("the person asking"),
    "listening_finder": gettext_noop("the person who saw it"),
    "message_writer": gettext_noop("the person making contact"),
    "picture_owner": gettext_noop("the person who wants to use the picture"),
    "picture_taker": gettext_noop("the person who took the picture"),
    "recruiter": gettext_noop("the person making the search"),
    "site_moderator": gettext_noop("the person who looks after the site"),
}

POINTS = {
    "pupil_contact": gettext_noop("Private contact with a pupil"),
    "former_pupil": gettext_noop("Private contact with a former pupil"),
    "parent_contact": gettext_noop("Private contact with a parent"),
    "leaver_contact": gettext_noop("Contact with pupils after leaving"),
    "earlier_school_pupil": gettext_noop("Pupils of a previous school"),
    "student_friend": gettext_noop("Students as friends"),
    "colleague_contact": gettext_noop("Colleagues as friends"),
    "contact_doubt": gettext_noop("Doubts about a contact"),
    "contact_employment": gettext_noop("How long this applies"),
    "contact_children": gettext_noop("Contact with children over social networks"),
    "learner_account": gettext_noop("Account for messaging learners"),
    "learner_purpose": gettext_noop("Purpose of messages to learners"),
    "learner_weighed": gettext_noop("Thought through first"),
    "learner_group": gettext_noop("To a group"),
    "learner_alone": gettext_noop("One pupil alone"),
    "learner_unseen": gettext_noop("Private messages to pupils"),
    "children_at_all": gettext_noop("Messaging children over social networks"),
    "school_email": gettext_noop("Address to send from"),
    "private_channel": gettext_noop("Your own email or phone"),
    "parents_from_own": gettext_noop("Parents and personal profiles"),
    "private_message": gettext_noop("Contact from a private account"),
    "school_from_own": gettext_noop("School matters on a personal account"),
    "work_account_only": gettext_noop("What a work account may be used for"),
    "work_profile": gettext_noop("Profile to use"),
    "children_in_mind": gettext_noop("Duties to children on the site"),
    "friend_vetted": gettext_noop("Vetting of friends"),
    "friend_checked": gettext_noop("Careful check of friends"),
    "organisation_friend": gettext_noop("Befriending an organisation"),
    "recognisable": gettext_noop("Who can be recognised"),
    "grooming": gettext_noop("Adults who approach young people"),
    "pupil_pictures": gettext_noop("Where pictures of pupils may be posted"),
    "school_shown": gettext_noop("Pictures that show which school it is"),
    "own_page_asked": gettext_noop("Asking before a picture goes on a personal page"),
    "own_page_school_photo": gettext_noop("School photos on a personal page"),
    "photo_details": gettext_noop("Details with a school photo"),
    "accidental_deleted": gettext_noop("Deleting the picture"),
    "accidental_told": gettext_noop("Who is told about the picture"),
    "picture_rules": gettext_noop("All rules on pictures"),
    "picture_guidance": gettext_noop("More advice on pictures"),
    "picture_tagging": gettext_noop("Tagging people in pictures"),
    "candidate_search": gettext_noop("Searching for candidates"),
    "candidate_data": gettext_noop("Candidate’s data"),
    "candidate_equality": gettext_noop("Equal treatment of candidates"),
    "candidate_told": gettext_noop("Telling the candidate"),
    "candidate_kept": gettext_noop("How long the search record is kept"),
    "candidates_alike": gettext_noop("The same search for all candidates"),
    "searched_for": gettext_noop("Search for public posts"),
    "search_covered": gettext_noop("What the policy says is monitored"),
    "found_told": gettext_noop("Who is told what was seen"),
    "found_everybody": gettext_noop("Everyone’s job"),
    "press_expected": gettext_noop("Press interest"),
}
