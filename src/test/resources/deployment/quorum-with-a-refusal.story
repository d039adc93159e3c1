Four of five are 80 %: enough. Three are not.

0:00 a b c d e join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 b refuses 2: no field `amnt`
0:01 publish 2 {activation: 80%}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> Active (sluice: the fleet is prepared)
  0:01:01 version 2 serves
0:02 b refuses 3: no field `amnt`
0:02 c refuses 3: out of memory
0:02 publish 3 {activation: 80%}
  0:02:01 version 3: Preparing (ci: version 3)
  0:02:01 version 3: Preparing -> Failed (sluice: b refused it: no field `amnt`; c refused it: out of memory)
0:03 end
