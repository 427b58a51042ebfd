"""Sentences about incidents: who is told, who assesses and investigates, what closing needs."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "incident.told": gettext_noop("The people named in the policy were told: {roles}."),
    "incident.told_after": gettext_noop("Told {hours} h {minutes} min after it was noticed: {roles}."),
    "incident.told_late": gettext_noop(
        "Told late, {hours} h {minutes} min after it was noticed: {roles}. Write down why."
    ),
    "incident.still_untold": gettext_noop(
        "Not yet told, {hours} h {minutes} min after it was noticed: {roles}. Deal with this now."
    ),
    "incident.not_opened": gettext_noop("It was sent to the {roles} but has not been opened yet."),
    "incident.conduct_to_senior": gettext_noop(
        "Misconduct must be reported as soon as possible to: {roles}. The policy sets no number of hours."
    ),
    "incident.worry_to_manager": gettext_noop(
        "You must report a concern to your {roles} without undue delay. The policy sets no number of hours."
    ),
    "incident.abuse_victim": gettext_noop(
        "Anyone abused online by a colleague must report it by the agreed route. Use the report form."
    ),
    "incident.abuse_witness": gettext_noop(
        "Anyone who believes that a colleague is abusing someone online must "
        "report it by the agreed route. Use the report form."
    ),
    "incident.abuse_victim_other_way": gettext_noop(
        "You told someone, but not by the agreed route. Send the report form as well."
    ),
    "incident.abuse_witness_other_way": gettext_noop(
        "Someone was told what you saw, but not by the agreed route. Send the report form as well."
    ),
    "incident.mistake": gettext_noop(
        "A mistake on an account must be reported by the schools’ own reporting route."
    ),
    "incident.mistake_other_way": gettext_noop(
        "Someone was told about the mistake, but not by the schools’ own reporting route. Use that as well."
    ),
    "incident.by_agreed_route": gettext_noop("It was reported by the agreed route."),
    "incident.ask_advice": gettext_noop(
        "Anyone who runs an account and is unsure must ask someone for advice. "
        "The question and answer are saved."
    ),
    "incident.advice_asked": gettext_noop("Someone was asked for advice."),
    "incident.ways_to_report": gettext_noop(
        "You should know how to report a problem: use the school’s report form "
        "and the network’s own report link."
    ),
    "incident.every_member_of_staff_may_report": gettext_noop(
        "Children’s safety is a main duty of every member of staff. You may "
        "report a concern about a child whatever your part in running accounts."
    ),
    "incident.staff_protected": gettext_noop(
        "The policy also protects staff. Enter the member of staff as the person harmed."
    ),
    "incident.put_account_right": gettext_noop(
        "Abuse of an account must be put right at once. Take down what was posted and change the access."
    ),
    "incident.account_was_put_right": gettext_noop("The abuse of the account was put right."),
    "incident.account_not_put_right": gettext_noop(
        "The abuse of the account has still not been put right, {hours} h {minutes} min after it was noticed."
    ),
    "incident.account_abuse_to": gettext_noop(
        "Abuse of an account must be reported at once to a member of the {roles}."
    ),
    "incident.name_who_was_told": gettext_noop(
        "Before you close the case, name the member of the {roles} who was told."
    ),
    "incident.to_line_manager": gettext_noop(
        "Anyone who feels pestered or targeted by a colleague should report it to the {role}."
    ),
    "incident.about_line_manager": gettext_noop(
        "This is about the line manager, and the policy gives no other route. It names no one to "
        "decide, so the federation must."
    ),
    "incident.report_early": gettext_noop(
        "You should report it as early as you can. The policy sets no number of days."
    ),
    "incident.days_to_report": gettext_noop(
        "Days from the first time to the report: {days}. The policy says it "
        "should be reported as early as possible, but a late report has no "
        "consequences."
    ),
    "incident.misuse_to": gettext_noop("Misuse should be reported to one of: {roles}."),
    "incident.misuse_to.one": gettext_noop("Misuse should be reported to the {roles}."),
    "incident.misuse_to_others": gettext_noop(
        "Someone was told, but not one of the people who should be told about "
        "misuse: {roles}. Tell one of them."
    ),
    "incident.breach_to": gettext_noop(
        "A breach, confirmed or only suspected, should be reported straight away to: {roles}."
    ),
    "incident.child_sent_to_own_account": gettext_noop(
        "Anything a child sends to your own account must be reported to the "
        "{roles}, however harmless it looks."
    ),
    "incident.child_improper_communication": gettext_noop(
        "You must report improper communication involving any child, on any network, to the {roles}."
    ),
    "incident.child_at_once": gettext_noop(
        "A report about a child must be made at once to the {roles}. Send only "
        "who it is and what kind of concern it is."
    ),
    "incident.own_family_open": gettext_noop(
        "The child is in your own family, and the policy doesn’t say whether the "
        "rule covers that. The policy names no one to decide, so the federation "
        "must. Reporting at once is right either way."
    ),
    "incident.discloses_information": gettext_noop(
        "A child has said something that gives cause for concern, so the right "
        "authorities must be told at once. Doing nothing may leave a child at "
        "risk of harm."
    ),
    "incident.displays_behaviour": gettext_noop(
        "A child’s behaviour gives cause for concern, so the right authorities "
        "must be told at once. Doing nothing may leave a child at risk of harm."
    ),
    "incident.exposed_to_information": gettext_noop(
        "A child was shown something that gives cause for concern, so the right "
        "authorities must be told at once. Doing nothing may leave a child at "
        "risk of harm."
    ),
    "incident.exposed_to_behaviour": gettext_noop(
        "A child encountered behaviour that gives cause for concern, so the "
        "right authorities must be told at once. Doing nothing may leave a child "
        "at risk of harm."
    ),
    "incident.tell_authorities": gettext_noop(
        "Anything illegal must be reported to the authorities, such as the police or CEOP. Save "
        "the link and the time. Never copy an illegal picture of a child."
    ),
    "incident.authority_open": gettext_noop(
        "Someone was told, but not an authority named in the policy. The policy "
        "doesn’t say which others count, so a ruling must decide whether that is "
        "enough."
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
    "incident.assessed_by_role": gettext_noop("Reports are first assessed by: {role}."),
    "incident.assessed": gettext_noop("It has been assessed by: {role}."),
    "incident.assess_first": gettext_noop("Nothing more may be done until it has been assessed by: {role}."),
    "incident.gravest": gettext_noop("Misconduct of this kind is classed as: {rank}."),
    "incident.colleague_brought_in": gettext_noop("The colleague needed is now involved."),
    "incident.outside_body_brought_in": gettext_noop("The outside body needed is now involved."),
    "incident.bring_in_colleague": gettext_noop(
        "A colleague is needed who is not involved yet. This is the job of: {role}."
    ),
    "incident.bring_in_outside_body": gettext_noop(
        "An outside body is needed that is not involved yet. This is the job of: {role}."
    ),
    "incident.has_safeguarding_mark": gettext_noop("The case is marked as safeguarding."),
    "incident.safeguarding_mark": gettext_noop(
        "The duty to protect covers children, young people and vulnerable adults "
        "alike, so mark the case as safeguarding."
    ),
    "incident.policy_version_kept": gettext_noop(
        "The version of the {policy} in force at the time is saved with the case."
    ),
    "incident.keep_policy_version": gettext_noop(
        "A child is involved, so save the current version of the {policy} with the case."
    ),
    "incident.take_up": gettext_noop(
        "Every case of misuse must be taken seriously, so someone must open this "
        "report. The policy sets no deadline."
    ),
    "incident.take_up_late": gettext_noop(
        "No one has opened this report within the time the federation chose."
    ),
    "incident.was_taken_up": gettext_noop("Someone is dealing with the report."),
    "incident.same_steps": gettext_noop("The case goes through the same steps for everyone."),
    "incident.same_for_all": gettext_noop(
        "The consequences apply equally to staff, governors, Friends and "
        "volunteers. You can’t drop a case because the person isn’t staff."
    ),
    "incident.not_set_aside_hour": gettext_noop(
        "You can’t drop the case because it happened outside working hours."
    ),
    "incident.not_set_aside_device": gettext_noop(
        "You can’t drop the case because none of the trust’s equipment was used."
    ),
    "incident.whatever_hour": gettext_noop(
        "Disciplinary action may be taken even though it happened outside working hours."
    ),
    "incident.whatever_device": gettext_noop(
        "Disciplinary action may be taken even though none of the trust’s equipment was used."
    ),
    "incident.contain": gettext_noop(
        "Confidential information is exposed. Protect it now: take it down, "
        "withdraw access and tell the data protection lead."
    ),
    "incident.contain_late": gettext_noop(
        "Confidential information is still exposed after the time the trust chose."
    ),
    "incident.confidential_was_contained": gettext_noop(
        "A step to protect the confidential information is on record."
    ),
    "incident.contain_reputation": gettext_noop(
        "The trust’s name may be harmed. Decide on a step to limit the harm, and enter it."
    ),
    "incident.reputation_was_contained": gettext_noop(
        "A step to limit harm to the trust’s name is on record."
    ),
    "incident.led_by": gettext_noop("The investigation is led by: {role}."),
    "incident.under_investigation": gettext_noop("The breach is being investigated."),
    "incident.investigate_in_full": gettext_noop(
        "Every breach must be investigated in full. Name the investigator and begin."
    ),
    "incident.not_in_full": gettext_noop("A breach must be investigated in full before the case is closed."),
    "incident.investigated_in_full": gettext_noop("The breach was investigated in full."),
    "incident.keep_logs": gettext_noop(
        "The history can clear someone who is accused, so save who had access that day and what was sent."
    ),
    "incident.logs_kept": gettext_noop(
        "The list of who had access that day and what was sent is saved with the case."
    ),
    "incident.help": gettext_noop("Anyone suspected of a breach must help the investigation."),
    "incident.helped": gettext_noop("The person gave what the investigation asked for."),
    "incident.no_response": gettext_noop(
        "No response by {day}. Tell the investigator. This says nothing about guilt."
    ),
    "incident.passwords_in_words": gettext_noop(
        "Under the policy, helping can include giving up relevant passwords. "
        "Instead, ask for what the person chooses to give, a link with its time, "
        "a report to the network, or the police."
    ),
    "incident.access_is_moved": gettext_noop(
        "Under the policy, helping can include relevant login details. The "
        "account is on the school’s list, so move the access to the "
        "investigator. No login is handed over."
    ),
    "incident.logins_in_words": gettext_noop(
        "Under the policy, helping can include relevant login details. The "
        "account is the person’s own, so ask instead for what they choose to "
        "give."
    ),
    "house.no_private_password": gettext_noop(
        "No one is asked here for the password or login of their own account, and none is ever saved."
    ),
    "incident.manager_has_to_act": gettext_noop(
        "Conduct fell below what the policy requires, so the manager must act. The policy sets no deadline."
    ),
    "incident.manager_acted": gettext_noop("The manager has acted."),
    "incident.manager_late": gettext_noop(
        "The manager has not acted within the time the trust chose. Tell the manager and the Principal."
    ),
    "incident.escalate": gettext_noop(
        "Before you close the case, say whether it is being escalated: to which person, or why not."
    ),
    "incident.escalation_answered": gettext_noop("It has been decided whether to escalate."),
    "incident.fitting_action": gettext_noop(
        "A breach must be followed by appropriate action. Enter what was done, "
        "for example a reminder or training."
    ),
    "incident.action_taken": gettext_noop("The action taken on the breach is on record."),
    "incident.in_house": gettext_noop(
        "Unacceptable conduct must be dealt with in-house. Enter who deals with it and the outcome."
    ),
    "incident.dealt_with_in_house": gettext_noop("It was dealt with in-house."),
    "incident.which_school": gettext_noop(
        "Unacceptable conduct must be dealt with by the school it affects. Say which school that is."
    ),
    "incident.other_school": gettext_noop(
        "Unacceptable conduct must be dealt with by the school it affects, not another. Pass it on."
    ),
    "incident.tell_police": gettext_noop(
        "Conduct judged to be against the law must be reported to the police. "
        "Enter the date and reference of the report."
    ),
    "incident.police_told": gettext_noop("It was reported to the police."),
    "incident.go_through_bodies": gettext_noop(
        "Conduct judged to be against the law must be reported to other "
        "appropriate bodies too. Mark each as told or not concerned."
    ),
    "incident.bodies_gone_through": gettext_noop(
        "Each body outside the school was told or is not concerned."
    ),
    "incident.behaviour_policy": gettext_noop(
        "The behaviour policy decides what follows for a pupil, not a procedure for adults. Enter its step."
    ),
    "incident.school_values": gettext_noop(
        "A breach goes against the school’s values. Say so when you write to the person."
    ),
    "incident.protect_federation": gettext_noop(
        "The governing body must act as appropriate to protect the federation’s "
        "name. Its decision is not on record yet."
    ),
    "incident.protect_people": gettext_noop(
        "The governing body must act as appropriate to protect the good name of "
        "the people concerned. Its decision for them is not on record yet."
    ),
    "incident.body_decided": gettext_noop("The governing body’s decision for them is on record."),
    "incident.matter_of_its_own": gettext_noop(
        "Not taking a post down when told to may be a disciplinary matter in itself. Only a person "
        "can decide to start one."
    ),
}
