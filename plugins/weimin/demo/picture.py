"""Two small pictures for attachments, drawn without any metadata."""

from __future__ import annotations

from io import BytesIO

_SKY = {"before": (38, 45, 66), "after": (58, 70, 104)}
_LAMPS = (60, 180, 300)
_SIZE = (360, 220)


def street(state: str, ending: str) -> bytes:
    """A street with lamps: `before` they are dark, `after` lit; `ending` png or jpg."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", _SIZE, _SKY[state])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 170, *_SIZE), fill=(70, 70, 74))
    for x in range(10, _SIZE[0], 60):
        draw.rectangle((x, 192, x + 30, 196), fill=(190, 190, 180))
    for x in _LAMPS if state == "after" else _LAMPS[:1]:
        draw.rectangle((x - 2, 60, x + 2, 170), fill=(150, 150, 155))
        if state == "after":
            draw.polygon([(x, 62), (x - 44, 170), (x + 44, 170)], fill=(238, 214, 140))
        draw.ellipse((x - 9, 52, x + 9, 66), fill=(255, 236, 170) if state == "after" else (110, 110, 112))
    out = BytesIO()
    if ending == "jpg":
        image.save(out, "JPEG", quality=80, optimize=False)
    else:
        image.save(out, "PNG", optimize=False)
    return out.getvalue()
