"""The pages as a browser shows them: run by ``make test-browser``, not by ``make test``."""
