"""Numbers to claims: what each one asserts, how precisely, and that none is left unexplained."""
