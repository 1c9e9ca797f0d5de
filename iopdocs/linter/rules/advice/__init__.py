"""R – råd: advice that makes a partnership better, although no source requires it of every agreement.

A rule about something missing reports only when the agreement has both insatser and mål; a rule about something
present reports as soon as it is present.
"""
