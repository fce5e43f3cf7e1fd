"""Typed values: how money, phones, dates, names and words are read from text and shown again.

Import the submodules (`from hubcli.values import money, phones, dates, text, words`); each loads only light parts of
the standard library, so that none costs start-up time.
"""
