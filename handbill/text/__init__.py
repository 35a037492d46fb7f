"""The text engine: spans of text in, set paragraphs out (`handbill.text.paragraph`)."""
