"""Sentences about knowing the policy, training, questions and reminders; their phrases and labels."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "known.acknowledged": gettext_noop("Has acknowledged the version in force."),
    "known.not_yet": gettext_noop(
        "Has not acknowledged the policy yet. Everybody who is bound has to know it."
    ),
    "known.earlier_only": gettext_noop(
        "Has acknowledged an earlier version only, which does not count for the one in force."
    ),
    "known.declined": gettext_noop(
        "Has been asked and declined to acknowledge the policy. Talk to them about it."
    ),
    "known.opened": gettext_noop("The text was opened to its end."),
    "known.not_opened": gettext_noop(
        "Staff read the policy before they acknowledge it. Go to the part that was not opened yet."
    ),
    "known.not_checked": gettext_noop(
        "Staff make sure that they understand the policy. Answer the few questions on it first."
    ),
    "known.all_right": gettext_noop("Every question on the policy was answered rightly."),
    "known.some_wrong": gettext_noop(
        "{right} of {asked} answers were right. The clause behind each wrong one is shown again; read it."
    ),
    "known.conduct_told": gettext_noop("Knows what conduct is expected."),
    "known.tell_conduct": gettext_noop(
        "Has not acknowledged the version in force. Their manager sees to it that they know what conduct is "
        "expected."
    ),
    "known.signs_reading": gettext_noop("What is signed speaks of having read the policy."),
    "known.signs_contract": gettext_noop(
        "The policy is no term of a contract of employment. Change the words that are signed: they speak of "
        "having read it."
    ),
    "entrust.acknowledged": gettext_noop("Has acknowledged the policy in force."),
    "entrust.not_acknowledged": gettext_noop(
        "Not before they have acknowledged the policy in force. It binds them like everybody else."
    ),
    "entrust.manager_trained": gettext_noop("Managers are trained for the policy; this one is."),
    "entrust.manager_untrained": gettext_noop(
        "Managers are trained so that they can keep to the policy, explain it and act on breaches. Enter the "
        "day of the training and who gave it."
    ),
    "entrust.condition_met": gettext_noop("The training that was asked for is on record."),
    "entrust.condition_open": gettext_noop(
        "Before this person speaks for the school this training was asked for: {topic}. Enter its day."
    ),
    "entrust.never_trained": gettext_noop(
        "No training is on record. Whoever runs procedures or investigates under the policy is trained first."
    ),
    "entrust.trained_on": gettext_noop("Trained on {day}."),
    "entrust.trained_too_long_ago": gettext_noop(
        "The last training was on {day}, longer than the {months} months that were chosen. Train first."
    ),
    "entrust.training_unfit": gettext_noop(
        "The training on record does not fit the task. It has to be about {topic}."
    ),
    "training.nobody_waits": gettext_noop("Nobody is waiting for training."),
    "training.session_to_come": gettext_noop("There is a session in the calendar."),
    "training.arrange": gettext_noop(
        "{number} people are still to be trained, and no session is in the calendar. Arrange one."
    ),
    "training.no_guidance": gettext_noop("There is no guidance on using social media yet. Write it."),
    "training.guidance_current": gettext_noop("This guidance was looked through for the version in force."),
    "training.guidance_old": gettext_noop(
        "This guidance was written for version {version}. Look through it for the version in force."
    ),
    "training.attended": gettext_noop("Was at the training."),
    "training.attend": gettext_noop("Goes to the training on {day}."),
    "training.missed": gettext_noop(
        "Missed the training on {day}. Tell whoever arranges it, and book another session."
    ),
    "training.no_day": gettext_noop("Enter the day of the training."),
    "training.no_version": gettext_noop("Enter which version of the policy the training covered."),
    "training.entered": gettext_noop("The training is on record with its day and the version."),
    "ask.for_you_too": gettext_noop(
        "The policy is there so that everybody uses social media safely: {whom}."
    ),
    "ask.no_contract": gettext_noop(
        "No. The policy is not a term of anybody's contract of employment. What you sign says that you have "
        "read it."
    ),
    "ask.everybodys_job": gettext_noop(
        "Making the policy work is everybody's job, not the office's alone: read it, report misuse, ask."
    ),
    "ask.welcome": gettext_noop(
        "Yes, in principle: the federation wants to use social media well and in whatever form suits the "
        "purpose. Follow the steps for opening an account."
    ),
    "ask.wanted": gettext_noop(
        "Yes. The federation wants to make good use of social media for getting in touch. Ask the "
        "headteacher first."
    ),
    "ask.section_binds": gettext_noop(
        "The rules of this section bind whoever uses social media, also where they say should."
    ),
    "ask.ruled_a_tip": gettext_noop("The {role} has ruled that this rule is meant as advice."),
    "ask.paper_missing": gettext_noop(
        "{paper} stands above this policy and is not on file. Ask the office for it before relying on an "
        "answer."
    ),
    "ask.look_there_first": gettext_noop(
        "Look into {paper} first: it stands above this policy and wins where the two differ."
    ),
    "ask.paper_agrees": gettext_noop("{paper}, which stands above this policy, says nothing against it."),
    "ask.paper_says_no": gettext_noop("By {paper} the answer is no. It stands above this policy and wins."),
    "ask.paper_says_yes": gettext_noop("By {paper} the answer is yes. It stands above this policy and wins."),
    "ask.paper_allows": gettext_noop(
        "A paper that stands above this policy says yes, and wins over what the policy itself says."
    ),
    "ask.clauses_say_no": gettext_noop(
        "No: what you do on social media has to fit this policy, and these rules decide it: {decided_by}."
    ),
    "ask.clauses_say_yes": gettext_noop("It fits this policy: {decided_by}."),
    "ask.rule_missing": gettext_noop("{paper} bears on this too and is not linked. Ask the office for it."),
    "ask.rule_says_no": gettext_noop("By {paper} the answer is no, and what you do has to fit it as well."),
    "ask.rule_allows": gettext_noop("{paper} says nothing against it."),
    "ask.look_there_too": gettext_noop("{paper} bears on this too: look into it as well."),
    "ask.question_put": gettext_noop("The question is with the {role}."),
    "ask.question_goes_to": gettext_noop(
        "No clause answers this. Questions about the policy go to the {role}: send it on."
    ),
    "remind.child_safety": gettext_noop(
        "Keeping children safe comes first, on social media as everywhere: think of every child that can be "
        "seen or recognised."
    ),
    "remind.child_duties": gettext_noop(
        "Whoever makes a site for children keeps the duties to them in mind all the time. Read the page on "
        "them before you go on."
    ),
    "remind.best_for_child": gettext_noop("Whoever decides has said that this is best for the child."),
    "remind.best_for_child_open": gettext_noop(
        "The good of the child always comes first. Say what is best for this child before you decide."
    ),
    "remind.not_best_for_child": gettext_noop(
        "The good of the child always comes first, and this was found not to be best for the child. Decide "
        "otherwise."
    ),
    "remind.safeguarding_law": gettext_noop(
        "Remember that the {law} reaches what you share: protect children and vulnerable adults in it."
    ),
    "remind.it_rules": gettext_noop("Whoever runs an account looks into the {paper} as well."),
    "remind.it_rules_missing": gettext_noop(
        "Whoever runs an account looks into the {paper}, and its text in force is not linked. Ask the office "
        "for it."
    ),
    "remind.trust_in_school": gettext_noop(
        "People must be able to trust what the school decides and provides: {whom}. Read the draft with "
        "their eyes."
    ),
}

NEEDS = {
    "audience.carers": gettext_noop("carers"),
    "audience.children": gettext_noop("children"),
    "audience.federation": gettext_noop("the federation"),
    "audience.parents": gettext_noop("parents"),
    "audience.public": gettext_noop("the public"),
    "audience.pupils": gettext_noop("pupils"),
    "audience.schools of the federation": gettext_noop("the schools of the federation"),
    "audience.staff": gettext_noop("staff"),
    "marker.federation_account": gettext_noop("an account of the federation"),
    "marker.federation_name": gettext_noop("the federation's name"),
    "marker.official_channel": gettext_noop("an official channel"),
    "marker.school_account": gettext_noop("an account of a school"),
    "marker.school_name": gettext_noop("a school's name"),
    "measure.incidents": gettext_noop("incidents"),
    "measure.overdue tasks": gettext_noop("overdue tasks"),
    "measure.training coverage": gettext_noop("how many people are trained"),
    "policy.acknowledge_policy": gettext_noop("acknowledge the policy in force"),
    "policy.acting_holder": gettext_noop("the name of somebody to act in the post"),
    "policy.arrange_training": gettext_noop("arrange training"),
    "policy.attend_training": gettext_noop("go to the training"),
    "policy.authorisation_signature": gettext_noop("the signature on the authorisation"),
    "policy.issued_on": gettext_noop("the day of issue"),
    "policy.look_at_practice": gettext_noop("look at how the policy works"),
    "policy.policy_report": gettext_noop("complete the report on putting the policy into practice"),
    "policy.policy_review": gettext_noop("review the policy"),
    "policy.propose_change": gettext_noop("put forward a change that lowers the risk"),
    "policy.put_question": gettext_noop("send the question on"),
    "policy.review_guidance": gettext_noop("look through the guidance for the version in force"),
    "policy.review_set": gettext_noop("the setting of the review"),
    "policy.role_holder": gettext_noop("the name of somebody for the role"),
    "policy.roll_out_plan": gettext_noop("plan how the version is put into practice"),
    "policy.roll_out_task": gettext_noop("do what puts the version into practice"),
    "policy.send_suggestion": gettext_noop("send the comment or suggestion on"),
    "policy.significant_revisions": gettext_noop("what has changed since the version before"),
    "policy.step_date": gettext_noop("the day or month of it"),
    "policy.talk_about_policy": gettext_noop("a talk about the policy"),
    "policy.tell_conduct": gettext_noop("see to it that they know what conduct is expected"),
    "policy.version_number": gettext_noop("the number of the version"),
    "policy.write_guidance": gettext_noop("write guidance on using social media"),
    "policy.wrong_answers": gettext_noop("read the clauses behind the wrong answers again"),
    "step.agreed": gettext_noop("the agreement to this version"),
    "step.approved": gettext_noop("the approval of this version"),
    "step.authorised": gettext_noop("the authorisation of this version"),
    "whose.children": gettext_noop("children"),
    "whose.governors": gettext_noop("governors"),
    "whose.school": gettext_noop("the school"),
    "whose.staff": gettext_noop("staff"),
    "policy.tool_answered": gettext_noop("a word about the new tool"),
}

SOURCES = {
    "policy_asker": gettext_noop("whoever asks"),
    "governors_of_policy": gettext_noop("the governors"),
    "person_entrusted": gettext_noop("the person concerned"),
    "policy_owner": gettext_noop("whoever keeps the policy"),
    "reader_of_policy": gettext_noop("the person who is to know the policy"),
    "reporter_of_it": gettext_noop("whoever looks into it"),
    "training_keeper": gettext_noop("whoever keeps the training records"),
}

POINTS = {
    "adopted_on": gettext_noop("When it was adopted"),
    "answers_for": gettext_noop("Who answers for the policy"),
    "approved_by": gettext_noop("Who approves the policy"),
    "authorisation_signature": gettext_noop("Signature of the authorisation"),
    "authorised_by": gettext_noop("Who authorises the policy"),
    "authors_named": gettext_noop("Who wrote the policy"),
    "best_for_child": gettext_noop("The good of the child"),
    "bound": gettext_noop("Whether the policy binds this person"),
    "change_any_time": gettext_noop("When the policy may be changed"),
    "changes_stated": gettext_noop("What has changed since the version before"),
    "child_duties": gettext_noop("Duties to children"),
    "child_safety": gettext_noop("Keeping children safe"),
    "comment_on_policy": gettext_noop("Comments on the policy"),
    "conduct_code": gettext_noop("Principles and code of conduct"),
    "conduct_told": gettext_noop("What conduct is expected"),
    "daily_running": gettext_noop("Who runs the policy day by day"),
    "direction_matched": gettext_noop("The governors' direction"),
    "drafter": gettext_noop("Who writes the policy"),
    "effect_measured": gettext_noop("Whether the policy works"),
    "employee_rules": gettext_noop("Rules that speak of employees"),
    "first_review_due": gettext_noop("The first review"),
    "fits_other_rules": gettext_noop("Other rules that bear on it"),
    "fits_this_policy": gettext_noop("This policy's own rules"),
    "good_name_hurt": gettext_noop("The good name of the school and its people"),
    "good_practice_met": gettext_noop("Good practice"),
    "governors_review_due": gettext_noop("The governing body's review"),
    "guidance_there": gettext_noop("Guidance on using social media"),
    "issued_on": gettext_noop("When it was issued"),
    "it_rules": gettext_noop("The acceptable use policy for IT"),
    "joint_review_due": gettext_noop("Reviewing together"),
    "last_review": gettext_noop("Last review"),
    "last_review_stated": gettext_noop("When it was last reviewed"),
    "law_met": gettext_noop("What the law wants"),
    "legal_risk_met": gettext_noop("Legal trouble"),
    "manager_trained": gettext_noop("Training of managers"),
    "message_to_pupils": gettext_noop("Messages to pupils"),
    "no_contract_term": gettext_noop("Not part of a contract"),
    "offline_too": gettext_noop("Online as in person"),
    "other_parts": gettext_noop("The other parts of the policy"),
    "owner_in_post": gettext_noop("Who keeps the policy"),
    "papers_above": gettext_noop("Papers that stand above the policy"),
    "person_hurt": gettext_noop("People who were harmed"),
    "plan_reflected": gettext_noop("The school's development plan"),
    "policy_acknowledged": gettext_noop("Has acknowledged the policy"),
    "policy_known": gettext_noop("Knowing the policy"),
    "policy_opened": gettext_noop("Reading the policy"),
    "policy_understood": gettext_noop("Understanding the policy"),
    "practice_review_due": gettext_noop("Review of how the policy works"),
    "practice_watched": gettext_noop("An eye on how the policy works"),
    "private_post": gettext_noop("Private posts"),
    "professional_use": gettext_noop("Professional communication"),
    "question_to": gettext_noop("Where questions go"),
    "reaches_school": gettext_noop("Schools that the policy reaches"),
    "review_by_need": gettext_noop("Review by need"),
    "review_due": gettext_noop("Review of the policy"),
    "risks_lowered": gettext_noop("Risks and what would lower them"),
    "roll_out": gettext_noop("Putting the policy into practice"),
    "safeguarding_law": gettext_noop("The law on protecting vulnerable people"),
    "speaks_for": gettext_noop("Whether it speaks for the school"),
    "staff_rules": gettext_noop("Rules for staff"),
    "suggestion_for_policy": gettext_noop("Suggestions for the policy"),
    "suggestion_to": gettext_noop("Where suggestions go"),
    "technology": gettext_noop("New technology"),
    "title_names": gettext_noop("The federation's name"),
    "told": gettext_noop("The answer"),
    "tool_covered": gettext_noop("Which tools are covered"),
    "trained_regularly_cases": gettext_noop("Training of those who investigate"),
    "trained_regularly_procedures": gettext_noop("Training of those who run procedures"),
    "trained_to_speak": gettext_noop("Training before speaking for the school"),
    "training_arranged": gettext_noop("Training on offer"),
    "training_attended": gettext_noop("Going to the training"),
    "training_entries": gettext_noop("Records of training"),
    "training_fits": gettext_noop("Training that fits the task"),
    "trust_in_school": gettext_noop("Trust in what the school says"),
    "unmarked_rules": gettext_noop("Rules without a star"),
    "use_covered": gettext_noop("Work and private use"),
    "version_number": gettext_noop("Number of the version"),
    "virtual_world": gettext_noop("Virtual worlds"),
}
