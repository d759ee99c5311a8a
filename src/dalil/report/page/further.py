"""What a user's own notebooks keep, as readers see it; every word of it is the user's, and set as text."""

from dalil.report.markup.html import Column, Html, element, figure, table
from dalil.report.markup.vector import without_fonts
from dalil.report.page.tables import facts_table
from dalil.report.prose.context import ReportContext
from dalil.tables.further import Further, OwnFigure, OwnTable


def further_analyses(context: ReportContext) -> Html:
    """Set what each notebook of one's own keeps, under its title: its facts with their formulas, tables, pictures."""
    return Html("\n").join(_of_notebook(context, further) for further in context.further)


def table_of(notebook: str, own: OwnTable) -> Html:
    """Set a table that a notebook keeps, with the meaning of its columns below it."""
    columns = [Column(name, 100 // len(own.columns)) for name in own.columns]
    note = "; ".join(f"{name}: {meaning}" for name, meaning in own.columns.items())
    return table(f"{notebook}-{own.name}", own.title, columns, own.rows, note)


def figure_of(notebook: str, own: OwnFigure) -> Html:
    """Set a picture that a notebook keeps."""
    return figure(f"{notebook}-{own.name}", own.caption, own.alt, without_fonts(own.svg))


def _of_notebook(context: ReportContext, further: Further) -> Html:
    facts = [fact for fact in context.facts.values() if fact.notebook == further.notebook]
    parts = [element("h3", further.title)]
    parts += [facts_table(facts, context.wording)] if facts else []
    parts += [figure_of(further.notebook, own) for own in further.figures]
    parts += [table_of(further.notebook, own) for own in further.tables]
    return Html("\n").join(parts)
