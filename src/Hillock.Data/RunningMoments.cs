namespace Hillock.Data;

/// <summary>
/// Mean and standard deviation of numbers that come one after the other. The sums are compensated (Neumaier 1974), and the squares are those of distances from
/// the first number, so that neither many numbers nor a mean far from 0 costs digits.
/// </summary>
internal struct RunningMoments
{
    private CompensatedSum _sum;
    private CompensatedSum _distances;
    private CompensatedSum _squares;
    private double _first;
    private double _least;
    private double _greatest;

    /// <summary>How many numbers there were.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; 0 where there are none.</summary>
    public readonly double Mean => Count == 0 || _least == _greatest ? _least : _sum.Value / Count;

    /// <summary>The standard deviation of all of them; exactly 0 if and only if they are all the same.</summary>
    public readonly double Deviation
    {
        get
        {
            if (Count == 0 || _least == _greatest)
            {
                return 0;
            }

            double distance = _distances.Value / Count;
            return Math.Max(double.Epsilon, Math.Sqrt(Math.Max(0, (_squares.Value / Count) - (distance * distance))));
        }
    }

    /// <summary>Adds a number.</summary>
    public void Add(double value)
    {
        if (Count++ == 0)
        {
            _first = _least = _greatest = value;
        }

        _least = Math.Min(_least, value);
        _greatest = Math.Max(_greatest, value);
        double distance = value - _first;
        _sum.Add(value);
        _distances.Add(distance);
        _squares.Add(distance * distance);
    }

    private struct CompensatedSum
    {
        private double _sum;
        private double _lost;

        public readonly double Value => _sum + _lost;

        public void Add(double value)
        {
            double sum = _sum + value;
            _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
            _sum = sum;
        }
    }
}
