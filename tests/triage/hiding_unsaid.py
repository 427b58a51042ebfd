"""Families who hide and never say *refuge*, and what is like it in words only. Written before the rule was
made, and frozen."""

HIDES = """
please take this down. nobody is supposed to know we're here
no one is meant to know which school they go to
we're not meant to be found
please don't tag where this was
pls dont put the name of the village on it, we can't be found
nobody's meant to know where we live
can you not say which school it is, it's not safe for us
people aren't supposed to know we moved here
please don't show the school badge, someone might work out where we are
no-one knows were here n it has to stay that way
we don't want anyone finding us
could you leave the place off. We had to move quietly
you cant say where my kids are
it's important he doesn't find out where we are
she isn't supposed to be traceable
does neb i fod i wybod ein bod ni yma
does neb i fod i wbod lle dan ni'n byw
plis peidiwch â thagio lle mae hyn
dan ni ddim i fod i gael ein ffeindio
peidiwch â deud pa ysgol ydi hi, dydi o ddim yn saff i ni
sneb fod i wbod bo ni yma
paid â rhoi enw'r pentra, fedran ni ddim cael ein ffeindio
does na neb yn cael gwybod i ba ysgol ma nhw'n mynd
sdim neb fod gwbod ble ni'n byw
""".strip().splitlines()

HARMLESS = """
nobody is supposed to know the results yet
no one is meant to know who Santa is
we're not meant to be parked there
please don't tag the wrong club
please tag where this was, looks lovely
nobody knows where the car park is
can you say which school it is please
people aren't supposed to know we booked the surprise trip
please show the school badge, we are proud
no one knows were here yet, come and say hi at the stall
we can't find anyone to help with the raffle
we had to move the stall because of the rain
you can't say where the party is, it's a surprise
it's important he finds out where the match is
nobody knew we were coming to the concert
does neb i fod i wybod pwy ydi Siôn Corn
does neb yn gwybod lle mae'r maes parcio
plis tagiwch y clwb
dan ni ddim i fod i barcio yno
peidiwch â deud pwy enillodd
pa ysgol ydi hi plis
does neb i fod i wybod am y parti syrpreis yma
lle dan ni'n cwrdd bore fory
""".strip().splitlines()
