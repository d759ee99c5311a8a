"""What cells call, and nothing else: the session of a notebook, the outline of the report."""
