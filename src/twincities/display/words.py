"""
The words that the library prints, in one table for text, notebooks, charts, the command line and pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model.vocabulary import LANGUAGES, PartnershipStatus, in_shipped, primary, word_label

_WORDS: Mapping[str, tuple[str, str, str]] = {
    # key: in English, Finnish, Swedish; headings begin with a capital, parts of sentences don't
    "about": ("About", "Kuvaus", "Om"),
    "activities": ("Activities", "Toiminta", "Verksamhet"),
    "activity": ("activity", "toiminta", "verksamhet"),
    "agreement": ("agreement", "sopimus", "avtal"),
    "agreements": ("Agreements", "Sopimukset", "Avtal"),
    "alt_ids": ("Further identifiers", "Muita tunnisteita", "Fler identifierare"),
    "area": ("Area", "Ala", "Område"),
    "areas": ("Areas", "Alat", "Områden"),
    "areas_chart": ("Areas of cooperation", "Yhteistyöalat", "Samarbetsområden"),
    "as of": ("as of", "tilanne", "läge"),
    "as_of": ("As of", "Tilanne", "Läge"),
    "asserted_by": ("Stated by", "Tiedon antaa", "Uppgift från"),
    "broader": ("Belongs to", "Kuuluu alaan", "Hör till"),
    "called": ("Called", "Nimitys", "Benämning"),
    "choice": ("choice", "valinta", "val"),
    "cities": ("Cities", "Kaupungit", "Städer"),
    "city": ("City", "Kaupunki", "Stad"),
    "claims": ("Claims", "Muut tiedot", "Andra uppgifter"),
    "code": ("Code", "Koodi", "Kod"),
    "column": ("column", "sarake", "kolumn"),
    "complete_for": ("Complete for", "Kattaa kokonaan", "Fullständig för"),
    "concerns": ("Concerns", "Kohde", "Gäller"),
    "contacts": ("Contacts", "Yhteystiedot", "Kontaktuppgifter"),
    "continues": ("Continues", "Jatkaa suhdetta", "Fortsätter"),
    "coordinates": ("Coordinates", "Koordinaatit", "Koordinater"),
    "country": ("Country", "Maa", "Land"),
    "date": ("Date", "Ajankohta", "Tid"),
    "definition": ("Definition", "Määritelmä", "Definition"),
    "distance_km": ("Distance (km)", "Etäisyys (km)", "Avstånd (km)"),
    "end": ("end", "loppu", "slut"),
    "ends": ("Ends", "Päättyy", "Upphör"),
    "event": ("Event", "Tapahtuma", "Händelse"),
    "exact_match": ("Same as", "Sama kuin", "Samma som"),
    "field": ("Field", "Kenttä", "Fält"),
    "found": ("Found as", "Löytyi nimellä", "Hittad som"),
    "from": ("From", "Mistä", "Från"),
    "how to place": (
        "To draw them, give their cities coordinates, as import with --places geonames does.",
        "Kartta tarvitsee kaupunkien koordinaatit; import --places geonames hakee ne.",
        "Kartan behöver städernas koordinater; import --places geonames hämtar dem.",
    ),
    "graph": ("Network of partnerships", "Kumppanuuksien verkosto", "Nätverk av partnerskap"),
    "id": ("Id", "Tunniste", "Id"),
    "ids": ("Identifiers", "Tunnisteet", "Identifierare"),
    "is_partner": ("Partner already", "Jo kumppani", "Redan partner"),
    "item": ("Result", "Tulos", "Träffar"),
    "keep": ("keep", "säilytä", "behåll"),
    "kind": ("Type", "Tyyppi", "Typ"),
    "label": ("Label", "Nimitys", "Benämning"),
    "language": ("Language", "Kieli", "Språk"),
    "latitude": ("Latitude", "Leveysaste", "Latitud"),
    "licence": ("Licence", "Lisenssi", "Licens"),
    "lines": ("lines", "rivit", "rader"),
    "links": ("Further reading", "Lisätietoa", "Läs mer"),
    "longitude": ("Longitude", "Pituusaste", "Longitud"),
    "map": ("Map of partnerships", "Kumppanuuksien kartta", "Karta över partnerskap"),
    "members": ("Members", "Jäsenet", "Medlemmar"),
    "message": ("Finding", "Havainto", "Anmärkning"),
    "milestone": ("Milestone", "Tapahtuma", "Händelse"),
    "milestones": ("Milestones", "Tapahtumia", "Händelser"),
    "more": ("and {} more", "ja {} muuta", "och {} till"),
    "name": ("Name", "Nimi", "Namn"),
    "names": ("Names", "Nimet", "Namn"),
    "narrower": ("Includes", "Sisältää", "Omfattar"),
    "network": ("network", "verkosto", "nätverk"),
    "networks": ("Networks", "Verkostot", "Nätverk"),
    "no areas": ("No areas stated:", "Aloja ei mainita:", "Inga områden angivna:"),
    "no place": ("Place not known:", "Sijainti ei tiedossa:", "Läget okänt:"),
    "no room": ("No room for:", "Nimi ei mahdu:", "Utan plats för namn:"),
    "not certain": ("not certain", "ei varmaa", "inte säkert"),
    "not said": ("not said", "ei ilmoitettu", "inte sagt"),
    "nothing": ("nothing to show", "ei näytettävää", "inget att visa"),
    "of the network": ("by a network", "verkoston kautta", "genom ett nätverk"),
    "of the tie": ("by the two cities", "kahden kesken", "mellan de två"),
    "or": ("or", "tai", "eller"),
    "organisations": ("Organisations", "Organisaatiot", "Organisationer"),
    "origin": ("From", "Lähde", "Från"),
    "path": ("Path", "Polku", "Sökväg"),
    "pale": ("pale: within these bounds", "vaalea: näissä rajoissa", "blek: inom dessa gränser"),
    "part_of": ("Part of", "Osa", "Del av"),
    "partner": ("Partner", "Kumppani", "Partner"),
    "partners": ("Partners", "Kumppanit", "Partner"),
    "period": ("Period", "Kausi", "Period"),
    "planned": ("hollow: planned", "ontto: suunniteltu", "ihålig: planerad"),
    "point": ("point: milestone", "piste: tapahtuma", "punkt: händelse"),
    "population": ("Population", "Asukkaita", "Invånare"),
    "published": ("Published", "Julkaistu", "Publicerad"),
    "publisher": ("Publisher", "Julkaisija", "Utgivare"),
    "qualifier": ("Precision", "Tarkkuus", "Noggrannhet"),
    "reason": ("reason", "syy", "orsak"),
    "retrieved": ("Retrieved", "Haettu", "Hämtad"),
    "role": ("Role", "Tehtävä", "Roll"),
    "score": ("Score", "Osuvuus", "Träffsäkerhet"),
    "severity": ("Severity", "Vakavuus", "Allvar"),
    "shared": ("By way of", "Yhteiset kumppanit", "Gemensamma partner"),
    "signed": ("Signed", "Allekirjoitettu", "Undertecknat"),
    "since": ("Since", "Alku", "Sedan"),
    "skip": ("skip", "ohita", "utelämna"),
    "sources": ("Sources", "Lähteet", "Källor"),
    "stage": ("Stage", "Vaihe", "Skede"),
    "start": ("start", "alku", "början"),
    "start not known": ("start not known", "alku ei tiedossa", "början okänd"),
    "status_since": ("Status since", "Tila alkaen", "Status sedan"),
    "status": ("Status", "Tila", "Status"),
    "subdivision_codes": ("Region (ISO 3166-2)", "Alue (ISO 3166-2)", "Region (ISO 3166-2)"),
    "succeeded_by": ("Became", "Liittyi kuntaan", "Uppgick i"),
    "summary": ("Summary", "Kuvaus", "Beskrivning"),
    "text": ("text", "teksti", "text"),
    "thin": ("thin: agreement", "ohut: sopimus", "tunn: avtal"),
    "tie": ("Partnership", "Kumppanuus", "Partnerskap"),
    "ties": ("Partnerships", "Kumppanuudet", "Partnerskap"),
    "timeline": ("Timeline of partnerships", "Kumppanuuksien aikajana", "Tidslinje över partnerskap"),
    "tip": ("tip: goes on", "kärki: jatkuu", "spets: fortsätter"),
    "title": ("Title", "Otsikko", "Titel"),
    "to": ("To", "Mihin", "Till"),
    "unlisted": (
        "The data set doesn't say that it lists all partners.",
        "Aineisto ei ilmoita kattavansa kaikkia kumppaneita.",
        "Det framgår inte att alla partner finns med.",
    ),
    "twin cities of": ("Twin cities of {}", "Ystävyyskaupungit – {}", "{} vänorter"),
    "until": ("Until", "Loppu", "Till"),
    "url": ("Web address", "Verkko-osoite", "Webbadress"),
    "value": ("Value", "Arvo", "Värde"),
    "version": ("Version", "Versio", "Version"),
    "years": ("Years", "Vuosia", "År"),
    "yes": ("yes", "kyllä", "ja"),
    # for questions without an answer
    "no agreements": ("No agreements found.", "Sopimuksia ei löytynyt.", "Inga avtal hittades."),
    "no anniversaries": ("No anniversaries found.", "Merkkivuosia ei löytynyt.", "Inga jubileer hittades."),
    "no chain": (
        "No chain of ties leads there.",
        "Kumppanuuksien ketjua ei löytynyt.",
        "Ingen kedja av partnerskap hittades.",
    ),
    "no cities": ("The data set has no cities.", "Aineistossa ei ole kaupunkeja.", "Datamängden har inga städer."),
    "no city": ("No city found.", "Kaupunkia ei löytynyt.", "Ingen stad hittades."),
    "no cousins": (
        "No partners of partners found.",
        "Kumppanien kumppaneita ei löytynyt.",
        "Inga partners partner hittades.",
    ),
    "no partners": ("No partners found.", "Kumppaneita ei löytynyt.", "Inga partner hittades."),
    "same city": ("That is the same city.", "Se on sama kaupunki.", "Det är samma stad."),
}

_OF_PAGES: Mapping[str, tuple[str, str, str]] = {
    "skip to content": ("Skip to main content", "Siirry sisältöön", "Hoppa till innehållet"),
    "language of page": ("In English", "Suomeksi", "På svenska"),
    "languages": ("Languages", "Kielet", "Språk"),
    "checked": ("Information checked on {}.", "Tiedot on tarkistettu {}.", "Uppgifterna är kontrollerade {}."),
    "held at": ("Information as of {}.", "Tietojen ajankohta: {}.", "Uppgifterna avser {}."),
    "in countries": ("{} in {}.", "{} {}.", "{} i {}."),
    "contents": ("On this page", "Tällä sivulla", "På den här sidan"),
    "at a glance": ("Twin cities at a glance", "Ystävyyskaupungit yhdellä silmäyksellä", "Vänorterna i korthet"),
    "on the map": ("Twin cities on the map", "Ystävyyskaupungit kartalla", "Vänorterna på kartan"),
    "cooperation networks": ("Cooperation networks", "Yhteistyöverkostot", "Samarbetsnätverk"),
    "in alphabetical order": (
        "Twin cities in alphabetical order",
        "Ystävyyskaupungit aakkosjärjestyksessä",
        "Vänorterna i bokstavsordning",
    ),
    "suspended": ("Suspended cooperation", "Keskeytetty yhteistyö", "Pausat samarbete"),
    "ended": ("Former twin cities", "Päättynyt yhteistyö", "Avslutat samarbete"),
    "others": ("Other partners", "Muut yhteistyökumppanit", "Övriga samarbetspartner"),
    "anniversaries": (
        "Anniversaries and expiring agreements",
        "Merkkivuodet ja päättyvät sopimukset",
        "Jubileer och avtal som löper ut",
    ),
    "for schools": ("For schools and associations", "Kouluille ja yhdistyksille", "För skolor och föreningar"),
    "contact": ("Contact", "Yhteystiedot", "Kontaktuppgifter"),
    "accessibility": ("Accessibility", "Saavutettavuus", "Tillgänglighet"),
    "statement": ("Accessibility statement", "Saavutettavuusseloste", "Tillgänglighetsutlåtande"),
    "feedback": (
        "Give feedback on accessibility",
        "Anna palautetta saavutettavuudesta",
        "Ge respons om tillgängligheten",
    ),
    "open data": ("Open data", "Tiedot avoimena datana", "Uppgifterna som öppna data"),
    "data file": ("The data of this page as a file", "Tämän sivun tiedot tiedostona", "Sidans uppgifter som en fil"),
    "updated": ("Updated on {}", "Päivitetty {}", "Uppdaterad {}"),
    "not known": ("not known", "ei tiedossa", "uppgift saknas"),
    "external": ("external site", "ulkoinen sivusto", "extern webbplats"),
    "another source": ("according to another source {}", "toisen lähteen mukaan {}", "enligt en annan källa {}"),
    "source": ("Source {}", "Lähde {}", "Källa {}"),
    "map in words": (
        "Map of the partners of {}. The table above has the same in words.",
        "Kartta: {} ja sen kumppanit. Samat tiedot ovat sanoin yllä olevassa taulukossa.",
        "Karta över {} och dess partner. Tabellen ovan har samma uppgifter i ord.",
    ),
    "not on the map": ("Not on the map: {}.", "Kartalta puuttuu: {}.", "Saknas på kartan: {}."),
    "no partner": (
        "The data has no partner of this city.",
        "Tiedoissa ei ole kaupungin kumppaneita.",
        "Uppgifterna har ingen partner till staden.",
    ),
    "jubilee": ("{}: {} years", "{}: {} vuotta", "{}: {} år"),
    "agreement ends": ("{}: {} ends", "{}: {} päättyy", "{}: {} löper ut"),
    "day not known": (
        "The day isn't known; the calendar has the first or last possible one.",
        "Päivä ei ole tiedossa; kalenterissa on ensimmäinen tai viimeinen mahdollinen.",
        "Dagen är inte känd; kalendern har den första eller sista möjliga.",
    ),
    "anniversary of": ("{} years, {}: {}", "{} vuotta, {}: {}", "{} år, {}: {}"),
    "ends in": ("{} ends: {}, {}", "{} päättyy: {}, {}", "{} löper ut: {}, {}"),
    "distance": ("Distance in a straight line", "Etäisyys linnuntietä", "Avstånd fågelvägen"),
    "areas of cooperation": ("Areas of cooperation", "Yhteistyön alat", "Samarbetsområden"),
    "kind of tie": ("Type of tie", "Suhteen laji", "Typ av relation"),
    "inhabitants": ("Inhabitants", "Asukkaita", "Invånare"),
}

_COUNTED: Mapping[str, tuple[tuple[str, str], tuple[str, str], tuple[str, str]]] = {
    # of one, of any other number
    "networks": (("{} network", "{} networks"), ("{} verkosto", "{} verkostoa"), ("{} nätverk", "{} nätverk")),
    "twin cities": (
        ("{} twin city", "{} twin cities"),
        ("{} ystävyyskaupunki", "{} ystävyyskaupunkia"),
        ("{} vänort", "{} vänorter"),
    ),
    "countries": (("{} country", "{} countries"), ("{} maassa", "{} maassa"), ("{} land", "{} länder")),
    "suspended": (
        ("Cooperation with {} partner is suspended.", "Cooperation with {} partners is suspended."),
        ("Yhteistyö {} kumppanin kanssa on keskeytetty.", "Yhteistyö {} kumppanin kanssa on keskeytetty."),
        ("Samarbetet med {} partner är pausat.", "Samarbetet med {} partner är pausat."),
    ),
    "partners": (("{} partner", "{} partners"), ("{} kumppani", "{} kumppania"), ("{} partner", "{} partner")),
}


def word(key: str, lang: str = "en") -> str:
    """
    A heading or sentence in *lang*, or in English if the table lacks the language.

    >>> word("until", "fi"), word("until", "de")
    ('Loppu', 'Until')
    """
    return in_shipped(_WORDS.get(key) or _OF_PAGES[key], lang)


def headings(keys: Iterable[str], lang: str = "en") -> tuple[str, ...]:
    """
    The headings of columns, each with a capital.
    """
    words = (word(key, lang) for key in keys)
    return tuple(text[:1].upper() + text[1:] for text in words)


def counted(number: int, key: str, lang: str = "en") -> str:
    """
    A number of things.

    >>> counted(1, "partners"), counted(15, "partners", "fi")
    ('1 partner', '15 kumppania')
    """
    one, several = _COUNTED[key][LANGUAGES.index(primary(lang))]
    return (one if number == 1 else several).format(number)


def status_in(status: PartnershipStatus | None, lang: str = "en") -> str:
    """
    The label of a status; "not said" for `None`.
    """
    return word("not said", lang) if status is None else word_label(status, lang)
