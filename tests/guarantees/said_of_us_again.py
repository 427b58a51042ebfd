"""The same after what the first list missed was mended: written afterwards. At first sight 36 of 42 were
found, and 2 of 20 harmless ones kept someone out."""

from __future__ import annotations

from tests.guarantees.said_of_us import STAFF

ENGLISH = [
    ("Marsh! She dragged my son by his hood.", "Helen Marsh"),
    ("It's about Ellery. He has been texting a year 9 girl.", "Tom Ellery"),
    ("That Mr Ellerey from football rubs my back.", "Tom Ellery"),
    ("thomas from football club kissed me", "Tom Ellery"),
    ("Ms Lyster threw a book at my daughter.", "Joe Lister"),
    ("Joey asked me to meet him in town.", "Joe Lister"),
    ("Prya hits me when no one sees.", "Priya Nair"),
    ("Mrs Naire screams at the little ones and shakes them.", "Priya Nair"),
    ("GraceObi follows me home.", "Grace Obi"),
    ("The chair of governors sends my wife threats.", "Grace Obi"),
    ("Miss Mosse put me in a dark room.", "Dilys Moss"),
    ("The person responsible for child protection is drinking at work.", "Dilys Moss"),
    ("The top teacher hit me.", "Helen Marsh"),
    ("Senior management covers up that he hits children.", "Helen Marsh"),
    ("mr grean tickles us and we hate it", "Sam Green"),
    ("Samuel Green filmed us in the showers.", "Sam Green"),
    ("Mr J makes me stay behind alone.", "Bryn Jones"),
    ("Anne-Marie O’Neil pinched me.", "Ann-Marie O'Neill"),
    ("Your IT man watches our screens and sends me nudes.", STAFF),
    ("The lollipop man grabbed me.", STAFF),
    ("One of your staff has been messaging my girl on Instagram.", STAFF),
    ("my art teacher strokes my hair", STAFF),
    ("The deputy locked my boy in a store room.", STAFF),
    ("Someone who works at the school is selling drugs to kids and touches them.", STAFF),
    ("Her swimming teacher pushed her under.", STAFF),
    ("Miss Twistle slapped me.", STAFF),
    ("Sir with the glasses stares at me in PE.", STAFF),
    ("The peripatetic music man touched my daughter.", STAFF),
    ("The lunch lady hurt me", STAFF),
    ("the cleaner tuched my bum", STAFF),
]  # fmt: skip

WELSH = [
    ("Mae Rhian Ifans yn fy nharo.", "Rhian Evans"),
    ("Bu Mrs Efans yn gweiddi a gwthio fy mab.", "Rhian Evans"),
    ("Mae Llwyd yn gafael ynof i.", "Gethin Lloyd"),
    ("Gething sy’n tecstio fi.", "Gethin Lloyd"),
    ("Cafodd e ei fwrw gan Garys.", "Carys Huws"),
    ("Mae Mrs Dafis yn bygwth y plant.", "Mair Davies"),
    ("Mae Cadeirydd y Llywodraethwyr yn anfon negeseuon budr.", "Alun Rees"),
    ("Y fenyw sy’n gyfrifol am ddiogelu sy’n brifo ni.", "Non Parry"),
    ("Mae hyfforddwr y tîm rygbi yn cyffwrdd y bechgyn.", STAFF),
    ("Mae’r gogyddes yn taro plant.", STAFF),
    ("Mae fy athro mathemateg yn tecstio fi.", STAFF),
    ("Mae rhywun o’r ysgol yn anfon lluniau noeth.", STAFF),
]  # fmt: skip

HARMLESS = [
    "I told my teacher that a boy hit me.",
    "My teacher helped me when a girl pushed me.",
    "I miss my nan and I am scared.",
    "A parent threatened the bus driver.",
    "A man in the park showed us pictures.",
    "My son's friend was hit by a ball.",
    "Two boys pushed the new girl.",
    "Somebody keeps ringing our house and shouting.",
    "My cousin sends me weird photos.",
    "Jones in my class pushed me.",
    "A boy called Jones kicked me.",
    "There is a video of a year 10 fight on TikTok.",
    "Mae fy ewythr yn fy mrifo.",
    "Dywedais wrth fy athro fod bachgen wedi fy nharo.",
    "Mae rhywun yn fy mygwth ar Instagram.",
    "people at the park are selling drugs",
    "i want to die",
    "my sister hits me",
    "a man on fortnite asked for my pic",
    "the boys next door throw stones",
]  # fmt: skip
