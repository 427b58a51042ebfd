"""Sentences about what comes in: answers, the press, watching accounts, and acting on comments."""

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
    "watching.look_by": gettext_noop("The account is due another check, counted from {last}."),
    "watching.overdue": gettext_noop("The account’s check is overdue, counted from {last}. Check it now."),
    "watching.regularly": gettext_noop(
        "The account must be checked regularly. The policy doesn’t say how "
        "often, so the federation can choose."
    ),
    "watching.how_often_open": gettext_noop(
        "The account must be checked often and regularly. The policy doesn’t say "
        "how often, and the federation hasn’t chosen. No one has checked it for "
        "more than a week, since {last}. The federation must decide how often is "
        "enough."
    ),
    "watching.contributions_look_by": gettext_noop(
        "Content from others is due another review, counted from {last}."
    ),
    "watching.contributions_overdue": gettext_noop(
        "The review of content from others is overdue, counted from {last}. Someone the policy "
        "names must review it now."
    ),
    "watching.contributions_regularly": gettext_noop(
        "Content from others must be reviewed and moderated. The policy doesn’t "
        "say how often, so the federation can choose."
    ),
    "watching.friends_look_by": gettext_noop(
        "Friends’ comments are due another review, counted from {last}."
    ),
    "watching.friends_overdue": gettext_noop(
        "The review of friends’ comments is overdue, counted from {last}. Review them now."
    ),
    "watching.friends_regularly": gettext_noop(
        "Friends’ comments must be reviewed regularly. The policy doesn’t say "
        "how often, so the federation can choose."
    ),
    "watching.days_missed": gettext_noop(
        "The account was checked on {seen} of {of} days. Ideally it is checked on "
        "{wanted} days a week. Missed: {missed}."
    ),
    "watching.days_kept": gettext_noop("The account was checked on {seen} of {of} days."),
    "watching.weekdays_missed": gettext_noop(
        "The account was not checked on: {missed}. It must be checked every weekday."
    ),
    "watching.weekdays_off_missed": gettext_noop(
        "The account was not checked on: {missed}. These weekdays were days off, "
        "and the policy doesn’t say whether they count."
    ),
    "watching.weekdays_kept": gettext_noop("The account was checked every weekday."),
    "watching.holidays_missed": gettext_noop(
        "The account was not checked on: {missed}. School holidays should be no "
        "exception, so agree who will check it."
    ),
    "watching.holidays_kept": gettext_noop("The account was also checked in the school holidays."),
    "watching.took_part": gettext_noop("{role}: has helped monitor the account."),
    "watching.no_part": gettext_noop(
        "{role}: has not checked the account since {since}. Monitoring it is part of this role."
    ),
    "watching.own_post_unread": gettext_noop(
        "Unread comments on this post: {unread}. The person who posts must keep an eye on them, so read them."
    ),
    "looking.first": gettext_noop(
        "{suspected}. Look at this first: it is what monitoring the account is for."
    ),
    "looking.looked_first": gettext_noop("Someone has looked at it."),
    "looking.not_acted": gettext_noop(
        "Someone opened it but took no action. Hide, delete, block or report it, or note why no "
        "action is needed."
    ),
    "looking.acted": gettext_noop("Action was taken on what was seen."),
    "looking.abuse_unhandled": gettext_noop(
        "The conversation has become abusive and no one has acted. Take one of these steps: {actions}."
    ),
    "looking.abuse_handled": gettext_noop("Action was taken against the abuse."),
    "looking.writer_named": gettext_noop("The author gives a name."),
    "looking.writer_unnamed": gettext_noop(
        "The author gives no real name, which the policy discourages. That alone "
        "is no reason to take it down."
    ),
    "looking.read": gettext_noop("A moderator has read it."),
    "looking.read_no_time": gettext_noop(
        "What others post must be moderated, so read this. The policy sets no number of hours, so "
        "the federation can choose one."
    ),
    "looking.read_by": gettext_noop(
        "What others post must be moderated, so read this within the time your federation chose."
    ),
    "looking.read_overdue": gettext_noop(
        "This wasn’t read within the time your federation chose. Read it now."
    ),
    "looking.take_down_no_time": gettext_noop(
        "It breaks the terms or house rules and is still visible. Take it down. "
        "The policy sets no number of hours."
    ),
    "looking.take_down_by": gettext_noop(
        "It breaks the terms or house rules. Take it down within the time your federation chose."
    ),
    "looking.take_down_overdue": gettext_noop(
        "It breaks the terms or house rules and should already have been taken down. Take it down now."
    ),
    "looking.take_down_friends_no_time": gettext_noop(
        "This friend’s comment breaks the trust’s rules and is still visible. "
        "Take it down. The policy sets no number of hours."
    ),
    "looking.take_down_friends_by": gettext_noop(
        "This friend’s comment breaks the trust’s rules. Take it down within the time your federation chose."
    ),
    "looking.take_down_friends_overdue": gettext_noop(
        "This friend’s comment breaks the trust’s rules and should already have been taken down. "
        "Take it down now."
    ),
    "looking.take_down_at_once": gettext_noop(
        "It is grossly offensive or puts someone in danger. Take it down at once."
    ),
    "looking.take_down_at_once_by": gettext_noop(
        "It is grossly offensive or puts someone in danger. Take it down at "
        "once. The federation has set the latest time for this."
    ),
    "looking.take_down_at_once_overdue": gettext_noop(
        "It is grossly offensive or puts someone in danger and is still visible. "
        "Take it down now and tell the other moderators."
    ),
    "looking.stepped_in": gettext_noop("Someone has stepped in."),
    "looking.step_in": gettext_noop("Your plan for this site says you step in within {hours} hours. Do so."),
    "looking.step_in_no_time": gettext_noop("Put your plan for this site into practice: step in."),
    "looking.not_stepped_in": gettext_noop(
        "Your plan for this site says within {hours} hours, and no one has "
        "stepped in. Step in now and tell your manager."
    ),
    "looking.rude": gettext_noop("No one this policy applies to may be rude about the school or its people."),
    "looking.rude_perhaps": gettext_noop(
        "This may be rude about the school or its people. Author: {writer}. Decide whether it is."
    ),
    "looking.not_rude": gettext_noop("Someone has looked at it and decided it isn’t rude."),
    "keeping_back.personal_details": gettext_noop(
        "A young person may be giving away details about themselves. Look at it before others can read it."
    ),
    "keeping_back.bullying": gettext_noop(
        "A young person may be bullied here. Look at it before others can read it."
    ),
    "keeping_back.slur": gettext_noop(
        "This may be gross abuse, which must never be tolerated. Look at it before others can read it."
    ),
    "keeping_back.looked_at": gettext_noop("Someone has looked at it."),
    "removing.reason_needed": gettext_noop(
        "You can’t take anything down without a reason from the list. Choose one."
    ),
    "removing.disagreement": gettext_noop(
        "You can’t take a comment down because someone disagrees with it. People "
        "have a right to their own views."
    ),
    "removing.reason_given": gettext_noop("A reason has been given."),
    "removing.tell_why_always": gettext_noop(
        "After this step you should tell readers the precise reason. Write it before you finish."
    ),
    "removing.tell_why_on_demand": gettext_noop(
        "Someone asked for an explanation. Tell readers the precise reason."
    ),
    "removing.nobody_called_for_it": gettext_noop("No one has asked for an explanation."),
    "removing.told_why": gettext_noop("Readers were told the precise reason."),
    "removing.notice_needed": gettext_noop(
        'Leave a notice that the comment was removed. The policy gives this wording: "{text}"'
    ),
    "removing.notice_names_offence": gettext_noop(
        "The policy’s own notice says that the comment was offensive, but it was "
        "removed for another reason. Use different wording."
    ),
    "removing.notice_stands": gettext_noop("A notice says that the comment was removed."),
    "removing.notice_lacks": gettext_noop("The notice leaves out: {part}. Consider adding it."),
    "removing.notice_complete": gettext_noop("The notice says everything it should."),
    "removing.never_left_grossly_offensive": gettext_noop(
        "It is grossly offensive and must not stay online. Examples in the policy: {examples}."
    ),
    "removing.never_left_endangers": gettext_noop(
        "It may cause someone harm and must not stay online. Hide it at once."
    ),
    "removing.not_left": gettext_noop("It will not stay online."),
    "removing.keep_first": gettext_noop("Before it is removed, save: {missing}."),
    "removing.kept": gettext_noop("Everything that must be saved has been saved."),
    "removing.never_copy": gettext_noop(
        "It may contain an illegal picture of a child. Don’t copy it, even as "
        "evidence. Stop and call the police."
    ),
    "removing.copied_abuse": gettext_noop(
        "Never copy a picture that may show the abuse of a child. Stop and call the police."
    ),
    "removing.tell_platform": gettext_noop(
        "On this platform, the platform itself should act first to protect people. Report it there."
    ),
    "removing.report_on_record": gettext_noop(
        "Note the number and time of the report to the platform, and its reply."
    ),
    "removing.platform_told": gettext_noop("It was reported to the platform, and the report is on record."),
    "admitting.let_through": gettext_noop("It breaks the terms or house rules, so it can’t be approved."),
    "admitting.let_through_met": gettext_noop("Nothing in it breaks the terms or house rules."),
    "admitting.friends_let_through": gettext_noop(
        "This friend’s comment breaks the trust’s rules, so it can’t be approved."
    ),
    "admitting.friends_let_through_met": gettext_noop("Nothing in it breaks the trust’s rules."),
    "admitting.never_let_through": gettext_noop(
        "It is grossly offensive or puts someone in danger, so it must never be approved."
    ),
    "admitting.never_let_through_met": gettext_noop(
        "Nothing in it is grossly offensive or puts anyone in danger."
    ),
    "admitting.conduct_shown": gettext_noop("Everyone who posts here sees the rules of conduct."),
    "admitting.conduct_not_shown": gettext_noop(
        "Everyone who posts here must follow this policy. Show its rules of conduct above the text box."
    ),
    "admitting.no_other_policies": gettext_noop(
        "Everyone who posts here must follow other policies too. Link those that set rules of conduct."
    ),
    "admitting.other_policy_linked": gettext_noop("Another policy on conduct is linked here."),
    "admitting.link_broken": gettext_noop("The link to this policy doesn’t work. Fix it."),
    "admitting.vetted": gettext_noop("Who vetted this contributor, when and how is on record."),
    "admitting.not_vetted": gettext_noop(
        "Contributors must be vetted first. Note who vetted this contributor, when and how."
    ),
    "admitting.consent": gettext_noop("A parent or another responsible adult agreed to this contributor."),
    "admitting.no_consent": gettext_noop(
        "A child, or an adult with learning disabilities, can contribute once someone has "
        "consented as the form says. Record who agreed, and when."
    ),
    "admitting.call_approved": gettext_noop("This version of the call for contributors is approved."),
    "admitting.call_not_approved": gettext_noop(
        "A call for contributors on social media needs approval from one of: {roles}."
    ),
    "admitting.call_not_approved.one": gettext_noop(
        "A call for contributors on social media needs approval from the {roles}."
    ),
    "approaching.ask_parent": gettext_noop("Ask the parent to take it down, and note the date."),
    "approaching.parent_asked": gettext_noop("The parent was asked to take it down."),
    "approaching.invite_parent": gettext_noop(
        "Invite the parent to talk it over face to face, and note the date and outcome."
    ),
    "approaching.parent_invited": gettext_noop("The parent was invited to talk it over."),
    "approaching.refer_parent": gettext_noop(
        "Direct the parent to the complaints procedure, and note the date and the version sent."
    ),
    "approaching.wrong_procedure": gettext_noop(
        "The parent was sent another school’s complaints procedure. Send them their own school’s."
    ),
    "approaching.parent_referred": gettext_noop("The parent was directed to the complaints procedure."),
    "approaching.staff_may_be_told": gettext_noop(
        "The post is judged to breach the policy, so its author may be told to take it down. Say by when."
    ),
    "approaching.staff_told": gettext_noop(
        "You were told to take this post down. Do so by the time you were given, and say when it’s gone."
    ),
    "approaching.staff_told_no_time": gettext_noop(
        "You were told to take this post down. Do so, and say when it’s gone. No deadline was given."
    ),
    "approaching.tell_acceptable_use": gettext_noop(
        "Parents who can post on the learning platform must be told how it may be used. Show them that first."
    ),
    "approaching.told_acceptable_use": gettext_noop(
        "The parent was told how the learning platform may be used."
    ),
    "site_care.settle_text": gettext_noop(
        "Think through whether users may add text or comments, and answer yes or no."
    ),
    "site_care.settled_text": gettext_noop("It has been decided whether users may add text or comments."),
    "site_care.settle_pictures": gettext_noop(
        "Think through whether users may add pictures, and answer yes or no."
    ),
    "site_care.settled_pictures": gettext_noop("It has been decided whether users may add pictures."),
    "site_care.nobody_replies": gettext_noop(
        "Anyone who posts must be ready for people to respond. Name who deals with comments and messages."
    ),
    "site_care.replies_dealt_with": gettext_noop("It has been decided who deals with comments and messages."),
    "site_care.not_moderated": gettext_noop(
        "The site’s content must be moderated. Say whether before or after it appears, and name who does it."
    ),
    "site_care.moderated": gettext_noop("Named people moderate the site."),
    "site_care.team_answers": gettext_noop("The team that set up the site is responsible for moderating it."),
    "site_care.handed_over": gettext_noop(
        "The team that set up the site has handed over moderation in writing."
    ),
    "site_care.not_handed_over": gettext_noop(
        "The team that set up the site is responsible for moderating it until it has signed a handover."
    ),
    "site_care.platform_unknown": gettext_noop(
        "Each platform acts differently when something goes wrong. Note what this one does, and "
        "how to report to it."
    ),
    "site_care.platform_known": gettext_noop(
        "What this platform does when something goes wrong, and how to report to it, is recorded."
    ),
    "site_care.own_plan_missing": gettext_noop(
        "Plan what you will do on top of the platform’s own measures, and write it down."
    ),
    "site_care.own_plan_there": gettext_noop("There is a plan on top of the platform’s own measures."),
    "site_care.offer_friends_note": gettext_noop(
        "Young people may mistake online friends for real ones. Decide whether "
        "to show the note about this on the site."
    ),
    "site_care.friends_note_pinned": gettext_noop("The site shows the note about online friends."),
    "site_care.friends_note_left_out": gettext_noop(
        "The author has decided to leave out the note about online friends."
    ),
    "site_checks.house_rules_found": gettext_noop("Everyone can find the house rules."),
    "site_checks.house_rules_missing": gettext_noop(
        "The house rules can’t be found on the site. Put them back."
    ),
    "site_checks.terms_of_use_found": gettext_noop("Everyone can find the terms of use."),
    "site_checks.terms_of_use_missing": gettext_noop(
        "The terms of use can’t be found on the site. Put them back."
    ),
    "site_checks.logo_leads": gettext_noop("The logo links to the right page of the school’s website."),
    "site_checks.logo_leads_elsewhere": gettext_noop(
        "The logo doesn’t link to the right page of the school’s website. Fix the link."
    ),
    "site_checks.looked_after_enough": gettext_noop(
        "Someone is available for the site on each of these days."
    ),
    "site_checks.looked_after_gap": gettext_noop(
        "Everyone who looks after the site is away from {first} to {last}. Find cover."
    ),
    "site_checks.moderators_enough": gettext_noop(
        "Enough approved moderators are available on each of these days."
    ),
    "site_checks.moderators_gap": gettext_noop(
        "Too few approved moderators are available from {first} to {last}. Find cover."
    ),
    "courtesy.be_courteous": gettext_noop("Be courteous at all times."),
    "courtesy.flagged": gettext_noop(
        "A word in this reply may not be courteous. Ask someone else to read it before you send it."
    ),
    "courtesy.read_by_another": gettext_noop("Someone else has read this version of the reply."),
    "courtesy.no_argument": gettext_noop("Avoid needless or fruitless arguments."),
    "courtesy.end_it_here": gettext_noop(
        "You have replied to this person {replies} times in this thread. End the "
        "exchange, or move it to the school office."
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
    "contributor_consent": gettext_noop("consent from a parent or another responsible adult"),
    "look_in": gettext_noop("check the account"),
    "look_at_own_post": gettext_noop("read the comments on your own post"),
    "first_look": gettext_noop("look at this first"),
    "suspected_bullying": gettext_noop("This may be bullying"),
    "suspected_slur": gettext_noop("This may be gross abuse"),
    "suspected_rude": gettext_noop("This may be rude"),
    "suspected_inappropriate": gettext_noop("This may be inappropriate"),
    "step_on_abuse": gettext_noop("action against the abuse"),
    "step_block": gettext_noop("block the author"),
    "step_report": gettext_noop("report it"),
    "step_delete": gettext_noop("delete it"),
    "look_before_others_read": gettext_noop("a check before others can read it"),
    "read_it": gettext_noop("read it"),
    "step_in": gettext_noop("step in"),
    "writer_staff": gettext_noop("a member of staff"),
    "writer_governor": gettext_noop("a governor"),
    "writer_volunteer": gettext_noop("a volunteer"),
    "writer_friend": gettext_noop("a member of the Friends"),
    "precise_reason": gettext_noop("the precise reason, for everyone to read"),
    "notice_reason for removal": gettext_noop("why the comment was removed"),
    "notice_promise to respond": gettext_noop("that the comment’s author will get a reply"),
    "notice_request for respect": gettext_noop("a request to respect others"),
    "keep_text": gettext_noop("its text"),
    "keep_link": gettext_noop("its link"),
    "keep_time": gettext_noop("its time"),
    "platform_report": gettext_noop("report the comment to the platform"),
    "conduct_rules": gettext_noop("the rules of conduct above the text box"),
    "other_policies_linked": gettext_noop("links to other policies on conduct"),
    "working_link": gettext_noop("a link that works"),
    "request_to_take_down": gettext_noop("a request to take it down, with its date"),
    "invitation_to_talk": gettext_noop("an invitation to talk it over, with its date"),
    "complaints_procedure_sent": gettext_noop("the complaints procedure, with date and version"),
    "stand_in": gettext_noop("someone to cover"),
}

SOURCES = {
    "moderator": gettext_noop("the person looking after the account"),
    "account_team": gettext_noop("the account team"),
    "writer": gettext_noop("the person writing the reply"),
    "second_reader": gettext_noop("another person"),
    "viewer": gettext_noop("the person who opened it"),
    "post_author": gettext_noop("the author of the post"),
    "handler": gettext_noop("the person dealing with it"),
    "site_author": gettext_noop("the author of the site"),
    "team_that_started": gettext_noop("the team that set up the site"),
    "site_team": gettext_noop("the team that runs the site"),
    "vetter": gettext_noop("the person vetting contributors"),
    "creator_of_account": gettext_noop("the person setting up the account"),
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
    "looked_at": gettext_noop("Last check"),
    "days_looked_at": gettext_noop("Days checked"),
    "looked_at_in_holidays": gettext_noop("School holidays"),
    "part_in_watching": gettext_noop("Who helps monitor the account"),
    "own_posts_read": gettext_noop("Comments on your own posts"),
    "contributions_read": gettext_noop("Content from others"),
    "friends_comments_read": gettext_noop("Friends’ comments"),
    "first_look": gettext_noop("What to look at first"),
    "acted_on": gettext_noop("Acting on what a check finds"),
    "abusive_conversation": gettext_noop("Abusive conversations"),
    "writer_unnamed": gettext_noop("Anonymous authors"),
    "kept_back_for_risk": gettext_noop("Risks to young people"),
    "kept_back_for_abuse": gettext_noop("Gross abuse"),
    "read_in_time": gettext_noop("Time limit for reading comments"),
    "taken_down_in_time": gettext_noop("Time limit for taking comments down"),
    "stepped_in": gettext_noop("Stepping in"),
    "rudeness": gettext_noop("Rudeness"),
    "who_blocks": gettext_noop("Who may block"),
    "reason_for_removal": gettext_noop("Reason"),
    "readers_told_why": gettext_noop("Telling readers why"),
    "removal_notice": gettext_noop("Removal notice"),
    "notice_says": gettext_noop("What the notice says"),
    "left_standing": gettext_noop("Content that must not stay online"),
    "kept_beforehand": gettext_noop("Evidence to save first"),
    "platform_first": gettext_noop("Report to the platform"),
    "let_through": gettext_noop("Terms and house rules"),
    "friends_let_through": gettext_noop("Friends’ comments"),
    "never_let_through": gettext_noop("Content that must never be approved"),
    "conduct_shown": gettext_noop("Rules of conduct"),
    "other_conduct_shown": gettext_noop("Other policies on conduct"),
    "contributor_vetted": gettext_noop("Vetting contributors"),
    "contributor_consent": gettext_noop("Consent to contribute"),
    "call_approved": gettext_noop("Calls for contributors"),
    "asked_to_take_down": gettext_noop("Request to take it down"),
    "invited_to_talk": gettext_noop("Invitation to talk"),
    "pointed_to_complaints": gettext_noop("Complaints procedure"),
    "told_to_take_down": gettext_noop("Instruction to take it down"),
    "told_acceptable_use": gettext_noop("How the platform may be used"),
    "users_text": gettext_noop("Users’ text and comments"),
    "users_pictures": gettext_noop("Users’ pictures"),
    "comments_dealt_with": gettext_noop("Who deals with comments"),
    "moderation_set_up": gettext_noop("How the site is moderated"),
    "answerable_for_moderation": gettext_noop("Who is responsible for moderating"),
    "platform_known": gettext_noop("What the platform does when something goes wrong"),
    "own_plan": gettext_noop("Your own plan"),
    "online_friends": gettext_noop("Online friends"),
    "rules_found": gettext_noop("Where to find the rules"),
    "logo_leads": gettext_noop("Logo link"),
    "looked_after_in_absence": gettext_noop("Cover for absence"),
    "moderators_on_hand": gettext_noop("Moderators each day"),
    "courtesy": gettext_noop("Courtesy"),
    "needless_argument": gettext_noop("Arguments"),
}
