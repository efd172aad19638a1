using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>The gradient by a bias: the sum of each channel's gradient over all positions of a batch, in pieces of a fixed length.</summary>
internal sealed unsafe class BiasGradient
{
    private const int Length = 2048;

    private readonly int _channels;
    private readonly AlignedBuffer _sums;
    private readonly Action<int> _sum;
    private float* _gradient;
    private long _positions;

    /// <summary>Binds the sum.</summary>
    /// <param name="maximumPositions">The positions of the largest batch.</param>
    /// <param name="channels">The channels of a position.</param>
    public BiasGradient(long maximumPositions, int channels)
    {
        _channels = channels;
        _sums = new AlignedBuffer(checked((int)Pieces(maximumPositions) * channels));
        _sum = SumPiece;
    }

    /// <summary>Computes the sum.</summary>
    public void Run(BatchPass pass, float* gradient, long positions, float* destination)
    {
        int pieces = (int)Pieces(positions);
        if (pieces == 1)
        {
            VectorLoops.SumColumns(gradient, (int)positions, _channels, destination);
            return;
        }

        _gradient = gradient;
        _positions = positions;
        pass.Run(pieces, _sum);
        VectorLoops.SumColumns(_sums.Pointer, pieces, _channels, destination);
    }

    private void SumPiece(int piece)
    {
        long first = (long)piece * Length;
        int count = (int)Math.Min(Length, _positions - first);
        VectorLoops.SumColumns(_gradient + first * _channels, count, _channels, _sums.Pointer + (nint)piece * _channels);
    }

    private static long Pieces(long positions) => Math.Max(1, (positions + Length - 1) / Length);
}
