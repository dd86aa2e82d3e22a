"""What drives real mail servers in the tests: private Postfix and Sendmail, a recording sink,
a sender, a raw milter client, the daemon under test, and the ledger that adds it all up.

Python 3.11, standard library only. Everything lives in one temporary folder per run, listens
on loopback on ports of its own, and is gone when the run ends. See README.md beside this file.
"""
