"""`schoolgate networks list|try`: which networks can be connected, and what works there with an account made
for trying (docs/how-to/try-a-network.md)."""

import argparse
import getpass
import secrets
import sys
from pathlib import Path
from urllib.parse import parse_qsl

from django.urls import reverse

from schoolgate.accounts.addresses import handle_of, key_of
from schoolgate.accounts.models import Account
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.home import typed
from schoolgate.core.models import Federation
from schoolgate.core.restored import may_speak_to_networks
from schoolgate.core.stops import installation_stops
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.networks import signing_in
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.port import Credential, NetworkError, OutgoingFilm, Profile
from schoolgate.networks.registry import connect
from schoolgate.networks.trying import BAD, Step, Trial
from schoolgate.networks.wording import sentence

WITH_KEY = {"bluesky": "App password", "mastodon": "Access token"}


def networks_arguments(parser: argparse.ArgumentParser) -> None:
    """Two words to choose from, and what each takes."""
    words = parser.add_subparsers(dest="what", required=True, metavar="list|try")
    words.add_parser("list", help="list the networks, and whether an account there can be connected")
    one = words.add_parser("try", help="sign in with an account made for trying, and print what works")
    one.add_argument("network", choices=sorted(_connectable()))
    one.add_argument("--post", action="store_true", help="also post, read back, answer and delete")
    one.add_argument("--film", type=Path, metavar="FILE", help="an MP4 to post instead of a picture")
    one.add_argument("--no-comment", action="store_true", help="don't wait for a comment by another account")
    one.add_argument("--server", default="", help="Bluesky and Mastodon: the address of the server")
    one.add_argument("--handle", default="", help="Bluesky: the account's handle")


def run_networks(options: argparse.Namespace) -> int:
    """Do it; 0: all that was tried works, 1: something doesn't or is left there, 2: it can't be tried."""
    if options.what == "list":
        return _list()
    try:
        credential = _signed_in(options)
        network = connect(options.network, credential) if credential else None
    except NetworkError as error:
        print(f"schoolgate networks: {sentence(error.code)} {error.words}".rstrip(), file=sys.stderr)
        return 1
    if network is None:
        return 2
    film = OutgoingFilm(options.film.read_bytes(), "A test film.") if options.film else None
    trial = Trial(network, _say, now(), film=film, comment=None if options.no_comment else _wait)
    profile = trial.read()
    if options.post and profile is not None:
        if reason := _why_not(options.network, profile):
            print(f"Nothing is posted: {reason}", file=sys.stderr)
            return 2
        trial.post()
    for each in trial.left:
        print(f"Still there, please delete it: {each.address or each.id}")
    return 1 if trial.left or any(each.result in BAD for each in trial.steps) else 0


def _connectable() -> list[str]:
    return [key for key, each in all_capabilities().items() if each.with_app or each.key in WITH_KEY]


def _list() -> int:
    for key in _connectable():
        known = all_capabilities()[key]
        how = WITH_KEY.get(key, "").lower() or (
            "application's keys entered" if signing_in.offered(key) else "application's keys not entered"
        )
        print(f"{key:15} {known.own_name:28} {how}")
    return 0


def _signed_in(options: argparse.Namespace) -> Credential | None:
    """Return the keys of the account, as they are entered or as the network gives them now. None: not now."""
    if not may_speak_to_networks():
        print(sentence("restored"), file=sys.stderr)
        return None
    if options.network not in WITH_KEY:
        return _through_application(options.network)
    server = options.server or all_capabilities()[options.network].service or input("Server: ").strip()
    handle = options.handle or (input("Handle: ").strip() if options.network == "bluesky" else "")
    secret = getpass.getpass(f"{WITH_KEY[options.network]}: ").strip()
    return Credential(handle=handle.lstrip("@"), secret=secret, service=server)


def _through_application(network: str) -> Credential | None:
    public = env().public_address
    if not signing_in.offered(network) or not public:
        print(
            "Set the application's keys and SCHOOLGATE_PUBLIC_ADDRESS first: docs/how-to/try-a-network.md",
            file=sys.stderr,
        )
        return None
    state, back = secrets.token_urlsafe(32), f"{public}{reverse('account-connected')}"
    print("Open this address in a browser, sign in as the account to try, and allow what is asked:\n")
    print(signing_in.dialog(network, state=state, back=back))
    print("\nIt leads to a page of Schoolgate that says nothing was begun. Copy that page's address.")
    came = dict(parse_qsl(parts_of(getpass.getpass("The address (not shown): ").strip()).query))
    if came.get("state") != state or not came.get("code"):
        print("That isn't the address the network sent you to. Begin again.", file=sys.stderr)
        return None
    found = signing_in.choices(network, code=came["code"], back=back, state=state, at=now())
    for number, each in enumerate(found, start=1):
        print(f"  {number}  {each.name} ({each.handle})")
    if not found:
        print(
            "The network shows no account that you can publish on. Sign in as someone who may.",
            file=sys.stderr,
        )
        return None
    chosen = input("Number of the account to try: ").strip() if len(found) > 1 else "1"
    if not chosen.isdecimal() or not 0 < int(chosen) <= len(found):
        print("There is no such number. Begin again, and enter one from the list.", file=sys.stderr)
        return None
    credential = found[int(chosen) - 1].credential
    if signing_in.asks_about_children(network):
        credential = signing_in.declared(credential, for_children=False)
    return credential


def _why_not(network: str, profile: Profile) -> str:
    """Return why this account may not be posted on from here: what is on the register posts as its policy
    says, and in no other way."""
    if installation_stops(now()):
        return f"posting is stopped for this installation (`{typed('stop', '--show')}`)."
    theirs = {key_of(one) for one in (profile.address, *profile.also) if one}
    for federation in Federation.objects.order_by("slug"):
        with scope(federation.pk):
            for account in Account.objects.filter(network=network):
                same = account.handle and handle_of(account.handle) == handle_of(profile.handle)
                if same or (account.address and key_of(account.address) in theirs):
                    return (
                        f"this is an official account of {federation.name}. Use an account made for trying."
                    )
    return ""


def _say(step: Step) -> None:
    print(f"  {step.name:28} {step.result.value:10} {step.words}".rstrip(), flush=True)


def _wait(address: str) -> None:
    print(f"Now write a comment below {address}\nfrom another account.")
    input("Press Enter when it is there, or to go on without: ")
