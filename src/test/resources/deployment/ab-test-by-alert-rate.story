More alerts an evaluation win; equal ones do not.

0:00 a b c join
0:00 traffic 600
0:00 version 1: 1 % alerts
0:00 version 2: 2 % alerts
0:00 version 3: 2 % alerts
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: ab_test, duration: 10m, winner: alert_rate}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 50.0 % of the keys
  0:11:01 version 2: RollingOut -> Active (sluice: alert rate: A 0.01000, B 0.02000)
  0:11:01 version 2 serves
0:15 publish 3 {strategy: ab_test, duration: 10m, winner: alert_rate}
  0:15:01 version 3: Preparing (ci: version 3)
  0:15:01 version 3: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:15:01 version 2 serves, version 3 50.0 % of the keys
  0:25:01 version 3: RollingOut -> RollingBack (sluice: alert rate: A 0.02000, B 0.02000)
  0:25:01 version 2 serves
  0:25:02 version 3: RollingBack -> RolledBack (sluice: every instance is back)
0:30 end
