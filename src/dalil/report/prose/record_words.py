"""Words for what the record shows: growth, targets, flows, sums and readings as they stand in sentences."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10
from typing import TYPE_CHECKING

from dalil.analysis.results import fact_word
from dalil.numbers.intervals import exactly
from dalil.numbers.periods import year_of
from dalil.report.prose.claims import ClaimWords, Facts, FactWords, OriginWords, TargetWords
from dalil.tables.writing import Row
from dalil.wording.catalogue import Wording

if TYPE_CHECKING:
    from dalil.report.prose.context import ReportContext


@dataclass(frozen=True)
class ReporterWords:
    """A country's record of a measure in prose; facts about it end in ``suffix``."""

    code: str
    measure: str
    rows: list[Row]
    facts: Facts
    wording: Wording

    @property
    def name(self) -> str:
        """The country."""
        return self.wording.country(self.code)

    @property
    def suffix(self) -> str:
        """What facts about its record end in."""
        return self.code.lower()

    def level(self, year: object) -> FactWords | None:
        """The figure of a year, if there is a fact of it."""
        return self.facts.find(f"{self.measure}_{year}_{self.suffix}")

    def growth(self, year: object) -> FactWords | None:
        """The growth on record in a year."""
        return self.facts.find(f"{self.measure}_growth_{year}_{self.suffix}")

    def implied(self, year: object) -> FactWords | None:
        """The level of a year that the stated growth after it would imply."""
        return self.facts.find(f"{self.measure}_{year}_implied_{self.suffix}")

    def printed(self, year: object) -> bool:
        """Whether the figure of a year is one printed in the press, not an official one."""
        return any(row["year"] == str(year) and row["status"] == "press" for row in self.rows)

    @property
    def basis(self) -> str:
        """What its official figures cover."""
        return next(row["basis"] for row in self.rows if row["status"] == "official")


@dataclass(frozen=True)
class GrowthWords:
    """A stated yearly growth beside what each record shows of its year and the one before."""

    claim: ClaimWords
    year: int
    before: int
    reporters: list[ReporterWords]

    @property
    def known(self) -> list[ReporterWords]:
        """The records that have a growth for its year."""
        return [reporter for reporter in self.reporters if reporter.growth(self.year)]

    @property
    def fell(self) -> list[tuple[ReporterWords, str, FactWords, FactWords, FactWords]]:
        """The records in which an earlier year was higher: that year, the fall, what was left, when it was regained."""
        found = []
        for one in self.reporters:
            prefix = f"{one.measure}_change_"
            for name in one.facts:
                if name.startswith(prefix) and name.endswith(f"_{self.before}_{one.suffix}"):
                    top = name.removeprefix(prefix).partition("_")[0]
                    left = one.facts[f"{one.measure}_{self.year}_of_{top}_{one.suffix}"]
                    regained = one.facts[f"{one.measure}_{top}_regained_{one.suffix}"]
                    found.append((one, top, one.facts[name], left, regained))
        return found


@dataclass(frozen=True)
class OutcomeWords:
    """What one record shows of a target, in prose."""

    target: TargetWords
    reporter: ReporterWords

    def fact(self, pattern: str) -> FactWords:
        """The fact whose name has the target's in place of ``#``, and the reporter at its end in place of ``@``."""
        return self.reporter.facts[pattern.replace("#", self.target.name).replace("@", self.reporter.suffix)]

    @property
    def level(self) -> FactWords:
        """What the target's year brought."""
        return self.fact(f"{self.reporter.measure}_{self.target.year}_@")

    @property
    def real(self) -> bool:
        """Whether it could be put at constant prices."""
        return f"target_{self.target.name}_shortfall_{self.reporter.suffix}_real" in self.reporter.facts

    @property
    def came(self) -> FactWords | None:
        """The growth a year that came, from the record's own base."""
        return self._growth("cagr")

    @property
    def needed(self) -> FactWords | None:
        """The growth a year that the target needed from there."""
        return self._growth("needed")

    def _growth(self, kind: str) -> FactWords | None:
        span = f"{self.target.row['base_year']}_{self.target.name}_{self.reporter.suffix}"
        return self.reporter.facts.find(f"{kind}_{span}")


@dataclass(frozen=True)
class MirrorWords:
    """One flow in one year as both countries record it, in prose."""

    row: Row
    asymmetry: FactWords
    wording: Wording

    @property
    def exporter(self) -> str:
        """The country it leaves."""
        return self.wording.country(self.row["exporter"])

    @property
    def importer(self) -> str:
        """The country it reaches."""
        return self.wording.country(self.row["importer"])

    @property
    def exported(self) -> str:
        """What the one records."""
        return self.wording.amount(self.row.exported, self.row["unit"])

    @property
    def imported(self) -> str:
        """What the other records."""
        return self.wording.amount(self.row.imported, self.row["unit"])


@dataclass(frozen=True)
class SumWords:
    """A number that names neither its countries nor its year, and the sums that were held against it."""

    claim: ClaimWords
    tried: FactWords
    fitting: FactWords
    rows: list[Row]
    wording: Wording

    @property
    def fits(self) -> list[tuple[list[str], list[str]]]:
        """The sets of countries that fit, each with what it adds to those always counted, and its years."""
        return [(self.countries(row), row["fits"].split()) for row in self.rows if row["fits"]]

    @property
    def nearest(self) -> dict[str, object]:
        """The sum that comes nearest: amount, year and countries."""
        row = nearest(self.rows, self.claim.row)[0]
        amount = near(self.wording, Fraction(row["nearest"]), self.claim.row)
        return {"amount": amount, "year": row["nearest_year"], "countries": self.countries(row)}

    def countries(self, row: Row) -> list[str]:
        """The countries that a set adds to those always counted."""
        return [self.wording.country(code) for code in row["added"].split()]


def near(wording: Wording, value: Fraction, claim: Row) -> str:
    """Write a number that comes near a claim, to a digit that tells it from what the claim's printing allows."""
    low, high = claim.value.range.low, claim.value.range.high
    if low is None or high is None or low == high:
        return wording.amount(exactly(value), claim["unit"])
    step = Fraction(10) ** (floor(log10(high - low)) - 1)
    return wording.printed(round(value / step) * step, "=", claim["unit"])


def nearest(rows: list[Row], claim: Row) -> list[Row]:
    """Sort sets of countries by how near their sum comes to a claim."""
    return sorted(rows, key=lambda row: abs(Fraction(row["nearest"]) - Fraction(claim["value"])))


@dataclass(frozen=True)
class ReadingWords:
    """A percentage that leaves something open, with how many of its readings hold."""

    claim: ClaimWords
    tried: FactWords
    holding: FactWords
    named: list[tuple[str, FactWords, FactWords]]


@dataclass(frozen=True)
class WayWords:
    """A headline, the ways it was worked out, and how many of them bear it out."""

    claim: ClaimWords
    ways: FactWords
    supporting: FactWords


@dataclass(frozen=True)
class RecordWords:
    """All that the record shows; ``named`` is whether any was named, ``absent`` what is missing of it.

    ``mirrored`` tells whether any flow is recorded twice, ``mirrors`` are those of the years the article speaks of.
    """

    named: bool
    absent: list[Row]
    growths: list[GrowthWords]
    outcomes: list[tuple[TargetWords, list[OutcomeWords]]]
    mirrored: bool
    mirrors: list[MirrorWords]
    sums: list[SumWords]
    readings: list[ReadingWords]
    ways: list[WayWords]
    reporters: list[ReporterWords]
    levels: list[ClaimWords]
    assessments: dict[str, Row]
    checks: list[Row]
    origins: dict[str, OriginWords]

    def rating(self, claim: ClaimWords) -> str:
        """What a claim is rated."""
        row = self.assessments.get(claim.row["claim_id"])
        return row["rating"] if row else ""

    def saying(self, claim: ClaimWords, verdict: str) -> list[OriginWords]:
        """The sources with one verdict on a claim, each producer once; not what was worked out from several."""
        rows = [row for row in self.checks if row["claim_id"] == claim.row["claim_id"] and row["verdict"] == verdict]
        found = [self.origins[row["origins"]] for row in rows if row["origins"] in self.origins]
        return list({origin.name: origin for origin in reversed(found)}.values())[::-1]

    @property
    def borne_out(self) -> list[ClaimWords]:
        """The levels that the records of both countries bear out."""
        return [claim for claim in self.levels if self._agreeing(claim) == {one.code for one in self.reporters}]

    def _agreeing(self, claim: ClaimWords) -> set[str]:
        rows = [row for row in self.checks if row["claim_id"] == claim.row["claim_id"] and row["found"] == "level"]
        differing = {row["reporter"] for row in rows if row["verdict"] == "differs"}
        return {row["reporter"] for row in rows} - differing

    def printed(self, claim: ClaimWords) -> list[tuple[OriginWords, str]]:
        """What was printed of a target's year, and by whom."""
        return [
            (self.origins[row["origins"]], said(claim.wording, row))
            for row in self.checks
            if row["claim_id"] == claim.row["claim_id"] and row["found"] == "outcome" and row["status"] == "press"
        ]


def said(wording: Wording, row: Row) -> str:
    """Write what a source says of a claim: a date, a printed number as printed, any other to the digits that count."""
    if not row["value"]:
        return ""
    if row["unit"] == "date":
        return wording.period(row.value, row["comparator"])
    if row["status"] == "press" and row["found"] != "growth":
        return wording.printed(Fraction(row["value"]), row["comparator"], row["unit"])
    return wording.known(row.value, row["unit"])


def record_words(material: "ReportContext") -> RecordWords:
    """Put what the tables of the record hold into words."""
    facts, wording = Facts(material.facts, material.wording), material.wording
    rows: dict[tuple[str, str, str], list[Row]] = {}
    for row in material.table("record"):
        rows.setdefault((row["measure"], row["subject"], row["reporter"]), []).append(row)
    reporters = {
        (measure, subject, code): ReporterWords(code, fact_word(measure), listed, facts, wording)
        for (measure, subject, code), listed in rows.items()
    }

    def about(claim: Row) -> list[ReporterWords]:
        return [reporter for key, reporter in reporters.items() if key[:2] == (claim["measure"], claim["subject"])]

    growths = [
        GrowthWords(material.claim(name), int(row["period_end"][:4]), year_of(row["base_period"]), found)
        for name, row in material.claims.items()
        if material.is_yearly_growth(row) and (found := about(row))
    ]
    told = {row["name"] + row["reporter"] for row in material.table("outcomes")}
    outcomes = [
        (target, [OutcomeWords(target, one) for one in about(target.claim.row) if target.name + one.code in told])
        for target in material.target_words()
    ]

    def counted(table: str, *names: str) -> list[tuple[ClaimWords, list[FactWords], list[Row]]]:
        ids = dict.fromkeys(row["claim_id"] for row in material.table(table))
        return [
            (
                material.claim(name),
                [facts[f"{name}_{end}"] for end in names],
                [row for row in material.table(table) if row["claim_id"] == name],
            )
            for name in ids
        ]

    return RecordWords(
        named=bool(material.about.get("reference")),
        absent=material.table("absent"),
        growths=growths,
        outcomes=[(target, found) for target, found in outcomes if found],
        mirrored=bool(material.table("mirror")),
        mirrors=[
            MirrorWords(row, facts[name], wording)
            for row in material.table("mirror")
            if (name := _mirror_name(row)) in facts
        ],
        sums=[
            SumWords(claim, tried, fitting, listed, wording)
            for claim, (tried, fitting), listed in counted("groupings", "sums", "sums_fitting")
        ],
        readings=[
            ReadingWords(claim, tried, holding, _named_years(facts, claim.row["claim_id"]))
            for claim, (tried, holding), _ in counted("readings", "readings", "holding")
        ],
        ways=[
            WayWords(claim, ways, supporting)
            for claim, (ways, supporting), _ in counted("multiverse", "ways", "ways_supporting")
        ],
        reporters=list(reporters.values()),
        levels=[
            material.claim(name)
            for name in dict.fromkeys(row["claim_id"] for row in material.table("sources") if row["found"] == "level")
        ],
        assessments={row["claim_id"]: row for row in material.table("assessments")},
        checks=material.table("sources"),
        origins={row["origin"]: OriginWords(row, wording) for row in material.table("origins")},
    )


def _mirror_name(row: Row) -> str:
    return f"mirror_{fact_word(row['measure'])}_{row['year']}_{row['exporter'].lower()}_{row['importer'].lower()}"


def _named_years(facts: Facts, claim: str) -> list[tuple[str, FactWords, FactWords]]:
    """The years that readings name, each with how many readings there are of it and how many hold."""
    prefix = f"{claim}_holding_"
    years = [name.removeprefix(prefix) for name in facts if name.startswith(prefix)]
    return [(year, facts[f"{claim}_readings_{year}"], facts[f"{prefix}{year}"]) for year in years]
