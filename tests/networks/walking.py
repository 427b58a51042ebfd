"""An intent taken to its end as a worker does, at instants that follow the handshake's own times; shared by
the fault tests of every network."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from schoolgate.networks import handshake
from schoolgate.networks.handshake import Change, Intent, IntentSnapshot
from schoolgate.networks.port import NetworkError, Ref
from tests.network.fault_proxy import Trouble
from tests.networks.contract import now

FOUND = ["send", "wait", "look_up", "nothing"]
SENT_AGAIN = ["send", "wait", "look_up", "wait", "send", "read_back", "nothing"]
ASKED = ["send", "wait", "look_up", "ask_person"]
"""Where a network can't prove that nothing arrived."""

SENT_LATER = ["send", "wait", "send", "read_back", "nothing"]
WITHOUT_PROOF = [
    (Trouble.HANG_BEFORE, ASKED, 0),
    (Trouble.HANG_AFTER, FOUND, 1),
    (Trouble.CUT_BEFORE, ASKED, 0),
    (Trouble.CUT_AFTER, FOUND, 1),
    (Trouble.HALF_A_BODY, FOUND, 1),
    (Trouble.NOT_JSON, FOUND, 1),
    (Trouble.TROUBLE_BEFORE, ASKED, 0),
    (Trouble.TROUBLE_AFTER, FOUND, 1),
    (Trouble.TOO_FAST, SENT_LATER, 1),
]
"""What goes wrong with the call that publishes, the steps that follow, and how many posts are there."""


def attempt(call):
    """What a call gives, or the error with which it ends."""
    try:
        return call()
    except NetworkError as error:
        return error


def walk(network, out, pace, send=None):
    """Return what is known at the end, and the names of the steps. `send`: instead of publishing."""
    known, at, path = IntentSnapshot(Intent.WRITTEN), now(), []
    proves, wanted = network.capabilities.proves_absence, out.normal()
    for _ in range(20):
        step = handshake.next_step(known, at=at, pace=pace)
        path.append(step.name)
        if step.name == "wait":
            at = step.not_before
        elif step.name == "send":
            known = replace(known, state=Intent.SENT, attempts=known.attempts + 1, sent_at=at, receipt=None)
            answer = attempt(send or (lambda: network.publish(out)))
            known = applied(known, handshake.after_send(known, answer, at=at, pace=pace))
        elif step.name == "read_back":
            found = attempt(partial(network.read_back, known.receipt))
            known = applied(known, handshake.after_read_back(known, wanted, found, at=at, pace=pace))
        elif step.name == "look_up":
            found = attempt(lambda: network.look_up(out.intent_key, wanted))
            changed = handshake.after_look_up(known, wanted, found, at=at, proves_absence=proves)
            if known.state is Intent.SENT:
                known = replace(known, state=Intent.UNKNOWN)
            known = applied(known, changed)
        else:
            break
        at += timedelta(seconds=1)
    return known, path


def prompt(path):
    """The steps without each look-up that a busy network was too slow for, so that another follows."""
    return [
        name
        for number, name in enumerate(path)
        if path[number : number + 3] != ["look_up", "wait", "look_up"]
        and path[max(number - 1, 0) : number + 2] != ["look_up", "wait", "look_up"]
    ]


def applied(known, change):
    """What is known after a change, which must be one of the handshake's moves."""
    if isinstance(change, Ref):
        return replace(known, receipt=change)
    if isinstance(change, Change):
        assert change.to in handshake.MOVES[known.state]
        return replace(
            known, state=change.to, not_before=change.not_before, receipt=change.ref or known.receipt
        )
    return replace(known, not_before=change.not_before)
