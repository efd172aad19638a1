using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Collects the slopes of one activation of single numbers: which units are dead, saturated, or do not vary.</summary>
internal sealed class SlopeMeasure
{
    /// <summary>A unit is dead on a sample where its slope is at most this share of the greatest slope.</summary>
    public const float DeadShare = 1e-4f;

    /// <summary>A unit is saturated on a sample where its slope is at most this share of the greatest slope.</summary>
    public const float SaturatedShare = 0.05f;

    private readonly float[] _greatest;
    private readonly float[] _least;
    private readonly float[] _most;
    private readonly long[] _saturated;
    private readonly long[] _active;
    private long _positions;

    /// <summary>Makes the measure for channels with the greatest slopes that the activation has anywhere.</summary>
    public SlopeMeasure(float[] greatest)
    {
        _greatest = greatest;
        _least = new float[greatest.Length];
        _most = new float[greatest.Length];
        _saturated = new long[greatest.Length];
        _active = new long[greatest.Length];
        Clear();
    }

    /// <summary>Forgets everything but the greatest slopes.</summary>
    public void Clear()
    {
        Array.Fill(_least, float.PositiveInfinity);
        Array.Clear(_most);
        Array.Clear(_saturated);
        Array.Clear(_active);
        _positions = 0;
    }

    /// <summary>Takes in whole positions.</summary>
    /// <param name="inputs">What the activation reads.</param>
    /// <param name="slopes">Its slopes there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<float> inputs, ReadOnlySpan<float> slopes)
    {
        Span<float> least = _least;
        int channels = least.Length;
        Span<float> most = _most.AsSpan(0, channels);
        Span<long> saturated = _saturated.AsSpan(0, channels);
        Span<long> active = _active.AsSpan(0, channels);
        ReadOnlySpan<float> greatest = _greatest.AsSpan(0, channels);
        _positions += slopes.Length / channels;
        for (; slopes.Length >= channels; slopes = slopes[channels..], inputs = inputs[channels..])
        {
            int unit = 0;
            for (; unit <= channels - Vector256<float>.Count; unit += Vector256<float>.Count)
            {
                Vector256<float> slope = Vector256.Abs(Vector256.Create(slopes[unit..]));
                Vector256<float> lowest = Vector256.Create<float>(least[unit..]);
                Vector256<float> highest = Vector256.Create<float>(most[unit..]);
                Vector256.ConditionalSelect(Vector256.LessThan(slope, lowest), slope, lowest).CopyTo(least[unit..]);
                Vector256.ConditionalSelect(Vector256.LessThanOrEqual(slope, highest), highest, slope).CopyTo(most[unit..]);
                Count(Vector256.LessThanOrEqual(slope, SaturatedShare * Vector256.Create(greatest[unit..])), saturated[unit..]);
                Count(Vector256.GreaterThan(Vector256.Create(inputs[unit..]), Vector256<float>.Zero), active[unit..]);
            }

            for (; unit < channels; unit++)
            {
                float slope = Math.Abs(slopes[unit]);
                least[unit] = slope < least[unit] ? slope : least[unit];
                most[unit] = slope <= most[unit] ? most[unit] : slope;
                saturated[unit] += slope <= SaturatedShare * greatest[unit] ? 1 : 0;
                active[unit] += inputs[unit] > 0 ? 1 : 0;
            }
        }
    }

    /// <summary>Counts where a comparison holds, which is -1 in a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(Vector256<float> holds, Span<long> counts)
    {
        Span<long> upper = counts[Vector256<long>.Count..];
        (Vector256.Create<long>(counts) - Vector256.WidenLower(holds.AsInt32())).CopyTo(counts);
        (Vector256.Create<long>(upper) - Vector256.WidenUpper(holds.AsInt32())).CopyTo(upper);
    }

    /// <summary>How many cases were saturated.</summary>
    public long Saturated => _saturated.Sum();

    /// <summary>What was found of a unit.</summary>
    public UnitDiagnosis Unit(int unit, double mean, double deviation) => new(
        _most[unit] <= DeadShare * _greatest[unit],
        (float)((double)_saturated[unit] / Math.Max(1, _positions)),
        (float)((double)_active[unit] / Math.Max(1, _positions)),
        _least[unit] / _greatest[unit],
        _most[unit] / _greatest[unit],
        (float)mean,
        (float)deviation);
}
