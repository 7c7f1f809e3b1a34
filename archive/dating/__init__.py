"""Publication dates: parsing Indonesian dates and inferring the date of an article from evidence.

This wing parses dates as Indonesian outlets write them and decides which date in a text is the publication date. It
hands out an `ArticleDate` with its precision, its basis and the words quoted as evidence. Start with
`publication_date`.
"""
