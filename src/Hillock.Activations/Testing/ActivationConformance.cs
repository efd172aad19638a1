using Hillock.Activations.Catalogue;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Testing;

/// <summary>
/// Checks an element-wise activation of one's own the way those of the catalogue are checked: its names, its facts against what it does, its special values, its domain, the
/// independence of its bits from length, position and threads, its accuracy in every binade, and its gradients against differences and those from its outputs or a mask
/// against those from its inputs.
/// </summary>
public static partial class ActivationConformance
{
    /// <summary>How many floats the accuracy check takes.</summary>
    private const int Floats = 1 << 18;

    /// <summary>How many doubles: each is judged by a slow reference.</summary>
    private const int Doubles = 1 << 13;

    /// <summary>A difference over this step has about half of a double's digits right.</summary>
    private const double Step = 1e-5;

    private const double DifferenceTolerance = 1e-6;

    private const double FloatTolerance = 1e-5;

    private static readonly float[] Special =
    [
        0, -0f, 1, -1, float.Epsilon, -float.Epsilon, 1e-40f, 0.5f, -0.7f, 2.5f, -3, 3, 6, 17, -17, 88.72284f, -88.72284f, -103.97f, 1e4f, -1e4f, 1e-10f, -1e-10f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    /// <summary>Runs all checks; takes a second or so.</summary>
    /// <param name="definition">The activation, such as <c>new ElementwiseActivation&lt;MyFormula&gt;()</c>.</param>
    /// <returns>What is wrong, one line each; empty where nothing is.</returns>
    /// <exception cref="ArgumentException">The activation is a function of rows.</exception>
    public static IReadOnlyList<string> Check(ActivationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (!definition.IsElementwise)
        {
            throw new ArgumentException($"{definition.Facts.Name} is a function of rows; element-wise ones can be checked", nameof(definition));
        }

        List<string> failures = [];
        CheckFacts(definition.Facts, failures);
        if (definition.Facts.Parameters.Count > ActivationArguments<float>.MaximumCount)
        {
            // Nothing could be computed.
            return failures;
        }

        CheckNames(definition, failures);
        CheckText(definition, failures);
        CheckSpecialValues(definition, failures);
        CheckBits(definition, failures);
        CheckMask(definition, failures);
        CheckAccuracy(definition, failures);
        CheckGradients(definition, failures);
        CheckGradientFromOutputs(definition, failures);
        CheckRange(definition, failures);
        CheckMonotony(definition, failures);
        CheckSaturation(definition, failures);
        CheckCentre(definition, failures);
        CheckSmoothness(definition, failures);
        return failures;
    }

    private static void CheckFacts(ActivationFacts facts, List<string> failures)
    {
        if (!IsName(facts.Name))
        {
            failures.Add($"the name '{facts.Name}' is not in lower case with words joined by underscores");
        }

        foreach ((string what, string text) in new[]
        {
            ("title", facts.Title), ("summary", facts.Summary), ("range", facts.Range), ("advice on when to use it", facts.WhenToUse),
        })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                failures.Add($"its {what} is empty");
            }
        }

        if (facts.Parameters.Count > ActivationArguments<float>.MaximumCount)
        {
            failures.Add($"it has {facts.Parameters.Count} parameters; at most {ActivationArguments<float>.MaximumCount} are possible");
        }

        failures.AddRange(facts.Parameters
            .Where(p => !(p.Minimum <= p.Default && p.Default <= p.Maximum))
            .Select(p => FormattableString.Invariant($"the default of {p.Name}, {p.Default:R}, is not between {p.Minimum:R} and {p.Maximum:R}")));
    }

    private static void CheckText(ActivationDefinition definition, List<string> failures)
    {
        foreach (ParameterDeclaration parameter in definition.Facts.Parameters)
        {
            if (!definition.Formula.Contains(parameter.Name, StringComparison.Ordinal))
            {
                failures.Add($"its formula '{definition.Formula}' does not contain its parameter {parameter.Name}");
            }
        }
    }

    private static void CheckSpecialValues(ActivationDefinition definition, List<string> failures)
    {
        // Every length up to two of the widest registers: NaN stands in every lane and in every tail.
        Kernel<float> kernel = Kernel<float>.Of(definition);
        for (int length = 1; length <= 33; length++)
        {
            float[] x = new float[length];
            Array.Fill(x, float.NaN);
            if (Array.Exists(kernel.Value(x), v => !float.IsNaN(v)))
            {
                failures.Add($"NaN does not give NaN at length {length}");
                return;
            }

            if (Array.Exists(kernel.Slope(x), v => !float.IsNaN(v)))
            {
                failures.Add($"the derivative at NaN is not NaN at length {length}");
                return;
            }
        }

        Domain domain = definition.Facts.Domain;
        foreach (float x in new[] { -1e30f, -1, 1, 1e30f }.Where(x => !domain.Contains(x)))
        {
            if (!float.IsNaN(kernel.Value([x])[0]) || !float.IsNaN(kernel.Slope([x])[0]))
            {
                failures.Add(FormattableString.Invariant($"at {x:R}, outside of its domain, value and derivative are not both NaN"));
            }
        }

        foreach (float x in new[] { float.PositiveInfinity, float.NegativeInfinity }.Where(x => domain.Contains(x)))
        {
            if (float.IsNaN(kernel.Value([x])[0]))
            {
                failures.Add($"at {(x > 0 ? "+∞" : "-∞")} it is NaN instead of its limit");
            }
        }
    }

    private static void CheckBits(ActivationDefinition definition, List<string> failures)
    {
        CheckBits(Kernel<float>.Of(definition), Special, "floats", failures);
        CheckBits(Kernel<double>.Of(definition), [.. Special.Select(x => (double)x)], "doubles", failures);

        float[] many = [.. Enumerable.Range(0, 1 << 17).Select(i => (i * 2654435761L % 16000 * 0.001f) - 8)];
        Kernel<float> kernel = Kernel<float>.Of(definition);
        float[] threaded = new float[many.Length];
        definition.Forward(many, threaded, many.Length, ActivationArguments.Constants<float>(kernel.Parameters), threads: 2);
        if (!threaded.AsSpan().SequenceEqual(kernel.Value(many)))
        {
            failures.Add("its values depend on the number of threads");
        }
    }

    /// <summary>An element alone goes the way of a tail, one among many the way of a register: the bits must agree, in place too.</summary>
    private static void CheckBits<T>(Kernel<T> kernel, T[] special, string type, List<string> failures)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (int length = 1; length <= 67; length++)
        {
            T[] x = [.. Enumerable.Range(0, length).Select(i => special[i * 7 % special.Length])];
            T[] value = kernel.Value(x);
            T[] slope = kernel.Slope(x);
            for (int i = 0; i < length; i++)
            {
                if (!value[i].Equals(kernel.Value([x[i]])[0]) || !slope[i].Equals(kernel.Slope([x[i]])[0]))
                {
                    failures.Add(FormattableString.Invariant($"{type}: at x = {x[i]} the result depends on the length of the span, {length}"));
                    return;
                }
            }

            T[] inPlace = [.. x];
            kernel.ValueInPlace(inPlace);
            if (!inPlace.AsSpan().SequenceEqual(value))
            {
                failures.Add($"{type}: in place the values differ at length {length}");
                return;
            }
        }
    }

    /// <summary>Values beside a mask and gradients from it have the bits of those without, at every exponent and in every tail.</summary>
    private static void CheckMask(ActivationDefinition definition, List<string> failures)
    {
        if (!definition.HasBackwardFromMask)
        {
            return;
        }

        float[] x = [.. Special, .. Enumerable.Range(0, 1 << 16).Select(i => BitConverter.Int32BitsToSingle(i << 16))];
        for (int length = 0; length <= 67; length++)
        {
            CheckMask(Kernel<float>.Of(definition), x[..length], "floats", failures);
            CheckMask(Kernel<double>.Of(definition), [.. x[..length].Select(v => (double)v)], "doubles", failures);
        }

        CheckMask(Kernel<float>.Of(definition), x, "floats", failures);
        CheckMask(Kernel<double>.Of(definition), [.. x.Select(v => (double)v)], "doubles", failures);
    }

    private static void CheckMask<T>(Kernel<T> kernel, T[] x, string type, List<string> failures)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] value = kernel.Value(x);
        T[] slope = kernel.Slope(x);
        (T[] maskedValue, T[] maskedSlope) = kernel.WithMask(x);
        int wrong = Enumerable.Range(0, x.Length).FirstOrDefault(i => !maskedValue[i].Equals(value[i]) || !maskedSlope[i].Equals(slope[i]), -1);
        if (wrong >= 0)
        {
            failures.Add(
                FormattableString.Invariant($"{type}: at x = {x[wrong]} value and derivative are {value[wrong]} and {slope[wrong]}, and with a mask {maskedValue[wrong]} and {maskedSlope[wrong]}"));
        }
    }

    private static void CheckAccuracy(ActivationDefinition definition, List<string> failures)
    {
        foreach (AccuracyRun run in new AccuracyRun[] { new() { Samples = Floats }, new() { Type = NumberType.Binary64, Samples = Doubles } })
        {
            AccuracyResult result = AccuracyVerifier.Verify(definition.Facts.Name, definition, [.. definition.Facts.Parameters.Select(p => p.Default)], run);
            string type = run.Type == NumberType.Binary32 ? "floats" : "doubles";
            Add(result.Value, result.Count, $"values of {type}", AccuracyVerifier.ValueLimit);
            Add(result.Slope, result.Count, $"derivatives of {type}", AccuracyVerifier.SlopeLimit);
            failures.AddRange(result.SpecialValues.Where(s => !s.Passed).Select(s => FormattableString.Invariant($"{type}: at {s.At} the value is {s.Value:R} and the derivative {s.Slope:R}, and one of them is wrong")));
            failures.AddRange(result.Identities.Where(i => !i.Passed).Select(i => FormattableString.Invariant($"{type}: it is not {i.Statement} at x = {i.FailsAt:R}")));
        }

        void Add(AccuracySummary summary, long count, string what, double limit)
        {
            if (summary.Violations > 0)
            {
                failures.Add(FormattableString.Invariant($"{summary.Violations} of {count} {what} are off by more than {limit:0} ULP, such as at x = {summary.FirstViolation:R}"));
            }
        }
    }

    private static void CheckGradients(ActivationDefinition definition, List<string> failures)
    {
        Kernel<double> kernel = Kernel<double>.Of(definition);
        Domain domain = definition.Facts.Domain;
        double[] x = [.. Enumerable.Range(0, 160).Select(i => -7.93 + (i * 0.1)).Where(v => domain.Contains(v - Step) && domain.Contains(v + Step))];
        double[] slope = kernel.Slope(x);
        double[] right = Differences(kernel.Value(Moved(x, Step)), kernel.Value(x));
        double[] left = Differences(kernel.Value(x), kernel.Value(Moved(x, -Step)));
        Compare("derivative", slope, left, right);
        for (int p = 0; p < kernel.Parameters.Length; p++)
        {
            double[] above = kernel.With(p, Step).Value(x);
            double[] below = kernel.With(p, -Step).Value(x);
            double[] here = kernel.Value(x);
            Compare($"gradient by {definition.Facts.Parameters[p].Name}", kernel.ByParameter(x, p), Differences(here, below), Differences(above, here));
        }

        CheckTogether(definition, kernel, [.. x.Select(v => (float)v)], failures);

        void Compare(string what, double[] stated, double[] before, double[] after)
        {
            for (int i = 0; i < x.Length; i++)
            {
                // Where the two sides differ, there is a kink or a jump in reach, and the file states what the derivative is.
                double scale = 1 + Math.Abs(stated[i]);
                bool kink = !(Math.Abs(before[i] - after[i]) <= 1e-3 * scale);
                if (!kink && !(Math.Abs(stated[i] - ((before[i] + after[i]) / 2)) <= DifferenceTolerance * scale))
                {
                    failures.Add(FormattableString.Invariant($"the {what} at x = {x[i]:0.##} is {stated[i]:G6}, and differences give {(before[i] + after[i]) / 2:G6}"));
                    return;
                }
            }
        }
    }

    /// <summary>Floats have kernels of their own, which give the gradients by inputs and parameters together.</summary>
    private static void CheckTogether(ActivationDefinition definition, Kernel<double> doubles, float[] x, List<string> failures)
    {
        Kernel<float> floats = Kernel<float>.Of(definition);
        float[] alone = floats.Slope(x);
        for (int p = 0; p < floats.Parameters.Length; p++)
        {
            string name = definition.Facts.Parameters[p].Name;
            double[] exact = doubles.ByParameter([.. x.Select(v => (double)v)], p);
            if (!floats.SlopeWith(x, p, out float[] byParameter, out float sum).AsSpan().SequenceEqual(alone))
            {
                failures.Add($"the derivative is another one where the gradient by {name} is computed with it");
            }

            int wrong = Enumerable.Range(0, x.Length).FirstOrDefault(i => !(Math.Abs(byParameter[i] - exact[i]) <= FloatTolerance * (1 + Math.Abs(exact[i]))), -1);
            if (wrong >= 0)
            {
                failures.Add($"floats: the gradient by {name} at x = {x[wrong]:0.##} is {byParameter[wrong]:G6}, that of doubles {exact[wrong]:G6}");
            }
            else if (!(Math.Abs(sum - exact.Sum()) <= FloatTolerance * exact.Sum(v => 1 + Math.Abs(v))))
            {
                failures.Add($"floats: the gradients by {name} sum up to {exact.Sum():G6}, and the sum is {sum:G6}");
            }
        }
    }

    private static double[] Moved(double[] x, double by) => [.. x.Select(v => v + by)];

    private static double[] Differences(double[] above, double[] below) => [.. above.Zip(below, (a, b) => (a - b) / Step)];
}
