An A/B test with next to no events has no winner.

0:00 a b c join
0:00 traffic 0.1
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: ab_test, duration: 10m, winner: error_rate}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 50.0 % of the keys
  0:11:01 version 2: RollingOut -> Paused (sluice: the test is over with 30 and 27 evaluations, of 100 to judge by: promote the version, or abort it)
0:20 anna: abort
  0:20:00 version 2: Paused -> RollingBack (anna: aborted by anna)
  0:20:00 version 1 serves
  accepted: RollingBack
  0:20:01 version 2: RollingBack -> RolledBack (sluice: every instance is back)
0:20:10 end
