import sys; sys.path.insert(0,"/work/main/tests")
from conftest import *
import pytest
import test_report_receivables as t
@pytest.mark.parametrize("seed", range(10,18))
def test_seed(hub, seed):
    t.test_whatever_happened_every_period_adds_up(hub, seed)
