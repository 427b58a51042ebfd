"""Sentences about private accounts, posts and pages, and private use at work."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "private.names_school": gettext_noop("The page says where its owner works."),
    "private.names_no_school": gettext_noop("The page doesn’t say where its owner works."),
    "private.pupils_are_free": gettext_noop(
        "Pupils are free to use social media in their own lives. No action is "
        "needed because a pupil has a private account."
    ),
    "private.staff_are_free": gettext_noop(
        "You are free to have a private account, and the policy doesn’t "
        "discourage it. Check what it asks of what you post there."
    ),
    "private.staff_are_free_but": gettext_noop(
        "You are free to have a private account. The policy applies where a post involves: {grounds}."
    ),
    "private.lines_blur": gettext_noop(
        "Social media makes it easy to mix up working and private life. Decide "
        "what this account is for, and check what the policy says about "
        "disclaimers."
    ),
    "private.responsible_use": gettext_noop(
        "Everyone in the federation must use social networks responsibly. This includes you."
    ),
    "private.seen_as_part_of_the_school": gettext_noop(
        "People see you as part of the federation, even on your own account, and "
        "you have obligations to it there."
    ),
    "private.covered_professional_standards": gettext_noop(
        "The policy covers this private post: it’s likely to damage professional "
        "standards. Note the reason and who decided this."
    ),
    "private.covered_reputation": gettext_noop(
        "The policy covers this private post: it’s likely to damage the school’s "
        "good name. Note the reason and who decided this."
    ),
    "private.covered_is_open": gettext_noop(
        "One sentence of the policy covers a private post that damages "
        "professional standards. Another leaves out posts that don’t name or "
        "affect the school. The policy names no one to decide, so the "
        "federation must."
    ),
    "private.covered_by_link": gettext_noop(
        "The policy covers this. A private post that names the school, links "
        "itself to it or affects it is not only a private matter."
    ),
    "private.covered_outside": gettext_noop(
        "Everyone must behave responsibly on social networks outside school too. "
        "It makes no difference that it was their own account and their own time."
    ),
    "private.left_alone": gettext_noop(
        "The school respects people’s private lives. It doesn’t search for or "
        "watch an account that doesn’t name or affect the school. Leave this one "
        "out."
    ),
    "private.not_listed": gettext_noop(
        "The school respects people’s private lives, and the policy doesn’t cover "
        "an account that doesn’t name or affect the school. Don’t put it on any "
        "list."
    ),
    "private.connection_wanted": gettext_noop("This is someone the person wants to be connected to."),
    "private.connection_unwanted": gettext_noop(
        "Keep only the connections you really want. Decline this request."
    ),
    "private.colleague_asked": gettext_noop(
        "Think twice before you ask a colleague to be friends on a private "
        "profile, because working and social life blur. It’s your choice."
    ),
    "private.look_through_settings": gettext_noop(
        "Check the settings of your own accounts regularly. The policy doesn’t "
        "say how often. You won’t be asked what you found."
    ),
    "private.look_through_connections": gettext_noop(
        "Check your list of followers and friends from time to time, including "
        "pupils and parents. The policy doesn’t say how often."
    ),
    "private.look_through_settings_by": gettext_noop(
        "Check the settings of your own accounts by {day}. You won’t be asked what you found."
    ),
    "private.look_through_connections_by": gettext_noop(
        "Check your list of followers and friends by {day}, including pupils and parents."
    ),
    "private.remind_of_confidences": gettext_noop(
        "The duty of confidentiality continues after the job ends. Remind the "
        "person leaving, and note the date."
    ),
    "private.answer_to_reminder": gettext_noop(
        "Ask the person leaving to confirm the reminder, and note their answer. A refusal is also an answer."
    ),
    "private.remind_leaver": gettext_noop(
        "This duty continues after the job ends. Tell the person leaving, and note the date."
    ),
    "private.reminded_leaver": gettext_noop("The person leaving was told this on {day}, and answered."),
    "private.reminded_of_confidences": gettext_noop(
        "A reminder that confidentiality continues after the job was given on {day}, and it was answered."
    ),
    "private.ask_harms_reputation": gettext_noop(
        "Say whether words or pictures in this post could harm the school’s good name."
    ),
    "private.harms_reputation": gettext_noop(
        "You can’t post anything online that could harm the school’s good name, "
        "in words or in pictures. Change it or leave it out."
    ),
    "private.ask_ties_to_unlawful": gettext_noop(
        "No words or pictures may link the school to anything unlawful. Say whether this post does."
    ),
    "private.ties_to_unlawful": gettext_noop(
        "This would link the school to something unlawful. Leave it out, or "
        "remove anything that shows the school."
    ),
    "private.ask_endangers_children": gettext_noop(
        "Keep children’s safety in mind in your own time too. Say whether this "
        "post could put a child at risk."
    ),
    "private.endangers_children": gettext_noop(
        "This could put a child at risk, and that matters in your own time too. "
        "Leave it out. If a child may already be at risk, tell the person "
        "responsible for safeguarding."
    ),
    "private.ask_own_details_risky": gettext_noop(
        "Take care with details about yourself. Say whether those in this post "
        "could put your safety or security at risk."
    ),
    "private.own_details_risky": gettext_noop(
        "These details about yourself could put your safety or security at risk. "
        "Remove them. For contact, the school office number is enough."
    ),
    "private.ask_disrespectful": gettext_noop(
        "Everyone must be professional and respectful towards colleagues and "
        "others in the federation. Say whether this text lacks respect."
    ),
    "private.disrespectful": gettext_noop(
        "This isn’t respectful to colleagues and others in the federation. Rewrite it."
    ),
    "private.ask_unprofessional": gettext_noop(
        "Be professional on social media at all times, including at night and "
        "weekends. Say whether this text is unprofessional."
    ),
    "private.unprofessional": gettext_noop(
        "You must be professional on social media at all times. Change this text or leave it out."
    ),
    "private.ask_touchy_school_matter": gettext_noop(
        "You should stay out of sensitive school matters online. Say whether this is about one of them."
    ),
    "private.touchy_school_matter": gettext_noop(
        "You should stay out of sensitive school matters online, so leave this "
        "out. Your union rights and your right to report wrongdoing are not "
        "affected."
    ),
    "private.disclaimer_is_no_shield": gettext_noop(
        "A disclaimer doesn’t make a comment on a sensitive school matter safe. It can still do harm."
    ),
    "private.ask_ill_fits_professional_face": gettext_noop(
        "What you post should fit the professional image you show colleagues and "
        "the people the school serves. Say whether this post is at odds with it."
    ),
    "private.ill_fits_professional_face": gettext_noop(
        "This doesn’t fit the professional image you show at work. Leave it out, "
        "or think how parents would see it before you show it to a closed circle."
    ),
    "private.ask_against_disciplinary_rules": gettext_noop(
        "You can’t use social media in ways the disciplinary rules forbid. Say "
        "whether those rules forbid this post."
    ),
    "private.against_disciplinary_rules": gettext_noop(
        "The disciplinary rules forbid this, so you can’t post it. Read those "
        "rules before you write anything about it."
    ),
    "private.ask_remark_belittling": gettext_noop(
        "No one may make belittling remarks about the school or people linked to "
        "it. Say whether this remark is belittling."
    ),
    "private.ask_remark_defamation": gettext_noop(
        "No one may defame the school or people linked to it. Say whether this remark does."
    ),
    "private.remark_belittling": gettext_noop(
        "This remark belittles the school or someone linked to it. Remove it."
    ),
    "private.remark_defamation": gettext_noop(
        "This remark defames the school or someone linked to it. Remove it. "
        "Raise a real concern with the school, not online."
    ),
    "private.ask_remark_rude": gettext_noop(
        "No one may be rude about the school or people linked to it. Say whether this remark is."
    ),
    "private.remark_rude": gettext_noop("This remark is rude. Remove it, or say it courteously."),
    "private.ask_remark_threatening": gettext_noop(
        "No one may threaten the school or people linked to it. Say whether this remark does."
    ),
    "private.remark_threatening": gettext_noop(
        "This remark is a threat. Remove it. If it’s already online, someone must be told."
    ),
    "private.ask_remark_improper": gettext_noop(
        "No one may make improper remarks about the school or people linked to "
        "it. Say whether this remark is improper."
    ),
    "private.remark_improper": gettext_noop("This remark is improper. Remove it."),
    "private.remark_offensive": gettext_noop(
        "This remark would offend people the school works with. Remove it."
    ),
    "private.remark_discriminatory": gettext_noop("This remark discriminates. Remove it."),
    "private.remark_insulting": gettext_noop("This remark insults someone. Remove it."),
    "private.remark_obscene": gettext_noop("This remark is obscene. Remove it."),
    "private.not_agreed_in_writing": gettext_noop(
        "You need this person’s written agreement before you post anything about them."
    ),
    "private.agreed_in_writing": gettext_noop("This person agreed in writing."),
    "private.remark_both": gettext_noop(
        "This remark disparages or defames the school, its pupils or those it "
        "works with. Remove it. Raise a real concern through the school’s "
        "procedure for reporting wrongdoing."
    ),
    "private.ask_standing": gettext_noop(
        "You must not let an unsuitable post harm your own standing or the "
        "federation’s. Say whether this post is unsuitable."
    ),
    "private.standing_self": gettext_noop(
        "This unsuitable post could harm your own standing. Leave it out or change it."
    ),
    "private.standing_school": gettext_noop(
        "This unsuitable post could harm the federation’s standing. Leave it out or change it."
    ),
    "private.confidence": gettext_noop(
        "What you learned in confidence at work stays confidential after the job ends. Remove it."
    ),
    "private.ask_tells_confidence": gettext_noop(
        "Keep confidences on social media, in the job and after it. Say whether "
        "this post reveals anything you were told in confidence at work."
    ),
    "private.tells_confidence": gettext_noop(
        "This reveals something you were told in confidence at work. Remove it."
    ),
    "private.speaks_for_self": gettext_noop("Readers can see that the author speaks for themselves."),
    "private.say_it_is_yours": gettext_noop(
        "Say that you speak for yourself and not for the school, on this channel as on any other."
    ),
    "private.write_as_i": gettext_noop("Write as “I”, not “we”: you speak for yourself."),
    "private.ask_contradicts": gettext_noop(
        "You can’t say anything that contradicts school policy. Say whether this "
        "text does. The school’s policies say what applies."
    ),
    "private.contradicts": gettext_noop(
        "This contradicts school policy. Check the policy and change the text, or leave it out."
    ),
    "private.reference": gettext_noop(
        "You can’t recommend a person, or warn against them, through your own "
        "profile. You and the school could both be liable. Direct anyone who "
        "asks to the school."
    ),
    "private.ask_staff_first": gettext_noop(
        "Ask your colleague before you put personal details about them on a personal page."
    ),
    "private.ask_student_first": gettext_noop(
        "You can’t put anything personal about a pupil on a personal page without asking first."
    ),
    "private.asking_may_not_do": gettext_noop(
        "You must ask for permission. The policy doesn’t say that it must be "
        "given, or whether a pupil’s or a parent’s permission counts."
    ),
    "private.was_asked": gettext_noop("The people concerned were asked first and agreed."),
    "private.not_discussed": gettext_noop(
        "You can’t talk about colleagues or pupils on social networks, even "
        "kindly. Send good news to the school’s own account instead."
    ),
    "private.information_disclose": gettext_noop(
        "You can’t disclose confidential or proprietary information online. Remove it."
    ),
    "private.information_use": gettext_noop(
        "You can’t use confidential or proprietary information online either, "
        "even if none of it is shown. Leave it out."
    ),
    "private.information_work": gettext_noop(
        "You can’t talk about what you learn through your job on social media. Remove it."
    ),
    "private.known_from_work": gettext_noop(
        "You can’t talk online about personal facts about pupils, their families "
        "or colleagues that you know from work. Remove them."
    ),
    "private.information_of_others": gettext_noop(
        "You can’t disclose or use online what others gave you as confidential "
        "or as their own property. Leave it out."
    ),
    "private.school_matters": gettext_noop(
        "You can’t use a personal account to talk about school matters with "
        "anyone. Leave it to the school’s own account."
    ),
    "private.ask_courteous": gettext_noop(
        "Criticise politely. Say whether this text lacks courtesy. Internal "
        "school disputes don’t belong on social media at all."
    ),
    "private.discourteous": gettext_noop("Criticism should be courteous. Rewrite this."),
    "private.internal_criticism": gettext_noop(
        "Polite criticism is allowed, but internal disputes stay off social "
        "media. The policy doesn’t say where the line is."
    ),
    "private.consider_scale": gettext_noop(
        "Before you post, think how far it could spread. Something written for "
        "ten friends can be seen by thousands the same day."
    ),
    "private.consider_audience": gettext_noop(
        "Before you post, think who could read it, including pupils and parents."
    ),
    "private.readers_in_mind": gettext_noop(
        "Before you post, remember that very many people may read it for a very "
        "long time. They include the school, future employers and people you "
        "know."
    ),
    "private.consider_permanency": gettext_noop(
        "Before you post, think how long it will stay online. Copies remain after you take a post down."
    ),
    "private.consider_nothing_is_private": gettext_noop(
        "Treat anything you put online as open to everyone. No setting makes a post private."
    ),
    "private.disclaimer_there": gettext_noop("The page says that it doesn’t speak for the school."),
    "private.disclaimer_missing": gettext_noop(
        "This page relates to the school. Add a suitable disclaimer so that no "
        "one takes it for the school’s voice. Then confirm it’s there."
    ),
    "private.standard_disclaimer": gettext_noop("Add this sentence to it: “{text}”"),
    "private.standard_disclaimer_there": gettext_noop("It carries the policy’s own sentence."),
    "private.ready_sentence": gettext_noop(
        "You may use the policy’s ready-made sentence, “{text}”, or similar wording."
    ),
    "private.disclaimer_seen": gettext_noop("The disclaimer is easy to see."),
    "private.disclaimer_in_plain_view": gettext_noop(
        "Put the disclaimer where it’s easy to see, for example at the top, and confirm when it’s there."
    ),
    "private.logo_off": gettext_noop(
        "Leave the school’s logo and look off private pages. Remove them, and confirm when it’s done."
    ),
    "private.privacy_strict": gettext_noop("The privacy settings are as strict as they can be."),
    "private.tighten_privacy": gettext_noop(
        "Set every privacy setting on your own accounts to its strictest level. "
        "You won’t be asked for a password or proof."
    ),
    "private.work_address": gettext_noop(
        "Use a private email address on a private page, not a school one. Change it."
    ),
    "private.address_is_private": gettext_noop("The page gives no school address."),
    "private.ask_fits_own_picture": gettext_noop(
        "Check your profile and say whether it shows you as you want to be seen."
    ),
    "private.not_fits_own_picture": gettext_noop(
        "The profile doesn’t show you as you want to be seen. Change it."
    ),
    "private.fits_own_picture": gettext_noop(
        "The profile was checked and shows its owner as they want to be seen."
    ),
    "private.ask_related_fits_own_picture": gettext_noop(
        "Content around a profile counts too, including old pictures others "
        "tagged you in. Check it and say whether it fits."
    ),
    "private.not_related_fits_own_picture": gettext_noop(
        "The content around the profile doesn’t show you as you want to be seen. Remove it, or ask "
        "for it to be removed."
    ),
    "private.related_fits_own_picture": gettext_noop("The content around the profile was checked and fits."),
    "private.ask_fits_conduct_expected": gettext_noop(
        "Check your profile and the content around it. Say whether they match "
        "the conduct your profession expects."
    ),
    "private.not_fits_conduct_expected": gettext_noop(
        "The profile, or the content around it, doesn’t match the conduct your profession expects. Change it."
    ),
    "private.fits_conduct_expected": gettext_noop(
        "The profile and the content around it match the conduct the profession expects."
    ),
    "private.ask_fits_professional_face": gettext_noop(
        "Check your profile’s picture, name and text one by one. Say whether "
        "they fit the professional image you show at work."
    ),
    "private.not_fits_professional_face": gettext_noop(
        "The profile doesn’t fit the professional image you show at work. Change it."
    ),
    "private.fits_professional_face": gettext_noop(
        "The profile fits the professional image its owner shows at work."
    ),
    "private.own_details": gettext_noop(
        "Keep personal details to yourself. Remove any phone number or home address from the page."
    ),
    "private.own_details_kept": gettext_noop("The page gives away no personal details."),
    "private.test_privacy": gettext_noop(
        "Test what strangers can see by viewing your own profile as a stranger would."
    ),
    "private.digital_footprint": gettext_noop(
        "Keep track of the traces you leave online. Search for your own name now and then."
    ),
    "private.control_own_images": gettext_noop(
        "Keep control of the pictures of you online. Ask the person who posted "
        "one to take it down, then the network if they won’t."
    ),
    "private.control_tagging": gettext_noop(
        "Decide for yourself which pictures you are tagged in. Turn on tag "
        "review, and untag yourself from pictures you don’t want."
    ),
    "private.view_of_children_and_parents": gettext_noop(
        "Imagine what children and parents would think if they saw these pictures."
    ),
    "private.sensible_use": gettext_noop(
        "Sensible and appropriate use of private social media at work is allowed. Suspected "
        "excessive use that interferes with the job may lead to disciplinary action."
    ),
    "private.no_measure": gettext_noop(
        "The policy doesn’t define sensible or excessive use, or say who decides, so the federation must."
    ),
    "private.no_discipline": gettext_noop(
        "Disciplinary action may follow only if use is excessive and also harms "
        "the work. One of these is missing, so choose another outcome."
    ),
    "private.discipline_needs_grounds": gettext_noop(
        "Disciplinary action may follow only if excessive use and harm to the "
        "work are both on record with reasons. Still missing: {what}."
    ),
    "private.discipline_may_follow": gettext_noop(
        "Excessive use that interferes with the job is suspected, so disciplinary action may follow."
    ),
    "private.not_on_device": gettext_noop(
        "You can’t use the school’s computers for private social media, even in "
        "breaks. Use your own device and connection in your own time."
    ),
    "private.not_on_network": gettext_noop(
        "You can’t use the school’s network for private social media, even on "
        "your own device. Use your own connection in your own time."
    ),
    "private.not_on_system": gettext_noop(
        "You can’t use any school system, including work mail, for private social media. Use your own system."
    ),
    "private.not_by_work_mail": gettext_noop(
        "You can’t use work email for private mail. Use your own address."
    ),
    "private.own_device_with_pupils": gettext_noop(
        "You should not use your own device while you are with pupils in working time. Put it away."
    ),
    "private.school_device_with_pupils": gettext_noop(
        "You should not use school equipment for private matters while you are "
        "with pupils in working time. Leave it until later."
    ),
    "private.no_time_lost": gettext_noop(
        "One aim of the policy is that no working time is lost to social media."
    ),
    "private.own_means_in_working_time": gettext_noop(
        "The policy wants no working time lost, but none of its rules mentions "
        "your own device on your own connection."
    ),
    "private.encyclopaedia": gettext_noop(
        "You must not edit an open encyclopaedia for yourself while at work, "
        "because the change could be traced to the school. Do it elsewhere in "
        "your own time."
    ),
    "private.keep_apart": gettext_noop("Keep your private life and your work apart."),
    "private.in_doubt": gettext_noop("If you’re unsure, discuss this with {role} before you post it."),
    "private.doubt_discussed": gettext_noop("You discussed your doubts."),
    "private.login_of_work": gettext_noop(
        "Private life and work must stay apart, so an official account must "
        "belong to a work address. Give a mailbox on the school’s own domain, "
        "ideally a role’s mailbox."
    ),
    "private.login_apart": gettext_noop("The owner’s address is on the school’s own domain."),
}


NEEDS = {
    "own_professional_standards": gettext_noop("harm to professional standards"),
    "own_reputation": gettext_noop("harm to the school’s good name"),
    "own_associates": gettext_noop("a link to the school"),
    "own_impacts": gettext_noop("an effect on the school"),
    "own_last_reminded": gettext_noop("when staff were last reminded"),
    "own_next_term": gettext_noop("the first day of next term"),
    "own_settings": gettext_noop("check the settings of your own accounts"),
    "own_connections": gettext_noop("check your own followers and friends"),
}

SOURCES = {
    "private_person": gettext_noop("the account’s owner"),
    "watching_person": gettext_noop("the person asking"),
    "leaving_person": gettext_noop("the person leaving"),
    "each_member_of_staff": gettext_noop("each member of staff"),
    "weighing_person": gettext_noop("the person handling the case"),
}

POINTS = {
    "private_post_covered": gettext_noop("Covered by the policy"),
    "own_good_name": gettext_noop("The school’s good name"),
    "own_unlawful": gettext_noop("Nothing unlawful"),
    "own_remarks": gettext_noop("Remarks about the school and its people"),
    "own_standing": gettext_noop("Whose reputation is at stake"),
    "own_safety": gettext_noop("The author’s own safety"),
    "own_respect": gettext_noop("Respect for others"),
    "own_child_safety": gettext_noop("Children’s safety"),
    "own_views": gettext_noop("Speaking for yourself"),
    "own_voice": gettext_noop("Writing as “I”"),
    "own_reference": gettext_noop("Recommending people"),
    "own_touchy": gettext_noop("Sensitive school matters"),
    "own_doubt": gettext_noop("Doubts about the post"),
    "own_contradiction": gettext_noop("School policy"),
    "own_information": gettext_noop("Other people’s property"),
    "own_confidences": gettext_noop("Confidential matters"),
    "own_professional": gettext_noop("Professional at all times"),
    "own_professional_face": gettext_noop("Professional image"),
    "own_school_matters": gettext_noop("School matters on a personal account"),
    "own_disciplinary": gettext_noop("The disciplinary rules"),
    "others_details": gettext_noop("Other people’s details"),
    "others_discussed": gettext_noop("Talk about colleagues and pupils"),
    "own_criticism": gettext_noop("Criticism"),
    "own_spread": gettext_noop("How far it could spread"),
    "own_readers": gettext_noop("Who can read it"),
    "own_permanence": gettext_noop("How long it stays online"),
    "own_open_to_all": gettext_noop("Nothing is private"),
    "own_disclaimer": gettext_noop("Disclaimer on the page"),
    "own_disclaimer_text": gettext_noop("Wording of the disclaimer"),
    "own_disclaimer_place": gettext_noop("Position of the disclaimer"),
    "own_page_logo": gettext_noop("School logo on private pages"),
    "own_privacy_settings": gettext_noop("Privacy settings of private accounts"),
    "own_contact_address": gettext_noop("Email address on the page"),
    "own_self_image": gettext_noop("How your profile shows you"),
    "own_related_content": gettext_noop("Content around the profile"),
    "own_conduct_expected": gettext_noop("Conduct the profession expects"),
    "own_work_image": gettext_noop("Profile and professional image"),
    "own_stranger_view": gettext_noop("What strangers can see"),
    "own_traces": gettext_noop("Traces you leave online"),
    "own_page_details": gettext_noop("Details about yourself"),
    "own_picture_control": gettext_noop("Pictures of yourself"),
    "own_tagging": gettext_noop("Tags in pictures"),
    "own_pictures_seen": gettext_noop("How others see the pictures"),
    "free_to_have": gettext_noop("Having a private account"),
    "own_lines_blur": gettext_noop("Working and private life"),
    "own_responsible_use": gettext_noop("Responsible use"),
    "own_seen_as_part": gettext_noop("Being seen as part of the school"),
    "own_connection_wanted": gettext_noop("Only wanted connections"),
    "own_connection_colleague": gettext_noop("Colleagues as friends"),
    "own_settings_review": gettext_noop("Checking your settings"),
    "own_connections_review": gettext_noop("Checking your connections"),
    "confidences_after_leaving": gettext_noop("Confidentiality after leaving"),
    "contact_after_leaving": gettext_noop("Contact with pupils after leaving"),
    "private_life": gettext_noop("People’s private lives"),
    "private_use_at_work": gettext_noop("Private use at work"),
    "school_computers": gettext_noop("The school’s computers"),
    "school_networks": gettext_noop("The school’s network"),
    "school_systems": gettext_noop("The school’s other systems"),
    "private_work_mail": gettext_noop("Work email"),
    "device_with_pupils": gettext_noop("Devices when with pupils"),
    "working_time_lost": gettext_noop("Working time"),
    "overuse_discipline": gettext_noop("Discipline for private use"),
    "encyclopaedia": gettext_noop("Open encyclopaedias"),
    "work_and_private_apart": gettext_noop("Keeping work and private life apart"),
}
