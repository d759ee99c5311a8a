"""What a reviewer may do to a claims file: each edit changes what was read of it, its comments with it."""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from ruamel.yaml.comments import CommentedMap

from dalil.claims.claims import AccountError
from dalil.claims.draft import DATE_ALONE
from dalil.claims.entries import NONE, NOT_A_CLAIM
from dalil.claims.mentions import DATED
from dalil.errors import InputError

Entry = MutableMapping[str, Any]
# Changes what was read of a file.
Edit = Callable[[Any], None]
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


def settle(data: Any, error: AccountError) -> None:
    """Account for numerals that nothing explains, and drop phrases that explain none."""
    if not data.get("accounted"):
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
