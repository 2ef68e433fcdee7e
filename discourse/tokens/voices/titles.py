"""What stands before the names of persons, and words that are in no person's name."""

from __future__ import annotations

OFFICES = frozenset(
    """President Minister Chancellor Secretary General Director Senator Governor Ambassador Chairman Chairwoman
    Chair Speaker King Queen Pope Prince Princess Mr Mrs Ms Miss Dr Sir Lady Lord Dame Professor Spokesman
    Spokeswoman Spokesperson Analyst Leader Commander Colonel Major Captain Admiral Chief Judge Justice Mayor
    Cardinal Bishop Archbishop Rabbi Imam Premier Congressman Congresswoman Representative Commissioner
    Inspector Sergeant Lieutenant Marshal Sheriff Coach Gen Sen Rep Gov Lt Col Prof Rev Hon Envoy Editor
    Engineer Economist Historian Author Officer Detective Treasurer Adviser Advisor Administrator Attorney
    Fellow Undersecretary Correspondent Coordinator Rapporteur Prosecutor Superintendent Ombudsman Lawmaker
    Activist Lawyer Diplomat Negotiator Father Sister Brother Friar Deacon Chaplain Whip Co-chair Chief-of-staff
    Maj Adm Capt Brig Sgt CEO CFO COO MP MEP MEC PM FM VP MNA MLA MSP TD Consul Engr Barr Alhaji Datuk
    Baroness""".split()
)
# What somebody is, in lower case before or behind a name.
HOLDERS = frozenset(
    """spokesman spokeswoman spokesperson president minister chancellor secretary director senator governor ambassador
    chairman chairwoman speaker king queen pope prince princess professor analyst leader commander colonel chief judge
    mayor bishop commissioner envoy editor economist historian lawyer diplomat negotiator lawmaker activist official
    head boss founder campaigner researcher scientist expert strategist executive manager candidate adviser advisor
    coordinator prosecutor deputy premier representative reporter correspondent author general officer member
    fellow""".split()
)
# Short for an office only before a name: *Gen Brandt*, but *Hun Sen*.
SHORT_OFFICES = frozenset("Gen Sen Rep Gov Lt Col Maj Adm Capt Brig Sgt Prof Rev Hon".split())
# What offices are for, which may stand before a name: *Secretary of State Ada Lind*, *Minister of Foreign Affairs Wu*.
DOMAINS = frozenset(
    """State Affairs Foreign Human Rights Defense Defence Finance Interior Labor Labour Employment Migration Justice
    Energy Health Education Trade Commerce Agriculture Transport Transportation Treasury Security Economy Environment
    Culture Staff Intelligence Operations Relations Development Policy Industry Refugees Information Communications
    Welfare Housing Infrastructure Climate Tourism Sport Sports Science Technology US UN EU UK NATO Nations United
    Center Centre Parliament Commission National Homeland Public Social Internal External Veterans Space Budget Women
    Children Youth Land Water Fisheries Mines Petroleum Aviation Digital Innovation""".split()
)
# What somebody is by trade, before a name of two words at the head of a sentence: *Physicist Ada Lind*.
TRADES = frozenset(
    """Actor Actress Singer Musician Writer Reporter Broadcaster Photographer Filmmaker Comedian Producer Composer
    Farmer Fisherman Teacher Student Nurse Doctor Surgeon Architect Entrepreneur Businessman Businesswoman Investor
    Trader Banker Pilot Driver Campaigner Founder Cofounder Co-founder Candidate Councillor Councilman Councilwoman
    Pollster Commentator Athlete Goalkeeper Boss Manager Owner Executive Consultant Expert Scholar Academic
    Lecturer Researcher Astronomer Chemist Mathematician Priest Pastor Neighbour Neighbor Resident Witness
    Whistleblower Blogger Designer Developer Barrister Solicitor Magistrate Policeman Policewoman Constable
    Paramedic Firefighter Astronaut Billionaire Millionaire Survivor Co-author Critic Fan Librarian Translator
    Interpreter Skipper Democrat Republican Conservative Socialist""".split()
)
# What may stand before an office, or before a name at the head of a sentence.
BEFORE_OFFICE = frozenset("Prime Foreign Defence Defense Programme Program Vice Deputy Attorney".split())
BEFORE_NAME = frozenset(
    """Nearby Neighbouring Neighboring Former Outgoing Incoming Longtime Veteran Local Senior Top Acting Retired
    Late Exiled Rival Embattled Opposition Even Only Like Unlike Asked Last Next Beyond Across Amid Around
    Outside Inside Throughout Within Without Including Following Despite Regarding According Besides""".split()
)
# What names begin or end with that are no persons, and words before a last name that are no first name.
NO_PERSONS = frozenset(
    """Soviet Imperial Tsarist Greater New North South East West Central Western Eastern Northern Southern United
    Great Old Republic Republics Union States State Ocean Sea War Party Council Ministry Bank Club Institute
    University Route Peace Act Agreement Treaty Asia Europe Africa America Caucasus House Office Department
    Agency Court Congress Parliament Senate Committee Commission Association Company Corporation Times Post
    Journal News Courier Oblast Province Region County District Island Islands Bay Strait Coast Guard Center
    Centre Service Board Foundation Watch Corps Society Network Bureau Administration Police Tribune Bridge
    Airport Hotel Hospital School College Games Security Rights Affairs Nuclear Media Television Radio Gulf
    Palace Desert Coalition Initiative Review Economic Herald Today Daily Army Navy Force Forces Square River
    Lake Mount Street City Fund Group Federation Organization Jazeera Organisation Alliance Nations Convention
    Constitution Declaration Project Program Programme Plan Summit Corridor Authority Movement Front World
    International National Federal European American Russian Chinese British French German Turkish Ukrainian
    Channel Canal Valley Mountains Peninsula Harbor Harbour Tower Building Cup League Championship Festival
    Airlines Airways Motors Holdings Systems Technologies Industries Pharmaceuticals Railway Museum Library
    Cathedral Pacific Atlantic Mediterranean Arctic Pact Accord Protocol Charter Index Survey
    Capitol Pentagon""".split()
)
GIVEN_NAMES = frozenset("April May June August".split())  # also months
CALENDAR = frozenset(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday""".split()
)
