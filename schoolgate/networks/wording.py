"""What went wrong between us and a network, in words for the person whose post or answer it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "unreachable": _("The network could not be reached. Nothing was sent."),
    "timed_out": _("The network did not answer in time."),
    "unreadable_answer": _("The network's answer could not be read."),
    "network_trouble": _("The network has trouble of its own."),
    "too_fast": _("The network asks us to wait before sending more."),
    "sign_in": _("The network no longer accepts this account's key."),
    "not_allowed": _("The network does not allow this account to do that."),
    "not_found": _("The network says that this is no longer there."),
    "refused": _("The network refused what was sent."),
    "too_long": _("The text is longer than this network allows."),
    "empty": _("There is nothing to send."),
    "unreadable_text": _("The text has characters that no network can take."),
    "picture_refused": _("The network does not take this picture."),
    "not_offered": _("This network does not offer that. A person has to do it on the network's own pages."),
    "no_such_account": _("The network does not know this account."),
    "bad_address": _("This is not the address of a server that can be connected."),
    "closed": _("Comments are closed here."),
    "too_many_hidden": _("No more comments can be hidden below this post."),
    "too_slow": _("It took too long to begin, so nothing was sent."),
    "changed": _("What it answers was changed meanwhile, so nothing was sent. Read it again, then answer."),
    "picture_lost": _("The picture is no longer kept here, or is damaged. Nothing was sent."),
    "absent": _("It did not arrive: the network was asked, and does not have it."),
    "no_proof": _("Nobody can tell from here whether it arrived."),
    "still_there": _("It is still there, although it was taken down."),
    "restored": _("This program was restored from a backup, and nothing is sent until somebody releases it."),
    "mistake": _("The program itself could not find out how it stands."),
}
NEXT: dict[str, Promise] = {
    "try_again": _("The program tries again by itself."),
    "reconnect": _("Connect the account again."),
    "give_up": _("Sending it again as it is will not help."),
    "looked_up": _("It may have arrived. The program looks on the network before anything is sent again."),
}


def sentence(code: str) -> Promise:
    """The sentence for an error's code; for one that is not listed, that the network refused."""
    return SENTENCES.get(code, SENTENCES["refused"])


def next_step(what_next: str, *, outcome_unknown: bool = False) -> Promise:
    """What happens now, for `NetworkError.what_next`."""
    return NEXT["looked_up" if outcome_unknown else what_next]
