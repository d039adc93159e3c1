A canary that a person moves on, when the stage's time is over and the version is well.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stages: [10, 50, 100], stageDuration: 2m, advance: manual, health: {onBreach: pause}}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 10.0 % of the keys
0:02 anna: advance
  refused: Stage time not over: the stage of 10 % of version 2 of payments goes on for 1m1s; wait, or promote gives it all keys
0:05 anna: advance
  0:05:00 version 2: RollingOut -> RollingOut (anna: advanced by anna)
  0:05:00 version 1 serves, version 2 50.0 % of the keys
  accepted: RollingOut
0:08 version 2: 3 % errors
  0:08:03 version 2: RollingOut -> Paused (sluice: 0.15 % of the evaluations failed, over 2.0 times the stable version's 0.00 %)
0:09 anna: advance
  refused: Not allowed now: version 2 of payments is Paused, and advance needs RollingOut; resume, promote, abort or roll it back
0:10 version 2: 0 % errors
0:10 anna: resume
  0:10:00 version 2: Paused -> RollingOut (anna: resumed by anna)
  accepted: RollingOut
0:12:30 anna: advance
  0:12:30 version 2: RollingOut -> Active (anna: advanced by anna)
  0:12:30 version 2 serves
  accepted: Active
0:13 end
