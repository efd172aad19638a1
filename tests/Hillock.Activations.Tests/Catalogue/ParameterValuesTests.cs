using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Catalogue;

/// <summary>What values of parameters do to results, wherever they stand.</summary>
public class ParameterValuesTests
{
    public static TheoryData<string, int> Parameters
    {
        get
        {
            TheoryData<string, int> all = [];
            foreach (ActivationDefinition definition in ActivationCatalogue.All.Where(d => d.IsElementwise))
            {
                for (int p = 0; p < definition.Facts.Parameters.Count; p++)
                {
                    all.Add(definition.Facts.Name, p);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void AParameterThatIsNotANumberGivesNone(string name, int parameter)
    {
        ActivationDefinition definition = Functions.Named(name);
        foreach (int length in new[] { 1, 3, 100 })
        {
            float[] x = [.. Enumerable.Range(0, length).Select(i => (i / 10f) - 5)];
            double[] wide = [.. x.Select(v => (double)v)];
            float[] values = [.. definition.Facts.Parameters.Select(p => (float)p.Default)];
            values[parameter] = float.NaN;
            double[] wideValues = [.. values.Select(v => (double)v)];
            float[] result = new float[length];
            double[] wideResult = new double[length];
            definition.Forward(x, result, length, ActivationArguments.Constants<float>(values));
            result.ShouldAllBe(v => float.IsNaN(v));
            definition.Backward(x, [.. x.Select(_ => 1f)], result, length, ActivationArguments.Constants<float>(values));
            result.ShouldAllBe(v => float.IsNaN(v));
            definition.Forward(wide, wideResult, length, ActivationArguments.Constants<double>(wideValues));
            wideResult.ShouldAllBe(v => double.IsNaN(v));
            definition.Backward(wide, [.. wide.Select(_ => 1.0)], wideResult, length, ActivationArguments.Constants<double>(wideValues));
            wideResult.ShouldAllBe(v => double.IsNaN(v));

            float[] sums = new float[values.Length];
            definition.Backward(x, [.. x.Select(_ => 1f)], result, length, ActivationArguments.Constants<float>(values), ParameterGradients.Sums<float>(sums));
            result.ShouldAllBe(v => float.IsNaN(v));
            sums.ShouldAllBe(v => float.IsNaN(v));
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void AnElementWhoseOwnParameterIsNotANumberIsNone(string name, int parameter)
    {
        ActivationDefinition definition = Functions.Named(name);
        float[] x = [.. Enumerable.Range(0, 100).Select(i => (i / 20f) - 2)];
        double[] defaults = [.. definition.Facts.Parameters.Select(p => p.Default)];
        float[] whole = new float[x.Length];
        Array.Fill(whole, (float)defaults[parameter]);
        float[] expected = new float[x.Length];
        definition.Forward(x, expected, x.Length, ActivationArguments.Constants<float>([.. defaults.Select(v => (float)v)]).With(parameter, whole));
        whole[37] = float.NaN;
        whole[99] = float.NaN;
        float[] result = new float[x.Length];
        definition.Forward(x, result, x.Length, ActivationArguments.Constants<float>([.. defaults.Select(v => (float)v)]).With(parameter, whole));
        for (int i = 0; i < x.Length; i++)
        {
            result[i].ShouldBe(i is 37 or 99 ? float.NaN : expected[i]);
        }
    }

    /// <summary>An element with its own parameter has the same bits alone, among few and at the end of a thread's part.</summary>
    [Theory]
    [MemberData(nameof(Parameters))]
    public void AnElementWithItsOwnParameterHasTheSameBitsAlone(string name, int parameter)
    {
        ActivationDefinition definition = Functions.Named(name);
        float[] constants = [.. definition.Facts.Parameters.Select(p => (float)p.Default)];
        float[] x = [.. Enumerable.Range(0, 300).Select(i => (i / 37f) - 4)];
        float[] own = [.. x.Select((_, i) => constants[parameter] * (1 + (i / 1000f)))];
        float[] whole = new float[x.Length];
        float[] slopes = new float[x.Length];
        float[] ones = new float[x.Length];
        Array.Fill(ones, 1);
        definition.Forward(x, whole, x.Length, ActivationArguments.Constants<float>(constants).With(parameter, own));
        definition.Backward(x, ones, slopes, x.Length, ActivationArguments.Constants<float>(constants).With(parameter, own));
        for (int i = 0; i < x.Length; i++)
        {
            float[] alone = new float[1];
            ActivationArguments<float> arguments = new ActivationArguments<float> { OneForEach = true };
            for (int p = 0; p < constants.Length; p++)
            {
                arguments = arguments.With(p, p == parameter ? own.AsSpan(i, 1) : constants.AsSpan(p, 1));
            }

            definition.Forward(x.AsSpan(i, 1), alone, 1, arguments);
            BitConverter.SingleToInt32Bits(alone[0]).ShouldBe(BitConverter.SingleToInt32Bits(whole[i]), $"value at {x[i]}");
            definition.Backward(x.AsSpan(i, 1), ones.AsSpan(0, 1), alone, 1, arguments);
            BitConverter.SingleToInt32Bits(alone[0]).ShouldBe(BitConverter.SingleToInt32Bits(slopes[i]), $"slope at {x[i]}");
        }
    }

    [Fact]
    public void TheBitsOfDrawnParametersDoNotDependOnThreads()
    {
        ActivationDefinition definition = Functions.Named("elu");
        int length = 131073;
        float[] x = new float[length];
        float[] alpha = new float[length];
        System.Random random = new(5);
        for (int i = 0; i < length; i++)
        {
            x[i] = -(float)random.NextDouble();
            alpha[i] = 1 + (float)random.NextDouble();
        }

        float[] one = new float[length];
        float[] two = new float[length];
        for (int seed = 0; seed < 50; seed++)
        {
            x[^1] = -(float)random.NextDouble();
            definition.Forward(x, one, length, new(alpha), 1);
            definition.Forward(x, two, length, new(alpha), 2);
            two.ShouldBe(one);
        }
    }
}
