"""A claims file while it is reviewed: each change is checked like a whole file, then saved whole, and can be undone."""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from dalil.claims.claims import AccountError, Claims, join_claims
from dalil.claims.entries import Entries, entries_of
from dalil.claims.mentions import DATED, Mention, read_mentions
from dalil.claims.stated import same_period
from dalil.errors import InputError
from dalil.project import shown, write_whole
from dalil.review.edits import Edit, settle
from dalil.review.splicing import part_of, part_of_claim, spliced
from dalil.text.article import Article, Section
from dalil.yamlfile import parse_yaml, read_yaml

# Says of a claim where its fields stand, if elsewhere than in the file.
Places = Mapping[str, Callable[[Any], str]]


class ChangedError(InputError):
    """Somebody else has changed the file meanwhile."""


class Document:
    """A claims file and its article.

    Parameters
    ----------
    path
        The claims file.
    article
        The article that it is about.

    Raises
    ------
    InputError
        The file is not there, or holds what no report could be made of.
    """

    def __init__(self, path: Path, article: Article) -> None:
        if not path.is_file():
            raise InputError.of(shown(path), ["no such file"], then="Draft it first: make claims ARTICLE=…")
        self.path, self.article = path, article
        self.mentions = read_mentions(article)
        self._before: list[str] = []
        self._read()

    @property
    def claims(self) -> Claims:
        """The claims as they were read."""
        return self._checked[0]

    @property
    def entries(self) -> Entries:
        """The entries of the file."""
        return self._checked[1]

    @property
    def written(self) -> list[dict[str, Any]]:
        """The entries as they are written, numbers and dates as text."""
        return list(self._data["claims"] or [])

    @property
    def _data(self) -> Any:
        return self._checked[2]

    @property
    def version(self) -> str:
        """What the file holds, in short."""
        return hashlib.sha256(self._text.encode()).hexdigest()[:16]

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._before)

    def change(self, edit: Edit, places: Places | None = None, only: Collection[str] = ()) -> None:
        """Make a change, check the file that would come of it, and save it.

        Numerals that lose their claim are accounted for, and phrases that account for nothing any more are dropped.

        Parameters
        ----------
        edit
            The change.
        places
            For errors: where claims stand that were read from elsewhere.
        only
            The claims that it changes, where it changes no others: a large file is then not read as a whole.

        Raises
        ------
        ChangedError
            The file on disk is not the one that was read.
        InputError
            The file would hold what no report could be made of; it stays as it was.
        """
        ids = [str(entry["id"]) for entry in self.written]
        parts = [part_of_claim(self._text, self._data, ids.index(name)) for name in only if name in ids]
        whole = (0, len(self._text.splitlines()), "")
        text = spliced(self._text, set(parts) if parts else {whole}, edit)
        try:
            checked = self._check(text, places)
        except AccountError as error:
            part = part_of(text, parse_yaml(text, shown(self.path), as_written=True), "accounted")
            text = spliced(text, [part], partial(settle, error=error))
            checked = self._check(text, places)
        before = self._text
        self._save(text, checked)
        self._before.append(before)

    def with_words(self, claim_id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Add the words that give a period which a person changes: those of its sentence, if it stands there.

        What a person reads otherwise may be in any words, and stays in those it is in.
        """
        claim = self.claims.claims.get(claim_id)
        if claim is None or "period" not in fields or "period_anchor" in fields or fields.get("why"):
            return dict(fields)
        start, end = claim.sentence.clean_start, claim.sentence.clean_end
        dated = (m for m in self.mentions if start <= m.clean_start < end and m.quantity.kind in DATED)
        mention = next((m for m in dated if same_period(str(fields["period"]), m.quantity.iso)), None)
        return {**fields, "period_anchor": self._words_around(mention, end, claim.section) if mention else ""}

    def _words_around(self, mention: Mention, end: int, section: Section) -> str:
        """The words from a numeral on that stand once in its section; nothing where there are none."""
        clean = self.article.clean
        ends = [
            mention.clean_end,
            *(mention.clean_end + m.end() for m in re.finditer(r"\w\b", clean.text[mention.clean_end : end])),
        ]
        words = (clean.text[mention.clean_start : stop] for stop in ends)
        return next((w for w in words if len(clean.places(w, section.start, section.end)) == 1), "")

    def undo(self) -> None:
        """Go back to the file before the last change."""
        if self._before:
            self._save(self._before[-1], self._check(self._before[-1]))
            self._before.pop()

    def reload(self) -> None:
        """Read the file again if it has changed on disk; what was done before can then not be undone."""
        if not self.path.is_file() or self.path.read_bytes() != self._raw:
            self._read()
            self._before.clear()

    def _read(self) -> None:
        read_yaml(self.path)
        self._raw = self.path.read_bytes()
        self._text = self._raw.decode("utf-8-sig")
        self._checked = self._check(self._text)

    def _save(self, text: str, checked: "_Checked") -> None:
        if not self.path.is_file() or self.path.read_bytes() != self._raw:
            problem = "it was changed meanwhile, by an editor or another review; nothing was written over it"
            raise ChangedError.of(
                shown(self.path), [problem], then="Load the page again, and make the change once more."
            )
        write_whole(self.path, text)
        self._raw, self._text, self._checked = text.encode(), text, checked

    def _check(self, text: str, places: Places | None = None) -> "_Checked":
        where = shown(self.path)
        data = parse_yaml(text, where, as_written=True)
        if places and isinstance(data, dict):
            data["claims"] = _PlacedList(data["claims"], places)
        entries = entries_of(data, where)
        return join_claims(entries, self.article, self.mentions, "half-unit"), entries, data


_Checked = tuple[Claims, Entries, Any]


class _PlacedList(list[Any]):
    """Claims of which some were read from elsewhere, and say so."""

    def __init__(self, claims: Any, places: Places) -> None:
        super().__init__(
            _Placed(entry, places[entry["id"]]) if entry.get("id") in places else entry for entry in claims
        )
        self.lines = claims.lines

    def place_of(self, number: int) -> str:
        entry = self[number]
        return entry.place_of("id") if isinstance(entry, _Placed) else f"line {self.lines[number]}"


class _Placed(dict[str, Any]):
    """A claim that was read from elsewhere."""

    def __init__(self, entry: Mapping[str, Any], place_of: Callable[[Any], str]) -> None:
        super().__init__(entry)
        self.place_of = place_of
