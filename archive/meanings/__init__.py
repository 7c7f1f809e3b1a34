"""Which words mean the same: short forms and spelling variants.

This wing learns short forms from texts such as "Amerika Serikat (AS)" and knows old and variant spellings. It hands out
`ShortForms`, which look a word up in both directions. Start with `short_forms`.
"""
