From a certain load on, one in twenty evaluations of version 2 fails. It is at 25 % then, and taken back.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 publish 2 {strategy: canary, stageDuration: 1m}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:11 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:00:11 version 1 serves, version 2 5.0 % of the keys
  0:01:11 version 2: RollingOut -> RollingOut (sluice: stage passed)
  0:01:11 version 1 serves, version 2 10.0 % of the keys
  0:02:11 version 2: RollingOut -> RollingOut (sluice: stage passed)
  0:02:11 version 1 serves, version 2 25.0 % of the keys
0:02:30 version 2: 5 % errors
  0:02:32 version 2: RollingOut -> RollingBack (sluice: 0.49 % of the evaluations failed, over 2.0 times the stable version's 0.00 %)
  0:02:32 version 1 serves
  0:02:33 version 2: RollingBack -> RolledBack (sluice: every instance is back)
0:04 anna: rollback
  refused: No previous version to rollback to: version 2 of payments is RolledBack already, version 1 serves all keys, and no other was active before it; publish a corrected version, or activate one
0:04:10 anna: rollback 2
  refused: Version not found: version 2 of payments was not active before; those that were: 1; activate deploys any version
0:05 publish 3 blue_green
  0:05:01 version 3: Preparing (ci: version 3)
  0:05:01 version 3: Preparing -> Active (sluice: the fleet is prepared)
  0:05:01 version 3 serves
0:05:10 end
