"""Sentences about the policy: who it binds, what it covers, how it is adopted, and who must know it."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "record.kept_until": gettext_noop("It is kept until the end of {day}."),
    "record.time_over": gettext_noop("The time to keep it is over."),
    "scope.bound_by_policy": gettext_noop("This policy applies to this person."),
    "scope.bound_by_staff_rules": gettext_noop("The rules written for staff apply to this person."),
    "scope.bound_by_code": gettext_noop(
        "The principles and the code of conduct apply to this person whenever they use social networks."
    ),
    "scope.bound_by_access": gettext_noop(
        "Anyone with access to the trust’s communication systems or equipment "
        "must follow this policy, including people from outside."
    ),
    "scope.takes_part": gettext_noop(
        "The policy names only staff, but its rules on conduct and accounts "
        "mention everyone who takes part. It doesn’t say whether it applies to "
        "this person. Ask for a ruling before you continue."
    ),
    "scope.ruled_bound": gettext_noop("The {role} has ruled that this applies to this person."),
    "scope.reached_by_unmarked": gettext_noop("This rule applies to every member of staff."),
    "scope.reached_by_employees": gettext_noop("Every employee is expected to follow the policy."),
    "scope.unmarked_open": gettext_noop(
        "The policy says its requirements apply to all staff. It doesn’t say "
        "whether a rule without a star also applies to governors, Friends and "
        "volunteers. Ask for a ruling."
    ),
    "scope.employees_open": gettext_noop(
        "The rule mentions employees, and this person works for the trust "
        "without being an employee. Ask for a ruling on whether it applies to "
        "them."
    ),
    "scope.every_school": gettext_noop("The policy applies at this school: it covers {schools}."),
    "covers.represents_direct": gettext_noop(
        "Covered: it speaks openly for the school. Decide it under this policy."
    ),
    "covers.represents_indirect": gettext_noop(
        "Covered: it speaks for the school by implication, even if it never "
        "names the school. Record the reason with the case."
    ),
    "covers.professional": gettext_noop(
        "Covered as a professional communication, because of {what}. Check that "
        "the account is on the register."
    ),
    "covers.private": gettext_noop("Covered even though the account is private, because it {what}."),
    "covers.standards_open": gettext_noop(
        "This private post doesn’t mention or affect the school, but may still "
        "damage professional standards. One sentence of the policy covers it and "
        "another leaves it out. Ask for a ruling."
    ),
    "covers.federation_only": gettext_noop(
        "This private post mentions the federation but no school. The policy "
        "doesn’t cover private posts that don’t mention the school, but "
        "elsewhere it includes the federation. Ask for a ruling."
    ),
    "covers.ruled_covered": gettext_noop("The {role} has ruled that this is covered."),
    "covers.message_to_pupils": gettext_noop(
        "Covered: this policy applies to anything staff send to pupils digitally."
    ),
    "covers.tool_named": gettext_noop("Covered: the policy names {tool}."),
    "covers.tool_kind": gettext_noop("Covered: the policy names this kind of tool."),
    "covers.tool_alike": gettext_noop(
        "Covered: the policy’s list is open-ended, and this is similar to the tools on it."
    ),
    "covers.any_posting": gettext_noop(
        "Covered, whatever it’s called: the policy applies to everything posted on the internet."
    ),
    "covers.unforeseen": gettext_noop(
        "The principles also apply here, on a type of media the policy didn’t "
        "foresee. Enter it as not yet listed. Every check applies."
    ),
    "covers.many_principles": gettext_noop(
        "Many of the principles also apply in virtual worlds. The policy doesn’t say which."
    ),
    "covers.which_principles": gettext_noop(
        "The policy doesn’t say whether this principle applies in a virtual world. Ask for a ruling."
    ),
    "covers.use_business": gettext_noop("The policy covers use for work."),
    "covers.use_personal": gettext_noop("The policy also covers private use."),
    "covers.use_either": gettext_noop("The policy covers both use for work and private use."),
    "covers.other_parts": gettext_noop(
        "Every other part of the policy still applies to use for work. Approval "
        "of a site doesn’t switch off any rule."
    ),
    "covers.offline_too": gettext_noop(
        "What is written online is judged like what is said in person: what "
        "breaches {policies} there breaches it here."
    ),
    "covers.harm_legal": gettext_noop(
        "The policy exists to prevent legal trouble for the federation. Enter the case as a legal risk."
    ),
    "covers.harm_name": gettext_noop(
        "The policy exists to protect the good name of {whose}. Enter whose good name was harmed."
    ),
    "covers.harm_person": gettext_noop(
        "The policy exists to protect {whose}. Enter who was harmed, adult or child."
    ),
    "adopt.drafts": gettext_noop("The {role} develops the policy."),
    "adopt.not_the_drafter": gettext_noop(
        "The {role} develops the policy. Send them your changes instead of drafting them yourself."
    ),
    "adopt.approved": gettext_noop("The {role} have approved this version."),
    "adopt.not_approved": gettext_noop(
        "The {role} have not approved this version. It can’t come into force "
        "until you enter the month they approved it."
    ),
    "adopt.approved_by_another": gettext_noop(
        "This version was approved by others, not by the {role}. Ask for their "
        "approval. Until then it can’t come into force."
    ),
    "adopt.agreed": gettext_noop("The {role} has agreed this version."),
    "adopt.not_agreed": gettext_noop(
        "The {role} has not agreed this version. It can’t come into force until you enter its agreement."
    ),
    "adopt.agreed_by_another": gettext_noop(
        "This version was agreed by others, not by the {role}. Ask for its "
        "agreement. Until then it can’t come into force."
    ),
    "adopt.authorised": gettext_noop("The {role} has authorised this version."),
    "adopt.not_authorised": gettext_noop(
        "The {role} has not authorised this version. It can’t come into force "
        "until you enter the authorisation."
    ),
    "adopt.authorised_by_another": gettext_noop(
        "This version was authorised by someone other than the {role}. It can’t "
        "come into force until the {role} has authorised it."
    ),
    "adopt.no_date": gettext_noop("Enter the day or month the {role} did this."),
    "adopt.other_date": gettext_noop(
        "The issued text says {printed}. Enter that, or say that the text has changed."
    ),
    "adopt.other_value": gettext_noop(
        "The issued text says {printed}. Enter that, or say that the text has changed."
    ),
    "adopt.number_taken": gettext_noop(
        "The issued text is version {printed}. A changed text is a new version, "
        "and the earlier one remains available."
    ),
    "adopt.as_printed": gettext_noop("On record: {printed}."),
    "adopt.no_adopted_on": gettext_noop("Enter the day or month this version was adopted."),
    "adopt.no_issued_on": gettext_noop("Enter the day this version was issued."),
    "adopt.no_version_number": gettext_noop("Enter this version’s number."),
    "adopt.changes_stated": gettext_noop("It says what has changed since the last version."),
    "adopt.changes_missing": gettext_noop(
        "Say what has changed materially since the last version. Without this, the version won’t be accepted."
    ),
    "adopt.no_last_review": gettext_noop("Enter the month of the last review before this version."),
    "adopt.last_reviewed": gettext_noop("It says when it was last reviewed."),
    "adopt.direction_open": gettext_noop(
        "No one has confirmed that this version reflects the governors’ direction. Ask a named "
        "governor to confirm it when they approve the version."
    ),
    "adopt.direction_confirmed": gettext_noop("Confirmed: it reflects the governors’ direction."),
    "adopt.direction_missed": gettext_noop(
        "The governors said that this version does not reflect their direction. Change it and ask again."
    ),
    "adopt.no_author": gettext_noop("Name the author of this version. There may be more than one."),
    "adopt.authors_missing": gettext_noop(
        "The issued text names {wanted} authors. Entered so far: {given}. Enter all of them."
    ),
    "adopt.authors_named": gettext_noop("It names its authors."),
    "adopt.name_missing": gettext_noop(
        "The federation’s name {name} is missing, so people searching for it won’t find the policy."
    ),
    "adopt.names_carried": gettext_noop("It gives the federation’s name in both forms."),
    "adopt.answers_for": gettext_noop(
        "Someone is named for the {role}, which is accountable for the policy."
    ),
    "adopt.nobody_answers": gettext_noop(
        "The {role} is accountable for the policy as a whole, but no one is "
        "named for it. Name someone before the policy comes into force."
    ),
    "adopt.change_any_time": gettext_noop(
        "The policy may be changed at any time. The earlier version remains available with its dates."
    ),
    "status.review_later": gettext_noop("The next review is not due yet. The deadline is {day}."),
    "status.review_due": gettext_noop("The {role} must review the policy by {day}."),
    "status.review_overdue": gettext_noop(
        "The review by the {role} was due by {day} and has not been entered. The "
        "policy still applies. Do the review and enter its date."
    ),
    "status.reviewed": gettext_noop("The {role} has reviewed it."),
    "status.reviewed_together": gettext_noop("Both have reviewed it in time."),
    "status.half_done": gettext_noop(
        "Half done: the {other} has reviewed the policy, but the review by the "
        "{role} was due by {day}. Ask the {role} for it."
    ),
    "status.reviewed_since": gettext_noop("It has been reviewed since its text was issued."),
    "status.never_reviewed": gettext_noop(
        "No review has been recorded since the one stated in the text, and the "
        "next was due by {day}. The policy still applies. Tell those who review "
        "it."
    ),
    "status.none_so_far": gettext_noop("Last review: none yet."),
    "status.last_review": gettext_noop("Last review: {day}."),
    "status.no_review_to_state": gettext_noop(
        "A last review date is entered, but no review is on record. Leave it "
        "empty: the date of issue is not a review."
    ),
    "status.in_post": gettext_noop("The post of {role} is filled."),
    "status.several_in_post": gettext_noop(
        "Several schools have their own person in this post, and the policy "
        "isn’t consistent on whether one acts for all. Ask for a ruling."
    ),
    "status.no_owner": gettext_noop(
        "The post of {role}, which is accountable for the policy, is vacant. "
        "Tell the governors, and enter who takes it on."
    ),
    "status.vacant": gettext_noop(
        "The post of {role}, who runs the policy day to day, is vacant. Final "
        "approvals wait until someone is named to act."
    ),
    "status.plan_roll_out": gettext_noop(
        "There is no plan yet for putting this version into practice. Enter what will be done and by when."
    ),
    "status.rolled_out": gettext_noop("Done."),
    "status.roll_out": gettext_noop("This must still be done to put the version into practice."),
    "status.roll_out_by": gettext_noop("This must be done by {day} to put the version into practice."),
    "status.roll_out_late": gettext_noop(
        "This was due by {day}, {days} days ago, to put the version into "
        "practice. The {role} must deal with it."
    ),
    "status.no_plan": gettext_noop(
        "There is no development plan on file for {school}. Enter the current one."
    ),
    "status.plan_reflected": gettext_noop("The policy reflects the school’s current plan."),
    "status.plan_replaced": gettext_noop(
        "The policy reflected an earlier plan of {school}. The person who confirmed this must check again."
    ),
    "status.plan_not_checked": gettext_noop(
        "No one has checked whether the policy reflects the development plan of "
        "{school}. Check, and record the result."
    ),
    "status.measured": gettext_noop("The report measures whether the policy works."),
    "status.not_measured": gettext_noop(
        "The report on putting the policy into practice leaves out {missing}. Add these for each school."
    ),
    "status.signed": gettext_noop("A signed copy of the authorisation is on file."),
    "status.unsigned": gettext_noop(
        "Signature missing: the authorisation has a space for the {role}'s signature. Attach a signed copy."
    ),
    "status.delegated": gettext_noop("The {other} delegated this to the {role}, and that is on record."),
    "status.not_delegated": gettext_noop(
        "The {other} delegates the daily running to the {role}. No delegation that counts today is on record."
    ),
    "status.look": gettext_noop(
        "The {role} must monitor how the policy works. The policy doesn’t say how often, so choose."
    ),
    "status.look_by": gettext_noop("The {role} must check how the policy works by {day}, the date chosen."),
    "status.never_looked": gettext_noop(
        "The {role} has not yet checked how the policy works. Open the overview."
    ),
    "status.not_looked": gettext_noop(
        "The overview was due to be opened by {day} (chosen: every {days} days). Remind the {role}."
    ),
    "status.change_proposed": gettext_noop("A change to reduce this risk has been proposed."),
    "status.propose_change": gettext_noop(
        "This risk has been seen. Propose a change that would reduce it, and give the reason."
    ),
    "review.by_need": gettext_noop(
        "A review may also be set when needed. Once it is closed, the next regular review is counted from it."
    ),
    "review.set_by_both": gettext_noop(
        "A review when needed is set by {roles} together, and the {role} has not set it yet."
    ),
    "review.no_reason": gettext_noop("Give the reason for this review."),
    "review.law_open": gettext_noop(
        "Before you close the review, enter whether the policy meets the law, who checked it and when."
    ),
    "review.law_checked": gettext_noop("A check on whether the policy meets the law was made on {day}."),
    "review.practice_open": gettext_noop(
        "Before you close the review, name what the policy was compared with, so "
        "that it reflects good practice."
    ),
    "review.practice_compared": gettext_noop("The review names what the policy was compared with."),
    "review.tool_answered": gettext_noop("The review covers this new tool."),
    "review.tool_open": gettext_noop(
        "This tool has appeared since the last review. Technology changes "
        "quickly, so say something about it in the review."
    ),
    "suggest.comment": gettext_noop(
        "Staff may comment on the policy. The comment is saved for the next review."
    ),
    "suggest.suggestion": gettext_noop(
        "Staff may suggest improvements. The next review says what happens to each suggestion."
    ),
    "suggest.sent": gettext_noop("It has been sent to the {role}."),
    "suggest.goes_to": gettext_noop("Comments and suggestions should go to the {role}. Send it to them."),
    "known.acknowledged": gettext_noop("Has acknowledged the current version."),
    "known.not_yet": gettext_noop(
        "Has not acknowledged the policy yet. Everyone it applies to must know it."
    ),
    "known.earlier_only": gettext_noop("Has only acknowledged an earlier version, not the current one."),
    "known.declined": gettext_noop(
        "Was asked to acknowledge the policy and declined. Talk to them about it."
    ),
    "known.opened": gettext_noop("Opened the whole text."),
    "known.not_opened": gettext_noop(
        "Staff should read the policy before they acknowledge it. Go to the part not opened yet."
    ),
    "known.not_checked": gettext_noop(
        "Staff should make sure they understand the policy. Answer the short questions on it first."
    ),
    "known.all_right": gettext_noop("All questions on the policy were answered correctly."),
    "known.some_wrong": gettext_noop(
        "{right} of {asked} answers were correct. Read the clause shown for each wrong answer."
    ),
    "known.conduct_told": gettext_noop("Knows what conduct is expected."),
    "known.tell_conduct": gettext_noop(
        "Has not acknowledged the current version. Their manager must make sure "
        "they know what conduct is expected."
    ),
    "known.manager_told": gettext_noop("Their manager has told them what conduct is expected."),
    "known.manager_acted": gettext_noop("Their manager has acted on conduct that fell short."),
    "known.signs_reading": gettext_noop("The declaration says they have read the policy."),
    "known.signs_contract": gettext_noop(
        "The policy is not a term of an employment contract. Change the "
        "declaration so that it says they have read it."
    ),
    "entrust.acknowledged": gettext_noop("Has acknowledged the current policy."),
    "entrust.not_acknowledged": gettext_noop(
        "They must acknowledge the current policy first. It applies to them like everyone else."
    ),
    "entrust.manager_trained": gettext_noop("Managers must be trained on the policy, and this one is."),
    "entrust.manager_untrained": gettext_noop(
        "Managers must be trained to follow the policy, explain it and act on "
        "breaches. Enter the training date and who gave it."
    ),
    "entrust.condition_met": gettext_noop("The required training is on record."),
    "entrust.condition_open": gettext_noop(
        "This training is required before this person speaks for the school: {topic}. Enter its date."
    ),
    "entrust.never_trained": gettext_noop(
        "No training is on record. Anyone who runs procedures or investigates "
        "under the policy must be trained first."
    ),
    "entrust.trained_on": gettext_noop("Trained on {day}."),
    "entrust.trained_too_long_ago": gettext_noop(
        "The last training was on {day}, more than the {months} months chosen. Train first."
    ),
    "entrust.training_unfit": gettext_noop("The training for this task must be about {topic}."),
    "training.nobody_waits": gettext_noop("No one is waiting for training."),
    "training.session_to_come": gettext_noop("A session is in the calendar."),
    "training.arrange": gettext_noop(
        "{number} people still need training and no session is in the calendar. Arrange one."
    ),
    "training.no_guidance": gettext_noop("There is no guidance on using social media yet. Write it."),
    "training.guidance_current": gettext_noop("This guidance has been reviewed for the current version."),
    "training.guidance_old": gettext_noop(
        "This guidance was written for version {version}. Review it for the current version."
    ),
    "training.attended": gettext_noop("Attended the training."),
    "training.attend": gettext_noop("Due to attend the training on {day}."),
    "training.missed": gettext_noop(
        "Missed the training on {day}. Tell the person who arranges it, and book another session."
    ),
    "training.no_day": gettext_noop("Enter the training date."),
    "training.no_version": gettext_noop("Enter which version of the policy the training covered."),
    "training.entered": gettext_noop("The training is on record with its date and policy version."),
    "ask.for_you_too": gettext_noop("The policy is there to help everyone use social media safely: {whom}."),
    "ask.no_contract": gettext_noop(
        "No. The policy is not a term of anyone’s employment contract. Your "
        "signature says that you have read it."
    ),
    "ask.everybodys_job": gettext_noop(
        "Making the policy work is everyone’s job, not just the office’s. Read "
        "it, report misuse and ask questions."
    ),
    "ask.welcome": gettext_noop(
        "Yes, in principle. The federation wants to use social media well, in "
        "whatever form suits the purpose. Follow the steps to open an account."
    ),
    "ask.wanted": gettext_noop(
        "Yes. The federation wants to make good use of social media to keep in "
        "touch. Ask the headteacher first."
    ),
    "ask.section_binds": gettext_noop(
        'The rules of this section apply to anyone who uses social media, even where they say "should".'
    ),
    "ask.ruled_a_tip": gettext_noop("The {role} has ruled that this rule is advice only."),
    "ask.paper_missing": gettext_noop(
        "{paper} takes priority over this policy and is not on file. Ask the "
        "office for it before you rely on an answer."
    ),
    "ask.look_there_first": gettext_noop(
        "Check {paper} first. It takes priority over this policy where the two differ."
    ),
    "ask.paper_agrees": gettext_noop(
        "{paper}, which takes priority over this policy, says nothing against it."
    ),
    "ask.paper_says_no": gettext_noop("{paper} says no, and it takes priority over this policy."),
    "ask.paper_says_yes": gettext_noop("{paper} says yes, and it takes priority over this policy."),
    "ask.paper_allows": gettext_noop(
        "A document that takes priority over this policy says yes, whatever the policy itself says."
    ),
    "ask.clauses_say_no": gettext_noop(
        "No. What you do on social media must fit this policy, and these rules decide it: {decided_by}."
    ),
    "ask.clauses_say_yes": gettext_noop("It fits this policy: {decided_by}."),
    "ask.rule_missing": gettext_noop("{paper} also applies and is not linked. Ask the office for it."),
    "ask.rule_says_no": gettext_noop("{paper} says no, and what you do must comply with it too."),
    "ask.rule_allows": gettext_noop("{paper} says nothing against it."),
    "ask.look_there_too": gettext_noop("{paper} also applies, so check it as well."),
    "ask.question_put": gettext_noop("The question has been sent to the {role}."),
    "ask.question_goes_to": gettext_noop(
        "No clause answers this. Questions about the policy should go to the {role}, so send it on."
    ),
    "remind.child_safety": gettext_noop(
        "Keeping children safe comes first, on social media as everywhere else. "
        "Think of every child who can be seen or recognised."
    ),
    "remind.child_duties": gettext_noop(
        "Staff who make a site for children must keep their duties to children "
        "in mind at all times. Read the page on these before you continue."
    ),
    "remind.best_for_child": gettext_noop("The person deciding has said that this is best for the child."),
    "remind.best_for_child_open": gettext_noop(
        "The good of the child always comes first. Say what’s best for this child before you decide."
    ),
    "remind.not_best_for_child": gettext_noop(
        "The good of the child always comes first, and someone judged that this isn’t best for the "
        "child. Choose something else."
    ),
    "remind.safeguarding_law": gettext_noop(
        "Remember that the {law} applies to what you share, so protect children and vulnerable adults in it."
    ),
    "remind.it_rules": gettext_noop("Anyone who runs an account must also check the {paper}."),
    "remind.it_rules_missing": gettext_noop(
        "Anyone who runs an account must check the {paper}, but its current text "
        "is not linked. Ask the office for it."
    ),
    "remind.trust_in_school": gettext_noop(
        "These people must be able to trust what the school decides and provides: {whom}. Read the "
        "draft as they would."
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
    "marker.federation_account": gettext_noop("a federation account"),
    "marker.federation_name": gettext_noop("the federation’s name"),
    "marker.official_channel": gettext_noop("an official channel"),
    "marker.school_account": gettext_noop("a school account"),
    "marker.school_name": gettext_noop("a school’s name"),
    "measure.incidents": gettext_noop("incidents"),
    "measure.overdue tasks": gettext_noop("overdue tasks"),
    "measure.training coverage": gettext_noop("how many people are trained"),
    "policy.acknowledge_policy": gettext_noop("acknowledge the current policy"),
    "policy.acting_holder": gettext_noop("the name of someone to act in the post"),
    "policy.arrange_training": gettext_noop("arrange training"),
    "policy.attend_training": gettext_noop("attend the training"),
    "policy.authorisation_signature": gettext_noop("sign the authorisation"),
    "policy.issued_on": gettext_noop("the date of issue"),
    "policy.delegate": gettext_noop("record the delegation"),
    "policy.look_at_practice": gettext_noop("check how the policy works"),
    "policy.policy_report": gettext_noop("complete the report on putting the policy into practice"),
    "policy.policy_review": gettext_noop("review the policy"),
    "policy.propose_change": gettext_noop("propose a change that reduces the risk"),
    "policy.put_question": gettext_noop("forwarding the question"),
    "policy.review_guidance": gettext_noop("review the guidance for the current version"),
    "policy.review_set": gettext_noop("setting the review"),
    "policy.role_holder": gettext_noop("the name of someone for the role"),
    "policy.roll_out_plan": gettext_noop("plan how to put the version into practice"),
    "policy.roll_out_task": gettext_noop("put the version into practice"),
    "policy.send_suggestion": gettext_noop("forwarding the comment or suggestion"),
    "policy.significant_revisions": gettext_noop("what has changed since the last version"),
    "policy.step_date": gettext_noop("its day or month"),
    "policy.talk_about_policy": gettext_noop("a conversation about the policy"),
    "policy.tell_conduct": gettext_noop("make sure they know what conduct is expected"),
    "policy.version_number": gettext_noop("the version number"),
    "policy.write_guidance": gettext_noop("write guidance on using social media"),
    "policy.wrong_answers": gettext_noop("read the clauses for the wrong answers again"),
    "step.agreed": gettext_noop("agreement to this version"),
    "step.approved": gettext_noop("approval of this version"),
    "step.authorised": gettext_noop("authorisation of this version"),
    "whose.children": gettext_noop("children"),
    "whose.governors": gettext_noop("governors"),
    "whose.school": gettext_noop("the school"),
    "whose.staff": gettext_noop("staff"),
    "policy.tool_answered": gettext_noop("something about the new tool"),
}

SOURCES = {
    "policy_asker": gettext_noop("the person asking"),
    "governors_of_policy": gettext_noop("the governors"),
    "person_entrusted": gettext_noop("the person concerned"),
    "policy_owner": gettext_noop("the person responsible for the policy"),
    "reader_of_policy": gettext_noop("the person who must know the policy"),
    "reporter_of_it": gettext_noop("the person looking into it"),
    "training_keeper": gettext_noop("the person responsible for training records"),
}

POINTS = {
    "adopted_on": gettext_noop("Date adopted"),
    "answers_for": gettext_noop("Who is accountable for the policy"),
    "approved_by": gettext_noop("Who approves the policy"),
    "authorisation_signature": gettext_noop("Signature of the authorisation"),
    "authorised_by": gettext_noop("Who authorises the policy"),
    "authors_named": gettext_noop("Who wrote the policy"),
    "best_for_child": gettext_noop("The good of the child"),
    "bound": gettext_noop("Who the policy applies to"),
    "change_any_time": gettext_noop("When the policy may be changed"),
    "changes_stated": gettext_noop("Changes since the last version"),
    "child_duties": gettext_noop("Duties to children"),
    "child_safety": gettext_noop("Keeping children safe"),
    "comment_on_policy": gettext_noop("Comments on the policy"),
    "conduct_code": gettext_noop("Principles and code of conduct"),
    "conduct_told": gettext_noop("Expected conduct"),
    "daily_running": gettext_noop("Who runs the policy day to day"),
    "direction_matched": gettext_noop("The governors’ direction"),
    "drafter": gettext_noop("Who writes the policy"),
    "effect_measured": gettext_noop("Whether the policy works"),
    "employee_rules": gettext_noop("Rules for employees"),
    "first_review_due": gettext_noop("The first review"),
    "fits_other_rules": gettext_noop("Other rules that apply"),
    "fits_this_policy": gettext_noop("This policy’s own rules"),
    "good_name_hurt": gettext_noop("Good name of the school and its people"),
    "good_practice_met": gettext_noop("Good practice"),
    "governors_review_due": gettext_noop("Governing body’s review"),
    "guidance_there": gettext_noop("Guidance on using social media"),
    "issued_on": gettext_noop("Date issued"),
    "it_rules": gettext_noop("The acceptable use policy for IT"),
    "joint_review_due": gettext_noop("Joint review"),
    "last_review": gettext_noop("Last review"),
    "last_review_stated": gettext_noop("Date of last review"),
    "law_met": gettext_noop("What the law requires"),
    "legal_risk_met": gettext_noop("Legal risk"),
    "manager_trained": gettext_noop("Manager training"),
    "message_to_pupils": gettext_noop("Messages to pupils"),
    "no_contract_term": gettext_noop("Not part of a contract"),
    "offline_too": gettext_noop("Online and in person"),
    "other_parts": gettext_noop("Other parts of the policy"),
    "owner_in_post": gettext_noop("Policy owner"),
    "papers_above": gettext_noop("Documents that take priority"),
    "person_hurt": gettext_noop("People who were harmed"),
    "plan_reflected": gettext_noop("The school’s development plan"),
    "policy_acknowledged": gettext_noop("Policy acknowledged"),
    "policy_known": gettext_noop("Knowing the policy"),
    "policy_opened": gettext_noop("Reading the policy"),
    "policy_understood": gettext_noop("Understanding the policy"),
    "practice_review_due": gettext_noop("Review of the policy in practice"),
    "practice_watched": gettext_noop("Monitoring the policy"),
    "private_post": gettext_noop("Private posts"),
    "professional_use": gettext_noop("Professional communication"),
    "question_to": gettext_noop("Where questions go"),
    "reaches_school": gettext_noop("Schools covered by the policy"),
    "review_by_need": gettext_noop("Review when needed"),
    "review_due": gettext_noop("Policy review"),
    "risks_lowered": gettext_noop("Risks and how to reduce them"),
    "roll_out": gettext_noop("Putting the policy into practice"),
    "safeguarding_law": gettext_noop("The law on protecting vulnerable people"),
    "speaks_for": gettext_noop("Whether it speaks for the school"),
    "staff_rules": gettext_noop("Rules for staff"),
    "suggestion_for_policy": gettext_noop("Suggestions for the policy"),
    "suggestion_to": gettext_noop("Where suggestions go"),
    "technology": gettext_noop("New technology"),
    "title_names": gettext_noop("The federation’s name"),
    "told": gettext_noop("The answer"),
    "tool_covered": gettext_noop("Tools covered"),
    "trained_regularly_cases": gettext_noop("Training for investigators"),
    "trained_regularly_procedures": gettext_noop("Training for running procedures"),
    "trained_to_speak": gettext_noop("Training before speaking for the school"),
    "training_arranged": gettext_noop("Training available"),
    "training_attended": gettext_noop("Training attendance"),
    "training_entries": gettext_noop("Training records"),
    "training_fits": gettext_noop("Training for the task"),
    "trust_in_school": gettext_noop("Trust in what the school says"),
    "unmarked_rules": gettext_noop("Rules without a star"),
    "use_covered": gettext_noop("Work and private use"),
    "version_number": gettext_noop("Version number"),
    "virtual_world": gettext_noop("Virtual worlds"),
}
