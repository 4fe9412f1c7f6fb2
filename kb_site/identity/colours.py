"""The one colour that a network chooses, and those that follow from it so that everything stays legible, day and night."""

import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SITE_CSS = Path(__file__).parent.parent / "static" / "kb_site" / "site.css"
WHITE, BLACK = "#ffffff", "#000000"
LEGIBLE = 4.5  # WCAG 2.2, 1.4.3: words of any size
HEX = re.compile(r"#[0-9a-f]{6}")
STEPS = 50


def _tokens(rules: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", rules))


_by_day, _by_night, *_rest = SITE_CSS.read_text("utf-8").split("@media", 2)
DAY, NIGHT = _tokens(_by_day), _tokens(_by_night)  # the colours of the site, by their names in its style sheet
PAPER, NIGHT_PAPER, GREEN = DAY["paper"], NIGHT["paper"], DAY["green"]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, « contrast ratio »)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_colour(value: str) -> None:
    """Raises ValidationError when this is no colour, or when words in it would not be legible on the paper of the site."""
    if not HEX.fullmatch(value.lower()):
        raise ValidationError(_("Écrivez la couleur avec six chiffres ou lettres, par exemple #7a1fa2."))
    if (found := contrast(value, PAPER)) < LEGIBLE:
        raise ValidationError(
            _(
                "Cette couleur est trop claire pour qu’on y lise un texte : contraste de %(found)s, il en faut "
                "%(needed)s. Essayez %(proposed)s."
            ),
            params={
                "found": f"{found:.1f}".replace(".", ","),
                "needed": f"{LEGIBLE}".replace(".", ","),
                "proposed": _towards(value, BLACK, PAPER),
            },
        )


def style_of(colour: str) -> str:
    """Return the rules that put a colour that check_colour() takes in place of the green of site.css."""
    night = _towards(colour, WHITE, NIGHT_PAPER)
    day_tint = _tint(colour, PAPER)
    night_tint = _tint(night, NIGHT_PAPER)
    return (
        f":root{{--green:{colour};--mint:{day_tint}}}"
        f"@media(prefers-color-scheme:dark){{:root{{--green:{night};--mint:{night_tint}}}}}"
    )


def _tint(colour: str, paper: str) -> str:
    """Return the strongest tint of the colour, up to a fifth of it, on which the colour itself is legible."""
    shares = (share / 100 for share in range(20, -1, -1))
    return next(tint for share in shares if contrast(colour, tint := _mixed(paper, colour, share)) >= LEGIBLE)


def _towards(colour: str, end: str, paper: str) -> str:
    """Return the colour itself, or the nearest to it on the way to `end` that is legible on this paper."""
    ways = (_mixed(colour, end, step / STEPS) for step in range(STEPS + 1))
    return next(found for found in ways if contrast(found, paper) >= LEGIBLE)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _mixed(one: str, other: str, share: float) -> str:
    """Return a colour with this share of another, from 0 to 1."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * share):02x}" for mine, theirs in pairs)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB

    red, green, blue = map(linear, _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
