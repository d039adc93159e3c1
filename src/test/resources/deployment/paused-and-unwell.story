A version that stands still is watched, too.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stageDuration: 2m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 5.0 % of the keys
0:02 anna: pause
  0:02:00 version 2: RollingOut -> Paused (anna: paused by anna)
  accepted: Paused
0:30 version 2: 5 % errors
  0:30:02 version 2: Paused -> RollingBack (sluice: 0.17 % of the evaluations failed, over 2.0 times the stable version's 0.00 %)
  0:30:02 version 1 serves
  0:30:03 version 2: RollingBack -> RolledBack (sluice: every instance is back)
0:31 end
