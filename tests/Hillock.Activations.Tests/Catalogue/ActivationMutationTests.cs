using FsCheck;
using FsCheck.Fluent;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Catalogue;

/// <summary>Texts that were right until some characters of them were changed.</summary>
public class ActivationMutationTests
{
    private const string Characters = "xab0123456789.eE+-*/^()=,|{}?:<> _\n\t∞é\ud800";

    private static readonly double[] X = [double.NaN, -40, -1.5, -0.0, 0, 0.7, 3];

    /// <summary>Every name and alias, every full specification, every formula as it prints itself, and lists of values.</summary>
    private static readonly string[] Valid =
    [
        .. ActivationCatalogue.All.Select(d => d.Facts.Name),
        .. ActivationCatalogue.All.SelectMany(d => d.Facts.Aliases).Select(a => a.Name),
        .. ActivationCatalogue.All.Select(d => new Activation(d).Specification),
        .. ActivationCatalogue.All.Where(d => d.IsElementwise).Select(Printed),
        "leaky_relu(alpha=0.01|0.1|learn), rrelu, swish(beta=learn(channel, init=1))",
        "relu,{x * sigmoid(2 * x)}, max(0, x) + a * min(0, x), a = 0.1|uniform(0.1, 0.3), tanh",
        "pau(init=tanh, a0=0.5)",
    ];

    [Fact]
    public void AChangedTextIsAFunctionThatEvaluatesOrAFormatExceptionOfOneLine()
    {
        int read = 0;
        int refused = 0;
        Gen<string> mutated = Gen.Elements(Valid).Zip(Mutation.ListOf(), (text, mutations) => mutations.Take(3).Aggregate(text, (t, m) => m(t)));
        Prop.ForAll(mutated.ToArbitrary(), text =>
        {
            try
            {
                foreach (Activation activation in Activation.ParseList(text))
                {
                    Activation.Parse(activation.Specification).Specification.ShouldBe(activation.Specification);
                    Evaluate(activation);
                    read++;
                }
            }
            catch (FormatException exception)
            {
                exception.Message.ShouldNotBeEmpty();
                exception.Message.Any(char.IsControl).ShouldBeFalse();
                refused++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4000));
        read.ShouldBeGreaterThan(50);
        refused.ShouldBeGreaterThan(50);
    }

    private static Gen<Func<string, string>> Mutation
    {
        get
        {
            Gen<int> place = Gen.Choose(0, int.MaxValue - 1);
            Gen<Func<string, string>> delete = place.Zip(Gen.Choose(1, 3), (at, count) => new Func<string, string>(t => t.Remove(At(t, at), Math.Min(count, t.Length - At(t, at)))));
            Gen<Func<string, string>> insert = place.Zip(Gen.Elements(Characters.ToCharArray()), (at, c) => new Func<string, string>(t => t.Insert(At(t, at), $"{c}")));
            Gen<Func<string, string>> duplicate = place.Zip(Gen.Choose(1, 12), (at, count) => new Func<string, string>(t =>
                t.Insert(At(t, at), t.Substring(At(t, at), Math.Min(count, t.Length - At(t, at))))));
            Gen<Func<string, string>> swap = place.Zip(place, (a, b) => new Func<string, string>(t => Swap(t, At(t, a), At(t, b))));
            return Gen.OneOf(delete, insert, duplicate, swap);
        }
    }

    private static int At(string text, int place) => place % (text.Length + 1);

    private static string Swap(string text, int a, int b)
    {
        char[] changed = text.ToCharArray();
        if (a < changed.Length && b < changed.Length)
        {
            (changed[a], changed[b]) = (changed[b], changed[a]);
        }

        return new string(changed);
    }

    private static string Printed(ActivationDefinition definition) =>
        string.Join(", ", definition.Facts.Parameters.Where(p => definition.Formula.Contains(p.Name, StringComparison.Ordinal) && double.IsFinite(p.Default))
            .Select(p => FormattableString.Invariant($"{p.Name} = {p.Default}")).Prepend(definition.Formula));

    private static void Evaluate(Activation activation)
    {
        if (!activation.Definition.IsElementwise)
        {
            return;
        }

        double[] result = new double[X.Length];
        activation.Evaluate(X, result);
        double.IsNaN(result[0]).ShouldBeTrue(activation.Name);
        activation.Slope(X, result);
        double.IsNaN(result[0]).ShouldBeTrue(activation.Name);
        float[] single = new float[X.Length];
        activation.Evaluate([.. X.Select(x => (float)x)], single);
        float.IsNaN(single[0]).ShouldBeTrue(activation.Name);
    }
}
