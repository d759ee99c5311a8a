"""The command line: what it writes can be read, whatever the locale of who reads it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dalil.project import Project

TEXT = "Ўзбекистон товар айланмаси 31,2 фоизга ўсди — 2 млрд АҚШ доллари."
LOCALES: list[dict[str, str]] = [
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "koi8-r"},
    {"PYTHONIOENCODING": "cp1251:strict"},
    {"PYTHONIOENCODING": "latin-1"},
]


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_to_files_and_pipes_it_is_utf8(locale: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "dalil", "read", "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **locale}, capture_output=True, check=True)
    assert '"фоизга"' not in done.stdout.decode()
    assert "млрд" in done.stdout.decode()
    assert done.stderr == b""


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own")
@pytest.mark.parametrize("encoding", ["ascii", "koi8-r"])
def test_a_terminal_is_given_the_letters_that_it_has(encoding: str, tmp_path: Path) -> None:
    import pty

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    program = (
        f"import locale; locale.getencoding = lambda: {encoding!r}\n"
        "from dalil.run.command_line import main\nraise SystemExit(main(['read', 'a.txt']))"
    )
    ours, theirs = pty.openpty()
    code = subprocess.call([sys.executable, "-c", program], cwd=tmp_path, stdout=theirs)
    os.close(theirs)
    said = os.read(ours, 10_000).decode(encoding)
    os.close(ours)
    assert code == 0
    assert ("млрд" if encoding == "koi8-r" else "????") in said


def test_a_clone_has_the_bytes_that_were_committed_whatever_git_does_elsewhere(tmp_path: Path) -> None:
    root = Project.find().root
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=true", "-c", "core.safecrlf=false"]
    for name in (".gitattributes", "data/raw/article.uz.txt", "src/dalil/report/fonts/OFL.txt"):
        (tmp_path / "one" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "one" / name).write_bytes((root / name).read_bytes())
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=All"]):
        subprocess.run([*git, *command], cwd=tmp_path / "one", check=True)
    subprocess.run([*git, "clone", "--quiet", "one", "two"], cwd=tmp_path, check=True)
    copies = [(tmp_path / "two" / path.relative_to(tmp_path / "one")) for path in (tmp_path / "one").rglob("*.txt")]
    assert copies
    assert all(copy.read_bytes() == (root / copy.relative_to(tmp_path / "two")).read_bytes() for copy in copies)
