"""Drawing: every picture of the report in one language, and the one that stands for it where it is shared."""

from dalil.parameters import Parameters
from dalil.project import Project, write_whole
from dalil.report.figures import names
from dalil.report.figures.drawing.output import draw
from dalil.report.figures.drawing.preview import preview
from dalil.report.prose.context import ReportContext
from dalil.wording.asking import note_in


def draw_figures(project: Project, parameters: Parameters) -> None:
    """Draw the pictures of a run, in the formats that its parameters name."""
    context = ReportContext(parameters, project)
    note_in(context.run.asked(f"figures {parameters.language}"))
    for name in names():
        draw(name, context)
    write_whole(context.run.preview, preview(context))
