A canary goes out in stages, each watched for a minute, to the end. Its bake time passes, too.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stageDuration: 1m, bake: 1m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 5.0 % of the keys
  0:02:01 version 2: RollingOut -> RollingOut (sluice: stage passed)
  0:02:01 version 1 serves, version 2 10.0 % of the keys
  0:03:01 version 2: RollingOut -> RollingOut (sluice: stage passed)
  0:03:01 version 1 serves, version 2 25.0 % of the keys
  0:04:01 version 2: RollingOut -> RollingOut (sluice: stage passed)
  0:04:01 version 1 serves, version 2 50.0 % of the keys
  0:05:01 version 2: RollingOut -> Active (sluice: stage passed)
  0:05:01 version 2 serves
0:07 end
