"""Sentences on discipline and on judged conduct, and the phrases and labels of everything about incidents."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "discipline.only_after_breach": gettext_noop(
        "Action under the {procedure} can only follow once a breach was found."
    ),
    "discipline.may_follow": gettext_noop(
        "A breach was found: action under the {procedure} may follow, but need not."
    ),
    "discipline.not_employed": gettext_noop(
        "The policy names the {procedure} for everybody who breaks the code, yet this person is not "
        "employed. Whether it can be used needs a ruling."
    ),
    "discipline.for_unlawful": gettext_noop(
        "Unlawful conduct may have disciplinary consequences as well. Decide yes or no, and write down why."
    ),
    "discipline.rank": gettext_noop("A breach of the policy is put down as: {rank}."),
    "discipline.rank_open": gettext_noop("A breach was found: it may be put down as {rank}, but need not."),
    "discipline.rank_after_breach": gettext_noop(
        "It can only be put down as {rank} once a breach was found."
    ),
    "discipline.dismissal_open": gettext_noop(
        "Conduct put down as {rank} can end in dismissal. A named person decides, not the program."
    ),
    "discipline.dismissal_only_if": gettext_noop(
        "Under this policy it can only end in dismissal where it is put down as {rank}."
    ),
    "discipline.named_person": gettext_noop(
        "A breach can lead to discipline, but only a named person decides that, with reasons. Enter both."
    ),
    "discipline.can_follow": gettext_noop(
        "A breach can lead to discipline, in the worst case to dismissal. A named person has decided it, "
        "with reasons."
    ),
    "discipline.follows": gettext_noop(
        "An employee who broke a listed policy faces disciplinary action. A named person has to decide "
        "before the case is closed."
    ),
    "discipline.decided": gettext_noop("A disciplinary decision by a named person is on record."),
    "discipline.none_needs_reasons": gettext_noop(
        "No action departs from the policy's sentence that discipline follows. Write down the reasons."
    ),
    "discipline.departs": gettext_noop(
        "No action, with reasons, decided by the {role}: this departs from the sentence that discipline "
        "follows."
    ),
    "discipline.none_is_open": gettext_noop(
        "One sentence of the policy leaves discipline open, another says that it follows. Whether no "
        "action is enough is for the {role} to say."
    ),
    "discipline.others_open": gettext_noop(
        "The sentence that discipline follows speaks of employees. Whether it applies to somebody who is "
        "not employed needs a ruling."
    ),
    "conduct.threatening": gettext_noop(
        "Nobody threatens the school or people linked to it. Enter it in the case as a threat."
    ),
    "conduct.inappropriate": gettext_noop(
        "Nobody makes improper remarks about the school or people linked to it."
    ),
    "conduct.defamatory_comment": gettext_noop(
        "Defamatory remarks fall under the ban on what may harm the federation's name."
    ),
    "conduct.attack": gettext_noop("Employees do not attack colleagues or students on social networks."),
    "conduct.attack_parents": gettext_noop(
        "Employees do not attack parents of students on social networks either."
    ),
    "conduct.abuse": gettext_noop("Employees do not abuse colleagues or students on social networks."),
    "conduct.abuse_parents": gettext_noop(
        "Employees do not abuse parents of students on social networks either."
    ),
    "conduct.discuss_parents": gettext_noop(
        "Employees do not even discuss parents of students on social networks."
    ),
    "conduct.undermine": gettext_noop("Staff say nothing that weakens school policy."),
    "conduct.bullying": gettext_noop("Employees do not bully or harass colleagues through social media."),
    "conduct.discriminating": gettext_noop(
        "Employees do not use social media to discriminate unlawfully, against colleagues or anybody else."
    ),
    "conduct.against_policy": gettext_noop(
        "Employees do not use social media against the {policy}. Version in force that day: {version}."
    ),
    "conduct.pestering": gettext_noop(
        "That a member of staff pesters or targets another may be a disciplinary matter. A person decides "
        "whether it is."
    ),
}

NEEDS = {
    "incident.report": gettext_noop("telling those whom the policy names"),
    "incident.open_report": gettext_noop("opening the report"),
    "incident.report_by_route": gettext_noop("reporting it by the agreed way"),
    "incident.ask_advice": gettext_noop("asking somebody for advice"),
    "incident.report_child": gettext_noop("reporting it to the safeguarding officer"),
    "incident.tell_authorities": gettext_noop("telling the authorities"),
    "incident.bring_in_colleague": gettext_noop("bringing the colleague in"),
    "incident.bring_in_outside_body": gettext_noop("bringing the outside body in"),
    "incident.take_up": gettext_noop("taking the report up"),
    "incident.contain": gettext_noop("protecting the confidential information"),
    "incident.contain_reputation": gettext_noop("keeping the harm to the name small"),
    "incident.investigate": gettext_noop("an investigation in full"),
    "incident.help": gettext_noop("helping the investigation"),
    "incident.act": gettext_noop("acting on conduct that fell short"),
    "incident.other_way": gettext_noop("another way to report it"),
    "incident.was_brought_in": gettext_noop("whether they were brought in"),
    "incident.set_aside_because": gettext_noop("whether the case is to be put aside, and why"),
    "incident.police_report": gettext_noop("date and reference of the report to the police"),
    "incident.routes": gettext_noop("which procedure is used"),
    "incident.behaviour_step": gettext_noop("the step of the behaviour policy"),
    "incident.harmed_reputations": gettext_noop("whose name was harmed"),
    "incident.decided_by": gettext_noop("the person who decided it"),
}

SOURCES = {
    "incident.reporter": gettext_noop("whoever noticed it"),
    "incident.assessor": gettext_noop("whoever assesses it"),
    "incident.handler": gettext_noop("whoever deals with the case"),
    "incident.suspect": gettext_noop("the person under suspicion"),
}

POINTS = {
    "senior_told": gettext_noop("Telling somebody senior"),
    "line_manager_told": gettext_noop("Telling the line manager"),
    "time_to_report": gettext_noop("How soon it is reported"),
    "safeguarding_officer_told": gettext_noop("Telling the safeguarding officer"),
    "authorities_told": gettext_noop("Telling the authorities"),
    "abuse_by_colleague": gettext_noop("Abuse by a colleague"),
    "mistake_reported": gettext_noop("Mistakes"),
    "advice_sought": gettext_noop("Asking for advice"),
    "way_to_report": gettext_noop("The way to report"),
    "staff_may_report": gettext_noop("Who may report"),
    "account_put_right": gettext_noop("Undoing the abuse of an account"),
    "staff_protected": gettext_noop("Protection of staff"),
    "first_assessment": gettext_noop("The first assessment"),
    "gravity": gettext_noop("How grave it is"),
    "colleagues_brought_in": gettext_noop("Colleagues brought in"),
    "outside_bodies_brought_in": gettext_noop("Outside bodies brought in"),
    "safeguarding_mark": gettext_noop("The safeguarding mark"),
    "policy_kept_with_case": gettext_noop("The other policy that bears on it"),
    "taken_up": gettext_noop("Taking the report up"),
    "same_for_all": gettext_noop("The same for everybody"),
    "hours_and_equipment": gettext_noop("Out of hours, on one's own device"),
    "confidential_contained": gettext_noop("Protecting confidential information"),
    "reputation_contained": gettext_noop("Keeping harm to the name small"),
    "lead_investigator": gettext_noop("Who leads the investigation"),
    "full_investigation": gettext_noop("Investigated in full"),
    "suspect_helps": gettext_noop("Help from the person under suspicion"),
    "passwords": gettext_noop("Passwords"),
    "login_details": gettext_noop("Login details"),
    "manager_acts": gettext_noop("What the manager does"),
    "accused_protected": gettext_noop("Fairness to whoever is accused"),
    "private_password": gettext_noop("No private password"),
    "escalation": gettext_noop("Taking it further up"),
    "fitting_action": gettext_noop("Fitting action"),
    "in_house": gettext_noop("Dealt with in-house"),
    "police": gettext_noop("The police"),
    "outside_bodies": gettext_noop("Other bodies told"),
    "discipline": gettext_noop("Discipline"),
    "breach_rank": gettext_noop("How grave the breach is"),
    "dismissal": gettext_noop("Dismissal"),
    "named_decider": gettext_noop("A named person decides"),
    "discipline_of_others": gettext_noop("People who are not employed"),
    "behaviour_policy": gettext_noop("The behaviour policy"),
    "school_values": gettext_noop("What the school stands for"),
    "federation_reputation": gettext_noop("The federation's name"),
    "peoples_reputation": gettext_noop("The name of the people concerned"),
    "refused_take_down": gettext_noop("Not taken down when told to"),
    "threats": gettext_noop("Threats"),
    "improper_remarks": gettext_noop("Improper remarks"),
    "defamatory_remarks": gettext_noop("Defamatory remarks"),
    "bullying": gettext_noop("Bullying and harassment"),
    "discrimination": gettext_noop("Discrimination"),
    "other_policies": gettext_noop("Other policies of the school"),
    "attacks": gettext_noop("Attacks"),
    "abuse_of_people": gettext_noop("Abuse"),
    "parents_protected": gettext_noop("Parents of students"),
    "weakening_policy": gettext_noop("Weakening school policy"),
    "pestering": gettext_noop("Pestering and targeting"),
}
