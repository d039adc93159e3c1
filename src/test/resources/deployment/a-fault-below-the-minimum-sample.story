Half of the evaluations of version 2 fail, but of the 100 to judge by there are never more than 30: no verdict, and so no
rollback.

0:00 a b c join
0:00 traffic 5
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 version 2: 50 % errors, 50 % timeouts
0:01 publish 2 {strategy: canary, stages: [10, 100], stageDuration: 5m, health: {timeouts: 5}}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 10.0 % of the keys
  0:06:01 version 2: RollingOut -> RollingOut (sluice: stage extended: 30 evaluations, of 100 to judge by)
  0:11:01 version 2: RollingOut -> Paused (sluice: 30 evaluations, of 100 to judge by)
0:15 end
