"""What adults do who draw children aside, told plainly, beside ordinary things of a school day. Written
before the rule was made, and frozen: no word of a list may be added because it stands here."""

HARM = """
why does the football bloke need girls' phone numbers
TE keeps my lad back on his own after practice and buys him stuff
TR always picks the same girls to stay and tidy the store cupboard
my nephew says the caretaker shows them films on his phone
the netball coach has been asking the year 9s for their snaps
that new driver wants all the lads' numbers
JB asked my daughter for a picture of her in her kit
he keeps one of the girls behind every week when everyone else has gone
the swimming man gives little presents to the same boy each time
GLl has got kids coming round to his house on a saturday
coach told them its our secret and not to say at home
the guitar teacher has her sitting on his knee
he tells the girls to get in his car when it rains
a bloke from the club bought my son trainers and a phone
K.P. lets some of the girls stay with him after hours
mr p is always buying them takeaways and not the rest of the team
our coach said dont tell your mums what we do at mine
why is DW always the one who helps the little ones get changed
the drama man takes pictures of the girls on his own phone
sir gets her to stay behind every single day just the two of them
ma dreifar y bws yn gofyn i'r genod ista ar i lin o
GLl yn cadw'r hogia'n ôl ar ben eu hunain ac yn prynu petha iddyn nhw
pam fod yr hyfforddwr isio rhif ffôn y genod
ma'r dyn pêl-droed yn gofyn am snaps y genod
mae'r gofalwr yn dangos fideos ar ei ffôn i'r hogia
y dreifar yn rhoi presanta i'r un hogan bob wsnos
mae o'n deud wrth y plant am gadw cyfrinach
ma TR yn cadw un hogyn ar ôl bob tro
yr hyfforddwr yn gwahodd y genod draw i'w dŷ o
ma'r athro piano yn gneud iddi ista ar ei lin
boi'r clwb yn prynu ffôn i hogyn bach
pam ma'r dyn 'ma isio llunia o'r plant
""".strip().splitlines()

HARMLESS = """
why does the football club need our phone numbers
TE won player of the match, well done lad
PE kit on Monday please, girls and boys
can the coach have parents' phone numbers in case the bus is late
the driver was so kind to the girls when it rained
the caretaker showed us where the lost property is
year 6 watched a film on the big screen with Mrs Owen
who is picking the teams for Saturday
the netball coach asked the girls to bring water
Santa gave presents to all the little ones
my daughter asked for a picture with the team
the choir keeps getting better, the girls love it
she keeps her books in the store cupboard
buy your stuff from the uniform shop by Friday
my son bought his coach a present
GL keeps winning at chess
the cat sat on his lap during story time
our secret Santa was brilliant
he kept his goals coming till the end, the boys were superb
Mr Jones stays behind to run homework club
the bus driver asked the children to sit down
dad sits her on his lap for the fireworks
pictures of the girls' team please!
the photographer takes pictures of every class on Tuesday
my lad stays with his nan after practice
mae'r gofalwr wedi trwsio'r giât
pam fod yr ysgol isio rhif ffôn
ma'r dreifar bws yn glên efo'r plant
TR yn chwarae'n dda heddiw
prynwch betha o'r siop
presanta i'r plant gan Siôn Corn
ma'r hogia'n cadw'n heini
ista lawr bawb, ma'r sioe yn dechra
mae'r hyfforddwr yn gofyn i'r plant ddod â dŵr
lluniau o'r genod yn y gêm, gwych
""".strip().splitlines()
