What is under way goes on: who joins compiles what serves before it takes any event.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 publish 2 {strategy: canary, stages: [50, 100], stageDuration: 1m, bake: 0s}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:11 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:00:11 version 1 serves, version 2 50.0 % of the keys
0:00:20 d joins
0:00:30 b freezes
0:00:40 a leaves
0:00:50 e joins
0:00:50 e lags
  0:01:11 version 2: RollingOut -> Active (sluice: stage passed)
  0:01:11 version 2 serves
0:02 end
