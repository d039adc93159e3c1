Who looks on may want a pause instead of a rollback.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 publish 2 {strategy: canary, stageDuration: 1m, health: {onBreach: pause}}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:11 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:00:11 version 1 serves, version 2 5.0 % of the keys
  0:01:11 version 2: RollingOut -> RollingOut (sluice: stage passed)
  0:01:11 version 1 serves, version 2 10.0 % of the keys
0:01:30 version 2: 5 % errors
  0:01:32 version 2: RollingOut -> Paused (sluice: 0.49 % of the evaluations failed, over 2.0 times the stable version's 0.00 %)
0:03 version 2: 0 % errors
0:03 anna: resume (a bad partner was switched off)
  0:03:00 version 2: Paused -> RollingOut (anna: a bad partner was switched off)
  accepted: RollingOut
  0:04:00 version 2: RollingOut -> RollingOut (sluice: stage passed)
  0:04:00 version 1 serves, version 2 25.0 % of the keys
0:04 anna: abort (no more)
  0:04:00 version 2: RollingOut -> RollingBack (anna: no more)
  0:04:00 version 1 serves
  accepted: RollingBack
  0:04:01 version 2: RollingBack -> RolledBack (sluice: every instance is back)
0:04:10 end
