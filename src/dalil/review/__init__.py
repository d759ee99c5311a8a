"""Review of drafted claims by a person: on a page of this machine, or in a spreadsheet."""
