Nothing can be said of two events a second: the stage is given its time once more, then somebody has to look.

0:00 a b c join
0:00 traffic 2
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stages: [10, 100], stageDuration: 5m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 10.0 % of the keys
  0:06:01 version 2: RollingOut -> RollingOut (sluice: stage extended: 12 evaluations, of 100 to judge by)
  0:11:01 version 2: RollingOut -> Paused (sluice: 12 evaluations, of 100 to judge by)
0:20 anna: resume
  0:20:00 version 2: Paused -> RollingOut (anna: resumed by anna)
  accepted: RollingOut
  0:25:00 version 2: RollingOut -> RollingOut (sluice: stage extended: 12 evaluations, of 100 to judge by)
  0:30:00 version 2: RollingOut -> Paused (sluice: 12 evaluations, of 100 to judge by)
0:35 anna: promote
  0:35:00 version 2: Paused -> Active (anna: promoted by anna)
  0:35:00 version 2 serves
  accepted: Active
0:36 end
