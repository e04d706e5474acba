// Each test has a town of its own, with a silo in it: two at a time are enough for two cores.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]
