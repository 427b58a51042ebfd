"""Cries for help in words that no list of danger has, and harmless comments as young people write them.

`WALKED` was written by a person outside, `FIRST` and `HARMLESS` before the rule was, `AFTERWARDS` and
`HARMLESS_AFTERWARDS` when it was done: its words were not changed for these.
"""

WALKED = """
i just want it all 2 stop
everyone would be happier if i wasnt around
bye. look after my cat
he says he'll send it 2 my whole class
my tutor says i look older than 14 ;)
my tutor says i look older
i threw up again so i wont be fat
pls dont reply he reads my phone
its happening again
ma ffrind dad yn dod i llofft fi
ma'r athro dawns yn deud mod i'n sbeshal a ddim i ddeud
dwi di neud o eto. gwaed bob man
I want 2 disappear. every1 would be better off
i sent him one and now he wants more
no1 wud miss me
i wont b here on monday lol
im so tired of pretending. bye every1
i scratch till it bleeds then i feel ok
im 11 and im late
im sleeping at the bus station
dad locks the fridge
asking for a friend: what if a teacher likes you
Is it normal if your uncle showers with you
can u come to my house now
""".strip().splitlines()
FIRST = """
i cant do it anymore
nobody wud notice if i went
i dont want to wake up tmrw
every time i close my eyes hes there
he comes up when mums asleep
she makes me sit in the dark for hours
i did what he said and now i feel sick
they all have it on their phones now and im in it
my uncle said id like it when im older
he said if i tell hell say i wanted it
i hate the way he looks at me
im not eating til im thin
i havent been home in 3 days
mum left and didnt come back
i feel like im not even real
its my fault they fight
he keeps asking what im wearing
he bought me trainers and now i owe him
ive got nowhere to go tonight
dont tell him i wrote this
i keep thinking about the bridge
i did it again and it wont stop
he waits for me after and says hi babe
tell my mum im sorry
they make me drink it
dwi jyst isio i bopeth stopio
fydda neb yn fy ngholli i
mae o'n dod fewn pan ma mam yn cysgu
dwi'm isio deffro fory
nath o neud i fi addo peidio deud
mae o'n gofyn be dwi'n wisgo
dwi heb fyta ers dydd sul
dwi di cael digon ar bob dim
mae o'n darllen ffôn fi felly peidiwch ateb
sdim unman gyda fi i fynd heno
bai fi yw e bo nhw'n ymladd
mae e wedi gyrru fe i bawb
deud wrth mam bo fi'n sori
sai'n gallu neud hyn rhagor
ma hi'n cau fi yn y tywyllwch
""".strip().splitlines()
HARMLESS = """
i was in the second row lol
omg thats me at the back
i did the lights for this
i cant even sing haha
my nan is coming to watch me
i lost my voice after that
i got grade 3 on trumpet
im in year 6 and i cant wait for high school
ive been practising all week
he got man of the match again
i scored 2 goals in that game
can i still join or is it full
i left my coat on the bus soz
my mum says she is coming at 2
miss said we can wear our own clothes
i want to do that next year
i was so nervous but it was ok in the end
me and my mate made the poster
my brother is in this pic lol
i wish i was still there
i dont like sprouts
wheres my pic
i forgot my lines but no one noticed
my dad made the set
i look so funny in that hat
I was at that school in 1978 and it has not changed a bit.
I think the parking outside needs sorting out.
I have emailed the office twice about the trip money.
My son told me that his shoes were wet all day.
I am sorry to hear that, I had no idea.
My husband will collect them instead of me today.
I always said he would go far.
They told me that the date has changed.
I don't understand why the gates open so late.
I'd like to help with the stall if you need me.
She gave me her ticket because she can't come.
He has been asking me about it all week.
I used to teach there and I remember that piano.
I could not see anything from where I sat.
My phone died so I missed the second half.
o'n i yn y rhes gefn lol
fi nath y poster
dwi'n methu aros
ma nain fi yn dod i wylio
dwi di colli cot fi ar y bws
nes i sgorio dwy gôl
mae mrawd i yn y llun yma
dwi isio neud hyn flwyddyn nesa
o'n i mor nerfus ond oedd o'n iawn
mae'r athrawes yn deud bod ni'n cael gwisgo dillad ein hunain
Roeddwn i yno yn 1985 a does dim wedi newid.
Rwyf wedi ffonio'r swyddfa am y tocynnau.
Mae fy mab yn dweud bod y bws yn hwyr bob dydd.
Dydw i ddim yn deall pam mae'r gatiau'n agor mor hwyr.
Hoffwn i helpu gyda'r stondin os oes angen.
""".strip().splitlines()
AFTERWARDS = """
i dont think ill be around for xmas
hes outside again
theres blood on my sheets and i dont know why
im so done with everything
he wont let me delete it
my stepdad weighs me every morning
i let him cos he said he loved me
nobody believes me when i say it
i took some and now my tummy hurts
she shuts the door so no1 can hear me
ive packed a bag
i wish i could just not exist
dad says im not his
they wait til everyones gone then they start
i cant tell u who but its someone we know
my arms r covered n its too hot for sleeves
he gave me 50 quid for it
im the one who finds mum on the floor
I don't want to be here any more.
he told me to say we are just friends
dwi'm yn gweld pwynt dim mwy
ma o tu allan eto
ma dad yn deud bo fi'n dew a cau rhoi swper i fi
neshi adael iddo fo achos odd o'n gaddo
sneb yn credu fi
gollwng gafal fasa'n haws
ma nhw'n dal fi lawr pan does neb yna
dwi di pacio bag
fi sy'n ffindio mam ar y llawr
mae'n rhoi arian i fi am neud pethe
""".strip().splitlines()
HARMLESS_AFTERWARDS = """
i came 4th in my heat
thats my cousin on the left lol
my mum made me wear that
i nearly fell off haha
i sat next to him
we had so much fun my feet hurt
i want one
my brother goes there now
i didnt even know it was on
my auntie works in the kitchen
i was off sick that day
me too
i remember this
i dont get it
i think it was me who lost it
mum says well done
can i bring my dog
im on the far right with my eyes shut
dad is so embarrassing
i did 10 lengths without stopping
my favourite bit was the dragon
he is my best mate
i got the same one for my birthday
im allergic to that
i miss mrs davies
I missed it because I was at work.
I will ring you in the morning.
I have two spare if anyone wants them.
My mother went there in the sixties.
I agree with the lady above.
dwi'n cofio hwn
fi ydi'r un yn y cefn
mae nain fi yn gweithio yna
odd o mor hwyl
nes i bron a disgyn haha
ma brawd fi yn y tîm yna
dwi isio un
o'n i ffwrdd y diwrnod yna
Rwy'n cytuno gyda phawb uchod.
Fe wnes i ei golli oherwydd gwaith.
""".strip().splitlines()
