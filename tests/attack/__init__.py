"""Attacks on the promises: nothing is lost, nothing gets in, nothing hangs.

`python -m tests.attack --seed N` tries each attack many times and prints one table of what was tried and what failed.
Each case follows from the seed and its number alone, so a failure is repeated by them. Start with `campaign.py`; each
attack is one module. Everything stays on this machine, in a temporary folder, and is bounded in count and in time.
"""
