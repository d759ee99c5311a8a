"""The article as it was read, line by line: every numeral is marked, and leads to its claim or its reason and back."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from dalil.report.markup.html import Cell, Cells, Html, anchor, code, element, lines, link
from dalil.report.page.layout import Layout, counted
from dalil.report.prose.claims import ClaimPhrase
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import MentionRow, SectionRow
from dalil.text.languages import paragraphs
from dalil.text.record import UNDETERMINED

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

_FEEDS = Layout("feeds", {"claim": 26, "read": 30, "feeds": 44})
_REASONS = Layout("reasons", {"reason": 36, "numerals": 14, "places": 50})


def article_view(context: ReportContext) -> Html:
    """Show the article with its numerals marked, what each claim was read from and feeds, and why the rest are none.

    Places that links may lead to: ``mention-ID`` (a numeral), ``line-N`` (where the sentence of a claim without a
    numeral begins), ``feeds-CLAIM`` (a claim's row) and ``reason-NAME`` (a reason's row).
    """
    view = _View(context)
    return Html("\n").join(part for part in (view.before, view.text, view.feeds, view.reasons) if part)


@dataclass(frozen=True)
class _Line:
    """A line of the text: its number as supplied, its first and last character, its language."""

    number: int
    start: int
    end: int
    language: str


class _View:
    """The parts of the view of one article."""

    def __init__(self, context: ReportContext) -> None:
        self._context = context
        self._wording = context.wording
        self._sections = context.rows(SectionRow)
        self._mentions = sorted(context.rows(MentionRow), key=lambda row: row.start)
        self._ends = [row.end for row in self._mentions]
        self._raw = context.run.text.read_bytes().decode()
        # Lines that a link leads to, for want of a numeral.
        self._marked_lines = {row.line_start for row in context.claims.values() if not row.mentions}

    @property
    def before(self) -> Html:
        """Whose text it is, and the legend of the marks with how many there are."""
        say, facts = self._wording.say, self._context.fact_phrases
        rights = element("p", self._rights(), class_="rights")
        if not self._mentions:
            return Html("\n").join([rights, element("p", say("annotated.nothing"))])
        items = []
        for kind, (sign, fact) in _KINDS.items():
            if count := sum(self._kind(row) == kind for row in self._mentions):
                name = element("mark", say(f"annotated.kinds.{kind}"), class_=f"mention kind-{kind}")
                items.append(element("li", name, _sign(sign), Html(": {}").format(facts.find(fact) or count)))
        return Html("\n").join(
            [rights, element("p", say("annotated.legend")), Html('<ul class="legend">'), *items, Html("</ul>")]
        )

    def _rights(self) -> str:
        """Whose work the article is, as far as that is on record."""
        about = self._context.about
        parts = {"title": about.title, "authors": about.authors}
        case = "_".join(name for name, part in parts.items() if part) or "plain"
        return self._wording.say(f"annotated.rights.{case}", **parts)

    @property
    def text(self) -> Html:
        """The article, section by section."""
        parts, end, line = [], 0, 1
        for section in self._sections:
            # A heading is the line that its section starts after.
            head = self._raw.rfind("\n", 0, section.start) + 1 if section.heading else section.start
            parts.append(self._block(end, head, line))
            line += self._raw.count("\n", end, section.start)
            end = section.end
            if section.heading:
                heading, spoken = section.heading.translate(_CONTROLS), _lang(section.language)
                parts.append(element("h3", heading, class_="article-heading", data_line=line, lang=spoken))
            parts.append(self._block(section.start, end, line))
            line += self._raw.count("\n", section.start, end)
        return Html("\n").join([Html('<div class="article">'), *filter(None, parts), Html("</div>")])

    @property
    def feeds(self) -> Html:
        """Claim by claim the numerals it was read from and the facts it goes into; nothing without claims."""
        fed: dict[str, list[Html]] = {name: [] for name in self._context.claims}
        for fact in self._context.facts.values():
            number = self._wording.known(fact.estimate, fact.unit)
            words = link("fact", fact.id, Html("{} {}").format(code(fact.id), number), note=str(fact.number))
            for name in dict.fromkeys(fact.claims):
                fed[name].append(words)
        return _FEEDS.table(self._wording, (self._feeds(name, facts) for name, facts in fed.items()))

    def _feeds(self, name: str, facts: list[Html]) -> Cells:
        """A claim, the numerals it was read from, and the facts it goes into."""
        claim, row, say = self._claims[name], self._context.claims[name], self._wording.say
        lead = Html("{} {}").format(claim.note, code(name))
        places = [self._way_back(mention) for mention in self._mentions if name in self._claims_of[mention.mention_id]]
        if not places:
            words = say("annotated.no_numeral", line=row.line_start)
            places = [element("a", words, href=f"#line-{row.line_start}")]
        return [
            lines(anchor(f"feeds-{name}", link("claim", name, lead)), f"{claim.measure}, {claim}"),
            lines(*places),
            Cell(Html(",<br>").join(facts) or say("annotated.feeds_nothing"), str(len(facts))),
        ]

    @property
    def reasons(self) -> Html:
        """Reason by reason the numerals that are no claim; nothing without any."""
        by_reason: dict[str, list[MentionRow]] = {}
        for row in self._mentions:
            if self._kind(row) != "claim":
                by_reason.setdefault(row.reason, []).append(row)
        cells = (
            (
                anchor(self._reason_ids[reason], self._wording.label("reasons", reason)),
                counted(len(mentions)),
                Html(", ").join(map(self._way_back, mentions)),
            )
            for reason, mentions in sorted(by_reason.items(), key=lambda item: -len(item[1]))
        )
        return _REASONS.table(self._wording, cells)

    @cached_property
    def _claims(self) -> dict[str, ClaimPhrase]:
        return {name: self._context.claim(name) for name in self._context.claims}

    @cached_property
    def _claims_of(self) -> dict[str, list[str]]:
        """The claims of each numeral: first the one it was put down to, then others that it is read for as well."""
        owners = {row.mention_id: [row.claim_id] if row.claim_id else [] for row in self._mentions}
        for name, claim in self._context.claims.items():
            for mention in claim.mentions:
                if name not in owners[mention]:
                    owners[mention].append(name)
        return owners

    @cached_property
    def _reason_ids(self) -> dict[str, str]:
        """The place of each reason; a reason may be any words, a place is one."""
        places: dict[str, str] = {}
        for reason in dict.fromkeys(row.reason for row in self._mentions):
            name = "reason-" + re.sub(r"\W+", "-", reason).strip("-")
            places[reason] = name if name not in places.values() else f"{name}-{len(places)}"
        return places

    def _kind(self, mention: MentionRow) -> str:
        return "claim" if self._claims_of[mention.mention_id] else _KIND_OF.get(mention.kind, "word")

    def _block(self, start: int, end: int, line: int) -> Html:
        """Set lines of the text, those of one language together; nothing where all are blank."""
        return Html("\n").join(
            element("div", element("p", Html("<br>\n").join(map(self._line, spoken))), class_="lines", lang=language)
            for language, spoken in groupby(self._lines(start, end, line), key=lambda line: _lang(line.language))
        )

    def _lines(self, start: int, end: int, number: int) -> Iterator[_Line]:
        """Yield the lines that are not blank."""
        for text in self._raw[start:end].split("\n"):
            if text.strip():
                yield _Line(number, start, start + len(text), self._language_at(start))
            start += len(text) + 1
            number += 1

    def _line(self, line: _Line) -> Html:
        """Set a line with its number, and the numerals in it marked."""
        parts, position = [], line.start
        for mention in self._mentions_in(line):
            first, last = self._trimmed(max(mention.start, line.start), min(mention.end, line.end))
            if first < last:
                parts += [self._plain(position, first), self._marked(mention, first, last)]
                position = last
        parts.append(self._plain(position, line.end))
        place = f"line-{line.number}" if line.number in self._marked_lines else ""
        number = element("span", str(line.number), class_="number", aria_hidden="true")
        return element("span", number, " ", *parts, class_="line", id=place)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """A stretch without the space around it: a numeral that runs over the end of a line is marked in each."""
        text = self._raw[first:last]
        return first + len(text) - len(text.lstrip()), last - len(text) + len(text.rstrip())

    def _mentions_in(self, line: _Line) -> Iterator[MentionRow]:
        """Yield the numerals of which some part stands on a line."""
        place = bisect_right(self._ends, line.start)
        while place < len(self._mentions) and self._mentions[place].start < line.end:
            yield self._mentions[place]
            place += 1

    def _plain(self, start: int, end: int) -> str:
        return self._raw[start:end].translate(_CONTROLS)

    def _marked(self, mention: MentionRow, start: int, end: int) -> Html:
        """Mark a numeral or a part of it; the first part has its name, the last one its sign."""
        opens, closes = (
            not self._raw[one:other].strip() for one, other in ((mention.start, start), (end, mention.end))
        )
        kind, claims = self._kind(mention), self._claims_of[mention.mention_id]
        if kind == "claim":
            role, target, hint = "claim", f"feeds-{claims[0]}", self._hint(claims[0])
        else:
            role, target = "reason", self._reason_ids[mention.reason]
            hint = self._wording.label("reasons", mention.reason)
        # One stop for the keyboard is enough.
        stop = "" if opens else "-1"
        led = element("a", self._plain(start, end), class_=role, href=f"#{target}", title=hint, tabindex=stop)
        name = f"mention-{mention.mention_id}" if opens else ""
        mark = element("mark", led, class_=f"mention kind-{kind}", id=name)
        if not closes:
            return mark
        return mark + (self._numbers(claims) if kind == "claim" else _sign(_KINDS[kind][0]))

    def _hint(self, name: str) -> str:
        """What a link to a claim says when pointed at."""
        return f"{self._claims[name].measure}: {self._claims[name]}"

    def _numbers(self, claims: list[str]) -> Html:
        """The numbers of a numeral's claims; each but the first, where the numeral itself leads, is a link."""
        first, *rest = claims
        further = [
            element("a", self._claims[name].note, class_="claim", href=f"#feeds-{name}", title=self._hint(name))
            for name in rest
        ]
        return element("sup", Html(", ").join([self._claims[first].note, *further]), class_="sign")

    def _way_back(self, mention: MentionRow) -> Html:
        """Lead from a table to a numeral in the text."""
        words = " ".join(self._plain(mention.start, mention.end).split())
        written = element("span", words, lang=_lang(self._language_at(mention.start)))
        place = self._wording.say("annotated.line", line=mention.line)
        return element("a", written, f" ({place})", href=f"#mention-{mention.mention_id}")

    def _language_at(self, offset: int) -> str:
        starts, languages = self._passages
        return languages[max(0, bisect_right(starts, offset) - 1)]

    @cached_property
    def _passages(self) -> tuple[list[int], list[str]]:
        """Where a stretch of one language starts, and which that is."""
        passages: list[tuple[int, str]] = [(0, UNDETERMINED)]
        for section in self._sections:
            text = self._raw[section.start : section.end] if section.language == UNDETERMINED else ""
            spoken = [(section.start + first, language) for first, _, language in paragraphs(text)]
            passages += spoken or [(section.start, section.language)]
        return [start for start, _ in passages], [language for _, language in passages]


def _lang(language: str) -> str:
    """A language as HTML names it; nothing where it is not known."""
    return "" if language == UNDETERMINED else language


def _sign(sign: str) -> Html:
    return element("sup", sign, class_="sign", aria_hidden="true")
