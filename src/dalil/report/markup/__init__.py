"""HTML, fonts and vector graphics, as every output shares them."""
