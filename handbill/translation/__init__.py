"""The translators' desk: the verbs of ``make_pdfs.py translations`` and what they hand out and take in."""
