"""Many at once: an analysis with many sets of parameters, a library of articles; here or on a cluster."""
