"""Sentences about the policy itself: whom it binds, what it covers, how it is adopted and how it stands."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "scope.bound_by_policy": gettext_noop("This policy binds this person."),
    "scope.bound_by_staff_rules": gettext_noop("The rules that are worded for staff bind this person."),
    "scope.bound_by_code": gettext_noop(
        "The principles and the code of conduct bind this person whenever they use social networks."
    ),
    "scope.bound_by_access": gettext_noop(
        "Whoever can get into the trust's communication systems or equipment follows this policy, from "
        "outside as well."
    ),
    "scope.takes_part": gettext_noop(
        "The policy names staff only, yet its rules on conduct and on accounts speak of everybody who takes "
        "part. Whether it binds this person is not said: ask for a ruling before going on."
    ),
    "scope.ruled_bound": gettext_noop("The {role} has ruled that this reaches this person."),
    "scope.reached_by_unmarked": gettext_noop("Every member of staff is bound by this rule."),
    "scope.reached_by_employees": gettext_noop("Every employee is expected to keep to the policy."),
    "scope.unmarked_open": gettext_noop(
        "The requirements are said to bind all staff; whether a rule without a star reaches governors, "
        "Friends and volunteers is not said. Ask for a ruling."
    ),
    "scope.employees_open": gettext_noop(
        "The words speak of employees, and this person works for the trust without being one. Ask for a "
        "ruling whether this rule reaches them."
    ),
    "scope.every_school": gettext_noop("The policy applies at this school: it reaches {schools}."),
    "covers.represents_direct": gettext_noop(
        "Covered: it speaks for the school openly. Decide it under this policy."
    ),
    "covers.represents_indirect": gettext_noop(
        "Covered: it speaks for the school by implication, also where it never names it. Keep the reason "
        "with the case."
    ),
    "covers.professional": gettext_noop(
        "Covered as a professional communication, because of {what}. Look whether the account is on the "
        "register."
    ),
    "covers.private": gettext_noop("Covered although the account is private, because it {what}."),
    "covers.standards_open": gettext_noop(
        "This private post neither mentions the school nor affects it, and may still damage professional "
        "standards: one sentence of the policy takes it in, another leaves it out. Ask for a ruling."
    ),
    "covers.federation_only": gettext_noop(
        "This private post mentions the federation and no school. The policy leaves private posts alone that "
        "do not mention the school, and elsewhere looks at the federation as well. Ask for a ruling."
    ),
    "covers.ruled_covered": gettext_noop("The {role} has ruled that this is covered."),
    "covers.message_to_pupils": gettext_noop(
        "Covered: what staff send digitally to pupils falls under this policy."
    ),
    "covers.tool_named": gettext_noop("Covered: the policy names {tool}."),
    "covers.tool_kind": gettext_noop("Covered: the policy names this kind of tool."),
    "covers.tool_alike": gettext_noop(
        "Covered: the policy's list is an open one, and this is like what stands on it."
    ),
    "covers.any_posting": gettext_noop(
        "Covered, whatever it is called: the policy reaches everything that is put on the internet."
    ),
    "covers.unforeseen": gettext_noop(
        "The principles apply here as well, on a medium that the policy never foresaw. Enter it as not yet "
        "listed; every check applies."
    ),
    "covers.many_principles": gettext_noop(
        "Many of the principles apply in virtual worlds too. The policy does not say which."
    ),
    "covers.which_principles": gettext_noop(
        "Whether this principle applies in a virtual world is not said. Ask for a ruling."
    ),
    "covers.use_business": gettext_noop("Use for work falls under the policy."),
    "covers.use_personal": gettext_noop("Private use falls under the policy as well."),
    "covers.use_either": gettext_noop("Use for work and private use both fall under the policy."),
    "covers.other_parts": gettext_noop(
        "Use for work stays under every other part of the policy: approval of a site switches no rule off."
    ),
    "covers.offline_too": gettext_noop(
        "What is written online is judged like what is said in person: what breaks {policies} there breaks "
        "it here."
    ),
    "covers.harm_legal": gettext_noop(
        "The policy is there to keep the federation out of legal trouble. Enter the case as a legal risk."
    ),
    "covers.harm_name": gettext_noop(
        "The policy is there to guard the good name of {whose}. Enter whose it is that suffers."
    ),
    "covers.harm_person": gettext_noop(
        "The policy is there to protect {whose}. Enter who was harmed, grown up or child."
    ),
    "adopt.drafts": gettext_noop("The {role} develops the policy."),
    "adopt.not_the_drafter": gettext_noop(
        "The {role} develops the policy. Send what you would change to them instead of drafting it."
    ),
    "adopt.approved": gettext_noop("The {role} have approved this version."),
    "adopt.not_approved": gettext_noop(
        "The {role} have not approved this version. Enter the month of their approval; until then it cannot "
        "be put in force."
    ),
    "adopt.approved_by_another": gettext_noop(
        "This version was approved by others than the {role}. Ask for theirs; until then it cannot be put "
        "in force."
    ),
    "adopt.agreed": gettext_noop("The {role} has agreed this version."),
    "adopt.not_agreed": gettext_noop(
        "The {role} has not agreed this version. Enter its agreement; until then it cannot be put in force."
    ),
    "adopt.agreed_by_another": gettext_noop(
        "This version was agreed by others than the {role}. Ask for its agreement; until then it cannot be "
        "put in force."
    ),
    "adopt.authorised": gettext_noop("The {role} has authorised this version."),
    "adopt.not_authorised": gettext_noop(
        "The {role} has not authorised this version. Until that is entered it cannot be put in force."
    ),
    "adopt.authorised_by_another": gettext_noop(
        "This version was authorised by somebody other than the {role}. Until the {role} has done so it "
        "cannot be put in force."
    ),
    "adopt.no_date": gettext_noop("Enter on what day or in what month the {role} did so."),
    "adopt.other_date": gettext_noop(
        "The issued text gives {printed}. Enter that, or say that the text has changed."
    ),
    "adopt.other_value": gettext_noop(
        "The issued text gives {printed}. Enter that, or say that the text has changed."
    ),
    "adopt.number_taken": gettext_noop(
        "The issued text is version {printed}. A changed text is a new version; the earlier one stays to be "
        "read."
    ),
    "adopt.as_printed": gettext_noop("On record: {printed}."),
    "adopt.no_adopted_on": gettext_noop("Enter the day or month on which this version was adopted."),
    "adopt.no_issued_on": gettext_noop("Enter the day on which this version was issued."),
    "adopt.no_version_number": gettext_noop("Enter the number of this version."),
    "adopt.changes_stated": gettext_noop("It says what has changed since the version before."),
    "adopt.changes_missing": gettext_noop(
        "Say what has changed in substance since the version before; without that it is not taken."
    ),
    "adopt.no_last_review": gettext_noop("Enter the month of the last review behind this version."),
    "adopt.last_reviewed": gettext_noop("It says when it was last reviewed."),
    "adopt.direction_open": gettext_noop(
        "Nobody has confirmed that this version mirrors the direction that the governors have set. Have it "
        "confirmed by name as they approve it."
    ),
    "adopt.direction_confirmed": gettext_noop("Confirmed: it mirrors the direction that the governors set."),
    "adopt.direction_missed": gettext_noop(
        "The governors were asked and found that this version does not mirror their direction. Change it "
        "and ask again."
    ),
    "adopt.no_author": gettext_noop("Name who wrote this version; more than one person may have."),
    "adopt.authors_missing": gettext_noop(
        "The issued text names {wanted} authors. Entered so far: {given}. Enter all of them."
    ),
    "adopt.authors_named": gettext_noop("It names who wrote it."),
    "adopt.name_missing": gettext_noop(
        "The federation's name {name} is missing, so that whoever looks for it does not find the policy."
    ),
    "adopt.names_carried": gettext_noop("It carries the federation's name in both forms."),
    "adopt.answers_for": gettext_noop("Somebody is named for the {role}, which answers for the policy."),
    "adopt.nobody_answers": gettext_noop(
        "The {role} answers for the policy as a whole, and nobody is named for it. Name somebody before the "
        "policy is put in force."
    ),
    "adopt.change_any_time": gettext_noop(
        "The policy may be changed at any time. The earlier version stays to be read with its dates."
    ),
    "status.review_later": gettext_noop("The next review falls later; the last day for it is {day}."),
    "status.review_due": gettext_noop("The {role} is to review the policy by {day}."),
    "status.review_overdue": gettext_noop(
        "The review by the {role} was due by {day} and none is entered. The policy still binds; do the "
        "review and enter its day."
    ),
    "status.reviewed": gettext_noop("The {role} has reviewed it."),
    "status.reviewed_together": gettext_noop("Both have reviewed it within the time."),
    "status.half_done": gettext_noop(
        "Half done: the {other} has reviewed the policy, the review of the {role} was due by {day}. Ask the "
        "{role} for it."
    ),
    "status.reviewed_since": gettext_noop("It was reviewed since its text was issued."),
    "status.never_reviewed": gettext_noop(
        "No review is on file since the one that the text itself states, and the next was due by {day}. The "
        "policy still binds; tell those who review it."
    ),
    "status.none_so_far": gettext_noop("Last review: none so far."),
    "status.last_review": gettext_noop("Last review: {day}."),
    "status.no_review_to_state": gettext_noop(
        "A day stands in the place for the last review, and no review is on record. Leave it empty: the day "
        "of issue is none."
    ),
    "status.in_post": gettext_noop("Somebody is in the post of {role}."),
    "status.several_in_post": gettext_noop(
        "Several schools have somebody of their own in this post, and the policy does not say alike whether "
        "one of them acts for all. Ask for a ruling."
    ),
    "status.no_owner": gettext_noop(
        "Nobody is in the post of {role}, which answers for the policy. Tell the governors, and enter who "
        "takes it on."
    ),
    "status.vacant": gettext_noop(
        "Nobody is in the post of {role}, who runs the policy day by day. Final approvals wait until "
        "somebody is named to act."
    ),
    "status.plan_roll_out": gettext_noop(
        "Nothing is planned yet to put this version into practice. Enter what is to be done and by when."
    ),
    "status.rolled_out": gettext_noop("Done."),
    "status.roll_out": gettext_noop("This is still to be done to put the version into practice."),
    "status.roll_out_by": gettext_noop("This is to be done by {day} to put the version into practice."),
    "status.roll_out_late": gettext_noop(
        "This was to be done by {day} to put the version into practice, {days} days ago. The {role} has to "
        "see to it."
    ),
    "status.no_plan": gettext_noop("No development plan of {school} is on file. Enter the one in force."),
    "status.plan_reflected": gettext_noop("The policy reflects the school's plan in force."),
    "status.plan_replaced": gettext_noop(
        "The policy was found to reflect an earlier plan of {school}. Whoever found it so looks again."
    ),
    "status.plan_not_checked": gettext_noop(
        "Nobody has looked whether the policy reflects the development plan of {school}. Look, and enter it."
    ),
    "status.measured": gettext_noop("The report counts what shows whether the policy works."),
    "status.not_measured": gettext_noop(
        "The report on putting the policy into practice leaves out {missing}. Add them, for each school."
    ),
    "status.signed": gettext_noop("A signed copy of the authorisation is on file."),
    "status.unsigned": gettext_noop(
        "Signature missing: the authorisation has a place for that of the {role}. Attach a signed copy."
    ),
    "status.look": gettext_noop(
        "The {role} keeps an eye on how the policy works. The policy names no time; choose how often."
    ),
    "status.look_by": gettext_noop("The {role} looks at how the policy works by {day}, as was chosen."),
    "status.never_looked": gettext_noop(
        "The {role} has not looked yet at how the policy works. Open the overview."
    ),
    "status.not_looked": gettext_noop(
        "The overview was to be opened by {day}, every {days} days as was chosen. Remind the {role}."
    ),
    "status.change_proposed": gettext_noop("A change to lower this risk was put forward."),
    "status.propose_change": gettext_noop(
        "This risk was seen. Put forward a change that would lower it, with its reason."
    ),
    "review.by_need": gettext_noop(
        "A review may be set by need as well. Once it is closed the next regular one is counted from it."
    ),
    "review.set_by_both": gettext_noop(
        "A review by need is set by {roles} together; the {role} has not set it yet."
    ),
    "review.no_reason": gettext_noop("Give the reason for this review by need."),
    "review.law_open": gettext_noop(
        "Enter what came of looking whether the policy meets the law, with name and day, before closing the "
        "review."
    ),
    "review.law_checked": gettext_noop("It was looked into on {day} whether the policy meets the law."),
    "review.practice_open": gettext_noop(
        "Name what the policy was compared with, so that it reflects good practice, before closing the "
        "review."
    ),
    "review.practice_compared": gettext_noop("It is named what the policy was compared with."),
    "review.tool_answered": gettext_noop("The review says a word about this new tool."),
    "review.tool_open": gettext_noop(
        "This tool came up since the last review. Technology changes quickly: say a word about it."
    ),
    "suggest.comment": gettext_noop("Staff may comment on the policy. It is kept for the next review."),
    "suggest.suggestion": gettext_noop(
        "Staff may suggest improvements. The next review says what becomes of it."
    ),
    "suggest.sent": gettext_noop("It is with the {role}."),
    "suggest.goes_to": gettext_noop("Comments and suggestions go to the {role}. Send it there."),
}
