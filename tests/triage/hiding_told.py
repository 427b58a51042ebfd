"""Families who hide, a plain no to a picture, and questions after one child: as parents, children and
strangers write them, with ordinary lines beside them. `_FIRST` was written before the lists, `_AFTERWARDS`
when they were done; these were then looked at as well.

At first sight the whole ranking put first, of those written afterwards: 12 of 24 families, 14 of 23 no,
12 of 24 questions, and of 66 ordinary lines one, which was first before too. Before the lists: 5, 4, 3, one.
"""

WALKED_HIDES = """
pls delete the photo of my daughter we are in a refuge
Mae fy mhlentyn mewn lloches, tynnwch y llun
we had to leave home and his dad doesnt know where we are
You've put my daughter's face on here and we have a court order. Remove it now.
She was adopted. Her birth family must not see this.
tynnwch lun fy merch, ma'i thad hi ddim fod i wbod lle mae hi
plis tynnwch y llun na lawr, den ni di gorfod dengid
Please take Mali's photo down today. We are in a refuge and he has seen it.
""".strip().splitlines()
HIDES_FIRST = """
please can you remove the picture of my son, his father isn't allowed to know what school he goes to
we moved here to get away from my ex and now Ella is on your page
Take that down!! Her dad has a restraining order and you've told him where she is
He's fostered and his birth mum follows this page, please take it off
there is a non molestation order in place, that photo gives away our location
we are in hiding, please delete the post with my kids in
my girls are in care and their family can't find out where they are
pls remove, we fled domestic violence and he looks at everything
social services said no photos of him online ever, who let this happen
We've changed our names for a reason. Take it down
i ran away from my husband with the kids he must not find this page
his mum is not supposed to know he lives here now. please remove photo
special guardianship, the birth parents are not to see her picture
he found us through your last photo and was outside the house
mae ei dad hi yn chwilio amdanon ni, plis dileuwch y llun
den ni di symud i ffwr rhag ei dad o, tynnwch hwn lawr plis
mae gorchymyn llys, chewch chi ddim rhoi ei llun hi ar y we
Mae hi wedi'i mabwysiadu, dydi'r teulu gwaed ddim i fod i weld hwn
da ni'n cuddio rhag fy nghyn-ŵr, plis tynnwch lun y plant
Mae o mewn gofal maeth, ddim i fod ar facebook
mae hi'n blentyn maeth a dyw ei mam ddim i fod i wybod ble mae hi
dyn ni wedi gorfod gadael adre achos ei thad, tynnwch y llun
""".strip().splitlines()
HIDES_AFTERWARDS = """
Hi, can you pull the sports day album? My sister and her boys are staying with us because of her husband
He can't know we're in this town. please get that picture off asap
Urgent - the boy in the blue coat is a looked after child and must not be pictured
My foster daughter is in that video, she isn't to be shown online
we're in a safe house now pls take us off ur page
her nan isn't allowed contact and she's on here commenting
There's a court case, the judge said his dad cant have any info about school
Please remove Zac. His biological father has been looking for him for 2 years
kids social worker said they cant be in photos why r they on here
mum says we cant be on facebook cos of my real dad can u take it off
ive moved her schools so he wouldnt find her and you go and post this
he turned up at my work after he saw the photo, take it down please
you have put my nephews at risk with that post, their mother has a protection order
Please hide the pictures from yesterday, a child in them is under police protection
That little girl's family were told she was placed out of county. Remove this
dad's not allowed to know our address and you've put the school name under my face
ma nhad i ddim yn cael gwbod lle ni'n byw, plis tynnwch fi off hwn
mae'r plant ar fy ngofal i dros dro, fiw i neu mam weld eu llun nhw
allwch chi dynnu'r fideo? mae'r hogyn yn y canol yn blentyn sy'n derbyn gofal
nathon ni ddianc o Loegr efo'r plant, ma'u tad nhw'n edrach ar bob dim
dan ni mewn tŷ saff, peidiwch â rhoi llun y genod ar y we
Mae fy ŵyr wedi ei leoli efo ni gan y llys, dim lluniau os gwelwch yn dda
dw i'm isio i'w thad hi wybod pa ysgol mae hi
gafodd hi ei mabwysiadu, tynnwch y post yma rŵan
""".strip().splitlines()
NO_FIRST = """
I did not consent to my daughter being in this video
Please remove the photo of my son
who said you could put my child on Facebook??
Can you take down the picture of Ella please, I ticked no on the form
I've changed my mind about photos of Jack, please delete them all
take my kid off your page now
I withdraw my consent for any photos of my children
You don't have permission to use my sons picture
we said no photos on the form so why is he on here
Not happy, no one asked me before posting my daughters face
remove this pic i don't want my boy on here
pls delete this photo of me
Please blur my daughter's face or take it down
Ches i ddim gofyn am ganiatad i roi llun fy mab ar hwn
Tynnwch lun fy mab i lawr os gwelwch yn dda
dw i ddim yn rhoi caniatâd i chi ddefnyddio llun fy merch
pwy roddodd ganiatad i chi roi llun o fy mhlentyn ar facebook
Wnewch chi ddileu llun Ella plis, dwedais i na ar y ffurflen
dwisio chi dynnu lluniau'r plant i gyd lawr
doedd gynnoch chi ddim hawl rhoi llun fy hogyn fyny
dwi'n tynnu fy nghaniatâd yn ôl ar gyfer lluniau o'r plant
I never gave permission for this photo!!
""".strip().splitlines()
NO_AFTERWARDS = """
can u get rid of that pic of me i look awful
Our form clearly says NO to social media. Please take Tom's face off.
Hi, my boy is third from left, he's not to be on Facebook, ta
I asked you last week to remove the photo of Lily and it's still here
That's my child and I was never asked
Please can his picture come down, thanks
why has my granddaughter's photo been put up without her parents being asked
Do not use my daughters image again
We opted out of photos. Why is Ben in the video?
you shouldnt have posted that of my kid without asking
Could the photo with Cai in be taken off the website please
my son doesn't want to be on here, can you take it off
i never said u could use my picture
Remove my child from this post immediately
I didn't sign anything to let you share photos of my twins
doedd Cai ddim i fod yn y llun, wnewch chi ei dynnu
Nes i ddeud na i luniau ar y ffurflen ganiatâd
pam bod llun fy ŵyr i fyny heb ofyn i'w rieni
plis newch chi ddileu'r fideo ohona i
dydi fy merch ddim isio bod ar facebook
Gofynnais i chi dynnu llun Mali wythnos dwetha
heb fy nghaniatâd i y rhoddwyd llun fy mab ar y dudalen
Peidiwch â rhannu lluniau fy mhlant eto
""".strip().splitlines()
ORDINARY = """
Where can I buy a copy of the school photo of my daughter?
Lovely photo of my son, thank you!
Please can you send me the picture of the choir?
We moved here in September and love the school
Do I need to give permission for the trip again?
I gave permission for photos, is there anything else to sign?
The old posters by the gate need taking down
Can you take the goalposts down before Saturday please
We had to leave home early because of the snow, is school open?
Is the order for jumpers in yet?
My daughter adopted a puppy, she's in the second picture with it
The women's refuge collection is amazing, where do I drop off tins?
Charity night for the refuge raised £300, da iawn pawb
Court is closed for netball tonight
Great to see the adoption service stall at the fair
Have you got a photo of the winning team?
I lost the consent form, can I have another?
Can you delete the old term dates from the page please
Delete this comment please, posted by mistake
Who took this picture? It's stunning
Roedd y llun yma o fy merch yn hyfryd, diolch
Ble ga i brynu llun yr ysgol?
Oes angen caniatâd ar gyfer y trip?
Casgliad bwyd i'r lloches, diolch pawb
Mae'r cwrt tenis ar gau heno
Daethon ni adre'n gynnar achos yr eira
Tynnwch y posteri i lawr ar ôl y ffair os gwelwch yn dda
Llun bendigedig o'r plant!
Pryd fydd y lluniau yn barod?
My husband took this photo, he's so proud
My daughter loved seeing her picture on here
Could you put the photos of year 2 up as well please
We never got the photo order form home
Please can the car park gate be opened earlier, we couldn't get off the road
Her dad doesn't know where the costume is, has anyone seen it?
My husband can't see the video, is it public?
We had to move house but the kids wanted to stay at this school, best decision
Is my ex able to pick up tickets on the door?
Don't tell my mum where we're going for her birthday!
The judge at the baking show gave us first!
My dad was in care here in the 60s when it was a home
Thinking of fostering? Evening at the town hall, Thursday
The adopted road by school needs gritting
Please take your litter home from the field
He's found his coat, thank you for posting the photo
We found you through your Facebook page, can we visit?
I was asked to sign the trip permission, where does it go?
No photos of the winning goal? shame!
Is there a no photos rule at the concert?
Can I take my daughter out of school for a wedding?
please remove my number from the text list
take my son off breakfast club from Monday please
I want my girl to be on here more often haha
Who gave permission for parking on the grass?
Thanks for asking us before using the pictures
Can grandparents see the film of the play?
Ga i gopi o'r llun yna o fy mab?
Dydi'r dolen ddim yn gweithio, fedra i'm gweld y llun
Mae mam yn gofyn lle mae'r neuadd
Mae'r teulu i gyd wedi mwynhau'r sioe
Ydi'r plant i fod i ddod â chaniatâd i'r trip?
Tynnwch eich sgidiau cyn dod mewn i'r neuadd
Llun gwych o fy merch a'i ffrindiau
Dim lluniau o'r gêm? bechod
Wedi dileu fy nghyfrif twitter, oes gynnoch chi facebook?
Den ni wedi symud i'r ardal, sut mae cofrestru?
""".strip().splitlines()
WALKED_ASKS = """
Does Freya still do gymnastics on Tuesdays? Her dad here x
Anyone know their new address, got a birthday card for her
Which hospital did they take her to?
Can someone send me a pic from the play? My ex won't let me see the kids
oes gan rywun rif ffon mam Tomos
Ydy Mali dal yn mynd i'r clwb nofio? Tad hi sy'n gofyn
Ife Mali Rees yw'r un yn y siwmper goch?
""".strip().splitlines()
ASKS_FIRST = """
Is Mali still at the swimming club on Thursdays? It's her dad
Anyone got her mum's number? Want to send flowers
Which ward is he on?
Does anyone have their address since they moved
can someone video Jac in the concert for me, his mum won't let me come
I'm not allowed to see my kids, could you post more photos of year 3
What hospital is he in
Is Oskar still doing judo after school? asking for his father
Is that Grace Obi at the back on the left?
did the Lund family move to Bangor
does she still go to guides at the church hall
her real dad here, what class is Freya in this year
which dance school does Ava go to
what's Tomos' mum's mobile
Grandad here. Her mother has stopped me seeing her. Is she ok at school?
Ydi Jac dal i neud karate ar nos Iau?
Ei dad o sy ma, ydi o dal yn dosbarth Mrs Jones?
oes gan unrhyw un gyfeiriad newydd y teulu
pa ysbyty mae hi ynddo
Ai Grace yw'r ferch â'r het las?
sgen rywun nymbar mam Jac
neith rywun yrru llun o'r sioe, dwi'm yn cael gweld y plant
ble mae Mali'n cael gwersi nofio
ydi hi'n dal i fynd i'r Brownies
""".strip().splitlines()
ASKS_AFTERWARDS = """
Does Ava still go to street dance on a Monday? her uncle asking
who's got Grace's dad's number pls
Is the Khan family still on Heol Las?
which ward's the little lad on, want to drop a teddy off
is that Idris with the trophy at the end
My daughter's mother stops me seeing her, can anyone tell me how she's doing
what time does Oskar have football
Are they still living with their nan?
Does Noah do cubs at St Mary's?
Her father here. Which teacher has she got now?
where does Mali do her dancing these days
I'm Jac's real dad, is he in today
Can anyone pm me their new address? love to send a card
Courts won't let me near my boys, any pictures from sports day would mean the world
Is this Amelia on the swing?
is he still in Alder Hey or home now
Ydi Freya dal i ddawnsio yn Neuadd y Dre?
lle ma'r teulu Khan di mynd i fyw
Ai Jac sydd yn y cefn efo'r bêl?
rhif ffôn tad Ava gan rywun?
Taid sydd yma, di hi'n iawn yn yr ysgol?
gwrthod gadael i mi weld y plant mae hi, oes gynnoch chi luniau o'r trip
pa noson mae Oskar yn cael pêl-droed
ydi'r hogyn yn ysbyty Gwynedd o hyd
""".strip().splitlines()
ORDINARY_QUESTIONS = """
Does the school still do gymnastics on Tuesdays?
Is the swimming club still on Thursdays?
What is the school's new address?
Anyone got the office number?
Which hospital is the charity run for?
Can someone send me the concert video please
Mum here, what time is the play?
Does anyone still do piano lessons?
Is that the new hall in the background?
Is that Mr Evans in the Santa suit?
My ex and I are both coming to parents evening, is that ok?
Does Mrs Jones still run the choir?
Do you still do after school football?
Tomos's mum here, he left his coat
what's the number for the taxi firm
Where is the swimming gala this year?
Is your Facebook page the right place for lost property?
does my daughter need her swimming kit
can you send my ex the newsletter too please
Which dance school is performing?
Ydi'r clwb nofio dal i fynd?
Oes gan rywun rif y swyddfa?
Ydi'r ysgol dal i neud gymnasteg?
Mam Tomos sy ma, mae o'n sal heddiw
Ai hwn yw'r neuadd newydd?
Oes gan unrhyw un docyn sbâr?
pa ysbyty mae'r elusen yn ei gefnogi
ydi fy merch angen cit nofio
Ble mae'r gala nofio?
Oes gan rywun rif y cwmni bysiau
Does the choir still practise at lunchtime?
Is this the right form for football?
Does Mr Ellery still do the chess club?
What time does football finish on Tuesday?
which school won the gala?
Grandad here, loved the show!
My mum has lost her ticket, can I get another?
anyone got the PE kit list
Does anyone know the address of the away game?
Is that the hall at the back?
Is this year's fair in the hall or on the field?
can anyone send the photo of the team?
I can't see the video, can someone post it again
does he need boots for rugby? my lad
Is my son's guitar lesson still on?
we're not allowed to park there now, where do we go
the cat is home from the vet, is she allowed at pets day
Where do the year 3s have swimming
Uncle Bryn's band is playing at the fete
Have the year 6 leavers hoodies gone home?
Ydi'r ysgol feithrin dal ar agor?
Oes gan rywun rif y siop wisg ysgol?
pa noson mae'r clwb pêl-droed
Nain sydd yma, sioe wych
Ai fory mae'r gala nofio?
Lle mae'r clwb yn cael gwersi nofio?
ble mae'r plant yn mynd ar y trip
Pwy sydd yn y cefn yn y llun? Hen lun da
ydi mam i fod i ddod â chacen
Oes modd cael cyfeiriad y gwersyll?
""".strip().splitlines()
