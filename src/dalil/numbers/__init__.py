"""Pure arithmetic: intervals, periods, growth and projection; it knows no file, no claim and no table."""
