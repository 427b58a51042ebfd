"""The history events of pictures."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "film.added": Event(_("A film was added."), _("Film added")),
        "picture.added": Event(_("A picture was added."), _("Picture added")),
        "picture.attested": Event(
            _("A person confirmed that the consent list was checked for a picture."),
            _("Consent list checked for the picture"),
        ),
        "picture.described": Event(_("A picture was described."), _("Picture described")),
        "picture.replaced": Event(
            _("A picture was deleted because its author edited it before any post used it.")
        ),
        "picture.words_read": Event(_("A picture was searched for words automatically.")),
        "picture.refused": Event(_("The policy didn’t allow a picture to be used in its current form.")),
    }
)
