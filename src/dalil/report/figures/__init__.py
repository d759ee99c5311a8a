"""Pictures of tables and facts."""
