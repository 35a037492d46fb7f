"""Preflight: finished PDFs, ours and others', judged by readers that had no part in making them."""
