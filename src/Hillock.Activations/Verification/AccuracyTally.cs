namespace Hillock.Activations.Verification;

/// <summary>Collects errors; tallies of several workers add up to the same total in any order.</summary>
internal sealed class AccuracyTally
{
    public Side Value { get; } = new();

    public Side Slope { get; } = new();

    public long Count { get; set; }

    public void Add(AccuracyTally other)
    {
        Count += other.Count;
        Value.Add(other.Value);
        Slope.Add(other.Slope);
    }

    public AccuracyResult ToResult(string name) => new(name, Count, Value.ToSummary(Count), Slope.ToSummary(Count));

    internal sealed class Side
    {
        public double WorstUlp { get; private set; }

        public float WorstAt { get; private set; }

        public double WorstOfSummand { get; set; }

        public long Rounded { get; set; }

        public long Violations { get; private set; }

        public float FirstViolation { get; private set; } = float.NaN;

        public void Error(double ulp, float at)
        {
            if (ulp > WorstUlp || (ulp == WorstUlp && Comes(at, WorstAt)))
            {
                WorstUlp = ulp;
                WorstAt = at;
            }
        }

        public void Violation(float at)
        {
            if (Violations++ == 0 || Comes(at, FirstViolation))
            {
                FirstViolation = at;
            }
        }

        public void Add(Side other)
        {
            Error(other.WorstUlp, other.WorstAt);
            WorstOfSummand = Math.Max(WorstOfSummand, other.WorstOfSummand);
            Rounded += other.Rounded;
            if (other.Violations > 0)
            {
                FirstViolation = Violations == 0 || Comes(other.FirstViolation, FirstViolation) ? other.FirstViolation : FirstViolation;
                Violations += other.Violations;
            }
        }

        public AccuracySummary ToSummary(long count) =>
            new(WorstUlp, WorstAt, (double)Rounded / count, WorstOfSummand, Violations, FirstViolation);

        // Any fixed order of floats makes the result independent of the order of the work.
        private static bool Comes(float first, float second) =>
            BitConverter.SingleToUInt32Bits(first) < BitConverter.SingleToUInt32Bits(second);
    }
}
