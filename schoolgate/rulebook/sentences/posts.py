"""Sentences about posts: what they carry and show, how they are written, and who approves them."""

from schoolgate.rulebook.sentences import gettext_noop

MARKS = {
    "mark.email_address": gettext_noop("a private email address"),
    "mark.phone_number": gettext_noop("a private phone number"),
    "mark.home_address": gettext_noop("a home address"),
    "mark.date_of_birth": gettext_noop("a date of birth"),
    "mark.full_name": gettext_noop("a pupil’s full name"),
    "mark.full_name_with_class": gettext_noop("a pupil’s full name and class"),
    "mark.health_detail": gettext_noop("details of a person’s health"),
    "mark.results_with_name": gettext_noop("results next to a pupil’s name"),
    "mark.personal_facts": gettext_noop("a person’s private matters"),
    "mark.colleague_details": gettext_noop("a colleague’s personal details"),
    "mark.own_facts": gettext_noop("the author’s personal details"),
    "mark.own_contact": gettext_noop("the author’s home address or private phone number"),
    "mark.own_name_and_post": gettext_noop("the author’s name and job"),
    "mark.own_email": gettext_noop("the author’s private email address"),
    "mark.door_code": gettext_noop("a door code"),
    "mark.gate_code": gettext_noop("an entrance code"),
    "mark.alarm": gettext_noop("details of the alarm"),
    "mark.key_holder": gettext_noop("who has the keys"),
    "mark.confidential": gettext_noop("something told in confidence"),
    "mark.regulator_duty": gettext_noop("something that must be withheld under a duty to a regulator"),
    "mark.work_information": gettext_noop("something known only through the job"),
    "mark.unprofessional": gettext_noop("unprofessional wording"),
    "mark.unfitting": gettext_noop("inappropriate wording"),
    "mark.disrespectful": gettext_noop("disrespectful wording"),
    "mark.unbalanced": gettext_noop("a one-sided opinion"),
    "mark.unmeasured": gettext_noop("an opinion put too strongly"),
    "mark.little_to_say": gettext_noop("little of value for readers"),
    "mark.no_day": gettext_noop("when it is"),
    "mark.no_place": gettext_noop("where it is"),
    "mark.careless_remark": gettext_noop("a careless remark about a colleague"),
    "mark.derogatory": gettext_noop("something that belittles people"),
    "mark.disparaging": gettext_noop("something disparaging"),
    "mark.defamatory": gettext_noop("something defamatory"),
    "mark.offensive": gettext_noop("something offensive"),
    "mark.harassing": gettext_noop("something that harasses a person"),
    "mark.discriminatory": gettext_noop("something discriminatory"),
    "mark.insulting": gettext_noop("an insult"),
    "mark.obscene": gettext_noop("an obscenity"),
    "mark.praising_reference": gettext_noop("a recommendation of a named person"),
    "mark.damaging_reference": gettext_noop("criticism of a named person’s work"),
    "mark.others_rights": gettext_noop("something that others have rights in"),
    "mark.personal_gain": gettext_noop("something from which a person gains personally"),
    "mark.commercial_canvassing": gettext_noop("commercial canvassing"),
    "mark.personal_canvassing": gettext_noop("canvassing for personal gain"),
    "mark.religious_canvassing": gettext_noop("religious canvassing"),
    "mark.political_canvassing": gettext_noop("political canvassing"),
    "mark.outside_promotion": gettext_noop(
        "promotion of an outside organisation unconnected with the school’s work"
    ),
    "mark.federation_matter": gettext_noop("a matter specific to the federation"),
    "mark.community_matter": gettext_noop("a matter specific to a person in the school’s community"),
    "mark.internal_grievance": gettext_noop("an internal dispute"),
    "mark.divisive": gettext_noop("a topic that divides or upsets people"),
    "mark.personal_opinion": gettext_noop("a personal opinion"),
    "mark.discreditable": gettext_noop("something that harms the school’s good name"),
    "mark.misreadable": gettext_noop("a remark that could be misread and harm the school"),
    "mark.incorrect": gettext_noop("incorrect information"),
    "mark.misleading": gettext_noop("a misleading statement"),
    "mark.deceptive": gettext_noop("something that deceives readers"),
    "mark.posing": gettext_noop("a person posing as another"),
    "mark.unethical": gettext_noop("something dishonest"),
    "mark.unlawful": gettext_noop("something that breaks the law"),
    "mark.other_policy": gettext_noop("something that breaks another school policy"),
    "mark.law_child_protection": gettext_noop("child protection"),
    "mark.law_privacy": gettext_noop("privacy"),
    "mark.law_data_protection": gettext_noop("data protection"),
    "mark.law_libel": gettext_noop("libel"),
    "mark.law_defamation": gettext_noop("defamation"),
    "mark.law_harassment": gettext_noop("harassment"),
    "mark.law_copyright": gettext_noop("copyright"),
}
"""What a text can be marked for, as a phrase inside a sentence."""

PEOPLE = {
    "people.Trust": gettext_noop("the trust"),
    "people.staff": gettext_noop("staff"),
    "people.colleagues": gettext_noop("colleagues"),
    "people.colleagues' personal information": gettext_noop("colleagues"),
    "people.pupils": gettext_noop("pupils"),
    "people.students": gettext_noop("pupils"),
    "people.pupils' personal information": gettext_noop("pupils"),
    "people.family members' personal information": gettext_noop("pupils’ families"),
    "people.volunteers": gettext_noop("volunteers"),
    "people.customers": gettext_noop("customers"),
    "people.clients": gettext_noop("clients"),
    "people.business partners": gettext_noop("business partners"),
    "people.affiliates": gettext_noop("affiliates"),
    "people.suppliers": gettext_noop("suppliers"),
    "people.vendors": gettext_noop("vendors"),
    "people.suppliers and vendors": gettext_noop("suppliers and vendors"),
    "people.other stakeholders": gettext_noop("other stakeholders"),
    "people.affiliates and other stakeholders": gettext_noop("affiliates and other stakeholders"),
}
"""The people a clause protects."""

READERS = {
    "readers.the masses": gettext_noop("a very large audience"),
    "readers.the trust": gettext_noop("the trust"),
    "readers.future employers": gettext_noop("future employers"),
    "readers.social acquaintances": gettext_noop("acquaintances"),
    "readers.existing parents": gettext_noop("current parents"),
    "readers.potential parents": gettext_noop("prospective parents"),
    "readers.existing pupils": gettext_noop("current pupils"),
    "readers.potential pupils": gettext_noop("prospective pupils"),
    "readers.wider community": gettext_noop("the wider community"),
    "readers.children": gettext_noop("children"),
    "readers.families": gettext_noop("families"),
}
"""Who may read it."""

RULES = {
    "rule.unprofessional": gettext_noop("Keep the wording professional."),
    "rule.personal_facts": gettext_noop(
        "Respect the privacy of everyone you mention: keep their private matters private."
    ),
    "rule.careless_remark": gettext_noop(
        "Don’t make careless remarks about colleagues. Would they be happy to read it?"
    ),
    "rule.others_rights": gettext_noop(
        "Other people’s rights come first, including when you share something with a comment."
    ),
    "rule.personal_gain": gettext_noop("No one may gain personally from an official account."),
    "rule.confidential": gettext_noop("Anything told in confidence must stay confidential."),
    "rule.discreditable": gettext_noop(
        "Think how it looks for the school. Don’t post anything that harms its good name."
    ),
    "rule.unlawful": gettext_noop("It must not break the law. If you’re unsure, ask before you post."),
    "rule.internal_grievance": gettext_noop("Internal disputes must not be aired on social media."),
    "rule.federation_matter": gettext_noop("Leave out matters specific to the federation."),
    "rule.community_matter": gettext_noop("Leave out matters specific to people in the school’s community."),
    "rule.colleague_details": gettext_noop(
        "Don’t include a colleague’s personal details, such as a private phone number."
    ),
    "rule.regulator_duty": gettext_noop(
        "Don’t post anything that breaks a duty to a regulator, such as an unpublished inspection report."
    ),
    "rule.unethical": gettext_noop("Be honest about who is speaking and why."),
    "rule.misleading": gettext_noop("Don’t mislead. Be ready to give the source of any claim."),
    "rule.commercial_canvassing": gettext_noop("Don’t post or share commercial canvassing."),
    "rule.personal_canvassing": gettext_noop("Don’t post or share canvassing for personal gain."),
    "rule.religious_canvassing": gettext_noop("Don’t post or share religious canvassing."),
    "rule.political_canvassing": gettext_noop("Don’t post or share political canvassing."),
    "rule.outside_promotion": gettext_noop(
        "Don’t promote outside organisations that are unconnected with the school’s work."
    ),
    "rule.misreadable": gettext_noop(
        "How would a stranger read this? Leave out anything that could be misread and harm the school."
    ),
    "rule.work_information": gettext_noop("Don’t talk about things you know only through your job."),
    "rule.offensive": gettext_noop(
        "Don’t post anything that people the school works with would find offensive."
    ),
    "rule.discriminatory": gettext_noop("Don’t post discriminatory remarks."),
    "rule.insulting": gettext_noop("Don’t post insults."),
    "rule.obscene": gettext_noop("Don’t post anything obscene."),
    "rule.disrespectful": gettext_noop("Treat readers with respect."),
    "rule.divisive": gettext_noop("Take care with topics that divide or upset people."),
    "rule.little_to_say": gettext_noop("What will readers get from this? Only publish what’s worth reading."),
    "rule.incorrect": gettext_noop("Make sure that everything in it is correct."),
    "rule.own_facts": gettext_noop("Leave out your own personal details."),
    "rule.own_contact": gettext_noop("Leave out your home address and private phone number."),
    "rule.own_email": gettext_noop("Leave out your private email address."),
    "rule.personal_opinion": gettext_noop("Official sites are not the place for personal opinions."),
}
"""A rule about one thing, as a reminder while nothing is marked."""


NEEDS = {
    **MARKS,
    **PEOPLE,
    **READERS,
    "mark_second_reader": gettext_noop("a check by someone other than the author"),
    "mark_whom": gettext_noop("who it is about"),
    "right_address": gettext_noop("the correct address"),
    "update_or_withdraw": gettext_noop("update the post or take it down"),
    "promotion.commercial solicitation": MARKS["mark.commercial_canvassing"],
    "promotion.personal solicitation": MARKS["mark.personal_canvassing"],
    "promotion.religious solicitation": MARKS["mark.religious_canvassing"],
    "promotion.political solicitation": MARKS["mark.political_canvassing"],
    "promotion.promotion of unrelated outside organisation": MARKS["mark.outside_promotion"],
    "judge_post": gettext_noop("check the post and decide whether it can stay up"),
    "look_at_post": gettext_noop("check the post again"),
    "new_post": gettext_noop("write a new post"),
    "news_passed_on": gettext_noop("pass the news on"),
}

SOURCES = {
    "post_owner": gettext_noop("the person responsible for the post"),
    "news_bringer": gettext_noop("the person with the news"),
    "promoter": gettext_noop("the person who wants to promote it"),
}

POINTS = {
    "post_owner": gettext_noop("Responsible for the post"),
    "up_to_date": gettext_noop("Up to date"),
    "feed_up_to_date": gettext_noop("New posts"),
    "written_for": gettext_noop("Audience"),
    "respect_shown": gettext_noop("Respect for people"),
    "running_down": gettext_noop("Disparaging others"),
    "text_details": gettext_noop("Personal details"),
    "own_details": gettext_noop("Your own details"),
    "confidences": gettext_noop("Confidentiality"),
    "security_words": gettext_noop("Security details"),
    "good_name": gettext_noop("The school’s good name"),
    "canvassing": gettext_noop("Personal gain and canvassing"),
    "references_given": gettext_noop("References"),
    "sensitive_topics": gettext_noop("Sensitive topics"),
    "opinions": gettext_noop("Opinions"),
    "opinion_manner": gettext_noop("Tone of opinions"),
    "truth": gettext_noop("Truth and honesty"),
    "sources_cited": gettext_noop("Sources"),
    "others_rights": gettext_noop("Other people’s rights"),
    "law_in_text": gettext_noop("Within the law"),
    "policies_kept": gettext_noop("This policy and other policies"),
    "answerability": gettext_noop("Personal responsibility"),
    "school_purpose": gettext_noop("Purpose of the account"),
    "rights_advice": gettext_noop("Advice on rights"),
    "news_wanted": gettext_noop("News to pass on"),
}


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
    "removal.warned_first": gettext_noop("They were warned first."),
    "removal.copy_kept": gettext_noop("A copy was kept."),
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
    "post.promotes": gettext_noop("It promotes what a post must not promote."),
    "post.promotes_nothing": gettext_noop("It promotes nothing that a post must not promote."),
    "post.tells_details": gettext_noop("It gives personal details."),
    "post.tells_no_details": gettext_noop("It gives no personal details."),
    "post.personal_view": gettext_noop("It expresses a personal view."),
    "post.no_personal_view": gettext_noop("It expresses no personal view."),
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
    **RULES,
    "text.keep_out": gettext_noop("Leave this out: {what}."),
    "text.keep_out_about": gettext_noop("Leave this out where it is about {whom}: {what}."),
    "text.hint": gettext_noop("Check the text again for this: {what}. You can still send it for approval."),
    "text.raised": gettext_noop(
        "Possible problem: {what}. Change the text, or have someone read it and decide."
    ),
    "text.author_released": gettext_noop(
        "Possible problem: {what}. Someone other than the author must read it."
    ),
    "text.found": gettext_noop("Someone has read it and found this: {what}. Change it first."),
    "text.found_in_order": gettext_noop("Someone has read it and cleared it of this: {what}."),
    "text.no_references": gettext_noop(
        "Don’t recommend or rate a named person here, positively or negatively. "
        "The personnel office gives references."
    ),
    "text.reference_found": gettext_noop(
        "It recommends or rates a named person. References must never be given "
        "here: the personnel office gives them."
    ),
    "text.policies_kept": gettext_noop("It must comply with the school’s other policies: {policies}."),
    "text.other_policy_broken": gettext_noop(
        "Someone has read it and found that it breaks another of the school’s policies ({policies})."
    ),
    "any_account.community_matter": gettext_noop(
        "It talks about someone in the school’s community. The policy advises against this on any account."
    ),
    "lawful.child protection": gettext_noop(
        "Child protection law can apply. Could it help someone to find or reach a child?"
    ),
    "lawful.privacy": gettext_noop("Privacy law can apply. Did everyone shown or mentioned expect it?"),
    "lawful.data protection": gettext_noop(
        "Data protection law can apply to anything about a person who can be recognised."
    ),
    "lawful.libel": gettext_noop(
        "Libel law can apply. Damaging a person’s reputation in writing without proof can end in court."
    ),
    "lawful.defamation": gettext_noop(
        "Defamation law can apply if a person who can be recognised is accused of something."
    ),
    "lawful.harassment": gettext_noop(
        "Harassment law can apply. Writing repeatedly to or about the same person counts."
    ),
    "lawful.copyright": gettext_noop("Copyright law can apply to anything made by someone else."),
    "lawful.stay_inside": gettext_noop("Stay within the law: {what}."),
    "lawful.not_answered": gettext_noop(
        "It raises a question of law: {what}. Someone must say whether it breaks that law."
    ),
    "lawful.answered": gettext_noop("The question about {what} has been answered."),
    "lawful.in_order": gettext_noop("Someone has checked: it does not break the law on {what}."),
    "lawful.broken": gettext_noop(
        "Someone has checked: it breaks the law on {what}. It must be changed first."
    ),
    "tone.engaging": gettext_noop("Be engaging: start with what will make people read on."),
    "tone.conversational": gettext_noop(
        "Be conversational: write as if you were telling a parent at home time."
    ),
    "tone.informative": gettext_noop("Be informative: say what, when, where and who it’s for."),
    "tone.friendly": gettext_noop("Be friendly where that suits the network."),
    "tone.informal, conversational": gettext_noop(
        "A relaxed, informal style works best, as in a conversation."
    ),
    "tone.event_without": gettext_noop("Be informative: the post mentions an event but doesn’t say {what}."),
    "post.written_for": gettext_noop("Write for this account’s audience: {audience}."),
    "post.written_for_its_readers": gettext_noop("Write in a way that suits its audience."),
    "reminder.good_name": gettext_noop("The trust’s good name is in your hands."),
    "reminder.think_of_name": gettext_noop(
        "How would this look for the federation? Think of its reputation first."
    ),
    "reminder.reflects_on_school": gettext_noop(
        "What you post here reflects on the school: its image, name and services."
    ),
    "reminder.as_on_a_stage": gettext_noop("Would you say this on stage in the school’s name?"),
    "post.follows_policy": gettext_noop("Everything posted must follow this policy."),
    "post.follows_policy_on_pictures": gettext_noop(
        "Everything posted must follow this policy, including its rules on pictures."
    ),
    "post.author_answers": gettext_noop(
        "The author is personally responsible for it, whatever the account is called."
    ),
    "post.nobody_answers": gettext_noop("It must be clear who is personally responsible for it."),
    "post.readers": gettext_noop("It may be read by {audiences}, and may stay online for years."),
    "consequences.created": gettext_noop(
        "Who could be affected by what you have made? Think about the consequences."
    ),
    "consequences.shared": gettext_noop(
        "Who could be affected by what you share? Think about the consequences."
    ),
    "post.cite_sources": gettext_noop("Cite sources correctly so that readers can find them."),
    "post.sources_checked": gettext_noop("Someone else has opened the sources and confirmed them."),
    "post.source_not_found": gettext_noop(
        "The source it cites was not found at this address. Correct the address first."
    ),
    "post.no_owner": gettext_noop("A member of staff must look after it from start to finish. Name one."),
    "post.owner_looks_after_it": gettext_noop(
        "A member of staff looks after it and can change or withdraw it."
    ),
    "post.outlived": gettext_noop(
        "What this post announces ended on {last}. Update the post or take it down."
    ),
    "post.up_to_date": gettext_noop(
        "It is not out of date. The policy doesn’t say how often to check again."
    ),
    "post.look_again": gettext_noop("Staff check their own posts every {days} days."),
    "post.marked_since": gettext_noop(
        "Someone has flagged a possible problem in the live post: {marked}. It must be checked."
    ),
    "post.found_since": gettext_noop(
        "Someone has checked the post since and found this: {marked}. Change the post or take it down."
    ),
    "promotion.barred": gettext_noop("You can’t post or share this: {kind}."),
    "promotion.linked_to_work": gettext_noop("This organisation is connected with the school’s work."),
    "feed.regularly": gettext_noop(
        "New posts keep the account up to date. The policy doesn’t say how often."
    ),
    "feed.next_post": gettext_noop("The next post is due within {days} days of the last one."),
    "feed.out_of_date": gettext_noop(
        "The account is out of date: its last post was on {last}, more than {days} days ago."
    ),
    "purpose.of_school": gettext_noop("This is one of the purposes of the school’s accounts: {purpose}."),
    "purpose.additional": gettext_noop(
        "The account is an additional way of giving news. Where else are you sharing this?"
    ),
    "purpose.others_activities": gettext_noop(
        "The page may mention local activities for children and families run by others."
    ),
    "purpose.for_readers": gettext_noop("The school writes for: {readers}."),
    "news.wanted": gettext_noop("The school asks for news like this: pass it on so that it can be shared."),
    "post.facts_checked": gettext_noop("The facts have been checked."),
    "post.facts_changed": gettext_noop(
        "It was changed after the facts were checked. They must be checked again."
    ),
    "post.facts_wrong": gettext_noop("The facts have been checked and are not correct."),
    "post.talk_it_over": gettext_noop("Discuss the content with {roles} first."),
    "post.talked_over": gettext_noop("The content was discussed with {roles}."),
    "post.not_talked_over": gettext_noop("The content must be discussed with {roles} first."),
    "rights.advised": gettext_noop("Answered by: {role}."),
    "rights.not_advised": gettext_noop("The question must be put to {role} before it is posted."),
    "material.of_company": gettext_noop("A company has marked this “{label}”. You can’t post it."),
    "post.opinion_allowed": gettext_noop(
        "You may state an opinion if it is measured, balanced and marked as your own."
    ),
    "picture.child_named": gettext_noop("A child shown in the picture is named."),
    "picture.not_named": gettext_noop("No one shown in the picture is named."),
    "picture.pupil_recognisable": gettext_noop("A pupil can be recognised on a site made for pupils."),
    "picture.consent_there": gettext_noop("The consent the policy requires is on record."),
    "picture.no_consent": gettext_noop(
        "The parent’s or carer’s consent that the policy requires is not on record."
    ),
    "picture.permission_there": gettext_noop("Permission is on record."),
    "picture.no_permission": gettext_noop("There is no permission from this person on record."),
    "picture.leadership_agreed": gettext_noop("A member of the {role} has agreed to this picture."),
    "picture.leadership_not_asked": gettext_noop("A member of the {role} must agree to this picture."),
    "picture.on_the_list": gettext_noop("This child is on the list of children who must not be shown."),
    "picture.not_on_the_list": gettext_noop(
        "This child isn’t on any list of children who must not be shown."
    ),
    "picture.opted_out": gettext_noop("This person doesn’t want to be photographed or filmed."),
    "picture.not_opted_out": gettext_noop("This person has not asked to be left out."),
    "picture.judged": gettext_noop("Someone has judged the picture: {what}."),
    "picture.not_judged": gettext_noop("Someone must judge this version of the picture: {what}."),
    "picture.judged_unfit": gettext_noop("Someone has judged that the picture should not be posted: {what}."),
    "picture.shows_security": gettext_noop("The picture shows something that could weaken security."),
    "house.consent_list_checked": gettext_noop(
        "The school’s consent list dated {dated} was checked for this channel."
    ),
    "house.consent_list_unchecked": gettext_noop(
        "The picture shows someone. A named person must check the school’s consent list for this channel."
    ),
    "house.consent_list_changed": gettext_noop(
        "The picture has changed since the consent list was checked. It must be checked again."
    ),
}
