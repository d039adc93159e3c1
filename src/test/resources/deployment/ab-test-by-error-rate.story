Two versions side by side; the one with fewer errors gets all keys when the time is over.

0:00 a b c join
0:00 traffic 600
0:00 version 1: 0.5 % errors
0:00 version 2: 0.2 % errors
0:00 version 3: 0.6 % errors
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: ab_test, ratio: 0.8, duration: 10m, winner: error_rate}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 20.0 % of the keys
  0:11:01 version 2: RollingOut -> Active (sluice: error rate: A 0.004998, B 0.002003)
  0:11:01 version 2 serves
0:15 publish 3 {strategy: ab_test, duration: 10m, winner: error_rate}
  0:15:01 version 3: Preparing (ci: version 3)
  0:15:01 version 3: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:15:01 version 2 serves, version 3 50.0 % of the keys
  0:25:01 version 3: RollingOut -> RollingBack (sluice: error rate: A 0.002007, B 0.005999)
  0:25:01 version 2 serves
  0:25:02 version 3: RollingBack -> RolledBack (sluice: every instance is back)
0:30 end
