"""Finds, in what people type, the wordings that tell of a danger. It errs on the side of showing numbers.

A wording is found whatever the order of its words, near one another in one sentence, inflected (« il la frappait »),
with a slip or by their sound (« suisidé »), without accents, in the short spelling of messages (« ve pa »). Pronouns,
articles and prepositions say nothing: first and third person are one. A slash separates words that stand for one
another: « mari/ex/copain frappe/tape ». Between « » the words stand in that order, close together.

Left alone: what an expression of `harmless` covers (« mort de rire »), and what is denied (« pas de violence »).
"""

import functools
import os.path
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..french.letters import bare_word
from ..french.lexicon import is_word
from ..french.phonetics import sound
from ..french.stems import stem

MOST_READ = 10_000  # characters of one text
NEAR = 6  # words that may stand among those of a wording
CLOSE = 3  # words that may stand between two neighbours of a harmless expression
CLOSE_EXACT = 1  # the same, of an expression between « »
SHORTEST_SLIP = 5  # letters of a stem: one slip in a shorter one may be any other word
SHORTEST_SOUND = 3
SHORTEST_UNKNOWN = 4  # letters of a word that may be a slip
DENIED_WITHIN = 5  # words before the first of a wording

_SENTENCE_END = re.compile(r"[.!?;…\n]+(?:\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_PART = re.compile(r"«\s*([^»]*?)\s*»|([^\s«»]+)")

NEGATION = "pas"  # what stands for each word that denies
_NEGATIONS = frozenset({"pas", "plus", "jamais"})
_DENYING = frozenset({"jamais", "aucun", "aucune", "sans", "ni", "pas"})
_DOUBLED = frozenset(
    {"arrete", "arreter", "cesse", "cesser", "fini", "mal", "exclu", "impossible", "loin"}
)  # « pas cessé »
_CLAUSE = frozenset(
    {"que", "qu", "qui", "mais", "quand", "comme", "car", "parce", "si", "encore", "seulement", "juste", "ou"}
)
_DENIALS = frozenset({NEGATION, "san", "sans", "rien", "aucun", "nul"})  # keys of what denies
_NE = frozenset({"ne", "n"})  # left out when people speak
_WITH_NE = frozenset({"plus", "personne", "rien", "aucun", "aucune"})  # they deny beside « ne » only
_REFLEXIVE = frozenset({"me", "m", "te", "t", "se", "s"})
OWN = "son"  # what stands for mon, ton, ses, leurs…
_OWNERS = frozenset(
    {"mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "leur", "leurs", "notre", "nos", "votre", "vos"}
)
_GRAMMAR = frozenset(
    """a ai aie ait as au aura aurait aussi aux avait avec avez avoir avons ayant c ca ce cela ces cet cette chez d dans de des
    du elle elles en est et etaient etait etant ete etes etre eu eux g il ils j je l la le les lui m me moi n ne nous on
    ont par pour qu que qui s se sera serait soit sommes sont suis sur t te toi tres tu un une vous vraiment y""".split()
)
# What may stand between a word that denies and what is denied: « pas eu d’idées », « jamais parlé de ».
_THROUGH = _GRAMMAR | frozenset(
    """idee idees pensee pensees signe signes trace traces cas fait faits risque question probleme envie intention parle
    parler dit dire pense penser veut veux vouloir subi subir victime connu connait eprouve du tout""".split()
)
_SHORT = {
    "pa": "pas", "plu": "plus", "jamai": "jamais", "ve": "veut", "veu": "veut", "jveux": "veut", "jve": "veut", "jveu": "veut",
    "vx": "veut", "ki": "qui", "kil": "qu", "kel": "qu", "ke": "que", "kan": "quand", "ds": "dans", "ac": "avec",
    "pr": "pour", "tt": "tout", "tou": "tout", "tjs": "toujours", "tjrs": "toujours", "bcp": "beaucoup", "mm": "meme",
    "sa": "ca", "jsui": "suis", "chui": "suis", "jsuis": "suis", "jpeux": "peut", "jpe": "peut", "peu": "peut", "jen": "en",
    "nen": "en", "jai": "ai", "vi": "vie", "mouru": "mort", "msg": "message", "tel": "telephone", "pb": "probleme", "sdf": "sdf",
    "asso": "association", "medoc": "medicament", "medocs": "medicament", "ado": "ado", "pers": "personne", "qq": "quelque",
    "aujourdhui": "soir", "rep": "repond", "resp": "respire", "dors": "dort",
}  # fmt: skip
# Verbs whose forms have no stem in common, and words that the stemmer separates.
_IRREGULAR = {
    "vouloir": "veux veut voulait voulais voulaient veulent voulu veuille veuillent voudrait voudrais voulons voulez",
    "mourir": "meurs meurt meurent mourrir mourait mourra mourrait mourrais crever creve",
    "mort": "morte morts mortes decede decedee",
    "pouvoir": "peux peut pouvait pouvais peuvent pourrait pouvons",
    "vivre": "vit vis vivait vivent vecu",
    "battre": "bat bats battait battent battu battue battus battues battra",
    "dormir": "dort dormait dorment dormi dormira",
    "boire": "bois boit buvait boivent bu buvant",
    "prendre": "prend prends prenait prennent pris prise",
    "mettre": "met mets mettait mettent mis mise",
    "faire": "fait fais faisait font faisant fera ferait faite",
    "aller": "va vas vais allait vont ira irait allee alle",
    "dire": "dit dis disait disent dirait",
    "tuer": "tue tues tuait tuent tua tuera",
    "taper": "tape tapes tapait tapent tapee",
    "repondre": "repond reponds repondait repondent repondu",
    "pendre": "pend pendu pendue pendait",
    "perdre": "perd perdu perdait perdue",
    "detenir": "detient",
    "tenir": "tient tenait tiens tenu",
    "suivre": "suit suivait suivie suivi",
    "recevoir": "recoit recu recevait",
    "rejoindre": "rejoint",
    "foutre": "fout foutu foutait",
    "mordre": "mord mordu",
    "courir": "court courait",
    "disparaitre": "disparait disparu disparue disparaissait",
    "avaler": "avale avalait",
    "etrangler": "etrangle etranglee",
    "enfermer": "enferme",
    "sauter": "saute",
    "bruler": "brule brulee brulees brules",
    "saigner": "saigne",
    "violer": "viole violee violees violes violait viol viols violeur violeurs",
    "agresser": "agression agressions agresseur agresse agressee agresses agressees agressent agressait",
    "menacer": "menace menaces menacant menacee menacees menacent menacait menacaient",
    "violence": "violent violents violente violentes violences violenter violentee",
    "suicide": "suicider suicidaire suicidaires suicides",
    "harceler": "harcelement harcele harcelee harceles harcelees harceleur harceleurs harcelements harcelent harcelait harcellement",
    "maltraiter": "maltraitance maltraitances maltraitant maltraitee",
    "enfant": "enfants gamin gamins gamine gosse gosses fils fille filles bebe bebes mineur mineure mineurs ado ados adolescent",
    "mari": "maris conjoint conjointe compagnon copain mec concubin epoux compagne copine",
    "medicament": "medicaments cachet cachets comprime comprimes pilule pilules somnifere somniferes",
    "yeux": "oeil",
    "tabasser": "tabasse tabassee tabasses tabassait tabassent",
    "coups": "",
    "coma": "comas",
    "agressif": "agressive agressifs agressivite",
    "main": "mains",
}  # fmt: skip


@functools.cache
def _lemmas() -> dict[str, str]:
    return {form: lemma for lemma, forms in _IRREGULAR.items() for form in (lemma, *forms.split())}


@functools.cache
def _lemmas_of_roots() -> dict[str, str]:
    """Return the same by stem, for the forms that are not listed; short stems belong to too many words."""
    return {root: lemma for form, lemma in _lemmas().items() if len(root := _root(form)) >= SHORTEST_SLIP}


@functools.lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    """Return what stands for every form of a word; "" for grammar."""
    bare = bare_word(word)
    bare = _SHORT.get(bare, bare)
    if bare in _OWNERS:
        return OWN
    if bare in _NEGATIONS:
        return NEGATION
    if bare in _GRAMMAR or len(bare) == 1:
        return ""
    return _lemmas().get(bare) or _lemmas_of_roots().get(_root(bare)) or _root(bare)


def _root(bare: str) -> str:
    """Return the stem of a word without accents; the stemmer leaves some plurals and participles their ending."""
    return stem(bare).removesuffix("s").removesuffix("e")


def _grammar_key(bare: str) -> str:
    """Return what stands for a word of grammar in an expression: me, te and se are one."""
    bare = _SHORT.get(bare, bare)
    return f"={'se' if bare in _REFLEXIVE else bare}"


def _slips(root: str) -> Iterator[str]:
    """Yield a stem without each of its letters: two words one slip apart have one of these in common."""
    yield root
    for place in range(len(root)):
        yield root[:place] + root[place + 1 :]


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether a letter more, less, changed or swapped with the next makes one word of the other."""
    shorter, longer = sorted((one, other), key=len)
    place = len(os.path.commonprefix([shorter, longer]))
    if len(shorter) < len(longer):
        return shorter[place:] == longer[place + 1 :]
    swapped = longer[place : place + 2][::-1] + longer[place + 2 :]
    return shorter[place + 1 :] == longer[place + 1 :] or shorter[place:] == swapped


Part = tuple[frozenset[str], ...]  # words that follow one another, as alternatives for each


@dataclass(frozen=True)
class Wording:
    """One wording: parts, near one another in any order. A part is a word, or an expression when it was between « »."""

    parts: tuple[Part, ...]

    @property
    def denies(self) -> bool:
        """Whether the wording itself denies: « veut plus vivre », « sans abri »."""
        return any(_DENIALS & word for part in self.parts for word in part)


def read_wording(line: str) -> Wording | None:
    """Read a line of wordings; None when nothing in it can be sought."""
    text = re.sub(r"\s*/\s*", "/", unicodedata.normalize("NFC", line))
    parts: list[Part] = []
    for expression, word in _PART.findall(text):
        if expression:
            parts.append(_exact(expression))
        elif keys := frozenset(key for one in _WORD.findall(word) if (key := _key(one)) not in {"", OWN}):
            parts.append((keys,))
    found = tuple(part for part in parts if part)
    return Wording(found) if found else None


def read_expression(line: str) -> Wording | None:
    """Read a harmless expression: its words that say something, in order; every word when a single one does."""
    text = unicodedata.normalize("NFC", line)
    keys = [frozenset({key}) for word in _WORD.findall(text) if (key := _key(word)) not in {"", OWN}]
    return Wording((tuple(keys) if len(keys) > 1 else _exact(text),)) if keys else None


def _exact(expression: str) -> Part:
    """Return the words of an expression, grammar included; « ne » is left out when people speak."""
    words = [_WORD.findall(piece) for piece in re.sub(r"[’'ʼ]", " ", expression).split()]
    alternatives = [found for found in words if found and not _NE.issuperset(map(bare_word, found))]
    return tuple(frozenset(_key(word) or _grammar_key(bare_word(word)) for word in found) for found in alternatives)


@dataclass(frozen=True)
class Vocabulary:
    """What is sought, ready to be found: the wordings of each situation, in order, and the harmless expressions."""

    wordings: Mapping[
        str, tuple[tuple[int, Wording], ...]
    ]  # a key that stands in it → number of the situation, wording
    harmless: Mapping[str, tuple[Wording, ...]]
    heard: Mapping[str, frozenset[str]]  # sound → keys of the wordings
    slips: Mapping[str, frozenset[tuple[str, str]]]  # root less a letter → (root, key)


def vocabulary(situations: Sequence[Iterable[str]], harmless: Iterable[str]) -> Vocabulary:
    """Return what finds these situations, each given by the lines of its wordings."""
    wordings = tuple(
        (number, wording)
        for number, lines in enumerate(situations)
        for line in lines
        if (wording := read_wording(line))
    )
    left_alone = tuple(one for line in harmless if (one := read_expression(line)))
    heard: dict[str, set[str]] = defaultdict(set)
    slips: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in (line for lines in situations for line in lines):
        for word in _WORD.findall(unicodedata.normalize("NFC", line)):
            key = _key(word)
            if key and key not in {OWN, NEGATION}:
                for form in (word, *_IRREGULAR.get(key, "").split()):
                    root = _root(bare_word(form))
                    if len(root) >= SHORTEST_SLIP:
                        for variant in _slips(root):
                            slips[variant].add((root, key))
                    if len(sound(form)) >= SHORTEST_SOUND:
                        heard[sound(form)].add(key)
    by_key: dict[str, list[tuple[int, Wording]]] = defaultdict(list)
    for number, wording in wordings:
        for key in _telling(wording):
            by_key[key].append((number, wording))
    alone: dict[str, list[Wording]] = defaultdict(list)
    for expression in left_alone:
        for key in _telling(expression):
            alone[key].append(expression)
    return Vocabulary(
        {key: tuple(some) for key, some in by_key.items()},
        {key: tuple(some) for key, some in alone.items()},
        {one: frozenset(keys) for one, keys in heard.items()},
        {variant: frozenset(roots) for variant, roots in slips.items()},
    )


def _telling(wording: Wording) -> frozenset[str]:
    """Return the keys of the word of a wording that texts hold least: it is sought where one of them stands."""
    return max((word for part in wording.parts for word in part), key=lambda word: min(map(len, word)))


T = TypeVar("T")
Places = Mapping[str, list[int]]  # key → where it stands in a sentence


@dataclass(frozen=True)
class _Word:
    bare: str
    keys: frozenset[str]


def _read(word: str, sought: Vocabulary) -> _Word:
    bare = bare_word(word)
    key = _key(word)
    keys = {key or _grammar_key(bare)}
    if len(bare) >= SHORTEST_UNKNOWN and bare not in _SHORT and not is_word(bare):
        root = _root(bare)
        keys |= sought.heard.get(sound(word), frozenset())
        if len(root) >= SHORTEST_SLIP:
            for variant in _slips(root):
                keys |= {key for meant, key in sought.slips.get(variant, ()) if _one_slip_apart(root, meant)}
    return _Word(bare, frozenset(keys))


def find(text: str, sought: Vocabulary) -> list[int]:
    """Return the numbers of the situations that a text tells of, in their order."""
    found: set[int] = set()
    readable = unicodedata.normalize("NFC", text[:MOST_READ])
    for sentence in _SENTENCE_END.split(readable):
        words = [_read(word, sought) for word in _WORD.findall(sentence)]
        if not words:
            continue
        at: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            for key in word.keys:
                at[key].append(place)
        harmless = {
            place
            for wording in _held(sought.harmless, at)
            for places in _follow(wording.parts[0], at, CLOSE)
            for place in places
        }
        for number, wording in _held(sought.wordings, at):
            if number not in found and any(
                harmless.isdisjoint(places) and (wording.denies or not _denied(words, min(places)))
                for places in _near(wording, at)
            ):
                found.add(number)
    return sorted(found)


def _held(by_key: Mapping[str, tuple[T, ...]], at: Places) -> list[T]:
    """Return, once each, what may stand in a sentence."""
    return list(dict.fromkeys(one for key in at for one in by_key.get(key, ())))


def _places(word: frozenset[str], at: Places) -> list[int]:
    return sorted({place for key in word for place in at.get(key, ())})


def _follow(part: Part, at: Places, between: int) -> Iterator[tuple[int, ...]]:
    """Yield where the words of a part follow one another, so many other words between two at most."""
    for first in _places(part[0], at):
        chosen = [first]
        for word in part[1:]:
            place = next((one for one in _places(word, at) if chosen[-1] < one <= chosen[-1] + between + 1), None)
            if place is None:
                break
            chosen.append(place)
        else:
            yield tuple(chosen)


def _near(wording: Wording, at: Places) -> Iterator[set[int]]:
    """Yield where the parts of a wording stand near one another."""
    found = [list(_follow(part, at, CLOSE_EXACT)) for part in wording.parts]
    if not all(found):
        return
    reach = 2 * len(found) + NEAR
    for first in found[0]:
        chosen = set(first)
        for places in found[1:]:
            free = (one for one in places if chosen.isdisjoint(one))
            nearest = min(free, key=lambda one: abs(one[0] - first[0]), default=None)
            if nearest is None or abs(nearest[0] - first[0]) >= reach:
                break
            chosen.update(nearest)
        else:
            yield chosen


def _denied(words: Sequence[_Word], first: int) -> bool:
    """Whether what begins at this word is said not to be: « pas de violence », « ne frappe jamais »."""
    before = [_SHORT.get(word.bare, word.bare) for word in words[max(0, first - DENIED_WITHIN) : first]]
    after = [_SHORT.get(word.bare, word.bare) for word in words[first + 1 : first + 3]]
    for place in range(len(before) - 1, -1, -1):
        said_ne = not _NE.isdisjoint(before[max(0, place - 3) : place])
        if before[place] in _DENYING or (before[place] == "plus" and said_ne):
            return place == 0 or before[place - 1] not in _DOUBLED  # « n’arrête pas de la frapper »
        if before[place] in _CLAUSE or before[place] not in _THROUGH:
            break
    if not after or (len(after) > 1 and after[1] in _DOUBLED):
        return False
    return after[0] in {"pas", "jamais"} or (after[0] in _WITH_NE and not _NE.isdisjoint(before[-3:]))
