Who takes over knows no figures of before: the test runs until its whole time was watched, twice its time at most.

0:00 a b c join
0:00 traffic 600
0:00 version 1: 0.5 % errors
0:00 version 2: 0.3 % errors
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: ab_test, duration: 10m, winner: error_rate}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 50.0 % of the keys
0:05 another decider takes over
  0:15:00 version 2: RollingOut -> Active (sluice: error rate: A 0.005000, B 0.003000)
  0:15:00 version 2 serves
0:16 end
