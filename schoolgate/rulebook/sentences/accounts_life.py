"""Sentences about what becomes of accounts: their keys, upkeep and end, and the sites of others."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "awaits.decided": gettext_noop("The proposal has had its answer."),
    "awaits.undecided": gettext_noop(
        "No proposal is left without a decision. This one waits; days so far: {days}. The policy gives no "
        "number: decide it, and tell whoever put it in that it still waits."
    ),
    "awaits.undecided_by": gettext_noop(
        "No proposal is left without a decision. This one waits; days so far: {days}. It has to have it by "
        "{day}."
    ),
    "upkept.days_since_post": gettext_noop(
        "The account has to be kept fresh; the policy gives no number of days. Days since the last post: "
        "{days}."
    ),
    "upkept.fresh": gettext_noop("The account is fresh enough. Days since the last post: {days}."),
    "upkept.stale": gettext_noop(
        "The account is no longer fresh. Days since the last post: {days}. Put something new on it, or ask "
        "whether it is still wanted."
    ),
    "upkept.nothing_waits": gettext_noop(
        "No comment waits for an answer, so the account is not left to itself."
    ),
    "upkept.days_alone": gettext_noop(
        "A site must not be left to itself, and comments wait on this one; the policy gives no number of "
        "days. Days since anybody posted or looked in: {days}."
    ),
    "upkept.looked_after": gettext_noop(
        "The account is not left to itself. Days since anybody posted or looked in: {days}."
    ),
    "upkept.left_alone": gettext_noop(
        "The account is left to itself. Days since anybody posted or looked in: {days}; comments that "
        "wait: {number}. Look in today, or close it."
    ),
    "evaluated.posts": gettext_noop("Posts by this person in the time looked at: {number}."),
    "evaluated.no_posts": gettext_noop(
        "This person added nothing in the time looked at; adding content is part of the job."
    ),
    "evaluated.serves_aims_open": gettext_noop(
        "The day for judging the site has come. Say whether it still serves its aims, and why."
    ),
    "evaluated.serves_aims": gettext_noop("The site still serves its aims."),
    "evaluated.off_the_point": gettext_noop(
        "The site no longer serves its aims. Bring it back to the point, or close it."
    ),
    "evaluated.every_aim": gettext_noop("There is a result for each aim ({number})."),
    "evaluated.overdue": gettext_noop(
        "The site was to be judged on {day}. Aims with a result: {number} of {aims}. Say of each aim "
        "whether it was met."
    ),
    "evaluated.due": gettext_noop(
        "Judging the site means saying of each of its aims ({aims}) whether it was met."
    ),
    "evaluated.pride": gettext_noop(
        "Ask as well: did the posts give the present pupils of {school} cause to be proud of their school?"
    ),
    "handover.done": gettext_noop("The account is shut or in new hands."),
    "handover.all_leave": gettext_noop(
        "Everybody who leads this account is leaving, so nobody is there who can run the handover as "
        "{role}. Say who takes it on."
    ),
    "handover.was_the_only_one": gettext_noop(
        "The policy gives the handover to the {role} who stays, and this account has nobody else who leads "
        "it."
    ),
    "handover.to_run": gettext_noop(
        "Somebody who leads the account leaves on {day}. Run the handover: the account is passed on to "
        "somebody, or shut."
    ),
    "handover.no_lead": gettext_noop(
        "The account has nobody to lead it. {role} has to see the handover through."
    ),
    "handover.not_as_it_is": gettext_noop(
        "The account cannot be left as it is: either shut it or give it into new hands."
    ),
    "handover.to_whom": gettext_noop("Say into whose hands the account goes."),
    "handover.closed_when": gettext_noop("Say on which day the account was shut."),
    "handover.successor_named": gettext_noop("It is settled who goes on looking after the account."),
    "handover.successor": gettext_noop(
        "The account has to be looked after when somebody leaves. People who look after it from {day} on: "
        "{number}. Name somebody to follow the one who leaves."
    ),
    "handover.is_the_schools": gettext_noop(
        "This belongs to the school and stays with it when somebody leaves: {what}."
    ),
    "handover.all_stays": gettext_noop("Everything stays with the school, as it should."),
    "considered.invited": gettext_noop(
        "Anybody who belongs to the schools may ask themselves whether an account would be useful for "
        "their work. Examples that the policy gives: {examples}. Look first whether an account that exists "
        "already would do."
    ),
    "considered.not_weighed": gettext_noop("It is not written down yet how this was weighed: {what}."),
    "considered.weighed": gettext_noop("The use was weighed against everything that the policy names."),
    "considered.new_platform": gettext_noop(
        "The policy leaves room for new ideas: a platform is not turned down because nobody here has used "
        "it yet. The same steps follow as for any other account."
    ),
    "considered.lasting_work": gettext_noop(
        "Running a site is lasting work, not a single job: it goes on until the closing date."
    ),
    "considered.weeks_of_work": gettext_noop(
        "Running a site is lasting work, not a single job: it goes on until {day}. Weeks of work: {weeks}."
    ),
    "create.no_kind": gettext_noop("Choose which kind of account this is; each kind has rules of its own."),
    "create.kind_is": gettext_noop("The rules for this kind of account apply, and no others: {what}."),
    "create.on_school_address": gettext_noop("The account hangs on an e-mail address of the school."),
    "create.not_on_school_address": gettext_noop(
        "The account is not on an e-mail address of the school. That is allowed, but an official school "
        "address would be better."
    ),
    "create.practice_missing": gettext_noop(
        "This is not in place yet, and for teaching accounts the policy asks for all of its practices, "
        "also for those it words as advice: {what}."
    ),
    "create.nobodys_name": gettext_noop("The profile bears nobody's name."),
    "create.own_name": gettext_noop("The profile bears the name of the person who runs it."),
    "create.somebody_elses_name": gettext_noop(
        "Nobody poses as another person. Run the account under the name of the person who runs it, or of "
        "the school."
    ),
    "create.form_approved": gettext_noop("The form is approved ({form})."),
    "create.form_not_approved": gettext_noop(
        "Speaking for the school on social media needs approval first, by way of the form ({form}), also "
        "where it is part of somebody's job."
    ),
    "create.form_there": gettext_noop("The form is filled in ({form})."),
    "create.no_form": gettext_noop(
        "No account is entered without the form, filled in by its author ({form})."
    ),
    "create.breaks_terms": gettext_noop(
        "This would break the platform's own terms: {what}. Choose another kind of account or another "
        "platform."
    ),
    "create.keeps_terms": gettext_noop("The account keeps to the platform's own terms."),
    "lookup.not_ours": gettext_noop(
        "This address does not stand in the register: it is not an account of this school."
    ),
    "lookup.ours": gettext_noop("This is an official account."),
    "lookup.ours_since": gettext_noop("This is an official account, made known on {day}."),
    "lookup.mark_there": gettext_noop("The account bears the link by which official accounts are known."),
    "lookup.mark_gone": gettext_noop(
        "The link by which official accounts are known is gone from this account, so it cannot be shown as "
        "confirmed. Put the link back."
    ),
    "lookup.made_for_us": gettext_noop("The site was made by the school or for it."),
    "lookup.in_our_name": gettext_noop(
        "This site is in the school's name and was made neither by the school nor for it. Tell the head of "
        "the school."
    ),
    "lookup.schools_platform": gettext_noop("{school} works on this platform."),
    "lookup.comparable_platform": gettext_noop("{school} works on platforms like this one."),
    "lookup.schools_page": gettext_noop("{page} is the page through which {school} works."),
    "lookup.other_schools_page": gettext_noop("{page} is the page of {school}, and of no other school."),
    "lookup.not_the_page": gettext_noop(
        "{school} works through one page, {page} on {platforms}. This is another one."
    ),
    "keys.only_role": gettext_noop("Only {role} can see this. Ask them."),
    "keys.has_part": gettext_noop("This person has a part in the account."),
    "keys.no_part": gettext_noop(
        "The particulars and the password of an account are for those alone who have a part in it. Ask "
        "somebody who has."
    ),
    "keys.open_place": gettext_noop(
        "Others can get at this place, so it is not a safe one. Keep it in the program's own store or "
        "under lock."
    ),
    "keys.in_clear": gettext_noop("A password must not stand anywhere where it can be read."),
    "keys.safe": gettext_noop("It is kept in a safe place."),
    "act.barred": gettext_noop("The approval of this account bars this: {what}."),
    "act.requirement_kept": gettext_noop("What the approval asks for is there: {what}."),
    "act.required": gettext_noop("The approval of this account asks for this first: {what}."),
    "act.authority": gettext_noop("There is authority for this activity."),
    "act.no_authority": gettext_noop(
        "Nobody starts an activity for the school without authority. The policy does not say who gives it: "
        "ask before you begin."
    ),
    "signing.undated": gettext_noop("The day of signing has to stand beside the signature of {role}."),
    "signing.another_day": gettext_noop(
        "{role} signed on {day}, and another day stands beside the signature."
    ),
    "signing.dated_too_early": gettext_noop(
        "The signature of {role} is dated before one that comes first on the form."
    ),
    "signing.dated": gettext_noop("{role} signed on {day}."),
    "signing.one_declaration": gettext_noop(
        "The signature of {role} stands under one declaration and cannot leave out {what}. Send the form "
        "back with a reason instead."
    ),
    "signing.covers": gettext_noop("The signature of {role} approves {what}."),
    "signing.fallen": gettext_noop(
        "The form was changed after {role} had signed, so {what} are no longer approved. {role} has to "
        "sign again."
    ),
    "proposal.audience_named": gettext_noop("The form lets this group be named as audience: {what}."),
    "proposal.contributors_named": gettext_noop("The form lets this group be named as contributors: {what}."),
    "proposal.form_filled": gettext_noop("The author has filled in the form."),
    "proposal.form_not_filled": gettext_noop("The author fills in the whole form. Still empty: {what}."),
    "siteplan.danger_open": gettext_noop(
        "It is not written down yet what is done about this danger to young people: {what}."
    ),
    "siteplan.dangers_thought_of": gettext_noop("It is written down for every danger what is done about it."),
    "siteplan.not_taught": gettext_noop(
        "Young people often know the technology better than its dangers. Write down how they are taught to "
        "use the site safely."
    ),
    "siteplan.taught": gettext_noop("It is written down how pupils are taught to use the site safely."),
    "siteplan.not_known": gettext_noop(
        "Think first about the young people whom it is for, and write down what is known of them: their "
        "ages, what they need, how they get online."
    ),
    "siteplan.known_of_them": gettext_noop("It is written down who the young people are."),
    "siteplan.why_the_internet": gettext_noop(
        "The internet may be the wrong way to reach these people. Write down why no other way is used."
    ),
    "siteplan.channel_decided": gettext_noop("It is written down why no other way is used."),
    "siteplan.weak_privacy": gettext_noop("What is confidential may not stay so online."),
    "siteplan.weak_privacy_outside": gettext_noop(
        "What is confidential may not stay so online, least of all on a platform of somebody else: its "
        "privacy settings may be too weak even against slips."
    ),
    "siteplan.ask_first": gettext_noop(
        "Whoever is not sure whether the internet suits these young people asks one of these first: {roles}."
    ),
    "siteplan.advice_there": gettext_noop("The advice of one of these is there: {roles}."),
    "siteplan.guidance_not_checked": gettext_noop(
        "Check the site against this guidance, or what has taken its place: {guidance}."
    ),
    "siteplan.guidance_open": gettext_noop(
        "The site has to follow the guidance. Points that are still open: {what}."
    ),
    "siteplan.guidance_checked": gettext_noop("The site was checked against the guidance."),
    "siteplan.not_approved": gettext_noop(
        "Taking part for the school in somebody else's site needs the approval of one of these: {roles}."
    ),
}

NEEDS = {
    "fresh_content": gettext_noop("something new on the account"),
    "contribution": gettext_noop("a contribution to the account"),
    "back_to_the_point": gettext_noop("the site brought back to its aims"),
    "aims_result": gettext_noop("a result for each aim"),
    "handover_controller": gettext_noop("somebody to run the handover"),
    "handover": gettext_noop("the handover of the account"),
    "closed_on": gettext_noop("the day on which the account was shut"),
    "successor": gettext_noop("somebody to follow the one who leaves"),
    "kept.page": gettext_noop("the page"),
    "kept.drafts": gettext_noop("drafts"),
    "kept.media": gettext_noop("pictures and film"),
    "kept.messages": gettext_noop("messages"),
    "weighed.school": gettext_noop("duties to the school"),
    "weighed.community": gettext_noop("duties to the community"),
    "weighed.legal responsibilities": gettext_noop("the law"),
    "weighed.reputation": gettext_noop("the school's good name"),
    "subject department account": gettext_noop("an account of a subject department"),
    "friends-of group page": gettext_noop("a page of a Friends group"),
    "kind.school-sanctioned": gettext_noop("an account of the school"),
    "kind.personal": gettext_noop("a personal account"),
    "approved_form": gettext_noop("an approved form"),
    "person_let_in": gettext_noop("who is to be let in"),
    "condition": gettext_noop("what the approval asks for"),
    "covered.aims": gettext_noop("the aims"),
    "covered.content": gettext_noop("the content"),
    "risk.skills ahead of judgement": gettext_noop("skills that run ahead of judgement"),
    "risk.posting sensitive personal information": gettext_noop("posting private things about oneself"),
    "risk.treating online friends as real friends": gettext_noop("taking friends online for real friends"),
    "risk.grooming": gettext_noop("grooming"),
    "risk.cyberbullying": gettext_noop("bullying online"),
    "guidance_points": gettext_noop("the points that are still open"),
    "risk.other": gettext_noop("any further danger"),
    "taught_safely": gettext_noop("how pupils are taught to use it safely"),
    "known_of_them": gettext_noop("what is known of the young people whom it is for"),
    "channel_reason": gettext_noop("why no other way is used"),
}

SOURCES = {
    "whoever_asks": gettext_noop("whoever asks"),
    "answering_manager": gettext_noop("the manager who answers for it"),
}

POINTS = {
    "decision_owed": gettext_noop("A decision in time"),
    "kept_fresh": gettext_noop("Kept fresh"),
    "not_left_alone": gettext_noop("Not left to itself"),
    "contributing": gettext_noop("Who adds content"),
    "to_the_point": gettext_noop("Kept to the point"),
    "aims_met": gettext_noop("Whether its aims were met"),
    "pupils_pride": gettext_noop("What it did for the pupils"),
    "handover": gettext_noop("Who runs the handover"),
    "handover_result": gettext_noop("How the handover ends"),
    "looked_after": gettext_noop("Looked after when somebody leaves"),
    "stays_with_school": gettext_noop("What stays with the school"),
    "invitation": gettext_noop("Whose idea it may be"),
    "weighed_against": gettext_noop("What it was weighed against"),
    "new_platform": gettext_noop("A platform that is new here"),
    "lasting_work": gettext_noop("Lasting work"),
    "account_kind": gettext_noop("Which kind of account"),
    "login_address": gettext_noop("The address it hangs on"),
    "all_practices": gettext_noop("Everything in place for teaching"),
    "impersonation": gettext_noop("Under whose name"),
    "form_approved": gettext_noop("Approved by way of the form"),
    "form_filled_in": gettext_noop("The form filled in"),
    "platform_terms": gettext_noop("The platform's own terms"),
    "official": gettext_noop("Official or not"),
    "official_mark": gettext_noop("The mark of an official account"),
    "in_our_name": gettext_noop("Sites in our name"),
    "schools_own_account": gettext_noop("Which school's account"),
    "proofs": gettext_noop("Reading, understanding and training"),
    "account_details": gettext_noop("The account's particulars"),
    "account_password": gettext_noop("The account's password"),
    "approvals_requirements": gettext_noop("What the approval asks for"),
    "approvals_limits": gettext_noop("What the approval bars"),
    "activity_authority": gettext_noop("Authority for the activity"),
    "signature_dated": gettext_noop("The day beside each signature"),
    "signature_covers": gettext_noop("What each signature approves"),
    "taking_part_approved": gettext_noop("Approval for taking part"),
    "site_guidance": gettext_noop("National guidance"),
    "site_dangers": gettext_noop("Dangers to young people"),
    "taught_to_use_it": gettext_noop("Taught to use it safely"),
    "pupils_known": gettext_noop("The young people it is for"),
    "right_channel": gettext_noop("Whether the internet is the right way"),
    "weak_privacy": gettext_noop("Confidentiality online"),
    "channel_doubt": gettext_noop("When in doubt about the internet"),
}
