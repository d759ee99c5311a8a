"""Tables and facts in sentences: which case it is, with the numbers and names that fill it."""
