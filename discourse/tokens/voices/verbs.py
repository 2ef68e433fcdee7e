"""Verbs of speech and of calling, by what stands behind them. English only."""

from __future__ import annotations

# With that, or with a clause that has no that: what is said is told.
_BARE = """say says said saying claim claims claimed claiming insist insists insisted insisting admit admits admitted
admitting""".split()
# With that, whether, how: what is said is told.
_THAT = """announce announces announced announcing warn warns warned warning stating state states stated declare
declares declared declaring deny denies denied denying write writes wrote written writing add adds added adding note
notes noted noting reply replies replied replying answer answers answered explain explains explained explaining
acknowledge acknowledges acknowledged acknowledging concur concurs concurred
assert asserts asserted asserting stress stresses stressed
stressing emphasize emphasizes emphasized emphasizing emphasise emphasises emphasised emphasising assure assures
assured assuring inform informs informed informing tell tells told telling promise promises promised pledge pledges
pledged vow vows vowed vowing complain complains complained complaining recall recalls recalled remark remarks
remarked observe observes observed conclude concludes concluded contend contends contended contending maintain
maintains maintained maintaining allege alleges alleged alleging report reports reported reporting confirm confirms
confirmed confirming affirm affirms affirmed reaffirm reaffirmed reiterate reiterates reiterated reiterating concede
concedes conceded predict predicts predicted predicting caution cautions cautioned cautioning testify testifies
testified swear swears swore boast boasts boasted joke jokes joked quip quips quipped tweet tweets tweeted posted
protest protested lament laments lamented proclaim proclaims proclaimed profess professes professed threaten
threatened hint hints hinted stipulate stipulates stipulated disclose disclosed demand demands demanded urge urges
urged estimate estimates estimated counter counters countered retort retorted mention mentions mentioned remind
reminds reminded advise advised respond responds responded notify notifies notified ruled decreed
suggest suggests suggested suggesting argue argues argued arguing repeat repeats repeated repeating underscore
underscores underscored underscoring underline underlines underlined underlining highlight highlights highlighted
highlighting clarify clarifies clarified clarifying opine opines opined reveal reveals revealed
revealing charge charges charged charging indicate indicates indicated indicating dispute disputes disputed
disputing elaborate elaborates elaborated elaborating speculate speculates speculated speculating confess confesses
confessed confessing confided recounted attests attested confirming recalling predicting pledging testifying boasting
conceding remarking mentioning reminding lamenting joking tweeting estimating divulge divulged recount recounts
recounting specify specifies specified attest volunteered commented stipulating cautioning""".split()
_THAT += ["point out", "points out", "pointed out", "pointing out"]
_THAT += [f"{make}{it} clear" for make in ("made", "makes", "make", "making") for it in ("", " it")]
_ASK = """ask asks asked asking inquire inquires inquired enquire enquired describe describes described describing
questioned""".split()
# With words in quotation marks only.
_MARKED_ONLY = """requested requesting
quoted quoting quotes praise praises praised condemn condemns condemned denounce denounces denounced
admires admired
dismiss dismisses dismissed dismissing hail hails hailed brand brands branded slam slammed criticize criticizes
criticized criticise criticised characterize characterizes characterized characterise characterised shout shouts
shouted shouting cry cried cries whisper whispered thunder thundered chant chants chanted chanting exclaim exclaimed
mutter muttered accuse accuses accused accusing blasted mocked ridiculed lauded welcomed rejected signed commented
comments comment laughed read reads begins began continued continues concluded opened sneered snapped
cite cites cited citing express expresses expressed expressing voice voices voiced voicing order ordered ordering
instruct instructed signal signals signaled signalled signaling signalling yell yelled yelling scream screamed
appeal appeals appealed appealing derided deriding lambasted lambasting decried decries deplored deplores applauded
applauds commended commends rebuked chided berated assailed touted touts trumpeted congratulated thanked thanking
shared gushed raved mused blamed blames bemoaned bemoans lamented laments railed lashed""".split()
_MARKED_ONLY += ["put it", "puts it", "went on", "goes on"]
_CALL = "call calls called calling dub dubs dubbed term terms termed label labels labelled labeled".split()
# Forms that are nouns or other verbs as often (the states, a demand for, to hint at).
NOUNLIKE = frozenset(
    [*"""state states claim claims note notes reply replies answer answers promise promises vow vows demand demands
    remark remarks quotes urge urges boast boasts tweet tweets report reports estimate estimates warning pledge
    pledges hint hints protest counter counters joke jokes term terms label labels brand brands call calls signed
    read reads begins began continued continues opened welcomed rejected cry cries shout shouts whisper thunder
    comment comments concluded concludes maintain maintains slam testify swear swears mention mentions posted
    laughed stress stresses caution respond responds written repeat highlight highlights reveal voice voices
    express order signal signals appeal appeals scream charge charges charged charging
    indicate indicates indicated dispute disputes disputed shared""".split(), "went on", "goes on"]
)
# With a clause that has no that, where subject and verb are plain to see.
BARE_TOO = frozenset(
    """deny denies denied denying complain complains complained complaining concede concedes conceded acknowledge
    acknowledges acknowledged acknowledging argue argues argued arguing maintain maintained contend contends contended
    add adds added adding warn warns warned warning predict predicts predicted allege alleges alleged boast boasted
    announced confirmed noted declared stressed stated asserted wrote explained testified
    concluded suggested indicated stating noting arguing alleging contending cautioned revealed reiterated emphasised
    emphasized clarified reported found promised promises pledged pledges vowed tweeted tweets estimated
    divulged specified maintains ruled heard concurred announces confirms confirming notes declares states asserts
    writes writing explains concludes suggests suggesting reveals revealing reiterates lament laments
    lamented""".split()
)
TELLING = frozenset(
    """tell tells told telling inform informs informed informing assure assures assured assuring remind reminds
    reminded warn warns warned warning advise advised promise promises promised""".split()
)
BARE, ASKING, CALLING = frozenset(_BARE), frozenset(_ASK), frozenset(_CALL)
FINDING = frozenset("found finds heard hears ruled".split())  # what a court does, or a report
CLAUSAL = frozenset([*_BARE, *_THAT, *_ASK, *FINDING])  # what may have a clause as its complement
DEMANDING = frozenset(
    """demand demands demanded underscore underscores underscored underscoring underline underlines underlined
    underlining highlight highlights highlighted highlighting reveal reveals revealed revealing signal signals signaled
    signalled indicated indicates""".split()
)  # circumstances do so too
SUGGESTING = frozenset("suggest suggests suggested report reports estimate estimates stress stresses".split())
SPOKEN = sorted({*_BARE, *_THAT, *_ASK, *_MARKED_ONLY})
SPEAKING = frozenset(SPOKEN) - NOUNLIKE  # what can be nothing but a verb
