"""The words that say who may be meant beside an actor: English, all of them."""

from __future__ import annotations


def _forms(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb.

    >>> _forms("deny"), _forms("face")
    (('deny', 'denies', 'denied', 'denying'), ('face', 'faces', 'faced', 'facing'))
    """
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    stem = verb.removesuffix("e")
    return verb, f"{verb}es" if verb.endswith("s") else f"{verb}s", f"{stem}ed", f"{stem}ing"


# Who is named beside an actor and is not the actor: *Moscow's ally*, *China hawks*, *opponents of Russia*.
_OTHERS = """
    ally|allies adversary|adversaries enemy|enemies proxy|proxies minority|minorities friend foe partner client vassal
    satellite puppet neighbour neighbor rival opponent critic sceptic skeptic supporter sympathiser sympathizer backer
    hawk dove dissident exile émigré protégé protectorate competitor counterpart surrogate follower loyalist separatist
    rebel watcher expert scholar analyst apologist collaborator stooge lackey speaker hostage victim diaspora
"""
OTHERS = frozenset(
    form for word in _OTHERS.split() for form in (word.split("|") if "|" in word else (word, f"{word}s"))
)
# What a clause begins with or depends on, and what takes out or compares: *states that border Russia*, *Moscow said*.
APART = frozenset(
    "who whom whose which that where when while whereas because although though unless until if whether"
    " but except excepting excluding unlike instead than besides outside beyond bypassing avoiding"
    " said say says told tells claimed claims warned warns argued argues believed believes insisted insists".split()
)
JOINING = frozenset("and or nor".split())
BEFORE_NOUNS = frozenset("the a an this that these those its their his her our your my some any all".split())
PREPOSITIONS = frozenset(
    "of in from near with against to towards toward for by at on between among around under over across inside"
    " within like via about into through during after before since amid amidst"
    " despite including alongside regarding concerning versus".split()
)
# What follows these is about something else wherever they stand: *Moscow's talk about power*, *freedom from want*.
AWAY = frozenset("about from against toward towards between among amid amidst regarding concerning versus".split())
VERBAL = frozenset(
    "will would shall should can could may might must has have had is are was were do does did".split()
)
# Between an actor and a noun, verbs by which the noun is the actor's: *Russia asserts dominance*, not *rejects*.
_EXERTING = """
    apply assert assume become bring build carve claim command conduct consolidate constitute create defend deliver
    demonstrate deploy display enjoy enlarge establish exercise exert expand extend gain give hold impose increase keep
    launch lead lose maintain make obtain offer own play pose possess present preserve project provide pursue reassert
    recover regain remain renew represent restore retain seek show strengthen supply take use wage wield win
"""
EXERTING = frozenset(form for verb in _EXERTING.split() for form in _forms(verb)) | frozenset(
    "became brought built gave given held kept led lost made shown sought taken took won".split()
)
_AVERSE = "condemn criticise criticize denounce deny dread dislike face fear oppose reject resent resist want"
AVERSE = frozenset(form for verb in _AVERSE.split() for form in _forms(verb))
IN_S = frozenset("sometimes nowadays afterwards always perhaps overseas thus besides".split())  # adverbs, no verbs
ARTICLES = frozenset("the a an".split())
OBJECTS = ARTICLES | frozenset("its their his her our your my".split())  # after a verb, hardly ever after a noun
TEMPORAL = frozenset("during after before since".split())  # may begin a clause: *after Russia contained the unrest*
# Of whom it is said is who acts: *the government of Russia*, *the United States of America*.
LEADERS = frozenset("states leader leaders ruler rulers people peoples state troops forces authorities".split())
DENYING = frozenset("not nor than unlike except".split())  # in front of a bare name: *and not Russia contains*
# Capitals that go on with the actor's own name, or with one who acts for it: *French Republic*, *Russian President*.
ORGANS = frozenset(
    "republic federation kingdom empire union commonwealth government administration cabinet president premier prime"
    " chancellor minister ministry foreign defence defense parliament senate congress army navy armed forces communist"
    " embassy ambassador".split()
)
DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
