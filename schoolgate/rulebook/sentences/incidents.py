"""Sentences about incidents, conduct and personal data breaches."""

from schoolgate.rulebook.sentences import gettext_noop

SOURCES = {
    "incident.reporter": gettext_noop("the person who noticed the matter"),
    "incident.assessor": gettext_noop("the person assessing the report"),
    "incident.handler": gettext_noop("the person dealing with the case"),
    "incident.suspect": gettext_noop("the person suspected"),
}


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
    "discipline.only_after_breach": gettext_noop(
        "Action under the {procedure} can follow only after a breach has been found."
    ),
    "discipline.may_follow": gettext_noop(
        "A breach was found. Action under the {procedure} may follow, but doesn’t have to."
    ),
    "discipline.not_employed": gettext_noop(
        "The policy names the {procedure} for everyone who breaks the code, but "
        "this person is not an employee. Ask for a ruling on whether it can be "
        "used."
    ),
    "discipline.for_unlawful": gettext_noop(
        "Unlawful conduct may also have disciplinary consequences. Decide yes or no, and write down why."
    ),
    "discipline.rank": gettext_noop("A breach of the policy is classed as: {rank}."),
    "discipline.rank_open": gettext_noop(
        "A breach was found. It may be classed as {rank}, but doesn’t have to be."
    ),
    "discipline.rank_after_breach": gettext_noop(
        "It can be classed as {rank} only after a breach has been found."
    ),
    "discipline.dismissal_open": gettext_noop(
        "Conduct classed as {rank} can end in dismissal. A named person decides, not the software."
    ),
    "discipline.dismissal_only_if": gettext_noop(
        "Under this policy it can end in dismissal only if it is classed as {rank}."
    ),
    "discipline.named_person": gettext_noop(
        "A breach can lead to disciplinary action, but only a named person can "
        "decide that, with reasons. Enter both."
    ),
    "discipline.can_follow": gettext_noop(
        "A breach can lead to disciplinary action and, at worst, dismissal. A "
        "named person has decided it, with reasons."
    ),
    "discipline.follows": gettext_noop(
        "An employee who broke a listed policy faces disciplinary action. A "
        "named person must decide before the case is closed."
    ),
    "discipline.decided": gettext_noop("A disciplinary decision by a named person is on record."),
    "discipline.none_needs_reasons": gettext_noop(
        "Taking no action departs from the policy, which says that disciplinary "
        "action follows. Write down the reasons."
    ),
    "discipline.departs": gettext_noop(
        "No action, with reasons, decided by the {role}. This departs from the "
        "policy, which says that disciplinary action follows."
    ),
    "discipline.none_is_open": gettext_noop(
        "One sentence of the policy leaves disciplinary action open and another "
        "says it follows. The {role} must say whether no action is enough."
    ),
    "discipline.others_open": gettext_noop(
        "The policy says disciplinary action follows for employees. Ask for a "
        "ruling on whether this applies to someone who isn’t employed."
    ),
    "conduct.threatening": gettext_noop(
        "No one may threaten the school or people linked to it. Enter it in the case as a threat."
    ),
    "conduct.inappropriate": gettext_noop(
        "No one may make improper remarks about the school or people linked to it."
    ),
    "conduct.defamatory_comment": gettext_noop(
        "Defamatory remarks come under the ban on anything that may harm the federation’s name."
    ),
    "conduct.attack": gettext_noop("Employees must not attack colleagues or students on social networks."),
    "conduct.attack_parents": gettext_noop(
        "Employees must not attack students’ parents on social networks either."
    ),
    "conduct.abuse": gettext_noop("Employees must not abuse colleagues or students on social networks."),
    "conduct.abuse_parents": gettext_noop(
        "Employees must not abuse students’ parents on social networks either."
    ),
    "conduct.discuss_parents": gettext_noop(
        "Employees must not even discuss students’ parents on social networks."
    ),
    "conduct.undermine": gettext_noop("Staff must not say anything that weakens school policy."),
    "conduct.bullying": gettext_noop("Employees must not bully or harass colleagues through social media."),
    "conduct.discriminating": gettext_noop(
        "Employees must not use social media to discriminate unlawfully against colleagues or anyone else."
    ),
    "conduct.against_policy": gettext_noop(
        "Employees must not use social media in ways that breach the {policy}. "
        "Version in force that day: {version}."
    ),
    "conduct.pestering": gettext_noop(
        "Pestering or targeting of staff by other staff may be a disciplinary "
        "matter. A person decides whether it is."
    ),
    "breach.risk_judged": gettext_noop("Someone must assess the risk to the people affected."),
    "breach.tell_authority": gettext_noop(
        "Tell the ICO within 72 hours of becoming aware, unless a risk to people is unlikely. Weekends and "
        "holidays count."
    ),
    "breach.authority_told": gettext_noop("The ICO was told."),
    "breach.authority_need_not": gettext_noop("A risk to people is unlikely, so the ICO need not be told."),
    "breach.in_time": gettext_noop("Within 72 hours of becoming aware."),
    "breach.delay_explained": gettext_noop("Later than 72 hours, with the reasons for the delay."),
    "breach.late": gettext_noop("Later than 72 hours after becoming aware. Give the reasons for the delay."),
    "breach.people_told": gettext_noop("The people affected were told."),
    "breach.people_need_not": gettext_noop(
        "The risk is high, but one of the law’s exceptions applies, so you don’t need to tell "
        "people individually."
    ),
    "breach.tell_people": gettext_noop(
        "The risk to people is likely to be high. Tell them without undue delay."
    ),
    "breach.documented": gettext_noop(
        "Every breach must be documented: what happened, its effects and what was done, whether the ICO was "
        "told or not."
    ),
    "breach.content": gettext_noop(
        "The report to the ICO describes the breach, its consequences and what you’ve done. Send anything "
        "missing as soon as you know it."
    ),
}

NEEDS = {
    "incident.report": gettext_noop("telling the people named in the policy"),
    "incident.open_report": gettext_noop("opening the report"),
    "incident.report_by_route": gettext_noop("reporting by the agreed route"),
    "incident.ask_advice": gettext_noop("asking someone for advice"),
    "incident.report_child": gettext_noop("reporting to the safeguarding officer"),
    "incident.tell_authorities": gettext_noop("telling the authorities"),
    "incident.record": gettext_noop("making a record of what happened"),
    "incident.save_evidence": gettext_noop("saving the evidence"),
    "incident.bring_in_colleague": gettext_noop("involving the colleague"),
    "incident.bring_in_outside_body": gettext_noop("involving the outside body"),
    "incident.take_up": gettext_noop("dealing with the report"),
    "incident.contain": gettext_noop("protecting the confidential information"),
    "incident.contain_reputation": gettext_noop("limiting harm to the school’s name"),
    "incident.investigate": gettext_noop("a full investigation"),
    "incident.help": gettext_noop("helping the investigation"),
    "incident.act": gettext_noop("acting on conduct below the standard"),
    "incident.other_way": gettext_noop("another way to report it"),
    "incident.was_brought_in": gettext_noop("whether they are involved"),
    "incident.set_aside_because": gettext_noop("whether you want to drop the case, and why"),
    "incident.police_report": gettext_noop("the date and reference of the report to the police"),
    "incident.routes": gettext_noop("which procedure is used"),
    "incident.behaviour_step": gettext_noop("the step of the behaviour policy"),
    "incident.harmed_reputations": gettext_noop("whose name was harmed"),
    "incident.decided_by": gettext_noop("the person who decided"),
    "breach.risk": gettext_noop("the risk to the people affected"),
    "breach.tell_authority": gettext_noop("telling the ICO"),
    "breach.delay": gettext_noop("the reasons for the delay"),
    "breach.tell_people": gettext_noop("telling the people affected"),
}

POINTS = {
    "senior_told": gettext_noop("Telling senior staff"),
    "recorded": gettext_noop("A record of what happened"),
    "evidence_kept": gettext_noop("Saving the evidence"),
    "seen_by_two": gettext_noop("Looking at evidence"),
    "line_manager_told": gettext_noop("Telling the line manager"),
    "time_to_report": gettext_noop("How soon to report"),
    "safeguarding_officer_told": gettext_noop("Telling the safeguarding officer"),
    "authorities_told": gettext_noop("Telling the authorities"),
    "abuse_by_colleague": gettext_noop("Abuse by a colleague"),
    "mistake_reported": gettext_noop("Mistakes"),
    "advice_sought": gettext_noop("Asking for advice"),
    "way_to_report": gettext_noop("How to report"),
    "staff_may_report": gettext_noop("Who may report"),
    "account_put_right": gettext_noop("Putting right abuse of an account"),
    "staff_protected": gettext_noop("Protecting staff"),
    "first_assessment": gettext_noop("First assessment"),
    "gravity": gettext_noop("How serious it is"),
    "colleagues_brought_in": gettext_noop("Colleagues involved"),
    "outside_bodies_brought_in": gettext_noop("Outside bodies involved"),
    "safeguarding_mark": gettext_noop("Safeguarding mark"),
    "policy_kept_with_case": gettext_noop("Other policy that applies"),
    "taken_up": gettext_noop("Dealing with the report"),
    "same_for_all": gettext_noop("The same for everyone"),
    "hours_and_equipment": gettext_noop("Out of hours, on your own device"),
    "confidential_contained": gettext_noop("Protecting confidential information"),
    "reputation_contained": gettext_noop("Limiting harm to the school’s name"),
    "lead_investigator": gettext_noop("Who leads the investigation"),
    "full_investigation": gettext_noop("Full investigation"),
    "suspect_helps": gettext_noop("Help from the person suspected"),
    "passwords": gettext_noop("Passwords"),
    "login_details": gettext_noop("Login details"),
    "manager_acts": gettext_noop("Manager’s action"),
    "accused_protected": gettext_noop("Fairness to the accused person"),
    "private_password": gettext_noop("No private passwords"),
    "escalation": gettext_noop("Escalation"),
    "fitting_action": gettext_noop("Appropriate action"),
    "in_house": gettext_noop("Dealt with in-house"),
    "police": gettext_noop("Police"),
    "outside_bodies": gettext_noop("Telling other bodies"),
    "discipline": gettext_noop("Discipline"),
    "breach_rank": gettext_noop("How serious the breach is"),
    "dismissal": gettext_noop("Dismissal"),
    "named_decider": gettext_noop("A named person decides"),
    "discipline_of_others": gettext_noop("People who are not employees"),
    "behaviour_policy": gettext_noop("Behaviour policy"),
    "school_values": gettext_noop("School’s values"),
    "federation_reputation": gettext_noop("The federation’s name"),
    "peoples_reputation": gettext_noop("Good name of the people concerned"),
    "refused_take_down": gettext_noop("Refusing to take a post down"),
    "threats": gettext_noop("Threats"),
    "improper_remarks": gettext_noop("Improper remarks"),
    "defamatory_remarks": gettext_noop("Defamatory remarks"),
    "bullying": gettext_noop("Bullying and harassment"),
    "discrimination": gettext_noop("Discrimination"),
    "other_policies": gettext_noop("Other school policies"),
    "attacks": gettext_noop("Attacks"),
    "abuse_of_people": gettext_noop("Abuse"),
    "parents_protected": gettext_noop("Students’ parents"),
    "weakening_policy": gettext_noop("Weakening school policy"),
    "pestering": gettext_noop("Pestering and targeting"),
    "breach_risk": gettext_noop("Risk to people"),
    "breach_authority": gettext_noop("Telling the ICO"),
    "breach_delay": gettext_noop("The 72 hours"),
    "breach_people": gettext_noop("Telling the people"),
    "breach_documented": gettext_noop("The record of the breach"),
    "breach_content": gettext_noop("What the report to the ICO contains"),
}
