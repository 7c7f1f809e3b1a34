"""The timeline of an answer: which periods have a bar, what each bar says and leads to, and where it is drawn.

A template gets finished values. Start with `timeline`; `slots` decides which years are drawn, `drawing` how high.
"""
