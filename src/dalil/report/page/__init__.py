"""What stands on the page: tables, the annotated article, the panel."""
