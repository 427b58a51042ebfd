"""Words of British schools that mean much the same, for comparing sentences of different policies."""

SAME = """
pupil student learner child young youngster kid class
parent carer guardian family
staff employee teacher colleague worker teaching personnel adult grown-ups
head headteacher principal
photo photograph picture image video film footage
network platform facebook twitter instagram tiktok youtube snapchat whatsapp linkedin
site page website blog
post publish upload put share
comment remark
consent permission agree authorisation authorise leave
reply answer respond response
remove delete takedown
approve approval sign-off
report tell inform notify
personal private own
check monitor look
block ban
password login credential
concern worry
complaint complain
harass bully abuse insult threaten offend offensive abusive bullying harassment
law legal illegal unlawful act
review revise update
train training
copyright intellectual licence
discipline disciplinary sanction
confidential confidentiality
governor governing board trustee director
employer school federation trust academy
journalist media press
record log register
"""
"""Each line is one meaning: a word counts as the first of its line."""

CONCEPTS = """
contact: contact touch friend befriend follow follower connect connection request message chat talk
contact: communicate correspond invite accept link relationship
pupils: pupil student learner child young youngster class under-18 minor
families: parent carer guardian family mother father relative sibling
staff: staff employee teacher colleague worker personnel member assistant adult practitioner team
head: head headteacher principal executive deputy slt leadership senior management manager
governors: governor governing board trustee director chair
helpers: volunteer helper friends contractor consultant agency visitor supply student-teacher
former: former past ex- leaver left alumni alumnus
press: press journalist media reporter newspaper broadcaster enquiry interview publication comment
picture: photo photograph picture image video film footage camera recording portrait
consent: consent permission agree agreement authorise leave allow given
naming: name named surname full identify identity identifiable details caption
details: address phone telephone email e-mail birth date details number contact
privacy: privacy setting private restrict visible public open closed audience
account: account page profile site feed channel presence blog group
login: password credential login username access log-in two-step device lock key
open_account: open create set start new proposal apply application business case form request planned
open_account: proposed launch
form: form states field gives marks appendix sign signed signature section
approve: approve approval authorise sign-off agree decide decision permit yes
close: close delete archive end inactive dormant unused deactivate retire
owner: responsible responsibility lead run manage administer administrator moderator owner charge
leave_post: leave leaver handover successor transfer hand takeover
post: post publish upload share write put send tweet update content
tone: tone polite respectful professional friendly courteous calm style language jargon plain conversational
accuracy: accurate true truth fact check proof spelling error mistake correct mislead false
copyright: copyright intellectual licence credit source property trademark logo plagiarise rights
confidential: confidential confidence confidentiality secret sensitive disclose disclosure internal
confidential: private information
dataprotection: data protection gdpr personal information ico retention subject
links: link hyperlink external site third-party endorse
commercial: advertise advertisement promote promotion commercial sell business product fundraising
opinion: opinion view political politics religious belief disclaimer own behalf speak personal
school_time: time working hours lesson break lunch during work equipment device computer network
private_use: private personal own outside home leisure
reputation: reputation disrepute harm damage embarrass good name standing image
abuse: abuse bully bullying harass harassment threaten threat insult offensive attack troll
abuse: discriminate discriminatory racist sexist defame defamatory libel dignity
illegal: illegal unlawful law crime criminal police act legislation offence
safeguard: safeguard safeguarding protection welfare dsl designated radicalisation grooming safe
safeguard: safety danger risk exploitation prevent
report: report tell inform notify raise escalate refer concern worry
investigate: investigate investigation assess assessment look evidence screenshot log incident
discipline: disciplinary discipline misconduct dismissal sanction consequence breach breaks action
discipline: warning termination
complaint: complaint complain grievance query question
reply: reply respond response answer acknowledge hours within
monitor: monitor check look daily regularly weekly weekend holiday watch
remove: remove hide delete take down takedown block ban report
house: house rules acceptable guidelines behaviour conduct expect comment visitors community
moderate: moderate moderation moderator comment vet contributor contribution pre-moderate
training: training train induction course refresher cpd briefing guidance support advice inset
curriculum: curriculum teach lesson educate education learn pupils digital literacy e-safety computing
curriculum: assembly pshe online-safety
policy: policy document procedure code strategy statement
review: review annual annually yearly update amend revise version adopted ratified issued date
scope: applies apply cover covers scope bound everyone define definition means include
related: related linked read conjunction alongside policies acceptable use ict agreement handbook
record: record register keep retain retention store log archive list
age: age minimum 13 thirteen year
listening: listening search mention google alert monitor conversation
recruit: recruit recruitment applicant candidate vet shortlist reference
references: reference endorsement recommend linkedin
mark: emergency urgent immediately crisis out-of-hours contact
equality: accessible accessibility alt text welsh language equality caption subtitle
lasting: permanent forever online lasting copied screenshot anyone
"""
"""What a sentence may be about, and words that speak of it. One word may speak of several."""

AREAS = """
policy: adoption review scope acknowledgement of the policy who is covered definitions version
policy: date ratified related policies
accounts: application approval registry credentials leavers closing evaluation of accounts business
accounts: case form new site password
people: roles and training responsibilities staff volunteers responsible for
publishing: checks and approval before a post goes out content copyright confidentiality names
publishing: personal details tone accuracy
images: photographs pictures video images consent do-not-publish list parents written permission
inbox: monitoring response times tone of replies answers comments checking accounts daily
moderation: removal blocking house rules vetting contributors comments moderation delete
incidents: reporting assessment investigation escalation discipline bullying abuse breach misconduct
incidents: safeguarding
contacts: who may follow friend requests contact with pupils former pupils parents messages
personal_use: personal private use of social media own account working hours opinions disclaimer privacy
personal_use: settings
records: records retention data protection register logs legislation monitoring systems
education: teaching pupils curriculum e-safety guidance learning lessons
media: press journalists media enquiries
listening: searching for mentions of the school online listening
recruitment: recruitment applicants candidates references search
hosted_sites: sites hosted by school for children webspace users safety of children online duties
"""
"""What each area of the register is for."""

IDLE = """
a an the of to in on at for by with and or as is are be been it its this that these those which who
whom whose from into not no any all each every there their they them his her he she our we us you
your i has have had do does did will would shall can could may might must should ought than then so
such also only own out up about over under if where when while other others one what how same
"""
"""Words that don't show what a sentence is about."""
