"""Questions about pictures, names and material."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "image.share:shows_pupils": gettext_noop("Does it show pupils of the school?"),
    "image.share:shows_security": gettext_noop(
        "Does it show something that could weaken the security of the school?"
    ),
    "image.share:shows_school": gettext_noop("Can one see in it which school it is?"),
    "image.share:people.at_school_activity": gettext_noop(
        "Are they shown at something that the school does?"
    ),
    "image.share:school_photograph": gettext_noop("Was it taken at the school or for it?"),
    "image.share:place": gettext_noop("Where would it go?"),
    "image.taken:could_be_misread": gettext_noop("Could the picture be misread or misused?"),
    "image.taken:compromising": gettext_noop("Does the picture compromise somebody?"),
    "post.publish:people.at_school_activity": gettext_noop(
        "Are they shown at something that the school does?"
    ),
    "post.publish:people.opted_out": gettext_noop("Did they ask not to be photographed or filmed?"),
    "post.publish:people.do_not_publish": gettext_noop(
        "Is the child on the list of those not to be published?"
    ),
    "post.publish:people.named": gettext_noop("How would the post name the pupil, anywhere in it?"),
    "post.publish:materials.what": gettext_noop("What is it?"),
    "post.publish:materials.owner": gettext_noop("Whose is it?"),
}
