"""The outputs: page, PDF, text, and what programs read."""
