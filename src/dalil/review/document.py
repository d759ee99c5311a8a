"""A claims file while it is reviewed: each change is checked like a whole file, then saved whole, and can be undone."""

import hashlib
import io
import re
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from dalil.claims.claims import AccountError, Claims, join_claims
from dalil.claims.draft import DATE_ALONE
from dalil.claims.entries import NONE, NOT_A_CLAIM, Entries, entries_of
from dalil.claims.mentions import DATED, Mention, read_mentions
from dalil.claims.stated import same_period
from dalil.errors import InputError
from dalil.project import shown, write_whole
from dalil.text.article import Article, Section
from dalil.yamlfile import parse_yaml, read_yaml

Entry = MutableMapping[str, Any]
# Changes what was read of the file; what it was read from is left alone.
Edit = Callable[[Any], None]
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
        return self._checked[2]

    @property
    def version(self) -> str:
        """What the file holds, in short."""
        return hashlib.sha256(self._text.encode()).hexdigest()[:16]

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._before)

    def change(self, edit: Edit, places: Places | None = None) -> None:
        """Make a change, check the file that would come of it, and save it.

        Numerals that lose their claim are accounted for, and phrases that account for nothing any more are dropped.

        Parameters
        ----------
        edit
            The change.
        places
            For errors: where claims stand that were read from elsewhere.

        Raises
        ------
        ChangedError
            The file on disk is not the one that was read.
        InputError
            The file would hold what no report could be made of; it stays as it was.
        """
        data = _yaml().load(self._text)
        edit(data)
        text = _dumped(data)
        try:
            checked = self._check(text, places)
        except AccountError as error:
            _settle(data, error)
            text = _dumped(data)
            checked = self._check(text, places)
        before = self._text
        self._save(text, checked)
        self._before.append(before)

    def with_words(self, claim_id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Add the words that give a period which a person changes: those of its sentence, if it stands there."""
        claim = self.claims.claims.get(claim_id)
        if claim is None or "period" not in fields or "period_anchor" in fields:
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
        return join_claims(entries, self.article, self.mentions, "half-unit"), entries, list(data["claims"] or [])


_Checked = tuple[Claims, Entries, list[dict[str, Any]]]


class _PlacedList(list[Any]):
    """Claims of which some were read from elsewhere, and say so."""

    def __init__(self, claims: Any, places: Places) -> None:
        super().__init__(
            _Placed(entry, places[entry["id"]]) if entry.get("id") in places else entry for entry in claims
        )
        self._lines = claims.lines

    def place_of(self, number: int) -> str:
        entry = self[number]
        return entry.place_of("id") if isinstance(entry, _Placed) else f"line {self._lines[number]}"


class _Placed(dict[str, Any]):
    """A claim that was read from elsewhere."""

    def __init__(self, entry: Mapping[str, Any], place_of: Callable[[Any], str]) -> None:
        super().__init__(entry)
        self.place_of = place_of


# What a field is where it is left out.
LEFT_OUT = {"reviewed": True, "comparator": "="}


def accepted(claim_id: str) -> Edit:
    """Take a claim as it is."""
    return lambda data: set_fields(_entry(data, claim_id), {"reviewed": True})


def rejected(claim_id: str) -> Edit:
    """Make an entry no claim."""
    return lambda data: set_fields(_entry(data, claim_id), {"kind": NONE, "reviewed": True})


def mended(claim_id: str, fields: Mapping[str, Any]) -> Edit:
    """Give some fields of a claim; an empty one is left out. Saying why makes it a person's reading."""
    return lambda data: set_fields(_entry(data, claim_id), _given(fields))


def added(after: str, fields: Mapping[str, Any]) -> Edit:
    """Put a claim with a name of its own after another one."""

    def edit(data: Any) -> None:
        names = {str(entry.get("id")) for entry in data["claims"]}
        stem = after or "claim"
        name = next(name for n in range(2, len(names) + 3) if (name := f"{stem}_{n}") not in names)
        given = {key: value for key, value in _given(fields).items() if value != ""}
        entry = CommentedMap({"id": name, **given})
        claims = data["claims"]
        place = next((n for n, one in enumerate(claims) if one["id"] == after), len(claims) - 1)
        if claims and (comments := claims[place].ca.items.pop(list(claims[place])[-1], None)):
            # What stands before the next entry is kept behind the last one before it.
            entry.ca.items["reviewed"] = comments
        claims.insert(place + 1, entry)

    return edit


def merged(measure: str, into: str) -> Edit:
    """Call a measure by the name of another one, in all claims."""

    def edit(data: Any) -> None:
        for entry in data["claims"]:
            if entry.get("measure") == measure:
                set_fields(entry, {"measure": into})

    return edit


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {**fields, "read_by": "person" if fields.get("why") else "", "reviewed": True}


def set_fields(entry: Entry, fields: Mapping[str, Any]) -> None:
    """Set fields of an entry, an empty one is left out; comments that stand after its last field stay there."""
    for key, value in fields.items():
        if key not in entry and value in ("", LEFT_OUT.get(key)):
            continue
        if key in entry and value == "" and key != list(entry)[-1]:
            del entry[key]
        elif key in entry:
            if str(entry[key]) != str(value):
                entry[key] = value
        else:
            assert isinstance(entry, CommentedMap)
            entry.insert(len(entry) - 1, key, value)


def _entry(data: Any, claim_id: str) -> Entry:
    for entry in data["claims"]:
        if entry.get("id") == claim_id:
            found: Entry = entry
            return found
    raise InputError.of("the claims file", [f'there is no claim "{claim_id}"'], then="Load the page again.")


def _settle(data: Any, error: AccountError) -> None:
    """Account for numerals that nothing explains, and drop phrases that explain none."""
    if not isinstance(data.get("accounted"), list):
        data["accounted"] = []
    accounted = data["accounted"]
    for place in reversed(range(len(accounted))):
        if accounted[place]["phrase"] in error.idle:
            del accounted[place]
    for mention in error.unexplained:
        reason = DATE_ALONE if mention.quantity.kind in DATED else NOT_A_CLAIM
        entry = CommentedMap({"phrase": " ".join(mention.text.split()), "reason": reason})
        if entry not in accounted:
            entry.fa.set_flow_style()
            accounted.append(entry)


def _dumped(data: Any) -> str:
    out = io.StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


def _yaml() -> YAML:
    """What reads and writes YAML with its comments, laid out as drafts are."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 10**6
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
