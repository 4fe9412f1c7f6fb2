"""The picture of a shared link, 1200 × 630 pixels: what it is, its title, its first words, on the colours of the site.

Few colours and no photo: it weighs some 20 kB, for people who pay their data.
"""

from functools import cache
from hashlib import blake2s
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kb_site.identity.colours import DAY
from kb_site.identity.face import face

from .kinds import Shared

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 80
COLOURS = 24
STROKE = "#f3b28a"  # of the mark of the site (templates/base.html)
FONTS = Path(__file__).parent / "fonts"
DRAWING = "1"  # part of the digest: a new drawing makes new pictures


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansCondensed-Bold.ttf" if bold else "DejaVuSansCondensed.ttf"
    return ImageFont.truetype(str(FONTS / name), size)


def digest(shared: Shared) -> str:
    """Return what changes when the picture does."""
    words = "\n".join([DRAWING, face().name, face().colour, str(shared.label), shared.title, shared.summary])
    return blake2s(words.encode(), digest_size=8).hexdigest()


def _lines(text: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    """Cut a text in lines that fit; the last one ends with « … » when words are left."""
    room = WIDTH - 2 * MARGIN
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most:
        line = words.pop(0)
        while words and font.getlength(f"{line} {words[0]}") <= room:
            line = f"{line} {words.pop(0)}"
        while font.getlength(line) > room:  # one word wider than the picture
            line = line[:-2] + "…"
        lines.append(line)
    if words:
        while font.getlength(f"{lines[-1]} …") > room:
            lines[-1] = lines[-1].rpartition(" ")[0]
        lines[-1] += " …"
    return lines


def draw(shared: Shared) -> bytes:
    """Return the picture as a PNG."""
    colours = DAY | {"green": face().colour}
    image = Image.new("RGB", SIZE, colours["paper"])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, HEIGHT), fill=colours["green"])
    pen.text((MARGIN, 70), str(shared.label).upper(), font=_font(30, bold=True), fill=colours["green"])
    title = _font(64, bold=True)
    top = 135
    for line in _lines(" ".join(shared.title.split()), title, 3):
        pen.text((MARGIN, top), line, font=title, fill=colours["ink"])
        top += 80
    top += 20
    words = _font(34)
    for line in _lines(" ".join(shared.summary.split()), words, max(1, min(3, (HEIGHT - 130 - top) // 46))):
        pen.text((MARGIN, top), line, font=words, fill=colours["soft"])
        top += 46
    pen.rounded_rectangle((MARGIN, HEIGHT - 105, MARGIN + 56, HEIGHT - 49), radius=14, fill=colours["green"])
    path = [(92, 559), (100, 550), (106, 551), (110, 556), (116, 557), (124, 548)]
    pen.line(path, fill=STROKE, width=7, joint="curve")
    pen.text((MARGIN + 76, HEIGHT - 77), face().name, font=_font(34, bold=True), fill=colours["green"], anchor="lm")
    out = BytesIO()
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
