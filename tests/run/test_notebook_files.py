"""Notebooks are found by their number; what matters of them is what a person writes."""

import json
from pathlib import Path
from typing import Any

import pytest

from dalil.errors import InputError
from dalil.project import NOTEBOOKS, Project
from dalil.run.notebooks import REPORT, Notebook, new_notebook, notebooks_of


def write(folder: Path, name: str, source: str = "1", **metadata: Any) -> Notebook:
    """Write a notebook of one cell, and one that sets parameters."""
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Mine\n", "\n", "Text."]},
        code("b", 'rounding: str = "exact"\nthreshold = 2', tags=["parameters"]),
        code("c", source),
    ]
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return Notebook(folder / name)


def code(name: str, source: str, **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code", "id": name, "metadata": metadata, "source": source, "outputs": [], "execution_count": None,
    }  # fmt: skip


def names(project: Project) -> list[str]:
    return [notebook.name for notebook in notebooks_of(project)]


def test_a_project_without_notebooks_has_those_of_the_package(tmp_path: Path) -> None:
    assert names(Project(tmp_path)) == sorted(path.stem for path in NOTEBOOKS.glob("[0-9][0-9]-*.ipynb"))
    assert notebooks_of(Project(tmp_path))[-1].number == REPORT


def test_its_own_are_added_in_the_order_of_their_numbers_or_replace_one(tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    standard = names(Project(tmp_path))
    for name in ("51-mine.ipynb", "02-other.ipynb", "Untitled.ipynb", "7-short.ipynb"):
        write(folder, name)
    replaced = ["02-other" if name.startswith("02-") else name for name in standard]
    assert names(Project(tmp_path)) == [*replaced[:-1], "51-mine", replaced[-1]]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (["51-a.ipynb", "51-b.ipynb"], "51-a.ipynb: another one has that number"),
        (["91-a.ipynb"], "91-a.ipynb: the report, number 90, is the last one"),
    ],
)
def test_numbers_that_give_no_order_are_refused(tmp_path: Path, files: list[str], problem: str) -> None:
    for name in files:
        write(tmp_path / "notebooks", name)
    with pytest.raises(InputError, match=problem):
        notebooks_of(Project(tmp_path))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"cells": [1], "metadata": {}}'])
def test_what_is_no_notebook_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "50-mine.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"50-mine\.ipynb\n  - it is no Jupyter notebook"):
        _ = Notebook(tmp_path / "50-mine.ipynb").content


def test_outputs_counts_and_kernels_are_no_change(tmp_path: Path) -> None:
    plain = write(tmp_path, "50-mine.ipynb").digest
    path = tmp_path / "50-mine.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][2] |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}], "execution_count": 7}
    content["cells"][2]["metadata"] = {"collapsed": True}
    content["metadata"] = {"kernelspec": {"name": "mine", "display_name": "Mine"}}
    path.write_text(json.dumps(content, indent=4), encoding="utf-8")
    assert Notebook(path).digest == plain


def test_a_source_a_tag_or_a_need_is(tmp_path: Path) -> None:
    digests = {
        write(tmp_path, "50-mine.ipynb").digest,
        write(tmp_path, "50-mine.ipynb", "2").digest,
        write(tmp_path, "50-mine.ipynb", dalil={"needs": ["01"]}).digest,
    }
    assert len(digests) == 3


def test_it_says_its_title_and_its_parameters(tmp_path: Path) -> None:
    notebook = write(tmp_path, "50-mine.ipynb")
    assert (notebook.title, notebook.parameters) == ("Mine", ("rounding", "threshold"))
    assert (notebook.is_own, notebook.tables) == (True, ())
    assert not any(standard.is_own for standard in notebooks_of(Project(tmp_path)))


def test_it_needs_all_before_it_unless_it_names_some(tmp_path: Path) -> None:
    earlier = [write(tmp_path, f"{number}-a.ipynb") for number in ("01", "02", "03")]
    assert write(tmp_path, "50-mine.ipynb").needs(earlier) == earlier
    assert write(tmp_path, "50-mine.ipynb", dalil={"needs": ["02"]}).needs(earlier) == [earlier[1]]
    assert write(tmp_path, "50-mine.ipynb", dalil={"needs": []}).needs(earlier) == []
    with pytest.raises(InputError, match="it needs 04"):
        write(tmp_path, "50-mine.ipynb", dalil={"needs": ["04"]}).needs(earlier)


def test_a_new_one_takes_the_next_free_number_and_knows_its_name(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert [new_notebook(project, name).name for name in ("mine", "another-1")] == [
        "50-mine.ipynb",
        "51-another-1.ipynb",
    ]
    assert 'Session.open("51-another-1", ' in Notebook(tmp_path / "notebooks/51-another-1.ipynb").code
    assert names(project)[-3:-1] == ["50-mine", "51-another-1"]


@pytest.mark.parametrize("name", ["", "Mine", "1st", "my notebook", "../mine", "мой"])
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="allowed: small letters"):
        new_notebook(Project(tmp_path), name)
