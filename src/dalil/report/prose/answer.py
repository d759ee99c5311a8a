"""The answer: what page one says in short, which claims it shows, what it says of the others, and how sure it is."""

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from dalil.errors import InputError, nearest
from dalil.project import shown
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs
from dalil.report.prose.record import country_records
from dalil.report.prose.statements import edited, statement
from dalil.report.prose.verdicts import verdict
from dalil.tables.rows import AbsentRow, AssessmentRow, OriginRow
from dalil.text.record import record_of

# As many claims stand in the table of page one, and of those that are not simply right, as many in the text above it.
_ROWS, _NOTABLE = 8, 3
# How much a reader needs to know of a verdict that a claim cannot be taken as it stands.
_NOT_AS_IT_STANDS = 3


def chosen(context: ReportContext) -> list[str]:
    """Choose the claims of page one: those that the article's record names, or by weight and strength of the verdict.

    What weighs more stands first, what weighs the same in the order of the article.

    Raises
    ------
    InputError
        The record names a claim that is not there.
    """
    claims, named = context.claims, context.about.page_one
    if unknown := [name for name in named if name not in claims]:
        where = shown(record_of(context.run.project.path(context.parameters.article)))
        problems = [f'page_one: there is no claim "{name}"; {nearest(name, claims)}' for name in unknown]
        raise InputError.of(where, problems)
    if named:
        return list(named)
    weights = {name: claims[name].weight for name in counted(context)}
    first = sorted(weights, key=lambda name: (-weights[name], -verdict(context, name).strength))[:_ROWS]
    return sorted(first, key=lambda name: (-weights[name], list(weights).index(name)))


def counted(context: ReportContext) -> list[str]:
    """The claims that state nothing a second time."""
    return [name for name in context.claims if name not in context.repeated]


def summary_text(context: ReportContext) -> Markup:
    """Say in short what was found: an editor's own words, or what follows from the verdicts by rule.

    An editor's words are about the whole record: where a table of it is missing, the rule speaks.
    """
    language = context.wording.written
    own = "" if context.rows(AbsentRow) else context.about.summary.get(language)
    said = [edited(context, own, f"summary.{language}")] if own else _summary(context)
    return paragraphs(said, _notes(context))


def rest_text(context: ReportContext) -> Markup:
    """Say how the claims came out that do not stand in the table."""
    if not context.has_record:
        return Markup("")
    shown_above = set(chosen(context))
    rest = [name for name in counted(context) if name not in shown_above]
    if not rest:
        return Markup("")
    return paragraphs([context.wording.html("short.rest", n=len(rest), verdicts=_verdicts(context, rest))])


def sure_text(context: ReportContext) -> Markup:
    """Say how sure that is: what the figures are, by how much they are revised, which are only printed in the press."""
    return paragraphs(_sure(context) if context.claims else [])


def _summary(context: ReportContext) -> Iterator[Markup]:
    wording, numerals = context.wording, context.fact_phrases["numerals"]
    if not context.claims:
        yield wording.html(f"short.{'only_numerals' if numerals.count else 'no_number'}", n=numerals)
        return
    names = counted(context)
    case = "record" if context.has_record and context.rows(OriginRow) else "alone"
    yield wording.html(f"short.checked.{case}", n=len(names), verdicts=_verdicts(context, names))
    # Without a record, what does not fit follows below, whole.
    found = [(name, verdict(context, name)) for name in chosen(context) if context.has_record]
    notable = [(name, one) for name, one in found if one.strength == _NOT_AS_IT_STANDS][:_NOTABLE]
    if items := [
        wording.html("short.item", statement=statement(context, name), verdict=one.word) for name, one in notable
    ]:
        yield wording.html("short.notable", items=wording.listed(items, "points"))


def _notes(context: ReportContext) -> Iterator[Markup]:
    """What a reader has to know first: claims that nobody reviewed, tables of the record that are missing."""
    unreviewed = context.fact_phrases["claims_unreviewed"]
    if unreviewed.count:
        yield context.wording.html("short.unreviewed", n=unreviewed)
    if absent := [Markup("<code>{}</code>").format(row.path) for row in context.rows(AbsentRow)]:
        yield context.wording.html("short.absent", tables=Markup(", ").join(absent))


def _verdicts(context: ReportContext, names: list[str]) -> str:
    """How many claims came out in each way, the most frequent first."""
    found = Counter(verdict(context, name).word for name in names)
    return context.wording.listed(
        context.wording.say("short.counted", verdict=word, count=count) for word, count in found.most_common()
    )


def _sure(context: ReportContext) -> Iterator[Markup]:
    say, wording = context.wording.html, context.wording
    if not context.has_record:
        yield say("short.sure.alone")
        return
    measures = {context.claims[name].measure for name in chosen(context)}
    records = [one for one in country_records(context) if one.rows[0].measure in measures]
    if not records:
        has_statistics = any(row.kind == "statistics" for row in context.rows(OriginRow))
        yield say(f"short.sure.{'statistics' if has_statistics else 'sources'}")
        return
    official = [one for one in records if any(row.status == "official" for row in one.rows)]
    if covers := [say("short.sure.covers", country=one.country, basis=one.basis) for one in official]:
        yield say("short.sure.record", records=wording.listed(covers, "points"))
    if revision := context.fact_phrases.find("largest_revision"):
        yield say("short.sure.revised", revision=revision.size)
        if any(row.met == "missed-narrowly" for row in context.rows(AssessmentRow)):
            yield say("short.sure.narrow")
    about = sorted(_years(context))
    for record in records:
        if years := [wording.period(str(year)) for year in about if record.is_printed(year)]:
            yield say("short.sure.press", country=record.country, years=wording.listed(years))


def _years(context: ReportContext) -> set[int]:
    """The years that the claims of page one are about."""
    rows = [context.claims[name] for name in chosen(context)]
    return {period.year for row in rows for period in (row.period, row.base_period) if period}
