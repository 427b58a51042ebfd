"""Questions about pictures, names and material."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "image.share:people.relation": gettext_noop("Who is it about?"),
    "post.publish:materials.what": gettext_noop("What is it?"),
    "post.publish:materials.owner": gettext_noop("Whose is it?"),
}
