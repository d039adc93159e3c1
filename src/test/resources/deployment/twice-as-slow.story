Version 2 takes twice the time of version 1, and far less than the absolute limit of 10 ms.

0:00 a b c join
0:00 traffic 600
0:00 version 1: 400 us
0:00 version 2: 800 us
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stageDuration: 2m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 5.0 % of the keys
  0:01:06 version 2: RollingOut -> RollingBack (sluice: an evaluation takes 800.0 us on average, over 1.5 times the stable version's 400.0 us)
  0:01:06 version 1 serves
  0:01:07 version 2: RollingBack -> RolledBack (sluice: every instance is back)
0:05 end
