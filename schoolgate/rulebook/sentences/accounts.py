"""Sentences about proposals, decisions, the opening of accounts, and the people who run them."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "proposal.recipient_right": gettext_noop("The proposal is addressed to {roles}, as the policy requires."),
    "proposal.recipient_wrong": gettext_noop("The proposal must be addressed to {roles}."),
    "proposal.missing": gettext_noop("Not stated yet: {what}."),
    "proposal.rights_missing": gettext_noop("The form doesn’t say yet what these people may do: {what}."),
    "proposal.too_few_staff": gettext_noop("{given} of {least} members of staff named."),
    "proposal.too_few_people": gettext_noop("{least} needed, {given} given."),
    "proposal.too_early": gettext_noop("This date is too early: {what}. It must be after {other}."),
    "proposal.too_young": gettext_noop(
        "The youngest pupil it is for is {youngest}, and the network’s minimum age is {least}."
    ),
    "proposal.old_enough": gettext_noop("The youngest pupil it is for is old enough for the network."),
    "proposal.network_age_unknown": gettext_noop(
        "No minimum age is on record for this network. Look it up, then choose in "
        "your interpretation which age counts."
    ),
    "decision.right_role": gettext_noop("The right role is doing this: {roles}."),
    "decision.wrong_role": gettext_noop("Only {roles} can do this."),
    "decision.not_opened": gettext_noop("The person deciding must open the proposal first."),
    "decision.incomplete": gettext_noop(
        "The proposal is incomplete. It must first state everything the policy asks for."
    ),
    "decision.no_answer": gettext_noop("The proposal must end in a yes or a no."),
    "decision.not_talked_over": gettext_noop("This must be discussed with {roles} first: {what}."),
    "decision.weak_reason": gettext_noop("An account needs a strong reason of the kind the policy names."),
    "decision.reason_unconfirmed": gettext_noop(
        "The person deciding must confirm that the reason for the account is strong."
    ),
    "signing.before": gettext_noop("{role} must sign first."),
    "signing.no_such_part": gettext_noop("Only {roles} have parts on the form."),
    "signing.not_the_one_named": gettext_noop("The form names someone else as {role}."),
    "signing.own_site": gettext_noop("You can’t sign for your own site."),
    "signing.own_manager": gettext_noop("The author of the site can’t be named as their own line manager."),
    "signing.twice": gettext_noop("The signatures must be from different people."),
    "runners.has_read": gettext_noop("They have read the policy in force."),
    "runners.has_read_missing": gettext_noop("They have not read the policy in force yet."),
    "runners.has_understood": gettext_noop("They have understood the policy in force."),
    "runners.has_understood_missing": gettext_noop(
        "They haven’t confirmed yet that they understand the policy in force."
    ),
    "runners.trained": gettext_noop("They have been trained."),
    "runners.trained_missing": gettext_noop("They have not been trained yet."),
    "runners.nobody_trained": gettext_noop("None of the people who will run the account has been trained."),
    "runners.enough_trained": gettext_noop("Enough people have been trained to run the account."),
    "runners.see_enough_trained": gettext_noop(
        "Make sure that enough people are trained. The policy names no number."
    ),
    "runners.too_few_trained": gettext_noop(
        "{given} of the {least} people needed to run it have been trained."
    ),
    "people.authorised": gettext_noop("This person may take that part."),
    "people.not_authorised": gettext_noop(
        "This person is not employed or otherwise authorised for that part."
    ),
    "open.approved": gettext_noop("The account has been approved."),
    "open.rejected": gettext_noop("The proposal for this account was rejected."),
    "open.not_yet_approved": gettext_noop("Not yet approved."),
    "open.not_approved_by": gettext_noop("This needs approval from {roles}."),
    "open.wrong_creator": gettext_noop("Setting up the account is the job of {role}."),
    "open.permitted_by": gettext_noop("{role} has given permission."),
    "open.ask_first": gettext_noop("{role} should be asked first."),
    "open.exempt_platform": gettext_noop("No permission is needed for work through {platforms}."),
    "open.leave_given": gettext_noop("{role} gave written permission in advance."),
    "open.name_needs_leave": gettext_noop("Using the name needs written permission from {role} in advance."),
    "open.logo_needs_leave": gettext_noop("Using the logo needs written permission from {role} in advance."),
    "open.mark_not_approved": gettext_noop("Using this needs approval. {role} gives it by signing the form."),
    "open.address_notified": gettext_noop("Notice of the account’s address has been given."),
    "open.address_not_notified": gettext_noop(
        "Give notice of the account’s address before pupils are given access."
    ),
    "open.identity_notified": gettext_noop(
        "Notice was given of what the account is and who is responsible for it."
    ),
    "open.identity_not_notified": gettext_noop(
        "Give notice of what the account is and who is responsible for it before pupils are given access."
    ),
    "open.notice_reached": gettext_noop("The notice went to one of these: {roles}."),
    "open.notice_reached.one": gettext_noop("The notice went to the {roles}."),
    "open.notice_to_nobody_named": gettext_noop("The notice must go to one of these: {roles}."),
    "open.notice_to_nobody_named.one": gettext_noop("The notice must go to the {roles}."),
    "open.not_separate": gettext_noop("Teaching needs a separate account, used for nothing else."),
    "open.shares_personal": gettext_noop("A teaching account must share nothing with a personal account."),
    "profile.says_not_always_watched": gettext_noop("The page says that it isn’t monitored round the clock."),
    "profile.says_where_concerns_go": gettext_noop("The page says who to tell about concerns."),
    "profile.real_name": gettext_noop("The page shows the person’s real name."),
    "profile.function_stated": gettext_noop("The page says what the person does at the school."),
    "profile.terms_of_use": gettext_noop("The page shows the terms of use."),
    "profile.house_rules": gettext_noop("The page shows the house rules."),
    "profile.shows_logo_or_brand": gettext_noop("The page shows the school’s logo or brand."),
    "profile.does_not_show": gettext_noop("The account’s own page doesn’t show this yet: {what}."),
    "profile.says_who_runs_it": gettext_noop("Readers can see who runs the account."),
    "profile.nobody_named": gettext_noop("Neither the account nor its posts say who runs it."),
    "profile.school_named": gettext_noop("The page names the school."),
    "profile.no_school": gettext_noop("The page must name one of these: {schools}."),
    "profile.acceptable_use_link": gettext_noop(
        "The page links to the acceptable use policy on the school’s site."
    ),
    "profile.no_use_link": gettext_noop(
        "The About or Info text must link to the {target} on the school’s own site."
    ),
    "profile.privacy": gettext_noop("The privacy settings are as strict as possible."),
    "profile.privacy_weaker": gettext_noop(
        "A site made for pupils must use the strictest privacy settings available."
    ),
    "law.too_young": gettext_noop(
        "The youngest pupil it is for is {youngest}. This network’s minimum age is {least} ({source})."
    ),
    "law.old_enough": gettext_noop("This network’s minimum age is {least} ({source})."),
    "house.own_proposal": gettext_noop("You can’t approve your own proposal."),
    "house.private_login": gettext_noop(
        "A school account can’t run under someone’s private account. No one is "
        "asked for the password of a private account."
    ),
}
