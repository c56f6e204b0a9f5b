# The component "sample".

sample-support = Support
sample-take-back = Take my support back
sample-count =
    { $n ->
        [0] Nobody supports this yet.
        [one] One person supports this.
       *[other] { $n } people support this.
    }
sample-closed = This is not open now: nobody can support it or take their support back.
sample-supported = Your support is recorded.
sample-taken-back = Your support is taken back.
sample-see = See
