"""Phrases used inside sentences, labels of points and of what a proposal states, and what the kernel says."""

from schoolgate.rulebook.sentences import gettext_noop

# Sentences that the kernel itself speaks.


SENTENCES = {
    "kernel.met": gettext_noop("This is as the policy requires."),
    "kernel.met_in_part": gettext_noop("A rule for this is met. Read the whole clause: it may ask for more."),
    "rule.own_words": gettext_noop("The policy says: {words}"),
    "kernel.unknown": gettext_noop("Can’t be answered until this is known: {what}."),
    "kernel.clash": gettext_noop(
        "One sentence of the policy forbids this and another permits it. {role} must say which applies."
    ),
    "kernel.excluded": gettext_noop("The policy doesn’t cover this."),
    "kernel.not_bound": gettext_noop("The policy does not apply to you here."),
}


# Labels of what a proposal states, and of the answers to choose from.


GROUPS = {
    "own_pupils": gettext_noop("Pupils of the school"),
    "own_staff": gettext_noop("Staff of the school"),
    "pupils_family": gettext_noop("Relatives of pupils"),
    "other_school_pupils": gettext_noop("Pupils of other schools"),
    "external_organisations": gettext_noop("Outside organisations"),
    "public": gettext_noop("The public"),
    "others": gettext_noop("Someone else"),
}

FIELDS = {
    "aim": gettext_noop("What the account should achieve"),
    "purpose_reason": gettext_noop("Why the account is needed"),
    "content_description": gettext_noop("What will be posted on the account"),
    "intended_audience": gettext_noop("Who it is meant to reach"),
    "promotion": gettext_noop("How people will hear about it"),
    "visibility": gettext_noop("Who will be able to see it"),
    "reason_kind": gettext_noop("Type of reason"),
    "department": gettext_noop("Department"),
    "author": gettext_noop("Author of the site"),
    "line_manager": gettext_noop("Line manager of the author"),
    "accountable_manager": gettext_noop("Manager accountable for staffing and time"),
    "run_by": gettext_noop("People who will look after it"),
    "administrators": gettext_noop("Administrators"),
    "moderators": gettext_noop("Moderators"),
    "vetter": gettext_noop("Who vets outside contributors"),
    "audience": gettext_noop("All groups that will see it"),
    "audience.pupil_ages": gettext_noop("Ages of the pupils who will see it"),
    "audience.school_names": gettext_noop("Names of the other schools whose pupils will see it"),
    "audience.others": gettext_noop("Who else will see it"),
    "contributors": gettext_noop("All groups that will contribute"),
    "contributors.pupil_ages": gettext_noop("Ages of the pupils who will contribute"),
    "contributors.school_names": gettext_noop("Names of the other schools whose pupils will contribute"),
    "contributors.others": gettext_noop("Who else will contribute"),
    "contributors.what_each_may_do": gettext_noop("For which groups have you decided what they may post?"),
    "children_contribute": gettext_noop("Will children contribute?"),
    "vulnerable_adults_contribute": gettext_noop("Will adults with learning disabilities contribute?"),
    "contributor_advertising": gettext_noop("How outside contributors will be recruited"),
    "parent_information_plan": gettext_noop("How parents or responsible adults will be told"),
    "consent_plan": gettext_noop("How their consent will be obtained"),
    "security_contributing": gettext_noop("How unsuitable people are prevented from contributing"),
    "security_friends": gettext_noop("How unsuitable people are prevented from becoming friends of the site"),
    "under_age_prevention": gettext_noop("How under-age children are kept out"),
    "under_age_response": gettext_noop("What happens if an under-age child gets in"),
    "host": gettext_noop("Who hosts it"),
    "host.name": gettext_noop("Name of the host"),
    "go_live_date": gettext_noop("Planned opening date"),
    "closure_date": gettext_noop("Planned closing date"),
    "hours_per_week": gettext_noop("Hours of work a week"),
    "effort_weighed": gettext_noop("How the effort compares with the expected result"),
    "ending.what_happens_to_content": gettext_noop("At the end: what happens to the content"),
    "ending.who_closes_it": gettext_noop("At the end: who closes it"),
    "ending.what_followers_are_told": gettext_noop("At the end: what followers are told"),
    "success_measure": gettext_noop("How you will know that it worked"),
    "evaluation_date": gettext_noop("Date for judging its success"),
    "intervention_safeguarding": gettext_noop(
        "How you deal with content that raises a concern about a child"
    ),
    "intervention_offence": gettext_noop("How you deal with comments likely to offend"),
    "pupils_in_audience": gettext_noop("Is it meant for pupils?"),
    "youngest_pupil": gettext_noop("Age of the youngest pupil it is meant for"),
}

TYPES = {
    "aim": "long_text",
    "purpose_reason": "long_text",
    "content_description": "long_text",
    "intended_audience": "text",
    "promotion": "long_text",
    "visibility": "choice",
    "reason_kind": "choice",
    "department": "text",
    "author": "person",
    "line_manager": "person",
    "accountable_manager": "person",
    "run_by": "people",
    "administrators": "people",
    "moderators": "people",
    "vetter": "person",
    "audience": "groups",
    "audience.pupil_ages": "ages",
    "audience.school_names": "names",
    "audience.others": "text",
    "contributors": "groups",
    "contributors.pupil_ages": "ages",
    "contributors.school_names": "names",
    "contributors.others": "text",
    "contributors.what_each_may_do": "groups",
    "children_contribute": "yes_no",
    "vulnerable_adults_contribute": "yes_no",
    "contributor_advertising": "long_text",
    "parent_information_plan": "long_text",
    "consent_plan": "long_text",
    "security_contributing": "long_text",
    "security_friends": "long_text",
    "under_age_prevention": "long_text",
    "under_age_response": "long_text",
    "host": "choice",
    "host.name": "text",
    "go_live_date": "date",
    "closure_date": "date",
    "hours_per_week": "number",
    "effort_weighed": "long_text",
    "ending.what_happens_to_content": "text",
    "ending.who_closes_it": "text",
    "ending.what_followers_are_told": "text",
    "success_measure": "long_text",
    "evaluation_date": "date",
    "intervention_safeguarding": "long_text",
    "intervention_offence": "long_text",
    "pupils_in_audience": "yes_no",
    "youngest_pupil": "number",
}

OPTIONS = {
    "visibility": {
        "open": gettext_noop("Everyone (open)"),
        "private_closed": gettext_noop("A closed group (private)"),
    },
    "reason_kind": {
        "pedagogical": gettext_noop("A teaching reason"),
        "business": gettext_noop("A reason related to the school’s work"),
        "other": gettext_noop("Another reason"),
    },
    "host": {
        "school": gettext_noop("The school"),
        "third_party": gettext_noop("A third party"),
    },
}


# Phrases used inside sentences: what is needed, and from which source.


NEEDS = {
    **FIELDS,
    **GROUPS,
    "answer": gettext_noop("an answer"),
    "consent_list": gettext_noop("a check of the school’s consent list"),
    "day": gettext_noop("the day"),
    "country": gettext_noop("the country that the school is in"),
    "ruling": gettext_noop("a ruling"),
    "shows_people": gettext_noop("whether the picture shows anyone"),
    "signature": gettext_noop("a signature"),
    "talk.audience": gettext_noop("who it is for"),
    "talk.content": gettext_noop("what will be posted on it"),
    "talk.contributors": gettext_noop("who can take part"),
    "talk.purpose": gettext_noop("what it is for"),
    "written_consent": gettext_noop("written consent"),
    "written_permission": gettext_noop("written permission"),
}

SOURCES = {
    "applicant": gettext_noop("the person proposing it"),
    "approver": gettext_noop("someone who may approve it"),
    "author": gettext_noop("the author"),
    "decider": gettext_noop("the person deciding"),
    "federation": gettext_noop("the federation"),
    "office": gettext_noop("the school office"),
    "parent": gettext_noop("a parent"),
    "carer": gettext_noop("a carer"),
    "person_shown": gettext_noop("the person concerned"),
    "picture_checker": gettext_noop("someone who may check pictures"),
    "reader": gettext_noop("someone other than the author"),
    "runner": gettext_noop("the person who will run it"),
}


# The label of every point: what an answer is about.


POINTS = {
    "acceptable_use_link": gettext_noop("Link to the acceptable use policy"),
    "administrator_number": gettext_noop("Number of administrators"),
    "administrators": gettext_noop("Administrators"),
    "aim": gettext_noop("Aims"),
    "apart_from_personal": gettext_noop("Separate from personal accounts"),
    "approval": gettext_noop("Whose approval it needs"),
    "approved": gettext_noop("Approved first"),
    "approved_people": gettext_noop("Who may help run it"),
    "audience": gettext_noop("Audience"),
    "audience_age": gettext_noop("Old enough for the network, as the policy requires"),
    "author_position": gettext_noop("The author’s position in the school"),
    "author_shown": gettext_noop("Who is posting"),
    "authority": gettext_noop("Speaking for the school"),
    "closing_date": gettext_noop("Closing date"),
    "colleague": gettext_noop("Colleagues"),
    "confidential": gettext_noop("Confidential information"),
    "confidentiality_asked": gettext_noop("Confidentiality"),
    "consent_list": gettext_noop("The school’s consent list"),
    "consent_plan": gettext_noop("How consent is obtained"),
    "contact": gettext_noop("Where concerns go"),
    "content": gettext_noop("Content"),
    "contributor_advertising": gettext_noop("How contributors are recruited"),
    "contributor_rights": gettext_noop("What contributors may do"),
    "contributors": gettext_noop("Contributors"),
    "copyright": gettext_noop("Sources and copyright"),
    "creator": gettext_noop("Who sets it up"),
    "credit": gettext_noop("Naming the person who made it"),
    "decider": gettext_noop("Who decides"),
    "disclaimer": gettext_noop("Personal views"),
    "do_not_publish": gettext_noop("Children who must not be shown"),
    "dress": gettext_noop("How pupils are dressed"),
    "effort": gettext_noop("Effort and result"),
    "ending": gettext_noop("How it ends"),
    "evaluation": gettext_noop("How its success is judged"),
    "function": gettext_noop("What the person does"),
    "host": gettext_noop("Who hosts it"),
    "house_rules": gettext_noop("House rules"),
    "image_judged": gettext_noop("Whether the picture is suitable"),
    "image_permission": gettext_noop("Permission for the picture"),
    "intended_audience": gettext_noop("Who it is meant to reach"),
    "intervention_plan": gettext_noop("When someone must step in"),
    "leadership_consent": gettext_noop("Leadership agreement"),
    "links_blocked": gettext_noop("Blocked sites"),
    "links_fitting": gettext_noop("Whether links are appropriate"),
    "links_safe": gettext_noop("Whether links are safe"),
    "logo": gettext_noop("Logo, slogan and trademarks"),
    "logo_shown": gettext_noop("The school’s logo"),
    "moderator_number": gettext_noop("Number of moderators"),
    "moderators": gettext_noop("Moderators"),
    "name_and_logo": gettext_noop("Name and logo"),
    "naming": gettext_noop("Names with pictures"),
    "network_age": gettext_noop("Minimum age of the network"),
    "not_always_watched": gettext_noop("Not monitored round the clock"),
    "networks": gettext_noop("Which networks are used"),
    "notice_recipient": gettext_noop("Who is told"),
    "trips": gettext_noop("Trips"),
    "tagging": gettext_noop("Tags"),
    "leavers_shown": gettext_noop("Pictures of pupils who left"),
    "consent_age": gettext_noop("How recent consent is"),
    "picture_withdrawn": gettext_noop("Withdrawn consent"),
    "live_streams": gettext_noop("Live streams"),
    "films": gettext_noop("Films"),
    "staff_shown": gettext_noop("Staff who are shown"),
    "ai_made": gettext_noop("What artificial intelligence made"),
    "warned_first": gettext_noop("A warning before a block"),
    "records_kept": gettext_noop("How long records are kept"),
    "leavers_gone": gettext_noop("Pictures of pupils who left"),
    "reply_hours": gettext_noop("When replies are sent"),
    "replies_here": gettext_noop("Whether we reply there"),
    "posting_device": gettext_noop("Which device we post from"),
    "school_follows": gettext_noop("Who our accounts follow"),
    "request_told": gettext_noop("Who is told of the request"),
    "followers": gettext_noop("Who follows our accounts"),
    "parents_groups": gettext_noop("Parents’ groups"),
    "own_numbers": gettext_noop("Private numbers and addresses"),
    "passwords_changed": gettext_noop("Passwords when someone leaves"),
    "two_step": gettext_noop("Two-step sign-in"),
    "posting_hours": gettext_noop("When posts go out"),
    "politics": gettext_noop("Party politics"),
    "notified": gettext_noop("Notified in advance"),
    "opening_date": gettext_noop("Opening date"),
    "opt_out": gettext_noop("People who don’t want to be shown"),
    "order": gettext_noop("Order of signing"),
    "other_views": gettext_noop("Other people’s views"),
    "own_affairs": gettext_noop("The school’s own affairs"),
    "own_approval": gettext_noop("No approving your own reply"),
    "own_proposal": gettext_noop("No approving your own proposal"),
    "parent_information": gettext_noop("How parents are told"),
    "partner": gettext_noop("Outside organisations"),
    "permission": gettext_noop("The owner’s permission"),
    "photo_consent": gettext_noop("Consent to the picture"),
    "privacy": gettext_noop("Privacy settings"),
    "privacy_asked": gettext_noop("Privacy"),
    "private_login": gettext_noop("No private account"),
    "professional": gettext_noop("School business only"),
    "promotion": gettext_noop("How people hear about it"),
    "purpose": gettext_noop("Purpose"),
    "read": gettext_noop("Has read the policy"),
    "real_name": gettext_noop("Real name"),
    "recipient": gettext_noop("Who it is addressed to"),
    "resources": gettext_noop("Who is accountable for staff and time"),
    "ridicule": gettext_noop("No one made to look foolish"),
    "rights_doubt": gettext_noop("Doubts about rights"),
    "run_by": gettext_noop("Who looks after it"),
    "safeguarding_known": gettext_noop("Knowing the safeguarding procedure"),
    "says_who_runs_it": gettext_noop("Who runs it"),
    "school_material": gettext_noop("What the school has published"),
    "school_named": gettext_noop("Naming the school"),
    "second_person": gettext_noop("A second person"),
    "security": gettext_noop("Security"),
    "separate_account": gettext_noop("A separate account"),
    "signers": gettext_noop("Signed by different people"),
    "staff_number": gettext_noop("Number of staff"),
    "strong_reason": gettext_noop("A strong reason"),
    "suitable_for_any_reader": gettext_noop("Suitable for any reader"),
    "suitable_for_children": gettext_noop("Suitable for children"),
    "suits_ages": gettext_noop("Suitable for the ages of its pupils"),
    "talked_over": gettext_noop("Discussed in advance"),
    "team": gettext_noop("Who applies"),
    "terms_of_use": gettext_noop("Terms of use"),
    "time": gettext_noop("Time it takes"),
    "trained": gettext_noop("Trained"),
    "under_age_plan": gettext_noop("Under-age children"),
    "understood": gettext_noop("Understands the policy"),
    "vetter": gettext_noop("Who vets outside contributors"),
    "visibility": gettext_noop("Who can see it"),
    "weighing": gettext_noop("Read before deciding"),
}


# Headings and options of the policies' own forms, as our register labels them: a test compares.


HEADINGS = (
    gettext_noop("Who applies"),
    gettext_noop("What the site is for"),
    gettext_noop("Who the site is for"),
    gettext_noop("Who will write on the site"),
    gettext_noop("How the site is run"),
    gettext_noop("Approval"),
)


# What a proof over all facts says (`schoolgate policy prove`), by what was found.


PROOFS = {
    "never_speaks": gettext_noop("This rule never applies, whatever the facts are."),
    "step_never_speaks": gettext_noop("Step {step} of this rule never applies, whatever the facts are."),
    "never_met": gettext_noop("Nothing can ever meet the conditions of step {step} of this rule."),
    "never_allowed": gettext_noop("Under this policy this is never allowed, so no case could pass."),
    "clash": gettext_noop("One clause forbids what another permits, and neither takes precedence."),
    "less_permits_more": gettext_noop("Warning: this is allowed while something is unknown: {facts}."),
    "without_it": gettext_noop("Without it:"),
    "no_rule": gettext_noop("No rule of the policy covers this case."),
    "differs": gettext_noop("The two policies answer this case differently."),
    "never": gettext_noop("Never."),
    "never_unless_ruled": gettext_noop(
        "Never, unless someone gives a ruling on one of these clauses: {clauses}."
    ),
    "never_but_silent": gettext_noop("The policy never allows it, and says nothing about this case:"),
    "in_this_case": gettext_noop("Yes, in this case:"),
    "not_proven": gettext_noop(
        "Not proven: no case was found, but these rules are too complex to check fully: {rules}."
    ),
}

BOUNDS = (
    gettext_noop("Every combination of answers was tried: yes, no, not known and each choice on a list."),
    gettext_noop(
        "For times, numbers and free text we tried the values that the rules name, and those just above "
        "and below."
    ),
    gettext_noop(
        "Lists: up to two or three entries. No ruling or permission to depart from the policy is on record."
    ),
    gettext_noop(
        "This is what the rules say. A refusal by a parent or pupil, or “do not publish”, also stops a post."
    ),
    gettext_noop("The federation has chosen no times of its own, and every weekday is a school day."),
)
