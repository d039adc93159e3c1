Both versions are slow; none is to blame.

0:00 a b c join
0:00 traffic 600
0:00 version 1: 5000 us
0:00 version 2: 5200 us
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stages: [10, 100], stageDuration: 2m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 10.0 % of the keys
  0:03:01 version 2: RollingOut -> Active (sluice: stage passed)
  0:03:01 version 2 serves
0:05 end
