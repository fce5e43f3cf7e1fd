"""Imports: files read by hubcli.importing, matched against what is there, and written as one change set."""
