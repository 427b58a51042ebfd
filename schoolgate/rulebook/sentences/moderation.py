"""Sentences about watching accounts, about what others write there, and about what is done with it."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "watching.look_by": gettext_noop("The account is looked at again in time, counted from {last}."),
    "watching.overdue": gettext_noop(
        "Nobody has looked at this account in time, counted from {last}. Look at it now."
    ),
    "watching.regularly": gettext_noop(
        "The account is looked at regularly. The policy gives no number: the federation can choose how often."
    ),
    "watching.contributions_look_by": gettext_noop(
        "What others contribute is gone through again in time, counted from {last}."
    ),
    "watching.contributions_overdue": gettext_noop(
        "Nobody whom the policy names has gone through what others contribute in time, counted from {last}. "
        "Go through it now."
    ),
    "watching.contributions_regularly": gettext_noop(
        "What others contribute is gone through and moderated. The policy gives no number: the federation "
        "can choose how often."
    ),
    "watching.friends_look_by": gettext_noop(
        "The comments of friends are gone through again in time, counted from {last}."
    ),
    "watching.friends_overdue": gettext_noop(
        "The comments of friends were not gone through in time, counted from {last}. Go through them now."
    ),
    "watching.friends_regularly": gettext_noop(
        "The comments of friends are gone through regularly. The policy gives no number: the federation can "
        "choose how often."
    ),
    "watching.days_missed": gettext_noop(
        "The account was looked at on {seen} of {of} days; the policy asks for {wanted} days a week. "
        "Missed: {missed}."
    ),
    "watching.days_kept": gettext_noop("The account was looked at on {seen} of {of} days."),
    "watching.weekdays_missed": gettext_noop(
        "Nobody looked at the account on: {missed}. It is looked at on every weekday."
    ),
    "watching.weekdays_off_missed": gettext_noop(
        "Nobody looked at the account on: {missed}. These weekdays were days off, and the policy does not "
        "say whether they count."
    ),
    "watching.weekdays_kept": gettext_noop("The account was looked at on every weekday."),
    "watching.holidays_missed": gettext_noop(
        "Nobody looked at the account on: {missed}. School holidays are no exception: agree who looks in."
    ),
    "watching.holidays_kept": gettext_noop("The account was looked at in the school holidays too."),
    "watching.took_part": gettext_noop("{role}: has taken part in watching the account."),
    "watching.no_part": gettext_noop(
        "{role}: has not looked at the account since {since}. Watching it is part of this role."
    ),
    "watching.own_post_unread": gettext_noop(
        "Comments below this post that nobody has read: {unread}. Whoever posts keeps an eye on it: read "
        "them."
    ),
    "looking.first": gettext_noop(
        "{suspected}. Look at it before everything else: the account is watched so that this is seen."
    ),
    "looking.looked_first": gettext_noop("Somebody has looked at it."),
    "looking.not_acted": gettext_noop(
        "It was opened and nothing was done. Hide, delete, block or report it, or note why nothing is to be "
        "done."
    ),
    "looking.acted": gettext_noop("What was seen was acted on."),
    "looking.abuse_unhandled": gettext_noop(
        "The conversation has turned abusive and nothing was done. Take one of these steps: {actions}."
    ),
    "looking.abuse_handled": gettext_noop("A step was taken against the abuse."),
    "looking.writer_named": gettext_noop("It comes from somebody who gives a name."),
    "looking.writer_unnamed": gettext_noop(
        "Its writer gives no real name, which the policy discourages. That alone is no reason to take it "
        "down."
    ),
    "looking.read": gettext_noop("Somebody who moderates has read it."),
    "looking.read_no_time": gettext_noop(
        "What others post is moderated: read it. The policy gives no number of hours; the federation can "
        "choose one."
    ),
    "looking.read_by": gettext_noop(
        "What others post is moderated: read it within the time that was chosen."
    ),
    "looking.read_overdue": gettext_noop("Nobody has read it within the time that was chosen. Read it now."),
    "looking.take_down_no_time": gettext_noop(
        "It is against the terms or house rules and can still be read: take it down. The policy gives no "
        "number of hours."
    ),
    "looking.take_down_by": gettext_noop(
        "It is against the terms or house rules: take it down within the time that was chosen."
    ),
    "looking.take_down_overdue": gettext_noop(
        "It is against the terms or house rules and can still be read after the time that was chosen. Take "
        "it down now."
    ),
    "looking.take_down_friends_no_time": gettext_noop(
        "This comment of a friend breaks the trust's rules and can still be read: take it down. The policy "
        "gives no number of hours."
    ),
    "looking.take_down_friends_by": gettext_noop(
        "This comment of a friend breaks the trust's rules: take it down within the time that was chosen."
    ),
    "looking.take_down_friends_overdue": gettext_noop(
        "This comment of a friend breaks the trust's rules and can still be read after the time that was "
        "chosen. Take it down now."
    ),
    "looking.take_down_at_once": gettext_noop(
        "It is grossly offensive or puts somebody in danger: take it down at once."
    ),
    "looking.take_down_at_once_by": gettext_noop(
        "It is grossly offensive or puts somebody in danger: take it down at once. The federation has said "
        "what that means at the latest."
    ),
    "looking.take_down_at_once_overdue": gettext_noop(
        "It is grossly offensive or puts somebody in danger and can still be read. Take it down now and "
        "tell the others who moderate."
    ),
    "looking.stepped_in": gettext_noop("Somebody has stepped in."),
    "looking.step_in": gettext_noop("Your plan for this site has you step in within {hours} hours: do so."),
    "looking.step_in_no_time": gettext_noop("Put your plan for this site into practice: step in."),
    "looking.not_stepped_in": gettext_noop(
        "Your plan for this site says within {hours} hours, and nobody has stepped in. Do so now and tell "
        "your manager."
    ),
    "looking.rude": gettext_noop("Nobody whom this policy binds is rude about the school or its people."),
    "looking.rude_perhaps": gettext_noop(
        "This may be rude about the school or its people. Its writer: {writer}. Judge whether it is."
    ),
    "looking.not_rude": gettext_noop("Somebody has looked at it and found it not to be rude."),
    "keeping_back.personal_details": gettext_noop(
        "A young person may be giving away details about themselves. Look at it before others can read it."
    ),
    "keeping_back.bullying": gettext_noop(
        "A young person may be bullied here. Look at it before others can read it."
    ),
    "keeping_back.slur": gettext_noop(
        "This may be gross abuse, which is never put up with. Look at it before others can read it."
    ),
    "keeping_back.looked_at": gettext_noop("Somebody has looked at it."),
    "removing.reason_needed": gettext_noop("Nothing is taken down without a reason from the list: pick one."),
    "removing.disagreement": gettext_noop(
        "That somebody disagrees is no reason to take a comment down: people have a right to their own views."
    ),
    "removing.reason_given": gettext_noop("A reason is given."),
    "removing.tell_why_always": gettext_noop(
        "After such a step, tell those who read along the precise reason: write it before you finish."
    ),
    "removing.tell_why_on_demand": gettext_noop(
        "Somebody called for an explanation: tell those who read along the precise reason."
    ),
    "removing.nobody_called_for_it": gettext_noop("Nobody has called for an explanation."),
    "removing.told_why": gettext_noop("Those who read along were told the precise reason."),
    "removing.notice_needed": gettext_noop(
        'Leave a notice that the comment was removed. The policy gives these words: "{text}"'
    ),
    "removing.notice_names_offence": gettext_noop(
        "The policy's own notice says that the comment was offensive, but it went for another reason. Use "
        "other words."
    ),
    "removing.notice_stands": gettext_noop("A notice says that the comment was removed."),
    "removing.notice_lacks": gettext_noop("The notice lacks: {part}. Think about adding it."),
    "removing.notice_complete": gettext_noop("The notice says everything that it should."),
    "removing.never_left_grossly_offensive": gettext_noop(
        "It is grossly offensive and cannot be left standing. Examples in the policy: {examples}."
    ),
    "removing.never_left_endangers": gettext_noop(
        "It may bring somebody to harm and cannot be left standing. Hide it at once."
    ),
    "removing.not_left": gettext_noop("It is not left standing."),
    "removing.keep_first": gettext_noop("Before it goes, keep: {missing}."),
    "removing.kept": gettext_noop("What has to be kept of it is kept."),
    "removing.never_copy": gettext_noop(
        "An illegal picture of a child may be in it. Do not copy it, not even as evidence: stop, and ring "
        "the police."
    ),
    "removing.copied_abuse": gettext_noop(
        "A picture that may show the abuse of a child is never copied. Stop, and ring the police."
    ),
    "removing.tell_platform": gettext_noop(
        "On this platform it is first the platform's task to protect and to step in: report it there."
    ),
    "removing.report_on_record": gettext_noop(
        "Note the number and the time of the report to the platform, and what it answers."
    ),
    "removing.platform_told": gettext_noop("The platform was told, and the report is on record."),
    "admitting.let_through": gettext_noop("It is against the terms or house rules: it is not let through."),
    "admitting.let_through_met": gettext_noop("Nothing in it is against the terms or house rules."),
    "admitting.friends_let_through": gettext_noop(
        "This comment of a friend breaks the trust's rules: it is not let through."
    ),
    "admitting.friends_let_through_met": gettext_noop("Nothing in it breaks the trust's rules."),
    "admitting.never_let_through": gettext_noop(
        "It is grossly offensive or puts somebody in danger: nobody lets it through."
    ),
    "admitting.never_let_through_met": gettext_noop(
        "Nothing in it is grossly offensive or puts anybody in danger."
    ),
    "admitting.conduct_shown": gettext_noop("Whoever writes here sees the rules of conduct."),
    "admitting.conduct_not_shown": gettext_noop(
        "Everybody who writes here is held to this policy: show its rules of conduct above the box."
    ),
    "admitting.no_other_policies": gettext_noop(
        "Everybody who writes here is held to other policies too: link those that set conduct."
    ),
    "admitting.other_policy_linked": gettext_noop(
        "A further policy that sets conduct can be read from here."
    ),
    "admitting.link_broken": gettext_noop("The link to this policy leads nowhere: mend it."),
    "admitting.vetted": gettext_noop("It is on record who looked into this contributor, when and how."),
    "admitting.not_vetted": gettext_noop(
        "Whoever contributes is looked into first: note who did so, when and how."
    ),
    "admitting.call_approved": gettext_noop("The call for contributors is approved as it stands."),
    "admitting.call_not_approved": gettext_noop(
        "A call for contributors over social media needs approval by one of: {roles}."
    ),
    "approaching.ask_parent": gettext_noop("Ask the parent to take it down, and note the day."),
    "approaching.parent_asked": gettext_noop("The parent was asked to take it down."),
    "approaching.invite_parent": gettext_noop(
        "Invite the parent to talk it over face to face, and note the day and what came of it."
    ),
    "approaching.parent_invited": gettext_noop("The parent was invited to talk it over."),
    "approaching.refer_parent": gettext_noop(
        "Point the parent to the complaints procedure, and note the day and the version that was sent."
    ),
    "approaching.wrong_procedure": gettext_noop(
        "The parent was sent another school's complaints procedure. Send the one of their own school."
    ),
    "approaching.parent_referred": gettext_noop("The parent was pointed to the complaints procedure."),
    "approaching.staff_may_be_told": gettext_noop(
        "The posting is held to break the policy: its writer can be told to take it down. Say by when."
    ),
    "approaching.staff_told": gettext_noop(
        "You were told to take this posting down: do so and say that it is gone, by the time that you were "
        "given."
    ),
    "approaching.staff_told_no_time": gettext_noop(
        "You were told to take this posting down: do so and say that it is gone. No time was named."
    ),
    "approaching.tell_acceptable_use": gettext_noop(
        "Parents who can post on the learning platform are told how it may be used: show that first."
    ),
    "approaching.told_acceptable_use": gettext_noop(
        "The parent was told how the learning platform may be used."
    ),
    "site_care.settle_text": gettext_noop("Think through whether users may add text or comments: yes or no."),
    "site_care.settled_text": gettext_noop("It is settled whether users may add text or comments."),
    "site_care.settle_pictures": gettext_noop("Think through whether users may add pictures: yes or no."),
    "site_care.settled_pictures": gettext_noop("It is settled whether users may add pictures."),
    "site_care.nobody_replies": gettext_noop(
        "Whoever posts is ready for people to talk back: name who deals with comments and messages."
    ),
    "site_care.replies_dealt_with": gettext_noop("It is settled who deals with comments and messages."),
    "site_care.not_moderated": gettext_noop(
        "What stands on the site is moderated: say whether before or after it appears, and name who does it."
    ),
    "site_care.moderated": gettext_noop("The site is moderated by named people."),
    "site_care.team_answers": gettext_noop("The team that set the site up answers for moderating it."),
    "site_care.handed_over": gettext_noop(
        "The team that set the site up has handed its moderation over in writing."
    ),
    "site_care.not_handed_over": gettext_noop(
        "The team that set the site up answers for moderating it until it has signed a handover."
    ),
    "site_care.platform_unknown": gettext_noop(
        "Platforms step in in different ways: note how this one does, and the way to report to it."
    ),
    "site_care.platform_known": gettext_noop(
        "It is known how this platform steps in and how to report to it."
    ),
    "site_care.own_plan_missing": gettext_noop(
        "Plan what you do on top of the platform's own measures, and write it down."
    ),
    "site_care.own_plan_there": gettext_noop("There is a plan on top of the platform's own measures."),
    "site_care.offer_friends_note": gettext_noop(
        "Young people may take online friends for real ones. Decide whether the note about that stands on "
        "the site."
    ),
    "site_care.friends_note_pinned": gettext_noop("The note about online friends stands on the site."),
    "site_care.friends_note_left_out": gettext_noop(
        "The author has decided to leave out the note about online friends."
    ),
    "site_checks.house_rules_found": gettext_noop("Everybody can find the house rules."),
    "site_checks.house_rules_missing": gettext_noop(
        "The house rules cannot be found on the site: put them back."
    ),
    "site_checks.terms_of_use_found": gettext_noop("Everybody can find the terms of use."),
    "site_checks.terms_of_use_missing": gettext_noop(
        "The terms of use cannot be found on the site: put them back."
    ),
    "site_checks.logo_leads": gettext_noop("The logo leads to the fitting page of the school's website."),
    "site_checks.logo_leads_elsewhere": gettext_noop(
        "The logo does not lead to the fitting page of the school's website: mend the link."
    ),
    "site_checks.looked_after_enough": gettext_noop("Somebody is there for the site on each of these days."),
    "site_checks.looked_after_gap": gettext_noop(
        "From {first} to {last} everybody who looks after the site is away: find a stand-in."
    ),
    "site_checks.moderators_enough": gettext_noop(
        "Enough approved moderators are there on each of these days."
    ),
    "site_checks.moderators_gap": gettext_noop(
        "From {first} to {last} too few approved moderators are there: find a stand-in."
    ),
    "courtesy.be_courteous": gettext_noop("Be courteous at all times."),
    "courtesy.flagged": gettext_noop(
        "A word in this answer may not be courteous. Ask somebody else to read it before it goes out."
    ),
    "courtesy.read_by_another": gettext_noop("Somebody else has read this answer as it stands."),
    "courtesy.no_argument": gettext_noop("Avoid arguments that are needless or lead nowhere."),
    "courtesy.end_it_here": gettext_noop(
        "You have answered this person {replies} times in this thread. End the exchange, or move it to the "
        "school office."
    ),
}
