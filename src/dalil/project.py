"""Where everything is: the only module that knows a path."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parents[1]

PARAMETERS = ROOT / "parameters.yml"
LOCK = ROOT / "requirements.lock"
NOTEBOOKS = ROOT / "notebooks"
DATA_PACKAGE = ROOT / "data" / "datapackage.json"
REFERENCE = ROOT / "data" / "reference"
DATA_README = ROOT / "data" / "README.md"
FIGURES_README = ROOT / "figures" / "README.md"
FIGURE_STYLE = PACKAGE / "report" / "figures" / "dalil.mplstyle"
README = ROOT / "README.md"
TEMPLATES = PACKAGE / "report" / "templates"
LOCALES = PACKAGE / "wording" / "locales"
TOKENS = TEMPLATES / "tokens.yml"
FONTS = PACKAGE / "report" / "fonts"
GRAMMARS = PACKAGE / "text" / "grammars"
LABELLED = ROOT / "tests" / "quantities"


@dataclass(frozen=True)
class Run:
    """The places one run writes to; the default run has an empty name.

    Its tables and facts are the same in every language. What is told in words, but for the report itself, is in a
    folder of its language; for English, in which everything else here is written, that is the folder above those.
    """

    name: str = ""
    language: str = "en"

    @property
    def _home(self) -> Path:
        return ROOT / "report" / "runs" / self.name if self.name else ROOT

    @property
    def _told(self) -> str:
        return "" if self.language == "en" else self.language

    @property
    def processed(self) -> Path:
        """Tables and facts."""
        return self._home / "data" / "processed"

    @property
    def text(self) -> Path:
        """The article as it was read, which places in the tables refer to."""
        return self.processed / "article.txt"

    @property
    def figures(self) -> Path:
        """Pictures."""
        return self._home / "figures" / self._told

    @property
    def report(self) -> Path:
        """The report and the working notebooks as executed."""
        return self._home if self.name else ROOT / "report"

    @property
    def notebooks(self) -> Path:
        """The notebooks as executed, and as pages."""
        return self.report / "notebooks"

    @property
    def told(self) -> Path:
        """Those of them that are written in the run's language."""
        return self.notebooks / self._told

    def edition(self, suffix: str) -> Path:
        """The report in the run's language, as a page (``.html``), a PDF or text (``.md``)."""
        return self.report / f"report.{self.language}{suffix}"

    @property
    def preview(self) -> Path:
        """The picture that stands for the report where it is shared."""
        return self.report / f"preview.{self.language}.png"

    @property
    def parameters(self) -> Path:
        """What the run was made with, in its language."""
        return self.inputs / f"parameters.{self.language}.yml"

    @property
    def inputs(self) -> Path:
        """What each step was given: the files that tell whether it must run again."""
        return self._home / ".dalil" / "inputs"


def resolve(path: str) -> Path:
    """Take a path as given, relative ones from the project's top folder.

    Examples
    --------
    >>> resolve("parameters.yml") == PARAMETERS
    True
    """
    return ROOT / Path(path).expanduser()


def shown(path: Path) -> str:
    """Write a path the way a user would, from the project's top folder where it is inside.

    Examples
    --------
    >>> shown(ROOT / "data" / "raw" / "claims.yml")
    'data/raw/claims.yml'
    """
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write ``content`` to ``path`` entirely or not at all; text is UTF-8 with ``\\n`` line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        partial = Path(file.name)
        try:
            file.write(data)
            file.close()
            partial.chmod(0o644)
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
