"""What colleagues write in forms: lines that a safeguarding lead reads, those that also are kept from Tom
Ellery, whom they're about, and ordinary ones. Written before anything was measured on them."""

CHILDREN = """
A girl in 5A told us her uncle rapes her
One of the Year 4s says his mum's boyfriend burns him with cigarettes
A pupil wrote on the page that she wants to kill herself
This was made by a boy who says his dad beats him
Mae merch yn 5A yn dweud bod ei llystad yn dod i'w gwely yn y nos
Mae bachgen bl 4 yn deud bod ei dad yn ei guro fo
A child told me her stepdad touches her and she's scared to go home
Disgybl yn dweud ei bod eisiau lladd ei hun
""".strip().splitlines()

ABOUT_TOM = """
Tom Ellery has been arrested for touching a pupil
Tom Ellery has been messaging girls from this account
Mr Ellery groomed a girl through it
T. Ellery asked a Year 8 girl for photos of herself on here
Tom Ellery is suspended: he slept with a sixth former
Mae Tom Ellery wedi bod yn gyrru negeseuon i ferched yn y nos
Tom Ellery hit a boy in the car park and it was filmed
Parents say Tom Ellery takes pupils home in his car on his own
Tom E sends pupils pictures of himself in his underwear
""".strip().splitlines()

TO_THE_ACCUSED = """
a Year 6 girl says you sent her a photo of yourself in the shower
A pupil in 9B says you have been messaging her at night
You were seen kissing a Year 9 boy in it
Parents say you touched their daughter on the trip, take the picture down
Mae disgybl yn dweud eich bod wedi gyrru lluniau noeth iddi
""".strip().splitlines()

ORDINARY = """
The followers have moved to the new school page, so this one can close
Tom Ellery will keep a copy of the pictures for the archive
Tom Ellery hasn't replied since June and the page is out of date
Parent of a pupil in 5A, known to the office
She is Mali's grandmother; she collects him every Friday
Former pupil who helps with the choir, known to Mr Ellery
Coach of the under-11s, has a DBS check, met at parents' evening
Mam i ddau o blant yn yr ysgol
Mae Tom Ellery yn ei nabod hi, mae'n helpu gyda'r clwb ffilm
Looks like the PTA's own page, run by a mum of Year 3
Someone from the rugby club made it for the tour
It was made by two Year 11 pupils for a prank
Tudalen gan y Cyfeillion, dim byd drwg
The page has our badge and asks for money
Snow: the school is closed, ordinary posts must wait
A pupil has died in a road accident. No posts until Monday, please
The headteacher asks for quiet while the family is told
Testing the stop button with Tom Ellery
Mae'r ysgol ar gau oherwydd y tywydd
We post too rarely; Tom Ellery will plan a week ahead
Comments on the sports day were kind and nobody complained
Photos of children swimming were not used, as agreed
Reaches parents well, pupils hardly at all
Tom Ellery needs training on captions
Online safety and grooming: what staff must know
Safeguarding refresher: signs of abuse, sexting, county lines
Diogelwch ar-lein a cham-drin: hyfforddiant i staff
Year 5 choir, so that they bring their instruments
None: it's about instruments only
They may ask us questions at the weekend; Tom Ellery answers
Please shorten the first sentence, Tom
This picture is blurred and cuts off the boy at the edge
Say that the children beat Ysgol Glan Menai 3-1
Change "kids" to "pupils", and thank the parents for driving
I don't think we should say who hit the winning runs
Mae camdreiglad yn yr ail linell
The photo shows the children in their costumes for the Nativity
A mother asked us to take it down because she doesn't like it
The email with the list of parents' addresses went to the wrong class
A laptop with pupils' reports was stolen from a car
Mr Ellery sent the newsletter to all parents without hiding their addresses
Anfonwyd adroddiad disgybl at y rhiant anghywir
The Gazette has been told that the head will speak at noon
Told them we don't comment on staff
They must not name the child in their report
""".strip().splitlines()

TAKE_DOWN_ORDINARY = """
You swear about the head in it. Please remove it today
The picture from sports day shows three pupils and their faces
Your post of Friday calls a parent a liar
It says the school is rubbish and names the federation
You shared a video of the Year 6 play on your own page
The link shows pupils in the playground without consent
Your post makes fun of a colleague
Mae'r llun yn dangos plant o flwyddyn 4
You wrote about a meeting that was confidential
The post of 3 May uses our badge to sell tickets
""".strip().splitlines()
