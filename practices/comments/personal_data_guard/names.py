"""Names of people: after a civility, after words that announce a name, first beside family name, a first name beside its story.

Case, lists and context decide together: a word that is common French too asks for more; whoever is thanked, greeted or
quoted, who works in a team, and whose name a place or an institution bears, is left alone.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kb_site.french.letters import bare_word
from kb_site.french.lexicon import is_word

from .name_lists import Says, says_of
from .normalised import Normalised
from .word_lists import one_of, words_of

Named = tuple[str, int, int, int]  # kind, start, end, where the name alone begins
SHORTEST = 3  # letters of a first name read alone, or of a part of a compound
MOST_WORDS_READ = 4_000  # of one text: a hostile text must not cost more than a long one

# A civility stuck to a name and an elision before one (« d'Amina ») are words of their own.
_WORD = re.compile(
    r"(?:Mme|Mlle|Melle|Mr)(?=[A-ZÀ-Ý])|(?:[djlmnst]|qu|jusqu|lorsqu)(?='[A-ZÀ-Ý])|[^\W\d_]+(?:['\-][^\W\d_]+)*"
)
_STOP = frozenset(words_of("stop"))
_PARTICLES = frozenset(words_of("particles"))
_FUNCTIONS = re.compile(rf"(?:sous-?|vice-?)?{one_of('functions')}e?s?$")
_CIVILITY = re.compile(
    r"(?<![\w@/'\-])(?i:mrs?|mm|mmes?|mdme|mell?es?|mlles?|monsieur|messieurs|madame|mesdames|mesdemoiselles|mademoiselle|m)"
    r"(?:\.|(?![^\W\d_])|(?<=[a-z][a-z])(?=[A-Z]))"
)
_COUPLE = re.compile(r" ?(?:et|ou|&|/) (?:mme|madame|mr|m|monsieur)\b\.?", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"\b(?:un|une|le|la|les|des|ce|cette|ces|deux|quelques|du|taille|tailles|gilets?|ou|en) $")
_FICTION = re.compile(r"\b(?:au programme|roman|film|on a regarde|lecture de|piece de theatre)\b")

_ANNOUNCED = re.compile(
    r"(?:s'appell\w+|se nomme|prenommee?s?|nommee?s?|denommee?s?|surnommee?s?|du nom de|un certain|une certaine|au nom de"
    r"|\b(?:pre)?nom ?: ?) ?"
)
_THING_BEFORE = re.compile(rf"\b{one_of('things')}\b[^\n.;]{{0,25}}$")
_PERSON_BEFORE = re.compile(rf"\b{one_of('persons')}(?:\(e\)|e)?s?,? ?(?:de |d')?$")

_GREETED = re.compile(
    r"(?:\b(?:bonjour|bonsoir|salut|hello|coucou|merci|bravo|cheres?|chers?|slt|bjr|cc|felicitations|d'accord avec|comme (?:disait|dit"
    r"|l'a dit|le dit)|rejoins|cordialement|bien a vous|avis de|remarque de|reponse de|message de|question de|idee de)\b"
    r"[ ,!:\n]*(?:bcp|beaucoup|a|encore|encore a|infiniment)?[ ,\n]*|@ ?)(?:[\w\-]+(?:,| et| &) )?$"
)
_COLLEAGUE = re.compile(rf"\b{one_of('colleagues')}\b")
_BEARS = re.compile(rf"\b{one_of('bearers')}s?(?: (?!de\b)[a-z\-]+)?(?: (?:du|des|la|le))? $")
_OF_WORKS = re.compile(
    r"\b(?:chansons?|livres?|romans?|films?|textes?|poemes?|oeuvres?|tableaux?|tableau|methode|loi|prix|fondation|echelle|pyramide|test"
    r"|parc|square|citation|album|theatre|piece|fables?) (?:de |d'|des )$"
)
_VERB = re.compile(rf"(?:[nsml]')?{one_of('verbs')}$")
_PLACE_BEFORE = re.compile(
    r"\b(?:a|au|aux|de|du|des|d'|en|vers|sur|depuis|dans|par|saint|ville|site|agence|entre|et|la|le|les|l') ?$"
)
_TOLD_TO = re.compile(
    r"\b(?:expliqu|di[rst]|demand|propos|donn|annonc|parl|repond|repond|conseill|appren|montr|prefer|enlev|retir|vers|refus)\w*\b"
    r"[^.;\n]{0,30}\ba $"
)
_INITIAL = re.compile(r"(?<![\w.])[A-ZÀ-Ý]\. ?(?=[A-ZÀ-Ý])")
_TITLE_BEFORE = re.compile(
    r"\b(?:(?:film|roman|livre|chanson|spectacle|exposition|expo|album|documentaire)s?\b[^.;\n]{0,25}"
    r"|(?:lu|lisons|lisent|etudions|etudie)(?: du| de)? )$"
)
_ON_A_LINE = re.compile(
    r"\b(?:lignes? \w{1,3}|metro|rer(?: [a-e])?|tram\w*|bus|train|terminus|station)\b[^.;\n]{0,40}"
    r"\b(?:a|vers|direction|entre|et|arret|station) $"
)
_COMPANY = re.compile(r" ?(?:&|et) (?:fils|freres|cie|associes?)\b|,? (?:sarl|sas|sa|eurl|scop|scic)\b")
_BY_ARTISTS = re.compile(
    r"\b(?:en lecture|spectacle|contes?|personnages?|jouee?s? par|theatre|poeme|poesie|roman|chanson|fables|litterature|peintre|ecrivaine?|auteur)\b"
)

_HARM = re.compile(rf"\b{one_of('harm')}\b")
_STORY = re.compile(rf"\b{one_of('story')}\b")


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        return bare_word(self.text)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def _says(word: str) -> Says:
    """Return what lists say of a word; of a compound they do not know, what they say of its first part that they know.

    Two first names in one are nothing else, even where each is a word too (« Jean-Baptiste »).
    """
    said = says_of(word)
    if said or not re.search(r"['\-]", word):
        return said
    first, *others = [says_of(part) for part in re.split(r"['\-]", word) if len(part) >= SHORTEST] or [Says(0)]
    if others and all(part & Says.FIRST for part in (first, *others)):
        return Says.FIRST | Says.OFTEN
    return next(filter(None, (first, *others)), Says(0))


def _is_first(token: _Token) -> bool:
    """Whether a word is a first name; one that is a common word or a place too must be borne by many, and capitalised."""
    said = _says(token.text)
    if not said & Says.FIRST:
        return False
    return not said & (Says.WORD | Says.PLACE) or bool(said & Says.OFTEN and token.capital)


def _only_a_name(token: _Token) -> bool:
    said = _says(token.text)
    return bool(said & (Says.FIRST | Says.FAMILY)) and not said & (Says.WORD | Says.PLACE)


def _family_like(token: _Token, *, shouted: bool) -> bool:
    """Whether a capitalised word may be a family name beside a first name."""
    if not token.capital or token.bare in _STOP or _FUNCTIONS.match(token.bare):
        return False
    said = _says(token.text)
    if said & Says.FAMILY and not said & (Says.WORD | Says.PLACE):
        return True
    if said & Says.WORD or said & Says.PLACE:
        return bool(said & Says.FAMILY) and not shouted
    return not shouted and not is_word(token.text)


def _adjacent(read: Normalised, left: _Token, right: _Token) -> bool:
    return read.text[left.end : right.start] in (" ", "  ", "\n", ". ", "-", "")


def _extended(read: Normalised, tokens: list[_Token], place: int, *, shouted: bool, most: int = 5) -> int:
    """Return the place after the last word of the name whose first word stands at `place`."""
    last = place
    while last + 1 < len(tokens) and last - place < most - 1:
        word = tokens[last + 1]
        gap = read.text[tokens[last].end : word.start]
        if gap not in (" ", "  ", "-") or (gap != "-" and word.bare in _STOP and word.bare not in _PARTICLES):
            break
        particle = tokens[last].bare in _PARTICLES and last > place
        if (
            gap == "-"
            or _family_like(word, shouted=shouted)
            or (particle and word.capital)
            or (word.capital and len(word.text) == 1)
        ):
            last += 1
        elif (
            word.bare in _PARTICLES
            and last + 2 < len(tokens)
            and tokens[last + 2].capital
            and (word.capital or tokens[last + 2].bare not in _STOP)
            and _family_like(tokens[last + 2], shouted=shouted)
            and word.bare not in {"le", "la", "des", "du", "de", "l", "d"}
        ):
            last += 2
        else:
            break
    return last + 1


class _Reader:
    """The names of one text; `known`: bare names of people who write here, whom anyone may name."""

    def __init__(self, read: Normalised, known: Collection[str]) -> None:
        self.read, self.known = read, known
        self.tokens = [_Token(match[0], *match.span()) for match in _WORD.finditer(read.text)][:MOST_WORDS_READ]
        self.place_of = {token.start: place for place, token in enumerate(self.tokens)}
        letters = [letter for letter in read.text if letter.isalpha()]
        self.left_alone: list[tuple[int, int]] = list(self._known_whole())  # full names that no rule points at
        self.shouted = sum(letter.isupper() for letter in letters) > 0.6 * max(1, len(letters))

    def before(self, token: _Token, length: int = 60) -> str:
        return self.read.bare[max(0, token.start - length) : token.start]

    def is_known(self, start: int, end: int) -> bool:
        return bare_word(self.read.text[start:end]) in self.known

    def _known_whole(self) -> Iterator[tuple[int, int]]:
        """Where the names of several words of those who write here stand."""
        for name in self.known:
            if " " in name:
                yield from (match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self.read.bare))

    def is_left_alone(self, token: _Token) -> bool:
        return any(first <= token.start and token.end <= last for first, last in self.left_alone)

    def _token_from(self, place: int) -> int | None:
        """Return the place of the word that begins at a character, spaces and one line end aside."""
        after = re.compile(r"\s{0,2}").match(self.read.text, place)
        return self.place_of.get(after.end()) if after else None

    def after_civilities(self) -> Iterator[Named]:
        for match in _CIVILITY.finditer(self.read.text):
            start, end = match.span()
            written = match[0].rstrip(".")
            if couple := _COUPLE.match(self.read.text, end):
                end = couple.end()
            first = self._token_from(end)
            if first is None:
                continue
            if (last := self._called(first, written, match[0], start)) is None:
                continue
            yield "nom", start, self._with_dot(last - 1), self.tokens[first].start
            if re.match(r"mm\b|mmes|mesd|mess|mell?es|mlles", written.lower()):
                yield from self._second_of_two(last)

    def _with_dot(self, place: int) -> int:
        """Return where a name ends: an initial takes its dot."""
        token = self.tokens[place]
        return token.end + (len(token.text) == 1 and self.read.text[token.end : token.end + 1] == ".")

    def _second_of_two(self, after: int) -> Iterator[Named]:
        if after + 1 < len(self.tokens) and self.tokens[after].bare == "et":
            name = self.tokens[after + 1]
            if name.capital and name.bare not in _STOP:
                last = _extended(self.read, self.tokens, after + 1, shouted=self.shouted)
                yield "nom", name.start, self._with_dot(last - 1), name.start

    def _called(self, first: int, written: str, whole: str, start: int) -> int | None:  # noqa: PLR0911 (a rule a line)
        """Return the place after the name that a civility calls; None where it calls nobody."""
        token = self.tokens[first]
        said = _says(token.text)
        if says_of(token.text) == Says.PLACE or _FICTION.search(self.read.around(start, token.end)):
            return None
        article = _ARTICLE_BEFORE.search(self.read.bare[max(0, start - 12) : start])
        short = written.lower() == "m"
        if article and short and not whole.endswith("."):
            return None
        if len(token.text) == 1 and token.text.isupper() and token.bare not in {"a", "x", "y"}:
            return None if article and short else self._after_initial(first)
        if (
            token.bare in _PARTICLES
            and first + 1 < len(self.tokens)
            and (_adjacent(self.read, token, self.tokens[first + 1]) or self.read.text.startswith("'", token.end))
        ):
            return self._after_particle(first)
        if token.bare in _STOP or _FUNCTIONS.match(token.bare) or (article and not _only_a_name(token)):
            return None
        if not token.capital:
            plain = _only_a_name(token) or not (is_word(token.text) or said & Says.PLACE)
            if short and not (_only_a_name(token) and (whole.endswith(".") or written == "m")):
                return None
            if short and re.search(r"[\d'] ?$", self.read.bare[max(0, start - 2) : start]):
                return None
            if not plain and not (said & Says.FAMILY and self._goes_on(first)):
                return None
            return _extended(self.read, self.tokens, first, shouted=True, most=3)
        if short and not whole.endswith(".") and said & Says.WORD and not token.text.isupper():
            return None
        return _extended(self.read, self.tokens, first, shouted=self.shouted)

    def _after_initial(self, first: int) -> int:
        """Return the place after « T. Kouyaté »; after the initial where no family name follows."""
        if first + 1 == len(self.tokens):
            return first + 1
        family = self.tokens[first + 1]
        follows = self.read.text[self.tokens[first].end : family.start] in (". ", ".", " ")
        if follows and _family_like(family, shouted=self.shouted):
            return _extended(self.read, self.tokens, first + 1, shouted=self.shouted)
        return first + 1

    def _goes_on(self, place: int) -> bool:
        """Whether a sentence goes on after a word as after somebody's name."""
        return place + 1 == len(self.tokens) or bool(_VERB.match(self.tokens[place + 1].bare))

    def _after_particle(self, first: int) -> int | None:
        last = first
        while last + 1 < len(self.tokens) and self.tokens[last].bare in _PARTICLES:
            last += 1
        name, alone = self.tokens[last], self.tokens[first].bare in {"le", "la", "l"} and last == first + 1
        if _FUNCTIONS.match(name.bare) or name.bare in _STOP or (alone and not name.capital):
            return None
        if not name.capital and not _only_a_name(name):
            return None
        if alone and not self.tokens[first].capital and _says(name.text) & Says.WORD:
            return None
        return _extended(self.read, self.tokens, last, shouted=self.shouted)

    def announced(self) -> Iterator[Named]:
        for match in _ANNOUNCED.finditer(self.read.bare):
            first = self._token_from(match.end())
            if first is None or _THING_BEFORE.search(self.read.bare[max(0, match.start() - 60) : match.start()]):
                continue
            token = self.tokens[first]
            said = _says(token.text)
            unknown = token.capital and not is_word(token.text)
            if token.bare in _STOP or said & Says.PLACE or not (_is_first(token) or _only_a_name(token) or unknown):
                continue
            last = _extended(self.read, self.tokens, first, shouted=self.shouted)
            yield "nom", match.start(), self._with_dot(last - 1), token.start

    def beside_person(self) -> Iterator[Named]:
        """« le participant Mamadou », « les salariés Ali et Fatou »."""
        for place, token in enumerate(self.tokens):
            said = _says(token.text)
            if not token.capital or said & Says.PLACE or not _PERSON_BEFORE.search(self.before(token, 40)):
                continue
            if not (_is_first(token) or (not said & Says.WORD and not is_word(token.text))):
                continue
            if (self.shouted and not _only_a_name(token)) or _FICTION.search(self.read.around(token.start, token.end)):
                continue
            last = _extended(self.read, self.tokens, place, shouted=self.shouted)
            yield "nom", token.start, self._with_dot(last - 1), token.start
            yield from self._second_of_two(last)

    def _is_borne(self, token: _Token) -> bool:
        """Whether a place, a work or an institution bears the name."""
        before = self.before(token)
        borne = any(pattern.search(before) for pattern in (_BEARS, _OF_WORKS, _TITLE_BEFORE, _ON_A_LINE))
        firm = _COMPANY.match(self.read.bare, token.end)
        return borne or bool(firm) or bool(re.search(r"[\w\d]@$|[/.]$", before[-2:]))

    def first_and_family(self) -> Iterator[Named]:
        place = 0
        while place + 1 < len(self.tokens):
            token, following = self.tokens[place], self.tokens[place + 1]
            place += 1
            if (
                not token.capital
                or not following.capital
                or self.read.text[token.end : following.start] not in (" ", "-")
            ):
                continue
            if token.bare in _STOP or following.bare in _STOP:
                continue
            first_then = _is_first(token) and (
                (len(following.text) == 1 and not self.shouted) or _family_like(following, shouted=self.shouted)
            )
            turned = (
                _is_first(following) and not _says(following.text) & Says.WORD and (token.text.isupper() or _only_a_name(token))
                and _family_like(token, shouted=self.shouted)
            )  # fmt: skip
            if not (first_then or turned):
                continue
            if self._is_borne(token):
                self.left_alone.append((token.start, following.end))
                continue
            if _says(token.text) & Says.WORD and _says(following.text) & Says.WORD:
                continue
            if _BY_ARTISTS.search(self.read.around(token.start, following.end)):
                continue
            last = _extended(self.read, self.tokens, place - 1, shouted=self.shouted)
            end = self._with_dot(max(last - 1, place))
            greeted = _GREETED.search(self.before(token))
            colleague = _COLLEAGUE.search(self.read.around(token.start, end))
            place = max(last, place)
            if not greeted and not colleague:
                start = self._first_of_firsts(token)
                yield "nom", start, end, start

    def _first_of_firsts(self, token: _Token) -> int:
        """Return where « Jean Pierre Ngoma » begins, from « Pierre »."""
        place = self.place_of[token.start]
        while place and self.read.text[self.tokens[place - 1].end : self.tokens[place].start] == " ":
            before = self.tokens[place - 1]
            if not before.capital or before.bare in _STOP or not _is_first(before):
                break
            place -= 1
        return self.tokens[place].start

    def after_an_initial(self) -> Iterator[Named]:
        """« D. Camara »."""
        for match in _INITIAL.finditer(self.read.text):
            first = self._token_from(match.end())
            if first is None or not _only_a_name(name := self.tokens[first]) or self._is_borne(self.tokens[first]):
                continue
            before = self.read.bare[max(0, match.start() - 60) : match.start()]
            if not (_GREETED.search(before) or _BEARS.search(before) or _OF_WORKS.search(before)):
                last = _extended(self.read, self.tokens, first, shouted=self.shouted)
                yield "nom", match.start(), max(name.end, self._with_dot(last - 1)), match.start()

    def beside_a_story(self) -> Iterator[Named]:
        """First names alone: pointed at when their sentence tells what may harm, or how somebody is accompanied."""
        for place, token in enumerate(self.tokens):
            if len(token.text) < SHORTEST or token.bare in _STOP or not _is_first(token) or self.is_left_alone(token):
                continue
            said = _says(token.text)
            around = self.read.around(token.start, token.end)
            apart = around.replace(token.bare, " ", 1)
            harm, story = _HARM.search(apart), _STORY.search(apart)
            if self._is_borne(token) or not (harm or story):
                continue
            lower = not token.capital or self.shouted
            if lower and (said & Says.WORD or not (said & Says.OFTEN or harm or self._ends_introduced(token))):
                continue
            before = self.before(token)
            if said & Says.WORD and (
                re.search(r"\b(?:la|le|les|un|une|l'|du|des|en|de la) ?$", before)
                or (re.search(r"(?:^|[.!?\n] ?)$", before) and not self._goes_on(place))
            ):
                continue
            if re.search(r"\b(?:a|vers|sur|sainte?|en) $", before) and not _TOLD_TO.search(before):
                continue
            if said & Says.PLACE and _PLACE_BEFORE.search(before) and not _PERSON_BEFORE.search(before):
                continue
            if _GREETED.search(before) or (_COLLEAGUE.search(apart) and not _PERSON_BEFORE.search(before)):
                continue
            if re.search(r"[\w-]@$|@ ?$|https?:\S*$|[./]$", before[-30:]):
                continue
            last = _extended(self.read, self.tokens, place, shouted=True, most=2) if token.capital else place + 1
            yield ("fait" if harm else "nom"), token.start, self._with_dot(last - 1), token.start
            if last + 1 < len(self.tokens) and self.tokens[last].bare == "et" and _is_first(self.tokens[last + 1]):
                second = self.tokens[last + 1]
                yield ("fait" if harm else "nom"), second.start, second.end, second.start

    def _ends_introduced(self, token: _Token) -> bool:
        return bool(
            re.search(r"\b(?:de|avec|pour|chez|que|d'|a|et|c'est)\s?$", self.before(token, 8)) or not token.start
        )


def names(read: Normalised, known: Collection[str]) -> Iterator[Named]:
    """Yield what may name a person: kind, start, end, where the name alone begins; the surest first."""
    reader = _Reader(read, known)
    for some in (
        reader.after_civilities,
        reader.announced,
        reader.first_and_family,
        reader.after_an_initial,
        reader.beside_person,
        reader.beside_a_story,
    ):
        for kind, start, end, name_start in some():
            if not reader.is_known(name_start, end):
                yield kind, start, end, name_start
