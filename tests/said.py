"""What sections of a report say of invented articles and records, in each language."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Reference
from dalil.report.prose.context import ReportContext
from dalil.report.prose.sections import SECTIONS
from dalil.wording.messages import locale_messages
from invented import BETWEEN, Entry
from invented_report import report_on

# What a section says in a case, by the case's name, in English unless another language is named.
TextOf = Callable[..., str]


@dataclass(frozen=True)
class Case:
    """What an article says, what the record holds, and what a section says of it in English, a part at least.

    ``article`` is what else is in the article (see :func:`invented.read`), ``values`` are parameters of the run.
    """

    section: str
    entries: tuple[Entry, ...]
    reference: Reference | None
    says: str
    mappings: Mapping[str, SeriesMapping] = field(default_factory=lambda: BETWEEN)
    article: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)


def texts_of(cases: Mapping[str, Case], folder: Callable[[], Path]) -> TextOf:
    """Make what says each case, in HTML.

    Parameters
    ----------
    cases
        The cases by name; those with the same inputs are worked out once.
    folder
        Makes an empty folder.
    """
    reports: dict[str, ReportContext] = {}

    @cache
    def text_of(name: str, language: str = "en") -> str:
        case = cases[name]
        inputs = repr((case.entries, case.reference, case.mappings, case.article, case.values))
        if inputs not in reports:
            reports[inputs] = report_on(
                folder(),
                *case.entries,
                reference=case.reference,
                mappings=case.mappings,
                article=case.article,
                **case.values,
            )
        context = reports[inputs]
        other = context.parameters.model_copy(update={"language": language})
        return str(SECTIONS[case.section](ReportContext(other, context.run.project)))

    return text_of


def plain(markup: str) -> str:
    """The words alone, without links and notes, with plain spaces."""
    return " ".join(re.sub(r'<span class="note">.*?</span>|<[^>]*>', "", markup).split())


def marks(markup: str) -> list[str]:
    """The links and the marks of a text, which are the same in every language."""
    return sorted(re.findall(r'href="[^"]*"|<p>|<li>|<strong>', markup))


def unsaid(prefix: str, said: Iterable[str], besides: Collection[str] = ()) -> list[str]:
    """The messages in English under a prefix that no text says, but for those under some others.

    A message is taken for said where the longest run of words in it that nothing is put into stands in a text.
    """
    texts = " ".join(map(plain, said))
    messages = locale_messages("en").items()
    sought = [(key, phrase) for key, phrase in messages if key.startswith(f"{prefix}.")]
    return [
        key
        for key, phrase in sought
        if not any(key.startswith(f"{other}.") for other in besides)
        and max((" ".join(words.split()) for words in re.split(r"\{\w+\}|[*`]", phrase)), key=len) not in texts
    ]
