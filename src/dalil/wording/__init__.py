"""The words of a language: messages, amounts, dates and names. It knows numbers, not the article."""
