"""Sentences about what a text holds, how it is written, who looks after it, and what accounts are for."""

from schoolgate.rulebook.sentences import gettext_noop

MARKS = {
    "mark.email_address": gettext_noop("a private e-mail address"),
    "mark.phone_number": gettext_noop("a private telephone number"),
    "mark.home_address": gettext_noop("a home address"),
    "mark.date_of_birth": gettext_noop("a date of birth"),
    "mark.full_name": gettext_noop("the full name of a pupil"),
    "mark.full_name_with_class": gettext_noop("the full name of a pupil with the class"),
    "mark.health_detail": gettext_noop("something about somebody's health"),
    "mark.results_with_name": gettext_noop("results beside the name of a pupil"),
    "mark.personal_facts": gettext_noop("somebody's private matters"),
    "mark.colleague_details": gettext_noop("personal details of a colleague"),
    "mark.own_facts": gettext_noop("personal details of its author"),
    "mark.own_contact": gettext_noop("its author's home address or private telephone number"),
    "mark.own_name_and_post": gettext_noop("its author's name and post"),
    "mark.own_email": gettext_noop("its author's private e-mail address"),
    "mark.door_code": gettext_noop("the code of a door"),
    "mark.gate_code": gettext_noop("the code of an entrance"),
    "mark.alarm": gettext_noop("the alarm"),
    "mark.key_holder": gettext_noop("who has the keys"),
    "mark.confidential": gettext_noop("something told in confidence"),
    "mark.regulator_duty": gettext_noop("something that a duty to a regulator keeps back"),
    "mark.work_information": gettext_noop("something learned only through the job"),
    "mark.unprofessional": gettext_noop("wording that is not professional"),
    "mark.unfitting": gettext_noop("wording that does not fit"),
    "mark.disrespectful": gettext_noop("wording without respect"),
    "mark.unbalanced": gettext_noop("an opinion that sees one side only"),
    "mark.unmeasured": gettext_noop("an opinion put too strongly"),
    "mark.little_to_say": gettext_noop("hardly anything for its readers"),
    "mark.no_day": gettext_noop("when it is"),
    "mark.no_place": gettext_noop("where it is"),
    "mark.careless_remark": gettext_noop("a careless remark about a colleague"),
    "mark.derogatory": gettext_noop("something that belittles people"),
    "mark.disparaging": gettext_noop("something that runs somebody down"),
    "mark.defamatory": gettext_noop("something that defames somebody"),
    "mark.offensive": gettext_noop("something that gives offence"),
    "mark.harassing": gettext_noop("something that harasses somebody"),
    "mark.discriminatory": gettext_noop("something that discriminates"),
    "mark.insulting": gettext_noop("an insult"),
    "mark.obscene": gettext_noop("an obscenity"),
    "mark.praising_reference": gettext_noop("a recommendation of a named person"),
    "mark.damaging_reference": gettext_noop("a bad word about a named person's work"),
    "mark.others_rights": gettext_noop("something that others have rights in"),
    "mark.personal_gain": gettext_noop("something that somebody gains from personally"),
    "mark.commercial_canvassing": gettext_noop("commercial canvassing"),
    "mark.personal_canvassing": gettext_noop("canvassing for somebody's own purse"),
    "mark.religious_canvassing": gettext_noop("religious canvassing"),
    "mark.political_canvassing": gettext_noop("political canvassing"),
    "mark.outside_promotion": gettext_noop(
        "promotion of an outside body that has nothing to do with the school's work"
    ),
    "mark.federation_matter": gettext_noop("a particular matter of the federation"),
    "mark.community_matter": gettext_noop("a particular matter of somebody in the school's community"),
    "mark.internal_grievance": gettext_noop("a quarrel inside the organisation"),
    "mark.divisive": gettext_noop("a topic that divides or upsets people"),
    "mark.personal_opinion": gettext_noop("a personal opinion"),
    "mark.discreditable": gettext_noop("something that harms the school's good name"),
    "mark.misreadable": gettext_noop("a remark that can be misread to the school's harm"),
    "mark.incorrect": gettext_noop("something that is not correct"),
    "mark.misleading": gettext_noop("a misleading statement"),
    "mark.deceptive": gettext_noop("something that deceives its readers"),
    "mark.posing": gettext_noop("somebody posing as another person"),
    "mark.unethical": gettext_noop("something that is not honest"),
    "mark.unlawful": gettext_noop("something that breaks the law"),
    "mark.other_policy": gettext_noop("something that breaks another policy of the school"),
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
    "people.family members' personal information": gettext_noop("pupils' families"),
    "people.volunteers": gettext_noop("volunteers"),
    "people.customers": gettext_noop("customers"),
    "people.clients": gettext_noop("clients"),
    "people.business partners": gettext_noop("business partners"),
    "people.affiliates": gettext_noop("affiliates"),
    "people.suppliers": gettext_noop("suppliers"),
    "people.vendors": gettext_noop("vendors"),
    "people.suppliers and vendors": gettext_noop("suppliers and vendors"),
    "people.other stakeholders": gettext_noop("others who have a stake in it"),
    "people.affiliates and other stakeholders": gettext_noop("affiliates and others who have a stake in it"),
}
"""Whom a clause protects."""

READERS = {
    "readers.the masses": gettext_noop("very many people"),
    "readers.the trust": gettext_noop("the trust"),
    "readers.future employers": gettext_noop("later employers"),
    "readers.social acquaintances": gettext_noop("acquaintances"),
    "readers.existing parents": gettext_noop("parents at the school"),
    "readers.potential parents": gettext_noop("parents who may come to the school"),
    "readers.existing pupils": gettext_noop("pupils at the school"),
    "readers.potential pupils": gettext_noop("pupils who may come to the school"),
    "readers.wider community": gettext_noop("the wider community"),
    "readers.children": gettext_noop("children"),
    "readers.families": gettext_noop("families"),
}
"""Who may read it."""

RULES = {
    "rule.unprofessional": gettext_noop("Keep the wording professional."),
    "rule.personal_facts": gettext_noop(
        "Respect the privacy of everybody it speaks of: their private matters stay private."
    ),
    "rule.careless_remark": gettext_noop(
        "No careless remark about a colleague: would they be content to read it?"
    ),
    "rule.others_rights": gettext_noop(
        "What others have a right to comes first, also where something is shared with remarks."
    ),
    "rule.personal_gain": gettext_noop("Nobody gains personally from an official account."),
    "rule.confidential": gettext_noop("What was told in confidence stays in confidence."),
    "rule.discreditable": gettext_noop(
        "Think how it looks for the school: nothing that harms its good name."
    ),
    "rule.unlawful": gettext_noop("It must break no law. Where you are unsure, ask before it goes out."),
    "rule.internal_grievance": gettext_noop(
        "Quarrels inside the organisation are not carried onto social media."
    ),
    "rule.federation_matter": gettext_noop("Leave out particular matters of the federation."),
    "rule.community_matter": gettext_noop(
        "Leave out particular matters of people in the school's community."
    ),
    "rule.colleague_details": gettext_noop(
        "No personal details of a colleague, such as a private telephone number."
    ),
    "rule.regulator_duty": gettext_noop(
        "Nothing that would break a duty to a regulator, such as an inspection report not yet published."
    ),
    "rule.unethical": gettext_noop("Be honest about who speaks and why."),
    "rule.misleading": gettext_noop(
        "No misleading statement: be ready to name the source of what it claims."
    ),
    "rule.commercial_canvassing": gettext_noop(
        "No commercial canvassing, neither of one's own nor passed on."
    ),
    "rule.personal_canvassing": gettext_noop(
        "No canvassing for somebody's own purse, neither of one's own nor passed on."
    ),
    "rule.religious_canvassing": gettext_noop("No religious canvassing, neither of one's own nor passed on."),
    "rule.political_canvassing": gettext_noop("No political canvassing, neither of one's own nor passed on."),
    "rule.outside_promotion": gettext_noop(
        "No promotion of outside bodies that have nothing to do with the school's work."
    ),
    "rule.misreadable": gettext_noop(
        "How would a stranger read it? Leave out what could be misread to the school's harm."
    ),
    "rule.work_information": gettext_noop("What is known only through the job is not talked about."),
    "rule.obscene": gettext_noop("Nothing obscene."),
    "rule.disrespectful": gettext_noop("Treat readers with respect."),
    "rule.divisive": gettext_noop("Take care with topics that divide or upset people."),
    "rule.little_to_say": gettext_noop("What does the reader get from it? Publish what is worth publishing."),
    "rule.incorrect": gettext_noop("Make certain that what it says is correct."),
    "rule.own_facts": gettext_noop("Leave out personal details of your own."),
    "rule.own_contact": gettext_noop("Leave out your home address and your private telephone number."),
    "rule.own_email": gettext_noop("Leave out your private e-mail address."),
    "rule.personal_opinion": gettext_noop("Official sites are not the place for personal opinions."),
}
"""A rule about one thing, as a reminder while nothing is marked."""

SENTENCES = {
    **RULES,
    "text.keep_out": gettext_noop("Leave this out: {what}."),
    "text.keep_out_about": gettext_noop("Leave this out where it is about {whom}: {what}."),
    "text.hint": gettext_noop("Read it once more for this: {what}. You can still hand it in."),
    "text.raised": gettext_noop(
        "It was marked for this: {what}. Change it, or somebody has to read it and say whether it is so."
    ),
    "text.author_released": gettext_noop(
        "It was marked for this: {what}. Its author alone cannot release it: somebody else has to read it."
    ),
    "text.found": gettext_noop(
        "Somebody has read it and found this in it: {what}. It has to be changed first."
    ),
    "text.found_in_order": gettext_noop("Somebody has read it and found that it is in order: not {what}."),
    "text.no_references": gettext_noop(
        "Recommend and rate no named person here, neither well nor badly. "
        "The personnel office gives references."
    ),
    "text.reference_found": gettext_noop(
        "It recommends or rates a named person. "
        "References are never given here: the personnel office gives them."
    ),
    "text.policies_kept": gettext_noop("It must fit the school's other policies: {policies}."),
    "text.other_policy_broken": gettext_noop(
        "Somebody has read it and found that it breaks another policy of the school ({policies})."
    ),
    "any_account.community_matter": gettext_noop(
        "It talks about somebody of the school's community. The policy advises against that on any account."
    ),
    "lawful.child protection": gettext_noop(
        "Child protection law can apply: could it help somebody to find or reach a child?"
    ),
    "lawful.privacy": gettext_noop("Privacy law can apply: did everybody it shows or tells of expect that?"),
    "lawful.data protection": gettext_noop(
        "Data protection law can apply to everything that tells of a person who can be recognised."
    ),
    "lawful.libel": gettext_noop(
        "Libel law can apply: harming somebody's name in writing without proof can end in court."
    ),
    "lawful.defamation": gettext_noop(
        "Defamation law can apply where a person who can be recognised is accused of something."
    ),
    "lawful.harassment": gettext_noop(
        "Harassment law can apply: writing to or about the same person again and again counts."
    ),
    "lawful.copyright": gettext_noop("Copyright law can apply to whatever somebody else has made."),
    "lawful.stay_inside": gettext_noop("Stay inside the law: {what}."),
    "lawful.not_answered": gettext_noop(
        "It raises the question of {what}. Somebody has to say whether it breaks that law."
    ),
    "lawful.answered": gettext_noop("Somebody has answered the question about {what}."),
    "lawful.in_order": gettext_noop("Somebody has said that it breaks no law on {what}."),
    "lawful.broken": gettext_noop(
        "Somebody has said that it breaks the law on {what}. It has to be changed first."
    ),
    "tone.engaging": gettext_noop("Be engaging: start with what makes people want to read on."),
    "tone.conversational": gettext_noop(
        "Be conversational: write as you would tell it to a parent at home time."
    ),
    "tone.informative": gettext_noop("Be informative: say what, when, where and for whom."),
    "tone.friendly": gettext_noop("Be friendly where the network suits it."),
    "tone.informal, conversational": gettext_noop(
        "An easy manner suits best, informal, like a conversation."
    ),
    "tone.event_without": gettext_noop("Be informative: it tells of an event and does not say {what}."),
    "post.written_for": gettext_noop("Write for those whom the account is for: {audience}."),
    "post.written_for_its_readers": gettext_noop("Write so that it suits the people it is for."),
    "reminder.good_name": gettext_noop("The good name of the trust is in your hands."),
    "reminder.think_of_name": gettext_noop(
        "How would this look for the federation? Think of its reputation first."
    ),
    "reminder.reflects_on_school": gettext_noop(
        "What stands here falls back on the school: its image, its name and its services."
    ),
    "reminder.as_on_a_stage": gettext_noop("Would you say this on a stage in the school's name?"),
    "post.follows_policy": gettext_noop("Whatever goes out follows this policy."),
    "post.follows_policy_on_pictures": gettext_noop(
        "Whatever goes out follows this policy: with a picture its rules about pictures as well."
    ),
    "post.author_answers": gettext_noop(
        "Its author answers for it in person, whatever the account is called."
    ),
    "post.nobody_answers": gettext_noop("It has to be known who answers for it in person."),
    "post.readers": gettext_noop("It may be read by {audiences}, and stay for years."),
    "consequences.created": gettext_noop(
        "Who could be affected by what you have made? Think of what may follow."
    ),
    "consequences.shared": gettext_noop(
        "Who could be affected by what you pass on? Think of what may follow."
    ),
    "post.cite_sources": gettext_noop("Cite sources correctly, so that readers can find them."),
    "post.source_found": gettext_noop("The address of this source answers."),
    "post.source_not_found": gettext_noop(
        "The source that it cites was not found at this address. Correct it first."
    ),
    "post.no_owner": gettext_noop("Somebody on the staff has to look after it from start to end. Name one."),
    "post.owner_looks_after_it": gettext_noop(
        "Somebody on the staff looks after it and can change or withdraw it."
    ),
    "post.outlived": gettext_noop("What it announces ended on {last}. Update it or take it down."),
    "post.up_to_date": gettext_noop(
        "It is not out of date. The policy gives no number of days for looking again."
    ),
    "post.look_again": gettext_noop("Own posts are looked at every {days} days."),
    "post.marked_since": gettext_noop(
        "Since it went out it was marked for this: {marked}. Somebody has to look."
    ),
    "post.found_since": gettext_noop(
        "Somebody has looked at it since and found this in it: {marked}. Change it or take it down."
    ),
    "promotion.barred": gettext_noop("This is neither posted nor passed on: {kind}."),
    "promotion.linked_to_work": gettext_noop("This organisation has to do with the school's work."),
    "feed.regularly": gettext_noop(
        "New posts keep the account up to date. The policy gives no number of days."
    ),
    "feed.next_post": gettext_noop("The next post is due within {days} days of the last one."),
    "feed.out_of_date": gettext_noop(
        "The account is out of date: its last post was on {last}, over {days} days ago."
    ),
    "purpose.of_school": gettext_noop(
        "This is one of the things that the school's accounts are for: {purpose}."
    ),
    "purpose.additional": gettext_noop(
        "The account is one more way of giving news. Where else is this given out?"
    ),
    "purpose.others_activities": gettext_noop(
        "The page may tell of local activities for children and families that others run."
    ),
    "purpose.for_readers": gettext_noop("The school writes for them: {readers}."),
    "news.wanted": gettext_noop("The school asks for this: pass it on, so that it can be shared."),
    "post.facts_checked": gettext_noop("Somebody has checked what it says."),
    "post.facts_changed": gettext_noop(
        "It was changed after its facts were checked. They have to be checked again."
    ),
    "post.facts_wrong": gettext_noop("Somebody has checked what it says and found it not correct."),
    "post.talk_it_over": gettext_noop("Talk the content over with {roles} first."),
    "post.talked_over": gettext_noop("The content was talked over with {roles}."),
    "post.not_talked_over": gettext_noop("The content has to be talked over with {roles} first."),
    "rights.advised": gettext_noop("{role} have answered."),
    "rights.not_advised": gettext_noop("The question has to be put to {role} before it goes out."),
    "material.of_company": gettext_noop("A company has marked this “{label}”. It must not go out."),
    "post.opinion_allowed": gettext_noop(
        "Stating an opinion is allowed: measured, balanced, and marked as one's own."
    ),
}

NEEDS = {
    **MARKS,
    **PEOPLE,
    **READERS,
    "mark_second_reader": gettext_noop("a reading by somebody other than the author"),
    "mark_whom": gettext_noop("whom it is about"),
    "right_address": gettext_noop("the right address"),
    "update_or_withdraw": gettext_noop("update the post or take it down"),
    "promotion.commercial solicitation": MARKS["mark.commercial_canvassing"],
    "promotion.personal solicitation": MARKS["mark.personal_canvassing"],
    "promotion.religious solicitation": MARKS["mark.religious_canvassing"],
    "promotion.political solicitation": MARKS["mark.political_canvassing"],
    "promotion.promotion of unrelated outside organisation": MARKS["mark.outside_promotion"],
    "judge_post": gettext_noop("look at the post and say whether it may stand"),
    "look_at_post": gettext_noop("look at the post again"),
    "new_post": gettext_noop("write a new post"),
    "news_passed_on": gettext_noop("pass the news on"),
}

SOURCES = {
    "post_owner": gettext_noop("whoever looks after the post"),
    "news_bringer": gettext_noop("whoever knows of it"),
    "promoter": gettext_noop("whoever would like to do it"),
}

POINTS = {
    "post_owner": gettext_noop("Who looks after the post"),
    "up_to_date": gettext_noop("Up to date"),
    "feed_up_to_date": gettext_noop("New posts"),
    "written_for": gettext_noop("Whom it is written for"),
    "respect_shown": gettext_noop("Respect for people"),
    "running_down": gettext_noop("Running nobody down"),
    "text_details": gettext_noop("Details of people"),
    "own_details": gettext_noop("Details of one's own"),
    "confidences": gettext_noop("Confidences"),
    "security_words": gettext_noop("Words that touch security"),
    "good_name": gettext_noop("The school's good name"),
    "canvassing": gettext_noop("Gain and canvassing"),
    "references_given": gettext_noop("References"),
    "sensitive_topics": gettext_noop("Sensitive matters"),
    "opinions": gettext_noop("Opinions"),
    "opinion_manner": gettext_noop("How opinions are put"),
    "truth": gettext_noop("True and honest"),
    "sources_cited": gettext_noop("Sources"),
    "others_rights": gettext_noop("Rights of others"),
    "law_in_text": gettext_noop("Inside the law"),
    "policies_kept": gettext_noop("This policy and others"),
    "answerability": gettext_noop("Who answers for it"),
    "school_purpose": gettext_noop("What the account is for"),
    "rights_advice": gettext_noop("Advice on rights"),
    "news_wanted": gettext_noop("News to pass on"),
}
