From the active version straight to an older one.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> Active (sluice: the fleet is prepared)
  0:01:01 version 2 serves
0:02 publish 3
  0:02:01 version 3: Preparing (ci: version 3)
  0:02:01 version 3: Preparing -> Active (sluice: the fleet is prepared)
  0:02:01 version 3 serves
0:03 anna: rollback 1
  0:03:00 version 3: Active -> RollingBack (anna: rolled back by anna)
  0:03:00 version 1 serves
  accepted: RollingBack
  0:03:01 version 3: RollingBack -> RolledBack (sluice: every instance is back)
0:04 publish 4
  0:04:01 version 4: Preparing (ci: version 4)
  0:04:01 version 4: Preparing -> Active (sluice: the fleet is prepared)
  0:04:01 version 4 serves
0:05 anna: rollback
  0:05:00 version 4: Active -> RollingBack (anna: rolled back by anna)
  0:05:00 version 1 serves
  accepted: RollingBack
  0:05:01 version 4: RollingBack -> RolledBack (sluice: every instance is back)
0:06 end
