"""Sentences for those who ask for guidance, and about what is done so that everybody knows."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "guiding.entitled": gettext_noop(
        "You have a right to find things out that matter to you ({basis}). Then read how to do it safely."
    ),
    "guiding.help_offered": gettext_noop("There is a page of help, and an adult to ask."),
    "guiding.help_missing": gettext_noop(
        "A pupil who looks for help finds at least a page of it and an adult to ask: add what is missing."
    ),
    "guiding.invited_staff": gettext_noop(
        "Good idea: staff are invited to look for new uses of social media. Put in an application for an "
        "account."
    ),
    "guiding.invited_parents_carers": gettext_noop(
        "Your idea is welcome: parents and carers are invited to look for new uses. A new account needs an "
        "application with the names of {number} members of staff: find them first."
    ),
    "guiding.staff_found": gettext_noop("Enough members of staff would be named in the application."),
    "guiding.find_staff": gettext_noop(
        "An application names {number} members of staff: find somebody else who would help to run it."
    ),
    "guiding.invited_pupils": gettext_noop(
        "Yes, in principle: pupils are invited to look for new uses. Ask a member of staff to apply; they "
        "would run the account."
    ),
    "guiding.welcome_pupil": gettext_noop(
        "Yes: you are welcome to write about your school ({what}), if it is fitting. Read the short rules "
        "first."
    ),
    "guiding.welcome_parent": gettext_noop(
        "Yes: parents are welcome to write about the school ({what}), if it is fitting. Read the short "
        "house rules first."
    ),
    "guiding.lessons": gettext_noop(
        "Yes: using social media in lessons and to help pupils learn is allowed, within the rules for "
        "accounts that the school has approved."
    ),
    "guiding.for_all": gettext_noop(
        "All of this guidance is for you: it is for all staff of both schools, whether or not you have a "
        "part in an account."
    ),
    "guiding.good_practice": gettext_noop("These rules are the federation's common frame of good practice."),
    "guiding.advice": gettext_noop(
        "The policy gives staff practical advice on handling social media with sense and care. Read it "
        "section by section."
    ),
    "guiding.am_i_safe": gettext_noop(
        "Not entirely: keeping to the policy does not remove every risk that social media brings to staff."
    ),
    "guiding.phone": gettext_noop("Bear in mind that pupils learn from how you handle your phone."),
    "guiding.common_sense": gettext_noop("Use your common sense at all times, on top of the rules."),
    "guiding.no_rule": gettext_noop(
        "No rule of the policy answers this. Use your common sense, and ask the {whom}."
    ),
    "guiding.too_hard": gettext_noop(
        "This text reads like one for {reading_age} year olds, and it is for pupils of {age}. Use easier "
        "words, so that they can make sense of it."
    ),
    "guiding.readable": gettext_noop("Those whom it is for can read it."),
    "teaching.counts_as_education": gettext_noop("It counts as education."),
    "teaching.not_training": gettext_noop(
        "What pupils and parents are taught counts as education, not as training: enter it there."
    ),
    "teaching.year_group_taught": gettext_noop("This year group was taught this school year."),
    "teaching.year_group_missing": gettext_noop(
        "{group}: nothing was done this school year so that these pupils use social media safely. Plan "
        "something."
    ),
    "teaching.programme_lives": gettext_noop("Something was done for parents this school year."),
    "teaching.programme_rests": gettext_noop(
        "Nothing was done this school year so that parents use social media well. Plan something."
    ),
    "teaching.parents_pages_found": gettext_noop("Parents find their page on the website."),
    "teaching.schools_without_page": gettext_noop(
        "There is no page for parents on the website of: {schools}. Put one up, or mend its address."
    ),
    "teaching.page_missing": gettext_noop(
        "There is no page for parents on the website. Put one up, or mend its address."
    ),
    "teaching.show_identity_fraud": gettext_noop(
        "Everybody needs to know that identity fraud online is a danger: read the page about it."
    ),
    "teaching.shown_identity_fraud": gettext_noop("This person has read the page about identity fraud."),
    "teaching.show_misuse": gettext_noop(
        "All staff should know that misuse is taken seriously: read that part and confirm it."
    ),
    "teaching.shown_misuse": gettext_noop("This person has confirmed the part about misuse."),
}

NEEDS = {
    "may_comment": gettext_noop("a comment"),
    "may_post": gettext_noop("a post of your own"),
    "may_respond": gettext_noop("a reply"),
    "easier_words": gettext_noop("easier words"),
    "briefing_identity_fraud": gettext_noop("the page about identity fraud"),
    "briefing_misuse": gettext_noop("the part about misuse"),
}

SOURCES = {
    "editor": gettext_noop("whoever writes the page"),
    "person_bound": gettext_noop("the person themselves"),
    "who_asks": gettext_noop("whoever asks"),
}

POINTS = {
    "entitled_to_know": gettext_noop("The right to find things out"),
    "help_offered": gettext_noop("Help"),
    "invited_to_try": gettext_noop("Ideas of one's own"),
    "welcome_to_write": gettext_noop("Writing about the school"),
    "use_in_lessons": gettext_noop("In lessons"),
    "guidance_for_all": gettext_noop("Whom the guidance is for"),
    "common_practice": gettext_noop("Good practice"),
    "practical_advice": gettext_noop("Practical advice"),
    "risks_remain": gettext_noop("Risks that remain"),
    "example_to_pupils": gettext_noop("An example to pupils"),
    "common_sense": gettext_noop("Common sense"),
    "words_for_their_age": gettext_noop("Words that pupils can read"),
    "counted_as_education": gettext_noop("Education or training"),
    "every_year_group": gettext_noop("Every year group"),
    "parents_programme": gettext_noop("Helping parents"),
    "parents_page": gettext_noop("A page for parents"),
    "shown_to_everybody": gettext_noop("What everybody has to know"),
}
