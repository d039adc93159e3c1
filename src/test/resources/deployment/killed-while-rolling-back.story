An instance freezes while a version is taken back: it is not waited for, and named.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stageDuration: 5m, deadline: 10s}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 5.0 % of the keys
0:02 c freezes
0:02:01 anna: abort
  0:02:01 version 2: RollingOut -> RollingBack (anna: aborted by anna)
  0:02:01 version 1 serves
  accepted: RollingBack
0:02:02 another decider takes over
  0:02:07 version 2: RollingBack -> RolledBack (sluice: every instance is back that is heard of; silent: c)
0:03 c thaws
0:03:10 end
