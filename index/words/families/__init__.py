"""Word families: which forms of a root mean the same thing, and which are far relatives with a life of their own.

*Perintah* (an order) and *memerintahkan* (to order) are near, *pemerintah* (the government) is far from the first. A
bare word searches its near forms. What is near was learned once from news (`learn`) and reviewed by hand
(`reviewed.txt`). It is never learned from the archive that is searched. Start with `relations`, then `lexemes`.
"""
