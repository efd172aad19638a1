namespace Hillock.Data;

/// <summary>Mean and standard deviation of numbers that come one after the other (Welford 1962).</summary>
internal struct RunningMoments
{
    private double _squares;
    private double _least;
    private double _greatest;

    /// <summary>How many numbers there were.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; 0 where there are none.</summary>
    public double Mean { get; private set; }

    /// <summary>The standard deviation of all of them; exactly 0 if and only if they are all the same.</summary>
    public readonly double Deviation => Count == 0 || _least == _greatest ? 0 : Math.Max(Math.Sqrt(_squares / Count), double.Epsilon);

    /// <summary>Adds a number.</summary>
    public void Add(double value)
    {
        _least = Count == 0 ? value : Math.Min(_least, value);
        _greatest = Count == 0 ? value : Math.Max(_greatest, value);
        Count++;
        double apart = value - Mean;
        Mean = _least == _greatest ? _least : Mean + (apart / Count);
        _squares += apart * (value - Mean);
    }
}
