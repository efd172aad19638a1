#:project ../src/Hillock.Laboratory/Hillock.Laboratory.csproj
using System.Runtime.CompilerServices;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Data;
using Hillock.Laboratory;

Activation bump = new(new ElementwiseActivation<Bump>());
Console.WriteLine($"f(x) = {bump.Definition.Formula}, f'(x) = {bump.Definition.Derivative}");
DataSource data = DataSources.Open("moons");
ComparisonResult result = Comparison.Run(data, new() { Activations = [bump, .. Activation.ParseList("relu,{x * exp(-a * x^2), a = 0.5}")] });
foreach (CandidateResult candidate in result.Candidates)
{
    Console.WriteLine($"{candidate.Activation.Name}: {candidate.Mean:0.000}");
}

/// <summary>A function of one's own: its formula, written once, and what is known about it. Kernels, derivatives and text follow from it.</summary>
internal readonly struct Bump : IElementwiseFormula
{
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "bump",
        Title = "Bump",
        Summary = "x under a bell curve: it lets through what is near 0.",
        Range = "[-0.6065, 0.6065]",
        Monotone = false,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Parameters = [new("width", 1, 0.1, 10, "how wide the bell is")],
        WhenToUse = "To see how an activation is added.",
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, Hillock.Activations.Numbers.IReal<T> =>
        x * T.Exp(-0.5 * (x * x) / p.First);
}
