"""Private pages, private use at work: what the rules about them say."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "private.disclaimer_there": gettext_noop("The page says that it doesn’t speak for the school."),
    "private.disclaimer_missing": gettext_noop(
        "This page relates to the school. Add a suitable disclaimer so that no "
        "one takes it for the school’s voice. Then confirm it’s there."
    ),
    "private.standard_disclaimer": gettext_noop("Add this sentence to it: “{text}”"),
    "private.standard_disclaimer_there": gettext_noop("It carries the policy’s own sentence."),
    "private.ready_sentence": gettext_noop(
        "You may use the policy’s ready-made sentence, “{text}”, or similar wording."
    ),
    "private.disclaimer_seen": gettext_noop("The disclaimer is easy to see."),
    "private.disclaimer_in_plain_view": gettext_noop(
        "Put the disclaimer where it’s easy to see, for example at the top, and confirm when it’s there."
    ),
    "private.logo_off": gettext_noop(
        "Leave the school’s logo and look off private pages. Remove them, and confirm when it’s done."
    ),
    "private.privacy_strict": gettext_noop("The privacy settings are as strict as they can be."),
    "private.tighten_privacy": gettext_noop(
        "Set every privacy setting on your own accounts to its strictest level. "
        "You won’t be asked for a password or proof."
    ),
    "private.work_address": gettext_noop(
        "Use a private email address on a private page, not a school one. Change it."
    ),
    "private.address_is_private": gettext_noop("The page gives no school address."),
    "private.ask_fits_own_picture": gettext_noop(
        "Check your profile and say whether it shows you as you want to be seen."
    ),
    "private.not_fits_own_picture": gettext_noop(
        "The profile doesn’t show you as you want to be seen. Change it."
    ),
    "private.fits_own_picture": gettext_noop(
        "The profile was checked and shows its owner as they want to be seen."
    ),
    "private.ask_related_fits_own_picture": gettext_noop(
        "Content around a profile counts too, including old pictures others "
        "tagged you in. Check it and say whether it fits."
    ),
    "private.not_related_fits_own_picture": gettext_noop(
        "The content around the profile doesn’t show you as you want to be seen. Remove it, or ask "
        "for it to be removed."
    ),
    "private.related_fits_own_picture": gettext_noop("The content around the profile was checked and fits."),
    "private.ask_fits_conduct_expected": gettext_noop(
        "Check your profile and the content around it. Say whether they match "
        "the conduct your profession expects."
    ),
    "private.not_fits_conduct_expected": gettext_noop(
        "The profile, or the content around it, doesn’t match the conduct your profession expects. Change it."
    ),
    "private.fits_conduct_expected": gettext_noop(
        "The profile and the content around it match the conduct the profession expects."
    ),
    "private.ask_fits_professional_face": gettext_noop(
        "Check your profile’s picture, name and text one by one. Say whether "
        "they fit the professional image you show at work."
    ),
    "private.not_fits_professional_face": gettext_noop(
        "The profile doesn’t fit the professional image you show at work. Change it."
    ),
    "private.fits_professional_face": gettext_noop(
        "The profile fits the professional image its owner shows at work."
    ),
    "private.own_details": gettext_noop(
        "Keep personal details to yourself. Remove any phone number or home address from the page."
    ),
    "private.own_details_kept": gettext_noop("The page gives away no personal details."),
    "private.test_privacy": gettext_noop(
        "Test what strangers can see by viewing your own profile as a stranger would."
    ),
    "private.digital_footprint": gettext_noop(
        "Keep track of the traces you leave online. Search for your own name now and then."
    ),
    "private.control_own_images": gettext_noop(
        "Keep control of the pictures of you online. Ask the person who posted "
        "one to take it down, then the network if they won’t."
    ),
    "private.control_tagging": gettext_noop(
        "Decide for yourself which pictures you are tagged in. Turn on tag "
        "review, and untag yourself from pictures you don’t want."
    ),
    "private.view_of_children_and_parents": gettext_noop(
        "Imagine what children and parents would think if they saw these pictures."
    ),
    "private.sensible_use": gettext_noop(
        "Sensible and appropriate use of private social media at work is allowed. Suspected "
        "excessive use that interferes with the job may lead to disciplinary action."
    ),
    "private.no_measure": gettext_noop(
        "The policy doesn’t define sensible or excessive use, or say who decides, so the federation must."
    ),
    "private.no_discipline": gettext_noop(
        "Disciplinary action may follow only if use is excessive and also harms "
        "the work. One of these is missing, so choose another outcome."
    ),
    "private.discipline_needs_grounds": gettext_noop(
        "Disciplinary action may follow only if excessive use and harm to the "
        "work are both on record with reasons. Still missing: {what}."
    ),
    "private.discipline_may_follow": gettext_noop(
        "Excessive use that interferes with the job is suspected, so disciplinary action may follow."
    ),
    "private.not_on_device": gettext_noop(
        "You can’t use the school’s computers for private social media, even in "
        "breaks. Use your own device and connection in your own time."
    ),
    "private.not_on_network": gettext_noop(
        "You can’t use the school’s network for private social media, even on "
        "your own device. Use your own connection in your own time."
    ),
    "private.not_on_system": gettext_noop(
        "You can’t use any school system, including work mail, for private social media. Use your own system."
    ),
    "private.not_by_work_mail": gettext_noop(
        "You can’t use work email for private mail. Use your own address."
    ),
    "private.own_device_with_pupils": gettext_noop(
        "You should not use your own device while you are with pupils in working time. Put it away."
    ),
    "private.school_device_with_pupils": gettext_noop(
        "You should not use school equipment for private matters while you are "
        "with pupils in working time. Leave it until later."
    ),
    "private.no_time_lost": gettext_noop(
        "One aim of the policy is that no working time is lost to social media."
    ),
    "private.own_means_in_working_time": gettext_noop(
        "The policy wants no working time lost, but none of its rules mentions "
        "your own device on your own connection."
    ),
    "private.encyclopaedia": gettext_noop(
        "You must not edit an open encyclopaedia for yourself while at work, "
        "because the change could be traced to the school. Do it elsewhere in "
        "your own time."
    ),
    "private.keep_apart": gettext_noop("Keep your private life and your work apart."),
    "private.in_doubt": gettext_noop("If you’re unsure, discuss this with {role} before you post it."),
    "private.doubt_discussed": gettext_noop("You discussed your doubts."),
    "private.login_of_work": gettext_noop(
        "Private life and work must stay apart, so an official account must "
        "belong to a work address. Give a mailbox on the school’s own domain, "
        "ideally a role’s mailbox."
    ),
    "private.login_apart": gettext_noop("The owner’s address is on the school’s own domain."),
}
