"""Quality: how well Kliping understands Indonesian news, measured against judged data and held by floors.

Nothing here is imported by the application. Each measure is a module with one function, `measure(data) -> Figures`: it
is given a folder laid out like the shared data and answers with a tree of numbers. `floors` remembers what was reached.

    stemming    which inflected forms meet their roots
    retrieval   how high the passage stands that answers a question
    copies      which planted copies become one story
    dating      how often a hidden date is found from the text alone
"""
