namespace Hillock.Networks.Numerics;

/// <summary>
/// One phase of a convolution's transpose along one axis: the input positions i with (i + padding) mod stride = phase. Kernel element p met i at
/// output (i + padding - p·dilation) / stride where that is whole, which is so for every stride / gcd(stride, dilation)-th element from some
/// first one on. They are taken from the last to the first, so that the outputs go upwards.
/// </summary>
internal readonly struct TransposedTaps
{
    public TransposedTaps(int size, int kernel, int stride, int dilation, int padding, int phase)
    {
        FirstPosition = ((phase - padding) % stride + stride) % stride;
        Positions = FirstPosition < size ? (size - FirstPosition + stride - 1) / stride : 0;
        int step = 1;
        while (step * dilation % stride != 0)
        {
            step++;
        }

        int first = 0;
        while (first < kernel && (FirstPosition + padding - first * dilation) % stride != 0)
        {
            first++;
        }

        Taps = first < kernel ? (kernel - 1 - first) / step + 1 : 0;
        FirstTap = Taps > 0 ? first + (Taps - 1) * step : 0;
        TapStep = -step;
        FirstOutput = Taps > 0 ? (FirstPosition + padding - FirstTap * dilation) / stride : 0;
        OutputStep = step * dilation / stride;
    }

    /// <summary>The first position of the phase; the others follow a stride apart.</summary>
    public int FirstPosition { get; }

    /// <summary>The number of positions.</summary>
    public int Positions { get; }

    /// <summary>The number of kernel elements that met them.</summary>
    public int Taps { get; }

    /// <summary>The last of those elements.</summary>
    public int FirstTap { get; }

    /// <summary>From one of those elements to the one before it.</summary>
    public int TapStep { get; }

    /// <summary>The output where <see cref="FirstTap"/> met <see cref="FirstPosition"/>; may lie in the margin.</summary>
    public int FirstOutput { get; }

    /// <summary>How far the output moves from element to element.</summary>
    public int OutputStep { get; }
}
