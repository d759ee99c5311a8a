"""An article as supplied: its characters, what is known about it, its sections and sentences."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dalil.errors import InputError
from dalil.project import beside, shown
from dalil.text.cleaning import CleanText, clean, fold
from dalil.text.formats import read_text
from dalil.text.grammar import languages
from dalil.text.languages import paragraphs
from dalil.text.record import ArticleRecord, read_record, record_of
from dalil.yamlfile import line_of, read_yaml

# A full stop ends a sentence when a capital, a quotation mark or a digit follows, also without a space
# ("etadi.Madaniy"); a citation mark after it still belongs to the sentence. Initials do not end one.
_STOP = re.compile(
    r"(?<!\b[^\W\d_])(?<!\bSh)(?<!\bCh)(?<!\b[OG]ʻ)[.!?]+(?:\[\d+\])?"
    r"(?=\s*[\"“(]?[A-ZА-ЯЎҚҒҲ]|\s+[\"“(]?\d)|\n|$"
)
_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Section:
    """A titled part of the article; ``start`` and ``end`` are raw offsets, heading excluded."""

    id: str
    heading: str
    language: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence: its place in the cleaned text and in the raw text."""

    clean_start: int
    clean_end: int
    start: int
    end: int


@dataclass(frozen=True)
class Correction:
    """A misspelling in the article, what is meant, and why one may say so."""

    written: str
    meant: str
    why: str
    count: int


@dataclass(frozen=True)
class Article:
    """An article's raw text with everything that is found from its characters alone.

    The raw text of Markdown, HTML, Word or PDF is what was extracted; offsets and lines refer to that.

    ``sources`` are the files it was read from: its own, its record, its spelling repairs.
    """

    path: Path
    sources: tuple[Path, ...]
    raw: str
    sha256: str
    about: ArticleRecord
    sections: tuple[Section, ...]
    corrections: tuple[Correction, ...]
    clean: CleanText
    notices: tuple[str, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.raw))]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        found: list[Sentence] = []
        start, text = 0, self.clean.text
        for match in _STOP.finditer(text):
            first, last = start, match.end()
            while first < last and text[first].isspace():
                first += 1
            while last > first and text[last - 1].isspace():
                last -= 1
            if last > first:
                found.append(Sentence(first, last, *self.clean.raw_span(first, last)))
            start = match.end()
        return tuple(found)

    @cached_property
    def passages(self) -> tuple[tuple[int, int, str], ...]:
        """The cleaned text in parts of one language: start, end and language of each.

        A section is in the language that the record gives it; where it gives none, each paragraph is in the
        language its words are of.
        """
        found: list[tuple[int, int, str]] = []
        for section in self.sections:
            known = section.language in languages()
            length = section.end - section.start
            parts = [(0, length, section.language)] if known else paragraphs(self.raw[section.start : section.end])
            for start, end, language in parts:
                ends = [bisect_left(self.clean.starts, section.start + offset) for offset in (start, end)]
                found.append((ends[0], ends[1], language))
        return tuple(found)

    def line(self, offset: int) -> int:
        """Return the 1-based line of a raw offset."""
        return bisect_right(self._line_starts, offset)

    def section_at(self, offset: int) -> Section:
        """Return the section a raw offset stands in."""
        return next((s for s in reversed(self.sections) if s.start <= offset), self.sections[0])

    def sentence_at(self, clean_offset: int) -> Sentence:
        """Return the sentence that holds an offset of the cleaned text."""
        return self.sentences[bisect_right(self.sentences, clean_offset, key=lambda sentence: sentence.clean_end)]

    def language_at(self, clean_offset: int) -> str:
        """Return the language that an offset of the cleaned text is in."""
        return self.passages[bisect_right(self.passages, clean_offset, key=lambda passage: passage[1])][2]


def read_article(path: Path) -> Article:
    """Read an article with the record kept beside it and the spelling repairs that record names.

    Parameters
    ----------
    path
        The article, in any format :func:`read_text` accepts. Its record has the same name with the ending ``.yml``; the
        hash in it is checked where there is one.

    Raises
    ------
    InputError
        The article gives no text or is not the one recorded; a heading is not there; a correction
        matches nothing or not as often as it says.
    """
    source = read_text(path)
    raw, sha256 = source.text, source.sha256
    record, about = record_of(path), read_record(path)
    if about.sha256 not in {"", sha256}:
        problems = [f"its SHA-256 is {sha256}", f"{shown(record)} records {about.sha256}"]
        if hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest() == about.sha256:
            problems.append("its line ends were changed to those of Windows (git does: git config core.autocrlf false)")
        then = "Restore the file, or check every claim again and record the new hash."
        raise InputError.of(shown(path), problems, then=then)
    sections, headings = _sections(raw, about, record)
    corrections = beside(record, about.corrections) if about.corrections else None
    repairs = _corrections(corrections) if corrections else ()
    if source.extracted and source.format != "pdf":
        # Where paragraphs are told apart, no sentence goes from one to the next.
        headings += [gap.span() for gap in _GAP.finditer(raw) if not any(a <= gap.start() < b for a, b in headings)]
    text = clean(raw, headings)
    if corrections:
        _check_corrections(text.text, repairs, corrections)
    repaired = clean(raw, headings, [(fold(r.written), fold(r.meant)) for r in repairs]) if repairs else text
    known = record if about != ArticleRecord() else None
    sources = tuple(file for file in (path, known, corrections) if file is not None)
    return Article(path, sources, raw, sha256, about, sections, repairs, repaired, source.notices)


def _sections(raw: str, about: ArticleRecord, record: Path) -> tuple[tuple[Section, ...], list[tuple[int, int]]]:
    """Find the recorded headings, each on a line of its own, in order."""
    if not about.sections:
        return (Section("text", "", about.language, 0, len(raw)),), []
    headings: list[tuple[int, int]] = []
    position = 0
    for number, entry in enumerate(about.sections):
        match = re.compile(rf"^[^\S\n]*{re.escape(entry.heading)}[^\S\n]*$", re.MULTILINE).search(raw, position)
        if match is None:
            line = line_of(read_yaml(record)["sections"], number)
            problem = f'line {line}: no line reads "{entry.heading}" after the heading before it'
            raise InputError.of(shown(record), [problem], then="Write each heading as the article does, in its order.")
        headings.append(match.span())
        position = match.end()
    ends = [start for start, _ in headings[1:]] + [len(raw)]
    sections = tuple(
        Section(entry.id, entry.heading, entry.language, start, end)
        for entry, (_, start), end in zip(about.sections, headings, ends, strict=True)
    )
    return sections, headings


def _corrections(path: Path) -> tuple[Correction, ...]:
    entries = read_yaml(path) or []
    if not isinstance(entries, list):
        raise InputError.of(shown(path), ["it is not a list"], then="Start each correction with a dash.")
    wrong = [
        f"line {line_of(entries, i)}: needs exactly written, meant, why, and count (a whole number); has {found}"
        for i, entry in enumerate(entries)
        if (found := _misfit(entry))
    ]
    if wrong:
        raise InputError.of(shown(path), wrong)
    return tuple(Correction(str(e["written"]), str(e["meant"]), str(e["why"]), int(e["count"])) for e in entries)


def _misfit(entry: object) -> str:
    """Say what a correction has instead of what it needs; nothing where it fits."""
    if not isinstance(entry, dict):
        return str(entry)
    if set(entry) != {"written", "meant", "why", "count"}:
        return ", ".join(map(str, entry))
    plain = (
        f"{name}: {entry[name]}"
        for name in ("written", "meant", "why")
        if not isinstance(entry[name], str | int | float)
    )
    return next(plain, "" if isinstance(entry["count"], int) else f"count: {entry['count']}")


def _check_corrections(text: str, repairs: tuple[Correction, ...], path: Path) -> None:
    """Refuse corrections that do not apply as often as they say."""
    wrong = [
        f'"{repair.written}" is said to stand {repair.count} times, found {found}'
        for repair in repairs
        if (found := text.count(fold(repair.written))) != repair.count or not found
    ]
    if wrong:
        raise InputError.of(shown(path), wrong, then="Remove a correction that no longer applies, or mend its count.")
