"""Threats to someone by name, and weapons brought along, as pupils and parents write them; and harmless lines
with the same words. Frozen before the lists were changed."""

THREATS = """\
ill bring a knife to the fair saturday and stab kian
im going to stab kian saturday
bring a knife to the fair
gonna shank Ryan at the bus stop
someone should stab that Mr Pritchard's son Owen
i swear down im stabbing jayden after school
they said they will murder Ellie on friday
I'll slash Connor with a blade
lets behead kian lol
taking my dads machete to sports day
he has got a blade for tomorrow's match
im bringing a hammer for liam
going to strangle abbie when i see her
ill get a gun and shoot tyler
theyre bringing knives to the disco tonight
watch, a knife is coming to the carnival for him
dof a chyllell i'r ffair a thrywanu Kian
dwi am stabio Osian ar ôl ysgol
mi wna i drywanu Rhys fory
fydd gen i gyllell yn y disgo
nawn ni ladd Tomos nos wener
dwi'n dod â chyllell i'r gêm
mae o am drywanu Mari dydd sadwrn
ddo i â machete i'r carnifal
""".splitlines()

HARMLESS = """\
There is a craft fair on Saturday, bring a knife for the pumpkins
We had a stab at the quiz and came third
I could murder a bacon roll at the fair
Please bring a knife to the fair to cut the cakes
Can someone bring a cake knife on Saturday?
The PTA needs a sharp knife to cut the raffle cake at the fair
Kian will kill it in the talent show
Going to smash my record at sports day
Shops slash prices for uniform this week
They will slash the budget again
Ellie will slay in that dress
He took a stab in the dark and got it right
Shooting photos of Tyler's team on Friday
Tyler will shoot from the half way line
Macbeth: they murder Duncan in act two
Year 8 learned how Romans executed prisoners
Strangle weeds with bark, says the gardening club
My feet are killing me after the walk
Who will carve with a blade at the wood carving stall?
The butcher's stall is at the fair
Dewch â chyllell i dorri'r gacen
Mae angen cyllell a fforc ar gyfer y cinio
Lladd amser cyn y gêm
Mae'r ffilm am saethu lluniau yn yr ysgol
""".splitlines()
