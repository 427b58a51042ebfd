"""Sentences on discipline and on judged conduct, and the phrases and labels of everything about incidents."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
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
}

SOURCES = {
    "incident.reporter": gettext_noop("the person who noticed the matter"),
    "incident.assessor": gettext_noop("the person assessing the report"),
    "incident.handler": gettext_noop("the person dealing with the case"),
    "incident.suspect": gettext_noop("the person suspected"),
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
}
