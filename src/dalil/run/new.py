"""A project of one's own: a folder with an article, its drafted claims, and a place for statistics."""

import csv
import io
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from dalil.claims.claims import Claim, read_claims
from dalil.claims.draft import draft_claims
from dalil.errors import InputError
from dalil.parameters import LANGUAGES
from dalil.project import Project, write_whole
from dalil.reference.own import COLUMNS
from dalil.text.article import Article, read_article
from dalil.text.record import record_of

_PARAMETERS = """\
# The default run; "dalil parameters" lists what else can be set.
article: {article}
claims: {claims}
language: {language}
"""

_RECORD = """\
# What is known of the article; leave out what is not.
title:
authors:
published:
"""

_REFERENCE = """\
{columns}
# Figures that claims are held against, one a line; a line that begins with # is a note. An example:
# {example}
# measure and subject: as in {claims}; capitals, spaces, hyphens and underscores do not matter.
# period: 2023, 2023-Q1, 2023-05, 2023-05-14, or two of them with / between.
# unit: as an article says it, such as people, percent, thousand tonnes; item for what is counted.
# source: who says it. url, published (a date): may stay empty. reliability: high (a statistics office), medium, low.
"""

_IGNORED = """\
.dalil/
.pytask/
pytask.lock*
/data/processed/
/figures/
/report/
"""

_README = """\
# The numbers of {article}, checked

1. `{claims}`: the claims as they were drafted. Read each sentence, mend the entry under it, give claims about one thing
   one `measure` and one `subject`, and set `reviewed: true`.
2. `{reference}`: figures to hold them against, one a line, each with its source.
3. `dalil report` makes `report/report.html` and `report/report.pdf`. Then change something, and run it again.

`{article}` is the article, `{record}` what is known of it; `parameters.yml` says what a report is made from.
"""


def new_project(folder: Path, path: Path) -> tuple[str, ...]:
    """Make a folder a project on an article, which is copied into it, all of it or nothing.

    Parameters
    ----------
    folder
        The folder, which is not there yet or empty.
    path
        The article; its record and its claims are taken along where they stand beside it.

    Returns
    -------
    tuple[str, ...]
        What was made, and what to do next, a line each.

    Raises
    ------
    InputError
        The folder holds something, or the article cannot be read.
    """
    _check_empty(folder)
    article = read_article(path)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        told = _write(Project(made), article)
        made.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        made.replace(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return (f"{folder}: {told[0]}", f"Next, in {folder}:", *told[1:])


def _check_empty(folder: Path) -> None:
    then = "Name a folder that is not there yet, or an empty one."
    if folder.exists() and not folder.is_dir():
        raise InputError.of(folder, ["it is a file"], then=then)
    if folder.exists() and (held := sorted(one.name for one in folder.iterdir())):
        more = ", …" if len(held) > len(held[:3]) else ""
        raise InputError.of(folder, [f"it is not empty: {', '.join(held[:3])}{more}"], then=then)


def _write(project: Project, article: Article) -> tuple[str, ...]:
    """Write all files of a project; return how many claims there are, and what to do next."""
    copy = project.root / "data" / "raw" / article.path.name
    claims, record = copy.with_suffix(".claims.yml"), record_of(copy)
    if record == copy:
        raise InputError.of(article.path, ["it has the name of its record"], then="Give the article another ending.")
    written = article.path.with_name(claims.name)
    for source in (*article.sources, *([written] if written.is_file() else [])):
        write_whole(copy.parent / source.name, source.read_bytes())
    if not record.exists():
        write_whole(record, _RECORD)
    if not claims.exists():
        write_whole(claims, draft_claims(article))
    stated = [*read_claims(claims, read_article(copy), "half-unit")]
    names = {
        "article": project.name(copy),
        "claims": project.name(claims),
        "record": project.name(record),
        "reference": project.name(project.own_reference),
        "language": _language(article),
        "columns": ",".join(COLUMNS),
        "example": _example(stated),
    }
    for path, text in (
        (project.parameters, _PARAMETERS),
        (project.own_reference, _REFERENCE),
        (project.root / ".gitignore", _IGNORED),
        (project.root / "README.md", _README),
    ):
        write_whole(path, text.format_map(names))
    return (
        f"a project with {len(stated)} claims, {sum(not claim.entry.reviewed for claim in stated)} of them to review",
        f"  {names['claims']}: read each sentence, mend the entry under it, set reviewed: true",
        f"  {names['reference']}: add figures to hold them against, one a line",
        "  dalil report: makes report/report.html and report/report.pdf",
    )


def _language(article: Article) -> str:
    """The language most of the article is in, in which its report is told; English where there is none."""
    letters: Counter[str] = Counter()
    for start, end, language in article.passages:
        letters[language] += end - start
    return next((name for name, _ in letters.most_common() if name in LANGUAGES), "en")


def _example(claims: list[Claim]) -> str:
    """A line of the table of figures, as it would be for the first level that the article states."""
    entry = next((claim.entry for claim in claims if claim.entry.kind in {"level", "count"}), None)
    about = [entry.measure, entry.subject, str(entry.period or "2023"), "…", entry.unit] if entry else ["…"] * 5
    written = io.StringIO()
    line = [*about, "Statistics office", "https://example.org/table", "2024-02-01", "high"]
    csv.writer(written, lineterminator="").writerow(line)
    return written.getvalue()
