"""The exact permutation test against SciPy's, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import permutation_test, ttest_ind

from alexnet.studies import ladder
from alexnet.studies.permutation import exact_p, least_p
from alexnet.studies.points import pair, results


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("sizes", [(3, 3), (5, 5), (2, 4)])
def test_it_is_scipys(seed, sizes):
    generator = np.random.default_rng(seed)
    first, second = (generator.normal(size=size).tolist() for size in sizes)
    theirs = permutation_test(
        (first, second), lambda a, b: abs(np.mean(a) - np.mean(b)), alternative="greater", n_resamples=np.inf
    )
    assert exact_p(first, second) == pytest.approx(theirs.pvalue)


def test_three_seeds_that_all_beat_three_others_do_so_by_chance_in_one_case_of_ten():
    assert exact_p([4.0, 5.0, 6.0], [1.0, 2.0, 3.0]) == least_p(3, 3) == pytest.approx(0.1)
    assert exact_p([1.0], [2.0]) == least_p(1, 1) == 1


def test_the_first_fix_of_the_ladder_is_as_clear_as_three_seeds_can_be_and_no_clearer():
    below, here = pair(ladder.NOTE, ladder.RATE, results("ladder"))
    assert exact_p(below.accuracies, here.accuracies) == pytest.approx(0.1)
    # Welch's test, which takes the one training that never learned for a large spread, gives twice that.
    assert ttest_ind(below.accuracies, here.accuracies, equal_var=False).pvalue == pytest.approx(
        0.2, abs=0.01
    )
