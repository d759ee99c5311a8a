"""What figures are drawn with: style, words, marks, and the writing of pictures."""
