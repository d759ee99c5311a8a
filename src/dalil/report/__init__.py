"""Facts, words, pictures, pages, and the run that makes them."""
