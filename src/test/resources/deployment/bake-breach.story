Version 2 has all keys when it goes wrong, within its bake time: back to version 1. After the bake time nobody looks.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: blue_green, bake: 5m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> Active (sluice: the fleet is prepared)
  0:01:01 version 2 serves
0:04 version 2: 5 % errors
  0:04:02 version 2: Active -> RollingBack (sluice: 1.67 % of 3600 evaluations failed, more than 1.00 %)
  0:04:02 version 1 serves
  0:04:03 version 2: RollingBack -> RolledBack (sluice: every instance is back)
0:05 publish 3 {strategy: blue_green, bake: 1m}
  0:05:01 version 3: Preparing (ci: version 3)
  0:05:01 version 3: Preparing -> Active (sluice: the fleet is prepared)
  0:05:01 version 3 serves
0:07 version 3: 5 % errors
0:10 end
