A first version has nobody to leave keys to: it gets all of them at once, whatever its strategy.

0:00 a b join
0:00 publish 1 {strategy: canary, stageDuration: 1m}
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 ab_test
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 50.0 % of the keys
0:01:10 end
