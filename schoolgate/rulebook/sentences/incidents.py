"""What is said of incidents: who is told, who assesses and investigates, what closing needs."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "incident.told": gettext_noop("The people whom the policy names were told: {roles}."),
    "incident.told_after": gettext_noop("Told {hours} h {minutes} min after it was noticed: {roles}."),
    "incident.told_late": gettext_noop(
        "Told late, {hours} h {minutes} min after it was noticed: {roles}. Write down why."
    ),
    "incident.still_untold": gettext_noop(
        "It has not reached the {roles} yet, {hours} h {minutes} min after it was noticed. See to it now."
    ),
    "incident.not_opened": gettext_noop("It was sent to the {roles}, but is not opened yet."),
    "incident.conduct_to_senior": gettext_noop(
        "Bad conduct is brought as soon as possible to: {roles}. The policy gives no number of hours."
    ),
    "incident.worry_to_manager": gettext_noop(
        "A worry is taken to your {roles} without undue delay. The policy gives no number of hours."
    ),
    "incident.abuse_victim": gettext_noop(
        "Whoever is abused online by a colleague reports it by the agreed way. Use the report form."
    ),
    "incident.abuse_witness": gettext_noop(
        "Whoever believes that somebody is abused online by a colleague reports it by the agreed way. Use "
        "the report form."
    ),
    "incident.abuse_victim_other_way": gettext_noop(
        "You told somebody, but not by the agreed way. Send the report form as well."
    ),
    "incident.abuse_witness_other_way": gettext_noop(
        "What you saw was told to somebody, but not by the agreed way. Send the report form as well."
    ),
    "incident.mistake": gettext_noop(
        "A mistake on an account is reported by the schools' own way of reporting."
    ),
    "incident.mistake_other_way": gettext_noop(
        "The mistake was told to somebody, but not by the schools' own way of reporting. Use that as well."
    ),
    "incident.by_agreed_route": gettext_noop("It was reported by the agreed way."),
    "incident.ask_advice": gettext_noop(
        "Whoever runs an account and is unsure asks somebody for advice. Question and answer are kept."
    ),
    "incident.advice_asked": gettext_noop("Somebody was asked for advice."),
    "incident.ways_to_report": gettext_noop(
        "Know the way to report a problem: the report form of the school, and the network's own report link."
    ),
    "incident.every_member_of_staff_may_report": gettext_noop(
        "Children's safety is a main duty of every member of staff: you may report a worry about a child "
        "whatever your part in running accounts."
    ),
    "incident.staff_protected": gettext_noop(
        "The policy is there to protect staff as well. Enter the member of staff as the person harmed."
    ),
    "incident.put_account_right": gettext_noop(
        "The abuse of an account is undone at once: take down what was posted and change the access."
    ),
    "incident.account_was_put_right": gettext_noop("The abuse of the account was undone."),
    "incident.account_not_put_right": gettext_noop(
        "The abuse of the account is still not undone, {hours} h {minutes} min after it was noticed."
    ),
    "incident.account_abuse_to": gettext_noop(
        "The abuse of an account is reported at once to a member of the {roles}."
    ),
    "incident.name_who_was_told": gettext_noop(
        "Before the case is closed, name the member of the {roles} who was told."
    ),
    "incident.to_line_manager": gettext_noop(
        "Whoever feels pestered or targeted by a colleague should take it to the {role}."
    ),
    "incident.about_line_manager": gettext_noop(
        "It is about the line manager, and the policy names no other way. It names nobody who decides: "
        "the federation says who rules."
    ),
    "incident.report_early": gettext_noop(
        "Report it as early as you can. The policy gives no number of days."
    ),
    "incident.days_to_report": gettext_noop(
        "Days from the first time to the report: {days}. The policy asks for it as early as possible; "
        "nothing follows from a late report."
    ),
    "incident.misuse_to": gettext_noop("Misuse should be reported to one of: {roles}."),
    "incident.misuse_to_others": gettext_noop(
        "Somebody was told, but none of those to whom misuse should be reported: {roles}. Tell one of them."
    ),
    "incident.breach_to": gettext_noop(
        "A breach, found or only suspected, should be made known straight away to: {roles}."
    ),
    "incident.child_sent_to_own_account": gettext_noop(
        "Whatever a child sends to your own account goes as a report to the {roles}, however harmless it "
        "looks."
    ),
    "incident.child_improper_communication": gettext_noop(
        "Improper communication that involves any child, on whatever network, is reported to the {roles}."
    ),
    "incident.child_at_once": gettext_noop(
        "A report about a child is made at once to the {roles}. Send who and what kind only."
    ),
    "incident.own_family_open": gettext_noop(
        "The child is of your own family, and the policy does not say whether the rule is meant for that. "
        "It names nobody who decides: the federation says who rules. A report at once is right however "
        "the words are read."
    ),
    "incident.discloses_information": gettext_noop(
        "A child has told something that gives cause for concern: the right authorities hear of it at "
        "once. Doing nothing may leave a child at risk of harm."
    ),
    "incident.displays_behaviour": gettext_noop(
        "A child's behaviour gives cause for concern: the right authorities hear of it at once. Doing "
        "nothing may leave a child at risk of harm."
    ),
    "incident.exposed_to_information": gettext_noop(
        "A child was shown something that gives cause for concern: the right authorities hear of it at "
        "once. Doing nothing may leave a child at risk of harm."
    ),
    "incident.exposed_to_behaviour": gettext_noop(
        "A child met with behaviour that gives cause for concern: the right authorities hear of it at "
        "once. Doing nothing may leave a child at risk of harm."
    ),
    "incident.tell_authorities": gettext_noop(
        "What is against the law is reported to the authorities, such as the police or CEOP. Keep the "
        "link and the time; never copy an illegal picture of a child."
    ),
    "incident.authority_open": gettext_noop(
        "Somebody was told, but no authority that the policy names. It does not say which others count: "
        "the one who rules on it says whether that is enough."
    ),
    "incident.authorities_untold": gettext_noop(
        "No authority has been told yet, {hours} h {minutes} min after it was noticed. Tell one now."
    ),
    "incident.authorities_told": gettext_noop("The authorities were told."),
    "incident.authorities_told_after": gettext_noop(
        "The authorities were told {hours} h {minutes} min after it was noticed."
    ),
    "incident.authorities_told_late": gettext_noop(
        "The authorities were told late, {hours} h {minutes} min after it was noticed. Write down why."
    ),
    "incident.assessed_by_role": gettext_noop("A report is first assessed by: {role}."),
    "incident.assessed": gettext_noop("It has been assessed by: {role}."),
    "incident.assess_first": gettext_noop("Nothing further is done before it has been assessed by: {role}."),
    "incident.gravest": gettext_noop("Bad conduct of this kind is put down as: {rank}."),
    "incident.colleague_brought_in": gettext_noop("The colleague whom it calls for was brought in."),
    "incident.outside_body_brought_in": gettext_noop("The outside body that it calls for was brought in."),
    "incident.bring_in_colleague": gettext_noop(
        "The incident calls for a colleague who is not brought in yet. That is for: {role}."
    ),
    "incident.bring_in_outside_body": gettext_noop(
        "The incident calls for an outside body that is not brought in yet. That is for: {role}."
    ),
    "incident.has_safeguarding_mark": gettext_noop("The case has the safeguarding mark."),
    "incident.safeguarding_mark": gettext_noop(
        "The duty to protect covers children, young people and vulnerable adults alike: give the case the "
        "safeguarding mark."
    ),
    "incident.policy_version_kept": gettext_noop(
        "The version of the {policy} that was in force is kept with the case."
    ),
    "incident.keep_policy_version": gettext_noop(
        "A child is involved: keep the version of the {policy} that is in force with the case."
    ),
    "incident.take_up": gettext_noop(
        "Every case of misuse is taken seriously: somebody has to open this report. The policy names no time."
    ),
    "incident.take_up_late": gettext_noop(
        "Nobody has opened this report within the time that the federation chose."
    ),
    "incident.was_taken_up": gettext_noop("Somebody has taken the report up."),
    "incident.same_steps": gettext_noop("The case goes through the same steps whoever broke the code."),
    "incident.same_for_all": gettext_noop(
        "The consequences follow for staff, governors, Friends and volunteers alike: a case is not put "
        "aside because the person is not staff."
    ),
    "incident.not_set_aside_hour": gettext_noop(
        "That it happened outside working hours is no reason to put the case aside."
    ),
    "incident.not_set_aside_device": gettext_noop(
        "That none of the trust's equipment was used is no reason to put the case aside."
    ),
    "incident.whatever_hour": gettext_noop("Discipline is open although it happened outside working hours."),
    "incident.whatever_device": gettext_noop(
        "Discipline is open although none of the trust's equipment was used."
    ),
    "incident.contain": gettext_noop(
        "Confidential information lies open: protect it now. Take it down, withdraw access, tell the data "
        "protection lead."
    ),
    "incident.contain_late": gettext_noop(
        "Confidential information still lies open after the time that the trust chose."
    ),
    "incident.confidential_was_contained": gettext_noop(
        "A step to protect the confidential information is on record."
    ),
    "incident.contain_reputation": gettext_noop(
        "The trust's name may be harmed: decide on a step that keeps the harm small, and enter it."
    ),
    "incident.reputation_was_contained": gettext_noop(
        "A step to keep the harm to the trust's name small is on record."
    ),
    "incident.led_by": gettext_noop("The investigation is led by: {role}."),
    "incident.under_investigation": gettext_noop("The breach is under investigation."),
    "incident.investigate_in_full": gettext_noop(
        "Every breach is investigated in full: name who investigates and begin."
    ),
    "incident.not_in_full": gettext_noop("A breach is investigated in full before the case is closed."),
    "incident.investigated_in_full": gettext_noop("The breach was investigated in full."),
    "incident.keep_logs": gettext_noop(
        "Whoever is accused is to be cleared or not by what is on record: keep who had access that day, "
        "and what was sent."
    ),
    "incident.logs_kept": gettext_noop("Who had access that day and what was sent is kept with the case."),
    "incident.help": gettext_noop("Somebody suspected of a breach has to help the investigation along."),
    "incident.helped": gettext_noop("What was asked for was given."),
    "incident.no_response": gettext_noop(
        "No response by {day}. Tell the investigator; nothing follows from it about guilt."
    ),
    "incident.passwords_in_words": gettext_noop(
        "In the policy's words, helping can include giving up passwords that bear on it. Ask instead for "
        "what the person chooses to hand over, a link with its time, a report to the network, or the "
        "police."
    ),
    "incident.access_is_moved": gettext_noop(
        "In the policy's words, helping can include login details that bear on it. The account is on the "
        "school's list: move the access to the investigator, no login is handed over."
    ),
    "incident.logins_in_words": gettext_noop(
        "In the policy's words, helping can include login details that bear on it. The account is a "
        "person's own: ask instead for what they choose to hand over."
    ),
    "house.no_private_password": gettext_noop(
        "Nobody is asked here for the password or login of their own account, and none is ever kept."
    ),
    "incident.manager_has_to_act": gettext_noop(
        "Conduct fell below what the policy asks: the manager has to act. The policy names no time."
    ),
    "incident.manager_acted": gettext_noop("The manager has acted."),
    "incident.manager_late": gettext_noop(
        "The manager has not acted within the time that the trust chose. Tell the manager and the Principal."
    ),
    "incident.escalate": gettext_noop("Before closing, say whether it goes further up: to whom, or why not."),
    "incident.escalation_answered": gettext_noop("It is decided whether it goes further up."),
    "incident.fitting_action": gettext_noop(
        "A breach is followed by fitting action. Enter what was done, for example a reminder or training."
    ),
    "incident.action_taken": gettext_noop("What was done about the breach is on record."),
    "incident.in_house": gettext_noop(
        "Unacceptable conduct is dealt with in-house. Enter who deals with it and what came of it."
    ),
    "incident.dealt_with_in_house": gettext_noop("It was dealt with in-house."),
    "incident.which_school": gettext_noop(
        "Unacceptable conduct is dealt with by the school that it touches. Say which school that is."
    ),
    "incident.other_school": gettext_noop(
        "Unacceptable conduct is dealt with by the school that it touches, not by another. Pass it on."
    ),
    "incident.tell_police": gettext_noop(
        "Conduct considered to be against the law is reported to the police. Enter date and reference of "
        "the report."
    ),
    "incident.police_told": gettext_noop("It was reported to the police."),
    "incident.go_through_bodies": gettext_noop(
        "Conduct considered to be against the law is reported to other fitting bodies as well. Mark each "
        "as told or not concerned."
    ),
    "incident.bodies_gone_through": gettext_noop(
        "Each body outside the school was told or found to have no part in it."
    ),
    "incident.behaviour_policy": gettext_noop(
        "What follows for a pupil is decided by the behaviour policy, not by a procedure for adults. "
        "Enter its step."
    ),
    "incident.school_values": gettext_noop(
        "A breach goes against what the school stands for. Say so when you write to the person."
    ),
    "incident.protect_federation": gettext_noop(
        "The governing body acts as fits to protect the federation's name. Its decision is not on record yet."
    ),
    "incident.protect_people": gettext_noop(
        "The governing body acts as fits to protect the name of the people concerned. Its decision for "
        "them is not on record yet."
    ),
    "incident.body_decided": gettext_noop("The governing body's decision for them is on record."),
    "incident.matter_of_its_own": gettext_noop(
        "That it was not taken down when told to may be a disciplinary matter of its own. Nothing is "
        "opened unless a person decides it."
    ),
}
