"""Writers: a Scene as a PDF file, or as text for tests. The one room that knows ReportLab."""
