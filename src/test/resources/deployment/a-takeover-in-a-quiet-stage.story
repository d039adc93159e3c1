The stage's time is over when another decider takes over. It knows nothing, and watches for a while before it says so.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stages: [10, 100], stageDuration: 2m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 10.0 % of the keys
0:02:50 traffic 0
0:02:50 another decider takes over
0:04 traffic 600
  0:04:02 version 2: RollingOut -> Active (sluice: stage passed)
  0:04:02 version 2 serves
0:05 end
