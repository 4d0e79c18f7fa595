"""Names of people in a text: how they are written, where they stand, and who may be left in.

`words` parts a text, `spelling` and `forms` are how one person may be written, `place` is whether a
word stands as a name does, and `finding` puts them together; `left_in` points to what may be a name
of somebody the app does not know. The lists of words are data (`data/names.toml`) and come in as
`NameWords`.
"""
