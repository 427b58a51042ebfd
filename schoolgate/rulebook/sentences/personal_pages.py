"""Private pages, private use at work: what the rules about them say."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "private.disclaimer_there": gettext_noop("The page says that the school is not speaking."),
    "private.disclaimer_missing": gettext_noop(
        "This page has to do with the school: put a fitting disclaimer on it, so that nobody takes it for "
        "the school's voice. Then say that it is there."
    ),
    "private.standard_disclaimer": gettext_noop("Put this sentence on it: “{text}”"),
    "private.standard_disclaimer_there": gettext_noop("The policy's own sentence stands on it."),
    "private.ready_sentence": gettext_noop(
        "You may use the policy's ready sentence, “{text}”, or words of like meaning."
    ),
    "private.disclaimer_seen": gettext_noop("The disclaimer is easily seen."),
    "private.disclaimer_in_plain_view": gettext_noop(
        "Put the disclaimer where it is easily seen, at the top for example, and say so when it stands there."
    ),
    "private.logo_off": gettext_noop(
        "The school's logo and look stay off private pages. Take them down, and say so when it is done."
    ),
    "private.privacy_strict": gettext_noop("The privacy settings are as strict as they can be."),
    "private.tighten_privacy": gettext_noop(
        "Turn every privacy setting of your own accounts up to its strictest level. Nobody asks for a "
        "password or for proof."
    ),
    "private.work_address": gettext_noop(
        "Use a private e-mail address on a private page, not one of the school's. Change it."
    ),
    "private.address_is_private": gettext_noop("The page gives no address of the school's."),
    "private.ask_fits_own_picture": gettext_noop(
        "Look through your profile and say whether it fits the picture that you want to give of yourself."
    ),
    "private.not_fits_own_picture": gettext_noop(
        "The profile does not fit the picture that you want to give of yourself. Change it."
    ),
    "private.fits_own_picture": gettext_noop(
        "The profile was looked through and fits the picture that its owner wants to give."
    ),
    "private.ask_related_fits_own_picture": gettext_noop(
        "What stands around a profile counts, too, old pictures that others marked you in among it. Look it "
        "through and say whether it fits."
    ),
    "private.not_related_fits_own_picture": gettext_noop(
        "What stands around the profile does not fit the picture that you want to give of yourself. Take it "
        "out, or have it taken out."
    ),
    "private.related_fits_own_picture": gettext_noop(
        "What stands around the profile was looked through and fits."
    ),
    "private.ask_fits_conduct_expected": gettext_noop(
        "Look through your profile and what stands around it, and say whether they match the conduct that "
        "your profession expects."
    ),
    "private.not_fits_conduct_expected": gettext_noop(
        "The profile, or what stands around it, does not match the conduct that your profession expects. "
        "Change it."
    ),
    "private.fits_conduct_expected": gettext_noop(
        "The profile and what stands around it match the conduct that the profession expects."
    ),
    "private.ask_fits_professional_face": gettext_noop(
        "Look at picture, name and text of your profile, one by one, and say whether they fit the "
        "professional face that you show at work."
    ),
    "private.not_fits_professional_face": gettext_noop(
        "The profile does not fit the professional face that you show at work. Change it."
    ),
    "private.fits_professional_face": gettext_noop(
        "The profile fits the professional face that its owner shows at work."
    ),
    "private.own_details": gettext_noop(
        "Keep personal details about yourself to yourself: take a telephone number or a home address off "
        "the page."
    ),
    "private.own_details_kept": gettext_noop("The page gives no personal details away."),
    "private.test_privacy": gettext_noop(
        "Try out what strangers can see of you: look at your own profile as one."
    ),
    "private.digital_footprint": gettext_noop(
        "Keep track of the traces that you leave online: search for your own name now and then."
    ),
    "private.control_own_images": gettext_noop(
        "Keep a hand on the pictures of yourself that are online: ask whoever put one up to take it down, "
        "and the network if they will not."
    ),
    "private.control_tagging": gettext_noop(
        "Decide for yourself in which pictures you are marked: turn on the review of tags, and take your "
        "name off those that you do not want."
    ),
    "private.view_of_children_and_parents": gettext_noop(
        "Imagine what children and parents would make of these pictures when they see them."
    ),
    "private.sensible_use": gettext_noop(
        "Sensible and fitting use of private social media at work is allowed. It becomes a disciplinary "
        "matter where it is excessive and gets in the way of the job."
    ),
    "private.no_measure": gettext_noop(
        "The policy gives no measure for what is sensible and what is excessive. It names nobody who "
        "decides: the federation says who rules."
    ),
    "private.no_discipline": gettext_noop(
        "Excessive use and harm to the work are both needed before discipline may follow, and one of them "
        "is not there. Choose another outcome."
    ),
    "private.no_discipline_elsewhere": gettext_noop(
        "This sentence of the policy speaks of private use in school only. Choose another outcome."
    ),
    "private.discipline_needs_grounds": gettext_noop(
        "Discipline may follow only where both excessive use and harm to the work are on record with "
        "grounds. Still missing: {what}."
    ),
    "private.discipline_may_follow": gettext_noop(
        "Excessive use is suspected and gets in the way of the job: disciplinary action may follow."
    ),
    "private.not_on_device": gettext_noop(
        "The school's computers are not for private social media, in breaks either. Use your own device on "
        "your own connection, in your own time."
    ),
    "private.not_on_network": gettext_noop(
        "The school's network is not for private social media, on your own device either. Use your own "
        "connection, in your own time."
    ),
    "private.not_on_system": gettext_noop(
        "No system of the school, work mail included, is for private social media. Use a system of your own."
    ),
    "private.not_by_work_mail": gettext_noop(
        "Work e-mail is not for private mail. Use an address of your own."
    ),
    "private.own_device_with_pupils": gettext_noop(
        "Put your own device away while you are with pupils in working time."
    ),
    "private.school_device_with_pupils": gettext_noop(
        "The school's equipment is not for private matters while you are with pupils in working time. Leave "
        "it until later."
    ),
    "private.no_time_lost": gettext_noop("One aim of the policy is that social media costs no working time."),
    "private.own_means_in_working_time": gettext_noop(
        "The policy wants no working time lost, but none of its rules speaks of one's own device on one's "
        "own connection."
    ),
    "private.encyclopaedia": gettext_noop(
        "Do not edit an open encyclopaedia for yourself while at work: the change could be traced to the "
        "school. Do it elsewhere in your own time."
    ),
    "private.login_of_work": gettext_noop(
        "Private life and work stay apart: an official account is owned by a work address. Give a mailbox "
        "of the school's own domain, best of all one that belongs to a role."
    ),
    "private.login_apart": gettext_noop("The owner's address is one of the school's own domain."),
}
