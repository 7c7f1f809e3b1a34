"""Quality: how well Kliping handles Indonesian news, measured against judged data and guarded by floors.

The application imports nothing from here. Each measure is a module with a function `measure(data) -> Figures`. It takes
a folder laid out like the shared data and returns a tree of numbers. `floors` records the figures reached so far.

    stemming    whether inflected forms get the stem of their root
    retrieval   how high the passage ranks that answers a question
    copies      which planted copies become one story
    families    whether a word searches the forms that mean the same, and leaves out those that do not
    capitals    whether words typed in all caps are read as they are meant
    dating      how often a hidden date is found from the text alone
"""
