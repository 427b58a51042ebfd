"""Sentences about watching accounts, about other people's comments there, and about acting on them."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
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
