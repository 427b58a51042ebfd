"""A family called by its surname alone, of a pupil who mustn't be published. Written before the rule, and
frozen."""

MEANT = """
does the lund family still live on Mill Lane
Are the Lunds still round here
saw the lunds at the shop
mrs lund was at the gate again
Mr Lund came to the fair
is that the Lund lot by the goal
lund's lot were at the park
the Lunds' eldest won it
Ms. Lund did the cakes
do the Lund kids go here
them lunds have moved in by us
anyone know the lund household
Mr and Mrs Lund moved to Bangor
the Harts live by us now
the hart family from Mill Lane
mrs hart's little one was there
that's the Lund girl isn't it
teulu lund yn y sioe
di teulu Hart yma o hyd
teulu'r Lunds yn byw wrth ymyl
mi welis i Mrs Lund ddoe
y teulu lund di symud
plant Lund ydi rheina
ma hogia lund yn y tîm
criw lund oedd yn y cefn
""".strip().splitlines()

NOT_MEANT = """
the whole family came
what a lovely family evening
the hart of the wood
a young hart ran across the field
all the teams were brilliant
mr jones was great
the family fun day is on Saturday
the lot of you were great
Thanks to Mrs Pritchard
teulu hapus iawn
diolch i'r teulu i gyd
the funds are for the minibus
Land's End trip is full
plant bach y feithrin
criw da o blant
the heart of the show
lunch lot is closed
hogia ni
Mrs Hartley did the flowers
the Hartley family stall
""".strip().splitlines()
