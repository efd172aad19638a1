using System.Numerics;
using System.Runtime.InteropServices;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Kernels;

/// <summary>
/// What comes of parameters that are not numbers: NaN, as of inputs that are not. Comparisons would pass them by, and a network whose learned parameter has
/// diverged would go on with plausible numbers.
/// </summary>
internal static class NaNParameters
{
    /// <summary>The elements with a parameter that is not a number; null where there is none.</summary>
    /// <param name="arguments">The parameters; looked at before the results are written, which may take their memory.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="length">How many elements there are.</param>
    public static bool[]? Find<T>(in ActivationArguments<T> arguments, int count, int length)
        where T : unmanaged
    {
        bool[]? found = null;
        for (int p = 0; p < count; p++)
        {
            ReadOnlySpan<T> values = arguments[p];
            if (!HoldsNaN(values))
            {
                continue;
            }

            found ??= new bool[length];
            for (int i = 0; i < length; i++)
            {
                found[i] |= IsNaN(values[values.Length == 1 ? 0 : i]);
            }
        }

        return found;
    }

    /// <summary>Puts NaN where a parameter was none.</summary>
    /// <param name="found">The elements.</param>
    /// <param name="result">The results, one or more for each element, in the order of these.</param>
    public static void CarryOver<T>(bool[] found, Span<T> result)
        where T : unmanaged
    {
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i])
            {
                result[i] = typeof(T) == typeof(float) ? (T)(object)float.NaN : (T)(object)double.NaN;
            }
        }
    }

    private static bool HoldsNaN<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        int i = 0;
        if (values.Length >= Vector<T>.Count)
        {
            foreach (Vector<T> several in MemoryMarshal.Cast<T, Vector<T>>(values))
            {
                if (!Vector.EqualsAll(several, several))
                {
                    return true;
                }
            }

            i = values.Length / Vector<T>.Count * Vector<T>.Count;
        }

        for (; i < values.Length; i++)
        {
            if (IsNaN(values[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNaN<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? float.IsNaN((float)(object)value) : double.IsNaN((double)(object)value);
}
