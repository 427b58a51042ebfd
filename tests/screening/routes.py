"""Where a class will be and by which way it goes, and ordinary lines about walks. Written before the rule,
and frozen."""

ROUTES = """
It finishes at 3, then 5A walk back along the canal with Miss Nair.
Year 2 walk to the pool through the park every Tuesday at ten
At 2.45 the choir will come back past the church and down Mill Lane
Class 3 are walking home along the river from half past three
They leave at 12 and go by the back lane to the library
4B will be cutting through the woods at two o'clock
We get off at the bridge about 4 and walk up the path to school
the girls' team always walk back down the alley after training at 5
Am dri, wedyn bydd 5A yn cerdded adre ar hyd y gamlas
Bydd blwyddyn 2 yn cerdded i'r pwll drwy'r parc bob dydd Mawrth am ddeg
Maen nhw'n gadael am ddeuddeg ac yn mynd heibio'r eglwys
Bydd y côr yn dod yn ôl lawr y lôn am dri
""".strip().splitlines()

ORDINARY = """
It finishes at 3, see you then.
Year 2 walked along the canal and saw a heron
The choir finishes at 3 in the hall
The path by the gate is closed until Friday
Please walk your bikes through the gate
Sponsored walk on Saturday, bring your dogs
We learned about canals and bridges today
5A won the reading cup at assembly
Park on Mill Lane please
The library is open at 12
Year 6 go to secondary school in September
Walk to school week starts on Monday
Mae'n gorffen am dri
Cerddodd blwyddyn 2 ar hyd y gamlas
Mae'r llwybr ar gau tan ddydd Gwener
Dysgodd 5A am gamlesi
Mae'r côr yn canu am dri yn y neuadd
""".strip().splitlines()

WAITING = """
Coach stuck on the A1, waiting at the services near the play area till six, 28 tired Year 4s!
Minibus has broken down on the M6, Year 8s sat in the lay-by near junction 31 waiting for a pick up
Our girls are at the services at Strensham, back on the road in twenty minutes
Rydyn ni'n sownd ar yr A55, Blwyddyn 6 yn aros yn y maes parcio ger McDonald's
Stranded at the ferry terminal with 40 Year 9s, next boat not till midnight
Year 5 are waiting at the harbour until seven for the boat home
Just arrived at the harbour with Year 3, come and wave!
Mae Blwyddyn 4 yn aros yn yr harbwr tan saith, dewch i godi llaw
""".strip().splitlines()
"""Where a class waits at this moment. The first is an outsider's; the others were written with the rule."""

NOT_WAITING = """
The A1 was closed so our coach was late, Year 4 had a great day.
Year 6 lead the carol services on Friday at 2pm
Please don't stop on the A49 at drop off.
We're waiting for your forms, Year 6!
Car park closed until Monday, please walk to the gate.
Year 11 mocks start in ten minutes, good luck all!
The class are waiting for their butterflies to hatch.
GCSE results: 20 A1 grades for our Year 11s this morning
Mae maes parcio'r ysgol ar gau tan ddydd Llun.
""".strip().splitlines()
