"""Words that mean the same: short forms and spelling variants.

This wing learns short forms from definitions such as "Amerika Serikat (AS)" and knows old and variant spellings. It
hands out `ShortForms`, which looks up names by short form and short forms by name. Start with `short_forms`.
"""
