using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Watches for an epoch which units of an activation are never active: at every step it looks at those that it has not yet seen alive, and only
/// until it has, so that a healthy layer costs nothing.
/// </summary>
internal sealed class LifeSigns
{
    private readonly int[] _waiting;
    private readonly float[] _ones;
    private readonly float[] _slopes;
    private int _count;

    /// <summary>Watches the activation of a layer, which must be a function of single numbers.</summary>
    public LifeSigns(LayerMeasure measure)
    {
        Measure = measure;
        _waiting = new int[measure.GreatestSlopes.Length];
        _ones = new float[measure.Unit!.SlopePiece];
        _slopes = new float[_ones.Length];
        Array.Fill(_ones, 1f);
        Start();
    }

    /// <summary>What else is measured of the layer.</summary>
    public LayerMeasure Measure { get; }

    /// <summary>The share of units that have not been seen alive.</summary>
    public double Dead => (double)_count / _waiting.Length;

    /// <summary>Forgets whom it has seen.</summary>
    public void Start()
    {
        _count = _waiting.Length;
        for (int i = 0; i < _count; i++)
        {
            _waiting[i] = i;
        }
    }

    /// <summary>Looks at a batch when its outputs have just been computed.</summary>
    /// <param name="unit">The same activation, in the plan that computes the batch.</param>
    public void Look(ActivationUnit unit)
    {
        int channels = _waiting.Length;
        float[] greatest = Measure.GreatestSlopes;
        for (int piece = 0; piece < unit.SlopePieces && _count > 0; piece++)
        {
            ReadOnlySpan<float> slopes = unit.Slopes(piece, _ones, _slopes);
            for (; slopes.Length >= channels && _count > 0; slopes = slopes[channels..])
            {
                int waiting = 0;
                for (int i = 0; i < _count; i++)
                {
                    int channel = _waiting[i];
                    if (Math.Abs(slopes[channel]) <= SlopeMeasure.DeadShare * greatest[channel])
                    {
                        _waiting[waiting++] = channel;
                    }
                }

                _count = waiting;
            }
        }
    }
}
