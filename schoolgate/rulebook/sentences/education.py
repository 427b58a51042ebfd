"""Sentences for people who ask for guidance, and about work done so that everyone knows."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "guiding.entitled": gettext_noop(
        "You have a right to find out things that matter to you ({basis}). Now read how to do it safely."
    ),
    "guiding.help_offered": gettext_noop("There is a help page, and an adult to ask."),
    "guiding.help_missing": gettext_noop(
        "A pupil looking for help should find at least a help page and an adult to ask. Add what is missing."
    ),
    "guiding.invited_staff": gettext_noop(
        "Good idea. Staff are invited to look for new uses of social media. Apply for an account."
    ),
    "guiding.invited_parents_carers": gettext_noop(
        "Your idea is welcome. Parents and carers are invited to look for new "
        "uses. An application for a new account should name {number} or more "
        "members of staff, so find them first."
    ),
    "guiding.staff_found": gettext_noop("The application would name enough members of staff."),
    "guiding.find_staff": gettext_noop(
        "An application should name {number} or more members of staff. Find "
        "someone else who would help to run the account."
    ),
    "guiding.invited_pupils": gettext_noop(
        "Yes, in principle. Pupils are invited to look for new uses. Ask a "
        "member of staff to apply: they would run the account."
    ),
    "guiding.welcome_pupil": gettext_noop(
        "Yes. You are welcome to write about your school ({what}) if it is "
        "suitable. Read the short rules first."
    ),
    "guiding.welcome_parent": gettext_noop(
        "Yes. Parents are welcome to write about the school ({what}) if it is "
        "suitable. Read the short house rules first."
    ),
    "guiding.lessons": gettext_noop(
        "Yes. You may use social media in lessons and to help pupils learn, "
        "within the rules for school-approved accounts."
    ),
    "guiding.for_all": gettext_noop(
        "All of this guidance applies to you. It is for all staff of both "
        "schools, whether or not you work on an account."
    ),
    "guiding.good_practice": gettext_noop(
        "These rules are the federation’s shared framework of good practice."
    ),
    "guiding.advice": gettext_noop(
        "The policy gives staff practical advice on using social media sensibly "
        "and carefully. Read it section by section."
    ),
    "guiding.am_i_safe": gettext_noop(
        "Not entirely. Following the policy does not remove every risk that social media brings to staff."
    ),
    "guiding.phone": gettext_noop("Bear in mind that pupils learn from how you use your phone."),
    "guiding.common_sense": gettext_noop(
        "Use your common sense at all times, as well as following the rules."
    ),
    "guiding.no_rule": gettext_noop(
        "No rule in the policy answers this. Use your common sense, and ask the {whom}."
    ),
    "guiding.too_hard": gettext_noop(
        "This text suits a reading age of {reading_age}, but its readers are "
        "aged {age}. Use easier words so that they can understand it."
    ),
    "guiding.readable": gettext_noop("Its audience can understand it."),
    "teaching.counts_as_education": gettext_noop("It counts as education."),
    "teaching.not_training": gettext_noop(
        "Teaching for pupils and parents counts as education, not training. Record it as education."
    ),
    "teaching.year_group_taught": gettext_noop("This year group has been taught this school year."),
    "teaching.year_group_missing": gettext_noop(
        "{group}: no teaching on safe use of social media this school year. Plan something."
    ),
    "teaching.programme_lives": gettext_noop("Something has been done for parents this school year."),
    "teaching.programme_rests": gettext_noop(
        "Nothing has been done this school year to help parents use social media well. Plan something."
    ),
    "teaching.parents_pages_found": gettext_noop("Parents can find their page on the website."),
    "teaching.schools_without_page": gettext_noop(
        "There is no page for parents on the website of: {schools}. Publish one, or correct its address."
    ),
    "teaching.page_missing": gettext_noop(
        "There is no page for parents on the website. Publish one, or correct its address."
    ),
    "teaching.show_identity_fraud": gettext_noop(
        "Everyone needs to know that identity fraud online is a danger. Read the page about it."
    ),
    "teaching.shown_identity_fraud": gettext_noop("This person has read the page about identity fraud."),
    "teaching.show_misuse": gettext_noop(
        "All staff should know that misuse is taken seriously. Read that part and confirm it."
    ),
    "teaching.shown_misuse": gettext_noop("This person has confirmed the part about misuse."),
}

NEEDS = {
    "may_comment": gettext_noop("a comment"),
    "may_post": gettext_noop("a post of your own"),
    "may_respond": gettext_noop("a reply"),
    "briefing_identity_fraud": gettext_noop("the page about identity fraud"),
    "briefing_misuse": gettext_noop("the part about misuse"),
}

SOURCES = {
    "editor": gettext_noop("the author of the page"),
    "person_bound": gettext_noop("the person themselves"),
    "who_asks": gettext_noop("the person asking"),
}

POINTS = {
    "entitled_to_know": gettext_noop("The right to find things out"),
    "help_offered": gettext_noop("Help"),
    "invited_to_try": gettext_noop("Your own ideas"),
    "welcome_to_write": gettext_noop("Writing about the school"),
    "use_in_lessons": gettext_noop("In lessons"),
    "guidance_for_all": gettext_noop("Who the guidance is for"),
    "common_practice": gettext_noop("Good practice"),
    "practical_advice": gettext_noop("Practical advice"),
    "risks_remain": gettext_noop("Remaining risks"),
    "example_to_pupils": gettext_noop("Setting an example to pupils"),
    "common_sense": gettext_noop("Common sense"),
    "words_for_their_age": gettext_noop("Words suited to pupils’ age"),
    "counted_as_education": gettext_noop("Education or training"),
    "every_year_group": gettext_noop("Every year group"),
    "parents_programme": gettext_noop("Helping parents"),
    "parents_page": gettext_noop("A page for parents"),
    "shown_to_everybody": gettext_noop("What everyone must know"),
}
