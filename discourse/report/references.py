"""What the methods of a report cite, in full."""

from __future__ import annotations

# Sorted by the names as they are cited, each with its year.
REFERENCES = (
    "Benjamini, Y., and Hochberg, Y. (1995). Controlling the false discovery rate: a practical and powerful approach "
    "to multiple testing. Journal of the Royal Statistical Society B 57(1), 289–300.",
    "Church, K. W., and Hanks, P. (1990). Word association norms, mutual information, and lexicography. Computational "
    "Linguistics 16(1), 22–29.",
    "Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics "
    "19(1), 61–74.",
    "Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 437–442.",
    "Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus "
    "Linguistics 13(4), 403–437.",
    "Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science, "
    "Lancaster University.",
    "Katz, D., Baptista, J., Azen, S. P., and Pike, M. C. (1978). Obtaining confidence intervals for the risk ratio in "
    "cohort studies. Biometrics 34(3), 469–474.",
    "Lijffijt, J., and Gries, S. Th. (2012). Correction to Stefan Th. Gries’ “Dispersions and adjusted frequencies in "
    "corpora”. International Journal of Corpus Linguistics 17(1), 147–149.",
    "Monroe, B. L., Colaresi, M. P., and Quinn, K. M. (2008). Fightin’ words: lexical feature selection and evaluation "
    "for identifying the content of political conflict. Political Analysis 16(4), 372–403.",
    "Rychlý, P. (2008). A lexicographer-friendly association score. Proceedings of Recent Advances in Slavonic Natural "
    "Language Processing, RASLAN 2008, 6–9.",
    "Simonsohn, U., Simmons, J. P., and Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour 4, "
    "1208–1214.",
    "Steegen, S., Tuerlinckx, F., Gelman, A., and Vanpaemel, W. (2016). Increasing transparency through a multiverse "
    "analysis. Perspectives on Psychological Science 11(5), 702–712.",
    "Welch, B. L. (1947). The generalization of “Student’s” problem when several different population variances are "
    "involved. Biometrika 34(1/2), 28–35.",
    "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the "
    "American Statistical Association 22(158), 209–212.",
)
