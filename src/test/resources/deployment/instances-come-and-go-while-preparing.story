Who joins counts, who lags is waited for, who leaves counts no more.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 b lags
0:01 publish 2 {deadline: 1m}
  0:01:01 version 2: Preparing (ci: version 2)
0:01:10 d joins
0:01:10 d lags
0:01:20 b compiles
0:01:30 c leaves
0:01:40 d leaves
  0:01:41 version 2: Preparing -> Active (sluice: the fleet is prepared)
  0:01:41 version 2 serves
0:02 end
