"""The record: figures of statistics offices and of the press, each with its origin, and how they are kept up."""
