using Hillock.Activations.Catalogue;

namespace Hillock.Cli.Output;

/// <summary>Says in words what the catalogue says in enumerations, and numbers as people read them.</summary>
internal static class Words
{
    /// <summary>What one evaluation costs, in one or two words.</summary>
    public static string Cost(CostClass cost) => cost switch
    {
        CostClass.Free => "free",
        CostClass.Arithmetic => "arithmetic",
        CostClass.OneTranscendental => "as one exponential",
        _ => "as several exponentials",
    };

    /// <summary>The equation of a function in LaTeX.</summary>
    public static string FormulaLatex(ActivationDefinition definition) => $"{(definition.IsElementwise ? "f(x)" : "y_i")} = {definition.FormulaLatex}";

    /// <summary>The equation of its derivative in LaTeX; null where it would be too long.</summary>
    public static string? DerivativeLatex(ActivationDefinition definition) => definition.DerivativeLatex is not { } derivative
        ? null
        : definition.IsElementwise ? $"f'(x) = {derivative}" : derivative;

    /// <summary>Where a slope tends to zero.</summary>
    public static string Saturation(Saturation saturation) => saturation switch
    {
        Activations.Catalogue.Saturation.None => "on neither side",
        Activations.Catalogue.Saturation.Left => "on the left",
        Activations.Catalogue.Saturation.Right => "on the right",
        _ => "on both sides",
    };

    /// <summary>An initialisation and whose it is.</summary>
    public static string Initialisation(Initialisation initialisation) => initialisation switch
    {
        Activations.Catalogue.Initialisation.Glorot => "Glorot (Glorot & Bengio 2010)",
        Activations.Catalogue.Initialisation.He => "He (He et al. 2015)",
        _ => "LeCun (LeCun et al. 1998)",
    };

    /// <summary>What a function's backward pass can be computed from, any of them alone.</summary>
    public static IReadOnlyList<string> GradientFrom(ActivationDefinition definition) =>
        [.. new[] { ("input", true), ("output", definition.HasBackwardFromOutput), ("mask", definition.HasBackwardFromMask) }.Where(known => known.Item2).Select(known => known.Item1)];

    /// <summary>A number of things, one of them in the singular.</summary>
    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    /// <summary>How many digits a number from 0 on has.</summary>
    public static int Digits(int number) => number < 10 ? 1 : 1 + Digits(number / 10);

    /// <summary>Whether a function is smooth; where other parameters than the defaults give it a kink, what is said of kinks tells.</summary>
    public static string Smooth(ActivationFacts facts) =>
        !facts.Smooth ? "no" : facts.Kink.Length > 0 && facts.Parameters.Count > 0 ? "yes, with the default parameters" : "yes";

    /// <summary>A duration as people say it.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => $"{time.TotalSeconds:0.0} s",
        { TotalSeconds: < 100 } => $"{time.TotalSeconds:0} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes}:{time.Seconds:00} min",
        _ => $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h",
    };

    /// <summary>A score with the four decimals that papers give; one so large that it means nothing but its magnitude, with an exponent.</summary>
    public static string Fixed(double value) => Math.Abs(value) < 10_000 ? $"{value:0.0000}" : Significant(value, 4);

    /// <summary>A number of significant digits, without an exponent where one can do without.</summary>
    public static string Significant(double value, int digits)
    {
        if (value == 0)
        {
            return "0";
        }

        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "-" : value > 0 ? "∞" : "−∞";
        }

        double magnitude = Math.Abs(value);
        if (magnitude is < 1e-4 or >= 1e6)
        {
            return value.ToString("0." + new string('#', digits - 1) + "e0");
        }

        int decimals = Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(magnitude)), 0, 15);
        return Math.Round(value, decimals).ToString("0." + new string('#', decimals));
    }
}
