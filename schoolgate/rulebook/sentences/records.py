"""Sentences about systems, permissions, guidance, and the reach of the law."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "monitor.staff_use": gettext_noop("What staff do on social media at work at these times may be checked."),
    "monitor.no_policy_named": gettext_noop(
        "Checks on what staff did must be based on an existing policy. Name the policy and its section."
    ),
    "monitor.policy_named": gettext_noop("The request is based on an existing policy."),
    "monitor.not_such_a_policy": gettext_noop(
        "Checks on what staff did must be based on one of these: {policies}. "
        "Name one of them, or do not check."
    ),
    "monitor.may_watch": gettext_noop(
        "The school can monitor what staff do on its systems, including social "
        "media. Who checked, when and why is recorded."
    ),
    "monitor.may_review_posts": gettext_noop("The school can review what was posted from its systems."),
    "monitor.may_look": gettext_noop(
        "Monitoring can include opening, reading, reviewing and retrieving what "
        "is done on the school’s systems."
    ),
    "monitor.may_see_sign_ins": gettext_noop(
        "Monitoring can cover when people sign in, and which account they use."
    ),
    "monitor.may_record": gettext_noop(
        "Monitoring can include copying what was found. Who made the copy, when "
        "and for which case is recorded with it."
    ),
    "monitor.may_print": gettext_noop(
        "Monitoring can include printing what was found. Who printed it and when is recorded with the case."
    ),
    "monitor.notice_first": gettext_noop(
        "This person has not yet seen the monitoring notice. Show it to them first."
    ),
    "monitor.told_once": gettext_noop(
        "This person has seen the monitoring notice and does not need to be told again each time."
    ),
    "monitor.other_purpose": gettext_noop(
        "The policy allows monitoring for two purposes: checking that its rules are followed, and "
        "a real need of the school’s work. This is neither."
    ),
    "monitor.which_rule": gettext_noop("Name the case or rule being checked."),
    "monitor.purpose_rules": gettext_noop(
        "It checks whether a rule is being followed, which is one of the purposes of monitoring."
    ),
    "monitor.which_need": gettext_noop("Record which need of the school’s work this serves."),
    "monitor.second_person": gettext_noop(
        "A check for a need of the school’s work requires a second person’s agreement."
    ),
    "monitor.purpose_need": gettext_noop(
        "It serves a need of the school’s work, and a second person has agreed."
    ),
    "monitor.within_case": gettext_noop("The period checked matches the case."),
    "monitor.wider_agreed": gettext_noop(
        "A second person has agreed to a check beyond the dates of the case."
    ),
    "monitor.wider_than_case": gettext_noop(
        "Check only the dates of the case, {first} to {last}. A wider check "
        "requires a second person’s agreement."
    ),
    "monitor.never_intercept": gettext_noop(
        "The school reserves the right to intercept messages, but this program "
        "never does it. Ask instead for a recorded review of the school’s own "
        "accounts, giving the purpose."
    ),
    "monitor.never_keystrokes": gettext_noop(
        "The policy allows keystrokes to be recorded, but this program never "
        "does it. It records sign-ins, actions in the program and the drafts an "
        "author saved instead."
    ),
    "monitor.right_intercept": gettext_noop(
        "The policy reserves the school’s right to intercept messages. This program never does it."
    ),
    "monitor.right_keystrokes": gettext_noop(
        "The policy says that monitoring can include recording keystrokes. This program never does it."
    ),
    "monitor.assessed": gettext_noop(
        "There is an impact assessment dated {day}, with the name of its approver."
    ),
    "monitor.not_assessed": gettext_noop(
        "Monitoring the network first requires an impact assessment, with its date and the approver’s name."
    ),
    "monitor.no_period": gettext_noop(
        "The policy allows copies to be kept for some time but gives no number "
        "of days. Set the number before you keep any."
    ),
    "monitor.copies_kept": gettext_noop("Copies can be kept for a limited time. Number of days: {days}."),
    "monitor.period_over": gettext_noop(
        "The retention period for copies (days: {days}) ended on {day}. Delete "
        "this copy, unless it is needed for a case."
    ),
    "monitor.still_wanted": gettext_noop(
        "You can’t delete this copy yet. It is needed for an open case or request."
    ),
    "monitor.may_delete": gettext_noop("The policy allows this copy to be deleted without telling anyone."),
    "monitor.passing_on_lacks": gettext_noop("Record this before anything is passed on: {what}."),
    "monitor.may_pass_on": gettext_noop("What was found can be passed on to this recipient."),
    "systems.no_proper_purpose": gettext_noop(
        "The school’s computers and systems are for proper purposes only, and this isn’t one."
    ),
    "systems.proper_purpose": gettext_noop("This is a proper purpose for the school’s systems."),
    "systems.against_policy": gettext_noop(
        "This was found to break another document that this policy requires you to follow: {document}."
    ),
    "systems.within_policy": gettext_noop("Nothing in it was found to break {document}."),
    "systems.no_privacy": gettext_noop(
        "Don’t expect privacy for anything sent, received, printed or stored on "
        "the school’s systems. The monitoring notice says what is recorded and "
        "what never is."
    ),
    "systems.kept_from_school": gettext_noop(
        "Don’t use the school’s systems for anything you want to keep private "
        "from the school. Use a private service of your own."
    ),
    "systems.nothing_to_keep": gettext_noop("Nothing in it is meant to be kept private from the school."),
    "systems.recorded_as_informed": gettext_noop("The record says that the person was informed."),
    "systems.recorded_as_consent": gettext_noop(
        "The record must say that the person was informed, not that they consented."
    ),
    "permission.none": gettext_noop("There is no permission. Ask {role} for it in writing before the use."),
    "permission.somebody_elses": gettext_noop(
        "This permission doesn’t count. Only {role} can give it, and no one can give it for them."
    ),
    "permission.not_written": gettext_noop("This permission doesn’t count: it is not in writing."),
    "permission.too_late": gettext_noop("This permission doesn’t count: it was given after the use."),
    "permission.which_head": gettext_noop(
        "This involves several schools. The policy doesn’t say which {role} gives permission."
    ),
    "permission.counts": gettext_noop("This permission counts: {role} gave it in writing before the use."),
    "permission.needed_here": gettext_noop(
        "Permission is needed for print and other documents, just as for the internet."
    ),
    "permission.asked_here": gettext_noop("Permission was requested here too."),
    "reach.data_protection": gettext_noop(
        "Remember: data protection law covers what you share on social networks. "
        "People can ask what information there is about them."
    ),
    "reach.information": gettext_noop(
        "Remember: what you share on social networks can be requested under freedom of information law."
    ),
    "reach.data_protection_reaches": gettext_noop(
        "Data protection law covers what staff shared on social networks. Search it for this request too."
    ),
    "reach.information_reaches": gettext_noop(
        "What staff shared on social networks can be requested under freedom of "
        "information law. Search it for this request too."
    ),
    "reach.further": gettext_noop(
        "Remember: other laws than those the policy names may apply to what you share."
    ),
    "reach.further_named": gettext_noop(
        "Remember: other laws than those the policy names may apply to what you "
        "share. The federation names these: {laws}."
    ),
    "reach.private_too": gettext_noop(
        "The law still applies to what is shared in a closed group or private message."
    ),
    "reach.private_reached": gettext_noop("What was shared in a closed group or private message counts too."),
    "guiding.entitled": gettext_noop(
        "You have a right to find out things that matter to you ({basis}). Now read how to do it safely."
    ),
    "guiding.help_offered": gettext_noop("There is a help page, and an adult to ask."),
    "guiding.help_missing": gettext_noop(
        "A pupil looking for help should find at least a help page and an adult to ask. Add what is missing."
    ),
    "guiding.invited_staff": gettext_noop(
        "Good idea. Staff are invited to look for new uses of social media. Apply for an account."
    ),
    "guiding.invited_parents_carers": gettext_noop(
        "Your idea is welcome. Parents and carers are invited to look for new "
        "uses. An application for a new account should name {number} or more "
        "members of staff, so find them first."
    ),
    "guiding.staff_found": gettext_noop("The application would name enough members of staff."),
    "guiding.find_staff": gettext_noop(
        "An application should name {number} or more members of staff. Find "
        "someone else who would help to run the account."
    ),
    "guiding.invited_pupils": gettext_noop(
        "Yes, in principle. Pupils are invited to look for new uses. Ask a "
        "member of staff to apply: they would run the account."
    ),
    "guiding.welcome_pupil": gettext_noop(
        "Yes. You are welcome to write about your school ({what}) if it is "
        "suitable. Read the short rules first."
    ),
    "guiding.welcome_parent": gettext_noop(
        "Yes. Parents are welcome to write about the school ({what}) if it is "
        "suitable. Read the short house rules first."
    ),
    "guiding.lessons": gettext_noop(
        "Yes. You may use social media in lessons and to help pupils learn, "
        "within the rules for school-approved accounts."
    ),
    "guiding.for_all": gettext_noop(
        "All of this guidance applies to you. It is for all staff of both "
        "schools, whether or not you work on an account."
    ),
    "guiding.good_practice": gettext_noop(
        "These rules are the federation’s shared framework of good practice."
    ),
    "guiding.advice": gettext_noop(
        "The policy gives staff practical advice on using social media sensibly "
        "and carefully. Read it section by section."
    ),
    "guiding.am_i_safe": gettext_noop(
        "Not entirely. Following the policy does not remove every risk that social media brings to staff."
    ),
    "guiding.phone": gettext_noop("Bear in mind that pupils learn from how you use your phone."),
    "guiding.common_sense": gettext_noop(
        "Use your common sense at all times, as well as following the rules."
    ),
    "guiding.no_rule": gettext_noop(
        "No rule in the policy answers this. Use your common sense, and ask the {whom}."
    ),
    "guiding.too_hard": gettext_noop(
        "This text suits a reading age of {reading_age}, but its readers are "
        "aged {age}. Use easier words so that they can understand it."
    ),
    "guiding.readable": gettext_noop("Its audience can understand it."),
    "teaching.counts_as_education": gettext_noop("It counts as education."),
    "teaching.not_training": gettext_noop(
        "Teaching for pupils and parents counts as education, not training. Record it as education."
    ),
    "teaching.year_group_taught": gettext_noop("This year group has been taught this school year."),
    "teaching.year_group_missing": gettext_noop(
        "{group}: no teaching on safe use of social media this school year. Plan something."
    ),
    "teaching.programme_lives": gettext_noop("Something has been done for parents this school year."),
    "teaching.programme_rests": gettext_noop(
        "Nothing has been done this school year to help parents use social media well. Plan something."
    ),
    "teaching.parents_pages_found": gettext_noop("Parents can find their page on the website."),
    "teaching.schools_without_page": gettext_noop(
        "There is no page for parents on the website of: {schools}. Publish one, or correct its address."
    ),
    "teaching.page_missing": gettext_noop(
        "There is no page for parents on the website. Publish one, or correct its address."
    ),
    "teaching.show_identity_fraud": gettext_noop(
        "Everyone needs to know that identity fraud online is a danger. Read the page about it."
    ),
    "teaching.shown_identity_fraud": gettext_noop("This person has read the page about identity fraud."),
    "teaching.show_misuse": gettext_noop(
        "All staff should know that misuse is taken seriously. Read that part and confirm it."
    ),
    "teaching.shown_misuse": gettext_noop("This person has confirmed the part about misuse."),
}

NEEDS = {
    "Federation policies": gettext_noop("the federation’s policies"),
    "individual school policies": gettext_noop("the policies of one school"),
    "monitoring_notice": gettext_noop("the monitoring notice, shown"),
    "case_or_rule": gettext_noop("the name of the case or rule"),
    "impact_assessment": gettext_noop("an impact assessment"),
    "retention_days": gettext_noop("how many days copies are kept"),
    "business_need": gettext_noop("a description of the need"),
    "passing_on.recipient": gettext_noop("who it goes to"),
    "passing_on.reason": gettext_noop("the reason for passing it on"),
    "passing_on.legal_basis": gettext_noop("the legal basis for it"),
    "recruitment_deletion": gettext_noop("deleting the record of the search"),
    "may_comment": gettext_noop("a comment"),
    "may_post": gettext_noop("a post of your own"),
    "may_respond": gettext_noop("a reply"),
    "briefing_identity_fraud": gettext_noop("the page about identity fraud"),
    "briefing_misuse": gettext_noop("the part about misuse"),
}

SOURCES = {
    "editor": gettext_noop("the author of the page"),
    "person_bound": gettext_noop("the person themselves"),
    "who_asks": gettext_noop("the person asking"),
}

POINTS = {
    "monitoring": gettext_noop("What may be checked"),
    "monitoring_policy": gettext_noop("Policy basis"),
    "monitoring_notice": gettext_noop("Telling people about monitoring"),
    "monitoring_purpose": gettext_noop("Purpose of the check"),
    "monitoring_range": gettext_noop("Dates checked"),
    "interception": gettext_noop("Intercepting messages"),
    "keystrokes": gettext_noop("Keystrokes"),
    "network_watching": gettext_noop("Monitoring the network"),
    "copies": gettext_noop("Copies of what was found"),
    "passing_on": gettext_noop("Passing on what was found"),
    "deleting_copies": gettext_noop("Deleting copies"),
    "needed_for_case": gettext_noop("Copies needed for an open case"),
    "proper_purpose": gettext_noop("Proper purposes"),
    "ict_use_policy": gettext_noop("ICT use policy"),
    "no_privacy": gettext_noop("No privacy on the systems"),
    "kept_from_school": gettext_noop("Private use of the school’s systems"),
    "notice_recorded": gettext_noop("How the notice is recorded"),
    "permission_counts": gettext_noop("Whether the permission counts"),
    "permission_medium": gettext_noop("Where permission is needed"),
    "data_protection": gettext_noop("Data protection"),
    "information_requests": gettext_noop("Freedom of information"),
    "further_laws": gettext_noop("Other laws"),
    "private_spaces": gettext_noop("Private spaces"),
    "within_reach": gettext_noop("What a request covers"),
    "entitled_to_know": gettext_noop("The right to find things out"),
    "help_offered": gettext_noop("Help"),
    "invited_to_try": gettext_noop("Your own ideas"),
    "welcome_to_write": gettext_noop("Writing about the school"),
    "use_in_lessons": gettext_noop("In lessons"),
    "guidance_for_all": gettext_noop("Who the guidance is for"),
    "common_practice": gettext_noop("Good practice"),
    "practical_advice": gettext_noop("Practical advice"),
    "risks_remain": gettext_noop("Remaining risks"),
    "example_to_pupils": gettext_noop("Setting an example to pupils"),
    "common_sense": gettext_noop("Common sense"),
    "words_for_their_age": gettext_noop("Words suited to pupils’ age"),
    "counted_as_education": gettext_noop("Education or training"),
    "every_year_group": gettext_noop("Every year group"),
    "parents_programme": gettext_noop("Helping parents"),
    "parents_page": gettext_noop("A page for parents"),
    "shown_to_everybody": gettext_noop("What everyone must know"),
}
