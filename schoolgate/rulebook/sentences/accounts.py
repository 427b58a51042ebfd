"""Sentences about accounts: proposals, decisions, opening, their people, keys, upkeep and end."""

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
    "awaits.decided": gettext_noop("The proposal has been decided."),
    "awaits.undecided": gettext_noop(
        "Every proposal must be decided on. Days waiting so far: {days}. The policy "
        "sets no deadline: until you decide, tell the applicant it is being "
        "considered."
    ),
    "awaits.undecided_by": gettext_noop(
        "Every proposal must be decided on. Days waiting so far: {days}. A decision is due by {day}."
    ),
    "upkept.days_since_post": gettext_noop(
        "The account must be kept up to date. The policy doesn’t say how often "
        "to post. Days since the last post: {days}."
    ),
    "upkept.fresh": gettext_noop("The account is up to date. Days since the last post: {days}."),
    "upkept.stale": gettext_noop(
        "The account is no longer up to date. Days since the last post: {days}. "
        "Post something new, or ask whether the account is still needed."
    ),
    "upkept.nothing_waits": gettext_noop(
        "No comments are waiting for a reply, so the account isn’t neglected."
    ),
    "upkept.days_alone": gettext_noop(
        "A site must not be left unattended, and this one has comments waiting. "
        "The policy gives no number of days. Days since anyone posted or checked "
        "it: {days}."
    ),
    "upkept.looked_after": gettext_noop(
        "The account is being looked after. Days since anyone posted or checked it: {days}."
    ),
    "upkept.left_alone": gettext_noop(
        "The account is unattended. Days since anyone posted or checked it: "
        "{days}. Comments waiting: {number}. Check it today, or close it."
    ),
    "evaluated.posts": gettext_noop("Posts by this person in this period: {number}."),
    "evaluated.no_posts": gettext_noop(
        "This person added nothing in this period. Adding content is part of the role."
    ),
    "evaluated.serves_aims_open": gettext_noop(
        "The site must be evaluated now. Say whether it still serves its aims, and why."
    ),
    "evaluated.serves_aims": gettext_noop("The site still serves its aims."),
    "evaluated.off_the_point": gettext_noop(
        "The site no longer serves its aims. Bring it back to them, or close it."
    ),
    "evaluated.every_aim": gettext_noop("Every aim has a result ({number})."),
    "evaluated.overdue": gettext_noop(
        "The site’s evaluation was due on {day}. Aims with a result: {number} of "
        "{aims}. Say for each aim whether it was met."
    ),
    "evaluated.due": gettext_noop("To evaluate the site, say whether each of its aims was met ({aims})."),
    "evaluated.pride": gettext_noop(
        "Also ask whether the posts have made current pupils proud of their school ({school})."
    ),
    "handover.done": gettext_noop("The account has been closed or handed over."),
    "account.passwords_changed": gettext_noop("The passwords were changed."),
    "account.two_step_on": gettext_noop("Two-step sign-in is on."),
    "handover.all_leave": gettext_noop(
        "Everyone who leads this account is leaving, so no one can run the "
        "handover as {role}. Say who will do it."
    ),
    "handover.was_the_only_one": gettext_noop(
        "Under the policy, the remaining {role} runs the handover, but no one else leads this account."
    ),
    "handover.to_run": gettext_noop(
        "An account lead leaves on {day}. Run the handover: pass the account on or close it."
    ),
    "handover.no_lead": gettext_noop("The account has no lead, so the handover is completed by: {role}."),
    "handover.not_as_it_is": gettext_noop("You can’t leave the account as it is. Close it or hand it over."),
    "handover.to_whom": gettext_noop("Say who is taking on the account."),
    "handover.closed_when": gettext_noop("Give the date the account was closed."),
    "handover.successor_named": gettext_noop("It is agreed who will look after the account."),
    "handover.successor": gettext_noop(
        "The account should be looked after when someone leaves. People looking "
        "after it from {day}: {number}. Name a successor."
    ),
    "handover.is_the_schools": gettext_noop(
        "This belongs to the school and stays with it when someone leaves: {what}."
    ),
    "handover.all_stays": gettext_noop("Everything stays with the school, as it should."),
    "considered.invited": gettext_noop(
        "Anyone in the schools’ community may consider whether an account would "
        "help their work. The policy’s examples: {examples}. Check first whether "
        "an existing account would do."
    ),
    "considered.not_weighed": gettext_noop("Record how you weighed this up: {what}."),
    "considered.weighed": gettext_noop("The idea was weighed up against everything the policy names."),
    "considered.new_platform": gettext_noop(
        "The policy leaves room for new ideas. A platform isn’t turned down "
        "because no one here has used it. The steps are the same as for any "
        "account."
    ),
    "considered.lasting_work": gettext_noop(
        "Running a site is continuing work, not a one-off job. It lasts until the closing date."
    ),
    "considered.weeks_of_work": gettext_noop(
        "Running a site is continuing work, not a one-off job. It lasts until {day}. Weeks of work: {weeks}."
    ),
    "create.no_kind": gettext_noop("Choose the type of account. Each type has its own rules."),
    "create.kind_is": gettext_noop("Only the rules for this type of account apply: {what}."),
    "create.on_school_address": gettext_noop("The account uses a school email address."),
    "create.not_on_school_address": gettext_noop(
        "The account doesn’t use a school email address. This is allowed, but an "
        "official school address would be better."
    ),
    "create.practice_missing": gettext_noop(
        "This is not in place yet: {what}. For teaching accounts the policy "
        "requires all of its practices, including those worded as advice."
    ),
    "create.nobodys_name": gettext_noop("The profile doesn’t name anyone."),
    "create.own_name": gettext_noop("The profile names the person who runs it."),
    "create.somebody_elses_name": gettext_noop(
        "No one may pose as someone else. Use the name of the person who runs the account, or the school’s."
    ),
    "create.form_approved": gettext_noop("The form has been approved ({form})."),
    "create.form_not_approved": gettext_noop(
        "You need approval on the form ({form}) before you speak for the school "
        "on social media, even as part of the job."
    ),
    "create.form_there": gettext_noop("The form has been completed ({form})."),
    "create.no_form": gettext_noop(
        "You can’t register an account until its author has completed the form ({form})."
    ),
    "create.breaks_terms": gettext_noop(
        "This would break the platform’s own terms: {what}. Choose another type "
        "of account or another platform."
    ),
    "create.keeps_terms": gettext_noop("The account complies with the platform’s own terms."),
    "lookup.not_ours": gettext_noop(
        "This address is not in the register: it is not one of this school’s accounts."
    ),
    "lookup.ours": gettext_noop("This is an official account."),
    "lookup.ours_since": gettext_noop("This is an official account, announced on {day}."),
    "lookup.mark_there": gettext_noop("The account has the link that identifies official accounts."),
    "lookup.mark_gone": gettext_noop(
        "The link that identifies official accounts is missing, so this account "
        "can’t be shown as confirmed. Put the link back."
    ),
    "lookup.made_for_us": gettext_noop("The site was made by the school or for it."),
    "lookup.in_our_name": gettext_noop(
        "This site uses the school’s name but was not made by or for the school. Tell the head of the school."
    ),
    "lookup.schools_platform": gettext_noop("{school} uses this platform."),
    "lookup.comparable_platform": gettext_noop("{school} uses platforms like this one."),
    "lookup.schools_page": gettext_noop("{page} is the official page of {school}."),
    "lookup.other_schools_page": gettext_noop("{page} is the page of {school}, not of any other school."),
    "lookup.not_the_page": gettext_noop(
        "{school} uses only one page: {page} on {platforms}. This is a different page."
    ),
    "keys.only_role": gettext_noop("Only {role} can see this. Ask them."),
    "keys.has_part": gettext_noop("This person works on the account."),
    "keys.no_part": gettext_noop(
        "Only people who work on an account can see its details and password. Ask one of them."
    ),
    "keys.open_place": gettext_noop(
        "This place isn’t safe because others can access it. Use the program’s own store or lock it away."
    ),
    "keys.in_clear": gettext_noop("You can’t leave a password where it can be read."),
    "keys.safe": gettext_noop("It is stored in a safe place."),
    "act.barred": gettext_noop("The approval for this account doesn’t allow this: {what}."),
    "act.requirement_kept": gettext_noop("This requirement of the approval is met: {what}."),
    "act.required": gettext_noop("The approval for this account requires this first: {what}."),
    "act.authority": gettext_noop("This activity is authorised."),
    "act.no_authority": gettext_noop(
        "You can’t start an activity for the school without authority. The "
        "policy doesn’t say who gives it, so ask before you begin."
    ),
    "signing.undated": gettext_noop("This signature must be dated: {role}."),
    "signing.another_day": gettext_noop("{role} signed on {day}, but the signature shows another date."),
    "signing.dated_too_early": gettext_noop(
        "This signature is dated before one that comes first on the form: {role}."
    ),
    "signing.dated": gettext_noop("{role} signed on {day}."),
    "signing.one_declaration": gettext_noop(
        "The signature of {role} covers the whole declaration and can’t leave "
        "out {what}. Request changes to the form and give a reason."
    ),
    "signing.covers": gettext_noop("The signature of {role} approves {what}."),
    "signing.fallen": gettext_noop(
        "The form was changed after {role} signed, so this is no longer "
        "approved: {what}. {role} must sign again."
    ),
    "proposal.audience_named": gettext_noop("The form allows this group as an audience: {what}."),
    "proposal.contributors_named": gettext_noop("The form allows this group as contributors: {what}."),
    "proposal.form_filled": gettext_noop("The author has completed the form."),
    "proposal.form_not_filled": gettext_noop("The author must complete the whole form. Still empty: {what}."),
    "siteplan.danger_open": gettext_noop("Record how you reduce this risk to young people: {what}."),
    "siteplan.dangers_thought_of": gettext_noop("How each risk is reduced is on record."),
    "siteplan.not_taught": gettext_noop(
        "Young people often know the technology better than its risks. Record "
        "how they are taught to use the site safely."
    ),
    "siteplan.taught": gettext_noop("How pupils are taught to use the site safely is recorded."),
    "siteplan.not_known": gettext_noop(
        "Think first about the young people it is for. Record what you know "
        "about them: their ages, their needs and how they get online."
    ),
    "siteplan.known_of_them": gettext_noop("Details of the young people it is for are recorded."),
    "siteplan.why_the_internet": gettext_noop(
        "The internet may be the wrong way to reach these people. Record why no other way is used."
    ),
    "siteplan.channel_decided": gettext_noop("The reason for not using another way is recorded."),
    "siteplan.weak_privacy": gettext_noop("Confidential information may not stay confidential online."),
    "siteplan.weak_privacy_outside": gettext_noop(
        "Confidential information may not stay confidential online, especially on an outside "
        "platform. Its privacy settings may not even prevent accidental leaks."
    ),
    "siteplan.ask_first": gettext_noop(
        "If the author isn’t sure the internet suits these young people, they "
        "must first ask one of these: {roles}."
    ),
    "siteplan.ask_first.one": gettext_noop(
        "If the author isn’t sure the internet suits these young people, they must first ask the {roles}."
    ),
    "siteplan.advice_there": gettext_noop("One of these has given advice: {roles}."),
    "siteplan.guidance_not_checked": gettext_noop(
        "Check the site against this guidance, or whatever has replaced it: {guidance}."
    ),
    "siteplan.guidance_open": gettext_noop("The site must follow the guidance. Points still open: {what}."),
    "siteplan.guidance_checked": gettext_noop("The site has been checked against the guidance."),
    "siteplan.not_approved": gettext_noop(
        "Taking part in an outside site for the school needs approval from one of these: {roles}."
    ),
    "siteplan.not_approved.one": gettext_noop(
        "Taking part in an outside site for the school needs approval from the {roles}."
    ),
}

NEEDS = {
    "fresh_content": gettext_noop("a new post on the account"),
    "contribution": gettext_noop("a contribution to the account"),
    "back_to_the_point": gettext_noop("changes to bring the site back to its aims"),
    "aims_result": gettext_noop("a result for each aim"),
    "handover_controller": gettext_noop("someone to run the handover"),
    "handover": gettext_noop("the handover of the account"),
    "password_change": gettext_noop("changing the passwords that they know"),
    "two_step_on": gettext_noop("turning on two-step sign-in"),
    "closed_on": gettext_noop("the date the account was closed"),
    "successor": gettext_noop("a successor"),
    "kept.page": gettext_noop("the page"),
    "kept.drafts": gettext_noop("drafts"),
    "kept.media": gettext_noop("pictures and videos"),
    "kept.messages": gettext_noop("messages"),
    "weighed.school": gettext_noop("duties to the school"),
    "weighed.community": gettext_noop("duties to the community"),
    "weighed.legal responsibilities": gettext_noop("the law"),
    "weighed.reputation": gettext_noop("the school’s good name"),
    "subject department account": gettext_noop("a subject department’s account"),
    "friends-of group page": gettext_noop("a Friends group’s page"),
    "kind.school-sanctioned": gettext_noop("a school account"),
    "kind.personal": gettext_noop("a personal account"),
    "approved_form": gettext_noop("an approved form"),
    "person_let_in": gettext_noop("who is being given access"),
    "condition": gettext_noop("what the approval requires"),
    "covered.aims": gettext_noop("the aims"),
    "covered.content": gettext_noop("the content"),
    "risk.skills ahead of judgement": gettext_noop("skills ahead of judgement"),
    "risk.posting sensitive personal information": gettext_noop("posting private information about oneself"),
    "risk.treating online friends as real friends": gettext_noop("treating online friends as real friends"),
    "risk.grooming": gettext_noop("grooming"),
    "risk.cyberbullying": gettext_noop("online bullying"),
    "guidance_points": gettext_noop("the points still open"),
    "risk.other": gettext_noop("any other risk"),
    "taught_safely": gettext_noop("how pupils are taught to use it safely"),
    "known_of_them": gettext_noop("what is known about the young people it is for"),
    "channel_reason": gettext_noop("the reason for not using another way"),
}

SOURCES = {
    "whoever_asks": gettext_noop("the person asking"),
    "answering_manager": gettext_noop("the manager responsible for the account"),
}

POINTS = {
    "decision_owed": gettext_noop("Decision on the proposal"),
    "kept_fresh": gettext_noop("Kept up to date"),
    "not_left_alone": gettext_noop("Not left unattended"),
    "contributing": gettext_noop("Adding content"),
    "to_the_point": gettext_noop("Serving its aims"),
    "aims_met": gettext_noop("Aims met"),
    "pupils_pride": gettext_noop("Pupils’ pride in their school"),
    "handover": gettext_noop("Running the handover"),
    "handover_result": gettext_noop("Outcome of the handover"),
    "looked_after": gettext_noop("Continuity when someone leaves"),
    "stays_with_school": gettext_noop("What stays with the school"),
    "invitation": gettext_noop("Who may propose an account"),
    "weighed_against": gettext_noop("What was weighed up"),
    "new_platform": gettext_noop("New platforms"),
    "lasting_work": gettext_noop("Continuing work"),
    "account_kind": gettext_noop("Type of account"),
    "login_address": gettext_noop("Login email address"),
    "all_practices": gettext_noop("All teaching practices in place"),
    "impersonation": gettext_noop("Posing as someone else"),
    "form_approved": gettext_noop("Approval on the form"),
    "form_filled_in": gettext_noop("Completed form"),
    "platform_terms": gettext_noop("The platform’s own terms"),
    "official": gettext_noop("Official or unofficial"),
    "official_mark": gettext_noop("Sign of an official account"),
    "in_our_name": gettext_noop("Sites in our name"),
    "schools_own_account": gettext_noop("Which school’s account"),
    "proofs": gettext_noop("Reading, understanding and training"),
    "account_details": gettext_noop("Account details"),
    "account_password": gettext_noop("Account password"),
    "approvals_requirements": gettext_noop("What the approval requires"),
    "approvals_limits": gettext_noop("What the approval rules out"),
    "activity_authority": gettext_noop("Authority for the activity"),
    "signature_dated": gettext_noop("Date of each signature"),
    "signature_covers": gettext_noop("What each signature approves"),
    "taking_part_approved": gettext_noop("Approval to take part"),
    "site_guidance": gettext_noop("National guidance"),
    "site_dangers": gettext_noop("Risks to young people"),
    "taught_to_use_it": gettext_noop("Teaching safe use"),
    "pupils_known": gettext_noop("The young people it is for"),
    "right_channel": gettext_noop("Whether the internet is the right way"),
    "weak_privacy": gettext_noop("Confidentiality online"),
    "channel_doubt": gettext_noop("Doubts about using the internet"),
}
