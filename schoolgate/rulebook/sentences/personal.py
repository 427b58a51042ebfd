"""Private accounts and private posts: what the rules about them say."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "private.pupils_are_free": gettext_noop(
        "Pupils are free to be on social media in their own lives. That a pupil has a private account calls "
        "for no action."
    ),
    "private.staff_are_free": gettext_noop(
        "You are free to have a private account; the policy does not talk you out of it. Look at what it "
        "asks of what you post there."
    ),
    "private.staff_are_free_but": gettext_noop(
        "You are free to have a private account. The policy comes in where a post brings: {grounds}."
    ),
    "private.lines_blur": gettext_noop(
        "On social media working and private life are easily mixed up. Decide what this account is for, and "
        "look at what the policy says about disclaimers."
    ),
    "private.responsible_use": gettext_noop(
        "Whoever belongs to the federation uses social networks responsibly. This binds you, too."
    ),
    "private.seen_as_part_of_the_school": gettext_noop(
        "People see you as part of the federation, on your own account as well, and you owe it something "
        "there."
    ),
    "private.covered_professional_standards": gettext_noop(
        "The policy covers this private post: it is likely to damage professional standards. Note the "
        "ground and who judged it."
    ),
    "private.covered_reputation": gettext_noop(
        "The policy covers this private post: it is likely to damage the good name of the school. Note the "
        "ground and who judged it."
    ),
    "private.covered_is_open": gettext_noop(
        "One sentence of the policy takes in a private post that damages professional standards, another "
        "leaves out what neither names nor affects the school. It names nobody who decides: the federation "
        "says who rules."
    ),
    "private.covered_by_link": gettext_noop(
        "The policy covers this: a private post that names the school, links itself to it or affects it is "
        "no longer a private matter alone."
    ),
    "private.not_covered": gettext_noop(
        "The policy does not cover private posts that neither name nor affect the school."
    ),
    "private.covered_outside": gettext_noop(
        "Responsible conduct on social networks is asked for outside school, too: that it was one's own "
        "account and one's own time does not take this out."
    ),
    "private.left_alone": gettext_noop(
        "The school respects people's private lives: an account that neither names nor affects it is not "
        "searched for or watched. Leave this one out."
    ),
    "private.not_listed": gettext_noop(
        "The policy does not cover an account that neither names nor affects the school, so it is put on no "
        "list. Leave it out."
    ),
    "private.connection_wanted": gettext_noop("This is somebody to whom the person wants to be linked."),
    "private.connection_unwanted": gettext_noop(
        "Keep only those connections that you really want: turn this request down."
    ),
    "private.colleague_asked": gettext_noop(
        "Think twice before you ask a colleague to be friends on a private profile: working and social life "
        "blur. The choice is yours."
    ),
    "private.look_through_settings": gettext_noop(
        "Look through the settings of your own accounts at regular intervals. The policy gives no number. "
        "Nobody asks what you found."
    ),
    "private.look_through_connections": gettext_noop(
        "Go through the list of your followers and friends now and again, pupils and parents among them. "
        "The policy gives no number."
    ),
    "private.look_through_settings_by": gettext_noop(
        "Look through the settings of your own accounts by {day}. Nobody asks what you found."
    ),
    "private.look_through_connections_by": gettext_noop(
        "Go through the list of your followers and friends by {day}, pupils and parents among them."
    ),
    "private.remind_of_confidences": gettext_noop(
        "The duty to keep confidences goes on after the job. Remind whoever leaves of it, and note the day."
    ),
    "private.answer_to_reminder": gettext_noop(
        "Ask whoever leaves to confirm the reminder about confidences, and note what they say: a refusal is "
        "an answer, too."
    ),
    "private.reminded_of_confidences": gettext_noop(
        "A reminder that confidences last longer than the job was given on {day}, and it was answered."
    ),
    "private.ask_harms_reputation": gettext_noop(
        "Say of the post as it stands whether words or pictures in it could harm the school's good name."
    ),
    "private.harms_reputation": gettext_noop(
        "Nothing goes online that could harm the school's good name, in words or in pictures. Change it or "
        "leave it out."
    ),
    "private.ask_ties_to_unlawful": gettext_noop(
        "No words and no pictures may tie the school to something unlawful. Say of the post as it stands "
        "whether it does."
    ),
    "private.ties_to_unlawful": gettext_noop(
        "This would tie the school to something unlawful. Leave it out, or take out whatever shows the "
        "school."
    ),
    "private.ask_endangers_children": gettext_noop(
        "Keep the safety of children in mind in your own time, too. Say of the post as it stands whether it "
        "could put a child at risk."
    ),
    "private.endangers_children": gettext_noop(
        "This could put a child at risk, and that counts in your own time, too. Leave it out; if a child "
        "may be at risk already, tell the person responsible for safeguarding."
    ),
    "private.ask_own_details_risky": gettext_noop(
        "Take care with details about yourself. Say of the post as it stands whether they could put your "
        "safety or security at risk."
    ),
    "private.own_details_risky": gettext_noop(
        "These details about yourself could put your safety or security at risk. Take them out; the number "
        "of the school office will do for contact."
    ),
    "private.ask_disrespectful": gettext_noop(
        "Everybody is professional and respectful towards colleagues and others of the federation. Say of "
        "this text as it stands whether it lacks respect."
    ),
    "private.disrespectful": gettext_noop(
        "This lacks the respect that is owed to colleagues and others of the federation. Write it anew."
    ),
    "private.ask_unprofessional": gettext_noop(
        "Be professional at all times on social media, at night and at weekends as well. Say of the text as "
        "it stands whether it is unprofessional."
    ),
    "private.unprofessional": gettext_noop(
        "Professional conduct is asked for at all times on social media. Change this text or leave it out."
    ),
    "private.ask_touchy_school_matter": gettext_noop(
        "Keep out of touchy school matters online. Say whether this is about one."
    ),
    "private.touchy_school_matter": gettext_noop(
        "Keep out of touchy school matters online: leave this out. Your rights in a union and to report "
        "wrongdoing are not touched."
    ),
    "private.disclaimer_is_no_shield": gettext_noop(
        "A disclaimer does not make a comment on a touchy school matter safe: it can still do harm."
    ),
    "private.ask_ill_fits_professional_face": gettext_noop(
        "What you post should fit the professional face that you show colleagues and those the school works "
        "for. Say of the post as it stands whether it fits ill."
    ),
    "private.ill_fits_professional_face": gettext_noop(
        "This does not fit the professional face that you show at work. Leave it out, or show it to a "
        "closed circle only after thinking how parents would see it."
    ),
    "private.ask_against_disciplinary_rules": gettext_noop(
        "Social media may not be used in ways that the disciplinary rules forbid. Say of the post as it "
        "stands whether those rules bar it."
    ),
    "private.against_disciplinary_rules": gettext_noop(
        "The disciplinary rules forbid this, and so it may not be posted. Read those rules before you write "
        "about it at all."
    ),
    "private.ask_remark_belittling": gettext_noop(
        "Nobody makes belittling remarks about the school or the people linked to it. Say of this remark as "
        "it stands whether it is one."
    ),
    "private.ask_remark_defamation": gettext_noop(
        "Nobody defames the school or the people linked to it. Say of this remark as it stands whether it "
        "does."
    ),
    "private.remark_belittling": gettext_noop(
        "This remark belittles the school or somebody linked to it. Take it out."
    ),
    "private.remark_defamation": gettext_noop(
        "This remark defames the school or somebody linked to it. Take it out; a real concern is raised "
        "with the school, not online."
    ),
    "private.ask_remark_rude": gettext_noop(
        "Nobody is rude about the school or the people linked to it. Say of this remark as it stands "
        "whether it is."
    ),
    "private.remark_rude": gettext_noop("This remark is rude. Take it out, or say it courteously."),
    "private.ask_remark_threatening": gettext_noop(
        "Nobody threatens the school or the people linked to it. Say of this remark as it stands whether it "
        "does."
    ),
    "private.remark_threatening": gettext_noop(
        "This remark is a threat. Take it out; where it stands online already, somebody has to be told."
    ),
    "private.ask_remark_improper": gettext_noop(
        "No improper remarks are made about the school or the people linked to it. Say of this remark as it "
        "stands whether it is one."
    ),
    "private.remark_improper": gettext_noop("This remark is improper. Take it out."),
    "private.remark_offensive": gettext_noop(
        "This remark would offend people whom the school works with. Take it out."
    ),
    "private.remark_discriminatory": gettext_noop("This remark discriminates. Take it out."),
    "private.remark_insulting": gettext_noop("This remark insults somebody. Take it out."),
    "private.remark_obscene": gettext_noop("This remark is obscene. Take it out."),
    "private.not_agreed_in_writing": gettext_noop(
        "You need this person's agreement in writing before you post anything about them."
    ),
    "private.agreed_in_writing": gettext_noop("This person agreed in writing."),
    "private.remark_both": gettext_noop(
        "This remark runs down or defames the school, its pupils or those it works with. Take it out; a "
        "real concern goes the way that the school has for reporting wrongdoing."
    ),
    "private.ask_standing": gettext_noop(
        "Do not let an unsuitable post harm your own standing or that of the federation. Say of the post as "
        "it stands whether it is unsuitable."
    ),
    "private.standing_self": gettext_noop(
        "This unsuitable post could harm your own standing. Leave it out, or change it."
    ),
    "private.standing_school": gettext_noop(
        "This unsuitable post could harm the standing of the federation. Leave it out, or change it."
    ),
    "private.confidence": gettext_noop(
        "What was entrusted to you at work stays a confidence after the job. Take it out."
    ),
    "private.ask_tells_confidence": gettext_noop(
        "Keep confidences on social media, in the job and after it. Say of the post as it stands whether it "
        "tells anything that was entrusted to you at work."
    ),
    "private.tells_confidence": gettext_noop("This tells what was entrusted to you at work. Take it out."),
    "private.speaks_for_self": gettext_noop("Readers can see that the writer speaks for themselves."),
    "private.say_it_is_yours": gettext_noop(
        "Say that you speak for yourself and not for the school, on this channel as on any other."
    ),
    "private.write_as_i": gettext_noop("Write as “I”, not as “we”: you speak for yourself."),
    "private.ask_contradicts": gettext_noop(
        "Say nothing that contradicts school policy. Say of the text as it stands whether it does; the "
        "school's policies say what applies."
    ),
    "private.contradicts": gettext_noop(
        "This contradicts school policy. Look the policy up and change the text, or leave it out."
    ),
    "private.reference": gettext_noop(
        "Nobody recommends a person, or warns of one, through their own profile: whoever writes it and the "
        "school could both be liable. Send whoever asks to the school."
    ),
    "private.ask_staff_first": gettext_noop(
        "Ask your colleague before personal details about them go on a personal page."
    ),
    "private.ask_student_first": gettext_noop(
        "Nothing personal about a pupil goes on a personal page without asking first."
    ),
    "private.asking_may_not_do": gettext_noop(
        "Permission has to be asked for, but the policy does not say that it must be given, nor whether a "
        "pupil's or a parent's word counts."
    ),
    "private.was_asked": gettext_noop("Those concerned were asked first and agreed."),
    "private.not_discussed": gettext_noop(
        "Colleagues and pupils are not talked about on social networks, not even kindly. Send good news to "
        "the school's own account instead."
    ),
    "private.information_disclose": gettext_noop(
        "Confidential or proprietary information is not given away online. Take it out."
    ),
    "private.information_use": gettext_noop(
        "Confidential or proprietary information is not made use of online either, even where nothing of it "
        "is shown. Leave it."
    ),
    "private.information_work": gettext_noop(
        "What you learn through the job is not talked about on social media. Take it out."
    ),
    "private.known_from_work": gettext_noop(
        "Personal facts about pupils, their families or colleagues that you know from work are not talked "
        "about online. Take them out."
    ),
    "private.information_of_others": gettext_noop(
        "What others told or gave you as confidential or as their own is neither given away nor used "
        "online. Leave it out."
    ),
    "private.school_matters": gettext_noop(
        "A personal account is not used to talk about school matters with anybody. Leave it to the school's "
        "own account."
    ),
    "private.ask_courteous": gettext_noop(
        "Criticise politely. Say of the text as it stands whether it lacks courtesy; quarrels inside the "
        "school do not belong on social media at all."
    ),
    "private.discourteous": gettext_noop("Criticism is voiced courteously. Write this anew."),
    "private.internal_criticism": gettext_noop(
        "Polite criticism is allowed, quarrels inside the school are kept off social media, and the policy "
        "does not say where the one ends and the other begins."
    ),
    "private.consider_scale": gettext_noop(
        "Before you post, think how far it could spread: something written for ten friends can be seen by "
        "thousands the same day."
    ),
    "private.consider_audience": gettext_noop(
        "Before you post, think who could read it: pupils and parents are among them."
    ),
    "private.readers_in_mind": gettext_noop(
        "Before you post, bear in mind that very many people may read it for a very long time, the school, "
        "later employers and people you know among them."
    ),
    "private.consider_permanency": gettext_noop(
        "Before you post, think how long it will stay: copies outlive a post that was taken down."
    ),
    "private.consider_nothing_is_private": gettext_noop(
        "Think of whatever you put online as open to everybody: no setting makes a post private."
    ),
}
