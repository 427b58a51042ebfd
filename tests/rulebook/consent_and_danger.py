"""Everyday questions about consent and pictures, and stories of children in danger, written before the words
that tell them apart."""

from schoolgate.rulebook.adviser.children import tells_of_a_child, tells_of_an_adult
from schoolgate.rulebook.adviser.everyday import is_everyday, urgent_among
from schoolgate.rulebook.adviser.search import may_be_meant
from schoolgate.triage import packaged, tells_now, triage

HARMLESS = """
May we post a photo of a child whose parents haven't answered about consent?
The parents said no to photos. May we show the child painting from behind?
May I take photos of pupils with my own phone?
May parents film the nativity for themselves?
May a pupil share a photo of a friend without asking?
A child wants to be in the photo but the parents said no
May a parent take pictures of their own child at sports day?
May the children name themselves in the video?
One girl's mum has not sent the form back. Can she be in the class picture?
Can we film the choir if two children have no permission?
Dad signed for photos but Mum refused. Which one counts?
May we tell parents which children are allowed in the photograph?
A boy asks us not to use his picture. His parents agreed. What now?
Should I blur the faces of children without consent?
Can a grandparent post a picture of the harvest assembly?
The form says no online pictures. Is the newsletter allowed?
May a child's drawing go online without the parents' permission?
How do we tell a parent that their child can't be in the video?
May I show a pupil's face in the summer concert clip?
Could we name the winner of the story competition with her photo?
Ga i roi llun plentyn ar y wefan os nad yw'r rhieni wedi ateb?
Dywedodd y rhieni na wrth luniau. Gawn ni ddangos y plentyn o'r cefn?
A gaiff rhieni ffilmio eu plant yn y cyngerdd?
Gawn ni enwi plentyn o dan ei lun?
Ga i dynnu lluniau o'r disgyblion ar fy ffôn fy hun?
Mae plentyn eisiau bod yn y llun ond mae ei fam yn gwrthod caniatâd
A gaiff disgybl rannu llun o ffrind heb ofyn?
Oes angen caniatâd y rhieni cyn i ni ffilmio'r dosbarth?
Gawn ni ddangos gwaith plentyn ar-lein?
Sut mae dweud wrth riant na chaiff eu plentyn fod yn y fideo?
""".strip().splitlines()
DANGEROUS = """
A pupil wrote that she wants to hurt herself. May we reply?
A girl in Year 9 sent a naked photo to a boy. May I delete it?
Someone on Instagram asks a pupil to meet him alone
May I share a photo that shows bruises on a child?
A man asked our pupil for pictures in private messages
A boy writes he is scared to go home. May I answer?
A child posted a picture of cuts on her arm
A pupil sent me a picture of himself in the bath. May I keep it as proof?
May we wait until Monday? A child says her stepdad hits her
A pupil has run away and posts photos from London
A pupil says she will be taken abroad to be married
A Year 6 boy says his uncle touches him
There is a photo of a child with a knife on our page. May I hide it?
A photo of a girl undressed in the changing room is going round without her consent
An older man threatens to send her pictures to her parents unless she pays
A child writes that there is no food at home
A pupil's account shows him selling drugs for older lads
A teacher sends photos to a girl in his class late at night and asks her to keep it secret
May I tell the parents that their daughter wants to die?
A colleague takes pictures of children in the toilets
A pupil praises a terrorist attack in a comment. May we leave it up?
A comment says a dad will kill the mum tonight
Mae disgybl yn dweud ei bod hi eisiau lladd ei hun. Ga i ateb?
Mae plentyn yn ofni mynd adref
Anfonodd merch lun noeth at fachgen. Ga i ei ddileu?
Mae dyn dieithr yn gofyn i ddisgybl gwrdd ag ef ar ei phen ei hun
Mae llun o blentyn â chleisiau ar ein tudalen. Ga i ei guddio?
Dywedodd bachgen fod ei lystad yn ei daro
Mae rhywun yn bygwth rhannu lluniau o ddisgybl
Mae disgybl wedi postio llun o doriadau ar ei braich
""".strip().splitlines()


def alarms(typed: str) -> bool:
    """Return whether *May I ...?* says first where to turn, with the lists as they are packaged."""
    now = tells_now((one.lane, one.kind) for one in triage(typed, lists=packaged()).why)
    told = (now and not is_everyday(typed)) or tells_of_an_adult(typed) or tells_of_a_child(typed)
    return told or bool(urgent_among(typed, may_be_meant(typed)))
