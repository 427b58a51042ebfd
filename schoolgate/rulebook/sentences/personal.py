"""Private accounts and private posts: what the rules about them say."""

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
}
