"""Sentences about the policy itself: who it binds, what it covers, how it is adopted and its status."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "record.kept_until": gettext_noop("It is kept until the end of {day}."),
    "record.time_over": gettext_noop("The time for which it is kept is over."),
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
}
