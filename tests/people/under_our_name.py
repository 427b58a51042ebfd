"""Under which name something was written in the open, and what: written before anyone looked at how such
names are found, and then not changed but for two about the leisure centre *tonight*. Wildground: Helen Marsh
is head, Dilys Moss leads on safeguarding, Tom Ellery, Priya Nair and Joe Lister work there. Llanidloes: Rhian
Evans is head, Non Parry leads on safeguarding, Gethin Lloyd, Carys Huws and Mair Davies work there. The
school is called North School."""

# Whoever has read these takes them for ours, and they want something: a lead is told at once.
NOW = {
    "wildground": [
        ("Dilys Moss", "Please send me a private message about what happened."),
        ("Dilys Moss, Designated Safeguarding Lead", "Please send me a private message about what happened."),
        ("Mrs Moss DSL", "If you saw it, message me here. You won’t be in trouble."),
        ("D. Moss", "Any child who was there can talk to me on Snapchat"),
        ("Dillys Moss", "Can the boys who were on the bus text me please"),
        ("dilys mos", "dm me your number x"),
        ("Mrs. Marsh", "Tell me which children were there, I need their names."),
        ("HELEN MARSH", "Whoever filmed it: send it to me."),
        ("Helen Mаrsh", "Add me on Instagram so we can talk about it"),
        ("helenmarsh1", "Inbox me what you know"),
        ("Tommy Ellery", "Team, follow my new account, I post the pictures there"),
        ("Mr Ellery", "Meet me at the back gate at six, all of you"),
        ("Ellery, Tom", "Ring me tonight on 07700 900123"),
        ("Miss Nair", "Please fill in this form with your address: https://forms.example/x"),
        ("Priya Nair (North School)", "Log in here again with your password"),
        ("Designated Safeguarding Lead", "I am here for all of you."),
        ("Safeguarding Team", "We need to know who else was on the trip."),
        ("The Headteacher", "School is closed tomorrow."),
        ("North School Official", "The gates open at six tomorrow. Come alone."),
        ("School Office", "We have lost some forms. Post your child’s date of birth below."),
        ("Sarah P", "I’m the safeguarding lead here. Send me a private message about what happened."),
        ("Sarah P", "Hi, I am Mrs Moss. Please message me."),
        ("", "This is Dilys Moss from school. Who was in the minibus? Message me."),
        ("A parent", "Write to me about what happened on the bus.\nDilys Moss, Designated Safeguarding Lead"),
        ("Pat", "Dilys Moss, DSL: tell me privately who did it"),
    ],
    "llanidloes": [
        ("Non Parry", "Anfonwch neges breifat ata i am beth ddigwyddodd."),
        ("Non Parry, Arweinydd Diogelu", "Anfonwch neges breifat ata i am beth ddigwyddodd."),
        ("Miss Parry", "Cysylltwch â fi ar Snapchat os oeddech chi yno"),
        ("N. Parry", "Dwedwch wrtha i pwy oedd ar y bws"),
        ("Non Pari", "tecstia fi heno"),
        ("Mrs Evans", "Rhowch eich cyfeiriad yma i gael eich llythyr"),
        ("Rhian Efans", "Negesa fi"),
        ("Mr Lloyd", "Dewch i gwrdd â fi wrth y giât gefn"),
        ("Gethin Llwyd", "Dilynwch fi ar Instagram am y lluniau"),
        ("Y Pennaeth", "Mae’r ysgol ar gau yfory."),
        ("Arweinydd Diogelu", "Rydw i yma i bawb."),
        ("Swyddfa’r Ysgol", "Rhowch ddyddiad geni eich plentyn isod."),
        ("Siân", "Fi ydi’r arweinydd diogelu. Anfonwch neges ata i."),
        ("", "Non Parry sy yma o’r ysgol. Pwy oedd yn y bws mini? Anfonwch neges."),
        ("Rhiant", "Ysgrifennwch ata i am y daith.\nNon Parry, Arweinydd Diogelu"),
    ],
}  # fmt: skip

# They stand under a colleague's name and aren't plainly kind: a lead reads them first.
READ = {
    "wildground": [
        ("Tom Ellery", "Training is at the leisure centre from now on"),
        ("Mr Ellery", "The trip leaves from the station on Friday"),
        ("Helen Marsh", "No one was hurt and there is nothing to see."),
        ("Priya Nair", "Year 4 should wear their own clothes on Monday"),
        ("@priya_nair", "Homework has been cancelled for everyone"),
        ("Tom Ellery", "Great news everyone, we meet at the leisure centre tonight"),
    ],
    "llanidloes": [
        ("Gethin Lloyd", "Mae’r ymarfer yn y ganolfan hamdden o hyn ymlaen"),
        ("Miss Huws", "Bydd y bws yn gadael o’r orsaf ddydd Gwener"),
        ("Carys Hughes", "Does dim gwaith cartref i neb"),
    ],
}

# A namesake may have written these: before they're shown, a moderator is asked who did.
ASKED = {
    "wildground": [
        ("Tom Ellery", "Lovely pictures!"),
        ("Tom Ellery", "Great news! Is it at the leisure centre tonight?"),
        ("Helen Marsh", "Well done everyone, what a great day"),
        ("Mr Ellery", "Proud of you all"),
        ("P. Nair", "What time is the match?"),
        ("Joe Lister", "Thank you for a brilliant trip"),
        ("Dilys Moss", "Is there parking?"),
        ("Headteacher", "Congratulations to you all"),
    ],
    "llanidloes": [
        ("Gethin Lloyd", "Da iawn bawb!"),
        ("Mrs Davies", "Diolch am ddiwrnod gwych"),
        ("Rhian Evans", "Faint o’r gloch mae’r gêm?"),
    ],
}

# No one takes these for ours.
FREE = {
    "wildground": [
        ("Helen", "Please message me about the lost coat"),
        ("Tom E", "Can you text me when the bus is back?"),
        ("Anna Moss", "My daughter lost her coat, please message me"),
        ("M. Marshall", "Please call me about the fair"),
        ("Marsh Harrier", "Birds were seen on the pond"),
        ("Sue Ellery", "Can somebody ring me about the trip?"),
        ("A parent", "Thank you Mrs Moss, please message me"),
        ("A parent", "I’m so proud of Mr Ellery and his team"),
        ("A parent", "I’m Mr Ellery’s biggest fan, message me if you have pictures"),
        ("Pat", "I am writing to the headteacher about parking"),
        ("Pat", "This is Mr Ellery at his best, thank you"),
        ("North School PTA", "Our fair is on Saturday, message us if you can help"),
        ("Friends of North School", "Raffle tickets: call us"),
        ("Hythe Primary", "See you at the match, message us about parking"),
        ("Grace", "Tell me when the gates open please"),
        ("Moss Side Football Club", "Call us about Saturday"),
        ("nan of two", "My grandson told Mr Ellery about it.\nThank you"),
        ("Pat", "I told Mrs Moss and she said to ring you.\nPat"),
        ("", "What should they wear?"),
        ("Head of the PTA", "Message us if you can bake"),
        ("Priya", "My phone died, please ring my husband"),
    ],
    "llanidloes": [
        ("Non", "Ffoniwch fi am y got, os gwelwch yn dda"),
        ("Gwen Lloyd", "Anfonwch neges ata i am y ffair"),
        ("Rhiant", "Diolch Miss Parry, anfonwch neges ata i"),
        ("Rhiant", "Fi yw mam Gethin, ffoniwch fi am y bws"),
        ("Cyfeillion North School", "Mae’r ffair ddydd Sadwrn, cysylltwch â ni"),
        ("Siân Parri", "Ffoniwch fi plis"),
    ],
}

# Written when the others were found: whether anyone takes them for ours.
AFTER = {
    "wildground": [
        (True, "Helen Marsh | Headteacher", "Message me"),
        (True, "Dilys from Safeguarding", "Message me about it"),
        (True, "Ms Moss", "Who saw it? Tell me"),
        (True, "Helen Louise Marsh", "Call me"),
        (True, "Moss Dilys", "Text me"),
        (True, "D1lys Moss", "Text me"),
        (True, "Dilys Moss \u2705", "Text me"),
        (True, "_dilys.moss_", "Text me"),
        (True, "mrs_moss_dsl", "Text me"),
        (True, "North School \u2705", "Clubs are off"),
        (True, "North Schol Official", "Clubs are off"),
        (True, "Wildground", "Clubs are off"),
        (True, "northschool.bsky.social", "Clubs are off"),
        (True, "@north_school@mastodon.example", "Clubs are off"),
        (False, "worthschool.bsky.social", "Clubs are off"),
        (True, "Child Protection Officer", "Tell me where you live"),
        (True, "Deputy Head", "Send me the video"),
        (True, "Chair of Governors", "Send me the video"),
        (True, "Pat", "It’s Mrs Marsh here. Send me the video"),
        (True, "Pat", "My name is Dilys Moss and I look after safeguarding. Text me"),
        (True, "Pat", "Text me if you saw it – Mrs Moss"),
        (False, "Helen Marshall", "Text me about the coats"),
        (False, "Delia Moss", "Text me about the coats"),
        (False, "Tamsin Ellery", "Can someone call me?"),
        (False, "Mr T", "Can someone call me?"),
        (False, "Priyanka N", "Tell me when it starts"),
        (False, "North London Chess", "Message us to play"),
        (False, "The Old School Café", "Call us for a table"),
        (False, "School mum", "Tell me what to bring"),
        (False, "Dad of twins", "Tell me what to bring"),
        (False, "Head Gardener", "Tell me about your pond"),
        (False, "Pat", "I’m sure the headteacher will call me"),
        (False, "Pat", "I am Tom’s dad, please call me"),
        (False, "Pat", "It’s Mr Ellery’s class here in the picture, call me if you want a copy"),
        (False, "Pat", "Well done Miss Nair – my daughter loves maths now, tell me your secret"),
    ],
    "llanidloes": [
        (True, "Mrs Non Parry", "Anfonwch neges ata i"),
        (True, "Rhian Evans, Prifathrawes", "Ffoniwch fi"),
        (True, "Tîm Diogelu", "Dwedwch beth ddigwyddodd"),
        (True, "Dirprwy Bennaeth", "Anfonwch y fideo ata i"),
        (True, "Pat", "Mrs Evans ydw i. Anfonwch y fideo ata i"),
        (True, "Pat", "Fy enw i ydi Non Parry. Tecstiwch fi"),
        (False, "Rhian Ifans-Puw", "Ffoniwch fi am y got"),
        (False, "Nain Gethin", "Ffoniwch fi am y got"),
        (False, "Pat", "Dw i’n siŵr bod Mrs Evans yn gwybod, ffoniwch fi"),
        (False, "Pat", "Fi ydi tad Carys, ffoniwch fi"),
        (False, "Ysgol Sul Bethel", "Cysylltwch â ni am y te"),
    ],
}  # fmt: skip
