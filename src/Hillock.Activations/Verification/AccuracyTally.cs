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

    internal sealed class Side
    {
        public double WorstUlp { get; private set; }

        public double WorstAt { get; private set; }

        public double WorstOfSummand { get; private set; }

        public long Rounded { get; set; }

        public long Violations { get; private set; }

        public double FirstViolation { get; private set; } = double.NaN;

        public void Error(double ulp, double at)
        {
            if (ulp > WorstUlp || (ulp == WorstUlp && Comes(at, WorstAt)))
            {
                WorstUlp = ulp;
                WorstAt = at;
            }
        }

        public void Summand(double share) => WorstOfSummand = Math.Max(WorstOfSummand, share);

        public void Violation(double at)
        {
            if (Violations++ == 0 || Comes(at, FirstViolation))
            {
                FirstViolation = at;
            }
        }

        public void Add(Side other)
        {
            Error(other.WorstUlp, other.WorstAt);
            Summand(other.WorstOfSummand);
            Rounded += other.Rounded;
            if (other.Violations > 0)
            {
                FirstViolation = Violations == 0 || Comes(other.FirstViolation, FirstViolation) ? other.FirstViolation : FirstViolation;
                Violations += other.Violations;
            }
        }

        public AccuracySummary ToSummary(long count) =>
            new(WorstUlp, WorstAt, (double)Rounded / count, WorstOfSummand, Violations, FirstViolation);

        // Any fixed order of numbers makes the result independent of the order of the work.
        private static bool Comes(double first, double second) =>
            BitConverter.DoubleToUInt64Bits(first) < BitConverter.DoubleToUInt64Bits(second);
    }
}
