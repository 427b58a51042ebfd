"""Sentences about items received, about answers to them, and about the press."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "inbox.within_hours": gettext_noop(
        "A reply is due within {hours} hours of receipt, including nights and weekends."
    ),
    "inbox.within_weekday_hours": gettext_noop(
        "A reply is due within {hours} hours of receipt. Only hours from Monday to Friday count."
    ),
    "inbox.next_working_day": gettext_noop("A reply is due by the end of {day}, the next working day."),
    "inbox.working_day_open": gettext_noop(
        "The policy doesn’t define a working day, and {day} is not a school day. It doesn’t say "
        "who decides either, so the federation names someone to rule on it. A reply by the end of "
        "{day} is on time either way."
    ),
    "inbox.day_off_open": gettext_noop(
        "The {hours} hours include {day}, a day off. The policy doesn’t say whether that gives "
        "more time, or who decides: the federation names someone to rule on it. A reply within the "
        "{hours} hours is on time either way."
    ),
    "inbox.hours_stand": gettext_noop("Ruling: the {hours} hours also run through days off."),
    "inbox.acknowledgement_is_enough": gettext_noop(
        "Acknowledging the message is enough to be on time. The full reply may follow."
    ),
    "inbox.acknowledgement_counts": gettext_noop(
        "Acknowledging the message counts as a reply. The full reply may follow."
    ),
    "inbox.response_expected": gettext_noop(
        "What others write on social media deserves a worthwhile response. The policy sets no deadline."
    ),
    "inbox.response_in_time": gettext_noop(
        "What others write on social media deserves a worthwhile response by this deadline."
    ),
    "inbox.promised_answer": gettext_noop(
        "The removal notice promised the author a reply. The policy sets no deadline for it."
    ),
    "inbox.improper_removed": gettext_noop("An improper comment must be taken down at once."),
    "inbox.improper_reported": gettext_noop("An improper comment must be reported at once to the {role}."),
    "inbox.personal_details": gettext_noop(
        "You can’t leave identifying details in what others write on the school’s account."
    ),
    "inbox.taken_down_offensive": gettext_noop("An unreasonably offensive comment must be taken down."),
    "inbox.taken_down_defamatory": gettext_noop("A defamatory comment must be taken down."),
    "inbox.taken_down_libellous": gettext_noop("A libellous comment must be taken down."),
    "inbox.swiftly": gettext_noop(
        "Offensive comments must be dealt with quickly. The policy gives no number of hours."
    ),
    "answers.second_reader": gettext_noop(
        "If you are in doubt about a reply, you must ask another person to read it first."
    ),
    "answers.second_reader_read": gettext_noop("Another person has read this version of the reply."),
    "answers.process": gettext_noop("Replies on other people’s pages should follow a set process."),
    "answers.process_followed": gettext_noop("A process for these replies is on record."),
    "answers.pupil_private": gettext_noop("You can’t write to a pupil where the public can’t see it."),
    "answers.pupil_public": gettext_noop(
        "The policy doesn’t make clear whether you may write to a pupil publicly on social media."
    ),
    "answers.from_personal_account": gettext_noop(
        "You can’t deal with school matters from a personal account."
    ),
    "answers.authority": gettext_noop(
        "No one may promise anything for the school without authority. The policy doesn’t say who gives it."
    ),
    "answers.authority_given": gettext_noop("Authority to promise this is on record."),
    "answers.professional": gettext_noop("Keep a professional tone."),
    "answers.calm": gettext_noop("Reply calmly."),
    "answers.courteous": gettext_noop("Be courteous."),
    "answers.sensitive": gettext_noop("Reply to offensive comments with tact."),
    "answers.considerate": gettext_noop("Choose a considerate tone."),
    "answers.think": gettext_noop("Think before you reply. You can save the draft without sending it."),
    "media.policy_first_reminder": gettext_noop(
        "Follow the media policy before you respond to a journalist."
    ),
    "media.policy_first": gettext_noop(
        "You must follow the media policy before you answer a journalist who asks about posts."
    ),
    "media.policy_followed": gettext_noop("The media policy was followed first."),
    "media.left_to_role": gettext_noop(
        "You can’t answer a journalist who asks about posts yourself. Pass them on to the {role}."
    ),
    "media.answered_by_role": gettext_noop("The person answering has the role the policy requires: {role}."),
    "media.passed_on": gettext_noop("The enquiry has gone where the policy requires: {roles}."),
    "media.pass_on": gettext_noop("The enquiry must be passed on to: {roles}. The policy sets no deadline."),
    "media.pass_on_at_once": gettext_noop("The enquiry must be passed on at once to one of: {roles}."),
    "media.pass_on_at_once.one": gettext_noop("The enquiry must be passed on at once to the {roles}."),
    "media.passed_to_another": gettext_noop(
        "One sentence of the policy sends requests for comment to the {role}. Another lets the press go "
        "to the {other} too."
    ),
    "media.advice_first": gettext_noop("You can’t talk to the press without advice or approval."),
    "media.advice_given": gettext_noop("Advice or approval is on record."),
    "media.written_approval": gettext_noop(
        "You can’t answer a request for comment without written approval of the exact text."
    ),
    "media.approved_in_writing": gettext_noop("The {role} has approved this text in writing."),
    "media.short_of_written": gettext_noop(
        "There is advice or approval, but the {role} has not approved this text "
        "in writing. One sentence of the policy asks for written approval, "
        "another only for advice."
    ),
}

NEEDS = {
    "reply": gettext_noop("a reply"),
    "response": gettext_noop("a worthwhile response"),
    "promised_answer": gettext_noop("the promised reply"),
    "removal": gettext_noop("taking it down"),
    "report": gettext_noop("reporting it"),
    "handling": gettext_noop("dealing with it"),
    "pass_on": gettext_noop("passing the enquiry on"),
    "calendar": gettext_noop("the school’s calendar"),
    "bank_holidays": gettext_noop("the bank holidays of that year"),
    "terms": gettext_noop("the term dates"),
}

SOURCES = {
    "moderator": gettext_noop("the person looking after the account"),
    "account_team": gettext_noop("the account team"),
    "writer": gettext_noop("the person writing the reply"),
    "second_reader": gettext_noop("another person"),
}

POINTS = {
    "reply_due": gettext_noop("Reply deadline"),
    "what_counts": gettext_noop("What counts as a reply"),
    "removal_due": gettext_noop("Dealing with it or taking it down"),
    "report_due": gettext_noop("Who is told"),
    "personal_details": gettext_noop("Identifying details"),
    "press": gettext_noop("The press"),
    "tone": gettext_noop("Tone"),
    "doubt": gettext_noop("Author in doubt"),
    "response_process": gettext_noop("Response process"),
    "request_for_comment": gettext_noop("Request for a comment for publication"),
    "private_to_pupil": gettext_noop("Writing to a pupil privately"),
    "open_to_pupil": gettext_noop("Writing to a pupil publicly"),
    "from_personal_account": gettext_noop("Personal accounts"),
    "commitment": gettext_noop("Promises"),
    "pass_on": gettext_noop("Passing the enquiry on"),
    "answer": gettext_noop("Who may answer"),
    "media_policy": gettext_noop("The media policy"),
}
