"""Where everything is: the only module that knows a path."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from dalil.errors import InputError, StepError

# What ships with the package.
PACKAGE = Path(__file__).resolve().parent
DATA_PACKAGE = PACKAGE / "tables" / "datapackage.json"
FIGURE_STYLE = PACKAGE / "report" / "figures" / "dalil.mplstyle"
TEMPLATES = PACKAGE / "report" / "templates"
TOKENS = TEMPLATES / "tokens.yml"
FONTS = PACKAGE / "report" / "fonts"
LOCALES = PACKAGE / "wording" / "locales"
GRAMMARS = PACKAGE / "text" / "grammars"
# JSON Schemas of the files that a user writes.
SCHEMAS = PACKAGE / "schemas"
# The page on which claims are reviewed.
REVIEW_PAGE = PACKAGE / "review" / "page.html"
# How well numbers are read, as measured by make bench-quantities.
READING = PACKAGE / "text" / "reading.csv"
# The notebooks of the report, packed into an installed package and beside the sources otherwise.
_PACKED = PACKAGE / "notebooks"
NOTEBOOKS = _PACKED if _PACKED.exists() else PACKAGE.parents[1] / "notebooks"

# The notebook that a new one is copied from.
TEMPLATE_NOTEBOOK = PACKAGE / "run" / "template.ipynb"

# The file that makes a folder a project: the parameters of its default run.
PARAMETERS = "parameters.yml"

# The variable that is set where a step runs a notebook, and the run that a notebook run by hand writes to.
STEP = "DALIL_STEP"
BY_HAND = "by-hand"
# The variable that is set where what the notebook makes is kept aside.
MAKING = "DALIL_MAKING"
# What the names of folders begin with in which runs are kept aside.
_ASIDE = "run-"
# The variable that says how kernels of notebooks are started: warm, or standard.
ENGINE = "ENGINE"

_HOW_TO_MAKE_ONE = """\
Make one for an article, say my.txt:
  dalil new my my.txt                 makes the folder my, with the claims to review
  cd my
  dalil report"""


@dataclass(frozen=True)
class Project:
    """A folder with parameters, inputs and the notebooks of its own, in which reports are made.

    While a run is ``making`` a report, what it makes is kept aside, to take its place when all of it is made.
    """

    root: Path
    making: bool = False

    @classmethod
    def find(cls, start: Path | None = None) -> "Project":
        """Find the project that a folder belongs to: the nearest folder upwards with ``parameters.yml``.

        Parameters
        ----------
        start
            The folder to start from; the working folder if none is given.

        Raises
        ------
        InputError
            There is none; the message says how to make one.

        Examples
        --------
        >>> Project.find(PACKAGE).path("parameters.yml").exists()
        True
        """
        folder = (start or Path.cwd()).resolve()
        if root := _root_of(folder):
            return cls(root, MAKING in os.environ)
        raise InputError.of(folder, [f"no project: no {PARAMETERS} here or above"], then=_HOW_TO_MAKE_ONE)

    @property
    def parameters(self) -> Path:
        """The parameters of the default run."""
        return self.root / PARAMETERS

    @property
    def notebooks(self) -> Path:
        """Notebooks of the project's own."""
        return self.root / "notebooks"

    @property
    def reference(self) -> Path:
        """The record that ships with the project, if one does."""
        return self.root / "data" / "reference"

    @property
    def own_reference(self) -> Path:
        """The table of figures of one's own, if there is one."""
        return self.reference / "reference.csv"

    @property
    def lock(self) -> Path:
        """The versions of all packages, where the project pins them."""
        return self.root / "requirements.lock"

    def kept(self, what: str, name: str) -> Path:
        """Where something is kept that takes long to make."""
        return self.root / ".dalil" / what / name

    def path(self, name: str | Path) -> Path:
        """Take a path as given, relative ones from the project's top folder.

        Examples
        --------
        >>> Project(Path("/project")).path("data/raw").as_posix()
        '/project/data/raw'
        """
        return self.root / Path(name).expanduser()

    def name(self, path: Path) -> str:
        """Write a path the way a user would, from the project's top folder where it is inside.

        Examples
        --------
        >>> Project(Path("/project")).name(Path("/project/data/raw/claims.yml"))
        'data/raw/claims.yml'
        """
        return self.seen(path).relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def seen(self, path: Path) -> Path:
        """Return where a file that is kept aside will be seen; any other as it is.

        Examples
        --------
        >>> project = Project(Path("/project"))
        >>> project.seen(Run(Project(project.root, making=True), "later").text).as_posix()
        '/project/report/runs/later/data/processed/article.txt'
        """
        aside = self.kept("making", "")
        if not path.is_relative_to(aside):
            return path
        run, *parts = path.relative_to(aside).parts
        return Run(Project(self.root), run.removeprefix(_ASIDE)).home.joinpath(*parts)


@dataclass(frozen=True)
class Run:
    """The places one run writes to; the default run has an empty name.

    Its tables and facts are the same in every language. What is told in words, but for the report itself, is in a
    folder of its language; for English, in which everything else here is written, that is the folder above those.
    """

    project: Project
    name: str = ""
    language: str = "en"

    @property
    def home(self) -> Path:
        """The folder that everything of the run is in; while it is being made, the one where it is kept aside."""
        if self.project.making:
            return self.project.kept("making", f"{_ASIDE}{self.name}")
        return self.project.root / "report" / "runs" / self.name if self.name else self.project.root

    @property
    def published(self) -> "Run":
        """The same run where readers find it."""
        return replace(self, project=Project(self.project.root))

    @property
    def processed(self) -> Path:
        """Tables and facts."""
        return self.home / "data" / "processed"

    @property
    def text(self) -> Path:
        """The article as it was read, which places in the tables refer to."""
        return self.processed / "article.txt"

    @property
    def figures(self) -> Path:
        """Pictures, in the run's language."""
        return self.home / "figures" / self._folder

    @property
    def report(self) -> Path:
        """The report and the working notebooks as executed."""
        return self.home if self.name else self.home / "report"

    @property
    def notebooks(self) -> Path:
        """The notebooks as executed, and as pages."""
        return self.report / "notebooks"

    @property
    def translated_notebooks(self) -> Path:
        """Those of them that are written in the run's language."""
        return self.notebooks / self._folder

    def told_in(self, language: str) -> "Run":
        """Return the same run in another language."""
        return replace(self, language=language)

    @property
    def sources(self) -> tuple[Path, ...]:
        """The folders with tables and facts to read, the first one that has them: a run by hand has a second."""
        return (self.processed, *([replace(self, name="").processed] if self.name == BY_HAND else []))

    def kept(self, name: str) -> Path:
        """Return where to read what a notebook kept: a notebook run by hand goes on from what the default run made."""
        places = [folder / name for folder in self.sources]
        return next((place for place in places if place.exists()), places[0])

    def edition(self, suffix: str) -> Path:
        """Return where the report in the run's language is; ``suffix`` is ``.html``, ``.pdf`` or ``.md``."""
        return self.report / f"report.{self.language}{suffix}"

    @property
    def preview(self) -> Path:
        """The picture that stands for the report where it is shared."""
        return self.report / f"preview.{self.language}.png"

    @property
    def crate(self) -> Path:
        """The record of the run: what was made from what."""
        return self.report / "ro-crate-metadata.json"

    @property
    def parameters(self) -> Path:
        """What the run was made with, in its language."""
        return self.inputs / f"parameters.{self.language}.yml"

    @property
    def inputs(self) -> Path:
        """What each step was given: the files that tell whether it must run again."""
        return self.published.home / ".dalil" / "inputs"

    def asked(self, step: str) -> Path:
        """Return where a step notes which messages it asks for."""
        return self.published.home / ".dalil" / "asked" / step

    @property
    def _folder(self) -> str:
        return "" if self.language == "en" else self.language


def run_of(name: str) -> str:
    """Return the run that a notebook writes to: the one it names, or, when it is run by hand, one of its own.

    Examples
    --------
    >>> run_of("later")
    'later'
    """
    return name or ("" if STEP in os.environ else BY_HAND)


def resolve(path: str) -> Path:
    """Take a path as given, relative ones from the top folder of the project that the working folder is in.

    Raises
    ------
    InputError
        The working folder is in no project.
    """
    return Project.find().path(path)


def beside(file: Path, name: str) -> Path:
    """Take a path that a file names, from the folder it is in, and refuse one that leaves its project.

    Of a file in no project that is the folder above its own.

    Raises
    ------
    InputError
        The path leads elsewhere.

    Examples
    --------
    >>> shown(beside(resolve("data/raw/article.uz.yml"), "../reference"))
    'data/reference'
    """
    folder = file.parent.resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(_root_of(folder) or folder.parent):
        then = "Name a place in the project, from the folder of this file."
        raise InputError.of(shown(file), [f'"{name}" leads out of the project'], then=then)
    return path


def shown(path: Path) -> str:
    """Write a path the way a user would: from the project's top folder where it is inside, else as it is.

    Examples
    --------
    >>> shown(resolve("data/raw/claims.yml"))
    'data/raw/claims.yml'
    """
    root = _root_of(Path.cwd())
    return Project(root).name(path) if root else str(path)


def kept_for(what: str, name: str) -> Path | None:
    """Return where a project keeps what takes long to make, by its content; nothing outside a project.

    Examples
    --------
    >>> kept_for("letters", "1234").name
    '1234'
    """
    root = _root_of(Path.cwd())
    return Project(root).kept(what, name) if root else None


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file entirely or not at all: text as UTF-8 with ``\\n`` line ends, or bytes. Missing folders are made.

    Raises
    ------
    StepError
        It cannot be written; what was there is still there.
    """
    with replacing(path) as partial:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)
        partial.replace(path)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a place for a file that will replace another: in a project's folder of temporary files, else beside it.

    Raises
    ------
    StepError
        Something cannot be written; the message names the file.
    """
    root = _root_of(path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Project(root).kept("partial", "") if root else path.parent
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_dev != path.parent.stat().st_dev:
            folder = path.parent
        partial = folder / f".{path.name[:100]}.{uuid4().hex}"
        try:
            yield partial
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise StepError(f"{shown(path)} cannot be written: {error.strerror or error}") from error


def _root_of(folder: Path) -> Path | None:
    """Return the nearest folder upwards that is a project's."""
    return next((place for place in (folder, *folder.parents) if (place / PARAMETERS).is_file()), None)
