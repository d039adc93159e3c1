The version that takes less time on average wins.

0:00 a b c join
0:00 traffic 600
0:00 version 2: 150 us
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: ab_test, duration: 10m, winner: latency}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 50.0 % of the keys
  0:11:01 version 2: RollingOut -> Active (sluice: average latency in us: A 200.0, B 150.0)
  0:11:01 version 2 serves
0:15 end
