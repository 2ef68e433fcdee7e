"""Names of states, capitals and other great cities, and of the people that live there: they are no persons."""

from __future__ import annotations

_STATES = """Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan Bahamas
Bahrain Bangladesh Barbados Belarus Belgium Belize Benin Bhutan Bolivia Bosnia Botswana Brazil Britain Brunei
Bulgaria Burma Burundi Cambodia Cameroon Canada Chad Chile China Colombia Comoros Congo Croatia Cuba Cyprus
Czechia Denmark Djibouti Dominica Ecuador Egypt England Eritrea Estonia Eswatini Ethiopia Fiji Finland France
Gabon Gambia Georgia Germany Ghana Greece Greenland Grenada Guatemala Guinea Guyana Haiti Honduras Hungary Iceland
India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Kiribati Kosovo Kuwait
Kyrgyzstan Laos Latvia Lebanon Lesotho Liberia Libya Liechtenstein Lithuania Luxembourg Madagascar Malawi Malaysia
Maldives Mali Malta Mauritania Mauritius Mexico Micronesia Moldova Monaco Mongolia Montenegro Morocco Mozambique
Myanmar Namibia Nauru Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palau Palestine Panama
Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa Scotland Senegal Serbia Seychelles
Singapore Slovakia Slovenia Somalia Spain Sudan Suriname Sweden Switzerland Syria Taiwan Tajikistan Tanzania
Thailand Togo Tonga Tunisia Turkey Turkmenistan Türkiye Tuvalu Uganda Ukraine Uruguay Uzbekistan Vanuatu Vatican
Venezuela Vietnam Wales Yemen Zambia Zimbabwe Gaza Crimea Kashmir Tibet Xinjiang Chechnya Abkhazia Transnistria
Kurdistan Catalonia""".split()
_CITIES = """Abuja Accra Algiers Almaty Amman Amsterdam Ankara Antananarivo Ashgabat Asmara Astana Athens Baghdad
Baku Bamako Bangkok Barcelona Beijing Beirut Belgrade Berlin Bern Bishkek Bogotá Bogota Boston Brasília Brasilia
Bratislava Brazzaville Brussels Bucharest Budapest Cairo Canberra Caracas Chicago Chisinau Colombo Conakry
Copenhagen Dakar Damascus Delhi Dhaka Doha Donetsk Dubai Dublin Dushanbe Edinburgh Freetown Frankfurt Gaborone
Geneva Hanoi Harare Havana Helsinki Islamabad Istanbul Jakarta Jerusalem Johannesburg Juba Kabul Kampala Kathmandu
Khartoum Kharkiv Kherson Kiev Kigali Kinshasa Kyiv Lagos Lima Lisbon Ljubljana London Luanda Luhansk Lusaka Madrid
Managua Manila Maputo Marseille Mexico Milan Minsk Mogadishu Monrovia Montevideo Montreal Moscow Mumbai Munich
Muscat Nairobi Niamey Nicosia Nursultan Odesa Odessa Oslo Ottawa Ouagadougou Paris Podgorica Prague Pretoria
Pristina Pyongyang Quito Rabat Reykjavik Riga Riyadh Rome Sanaa Santiago Sarajevo Seoul Shanghai Skopje Sofia
Stockholm Strasbourg Sydney Taipei Tallinn Tashkent Tbilisi Tehran Tirana Tokyo Toronto Tripoli Tskhinvali Tunis
Ulaanbaatar Vaduz Valletta Vienna Vientiane Vilnius Vladivostok Warsaw Washington Wellington Windhoek Yaoundé
Yerevan Zagreb Zurich Kremlin Pentagon Elysee Élysée Bundestag Duma Knesset Hamas Hezbollah Taliban Gazprom
Rosneft""".split()
_TWO_WORDS = """Sri Lanka;Saudi Arabia;Hong Kong;El Salvador;San Salvador;Costa Rica;Sierra Leone;Burkina Faso;Ivory
Coast;Cape Verde;Cape Town;Puerto Rico;Buenos Aires;Tel Aviv;Abu Dhabi;Addis Ababa;Phnom Penh;Kuala Lumpur;Los Angeles;
San Francisco;San Diego;Las Vegas;San Marino;Rio de Janeiro;Sao Paulo;São Paulo;Bosnia Herzegovina;Papua Guinea;Capitol
Hill;Downing Street;Whitehall;Red Cross;Red Crescent;Middle East;Cold War;Silk Road;Belt and Road;Black Sea;Wall
Street;Boko Haram;Sinn Fein;Al Qaeda;Al Shabaab;Georgian Dream""".replace("\n", " ").split(";")
DEMONYMS = frozenset(
    """Afghan Albanian Algerian Angolan Arab Argentine Armenian Asian African Australian Austrian Azerbaijani Azeri
    Bahraini Bangladeshi Belarusian Belgian Bolivian Bosnian Brazilian Bulgarian Burmese Cambodian Cameroonian
    Canadian Chechen Chilean Colombian Congolese Croatian Cuban Cypriot Czech Danish Dutch Ecuadorian Egyptian
    Emirati Eritrean Estonian Ethiopian Filipino Finnish Gabonese Gambian Georgian Ghanaian Greek Guatemalan
    Haitian Honduran Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Israeli Italian Japanese
    Jordanian Kazakh Kenyan Korean Kosovar Kurdish Kuwaiti Kyrgyz Laotian Latvian Lebanese Liberian Libyan
    Lithuanian Malaysian Maltese Malian Mexican Moldovan Mongolian Montenegrin Moroccan Mozambican Nepalese
    Nicaraguan Nigerian Norwegian Omani Pakistani Palestinian Panamanian Paraguayan Peruvian Philippine Polish
    Portuguese Qatari Romanian Rwandan Saudi Scottish Senegalese Serbian Singaporean Slovak Slovenian Somali
    Spanish Sudanese Swedish Swiss Syrian Taiwanese Tajik Tanzanian Thai Tibetan Tunisian Turkmen Ugandan
    Uruguayan Uyghur Uzbek Venezuelan Vietnamese Welsh Yemeni Zambian Zimbabwean""".split()
)
PLACES = frozenset([*_STATES, *_CITIES, *(" ".join(words.split()) for words in _TWO_WORDS)])
