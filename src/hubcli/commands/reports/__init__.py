"""hub report: one module for each group of reports."""
