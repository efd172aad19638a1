using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Testing;

/// <content>Gradients from outputs, through which networks train where a file declares them: compared with those from the inputs.</content>
public static partial class ActivationConformance
{
    /// <summary>What an output has lost in rounding, its gradient may lose too.</summary>
    private const double SingleTolerance = 1e-4;

    /// <summary>What a parameter is moved by: a declaration holds for all parameters.</summary>
    private static readonly double[] Moves = [1, -1, 1e7, -1e7];

    private static void CheckGradientFromOutputs(ActivationDefinition definition, List<string> failures)
    {
        if (!definition.HasBackwardFromOutput)
        {
            return;
        }

        // Every exponent on both sides, what is special, both sides of the bends of the catalogue, and where functions bend.
        float[] special = [.. Special, 6, -6];
        float[] x =
        [
            .. special, .. special.Select(float.BitIncrement), .. special.Select(float.BitDecrement),
            .. Enumerable.Range(0, 1 << 16).Select(i => BitConverter.Int32BitsToSingle(i << 16)),
            .. Enumerable.Range(-1600, 3201).Select(i => i * 0.005f),
        ];
        bool exact = definition is IElementwisePasses { SlopeFollowsOutput: true };
        IReadOnlyList<ParameterDeclaration> declared = definition.Facts.Parameters;
        for (int i = -1; i < declared.Count * Moves.Length; i++)
        {
            Kernel<float> kernel = Kernel<float>.Of(definition);
            Kernel<double> wide = Kernel<double>.Of(definition);
            string where = "";
            if (i >= 0)
            {
                (int p, int move) = Math.DivRem(i, Moves.Length);
                float value = (float)Math.Clamp(declared[p].Default + Moves[move], declared[p].Minimum, declared[p].Maximum);
                kernel = kernel.With(p, value - kernel.Parameters[p]);
                wide = wide.With(p, value - wide.Parameters[p]);
                where = FormattableString.Invariant($" for {declared[p].Name} = {value:R}");
            }

            if (exact)
            {
                CompareBits(kernel, x, where, failures);
            }
            else
            {
                Compare(kernel, x, SingleTolerance, $"floats{where}", failures);
                Compare(wide, [.. x.Select(v => (double)v)], DifferenceTolerance, $"doubles{where}", failures);
            }
        }
    }

    private static void CompareBits(Kernel<float> kernel, float[] x, string where, List<string> failures)
    {
        float[] slope = kernel.Slope(x);
        float[] fromOutput = kernel.SlopeFromOutput(kernel.Value(x));
        int wrong = Enumerable.Range(0, x.Length)
            .FirstOrDefault(i => BitConverter.SingleToInt32Bits(slope[i]) != BitConverter.SingleToInt32Bits(fromOutput[i]), -1);
        if (wrong >= 0)
        {
            failures.Add(FormattableString.Invariant(
                $"the derivative is said to be that at the output, and at x = {x[wrong]:R} it is {slope[wrong]:R}, at the output {fromOutput[wrong]:R}{where}"));
        }
    }

    private static void Compare<T>(Kernel<T> kernel, T[] x, double tolerance, string type, List<string> failures)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] slope = kernel.Slope(x);
        T[] fromOutput = kernel.SlopeFromOutput(kernel.Value(x));
        for (int i = 0; i < x.Length; i++)
        {
            double expected = double.CreateTruncating(slope[i]);
            double found = double.CreateTruncating(fromOutput[i]);
            if (!expected.Equals(found) && !(Math.Abs(found - expected) <= tolerance * (1 + Math.Abs(expected))))
            {
                failures.Add(FormattableString.Invariant($"{type}: the derivative at x = {x[i]} is {expected:G6}, and computed from the output it is {found:G6}"));
                return;
            }
        }
    }
}
