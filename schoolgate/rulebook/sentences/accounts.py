"""Sentences about proposals, decisions, the opening of accounts, and the people who run them."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "proposal.recipient_right": gettext_noop("The proposal is addressed to {roles}, as the policy asks."),
    "proposal.recipient_wrong": gettext_noop("The proposal has to be addressed to {roles}."),
    "proposal.missing": gettext_noop("This is not stated yet: {what}."),
    "proposal.rights_missing": gettext_noop("It is not written down yet what these may do: {what}."),
    "proposal.too_few_staff": gettext_noop("{given} of {least} members of staff named."),
    "proposal.too_few_people": gettext_noop("{least} needed, {given} given."),
    "proposal.too_early": gettext_noop("This date is too early: {what}. It has to come after {other}."),
    "proposal.too_young": gettext_noop(
        "The youngest pupil whom it is for is {youngest}, and the network takes nobody under {least}."
    ),
    "decision.right_role": gettext_noop("This is for {roles}, and so it is."),
    "decision.wrong_role": gettext_noop("Only {roles} can do this."),
    "decision.not_opened": gettext_noop("Whoever decides has to open the proposal first."),
    "decision.incomplete": gettext_noop(
        "The proposal is not complete: it has to say all that the policy asks for first."
    ),
    "decision.no_answer": gettext_noop("The proposal has to end in a yes or a no."),
    "decision.not_talked_over": gettext_noop("This has to be talked over with {roles} first: {what}."),
    "decision.weak_reason": gettext_noop(
        "An account needs a strong reason of the kind that the policy names."
    ),
    "decision.reason_unconfirmed": gettext_noop(
        "Whoever decides has to confirm that the reason for the account is a strong one."
    ),
    "signing.before": gettext_noop("{role} has to sign first."),
    "signing.no_such_part": gettext_noop("The form has parts for {roles} only."),
    "signing.not_the_one_named": gettext_noop("The form names somebody else as {role}."),
    "signing.own_site": gettext_noop("Nobody signs for a site of their own."),
    "signing.own_manager": gettext_noop("The author of the site cannot be named as their own line manager."),
    "signing.twice": gettext_noop("The signatures have to be those of different people."),
    "runners.has_read": gettext_noop("They have read the policy in force."),
    "runners.has_read_missing": gettext_noop("They have not read the policy in force yet."),
    "runners.has_understood": gettext_noop("They have understood the policy in force."),
    "runners.has_understood_missing": gettext_noop(
        "It is not established yet that they understand the policy in force."
    ),
    "runners.trained": gettext_noop("They have been trained."),
    "runners.trained_missing": gettext_noop("They have not been trained yet."),
    "runners.too_few_trained": gettext_noop("{given} of {least} who run it have been trained."),
    "people.authorised": gettext_noop("This person may take that part."),
    "people.not_authorised": gettext_noop(
        "This person is neither employed nor otherwise authorised for that part."
    ),
    "open.approved": gettext_noop("The account has been approved."),
    "open.rejected": gettext_noop("The proposal for this account was turned down."),
    "open.not_yet_approved": gettext_noop("Not yet approved."),
    "open.not_approved_by": gettext_noop("This needs the approval of {roles}."),
    "open.wrong_creator": gettext_noop("Setting the account up is the job of {role}."),
    "open.permitted_by": gettext_noop("{role} has given permission."),
    "open.ask_first": gettext_noop("{role} has to be asked first."),
    "open.exempt_platform": gettext_noop("No permission is needed for work through {platforms}."),
    "open.leave_given": gettext_noop("{role} has given leave in writing beforehand."),
    "open.name_needs_leave": gettext_noop(
        "Using the name needs the leave of {role}, in writing and beforehand."
    ),
    "open.logo_needs_leave": gettext_noop(
        "Using the logo needs the leave of {role}, in writing and beforehand."
    ),
    "open.mark_not_approved": gettext_noop(
        "Using this needs approval; the signature of {role} on the form gives it."
    ),
    "open.address_notified": gettext_noop("The address has been made known."),
    "open.address_not_notified": gettext_noop("The address has to be made known before pupils are let in."),
    "open.identity_notified": gettext_noop(
        "It has been made known what the account is and who answers for it."
    ),
    "open.identity_not_notified": gettext_noop(
        "What the account is and who answers for it has to be made known before pupils are let in."
    ),
    "open.notice_reached": gettext_noop("The notice went to one of these: {roles}."),
    "open.notice_to_nobody_named": gettext_noop("The notice has to go to one of these: {roles}."),
    "open.not_separate": gettext_noop("Teaching needs an account of its own, used for nothing else."),
    "open.shares_personal": gettext_noop(
        "An account for teaching must share nothing with a personal account."
    ),
    "profile.says_not_always_watched": gettext_noop("The page says that nobody watches it round the clock."),
    "profile.says_where_concerns_go": gettext_noop("The page says whom to tell about worries."),
    "profile.real_name": gettext_noop("The person's real name stands there."),
    "profile.function_stated": gettext_noop("It says what the person does at the school."),
    "profile.terms_of_use": gettext_noop("The terms of use stand there."),
    "profile.house_rules": gettext_noop("The house rules stand there."),
    "profile.shows_logo_or_brand": gettext_noop("The school's logo or brand is shown."),
    "profile.does_not_show": gettext_noop("The account's own page does not show this yet: {what}."),
    "profile.says_who_runs_it": gettext_noop("It can be seen who runs the account."),
    "profile.nobody_named": gettext_noop("Neither the account nor its posts say who runs it."),
    "profile.school_named": gettext_noop("The page names the school."),
    "profile.no_school": gettext_noop("The page has to name one of these: {schools}."),
    "profile.acceptable_use_link": gettext_noop(
        "The page links to the acceptable use policy on the school's site."
    ),
    "profile.no_use_link": gettext_noop(
        "The About or Info text has to link to where the {target} stands on the school's own site."
    ),
    "profile.privacy": gettext_noop("The privacy settings are the tightest there are."),
    "profile.privacy_weaker": gettext_noop(
        "A site made for pupils has to run with the tightest privacy settings there are."
    ),
    "law.too_young": gettext_noop(
        "The youngest pupil whom it is for is {youngest}. This network takes nobody under {least} ({source})."
    ),
    "law.old_enough": gettext_noop("This network takes people from {least} on ({source})."),
    "house.own_proposal": gettext_noop("Nobody says yes to their own proposal."),
    "house.private_login": gettext_noop(
        "An account of the school never runs under somebody's private account, "
        "and nobody is asked for its password."
    ),
}
