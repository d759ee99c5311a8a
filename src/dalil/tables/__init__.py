"""What stands on disk: the schema, rows and facts."""
