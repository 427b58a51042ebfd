"""Errors of a network, in words for the author of the post or answer."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "unreachable": _("The network could not be reached. Nothing was sent."),
    "timed_out": _("The network did not respond in time."),
    "unreadable_answer": _("The network’s response could not be read."),
    "network_trouble": _("The network is having problems."),
    "too_fast": _("The network asks us to wait before sending more."),
    "sign_in": _("The network no longer accepts this account’s access key."),
    "early_end": _(
        "The network ended the account’s present key early. Schoolgate makes a new one within two hours."
    ),
    "not_allowed": _("The network does not allow this account to do that."),
    "not_found": _("The network says that this is no longer there."),
    "refused": _("The network refused what was sent."),
    "too_long": _("The text is longer than this network allows."),
    "old_version": _(
        "The network no longer answers this version of Schoolgate. Ask the person who runs the server to "
        "update it."
    ),
    "empty": _("There is nothing to send."),
    "sign_refused": _("The text contains a character that this network can’t accept."),
    "unreadable_text": _("The text contains characters that networks can’t accept."),
    "picture_refused": _("The network doesn’t accept one of the pictures."),
    "description_changed": _(
        "The network would change a picture’s or film’s description, so nothing was sent. Describe it "
        "without the signs < and >."
    ),
    "too_many_pictures": _("The post has more pictures than this network allows."),
    "film_refused": _("The network doesn’t accept this film."),
    "card_refused": _("The network doesn’t accept this link card."),
    "film_missing": _("This network only allows films."),
    "kept_private": _(
        "YouTube keeps the film private: it hasn’t audited the application that this server uses."
    ),
    "children_unsaid": _("No one has said whether this channel’s films are made for children."),
    "not_offered": _("This network doesn’t offer that. A person must do it on the network itself."),
    "no_such_account": _("The network can’t find this account."),
    "other_account": _("This key belongs to another account."),
    "too_few_rights": _("The key doesn’t have all the permissions that Schoolgate needs."),
    "bad_address": _("This is not the address of a server you can connect to."),
    "closed": _("Comments are closed here."),
    "too_many_hidden": _("No more comments can be hidden on this post."),
    "too_slow": _("It took too long to start, so nothing was sent."),
    "changed": _("The comment it replies to has changed, so nothing was sent. Read it again, then reply."),
    "locked": _("The comment was passed to the safeguarding leads, so nothing was sent."),
    "picture_lost": _("A picture is no longer stored here, or is damaged. Nothing was sent."),
    "files_away": _("Pictures and films can’t be reached just now, so nothing was sent."),
    "words_held": _(
        "Something in it now needs an answer, such as a name or picture, so nothing was sent. Read it again."
    ),
    "consent_gone": _("A pupil in it may no longer be shown or named there, so nothing was sent."),
    "picture_missing": _("This network needs a picture."),
    "blocked_for_now": _("The network has blocked this account from doing that for now."),
    "not_reachable": _("The network couldn’t fetch the picture: this installation has no public address."),
    "begun": _("Only the beginning of the thread has arrived."),
    "absent": _("It didn’t arrive: we checked, and the network doesn’t have it."),
    "no_proof": _("Schoolgate can’t tell whether it arrived."),
    "still_there": _("It’s still there, although it was taken down."),
    "restored": _("Schoolgate was restored from a backup, and nothing is sent until it’s released."),
    "mistake": _("Schoolgate could not find out its status."),
}
NEXT: dict[str, Promise] = {
    "try_again": _("Schoolgate will try again automatically."),
    "reconnect": _("Connect the account again."),
    "give_up": _("Sending it again unchanged won’t help."),
    "looked_up": _("It may have arrived. Schoolgate will check the network before sending anything again."),
}

PROVEN: dict[str, Promise] = {
    "real_server": _("Tested against real servers of this network, run by us."),
    "kindred_server": _(
        "Tested against a real GoToSocial server, which speaks Mastodon’s language, and against our own "
        "copy of Mastodon’s published rules, but not against Mastodon itself. Check your first posts on the "
        "network itself."
    ),
    "own_server": _(
        "Tested only against our own copy of the network’s published rules, not against the real "
        "network. Check your first posts on the network itself."
    ),
}
"""How far the program's own client of a network was tried, by `Capabilities.proven`."""


def sentence(code: str) -> Promise:
    """The sentence for an error's code; for one that is not listed, that the network refused."""
    return SENTENCES.get(code, SENTENCES["refused"])


def next_step(what_next: str, *, outcome_unknown: bool = False) -> Promise:
    """What happens now, for `NetworkError.what_next`."""
    return NEXT["looked_up" if outcome_unknown else what_next]
