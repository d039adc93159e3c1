The first stage begins as soon as the fleet is prepared, at its percent and not at none.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:30 publish 2 {strategy: canary, stages: [10, 100], stageDuration: 5m}
  0:00:31 version 2: Preparing (ci: version 2)
  0:00:31 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:00:31 version 1 serves, version 2 10.0 % of the keys
0:00:35 end
