"""Private ways to one adult and promises of secrecy, told by their parts; the school's own ways are free."""

from pathlib import Path

import schoolgate
from schoolgate.core.own_files import said_in
from schoolgate.triage import drawn_aside

STARTS = Path(schoolgate.__file__).parent / "policy" / "guide_starts"

OWN = frozenset({"wildgroundjuniors"})
HELD = """
If you need help message Mr Ellery on Snapchat: tommyE, he keeps secrets.
Need someone to talk to? Add Tom on Snap, tommyE.
Message Tom on WhatsApp if you feel low.
DM Miss Speed on Insta any time.
Mrs Lund answers on Instagram, day or night.
On WhatsApp you can talk to Mr Ellery.
Text Mr Ellery on his mobile.
My Snapchat is tommyE
Worried? Mr Ellery is always on Discord.
Mr Ellery's Insta: tommy_e
Send Mr Ellery a DM on Instagram.
Send a private message to Mr Ellery on Facebook.
Message @tommyE
Your form tutor is there for you: message him on Snapchat.
Message the music teacher on WhatsApp.
You'll find Mr Ellery as tommyE on Snapchat
Chat with Mr Ellery: wa.me/447700900123
He keeps secrets.
Mr Ellery won't tell anyone.
If you need help talk to Mr Ellery. He won't tell.
Mr Ellery never tells your parents what you say.
What you say stays between us.
Nothing you tell him goes any further.
No one will ever know.
Your secret is safe with Mr Ellery.
He is good at keeping secrets
Anfonwch neges at Mr Ellery ar Snapchat: tommyE.
Negesa Mr Ellery ar Snapchat.
Siaradwch â Mr Ellery ar WhatsApp.
Tecstia fi ar fy rhif i.
Ychwanega Tom ar Snapchat
Mae'n cadw cyfrinachau.
Fydd o ddim yn dweud wrth neb.
Wna i ddim dweud wrth dy rieni.
Mae'n aros rhyngom ni.
"""
FREE = """
Message the school office on 01234 567890.
Follow us on Instagram
Follow @wildgroundjuniors
Message @wildgroundjuniors with any questions.
Message us if you have questions
Please message us privately so that we can help.
You can send messages to the school on Messenger.
Mrs Lund's class made a Snapchat poster
If something upset you on Snapchat, talk to Mrs Lund.
Mrs Lund will talk to Year 6 about WhatsApp groups.
Never add people you don't know on Snapchat.
Mr Ellery will answer questions on Facebook Live.
Snapchat is for over-13s.
Instagram: @wildgroundjuniors
Read the message from Mrs Lund on Instagram.
Contact Mrs Lund on 01234 567890.
Don't keep secrets. Tell an adult you trust.
Can you keep a secret? The fair is back!
Mrs Lund won't tell us where we're going!
Mrs Lund won't tell anyone who won until Friday.
Nobody knows what's in the box!
Anfonwch neges atom ar Facebook.
Bydd Mr Ellery yn siarad am Snapchat yn y gwasanaeth.
Os oes rhywbeth yn eich poeni ar Snapchat, siaradwch â Mrs Davies.
Peidiwch â chadw cyfrinachau: dywedwch wrth oedolyn.
Allwch chi gadw cyfrinach? Mae'r ffair yn ôl!
Rhyngom ni, codwyd £400.
"""

ALONE = """
Come to my room at four and tell no one.
Come and see Mr Ellery by yourself at lunch.
Meet me behind the gym after school, tell nobody.
Pop to my room on your own at four.
Stay behind after rehearsal, only you.
See me alone in the music room.
Come to Mr Ellery's classroom at lunch, no need to tell your mum.
Come by after school, just the two of us.
Pop in to see Mr Ellery without your friends.
Let's meet at the bus stop, just you and me.
Find me in the store cupboard at break, don't bring anyone.
Come on your own to the art room and don't say anything.
Come to my house.
I can drive you home after practice.
Mr Ellery can give you a lift home.
Text me your number.
Tell no one.
Dere i fy stafell am bedwar ar dy ben dy hun.
Dere i weld Mr Ellery amser cinio, dim ond ti.
Aros ar ôl yr ymarfer, jyst ti a fi.
Dere i'r ystafell gelf a phaid â dweud gair wrth neb.
Gall Mr Ellery roi lifft adref i ti.
"""
NOT_ALONE = """
Come to the hall at four.
See you in room 4 at four.
Come and see Mrs Lund in the office if you have lost your coat.
Year 6 can walk home on their own if a parent agrees.
Children cannot come to the disco by themselves.
Tell no one your password.
Never meet anyone you only know online on your own.
Pupils work on their own and in pairs.
Just you wait: the play is nearly ready.
It is not just you: the website is slow today.
Stay behind after school only if your club is on.
Come and meet the authors in the library at lunch.
Meet the team: Mrs Lund and Mr Ellery run the club.
If you need a lift home, ask the office.
Parents may drive their children to the match.
Find us at the stall by the gate.
Your child can read to you or by themselves.
Dewch i'r neuadd am bedwar.
Dewch i weld Mrs Davies yn y swyddfa.
Gall plant ddod ar eu pen eu hunain neu gyda ffrind.
Peidiwch â dweud eich cyfrinair wrth neb.
Bydd Blwyddyn 6 yn gweithio ar eu pen eu hunain.
"""


def test_an_invitation_to_come_alone_or_to_tell_no_one_is_found_and_other_invitations_are_free():
    assert [text for text in ALONE.strip().splitlines() if not drawn_aside(text)] == []
    assert [text for text in NOT_ALONE.strip().splitlines() if drawn_aside(text)] == []


def test_a_private_way_to_one_adult_and_a_promise_of_secrecy_are_found():
    found = {text: drawn_aside(text, OWN) for text in HELD.strip().splitlines()}
    assert [text for text, why in found.items() if not why] == []
    assert all(one.words == text[one.start : one.end] != "" for text, why in found.items() for one in why)


def test_the_schools_own_ways_and_talk_about_networks_are_free():
    found = {text: drawn_aside(text, OWN) for text in FREE.strip().splitlines()}
    assert {text: why for text, why in found.items() if why} == {}


def test_none_of_the_guides_that_we_give_a_school_to_begin_with_is_held():
    found = [
        (path.name, why.words)
        for path in STARTS.glob("*.yaml")
        for guide in said_in(path).values()
        for text in guide.values()
        for why in drawn_aside(str(text))
    ]
    assert found == []


def test_another_ones_handle_is_not_the_schools():
    assert drawn_aside("Message @wildgroundjuniors")
    assert not drawn_aside("Message @wildgroundjuniors", OWN)
    assert drawn_aside("Message @wildgroundjuniors2", OWN)


MOBILES = (
    "Tom (text him on 07700 900123, any time, kids too)", "Ring me any time on 07700 900123",
    "Message Mr Ellery on 07700 900123", "Tecstiwch fi unrhyw bryd ar 07700900123",
    "Tom, 07700 900123, kids can text", "WhatsApp Miss Moss: +44 7700 900123", "Ffoniwch Tom ar 07700 900123",
)  # fmt: skip
OUR_NUMBERS = (
    "The office, 01303 000000", "Call the office on 07700 900123", "Ffoniwch y swyddfa ar 07700 900123",
    "The PTA mobile is 07700 900123 for parents running late", "Mrs Bright, the head, 01303 900123",
    "Text the school on 07700 900123 if your child is ill", "On trips the leader’s mobile is 07700 900123",
)  # fmt: skip


def test_a_mobile_number_by_which_one_adult_is_written_to_is_found_and_the_schools_own_is_free():
    assert [text for text in MOBILES if not drawn_aside(text)] == []
    assert [text for text in OUR_NUMBERS if drawn_aside(text)] == []
