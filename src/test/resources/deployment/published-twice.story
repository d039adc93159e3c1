Version 3 takes the place of version 2: its keys go back to version 1 at once.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 publish 2 {strategy: canary, stageDuration: 5m}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:11 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:00:11 version 1 serves, version 2 5.0 % of the keys
0:00:30 publish 3 {strategy: canary, stageDuration: 5m}
  0:00:31 version 2: RollingOut -> Superseded (ci: by version 3)
  0:00:31 version 3: Preparing (ci: version 3)
  0:00:31 version 3: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:00:31 version 1 serves, version 3 5.0 % of the keys
0:00:40 anna: activate 2 (version 3 was a mistake)
  0:00:40 version 3: RollingOut -> Superseded (anna: by version 2)
  0:00:40 version 2: Preparing (anna: version 3 was a mistake)
  0:00:40 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:00:40 version 1 serves, version 2 5.0 % of the keys
  accepted: RollingOut
0:00:50 publish 4 {strategy: canary, stageDuration: 5m, deadline: 10s}
0:00:50 publish 5
  0:00:51 version 2: RollingOut -> Superseded (ci: by version 5)
  0:00:51 version 5: Preparing (ci: version 5)
  0:00:51 version 5: Preparing -> Active (sluice: the fleet is prepared)
  0:00:51 version 5 serves
0:02 end
