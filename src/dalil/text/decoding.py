"""Bytes to text: UTF-8, or one clear reason why it is not."""

import re
from pathlib import Path
from shlex import quote

from dalil.errors import InputError
from dalil.project import shown

# Encodings still met in Russian, Uzbek and English texts: name in Python, name to say.
_ENCODINGS = {
    "cp1251": "windows-1251", "koi8_r": "KOI8-R", "cp866": "IBM866", "iso8859_5": "ISO-8859-5", "ptcp154": "PT154",
    "cp1252": "windows-1252", "utf_16": "UTF-16", "utf_32": "UTF-32",
}  # fmt: skip
# Those of Cyrillic, whose letters each takes for others: frequent letters tell them apart, also in a few words.
_CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5", "ptcp154")
_FREQUENT = "оеаинтсрвл"
_WRITTEN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳ«»“”„‘’–—…№°\u00a0")
_MIXED = re.compile(r"[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
_WITH_NULS = {"utf_16": "UTF-16", "utf_16_le": "UTF-16LE", "utf_16_be": "UTF-16BE", "utf_32": "UTF-32"}


def decode(path: Path, data: bytes) -> str:
    """Decode UTF-8, without a byte order mark at its start.

    Raises
    ------
    InputError
        It is not UTF-8: where it fails, and what the file may be instead.
    """
    try:
        text = data.decode("utf-8")
        start = data.find(b"\0")
        fault = "is NUL (0x00), which no text holds"
    except UnicodeDecodeError as error:
        start = error.start
        fault = f"(0x{data[start]:02x}) is not UTF-8"
    if start < 0:
        return text.removeprefix("\ufeff")
    from charset_normalizer import from_bytes

    problems = [f"line {data[:start].count(10) + 1}: byte {start} {fault}"]
    then = "Give the article as UTF-8 text."
    lenient = data.decode("utf-8", "replace")
    wrong = lenient.count("\ufffd")
    guesses = _WITH_NULS if b"\0" in data else _ENCODINGS
    likely = from_bytes(data, cp_isolation=_cyrillic(data) if b"\0" not in data else list(guesses)).best()
    if sum(character > "\x7f" for character in lenient) > 2 * wrong > 0:
        problems.append("most of the rest is UTF-8, so the file is damaged or cut off")
        then = "Mend this place, or get the file again."
    elif likely is not None:
        place = len(data[:start].decode(likely.encoding, "ignore"))
        words = " ".join(str(likely)[max(0, place - 20) : place + 20].split())
        name = guesses[likely.encoding]
        problems.append(f'it is likely {name}, which reads there "{words}"')
        old, new = quote(path.name), quote(f"utf8-{path.name}")
        then = f"Save the article as UTF-8 text: iconv -f {name} -t UTF-8 {old} > {new}"
    else:
        problems.append("no encoding makes text of it: it may be a picture, a program or an archive")
    raise InputError.of(shown(path), problems, then=then)


def _cyrillic(data: bytes) -> list[str]:
    """The encodings that bytes may be in: one of Cyrillic where it makes words of them, else any."""
    texts = {name: data.decode(name, "replace") for name in _CYRILLIC}
    best = max(texts, key=lambda name: _likelihood(texts[name]))
    return [best] if _likelihood(texts[best]) > 0 and not _MIXED.search(texts[best]) else list(_ENCODINGS)


def _likelihood(text: str) -> float:
    """How much letters look like Russian or Uzbek: frequent and small ones speak for it, what no text has against."""
    beyond = [letter for letter in text if letter > "\x7f"]
    frequent = sum((letter in _FREQUENT) / 2 + (letter.lower() in _FREQUENT) for letter in beyond)
    return frequent - 2 * sum(letter.lower() not in _WRITTEN for letter in beyond)
