"""Sentences about the school's systems, what is looked at there, leave that counts, and what law reaches."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "monitor.staff_use": gettext_noop(
        "What staff do on social media at work, at such a time, may be looked at."
    ),
    "monitor.no_policy_named": gettext_noop(
        "A look at what staff did has to rest on a policy that stands already. Name the policy and its "
        "section."
    ),
    "monitor.policy_named": gettext_noop("The request rests on a policy that stands already."),
    "monitor.not_such_a_policy": gettext_noop(
        "A look at what staff did has to rest on one of these: {policies}. Name one of them, or do not look."
    ),
    "monitor.may_watch": gettext_noop(
        "The school can watch what staff do on its systems, social media included. Who looked, when and "
        "for what is kept."
    ),
    "monitor.may_review_posts": gettext_noop("The school can review what was posted from its systems."),
    "monitor.may_look": gettext_noop(
        "Monitoring can go as far as opening, reading, reviewing and fetching what is done on the school's "
        "systems."
    ),
    "monitor.may_see_sign_ins": gettext_noop("Monitoring can cover when people sign in, and as whom."),
    "monitor.may_record": gettext_noop(
        "Monitoring can include keeping a copy of what was found. Who made it, when and for which case is "
        "kept with it."
    ),
    "monitor.may_print": gettext_noop(
        "Monitoring can include printing what was found. Who printed it and when is kept with the case."
    ),
    "monitor.notice_first": gettext_noop(
        "This person has not yet seen the notice that says what is monitored. Show it first."
    ),
    "monitor.told_once": gettext_noop(
        "This person has seen the notice of monitoring and need not be told again each time."
    ),
    "monitor.other_purpose": gettext_noop(
        "The policy names two purposes of monitoring: to see whether its rules are kept, and a real need "
        "of the school's work. This is neither."
    ),
    "monitor.which_rule": gettext_noop("Name the case or the rule that is looked into."),
    "monitor.purpose_rules": gettext_noop(
        "It serves to see whether a rule is kept, which is one of the purposes of monitoring."
    ),
    "monitor.which_need": gettext_noop("Write down which need of the school's work this serves."),
    "monitor.second_person": gettext_noop(
        "A look for a need of the school's work takes a second person who agrees."
    ),
    "monitor.purpose_need": gettext_noop(
        "It serves a need of the school's work, and a second person agrees."
    ),
    "monitor.within_case": gettext_noop("The time looked at is that of the case."),
    "monitor.wider_agreed": gettext_noop("A second person has agreed to look beyond the days of the case."),
    "monitor.wider_than_case": gettext_noop(
        "Look at the days of the case only, {first} to {last}. A wider look takes a second person who agrees."
    ),
    "monitor.never_intercept": gettext_noop(
        "The school keeps the right to read messages on their way, but this program never does it. Ask "
        "instead to review what stands on the school's own accounts, with a purpose and on record."
    ),
    "monitor.never_keystrokes": gettext_noop(
        "The policy lets keystrokes be recorded, but this program never does it. Sign-ins, what was done "
        "in the program and the drafts that an author saved are kept instead."
    ),
    "monitor.right_intercept": gettext_noop(
        "The policy keeps this right for the school: to read messages on their way. It is never done by "
        "this program."
    ),
    "monitor.right_keystrokes": gettext_noop(
        "The policy says that monitoring can go as far as keystrokes. It is never done by this program."
    ),
    "monitor.assessed": gettext_noop("There is an impact assessment of {day}, with a name for its approval."),
    "monitor.not_assessed": gettext_noop(
        "Watching the network takes an impact assessment first, with its day and the name of whoever "
        "approved it."
    ),
    "monitor.no_period": gettext_noop(
        "The policy lets copies be kept for some time and names no number. Say for how many days before "
        "any is kept."
    ),
    "monitor.copies_kept": gettext_noop("Copies can be kept for some time. Days: {days}."),
    "monitor.period_over": gettext_noop(
        "The time for which copies are kept (days: {days}) was over on {day}. Delete it, unless it is "
        "wanted for a case."
    ),
    "monitor.still_wanted": gettext_noop(
        "This copy is wanted for an open case or request and must not be deleted yet."
    ),
    "monitor.may_delete": gettext_noop("The copy can be deleted; nobody need be told."),
    "monitor.passing_on_lacks": gettext_noop(
        "Before anything is passed on, this has to be written down: {what}."
    ),
    "monitor.may_pass_on": gettext_noop("What was found can be passed on to this recipient."),
    "systems.no_proper_purpose": gettext_noop(
        "The school's computers and systems are there for proper purposes only, and this is none."
    ),
    "systems.proper_purpose": gettext_noop("This is what the school's systems are there for."),
    "systems.against_policy": gettext_noop(
        "This was found to be against another document that this policy asks to be kept: {document}."
    ),
    "systems.within_policy": gettext_noop("Nothing in it was found to be against {document}."),
    "systems.no_privacy": gettext_noop(
        "Do not count on privacy for anything that is sent, received, printed or kept on the school's "
        "systems. The notice of monitoring says what is recorded and what never is."
    ),
    "systems.kept_from_school": gettext_noop(
        "The school's systems are not the place for what you want to keep from the school. Use a private "
        "way of your own."
    ),
    "systems.nothing_to_keep": gettext_noop("Nothing in it is to be kept from the school."),
    "systems.recorded_as_informed": gettext_noop("The record says that the person was informed."),
    "systems.recorded_as_consent": gettext_noop(
        "The record must say that the person was informed, not that they consented."
    ),
    "permission.none": gettext_noop("There is no leave. Ask {role} for it in writing before the use."),
    "permission.somebody_elses": gettext_noop(
        "This leave does not count: only that of {role} does, and nobody gives it for them."
    ),
    "permission.not_written": gettext_noop("This leave does not count: it is not in writing."),
    "permission.too_late": gettext_noop("This leave does not count: it came after the use."),
    "permission.which_head": gettext_noop(
        "This touches several schools, and the policy does not say which {role} gives leave then."
    ),
    "permission.counts": gettext_noop("This leave counts: {role} gave it in writing, before the use."),
    "permission.needed_here": gettext_noop(
        "Leave is needed for print and other documents just as for the internet."
    ),
    "permission.asked_here": gettext_noop("Leave was asked for here as well."),
    "reach.data_protection": gettext_noop(
        "Remember: what you share on a social network falls under data protection law. People can ask what "
        "is held about them."
    ),
    "reach.information": gettext_noop(
        "Remember: what you share on a social network can be asked for under freedom of information law."
    ),
    "reach.data_protection_reaches": gettext_noop(
        "What staff shared on social networks falls under data protection law: look through it for this "
        "request as well."
    ),
    "reach.information_reaches": gettext_noop(
        "What staff shared on social networks can be asked for under freedom of information law: look "
        "through it for this request as well."
    ),
    "reach.further": gettext_noop(
        "Remember: further laws than those which the policy names may reach what you share."
    ),
    "reach.further_named": gettext_noop(
        "Remember: further laws than those which the policy names may reach what you share. The federation "
        "names these: {laws}."
    ),
    "reach.private_too": gettext_noop(
        "A closed group or a private message does not take what is shared there outside the law."
    ),
    "reach.private_reached": gettext_noop(
        "What was shared in a closed group or a private message counts as well."
    ),
}

NEEDS = {
    "Federation policies": gettext_noop("the federation's policies"),
    "individual school policies": gettext_noop("the policies of one school"),
    "monitoring_notice": gettext_noop("the notice of monitoring, shown"),
    "case_or_rule": gettext_noop("the case or the rule by name"),
    "impact_assessment": gettext_noop("an impact assessment"),
    "retention_days": gettext_noop("for how many days copies are kept"),
    "business_need": gettext_noop("the need in words"),
    "passing_on.recipient": gettext_noop("to whom it goes"),
    "passing_on.reason": gettext_noop("why it is passed on"),
    "passing_on.legal_basis": gettext_noop("the legal ground for it"),
    "recruitment_deletion": gettext_noop("deleting the record of the search"),
}

POINTS = {
    "monitoring": gettext_noop("What may be looked at"),
    "monitoring_policy": gettext_noop("The policy it rests on"),
    "monitoring_notice": gettext_noop("Telling people of it"),
    "monitoring_purpose": gettext_noop("What it is looked at for"),
    "monitoring_range": gettext_noop("Which days"),
    "interception": gettext_noop("Messages on their way"),
    "keystrokes": gettext_noop("Keystrokes"),
    "network_watching": gettext_noop("Watching the network"),
    "copies": gettext_noop("Copies of what was found"),
    "passing_on": gettext_noop("Passing on what was found"),
    "deleting_copies": gettext_noop("Deleting copies"),
    "proper_purpose": gettext_noop("Proper purposes"),
    "ict_use_policy": gettext_noop("The policy on the use of ICT"),
    "no_privacy": gettext_noop("No privacy on the systems"),
    "kept_from_school": gettext_noop("What is to be kept from the school"),
    "notice_recorded": gettext_noop("How the notice is recorded"),
    "permission_counts": gettext_noop("Whether the leave counts"),
    "permission_medium": gettext_noop("Where leave is needed"),
    "data_protection": gettext_noop("Data protection"),
    "information_requests": gettext_noop("Freedom of information"),
    "further_laws": gettext_noop("Further laws"),
    "private_spaces": gettext_noop("Private spaces"),
    "within_reach": gettext_noop("What a request reaches"),
}
