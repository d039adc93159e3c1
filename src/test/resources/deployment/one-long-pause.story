A process stands still for three seconds, on all of its threads: noise.

0:00 a b c join
0:00 traffic 100
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stages: [5, 100], stageDuration: 2m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 5.0 % of the keys
0:02:30 a pauses for 3000 ms
  0:03:01 version 2: RollingOut -> Active (sluice: stage passed)
  0:03:01 version 2 serves
0:06 end
