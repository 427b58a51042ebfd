"""Sentences about what came in, about answers to it, and about the press."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "inbox.within_hours": gettext_noop(
        "A reply is due within {hours} hours of receipt, nights and weekends included."
    ),
    "inbox.within_weekday_hours": gettext_noop(
        "A reply is due within {hours} hours of receipt. Only hours from Monday to Friday count."
    ),
    "inbox.next_working_day": gettext_noop("A reply is due by the end of {day}, the next working day."),
    "inbox.working_day_open": gettext_noop(
        "The policy does not say what a working day is, and {day} is not a school day. It names nobody who "
        "decides: the federation says who rules. A reply by the end of {day} is in time however the words "
        "are read."
    ),
    "inbox.day_off_open": gettext_noop(
        "The {hours} hours run over {day}, a day off, and the policy does not say whether that gives more "
        "time. It names nobody who decides: the federation says who rules. A reply within the {hours} hours "
        "is in time however the words are read."
    ),
    "inbox.hours_stand": gettext_noop("It was ruled that the {hours} hours run through days off as well."),
    "inbox.acknowledgement_is_enough": gettext_noop(
        "Confirming that the message has arrived is enough to be in time; the full answer may follow."
    ),
    "inbox.acknowledgement_counts": gettext_noop(
        "Confirming that the message has arrived counts as a reply; the full answer may follow."
    ),
    "inbox.response_expected": gettext_noop(
        "What others write on social media deserves a response worth having. The policy promises no time."
    ),
    "inbox.response_in_time": gettext_noop(
        "What others write on social media deserves a response worth having, by this time."
    ),
    "inbox.promised_answer": gettext_noop(
        "The notice of the removal promised its writer an answer. The policy names no time for it."
    ),
    "inbox.improper_removed": gettext_noop("An improper comment is taken down at once."),
    "inbox.improper_reported": gettext_noop(
        "An improper comment is reported at once to a member of the {role}."
    ),
    "inbox.personal_details": gettext_noop(
        "Details that identify somebody must not be left standing in what others wrote on the school's "
        "account."
    ),
    "inbox.taken_down_offensive": gettext_noop("An unreasonably offensive comment is taken down."),
    "inbox.taken_down_defamatory": gettext_noop("A defamatory comment is taken down."),
    "inbox.taken_down_libellous": gettext_noop("A libellous comment is taken down."),
    "inbox.swiftly": gettext_noop(
        "Offensive comments are dealt with quickly. The policy gives no number of hours."
    ),
    "answers.second_reader": gettext_noop(
        "Whoever is in doubt about an answer asks another person to read it first."
    ),
    "answers.second_reader_read": gettext_noop("Another person has read this answer as it stands."),
    "answers.process": gettext_noop("Responses to what others write elsewhere follow a set process."),
    "answers.process_followed": gettext_noop("A process for such responses is on record."),
    "answers.pupil_private": gettext_noop("No pupil is written to out of the public's sight."),
    "answers.pupil_public": gettext_noop(
        "The policy's words do not settle whether a pupil may be written to over social media in the open."
    ),
    "answers.from_personal_account": gettext_noop(
        "School matters are not dealt with from a personal account."
    ),
    "answers.authority": gettext_noop(
        "Nobody promises anything for the school without authority, and the policy does not say who gives it."
    ),
    "answers.authority_given": gettext_noop("Authority to promise this is on record."),
    "answers.professional": gettext_noop("Keep to a professional tone."),
    "answers.calm": gettext_noop("Answer calmly."),
    "answers.courteous": gettext_noop("Be courteous."),
    "answers.sensitive": gettext_noop("Answer what is offensive with tact."),
    "answers.considerate": gettext_noop("Choose a considerate tone."),
    "answers.think": gettext_noop("Think before you answer. You can put the draft aside without sending it."),
    "media.policy_first_reminder": gettext_noop(
        "Follow the media policy before any response to a journalist."
    ),
    "media.policy_first": gettext_noop(
        "The media policy is followed before a journalist who asks about posts is answered."
    ),
    "media.policy_followed": gettext_noop("The steps of the media policy were followed first."),
    "media.left_to_role": gettext_noop(
        "A journalist who asks about posts is not answered in one's own words but sent to the {role}."
    ),
    "media.answered_by_role": gettext_noop(
        "The person who answers is the one to whom the policy sends it: {role}."
    ),
    "media.passed_on": gettext_noop("The enquiry is where the policy sends it: {roles}."),
    "media.pass_on": gettext_noop("The enquiry is passed on to: {roles}. The policy names no time."),
    "media.pass_on_at_once": gettext_noop("The enquiry is passed on at once to one of: {roles}."),
    "media.passed_to_another": gettext_noop(
        "One sentence of the policy sends requests for comment to the {role}, another also lets the "
        "press go to the "
        "{other}."
    ),
    "media.advice_first": gettext_noop("Nobody talks to the press without advice or approval."),
    "media.advice_given": gettext_noop("Advice or approval is on record."),
    "media.written_approval": gettext_noop(
        "A request for comment is not answered without approval in writing that names the text."
    ),
    "media.approved_in_writing": gettext_noop("The {role} has approved this text in writing."),
    "media.short_of_written": gettext_noop(
        "There is advice or approval, but not the written word of the {role} for this text. One "
        "sentence of the "
        "policy asks for approval in writing, another for advice only."
    ),
}

NEEDS = {
    "reply": gettext_noop("a reply"),
    "response": gettext_noop("a response worth having"),
    "promised_answer": gettext_noop("the answer that was promised"),
    "removal": gettext_noop("taking it down"),
    "report": gettext_noop("reporting it"),
    "handling": gettext_noop("dealing with it"),
    "pass_on": gettext_noop("passing the enquiry on"),
    "calendar": gettext_noop("the school's calendar"),
    "bank_holidays": gettext_noop("the bank holidays of that year"),
    "terms": gettext_noop("the term dates"),
}

SOURCES = {
    "moderator": gettext_noop("whoever looks after the account"),
    "account_team": gettext_noop("those who run the account"),
    "writer": gettext_noop("whoever writes the answer"),
    "second_reader": gettext_noop("another person"),
}

POINTS = {
    "reply_due": gettext_noop("By when an answer is due"),
    "what_counts": gettext_noop("What counts as an answer"),
    "removal_due": gettext_noop("Whether it is dealt with or taken down"),
    "report_due": gettext_noop("Who is told"),
    "personal_details": gettext_noop("Details that identify somebody"),
    "press": gettext_noop("The press"),
    "tone": gettext_noop("Tone"),
    "doubt": gettext_noop("When the writer is in doubt"),
    "response_process": gettext_noop("A process for responses"),
    "request_for_comment": gettext_noop("A request for a comment to be published"),
    "private_to_pupil": gettext_noop("Writing to a pupil out of sight"),
    "open_to_pupil": gettext_noop("Writing to a pupil in the open"),
    "from_personal_account": gettext_noop("Personal accounts"),
    "commitment": gettext_noop("Promises"),
    "pass_on": gettext_noop("Passing the enquiry on"),
    "answer": gettext_noop("Who may answer"),
    "media_policy": gettext_noop("The media policy"),
}
