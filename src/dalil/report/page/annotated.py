"""The article as it was read, line by line: every numeral is marked, and leads to its claim or its reason and back."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby

from dalil.report.markup.html import Cell, Column, Html, anchor, code, link, table
from dalil.report.prose.claims import Facts
from dalil.report.prose.context import ReportContext
from dalil.tables.writing import Row
from dalil.text.article import UNDETERMINED
from dalil.text.languages import paragraphs

# What a numeral is for, with a sign of each so that nothing rests on colour or line, and the fact that counts them.
# A numeral of a claim bears the number of the claim instead, as notes do; "C" stands for it in the legend.
_KINDS = {
    "claim": ("C", "numerals_in_claims"),
    "date": ("†", "numerals_dates"),
    "citation": ("§", "numerals_citation_marks"),
    "word": ("*", "numerals_words"),
}
# How the reader calls what is a date or a citation mark; the rest are words and numbers that state no quantity.
_KIND_OF = {"period": "date", "date": "date", "citation": "citation"}

# Text taken out of a file may hold control characters, which HTML and PDF do not allow.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), " ")


def article_view(material: ReportContext) -> Html:
    """Show the article with its numerals marked, what each claim was read from and feeds, and why the rest are none.

    Places that links may lead to: ``mention-ID`` (a numeral), ``line-N`` (where the sentence of a claim without a
    numeral begins), ``feeds-CLAIM`` (a claim's row) and ``reason-NAME`` (a reason's row).
    """
    view = _View(material)
    return Html("\n".join(part for part in (view.before, view.text, view.feeds, view.reasons) if part))


def article_place(claim: Row) -> str:
    """Name the place in the article view that a claim, given as its row, was read from.

    Examples
    --------
    >>> article_place({"mentions": "m023 m022", "line_start": "164"})
    'mention-m023'
    >>> article_place({"mentions": "", "line_start": "61"})
    'line-61'
    """
    first = claim["mentions"].partition(" ")[0]
    return f"mention-{first}" if first else f"line-{claim['line_start']}"


@dataclass(frozen=True)
class _Line:
    """A line of the text: its number as supplied, its first and last character, its language."""

    number: int
    start: int
    end: int
    language: str


@dataclass(frozen=True)
class _Claim:
    """What marks and tables say of a claim: its number, what it measures, its number as printed."""

    note: str
    measure: str
    value: str


class _View:
    """The parts of the view of one article."""

    def __init__(self, material: ReportContext) -> None:
        self._material = material
        self._wording = material.wording
        self._mentions = sorted(material.table("mentions"), key=lambda row: int(row["start"]))
        self._raw = material.run.text.read_bytes().decode()

    @property
    def before(self) -> str:
        """Whose text it is, and the legend of the marks with how many there are."""
        about, say = self._material.about, self._wording.say
        names = about.get("authors") or ""
        authors = ", ".join(map(str, names)) if isinstance(names, list) else names
        parts = [f'<p class="rights">{escape(say("annotated.rights", title=about.get("title"), authors=authors))}</p>']
        if not self._mentions:
            return "\n".join([*parts, f"<p>{escape(say('annotated.nothing'))}</p>"])
        facts = Facts(self._material.facts, self._wording, linked=True)
        items = []
        for kind, (sign, fact) in _KINDS.items():
            if count := sum(self._kind(row) == kind for row in self._mentions):
                number = str(facts.find(fact) or count)
                name = f'<mark class="mention kind-{kind}">{escape(say(f"annotated.kinds.{kind}"))}</mark>'
                items.append(f"<li>{name}{_sign(sign)}: {number}</li>")
        return "\n".join([*parts, f"<p>{escape(say('annotated.legend'))}</p>", '<ul class="legend">', *items, "</ul>"])

    @property
    def text(self) -> str:
        """The article, section by section."""
        parts, end, line = [], 0, 1
        for section in self._material.table("sections"):
            start = int(section["start"])
            # A heading is the line that its section starts after.
            head = self._raw.rfind("\n", 0, start) + 1 if section["heading"] else start
            parts.append(self._block(end, head, line))
            line += self._raw.count("\n", end, start)
            language, end = section["language"], int(section["end"])
            if section["heading"]:
                title = escape(section["heading"].translate(_CONTROLS))
                parts.append(f'<h3 class="article-heading" data-line="{line}"{_lang(language)}>{title}</h3>')
            parts.append(self._block(start, end, line))
            line += self._raw.count("\n", start, end)
        return "\n".join(['<div class="article">', *filter(None, parts), "</div>"])

    @property
    def feeds(self) -> str:
        """Claim by claim the numerals it was read from and the facts it goes into; nothing without claims."""
        say = self._wording.say
        fed: dict[str, list[str]] = {name: [] for name in self._material.claims}
        for fact in self._material.facts.values():
            number = self._wording.known(*fact.numbers, fact.unit)
            words = link("fact", fact.id, f"{code(fact.id)} {escape(number)}", note=str(fact.number))
            for name in dict.fromkeys(fact.claims):
                fed[name].append(words)
        rows: list[list[str | Cell]] = []
        for name, row in self._material.claims.items():
            claim = self._claims[name]
            lead = f'<a class="claim" href="#claim-{escape(name)}">{escape(claim.note)} {code(name)}</a>'
            says = escape(f"{claim.measure}, {claim.value}")
            places = [self._way_back(mention) for mention in self._read_from[name]]
            if not places:
                words = escape(say("annotated.no_numeral", line=row["line_start"]))
                places = [f'<a href="#line-{row["line_start"]}">{words}</a>']
            into = ",<br>".join(fed[name]) or escape(say("annotated.feeds_nothing"))
            count = len(fed[name])
            rows.append([f"{anchor(f'feeds-{name}', lead)}<br>{says}", "<br>".join(places), Cell(into, str(count))])
        return self._table("feeds", {"claim": 26, "read": 30, "feeds": 44}, rows)

    @property
    def reasons(self) -> str:
        """Reason by reason the numerals that are no claim; nothing without any."""
        found: dict[str, list[Row]] = {}
        for row in self._mentions:
            if self._kind(row) != "claim":
                found.setdefault(row["reason"], []).append(row)
        rows: list[list[str | Cell]] = [
            [
                anchor(self._reason_ids[reason], escape(self._wording.label("reasons", reason))),
                Cell(str(len(mentions)), str(len(mentions))),
                ", ".join(self._way_back(mention) for mention in mentions),
            ]
            for reason, mentions in sorted(found.items(), key=lambda item: -len(item[1]))
        ]
        return self._table("reasons", {"reason": 36, "numerals": 14, "places": 50}, rows)

    @cached_property
    def _claims(self) -> dict[str, _Claim]:
        words = {name: self._material.claim(name) for name in self._material.claims}
        return {name: _Claim(claim.note, claim.measure, str(claim)) for name, claim in words.items()}

    @cached_property
    def _read_from(self) -> dict[str, list[Row]]:
        """The numerals of each claim, in the order of the text; one may belong to several claims."""
        found: dict[str, list[Row]] = {name: [] for name in self._material.claims}
        for row in self._mentions:
            for name in self._claims_of[row["mention_id"]]:
                found[name].append(row)
        return found

    @cached_property
    def _claims_of(self) -> dict[str, list[str]]:
        """The claims of each numeral: first the one it was put down to, then others that it is read for as well."""
        found = {row["mention_id"]: [row["claim_id"]] if row["claim_id"] else [] for row in self._mentions}
        for name, claim in self._material.claims.items():
            for mention in claim["mentions"].split():
                if name not in found[mention]:
                    found[mention].append(name)
        return found

    @cached_property
    def _reason_ids(self) -> dict[str, str]:
        """The place of each reason; a reason may be any words, a place is one."""
        found: dict[str, str] = {}
        for reason in dict.fromkeys(row["reason"] for row in self._mentions):
            name = "reason-" + re.sub(r"\W+", "-", reason).strip("-")
            found[reason] = name if name not in found.values() else f"{name}-{len(found)}"
        return found

    @cached_property
    def _marked_lines(self) -> set[int]:
        """Lines that a link leads to, for want of a numeral."""
        return {int(row["line_start"]) for row in self._material.claims.values() if not row["mentions"]}

    def _kind(self, mention: Row) -> str:
        return "claim" if self._claims_of[mention["mention_id"]] else _KIND_OF.get(mention["kind"], "word")

    def _block(self, start: int, end: int, line: int) -> str:
        """Set lines of the text, those of one language together; nothing where all are blank."""
        parts = []
        for language, lines in groupby(self._lines(start, end, line), key=lambda line: line.language):
            body = "<br>\n".join(self._line(line) for line in lines)
            parts.append(f'<div class="lines"{_lang(language)}><p>{body}</p></div>')
        return "\n".join(parts)

    def _lines(self, start: int, end: int, number: int) -> Iterator[_Line]:
        """Yield the lines that are not blank."""
        for text in self._raw[start:end].split("\n"):
            if text.strip():
                yield _Line(number, start, start + len(text), self._language_at(start))
            start += len(text) + 1
            number += 1

    def _line(self, line: _Line) -> str:
        """Set a line with its number, and the numerals in it marked."""
        parts, position = [], line.start
        for mention in self._mentions_in(line):
            start, end = int(mention["start"]), int(mention["end"])
            first, last = max(start, line.start), min(end, line.end)
            # A numeral that runs over the end of a line is marked in each, without the space between.
            while first < last and self._raw[first].isspace():
                first += 1
            while first < last and self._raw[last - 1].isspace():
                last -= 1
            if first < last:
                opens, closes = (not self._raw[one:other].strip() for one, other in ((start, first), (last, end)))
                parts.append(self._plain(position, first) + self._marked(mention, first, last, opens, closes))
                position = last
        parts.append(self._plain(position, line.end))
        name = f' id="line-{line.number}"' if line.number in self._marked_lines else ""
        number = f'<span class="number" aria-hidden="true">{line.number}</span>'
        return f'<span class="line"{name}>{number} {"".join(parts)}</span>'

    def _mentions_in(self, line: _Line) -> Iterator[Row]:
        """Yield the numerals of which some part stands on a line."""
        place = bisect_right(self._ends, line.start)
        while place < len(self._mentions) and int(self._mentions[place]["start"]) < line.end:
            yield self._mentions[place]
            place += 1

    @cached_property
    def _ends(self) -> list[int]:
        return [int(row["end"]) for row in self._mentions]

    def _plain(self, start: int, end: int) -> str:
        return escape(self._raw[start:end].translate(_CONTROLS), quote=False)

    def _marked(self, mention: Row, start: int, end: int, opens: bool, closes: bool) -> str:
        """Mark a numeral or a part of it; the first part has its name, the last one its sign."""
        kind, claims = self._kind(mention), self._claims_of[mention["mention_id"]]
        if kind == "claim":
            role, target, hint = "claim", f"feeds-{claims[0]}", self._hint(claims[0])
        else:
            reason = mention["reason"]
            role, target, hint = "reason", self._reason_ids[reason], self._wording.label("reasons", reason)
        name = f' id="mention-{mention["mention_id"]}"' if opens else ""
        # One stop for the keyboard is enough.
        stop = "" if opens else ' tabindex="-1"'
        led = f'<a class="{role}" href="#{escape(target)}" title="{escape(hint)}"{stop}>{self._plain(start, end)}</a>'
        mark = f'<mark class="mention kind-{kind}"{name}>{led}</mark>'
        if not closes:
            return mark
        return mark + (self._numbers(claims) if kind == "claim" else _sign(_KINDS[kind][0]))

    def _numbers(self, claims: list[str]) -> str:
        """The numbers of a numeral's claims; each but the first, where the numeral itself leads, is a link."""
        notes = [escape(self._claims[name].note) for name in claims]
        further = [
            f'<a class="claim" href="#feeds-{escape(name)}" title="{escape(self._hint(name))}">{note}</a>'
            for name, note in zip(claims[1:], notes[1:], strict=True)
        ]
        return f'<sup class="sign">{", ".join([notes[0], *further])}</sup>'

    def _hint(self, name: str) -> str:
        return f"{self._claims[name].measure}: {self._claims[name].value}"

    def _way_back(self, mention: Row) -> str:
        """Lead from a table to a numeral in the text."""
        start, end = int(mention["start"]), int(mention["end"])
        words = escape(" ".join(self._raw[start:end].translate(_CONTROLS).split()))
        language = self._language_at(start)
        place = escape(self._wording.say("annotated.line", line=mention["line"]))
        return f'<a href="#mention-{mention["mention_id"]}"><span{_lang(language)}>{words}</span> ({place})</a>'

    def _language_at(self, offset: int) -> str:
        starts, languages = self._passages
        return languages[max(0, bisect_right(starts, offset) - 1)]

    @cached_property
    def _passages(self) -> tuple[list[int], list[str]]:
        """Where a stretch of one language starts, and which that is."""
        found: list[tuple[int, str]] = [(0, UNDETERMINED)]
        for section in self._material.table("sections"):
            start, end, language = int(section["start"]), int(section["end"]), section["language"]
            text = self._raw[start:end] if language == UNDETERMINED else ""
            found += [(start + first, spoken) for first, _, spoken in paragraphs(text)] or [(start, language)]
        return [start for start, _ in found], [language for _, language in found]

    def _table(self, name: str, widths: dict[str, int], rows: Sequence[Sequence[str | Cell]]) -> str:
        heads = [Column(self._wording.say(f"tables.{name}.columns.{key}"), width) for key, width in widths.items()]
        return table(name, self._wording.say(f"tables.{name}.caption"), heads, rows).markup if rows else ""


def _lang(language: str) -> str:
    """The attribute that says a language; none where it is not known."""
    return "" if language == UNDETERMINED else f' lang="{language}"'


def _sign(sign: str) -> str:
    return f'<sup class="sign" aria-hidden="true">{sign}</sup>'
