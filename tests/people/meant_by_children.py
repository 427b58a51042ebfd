"""Concerns that mean who reads them, as children write them, and comments that mean a colleague whom
they name in small letters or by what he does, with ordinary ones beside them. `_FIRST` was written before
the rule, `_AFTERWARDS` when it was done; these were then looked at as well.

At first sight, of those written afterwards: 9 of 25 and then 9 of 22 concerns (5 and 3 before), 17 of 20
comments (8 before); of 45 ordinary concerns one, of 20 ordinary comments three, and none before.
"""

WALKED_CONCERNS = """
the person who reads these is the one whos doing it
she has the office next to the library with the beanbags, dont let her see this
y ddynes saff 'na nath o i fi
y person sy'n cael y negeseuon 'ma ydi o
""".strip().splitlines()
CONCERNS_FIRST = """
the one who gets this form is the one that hurt me
whoever reads this is him
its the lady you told us to tell
the safe lady in our school did it
dont let her read this she will go mad
please dont show him this form
she cant see this please
keep this away from her she's in charge of it
the person you send these to is doing it
its no good writing here because hes the one who reads them
can someone else read this not her
Not the teacher who normally gets these pls
the lady with the rainbow lanyard in the little room makes me sit on her
who ever checks the messages did it
the man who's meant to protect us does it
he is the one that opens these
y person saff sy'n neud o i fi
y dyn sy'n darllen rhain ydi o
peidiwch â gadael iddi hi weld hwn
plis paid dangos hwn iddo fo
hi sy'n darllen y negeseuon a hi sy'n neud o
y ddynes sydd i fod i'n cadw ni'n saff wnaeth
dim hi plis, rhywun arall
y boi sy'n ateb rhain nath frifo fi
mae'r un sy'n cael hyn yn un drwg
""".strip().splitlines()
CONCERNS_AFTERWARDS = """
its her that looks at these isnt it. she did it
the teacher that sees our messages put his hands on me
pls dont give this to the lady that usually gets it
he'll be the one reading this and he knows what he did
the lady in charge of keeping us safe isnt safe
i dont want him to see this hes the one you tell
not the safeguarding one please anyone but her
whoever gets these forms, its them
make sure she doesnt read it or im dead
is there any way she wont see this
the woman who checks these is the one that locks me in
the one who opens these emails touched my leg
can this go to somebody else because the person who gets it is involved
the beanbag room lady pinches us
the one with the teddies in her office calls us names and shoves us
dont send this to him
yr un sy'n edrych ar y rhain nath o
hi ydi'r un sy'n darllen rhain
plis peidiwch a gadael iddo fo ddarllen hwn
y ddynas saff yn y swyddfa fach yn gweiddi a gafael ynof i
ma'r person dach chi'n gyrru hwn iddo fo yn brifo fi
sneb ond hi'n darllen rhain a hi di'r broblem
dwi'm isio iddi hi weld hwn
y boi sy fod i gadw ni'n saff sy'n gneud o
ma'r athro sy'n cal rhein yn gneud o i fi
the person reading this hurts me
dont pass this on to them, they did it
please let someone different read it, not the usual lady
i know who reads these and its her who does it
she reads all of these so i cant say. its her
the adult who looks at our worries twisted my arm
he gets these messages. he's the one
please please dont let the lady see what i wrote
the worry box lady slapped me
dont trust whoever opens this
the safe man took me in the cupboard
the one your supposed to tell is the one who does it to us
could a different teacher get this? she'd kill me
the man with the green lanyard who talks to us about feelings kissed me
he must never find out i wrote this, he reads the form
fo sy'n cael rhain, fo nath
peidiwch dangos hwn iddi
y ddynes efo'r bocs poeni sy'n pinsio ni
dyn y stafell dawel nath o
plis neb ond nid hi
pwy bynnag sy'n edrych ar hwn, paid â deud wrth y ddynes saff hi nath
y person sy'n agor rhain ydi'r un sy'n brifo fi
""".strip().splitlines()
OTHER_CONCERNS = """
the lady who reads these told me to write here about my brother hitting me
my stepdad hits me, dont let him see this
my mum shouts all night please don't tell her
a boy in year 6 keeps pushing me dont show him this
can the person who reads these help my friend
the safe room is locked and the boys kick the door
my uncle does it when mum is at work please dont let her know
i told miss and she listened
someone stole my bag from the library
Dad hits mum. please don't let him find out
kids in my class are calling me names
the swing in the playground is broken and it's not safe
mae fy mrawd yn fy nharo, paid â dweud wrtho fo
mae dad yn gweiddi, peidiwch â dangos hwn iddo
nes i ddweud wrth y ddynes saff a nath hi helpu
mae hogyn yn fy nosbarth yn fy mwlio
plis nath y person sy'n darllen hyn helpu fi
dwi ddim yn saff ar y bws achos yr hogia mawr
my boyfriend has my pics dont let him know i told
is there someone i can talk to who isnt a teacher
dont let him get me when i go home
my brother found my phone dont show him i told
can you help my friend, she cant see a way out
he has a knife dont let him in
mam's boyfriend shouts. she can't know i wrote this or mam will cry
please don't show my dad
a girl in my class said she will hurt me, dont tell her it was me
my cousin does stuff dont let her find out
who reads these? i need help
is the person who reads this nice
does someone read this today
the nice lady with the fish tank told me to write about dad
someone else in my class took my bag not me
i cant see the board and miss shouts
my teacher is not the one who hurt me its my uncle
the lady in the office gave me a plaster
will a man or a lady read this
nan looks after us but she can't get up
y ddynes yn y swyddfa roddodd blaster i fi
pwy sy'n darllen rhain
ga i siarad efo rhywun heblaw athro
mae fy chwaer yn brifo, peidiwch â deud wrthi hi
dwi ofn dad, peidiwch â rhoi hwn iddo fo
ydi'r person sy'n darllen hwn yn neis
mae plant yn dwyn fy mhetha
my friend said the lady who reads this will help
he gets in my bed at night
she reads my messages on my phone and shouts at me
kids at school say its my fault
sir lets them push me in the line
the man next door looks at us over the fence
i told mam and she said tell you
there is a lady at church who gives me sweets
dad says if he sees me on here he will take my phone
can you stop my cousin sending me stuff
no one lets me sit with them, they said im weird
please ring my nan not my mum
someone put a picture of me on snap and everyone saw it
im not ok can someone talk to me
ma nhw'n cuddio fy mag a chwerthin
dydi hi ddim yn chwarae efo fi mwy
mae'r person sy'n darllen hwn yn neis
mae mam yn sal a does neb yn gwybod
plis peidiwch â ffonio dad
dwi ddim isio iddo fo fynd i jel
""".strip().splitlines()
WALKED_COMMENTS = """
ma'r boi sy'n gneud y facebook yn gyrru llunia o'i hun i genod bl 6
sir said if i tell he'll fail me n show ev1 the pics
tom e asked my lad for his xbox name
olwen has been covering for rob since that girl left
ask rob what happened on the france trip with that girl
y ddynes sy'n gyfrifol am ein cadw ni'n saff sy'n neud o
""".strip().splitlines()
COMMENTS_FIRST = """
y dyn sy'n neud eich facebook chi yn gofyn am lunia genod
boi y facebook yn gyrru negeseuon preifat i mhlentyn
yr hogyn sy'n rhedeg y dudalen hefo gormod o ddiddordeb mewn genod blwyddyn 6
sir keeps a folder of girls pics on his phone and says he'll post them
miss said she'd get me expelled if i tell my mum about it
my daughter says sir makes her stay in at break by herself
tom e has been adding kids on snapchat
tom ellery wanted to know my sons gamertag
mr e got my daughters number off her
tom was alone with that girl in the cupboard again
helen knows about tom and the year 6 lass and keeps quiet
ask tom about the girl at camp
everyone knows why tom left his last school
joe l has photos of my girl on his phone
athro yn gofyn i fy mab am ei snap
tom oedd efo'r hogan na ar y trip
gofynnwch i tom be ddigwyddodd efo'r hogan yn y gwersyll
the bloke who posts these was messaging my niece
teacher told me if i say owt ill get chucked out
ma syr yn deud neith o ddangos y llunia i bawb os dwi'n deud
""".strip().splitlines()
COMMENTS_AFTERWARDS = """
joe knows why that lad wont come back to school
sir keeps saying hell ruin me if i say anything to my mum
miss told us if we grass she will put us all in detention till summer
why does tom have my daughters number
whats joe doing with that girl from year 5 in the store room
priya was asking my son for his insta last week
y boi sy'n postio ar y facebook yn tecstio fy chwaer
ma miss yn deud os da ni'n deud wrth rywun geith hi ni'n cau allan
the guy who puts these photos up has been in touch with my niece on tiktok
ned left his last job because of a pupil
my sister says tom e kissed her
the person who runs this page is the one doing it to us
nath o i fi yn y cwpwrdd, y boi sy'n tynnu'r llunia
syr di deud neith o rannu'r llunia ohona i os dwi'n agor fy ngheg
helen covered for tom when that boy told
coach told my brother nobody will believe him if he tells
be oedd tom yn neud efo'r hogan fach na tu ol i'r neuadd
joe asked my daughter what her snap was
he is the one who does it to us and he reads all these comments
mr ellery said if she ever told he'd make sure she never got picked again
""".strip().splitlines()
OTHER_COMMENTS = """
tom e was brilliant as compere
thanks tom for the photos
sir said the trip leaves at 8
miss said well done to my lad
is tom running the club on friday?
ask tom about the tickets
tom left the gate open, could you shut it
joe l scored twice!
olwen is covering for tom this week
ask rob what happened in the match
who does your facebook? great posts
pwy sy'n gneud y facebook? gwych
diolch i'r boi sy'n gneud y facebook, lluniau gwych
ma'r ddynes sy'n rhedeg y dudalen yn ateb yn gyflym
diolch syr am ddysgu'r hogia
my son loves tom's lessons
tom asked my lad to bring his boots
miss asked my daughter for her reading book
syr yn deud bod y bws yn hwyr
what happened on the france trip? the photos look amazing
joe and that lad in goal were fantastic
tom e helped my boy find his coat
sir said if we say please we get biscuits
miss told us if we tell the truth we wont be in trouble
what happened with the boys match in the end?
ask joe about the boys changing their kit day
that girl in the front sings like an angel, well done priya
tom is picking teams with the girls captain
priya asked for my number for the pta list
joe l in 4B scored
the one who does the posters did a lovely job
who is doing it this year, the santa?
pwy sy'n neud o eleni?
diolch i bawb nath hyn i ni
mae syr yn deud os da ni'n gynnar gawn ni chwarae
oes na rywun efo'r hogia ar y bws?
helen was at her last school for 20 years
does tom have the office number
miss says if they win she'll wear a wig
ned knows about the boiler
""".strip().splitlines()
