"""The pages as files: valid HTML, nothing from outside, and scripts that a strict policy lets run."""

import base64
import csv
import hashlib
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from browser.conftest import OpenPage
from browser.pages import LANGUAGES, NODE_MODULES, visit

CHECKER = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"

# What the checker says that is its own error: a pattern of the message and the place, with the reason.
MISTAKEN = {
    r'^Inline script violates Content Security Policy .*<script type="application/(?:ld\+)?json"': (
        "data is not run, so that no policy holds for it (HTML, “prepare the script element”)"
    ),
    r"^Resource violates Content Security Policy \(meta tag\): image “data:image/png;base64,": (
        "the policy allows pictures from data: (img-src data: blob:), and browsers show them"
    ),
}

# Attributes that make a browser fetch something, or go somewhere.
ADDRESSES = ("src", "srcset", "href", "xlink:href", "data", "action", "formaction", "poster", "background", "ping")
# Ways of a script to reach out; the policy refuses them too.
REACHES_OUT = re.compile(r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b|\bimport\s*\(")
POLICY = "Content-Security-Policy"


def pages_in(folder: Path) -> list[Path]:
    """The report's pages and those of the working notebooks."""
    found = [*(folder / f"report.{language}.html" for language in LANGUAGES), folder / "report.html"]
    return [*found, *sorted(folder.glob("notebooks/**/*.html"))]


@pytest.fixture(scope="module")
def said(reports: Path) -> list[dict[str, str]]:
    """What the Nu HTML checker says of all pages, errors and warnings."""
    java = shutil.which("java")
    assert java, "Java is needed for the HTML checker (on Debian: apt-get install default-jre-headless)."
    assert CHECKER.is_file(), "The HTML checker is not there; make test-browser installs it."
    # The stack is for the depth of long tables and pictures.
    command: list[str | Path] = [java, "-Xss8m", "-jar", CHECKER, "--stdout", "--exit-zero-always", "--format", "json"]
    done = subprocess.run([*command, *pages_in(reports)], capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout)["messages"])


def told(message: dict[str, str]) -> str:
    """What the checker says, with the place it says it of."""
    return f"{message['message']} {message.get('extract', '')}"


@cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def policy_of(page: BeautifulSoup) -> dict[str, list[str]]:
    """The directives of a page's security policy."""
    (meta,) = page.find_all("meta", attrs={"http-equiv": POLICY})
    parts = [part.split() for part in str(meta["content"]).split(";") if part.strip()]
    assert len(parts) == len({words[0] for words in parts})
    return {words[0]: words[1:] for words in parts}


def test_there_are_pages_to_check(reports: Path) -> None:
    assert [path.name for path in pages_in(reports) if not path.is_file()] == []
    assert len(pages_in(reports)) >= len(LANGUAGES) + 6


def test_the_pages_are_valid_html_without_a_warning(said: list[dict[str, str]]) -> None:
    real = [one for one in said if not any(re.search(pattern, told(one), re.DOTALL) for pattern in MISTAKEN)]
    assert [f"{one['url'].rpartition('/')[2]}:{one.get('lastLine')}: {told(one)}" for one in real] == []


def test_each_excuse_is_still_needed(said: list[dict[str, str]]) -> None:
    unused = [pattern for pattern in MISTAKEN if not any(re.search(pattern, told(one), re.DOTALL) for one in said)]
    assert unused == []


def test_no_page_names_an_address_outside(reports: Path) -> None:
    # A reader may go on to a source; nothing is fetched from there.
    origins = (reports.parent / "data/processed/origins.csv").read_text(encoding="utf-8").splitlines()
    outside = {row["address"] for row in csv.DictReader(origins)}
    wrong: list[str] = []
    for path in pages_in(reports):
        page = parsed(path)
        for tag in page.find_all(True):
            for name in (name for name in ADDRESSES if tag.has_attr(name)):
                address = str(tag[name])
                if tag.name == "a" and name == "href" and address in outside:
                    continue
                near = re.match(r"(?:#|data:|blob:|[\w./-]+(?:#|$))", address)
                if not near or (near[0][0] not in "#db" and not (path.parent / address.partition("#")[0]).is_file()):
                    wrong.append(f"{path.name}: <{tag.name} {name}={address!r:.80}>")
        styles = [style.get_text() for style in page.find_all("style")]
        styles += [str(tag["style"]) for tag in page.find_all(style=True)]
        for style in styles:
            wrong += [f"{path.name}: {found!r}" for found in re.findall(r"@import[^;]*", style)]
            wrong += [
                f"{path.name}: url({found:.80})"
                for found in re.findall(r"url\(\s*[\"']?([^)]*)", style)
                if not found.startswith(("data:", "blob:", "#"))
            ]
        for script in page.find_all("script"):
            wrong += [f"{path.name}: {found!r}" for found in REACHES_OUT.findall(script.get_text())]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_lets_only_its_own_scripts_run(reports: Path, language: str) -> None:
    page = parsed(reports / f"report.{language}.html")
    policy = policy_of(page)
    assert policy["default-src"] == ["'none'"]
    assert {"'unsafe-eval'", "'unsafe-inline'", "'unsafe-hashes'", "*"}.isdisjoint(policy["script-src"])
    scripts = [tag for tag in page.find_all("script") if tag.get("type", "") in {"", "module", "text/javascript"}]
    assert scripts
    hashes = [base64.b64encode(hashlib.sha256(str(tag.string).encode()).digest()).decode() for tag in scripts]
    assert sorted(policy["script-src"]) == sorted(f"'sha256-{one}'" for one in hashes)
    beyond = set(policy) - {"default-src", "script-src", "style-src", "img-src", "font-src", "base-uri", "form-action"}
    assert beyond == set()
    assert {source for name in ("img-src", "font-src") for source in policy.get(name, [])} <= {"data:", "blob:"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_comes_before_anything_it_holds_for(reports: Path, language: str) -> None:
    text = (reports / f"report.{language}.html").read_text(encoding="utf-8")
    assert 0 < text.index(POLICY) < min(text.index("<style"), text.index("<script"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_script_is_written_into_an_attribute(reports: Path, language: str) -> None:
    tags = parsed(reports / f"report.{language}.html").find_all(True)
    assert [(tag.name, name) for tag in tags for name in tag.attrs if name.startswith("on")] == []
    assert [tag for tag in tags if str(tag.get("href", "")).lower().startswith("javascript:")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_script_of_a_page_runs_under_its_policy(browser_page: OpenPage, language: str) -> None:
    # What the policy refuses is an error in the console, which fails the test.
    page = browser_page(language)
    assert page.evaluate("document.scripts.length") > 0


def test_a_script_that_is_not_the_pages_own_does_not_run(browser: Browser, reports: Path) -> None:
    opened = visit(browser, reports / "report.en.html")
    tried = """() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.strange = 1";
      document.body.append(script);
      return globalThis.strange ?? null;
    }"""
    assert opened.page.evaluate(tried) is None
    opened.context.close()
    assert len(opened.troubles) == 1
    assert "Content Security Policy" in opened.troubles[0]
