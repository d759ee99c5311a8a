"""What the claims imply: pure functions of numbers, no file and no table needed."""
