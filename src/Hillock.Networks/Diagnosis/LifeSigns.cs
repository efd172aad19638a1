using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Watches for an epoch which units of an activation are never active: at every step it looks at those that it has not yet seen alive, and only
/// until it has, so that a healthy layer costs nothing.
/// </summary>
internal sealed class LifeSigns
{
    /// <summary>From which part of the units on gathering the inputs of those that are waited for costs less than the slopes of all.</summary>
    private const int Few = 4;

    private readonly int[] _waiting;
    private readonly float[] _ones;
    private readonly float[] _slopes;
    private readonly float[] _values;
    private int _count;

    /// <summary>Watches the activation of a layer, which must be a function of single numbers.</summary>
    public LifeSigns(LayerMeasure measure)
    {
        Measure = measure;
        _waiting = new int[measure.GreatestSlopes.Length];
        _ones = new float[measure.Unit!.SlopePiece];
        _slopes = new float[_ones.Length];
        _values = new float[_ones.Length];
        Array.Fill(_ones, 1f);
        Start();
    }

    /// <summary>What else is measured of the layer.</summary>
    public LayerMeasure Measure { get; }

    /// <summary>The share of units that have not been seen alive.</summary>
    public double Dead => (double)_count / _waiting.Length;

    /// <summary>How many slopes it has computed since it began.</summary>
    public long SlopesComputed { get; private set; }

    /// <summary>Forgets whom it has seen.</summary>
    public void Start()
    {
        _count = _waiting.Length;
        SlopesComputed = 0;
        for (int i = 0; i < _count; i++)
        {
            _waiting[i] = i;
        }
    }

    /// <summary>Looks at a batch when its outputs have just been computed.</summary>
    /// <param name="unit">The same activation, in the plan that computes the batch.</param>
    public void Look(ActivationUnit unit)
    {
        for (int piece = 0; piece < unit.SlopePieces && _count > 0; piece++)
        {
            // Of a few units only their own slopes are computed.
            if (unit.SharesParameters && Few * _count <= _waiting.Length)
            {
                LookAtFew(unit.SlopesOf(piece, _waiting.AsSpan(0, _count), _ones, _values, _slopes));
            }
            else
            {
                ReadOnlySpan<float> slopes = unit.Slopes(piece, _ones, _slopes);
                SlopesComputed += slopes.Length;
                int from = 0;
                while (_count > 0 && unit.NextReal(piece, ref from, out int first, out int count))
                {
                    LookAtAll(slopes.Slice(first * _waiting.Length, count * _waiting.Length));
                }
            }
        }
    }

    /// <summary>Looks at the slopes of all units, position by position, until none is waited for.</summary>
    private void LookAtAll(ReadOnlySpan<float> slopes)
    {
        for (; slopes.Length >= _waiting.Length && _count > 0; slopes = slopes[_waiting.Length..])
        {
            int waiting = 0;
            for (int i = 0; i < _count; i++)
            {
                if (!IsAlive(_waiting[i], slopes[_waiting[i]]))
                {
                    _waiting[waiting++] = _waiting[i];
                }
            }

            _count = waiting;
        }
    }

    /// <summary>Looks at the slopes of those that are waited for.</summary>
    private void LookAtFew(ReadOnlySpan<float> slopes)
    {
        SlopesComputed += slopes.Length;
        int waiting = 0;
        for (int i = 0; i < _count; i++)
        {
            int at = i;
            while (at < slopes.Length && !IsAlive(_waiting[i], slopes[at]))
            {
                at += _count;
            }

            if (at >= slopes.Length)
            {
                _waiting[waiting++] = _waiting[i];
            }
        }

        _count = waiting;
    }

    private bool IsAlive(int channel, float slope) => !(Math.Abs(slope) <= SlopeMeasure.DeadShare * Measure.GreatestSlopes[channel]);
}
