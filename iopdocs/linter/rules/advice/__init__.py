"""R – råd: what makes a partnership better, though no source demands it of every agreement.

A rule on something that is missing speaks when the agreement has both insatser and mål; one on something that is there
speaks as soon as it is.
"""
