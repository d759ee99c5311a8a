"""Letters are cut out of a font once for a project, and are the same letters each time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dalil.project import PARAMETERS
from dalil.report.markup import fonts
from dalil.report.markup.fonts import BOLD, REGULAR


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project to work in, which nothing has been cut out for."""
    (tmp_path / PARAMETERS).touch()
    monkeypatch.chdir(tmp_path)
    fonts._part.cache_clear()
    yield tmp_path
    fonts._part.cache_clear()


def test_letters_are_cut_once_and_other_letters_and_faces_by_themselves(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other, bold = REGULAR.part("Aʻ"), REGULAR.part("Aʻ€"), BOLD.part("Aʻ")
    assert len({first, other, bold}) == 3
    assert len(list(project.glob(".dalil/letters/*"))) == 3
    fonts._part.cache_clear()
    monkeypatch.setattr(fonts, "_cut", lambda *_: pytest.fail("they were cut before"))
    assert (REGULAR.part("ʻA"), REGULAR.part("€ʻA"), BOLD.part("ʻA")) == (first, other, bold)


def test_outside_a_project_nothing_is_kept(project: Path) -> None:
    inside = REGULAR.part("A")
    fonts._part.cache_clear()
    (project / PARAMETERS).unlink()
    before = sorted(project.rglob("*"))
    assert REGULAR.part("A") == inside
    assert sorted(project.rglob("*")) == before
