"""Names of people in a text: how they are written, where they stand, and who may be left in.

`words` parts a text, `forms` is how one person may be written, `finding` puts the two together and
`left_in` points to what may be a name of somebody the app does not know. The lists of words are
data (`data/names.toml`) and come in as `NameWords`.
"""
